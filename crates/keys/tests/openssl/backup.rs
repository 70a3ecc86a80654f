//! Backups: `openssl` opens ours with its default limits, and reads the same key.

use crate::tool::{Folder, STRONG, passphrase};
use tekport_keys::SigningKey;
use tekport_keys::backup::{self, BackupError};
use tekport_keys::import::{ImportError, KeyFormat, inspect, read};

#[test]
fn openssl_opens_a_backup_and_so_do_we() {
    let folder = Folder::new();
    let key = SigningKey::generate().unwrap();
    let text = backup::encrypt(&key, &passphrase(STRONG)).unwrap();
    folder.write("backup.pem", &text);
    folder.with_passphrase(STRONG);
    let public = folder.openssl("pkey -in backup.pem -passin file:pass -pubout");
    assert_eq!(public, key.public_key().to_pem());
    folder.with_passphrase("another passphrase");
    assert!(!folder.try_openssl("pkey -in backup.pem -passin file:pass -noout").0);

    let file = inspect(text.as_bytes()).unwrap();
    assert_eq!((file.format, file.is_encrypted()), (KeyFormat::Pkcs8, true));
    assert_eq!(file.encryption.as_deref(), Some("AES-256-CBC, key by scrypt (N=16384, r=8, p=10)"));
    let opened = read(text.as_bytes(), Some(&passphrase(STRONG))).unwrap();
    assert_eq!(opened.to_pkcs8_der().unwrap(), key.to_pkcs8_der().unwrap());
    let wrong = read(text.as_bytes(), Some(&passphrase("another passphrase"))).unwrap_err();
    assert_eq!(wrong, ImportError::WrongPassphrase);
    assert_eq!(read(text.as_bytes(), None).unwrap_err(), ImportError::PassphraseNeeded);
}

#[test]
fn a_passphrase_beyond_ascii_means_the_same_to_openssl() {
    let folder = Folder::new();
    let key = SigningKey::generate().unwrap();
    let text = "Größe: süße Äpfel über 北 unter Ελλάς";
    folder.write("backup.pem", backup::encrypt(&key, &passphrase(text)).unwrap());
    folder.with_passphrase(text);
    assert_eq!(folder.openssl("pkey -in backup.pem -passin file:pass -pubout"), key.public_key().to_pem());
}

#[test]
fn two_backups_of_a_key_have_nothing_in_common() {
    let key = SigningKey::generate().unwrap();
    let [one, two] = [0; 2].map(|_| backup::encrypt(&key, &passphrase(STRONG)).unwrap());
    let lines = |text: &str| text.lines().skip(2).take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_ne!(lines(&one), lines(&two));
}

#[test]
fn a_weak_passphrase_is_refused_with_advice() {
    let key = SigningKey::generate().unwrap();
    let error = backup::encrypt(&key, &passphrase("correct horse")).unwrap_err();
    assert!(matches!(&error, BackupError::Weak(strength) if !strength.advice.is_empty()));
    assert!(error.to_string().contains("Add another word or two"), "{error}");
    assert!(!error.to_string().contains("horse"), "{error}");
}
