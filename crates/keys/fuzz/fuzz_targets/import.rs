//! The reader of key files takes any bytes, and what it refuses at sight it opens with no passphrase.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tekport_keys::Passphrase;
use tekport_keys::import::{inspect, read};

fuzz_target!(|bytes: &[u8]| {
    let summary = inspect(bytes);
    let in_the_clear = read(bytes, None);
    match &summary {
        Err(error) => assert_eq!(in_the_clear.err().as_ref(), Some(error)),
        Ok(file) => assert_eq!(in_the_clear.is_ok(), !file.is_encrypted()),
    }
    // Deriving a key takes as long as the file asks for, within the limits: few of them, so that many files are tried.
    let cheap = summary.as_ref().is_ok_and(|file| file.encryption.as_ref().is_some_and(|how| how.contains("MD5")));
    if cheap || bytes.len() % 64 == 0 {
        let Ok(passphrase) = Passphrase::new("any".to_owned()) else { return };
        let opened = read(bytes, Some(&passphrase));
        assert!(summary.is_ok() || opened.is_err());
    }
});
