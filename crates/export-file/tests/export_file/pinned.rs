//! The bytes of a small file, pinned: a change of the encoder, of the compressor or of the signatures shows here
//! before two daemons with different versions disagree about a file.

use crate::crafted::*;
use sha2::{Digest, Sha256};

#[test]
fn a_small_file_has_these_bytes() {
    let unsigned = unsigned(&[tek(1, None), tek(2, Some(-14)), tek(3, Some(14))], &[tek(4, Some(0))], &["v2", "v1"]);
    assert_eq!(hex::encode(unsigned.digest()), "de9fc3879ecafe7e64ddfd6fec65ba6053af28e09a79f47e8d086eec62f87c18");
    let zip = signed_file(&[tek(1, None), tek(2, Some(-14)), tek(3, Some(14))], &[tek(4, Some(0))], &["v2", "v1"]);
    assert_eq!(
        (zip.len(), hex::encode(Sha256::digest(&zip)).as_str()),
        (533, "82ee0f1f912333908aea361a7e19f2583cad9b459dddddf8af70f1fd16230c49")
    );
}
