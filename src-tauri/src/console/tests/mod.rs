//! The console without a window: an in-memory keychain and a daemon in the same process.

mod audit_log;
mod awaiting;
mod config_files;
mod daemon;
mod diagnosis;
mod key_files;
#[cfg(target_os = "linux")]
mod keychain_reality;
mod last_known;
#[cfg(target_os = "linux")]
mod secret_session;
mod several;
mod signing_desk;
mod unattended;

use super::*;
use crate::keychain::memory::MemoryKeychain;
use crate::keychain::{Item, KeychainError};
use crate::{ConnectionState, InKeychain, NewKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use daemon::{FILE, FakeDaemon};
use std::sync::atomic::Ordering;
use tekport_api::signing_key::Custody;
use tempfile::TempDir;

/// A console with everything around it.
struct Desk {
    folder: TempDir,
    keychain: Arc<MemoryKeychain>,
    clock: Clock,
    daemon: Arc<FakeDaemon>,
    console: Console,
}

impl Desk {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Arc::new(MemoryKeychain::default());
        let clock = Clock::manual(UtcTime::saturating(1_000_000));
        let console = console(&folder, &keychain, &clock, None);
        Self { folder, keychain, clock, daemon: FakeDaemon::start().await, console }
    }

    async fn enrolled() -> Self {
        let desk = Self::new().await;
        desk.console.enrol(&desk.daemon.code()).await.unwrap();
        desk
    }

    /// The same computer after the console was started again.
    fn restarted(&self, code: Option<String>) -> Console {
        console(&self.folder, &self.keychain, &self.clock, code)
    }

    fn items(&self) -> Vec<String> {
        let mut items: Vec<String> = self.keychain.items.lock().unwrap().keys().map(ToString::to_string).collect();
        items.sort();
        items
    }

    /// The name of this console's key for the daemon.
    fn client_key(&self) -> String {
        self.console.facts.all().unwrap()[0].client_key_item().to_string()
    }

    fn break_keychain(&self) {
        *self.keychain.error.lock().unwrap() = Some(KeychainError::Locked("test".to_owned()));
    }
}

fn console(folder: &TempDir, keychain: &Arc<MemoryKeychain>, clock: &Clock, code: Option<String>) -> Console {
    let places = Places { data: folder.path().join("data"), downloads: folder.path().join("downloads") };
    Console::new(places, keychain.clone(), clock.clone(), code)
}

fn new_key(key_id: &str, key_version: &str, custody: Custody) -> NewKey {
    NewKey { key_id: key_id.to_owned(), key_version: key_version.to_owned(), custody, predecessor_id: None }
}

async fn generate(console: &Console) -> Result<tekport_api::signing_key::SigningKey, CommandError> {
    console.generate_signing_key(new_key("310", "v1", Custody::Daemon)).await
}

#[tokio::test]
async fn enrolment_survives_a_restart_and_leaves_the_key_in_the_keychain() {
    let desk = Desk::new().await;
    assert_eq!(desk.console.connection().await.unwrap().state, ConnectionState::NotEnrolled);
    assert_eq!(desk.console.client().await.unwrap_err().code, "not-enrolled");
    let joined = desk.console.enrol(&desk.daemon.code()).await.unwrap();
    assert_eq!((joined.state, joined.person.as_deref()), (ConnectionState::Enrolled, Some("Key officer")));
    assert_eq!(desk.items(), [desk.client_key()]);
    let again = desk.restarted(None);
    assert_eq!(again.connection().await.unwrap(), joined);
    assert_eq!(again.client().await.unwrap().me().await.unwrap().person.name, "Key officer");
}

#[tokio::test]
async fn the_code_given_at_the_start_is_used_once_and_only_when_needed() {
    let desk = Desk::new().await;
    let console = desk.restarted(Some(desk.daemon.code()));
    assert_eq!(console.connection().await.unwrap().state, ConnectionState::Enrolled);
    let console = desk.restarted(Some("not a code".to_owned()));
    assert_eq!(console.connection().await.unwrap().state, ConnectionState::Enrolled);
    console.leave_daemon().await.unwrap();
    assert_eq!(console.connection().await.unwrap().state, ConnectionState::NotEnrolled);
}

