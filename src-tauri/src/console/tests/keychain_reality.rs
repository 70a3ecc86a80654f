//! The console with the real Secret Service as people have it: missing, locked, refusing, restarted, shared, and with
//! an entry deleted behind its back. Each test runs in a D-Bus session of its own.

use super::secret_session::{DismissingPrompter, Keyring, clear, in_session};
use super::*;
use crate::keychain::SystemKeychain;
use crate::{KeychainState, PassphraseText, SigningKeyView};
use std::sync::atomic::Ordering;

macro_rules! inside {
    ($name:ident, $inside:expr) => {
        #[test]
        fn $name() {
            let path = concat!(module_path!(), "::", stringify!($name));
            in_session(path.split_once("::").unwrap().1, $inside);
        }
    };
}

/// A console with the real keychain.
struct RealDesk {
    folder: TempDir,
    daemon: Arc<FakeDaemon>,
    console: Console,
}

impl RealDesk {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let daemon = FakeDaemon::start().await;
        let console = real_console(&folder, "data");
        Self { folder, daemon, console }
    }

    async fn enrolled() -> Self {
        let desk = Self::new().await;
        desk.console.enrol(&desk.daemon.code()).await.unwrap();
        desk
    }

    async fn state(&self) -> KeychainState {
        self.console.keychain_status().await.state
    }

    async fn listed(&self) -> Vec<SigningKeyView> {
        self.console.list_signing_keys().await.unwrap()
    }

    fn registered(&self) -> usize {
        self.daemon.keys.lock().unwrap().len()
    }
}

fn real_console(folder: &TempDir, data: &str) -> Console {
    let places = Places { data: folder.path().join(data), downloads: folder.path().join("downloads") };
    Console::new(places, Arc::new(SystemKeychain), Clock::manual(UtcTime::saturating(1_000_000)), None)
}

inside!(without_a_secret_service_nothing_is_made_and_starting_one_is_enough, async || {
    let desk = RealDesk::new().await;
    assert_eq!(desk.state().await, KeychainState::NoService);
    let error = desk.console.enrol(&desk.daemon.code()).await.unwrap_err();
    assert_eq!(error.code, "keychain-missing");
    assert!(error.next_step.contains("GNOME Keyring"), "{error:?}");
    assert!(desk.daemon.requests.lock().unwrap().is_empty());

    let _keyring = Keyring::unlocked();
    assert_eq!(desk.state().await, KeychainState::Ready);
    desk.console.enrol(&desk.daemon.code()).await.unwrap();
    generate(&desk.console).await.unwrap();
    assert_eq!(desk.listed().await[0].in_keychain, InKeychain::Here);
});

inside!(a_keychain_without_a_keyring_says_so_and_keeps_nothing_half, async || {
    let _keyring = Keyring::locked();
    let desk = RealDesk::new().await;
    let status = desk.console.keychain_status().await;
    assert_eq!(status.state, KeychainState::Failed);
    assert!(status.detail.contains("Passwords and Keys"), "{}", status.detail);
    let prompter = DismissingPrompter::start();
    assert_eq!(desk.console.enrol(&desk.daemon.code()).await.unwrap_err().code, "keychain-denied");
    assert_eq!(prompter.asked(), 1, "a keyring was offered, once");
});

