//! Files of any bytes: each is refused or gives a key, and none makes the reader panic.

use crate::der::{AES_256_CBC, DES_EDE3_CBC, cipher, element, encrypted, pbkdf2, pem, scrypt, sequence};
use proptest::prelude::*;
use tekport_keys::import::{ImportError, inspect, read};
use tekport_keys::{Passphrase, SigningKey};

const LABELS: [&str; 7] =
    ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY", "EC PARAMETERS", "CERTIFICATE", "X"];

fn passphrase() -> Passphrase {
    Passphrase::new("any".to_owned()).unwrap()
}

/// Reads a file in every way; what is asked is that this returns.
fn try_all(file: &[u8]) {
    let summary = inspect(file);
    let in_the_clear = read(file, None);
    let opened = read(file, Some(&passphrase()));
    if summary.is_err() {
        assert_eq!(summary.err(), in_the_clear.err(), "what is refused at sight is refused for the same reason");
        assert!(opened.is_err());
    } else if summary.is_ok_and(|file| file.is_encrypted()) {
        assert!(in_the_clear.is_err());
    }
}

fn labels() -> impl Strategy<Value = &'static str> {
    prop::sample::select(LABELS.to_vec())
}

proptest! {
    #[test]
    fn any_bytes(bytes: Vec<u8>) {
        try_all(&bytes);
    }

    #[test]
    fn any_lines_of_text(lines in prop::collection::vec("-----(BEGIN|END) [A-Z ]{0,20}-----|[ -~]{0,70}", 0..12)) {
        try_all(lines.join("\n").as_bytes());
    }

    #[test]
    fn any_contents_in_a_block(label in labels(), contents: Vec<u8>) {
        try_all(pem(label, &contents).as_bytes());
    }

    #[test]
    fn any_parts_in_a_sequence(label in labels(), parts in prop::collection::vec((any::<u8>(), any::<Vec<u8>>()), 0..5)) {
        let parts: Vec<Vec<u8>> = parts.iter().map(|(tag, contents)| element(tag & 0x3f, contents)).collect();
        try_all(pem(label, &sequence(&parts)).as_bytes());
    }

    #[test]
    fn a_key_with_bytes_changed(at in prop::collection::vec((0_usize..138, any::<u8>()), 1..4)) {
        let mut der = SigningKey::generate().unwrap().to_pkcs8_der().unwrap().to_vec();
        for (at, byte) in at {
            der[at] = byte;
        }
        try_all(pem("PRIVATE KEY", &der).as_bytes());
    }

    #[test]
    fn any_parameters(
        salt in prop::collection::vec(any::<u8>(), 0..40),
        iv in prop::collection::vec(any::<u8>(), 0..20),
        ciphertext in prop::collection::vec(any::<u8>(), 0..200),
        (log_n, r, p) in (0..8_u32, 0..4_u64, 0..4_u64),
        des: bool,
    ) {
        let cipher = cipher(if des { DES_EDE3_CBC } else { AES_256_CBC }, &iv);
        try_all(encrypted(scrypt(&salt, 1 << log_n, r, p), cipher.clone(), &ciphertext).as_bytes());
        try_all(encrypted(pbkdf2(&salt, r), cipher, &ciphertext).as_bytes());
    }

    #[test]
    fn any_dek_info(name in "[A-Z0-9-]{0,20}|AES-256-CBC|DES-EDE3-CBC", iv in "[0-9A-F]{0,40}", contents: Vec<u8>) {
        let headers = format!("Proc-Type: 4,ENCRYPTED\nDEK-Info: {name},{iv}\n\n");
        let file = pem("EC PRIVATE KEY", &contents);
        let (begin, rest) = file.split_once('\n').unwrap();
        try_all(format!("{begin}\n{headers}{rest}").as_bytes());
    }
}

#[test]
fn every_changed_bit_of_a_key_is_refused_or_harmless() {
    let key = SigningKey::generate().unwrap();
    let der = key.to_pkcs8_der().unwrap().to_vec();
    for bit in 0..der.len() * 8 {
        let mut damaged = der.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        // The public half stands in the file: no damage makes another key of it.
        if let Ok(read) = read(pem("PRIVATE KEY", &damaged).as_bytes(), None) {
            assert_eq!(read.public_key(), key.public_key(), "bit {bit}");
        }
    }
}

#[test]
fn a_cut_off_file_is_damage() {
    let whole = SigningKey::generate().unwrap().to_pkcs8_pem().unwrap();
    for length in "-----BEGIN PRIVATE KEY-----\n".len()..whole.len() - 2 {
        let error = read(&whole.as_bytes()[..length], None).unwrap_err();
        assert!(matches!(error, ImportError::DamagedPem(_)), "{length}: {error}");
    }
}