#[tokio::test]
async fn a_code_that_cannot_work_is_refused_before_anything_is_made() {
    let desk = Desk::new().await;
    assert_eq!(desk.console.enrol("nonsense").await.unwrap_err().code, "code-invalid");
    desk.clock.set(UtcTime::saturating(2_000_000));
    assert_eq!(desk.console.enrol(&desk.daemon.code()).await.unwrap_err().code, "code-expired");
    desk.clock.set(UtcTime::saturating(1_000_000));
    desk.break_keychain();
    assert_eq!(desk.console.enrol(&desk.daemon.code()).await.unwrap_err().code, "keychain-locked");
    assert!(desk.items().is_empty() && desk.daemon.requests.lock().unwrap().is_empty());
    *desk.keychain.error.lock().unwrap() = None;
    desk.console.enrol(&desk.daemon.code()).await.unwrap();
    assert_eq!(desk.console.enrol(&desk.daemon.code()).await.unwrap_err().code, "already-enrolled");
}

#[tokio::test]
async fn a_generated_key_is_in_the_keychain_and_with_the_daemon() {
    let desk = Desk::enrolled().await;
    let key = generate(&desk.console).await.unwrap();
    assert_eq!(key.state, tekport_api::signing_key::KeyState::Introduced);
    assert_eq!(*desk.daemon.opened.lock().unwrap(), std::slice::from_ref(&key.fingerprint));
    assert!(desk.items().contains(&format!("signing-key:{}", key.fingerprint)));
    let listed = desk.console.list_signing_keys().await.unwrap();
    assert_eq!((listed[0].key.id.as_str(), listed[0].in_keychain), ("key-1", InKeychain::Here));
}

#[tokio::test]
async fn a_hand_over_that_broke_off_goes_on_later() {
    let desk = Desk::enrolled().await;
    desk.daemon.refuses_hand_over.store(true, Ordering::SeqCst);
    assert_eq!(generate(&desk.console).await.unwrap_err().code, "unavailable");
    assert!(desk.daemon.opened.lock().unwrap().is_empty());
    desk.daemon.refuses_hand_over.store(false, Ordering::SeqCst);
    let key = desk.restarted(None).provision_signing_key("key-1").await.unwrap();
    assert_eq!(*desk.daemon.opened.lock().unwrap(), [key.fingerprint]);
}