inside!(a_locked_keychain_asks_only_when_a_key_is_needed_and_loses_nothing, async || {
    let keyring = Keyring::unlocked();
    let desk = RealDesk::enrolled().await;
    desk.daemon.refuses_hand_over.store(true, Ordering::SeqCst);
    generate(&desk.console).await.unwrap_err();
    desk.daemon.refuses_hand_over.store(false, Ordering::SeqCst);
    keyring.stop();
    let keyring = Keyring::locked();
    let prompter = DismissingPrompter::start();

    assert_eq!(desk.state().await, KeychainState::Locked);
    assert_eq!(desk.listed().await[0].in_keychain, InKeychain::Here);
    assert_eq!(prompter.asked(), 0, "a look asks nobody");

    let error = desk.console.provision_signing_key("key-1").await.unwrap_err();
    assert_eq!(error.code, "keychain-denied");
    assert!(error.next_step.contains("password"), "{error:?}");
    assert_eq!(prompter.asked(), 1, "one question, not one for each part of the request");
    let registered = desk.registered();
    assert_eq!(generate(&desk.console).await.unwrap_err().code, "keychain-denied");
    assert_eq!(desk.registered(), registered, "nothing is registered whose private half isn't kept");

    prompter.stop();
    keyring.stop();
    let _keyring = Keyring::unlocked();
    assert_eq!(desk.state().await, KeychainState::Ready);
    let key = desk.console.provision_signing_key("key-1").await.unwrap();
    assert_eq!(*desk.daemon.opened.lock().unwrap(), [key.fingerprint]);
});

inside!(a_locked_keychain_that_can_show_no_question_is_an_error_at_once, async || {
    let keyring = Keyring::unlocked();
    let desk = RealDesk::enrolled().await;
    generate(&desk.console).await.unwrap();
    keyring.stop();
    let _keyring = Keyring::locked();
    let error = desk.console.provision_signing_key("key-1").await.unwrap_err();
    assert!(error.code.as_str().starts_with("keychain-") && !error.next_step.is_empty(), "{error:?}");
});

inside!(a_keyring_that_was_started_again_is_found_again, async || {
    let keyring = Keyring::unlocked();
    let desk = RealDesk::enrolled().await;
    generate(&desk.console).await.unwrap();
    keyring.stop();
    let _keyring = Keyring::unlocked();
    assert_eq!(desk.listed().await[0].in_keychain, InKeychain::Here);
    desk.console.provision_signing_key("key-1").await.unwrap();
});

inside!(an_entry_deleted_behind_its_back_is_missed_and_named, async || {
    let _keyring = Keyring::unlocked();
    let desk = RealDesk::enrolled().await;
    let key = generate(&desk.console).await.unwrap();
    let passphrase = || PassphraseText::from("velvet otter ran past nine lighthouses");
    let backup = desk.console.back_up_signing_key(&key.id, passphrase()).await.unwrap();
    clear(&format!("signing-key:{}", key.fingerprint));
    assert_eq!(desk.listed().await[0].in_keychain, InKeychain::Elsewhere);
    let error = desk.console.provision_signing_key("key-1").await.unwrap_err();
    assert_eq!(error.code, "key-not-here");
    assert!(error.next_step.contains("backup"), "{error:?}");
    desk.console.restore_signing_key(&backup.path, Some(passphrase())).await.unwrap();
    desk.console.provision_signing_key("key-1").await.unwrap();
    clear(&desk.console.facts.all().unwrap()[0].client_key_item().to_string());
    assert_eq!(real_console(&desk.folder, "data").client().await.unwrap_err().code, "client-key-missing");
});

inside!(two_consoles_with_one_keychain_do_not_take_each_others_keys, async || {
    let _keyring = Keyring::unlocked();
    let desk = RealDesk::enrolled().await;
    let other = real_console(&desk.folder, "other");
    other.enrol(&desk.daemon.code()).await.unwrap();
    let key = generate(&desk.console).await.unwrap();
    assert_eq!(other.list_signing_keys().await.unwrap()[0].in_keychain, InKeychain::Here);
    // What the daemon refuses from one console is no reason to forget what the other has.
    desk.daemon.refuses_registration.store(true, Ordering::SeqCst);
    assert_eq!(generate(&other).await.unwrap_err().code, "conflict");
    desk.console.leave_daemon().await.unwrap();
    let kept = real_console(&desk.folder, "other").provision_signing_key(&key.id).await.unwrap();
    assert_eq!(kept.fingerprint, key.fingerprint);
});
