//! Replacing the root key: everything that the daemon keeps secret is encrypted anew, in one transaction.
//!
//! With the key in a file, whatever is killed when leaves a key that opens the store: the new one is written beside the
//! old one first, then the store is rewritten, then the new file takes the old one's place. [`settle`] finishes or
//! undoes what was broken off, before anything is opened.

use super::{RootKeyError, RootKeyPlace, read_file, write_new};
use crate::audit::{self, Actor, Change};
use crate::store::signing_keys::{self, SEALED_COLUMN};
use crate::store::{Store, StoreError, secrets};
use serde_json::json;
use sqlx::SqliteConnection;
use std::path::{Path, PathBuf};
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_keys::at_rest::{AtRestError, Binding, RootKey};

/// Why the root key wasn't replaced.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// The store failed.
    #[error("the store failed; the root key is the old one")]
    Store(#[from] StoreError),
    /// Something in the store doesn't open with the present key.
    #[error("{what} doesn't open with the present root key, so nothing was changed; is it the right key?")]
    DoesNotOpen {
        /// What it is.
        what: String,
        /// Why.
        source: AtRestError,
    },
    /// A key can't be read or made.
    #[error(transparent)]
    Key(#[from] RootKeyError),
    /// A file can't be written or moved.
    #[error("{} can't be written or moved", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Neither of two keys opens the store.
    #[error(
        "a rotation of the root key was broken off, and neither {} nor {} opens the store; put the right key in the first",
        old.display(), new.display()
    )]
    NeitherOpens {
        /// The key's file.
        old: PathBuf,
        /// The new key's file.
        new: PathBuf,
    },
    /// Stopped between two steps, in a test.
    #[error("stopped after {0:?}")]
    Stopped(Step),
}

impl From<sqlx::Error> for RotationError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The steps of replacing a key that lies in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The new key lies beside the old one.
    KeyWritten,
    /// The store opens with the new key alone.
    StoreRewritten,
}

/// How much was encrypted anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rewritten {
    /// The daemon's own secrets.
    pub secrets: usize,
    /// Signing keys in the daemon's custody.
    pub signing_keys: usize,
}

/// Replaces a root key that lies in a file. `go_on` is asked after each step; tests stop it there.
///
/// # Errors
/// When the store or a file fails, or something doesn't open with the present key. The daemon then starts with what is
/// there, the old key or the new one.
pub async fn replace_file(
    store: &Store,
    place: &RootKeyPlace<'_>,
    now: UtcTime,
    go_on: impl Fn(Step) -> bool,
) -> Result<Rewritten, RotationError> {
    settle(store, place).await?;
    let old = place.read()?;
    let (path, fresh) = (place.file(), new_file(place));
    let new = RootKey::generate().map_err(RootKeyError::from)?;
    write_new(&fresh, new.to_base64().as_bytes())
        .map_err(|source| RotationError::File { path: fresh.clone(), source })?;
    stop(Step::KeyWritten, &go_on)?;
    let rewritten = rewrite(store, &old, &new, now).await?;
    stop(Step::StoreRewritten, &go_on)?;
    take_place(&fresh, &path)?;
    Ok(rewritten)
}

/// Encrypts the store under the key in `new_file`, for sources that the daemon can't write to: whoever runs it puts
/// that key where the source reads it.
///
/// # Errors
/// As [`replace_file`], and when the new key's file is there already.
pub async fn replace_elsewhere(
    store: &Store,
    old: &RootKey,
    new_file: &Path,
    now: UtcTime,
) -> Result<Rewritten, RotationError> {
    let new = RootKey::generate().map_err(RootKeyError::from)?;
    write_new(new_file, new.to_base64().as_bytes())
        .map_err(|source| RotationError::File { path: new_file.to_owned(), source })?;
    rewrite(store, old, &new, now).await
}

/// Finishes or undoes a replacement that was broken off. Does nothing where there was none.
///
/// # Errors
/// When a key or the store can't be read, or neither key opens the store.
pub async fn settle(store: &Store, place: &RootKeyPlace<'_>) -> Result<(), RotationError> {
    let (path, fresh) = (place.file(), new_file(place));
    if !fresh.exists() {
        return Ok(());
    }
    if opens(store, &place.read()?).await? {
        return std::fs::remove_file(&fresh).map_err(|source| RotationError::File { path: fresh, source });
    }
    if !opens(store, &read_file(&fresh)?).await? {
        return Err(RotationError::NeitherOpens { old: path, new: fresh });
    }
    tracing::warn!("a rotation of the root key was broken off and is finished now");
    take_place(&fresh, &path)
}