#[tokio::test]
async fn a_key_in_custody_of_a_console_is_handed_to_nobody() {
    let desk = Desk::enrolled().await;
    let key = desk.console.generate_signing_key(new_key("310", "v1", Custody::Console)).await.unwrap();
    desk.daemon.requests.lock().unwrap().clear();
    // Were the keychain asked, it would say that it is locked.
    desk.console.client().await.unwrap();
    desk.break_keychain();
    let refused = desk.console.provision_signing_key(&key.id).await.unwrap_err();
    assert_eq!(refused.code, "key-stays", "{refused:?}");
    assert!(refused.detail.contains("310 v1") && refused.next_step.contains("custody daemon"), "{refused:?}");
    assert!(desk.daemon.requests.lock().unwrap().iter().all(|request| request.starts_with("GET")));
    assert!(desk.daemon.opened.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_key_that_the_daemon_refuses_does_not_stay_in_the_keychain() {
    let desk = Desk::enrolled().await;
    desk.daemon.refuses_registration.store(true, Ordering::SeqCst);
    assert_eq!(generate(&desk.console).await.unwrap_err().code, "conflict");
    let error = desk.console.generate_signing_key(new_key("3-10", "", Custody::Daemon)).await.unwrap_err();
    let fields: Vec<String> = error.problem.unwrap().errors.into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["key_id", "key_version"]);
    assert_eq!(desk.items().len(), 1);
}

#[tokio::test]
async fn no_key_goes_to_a_sealing_key_that_was_not_pinned() {
    let desk = Desk::enrolled().await;
    desk.daemon.refuses_hand_over.store(true, Ordering::SeqCst);
    generate(&desk.console).await.unwrap_err();
    *desk.daemon.sealing.lock().unwrap() = tekport_keys::sealing::SealingKey::generate().unwrap();
    desk.daemon.requests.lock().unwrap().clear();
    assert_eq!(generate(&desk.console).await.unwrap_err().code, "sealing-key-changed");
    assert_eq!(desk.console.provision_signing_key("key-1").await.unwrap_err().code, "sealing-key-changed");
    assert!(desk.daemon.requests.lock().unwrap().iter().all(|request| request.starts_with("GET")));
    assert_eq!(desk.items().len(), 2);
}

#[tokio::test]
async fn another_sealing_key_is_pinned_where_the_pinned_ca_vouches_for_it() {
    let desk = Desk::enrolled().await;
    let pinned = desk.console.connection().await.unwrap().daemon.unwrap().sealing_fingerprint;
    let offer = desk.console.inspect_sealing_key().await.unwrap();
    assert_eq!((offer.changed, offer.vouched), (false, true));
    *desk.daemon.sealing.lock().unwrap() = tekport_keys::sealing::SealingKey::generate().unwrap();
    desk.daemon.vouches.store(false, Ordering::SeqCst);
    let offer = desk.console.inspect_sealing_key().await.unwrap();
    assert_eq!((offer.changed, offer.vouched, &offer.pinned_fingerprint), (true, false, &pinned));
    assert_eq!(desk.console.accept_sealing_key().await.unwrap_err().code, "sealing-key-not-vouched");
    assert_eq!(generate(&desk.console).await.unwrap_err().code, "sealing-key-changed");

    desk.daemon.vouches.store(true, Ordering::SeqCst);
    let accepted = desk.console.accept_sealing_key().await.unwrap().daemon.unwrap();
    assert_eq!(accepted.sealing_fingerprint, offer.offered_fingerprint);
    let key = generate(&desk.restarted(None)).await.unwrap();
    assert_eq!(*desk.daemon.opened.lock().unwrap(), [key.fingerprint]);
}

#[tokio::test]
async fn a_key_elsewhere_and_a_keychain_that_says_nothing_are_told_apart() {
    let desk = Desk::enrolled().await;
    let key = generate(&desk.console).await.unwrap();
    desk.keychain.items.lock().unwrap().remove(&Item::SigningKey(key.fingerprint));
    assert_eq!(desk.console.list_signing_keys().await.unwrap()[0].in_keychain, InKeychain::Elsewhere);
    assert_eq!(desk.console.provision_signing_key("key-1").await.unwrap_err().code, "key-not-here");
    desk.break_keychain();
    assert_eq!(desk.console.list_signing_keys().await.unwrap()[0].in_keychain, InKeychain::Unknown);
    assert_eq!(desk.console.provision_signing_key("key-1").await.unwrap_err().code, "keychain-locked");
}

#[tokio::test]
async fn leaving_forgets_the_daemon_and_keeps_the_signing_keys() {
    let desk = Desk::enrolled().await;
    let key = generate(&desk.console).await.unwrap();
    desk.break_keychain();
    assert_eq!(desk.console.leave_daemon().await.unwrap_err().code, "keychain-locked");
    assert_eq!(desk.console.connection().await.unwrap().state, ConnectionState::Enrolled);
    *desk.keychain.error.lock().unwrap() = None;
    desk.console.leave_daemon().await.unwrap();
    assert_eq!(desk.console.connection().await.unwrap().state, ConnectionState::NotEnrolled);
    assert_eq!(desk.items(), [format!("signing-key:{}", key.fingerprint)]);
}

#[tokio::test]
async fn a_client_key_that_is_gone_is_named_and_nothing_is_forgotten() {
    let desk = Desk::enrolled().await;
    desk.keychain.items.lock().unwrap().clear();
    let console = desk.restarted(None);
    assert_eq!(console.client().await.unwrap_err().code, "client-key-missing");
    assert_eq!(console.connection().await.unwrap().state, ConnectionState::Enrolled);
}

#[tokio::test]
async fn the_certificate_renews_after_two_thirds_of_its_life() {
    let desk = Desk::new().await;
    let renewals = || {
        let requests = desk.daemon.requests.lock().unwrap();
        requests.iter().filter(|request| request.starts_with("POST /admin/v1/me/certificate")).count()
    };
    *desk.daemon.certificates_end.lock().unwrap() = UtcTime::saturating(1_000_900);
    desk.console.enrol(&desk.daemon.code()).await.unwrap();
    desk.clock.set(UtcTime::saturating(1_000_599));
    desk.console.client().await.unwrap();
    assert_eq!(renewals(), 0);
    *desk.daemon.certificates_end.lock().unwrap() = UtcTime::saturating(3_000_000);
    desk.clock.set(UtcTime::saturating(1_000_600));
    desk.console.client().await.unwrap().me().await.unwrap();
    desk.console.client().await.unwrap();
    assert_eq!(renewals(), 1);
    let ends = desk.restarted(None).connection().await.unwrap().certificate_not_after;
    assert_eq!(ends, Some(UtcTime::saturating(3_000_000)));
}

#[tokio::test]
async fn files_are_saved_and_verified_only_as_they_were_published() {
    let desk = Desk::enrolled().await;
    let saved = desk.console.download_file("b1", "f1").await.unwrap();
    assert_eq!(std::fs::read(&saved.path).unwrap(), FILE);
    assert!(saved.path.ends_with("mag-1-2-00001.zip"), "{}", saved.path);
    let report = desk.console.verify_file("b1", "f1").await.unwrap();
    assert!(!report.accepted && report.problem.is_some());
    assert_eq!(desk.console.download_file("b1", "f2").await.unwrap_err().code, "file-changed");
    assert_eq!(desk.console.verify_file("b1", "f3").await.unwrap_err().code, "not-found");
}

/// The text of every file in a folder, and in the folders in it.
fn read_all(folder: &std::path::Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, texts);
        } else {
            texts.push(String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned());
        }
    }
}

