//! A token or a keychain that answers with something else than a signature.

use crate::malformed::malformed;
use tekport_keys::package::{Authority, PackageError, Subject, make};
use tekport_keys::{SigningKey, import};

const AUTHORITY: Authority<'_> =
    Authority { name: "A", country: "US", mcc: "310", region: "", android_package: "a.b", ios_bundle_id: "a.b" };

/// The two numbers of a signature in DER, where both begin with a set bit.
fn numbers(der: &[u8]) -> Option<([u8; 32], [u8; 32])> {
    if der.len() != 72 {
        return None;
    }
    Some((der[5..37].try_into().ok()?, der[40..72].try_into().ok()?))
}

#[test]
fn no_malformed_signature_goes_into_a_package() {
    let key = SigningKey::generate().unwrap();
    let public_key = &key.public_key();
    let subject = Subject { key_id: "310", key_version: "v1", public_key, authority: AUTHORITY };
    // The signature has to be right but for its form: one over the very challenge that is made. Both numbers begin
    // with a set bit at one second in four.
    let (time, r, s) = (0..1_000)
        .find_map(|time| {
            let package = make(&subject, time, |digest| key.sign_digest(digest)).unwrap();
            numbers(&package.files[3].content).map(|(r, s)| (time, r, s))
        })
        .unwrap();
    let table = malformed(r, s);
    assert!(table.len() > 50);
    for (name, bytes) in table {
        let made = make(&subject, time, |_| Ok::<_, ()>(bytes.clone()));
        assert!(matches!(made, Err(PackageError::AnotherKey)), "{name}: {bytes:02x?}");
    }
}

#[test]
fn nor_does_a_right_one_over_something_else() {
    let key = SigningKey::generate().unwrap();
    let public_key = &key.public_key();
    let subject = Subject { key_id: "310", key_version: "v1", public_key, authority: AUTHORITY };
    let made = make(&subject, 0, |_| key.sign_digest(&[7; 32]));
    assert!(matches!(made, Err(PackageError::AnotherKey)));
    assert!(import::read(public_key.to_pem().as_bytes(), None).is_err());
}