fn stop(step: Step, go_on: &impl Fn(Step) -> bool) -> Result<(), RotationError> {
    if go_on(step) { Ok(()) } else { Err(RotationError::Stopped(step)) }
}

fn new_file(place: &RootKeyPlace<'_>) -> PathBuf {
    let mut path = place.file().into_os_string();
    path.push(".new");
    PathBuf::from(path)
}

fn take_place(fresh: &Path, path: &Path) -> Result<(), RotationError> {
    let moved = std::fs::rename(fresh, path).and_then(|()| match path.parent() {
        // The new name is on the disk before anything relies on it.
        Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
        _ => Ok(()),
    });
    moved.map_err(|source| RotationError::File { path: path.to_owned(), source })
}

/// Whether a key opens what the store holds; a store without secrets is opened by any.
async fn opens(store: &Store, key: &RootKey) -> Result<bool, StoreError> {
    let all = secrets::all(store.pool()).await?;
    Ok(all.iter().all(|(name, value)| key.decrypt(secret_at(name), value).is_ok()))
}

fn secret_at(name: &str) -> Binding<'_> {
    Binding { table: secrets::TABLE, row: name, column: secrets::COLUMN }
}

async fn rewrite(store: &Store, old: &RootKey, new: &RootKey, now: UtcTime) -> Result<Rewritten, RotationError> {
    let mut transaction = store.begin().await?;
    let all = secrets::all(&mut *transaction).await?;
    for (name, value) in &all {
        let fresh = again(old, new, secret_at(name), value, || format!("the secret {name:?}"))?;
        secrets::rewrap(&mut *transaction, name, &fresh).await?;
    }
    let mut signing_keys = 0;
    for key in signing_keys::all(&mut *transaction).await? {
        let Some(sealed) = &key.sealed else { continue };
        let row = key.id.to_string();
        let place = Binding { table: signing_keys::TABLE, row: &row, column: SEALED_COLUMN };
        let fresh = again(old, new, place, sealed, || format!("the signing key {}", key.name()))?;
        signing_keys::rewrap(&mut *transaction, key.id, &fresh).await?;
        signing_keys += 1;
    }
    let rewritten = Rewritten { secrets: all.len(), signing_keys };
    write_down(&mut transaction, now, rewritten).await?;
    transaction.commit().await?;
    Ok(rewritten)
}

fn again(
    old: &RootKey,
    new: &RootKey,
    place: Binding<'_>,
    value: &[u8],
    what: impl Fn() -> String,
) -> Result<Vec<u8>, RotationError> {
    let secret = old.decrypt(place, value).map_err(|source| RotationError::DoesNotOpen { what: what(), source })?;
    new.encrypt(place, &secret).map_err(|source| RotationError::DoesNotOpen { what: what(), source })
}

async fn write_down(db: &mut SqliteConnection, now: UtcTime, rewritten: Rewritten) -> Result<(), StoreError> {
    let change = Change {
        action: "root-key.rotate",
        resource_kind: "daemon",
        resource_id: "root-key".to_owned(),
        before: None,
        after: Some(json!({ "secrets": rewritten.secrets, "signing_keys": rewritten.signing_keys })),
    };
    audit::append(db, now, &Actor::local(), AuditResult::Ok, change).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::RootKeyConfig;
    use crate::pki::Pki;
    use crate::store::new_id;
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
            assert!(!new_file(&self.place()).exists());
            pki.ca_pin()
        }
    }

    #[tokio::test]
    async fn everything_opens_with_the_new_key_and_nothing_with_the_old() {
        let scene = Scene::new().await;
        let old = scene.place().read().unwrap();
        let pin = scene.starts().await;
        let rewritten = replace_file(&scene.store, &scene.place(), scene.clock.now(), |_| true).await.unwrap();
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
            let outcome = replace_file(&scene.store, &scene.place(), scene.clock.now(), |step| step != stopped).await;
            assert!(matches!(outcome, Err(RotationError::Stopped(step)) if step == stopped), "{outcome:?}");
            assert_eq!(scene.starts().await, pin, "{stopped:?}");
            replace_file(&scene.store, &scene.place(), scene.clock.now(), |_| true).await.unwrap();
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
        scene.authority(&read_file(&path).unwrap()).await.unwrap();
    }
}
