//! Replacing the root key: everything that the daemon keeps secret is encrypted anew, in one transaction.
//!
//! With the key in a file or in the keychain, whatever is killed when leaves a key that opens the store: the new one is
//! put beside the old one first, then the store is rewritten, then the new one takes the old one's place. [`settle`]
//! finishes or undoes what was broken off, before anything is opened.

use super::slots::{FileSlots, KeychainSlots, Slots};
use super::{RootKeyError, RootKeyPlace, write_new};
use crate::audit::{self, Actor, Change};
use crate::config::RootKeySource;
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
    /// The key is a systemd credential.
    #[error("a systemd credential can only be read; name a file for the new key")]
    ReadOnly,
    /// An entry of the keychain isn't there.
    #[error("the keychain has no entry {0} of service tekportd, so nothing was changed")]
    NotThere(String),
    /// The keychain gave back something else than it was given.
    #[error("the keychain's entry {0} did not come back as it was stored; look at the keychain's own log")]
    NotKept(String),
    /// Neither of two keys opens the store.
    #[error(
        "a rotation of the root key was broken off, and neither {old} nor {new} opens the store; put the right key in \
         the first"
    )]
    NeitherOpens {
        /// Where the key is.
        old: String,
        /// Where the new key is.
        new: String,
    },
    /// A thread that asks the keychain or the disk ended early.
    #[error("the root key can't be reached: {0}")]
    Cancelled(String),
    /// Stopped between two steps, in a test.
    #[error("stopped after {0:?}")]
    Stopped(Step),
}

impl From<sqlx::Error> for RotationError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The steps of replacing a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The new key lies beside the old one.
    KeyWritten,
    /// The store opens with the new key alone.
    StoreRewritten,
    /// The keychain has the new key in both of its entries.
    EntryReplaced,
}

/// How much was encrypted anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rewritten {
    /// The daemon's own secrets.
    pub secrets: usize,
    /// Signing keys in the daemon's custody.
    pub signing_keys: usize,
}

/// Replaces a root key that lies in a file or in the keychain. `go_on` is asked after each step; tests stop it there.
///
/// # Errors
/// When the store, a file or the keychain fails, or something doesn't open with the present key. The daemon then starts
/// with what is there, the old key or the new one.
pub async fn replace(
    store: &Store,
    place: &RootKeyPlace<'_>,
    now: UtcTime,
    go_on: impl Fn(Step) -> bool + Clone + Send + 'static,
) -> Result<Rewritten, RotationError> {
    match place.config.source {
        RootKeySource::Keychain => replace_in(store, KeychainSlots::of(&place.config.keychain), now, go_on).await,
        RootKeySource::File => replace_in(store, FileSlots::of(place), now, go_on).await,
        RootKeySource::Credential => Err(RotationError::ReadOnly),
    }
}

async fn replace_in(
    store: &Store,
    slots: impl Slots,
    now: UtcTime,
    go_on: impl Fn(Step) -> bool + Clone + Send + 'static,
) -> Result<Rewritten, RotationError> {
    settle_in(store, slots.clone()).await?;
    let new = RootKey::generate().map_err(RootKeyError::from)?;
    let (old, new) = on(&slots, move |slots| {
        let old = slots.own()?;
        slots.put_beside(&new)?;
        Ok((old, new))
    })
    .await?;
    stop(Step::KeyWritten, &go_on)?;
    let rewritten = rewrite(store, &old, &new, now).await?;
    stop(Step::StoreRewritten, &go_on)?;
    on(&slots, move |slots| slots.take_place(&go_on)).await?;
    Ok(rewritten)
}

/// Asks the disk or the keychain off the async threads: a keychain may have to ask its user first.
async fn on<S: Slots, T: Send + 'static>(
    slots: &S,
    act: impl FnOnce(&S) -> Result<T, RotationError> + Send + 'static,
) -> Result<T, RotationError> {
    let slots = slots.clone();
    let acting = tokio::task::spawn_blocking(move || act(&slots));
    acting.await.map_err(|error| RotationError::Cancelled(error.to_string()))?
}

/// Encrypts the store under the key in `new_file`, for sources that the daemon can't write to: whoever runs it puts
/// that key where the source reads it.
///
/// # Errors
/// As [`replace`], and when the new key's file is there already.
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
    match place.config.source {
        RootKeySource::File => settle_in(store, FileSlots::of(place)).await,
        RootKeySource::Keychain => settle_in(store, KeychainSlots::of(&place.config.keychain)).await,
        // The daemon only reads it.
        RootKeySource::Credential => Ok(()),
    }
}

async fn settle_in(store: &Store, slots: impl Slots) -> Result<(), RotationError> {
    let Some((own, fresh)) = on(&slots, both).await? else { return Ok(()) };
    if opens(store, &own).await? {
        return on(&slots, Slots::drop_beside).await;
    }
    if !opens(store, &fresh).await? {
        let (old, new) = slots.names();
        return Err(RotationError::NeitherOpens { old, new });
    }
    tracing::warn!("a rotation of the root key was broken off and is finished now");
    on(&slots, |slots| slots.take_place(&|_| true)).await
}

/// Both keys, where a rotation was broken off.
fn both(slots: &impl Slots) -> Result<Option<(RootKey, RootKey)>, RotationError> {
    match slots.beside()? {
        Some(fresh) => Ok(Some((slots.own()?, fresh))),
        None => Ok(None),
    }
}

fn stop(step: Step, go_on: &impl Fn(Step) -> bool) -> Result<(), RotationError> {
    if go_on(step) { Ok(()) } else { Err(RotationError::Stopped(step)) }
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
mod tests;
