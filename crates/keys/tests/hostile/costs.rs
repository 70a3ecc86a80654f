//! What a file may cost: parameters that would take minutes or gigabytes are refused before any work is done.

use crate::der::{AES_256_CBC, DES_EDE3_CBC, cipher, encrypted, pbkdf2, scrypt};
use tekport_keys::Passphrase;
use tekport_keys::import::{ImportError, inspect, read};

const IV: [u8; 16] = [1; 16];

fn opened(kdf: Vec<u8>, cipher: Vec<u8>) -> ImportError {
    let file = encrypted(kdf, cipher, &[0; 32]);
    let passphrase = Passphrase::new("any".to_owned()).unwrap();
    read(file.as_bytes(), Some(&passphrase)).unwrap_err()
}

#[test]
fn what_would_cost_too_much_is_refused_without_trying() {
    for kdf in [
        scrypt(b"salt", 1 << 30, 8, 1),
        scrypt(b"salt", 1 << 14, 8, u64::from(u32::MAX)),
        scrypt(b"salt", 1 << 14, u64::from(u32::MAX), 1),
        scrypt(b"salt", 1 << 63, 8, 1),
        scrypt(b"salt", 2, 1, 1 << 30),
        scrypt(b"salt", 2, 1 << 20, 1 << 10),
        scrypt(b"salt", 1 << 14, 8, 65),
        pbkdf2(b"salt", 5_000_001),
        pbkdf2(b"salt", u64::from(u32::MAX)),
        pbkdf2(b"salt", u64::MAX),
    ] {
        let file = encrypted(kdf.clone(), cipher(AES_256_CBC, &IV), &[0; 32]);
        assert!(matches!(inspect(file.as_bytes()), Err(ImportError::TooCostly(_))), "{kdf:02x?}");
        assert!(matches!(opened(kdf, cipher(AES_256_CBC, &IV)), ImportError::TooCostly(_)));
    }
    let error = opened(scrypt(b"salt", 1 << 20, 8, 1), cipher(AES_256_CBC, &IV)).to_string();
    assert!(error.contains("N=1048576") && error.contains("1024 MB"), "{error}");
}

#[test]
fn what_openssl_can_open_is_within_the_limits() {
    for kdf in [scrypt(b"salt", 1 << 14, 8, 16), scrypt(b"", 1 << 15, 4, 1), pbkdf2(b"salt", 1_000_000)] {
        assert_eq!(opened(kdf, cipher(AES_256_CBC, &IV)), ImportError::WrongPassphrase);
    }
}

#[test]
fn parameters_that_make_no_sense_are_damage() {
    for kdf in [
        scrypt(b"salt", 0, 8, 1),
        scrypt(b"salt", 1, 8, 1),
        scrypt(b"salt", 1000, 8, 1),
        scrypt(b"salt", 1024, 0, 1),
        scrypt(b"salt", 1024, 8, 0),
        scrypt(b"salt", 1024, 1 << 32, 1),
        scrypt(&[0; 257], 1024, 8, 1),
        pbkdf2(&[0; 5_000], 1000),
        pbkdf2(b"salt", 0),
    ] {
        assert!(matches!(opened(kdf.clone(), cipher(AES_256_CBC, &IV)), ImportError::Damaged(_)), "{kdf:02x?}");
    }
    for (which, iv) in [(AES_256_CBC, 15), (AES_256_CBC, 0), (DES_EDE3_CBC, 7), (DES_EDE3_CBC, 16)] {
        let error = opened(pbkdf2(b"salt", 1), cipher(which, &IV[..iv]));
        assert!(matches!(error, ImportError::Damaged(_)), "{which} {iv}");
    }
}

#[test]
fn a_ciphertext_that_was_cut_off_is_damage_and_not_a_wrong_passphrase() {
    for length in [0, 1, 31] {
        let file = encrypted(pbkdf2(b"salt", 1), cipher(AES_256_CBC, &IV), &vec![0; length]);
        let passphrase = Passphrase::new("any".to_owned()).unwrap();
        let error = read(file.as_bytes(), Some(&passphrase)).unwrap_err();
        assert_eq!(error, ImportError::Damaged("the encrypted part was cut off"), "{length}");
    }
}