/// Whatever can be printed, serialised, sent or written to disk holds no part of a private key.
#[tokio::test]
async fn no_private_key_leaves_the_keychain_in_the_clear() {
    let desk = Desk::enrolled().await;
    let key = generate(&desk.console).await.unwrap();
    desk.daemon.refuses_hand_over.store(true, Ordering::SeqCst);
    let error = desk.console.provision_signing_key("key-1").await.unwrap_err();
    let session = desk.console.session().await.unwrap();
    let mut seen = vec![
        format!("{session:?} {error:?} {key:?}"),
        serde_json::to_string(&desk.console.connection().await.unwrap()).unwrap(),
        serde_json::to_string(&desk.console.list_signing_keys().await.unwrap()).unwrap(),
        serde_json::to_string(&error).unwrap(),
    ];
    seen.extend(desk.daemon.requests.lock().unwrap().clone());
    read_all(&desk.folder.path().join("data"), &mut seen);
    let items = desk.keychain.items.lock().unwrap().clone();
    assert_eq!(items.len(), 2);
    for pkcs8 in items.values() {
        let der = STANDARD.decode(pkcs8).unwrap();
        // The scalar of a P-256 key in PKCS#8 as this program writes it: 32 bytes from the 36th.
        let scalar = &der[36..68];
        assert!(tekport_keys::SigningKey::from_pkcs8_der(&der).is_ok());
        for form in [pkcs8.clone(), hex::encode(scalar), STANDARD.encode(scalar), format!("{scalar:?}")] {
            assert!(!seen.iter().any(|text| text.contains(&form)), "a private key shows");
        }
    }
}
