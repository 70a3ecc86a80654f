use super::*;
use crate::config::RootKeyConfig;
use crate::pki::Pki;
use crate::root_key::slots::Entries;
use crate::store::new_id;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tekport_api::Clock;
use tekport_api::signing_key::{Custody, SigningKeySpec};
use tekport_export_file::{KeyId, KeyVersion};
use tekport_keys::SigningKey;

struct Scene {
    folder: tempfile::TempDir,
    config: RootKeyConfig,
    store: Store,
    clock: Clock,
    key_id: uuid::Uuid,
}

impl Scene {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let clock = Clock::manual(UtcTime::saturating(1_800_000_000));
        let scene =
            Self { config: RootKeyConfig::default(), store, clock, key_id: new_id(UtcTime::saturating(0)), folder };
        let root_key = scene.place().create().unwrap();
        scene.authority(&root_key).await.unwrap();
        let key = SigningKey::generate().unwrap();
        let spec = SigningKeySpec {
            key_id: KeyId::parse("310").unwrap(),
            key_version: KeyVersion::parse("v1").unwrap(),
            public_key: key.public_key(),
            custody: Custody::Daemon,
            predecessor_id: None,
        };
        let row = scene.key_id.to_string();
        let place = Binding { table: signing_keys::TABLE, row: &row, column: SEALED_COLUMN };
        let sealed = root_key.encrypt(place, &key.to_pkcs8_der().unwrap()).unwrap();
        let now = scene.clock.now();
        signing_keys::insert(scene.store.pool(), scene.key_id, &spec, "test", now).await.unwrap();
        signing_keys::provision(scene.store.pool(), scene.key_id, &sealed, now).await.unwrap();
        scene
    }

    fn place(&self) -> RootKeyPlace<'_> {
        RootKeyPlace { config: &self.config, state: self.folder.path(), credentials: None }
    }

    async fn authority(&self, root_key: &RootKey) -> Result<Pki, crate::pki::PkiError> {
        Pki::load_or_create(&self.store, root_key, &self.clock, &["localhost".to_owned()]).await
    }

    /// What a start does: settle, read the key, open the authority and the signing key.
    async fn starts(&self) -> String {
        settle(&self.store, &self.place()).await.unwrap();
        let root_key = self.place().read().unwrap();
        let pki = self.authority(&root_key).await.unwrap();
        let key = signing_keys::find(self.store.pool(), self.key_id).await.unwrap().unwrap();
        let row = key.id.to_string();
        let place = Binding { table: signing_keys::TABLE, row: &row, column: SEALED_COLUMN };
        let pkcs8 = root_key.decrypt(place, &key.sealed.unwrap()).unwrap();
        assert_eq!(SigningKey::from_pkcs8_der(&pkcs8).unwrap().public_key(), key.public_key);
        assert!(!self.folder.path().join("root.key.new").exists());
        pki.ca_pin()
    }
}

#[tokio::test]
async fn everything_opens_with_the_new_key_and_nothing_with_the_old() {
    let scene = Scene::new().await;
    let old = scene.place().read().unwrap();
    let pin = scene.starts().await;
    let rewritten = replace(&scene.store, &scene.place(), scene.clock.now(), |_| true).await.unwrap();
    assert_eq!(rewritten.signing_keys, 1);
    assert!(rewritten.secrets >= 4, "{rewritten:?}");
    assert_eq!(scene.starts().await, pin);
    assert!(scene.authority(&old).await.is_err());
}

#[tokio::test]
async fn wherever_it_is_killed_the_next_start_opens_everything() {
    for stopped in [Step::KeyWritten, Step::StoreRewritten] {
        let scene = Scene::new().await;
        let pin = scene.starts().await;
        let outcome = replace(&scene.store, &scene.place(), scene.clock.now(), move |step| step != stopped).await;
        assert!(matches!(outcome, Err(RotationError::Stopped(step)) if step == stopped), "{outcome:?}");
        assert_eq!(scene.starts().await, pin, "{stopped:?}");
        replace(&scene.store, &scene.place(), scene.clock.now(), |_| true).await.unwrap();
        assert_eq!(scene.starts().await, pin, "{stopped:?}, and once more");
    }
}

