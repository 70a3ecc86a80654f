//! Signatures that aren't DER, or aren't in range, are refused before anything is verified.

use crate::malformed::malformed;
use tekport_export_file::{DerError, DerSignature};

/// The signature of RFC 6979, A.2.5, over "sample" with SHA-256: r and s both begin with a set bit.
const R: &str = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
const S: &str = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

fn number(text: &str) -> [u8; 32] {
    hex::decode(text).unwrap().try_into().unwrap()
}

#[test]
fn every_malformed_signature_is_refused_with_its_reason() {
    let mut report = String::new();
    for (name, bytes) in malformed(number(R), number(S)) {
        match DerSignature::from_der(&bytes) {
            Ok(_) => panic!("{name} was read: {bytes:02x?}"),
            Err(error) => report.push_str(&format!("{name}: {error}\n")),
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn what_they_were_made_of_is_read() {
    let good = hex::decode(format!("3046022100{R}022100{S}")).unwrap();
    assert_eq!(DerSignature::from_der(&good).unwrap().to_vec(), good);
    // The greatest and the least numbers that are allowed.
    let n = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63255";
    for (text, read) in [(format!("30260221 00{n}0 020101"), true), (format!("30260221 00{n}1 020101"), false)] {
        let result = DerSignature::from_der(&hex::decode(text.replace(' ', "")).unwrap());
        assert_eq!(result.is_ok(), read, "{text}");
        assert!(read || result == Err(DerError::OutOfRange));
    }
}
