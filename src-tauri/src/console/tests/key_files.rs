//! Keys in files: backups, restored and imported ones, and what Google and Apple are sent.

use super::*;
use crate::PassphraseText;
use std::path::Path;
use tekport_api::Said;
use tekport_api::message::NotToSend;
use tekport_api::signing_key::{AuthorityDetails, PackageFile, SigningKey};
use tekport_keys::SigningKey as PrivateKey;

const STRONG: &str = "velvet otter ran past nine lighthouses";

fn passphrase(text: &str) -> PassphraseText {
    PassphraseText::from(text)
}

async fn desk_with_backup() -> (Desk, SigningKey, String) {
    let desk = Desk::enrolled().await;
    let key = desk.console.generate_signing_key(new_key("310", "v1", Custody::Console)).await.unwrap();
    let saved = desk.console.back_up_signing_key(&key.id, passphrase(STRONG)).await.unwrap();
    (desk, key, saved.path)
}

#[tokio::test]
async fn a_backup_restores_a_key_that_the_keychain_lost() {
    let (desk, key, path) = desk_with_backup().await;
    assert!(path.ends_with("310-v1-backup.pem"), "{path}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    assert!(desk.daemon.keys.lock().unwrap()[0].backed_up_at.is_some(), "the daemon knows of it");
    let second = desk.console.back_up_signing_key(&key.id, passphrase(STRONG)).await.unwrap();
    assert!(second.path.ends_with("310-v1-backup (2).pem"), "{}", second.path);

    let item = Item::SigningKey(key.fingerprint.clone());
    desk.keychain.items.lock().unwrap().remove(&item);
    assert_eq!(desk.console.back_up_signing_key(&key.id, passphrase(STRONG)).await.unwrap_err().code, "key-not-here");

    let closed = desk.console.inspect_key_file(&path, None).await.unwrap();
    assert!(closed.encrypted && closed.fingerprint.is_none() && closed.registered.is_none());
    assert!(closed.format.starts_with("PKCS#8, AES-256-CBC"), "{}", closed.format);
    let opened = desk.console.inspect_key_file(&path, Some(passphrase(STRONG))).await.unwrap();
    assert_eq!(opened.registered.map(|key| key.id), Some(key.id.clone()));
    assert_eq!((opened.fingerprint, opened.in_keychain), (Some(key.fingerprint.clone()), InKeychain::Elsewhere));

    assert_eq!(desk.console.restore_signing_key(&path, None).await.unwrap_err().code, "passphrase-needed");
    let wrong = desk.console.restore_signing_key(&path, Some(passphrase("wrong"))).await.unwrap_err();
    assert_eq!(wrong.code, "passphrase-wrong");
    let view = desk.console.restore_signing_key(&path, Some(passphrase(STRONG))).await.unwrap();
    assert_eq!((view.key.id, view.in_keychain), (key.id, InKeychain::Here));
    assert!(desk.keychain.items.lock().unwrap().contains_key(&item));
}

#[tokio::test]
async fn a_weak_passphrase_writes_nothing() {
    let desk = Desk::enrolled().await;
    let key = desk.console.generate_signing_key(new_key("310", "v1", Custody::Console)).await.unwrap();
    for (weak, code) in [("password", "passphrase-weak"), ("", "passphrase-unusable")] {
        let error = desk.console.back_up_signing_key(&key.id, passphrase(weak)).await.unwrap_err();
        assert_eq!(error.code, code);
    }
    assert!(!desk.folder.path().join("downloads").exists());
    let strength = desk.console.passphrase_strength(passphrase("password"));
    assert!(!strength.acceptable && !strength.advice.is_empty());
    assert!(desk.console.passphrase_strength(passphrase(STRONG)).acceptable);
    assert_eq!(desk.console.passphrase_strength(passphrase("")).score, 0);
}

#[tokio::test]
async fn a_backup_that_could_not_be_noted_is_named() {
    let desk = Desk::enrolled().await;
    let key = desk.console.generate_signing_key(new_key("310", "v1", Custody::Console)).await.unwrap();
    desk.daemon.refuses_notes.store(true, Ordering::SeqCst);
    let error = desk.console.back_up_signing_key(&key.id, passphrase(STRONG)).await.unwrap_err();
    assert_eq!(error.code, "backup-not-noted");
    assert!(error.detail.contains("310-v1-backup.pem"), "{}", error.detail);
    assert!(desk.folder.path().join("downloads/310-v1-backup.pem").exists());
}

#[tokio::test]
async fn a_key_made_elsewhere_is_imported_once() {
    let desk = Desk::enrolled().await;
    let key = PrivateKey::generate().unwrap();
    let path = desk.folder.path().join("key.pem");
    std::fs::write(&path, key.to_pkcs8_pem().unwrap().as_bytes()).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(desk.console.restore_signing_key(path, None).await.unwrap_err().code, "key-not-registered");
    let here = desk.console.import_signing_key(path, None, new_key("310", "v1", Custody::Console)).await.unwrap();
    assert_eq!((here.fingerprint.as_str(), here.custody), (key.public_key().fingerprint().as_str(), Custody::Console));
    assert!(desk.items().contains(&format!("signing-key:{}", here.fingerprint)));
    assert!(desk.daemon.opened.lock().unwrap().is_empty());
    let again = desk.console.import_signing_key(path, None, new_key("310", "v2", Custody::Daemon)).await.unwrap_err();
    assert_eq!(again.code, "key-registered");
}

#[tokio::test]
async fn an_import_that_the_daemon_refuses_leaves_a_key_that_was_there() {
    let (desk, key, path) = desk_with_backup().await;
    desk.daemon.keys.lock().unwrap().clear();
    desk.daemon.refuses_registration.store(true, Ordering::SeqCst);
    let draft = new_key("310", "v1", Custody::Console);
    let error = desk.console.import_signing_key(&path, Some(passphrase(STRONG)), draft).await.unwrap_err();
    assert_eq!(error.code, "conflict");
    assert!(desk.items().contains(&format!("signing-key:{}", key.fingerprint)), "it was there before");
}

#[tokio::test]
async fn a_file_that_is_no_key_says_what_it_is() {
    let (desk, key, _) = desk_with_backup().await;
    let path = desk.folder.path().join("public.pem");
    std::fs::write(&path, &key.public_key_pem).unwrap();
    let error = desk.console.inspect_key_file(path.to_str().unwrap(), None).await.unwrap_err();
    assert_eq!(error.code, "key-file");
    assert!(error.detail.contains("public key"), "{}", error.detail);
    let gone = desk.folder.path().join("gone.pem");
    assert_eq!(desk.console.inspect_key_file(gone.to_str().unwrap(), None).await.unwrap_err().code, "file-unreadable");
}

#[tokio::test]
async fn what_google_and_apple_are_sent_is_made_here_or_by_the_daemon() {
    let (desk, key, _) = desk_with_backup().await;
    assert_eq!(desk.console.export_key_package(&key.id).await.unwrap_err().code, "authority-missing");
    desk.daemon.keys.lock().unwrap()[0].authority = Some(authority());
    let saved = desk.console.export_key_package(&key.id).await.unwrap();
    assert!(saved.path.ends_with("downloads/310-v1"), "{}", saved.path);
    assert!(saved.files.contains(&"310-v1.pem".to_owned()), "{:?}", saved.files);
    for name in &saved.files {
        let text = String::from_utf8_lossy(&std::fs::read(Path::new(&saved.path).join(name)).unwrap()).into_owned();
        assert!(!text.contains("PRIVATE KEY"), "{name}");
    }

    desk.keychain.items.lock().unwrap().remove(&Item::SigningKey(key.fingerprint.clone()));
    assert_eq!(desk.console.export_key_package(&key.id).await.unwrap_err().code, "key-not-here");
    desk.daemon.keys.lock().unwrap()[0].custody = Custody::Hsm;
    let file = |name: &str| PackageFile { name: name.to_owned(), content: STANDARD.encode("from the token") };
    desk.daemon.package.lock().unwrap().files = vec![file("message.txt")];
    let saved = desk.console.export_key_package(&key.id).await.unwrap();
    assert!(saved.path.ends_with("310-v1 (2)"), "{}", saved.path);
    assert_eq!(std::fs::read(Path::new(&saved.path).join("message.txt")).unwrap(), b"from the token");
    desk.daemon.package.lock().unwrap().files = vec![file("../../climbs.txt")];
    assert_eq!(desk.console.export_key_package(&key.id).await.unwrap_err().code, "not-tekport");
}

/// The daemon says which key no phone may get yet; this console keeps to it where it makes the files itself.
#[tokio::test]
async fn a_key_that_no_phone_may_get_yet_is_not_exported() {
    let (desk, key, _) = desk_with_backup().await;
    let name = || "310 v2".to_owned();
    let set = |why: Option<NotToSend>| {
        let mut keys = desk.daemon.keys.lock().unwrap();
        keys[0].authority = Some(authority());
        keys[0].not_to_send = why.map(|why| why.shown());
    };
    let regions = || ["MAG", "MAG-W"].into_iter().collect();
    let missing = NotToSend::Missing { key: name(), regions: regions(), signers: ["310 v1"].into_iter().collect() };
    for (why, part) in [
        (NotToSend::DoesNotSign { key: name() }, "310 v2 doesn't sign yet"),
        (missing, "310 v2 doesn't sign in MAG, MAG-W yet, unlike 310 v1"),
        (NotToSend::Ended { key: name() }, "310 v2 has ended"),
        (NotToSend::Revoked { key: name() }, "310 v2 was revoked for good"),
    ] {
        let code = why.message().code;
        set(Some(why));
        let error = desk.console.export_key_package(&key.id).await.unwrap_err();
        assert!(error.code == "key-not-to-send" && error.detail.contains(part), "{error:?}");
        assert_eq!(error.message.unwrap().code, code);
    }
    assert!(!desk.folder.path().join("downloads/310-v1").exists());

    // An authority's first key may go out before it signs.
    set(Some(NotToSend::First { key: name() }));
    assert!(desk.console.export_key_package(&key.id).await.unwrap().path.ends_with("310-v1"));
}

fn authority() -> AuthorityDetails {
    AuthorityDetails {
        name: "Magrathea Health".to_owned(),
        country: "US".to_owned(),
        mcc: "310".to_owned(),
        region: String::new(),
        android_package: "org.example.en".to_owned(),
        ios_bundle_id: "org.example.en".to_owned(),
    }
}

/// A passphrase shows nowhere: not printed, not in an error, not in a request, not on the disk.
#[tokio::test]
async fn a_passphrase_shows_nowhere() {
    let (desk, _, path) = desk_with_backup().await;
    let wrong = "a wrong but telling passphrase";
    let error = desk.console.restore_signing_key(&path, Some(passphrase(wrong))).await.unwrap_err();
    let mut seen = vec![format!("{error:?} {:?}", passphrase(wrong)), std::fs::read_to_string(&path).unwrap()];
    seen.extend(desk.daemon.requests.lock().unwrap().clone());
    assert!(seen.iter().all(|text| !text.contains(wrong) && !text.contains(STRONG)));
}