#[tokio::test]
async fn a_wrong_key_changes_nothing() {
    let scene = Scene::new().await;
    let path = scene.folder.path().join("elsewhere.key");
    let wrong = RootKey::generate().unwrap();
    let outcome = replace_elsewhere(&scene.store, &wrong, &path, scene.clock.now()).await;
    assert!(matches!(outcome, Err(RotationError::DoesNotOpen { .. })), "{outcome:?}");
    scene.starts().await;
    let right = scene.place().read().unwrap();
    let again = replace_elsewhere(&scene.store, &right, &path, scene.clock.now()).await;
    assert!(matches!(again, Err(RotationError::File { .. })), "a file that is there is never overwritten");
    std::fs::remove_file(&path).unwrap();
    replace_elsewhere(&scene.store, &right, &path, scene.clock.now()).await.unwrap();
    scene.authority(&super::super::read_file(&path).unwrap()).await.unwrap();
}

/// A keychain in memory; it may say that it stores, and not do so.
#[derive(Clone, Default)]
struct Memory {
    entries: Arc<Mutex<BTreeMap<String, RootKey>>>,
    forgets: bool,
}

impl Entries for Memory {
    fn find(&self, account: &str) -> Result<Option<RootKey>, RootKeyError> {
        Ok(self.entries.lock().unwrap().get(account).cloned())
    }

    fn write(&self, account: &str, key: &RootKey) -> Result<(), RootKeyError> {
        if !self.forgets {
            self.entries.lock().unwrap().insert(account.to_owned(), key.clone());
        }
        Ok(())
    }

    fn remove(&self, account: &str) -> Result<(), RootKeyError> {
        self.entries.lock().unwrap().remove(account);
        Ok(())
    }
}

/// A scene whose root key is in a keychain.
async fn in_keychain(forgets: bool) -> (Scene, Memory, KeychainSlots<Memory>) {
    let scene = Scene::new().await;
    let memory = Memory { forgets, ..Memory::default() };
    memory.entries.lock().unwrap().insert("root".to_owned(), scene.place().read().unwrap());
    let slots = KeychainSlots::with(memory.clone(), "root");
    (scene, memory, slots)
}

#[tokio::test]
async fn in_a_keychain_too_wherever_it_is_killed_the_next_start_opens_everything() {
    let steps = [Step::KeyWritten, Step::StoreRewritten, Step::EntryReplaced];
    for stopped in steps.into_iter().map(Some).chain([None]) {
        let (scene, memory, slots) = in_keychain(false).await;
        let before = memory.find("root").unwrap().unwrap();
        let go_on = move |step| Some(step) != stopped;
        let outcome = replace_in(&scene.store, slots.clone(), scene.clock.now(), go_on).await;
        assert_eq!(outcome.is_err(), stopped.is_some(), "{outcome:?}");
        settle_in(&scene.store, slots).await.unwrap();
        let entries = memory.entries.lock().unwrap().clone();
        assert_eq!(entries.keys().collect::<Vec<_>>(), ["root"], "{stopped:?}");
        scene.authority(&entries["root"]).await.unwrap();
        let rotated = stopped != Some(Step::KeyWritten);
        assert_eq!(scene.authority(&before).await.is_err(), rotated, "{stopped:?}: the old key");
    }
}

#[tokio::test]
async fn a_keychain_that_keeps_nothing_changes_nothing() {
    let (scene, _, slots) = in_keychain(true).await;
    let outcome = replace_in(&scene.store, slots, scene.clock.now(), |_| true).await;
    assert!(matches!(outcome, Err(RotationError::NotKept(_))), "{outcome:?}");
    scene.starts().await;
}
