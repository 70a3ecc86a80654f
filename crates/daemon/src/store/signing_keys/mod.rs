//! Signing keys: public halves, the private ones that the daemon holds, encrypted under the root key, and what
//! happened to each. What is here finds them; [`life`] moves them on, [`events`] keeps their history.

pub mod events;
pub mod life;
mod removed;
mod row;

pub use life::{
    insert, introduce_ready, note_backup, provision, retire, revoke, rewrap, set_authority, set_end, set_rotation_days,
    set_share, set_token_key, unprovision,
};
pub use removed::{RemovedCopies, set_removed};
pub use row::{SEALED_COLUMN, SigningKeyRow, TABLE};

use super::StoreError;
use row::Raw;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use tekport_api::signing_key::SigningKeySpec;
use uuid::Uuid;

/// Returns a key that already has the name (key id and version) or the public key of `spec`.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn conflicting(
    db: impl SqliteExecutor<'_>,
    spec: &SigningKeySpec,
) -> Result<Option<SigningKeyRow>, StoreError> {
    let raw: Option<Raw> = sqlx::query_as(
        "SELECT * FROM signing_keys WHERE (key_id = $1 AND key_version = $2) OR fingerprint = $3 ORDER BY id LIMIT 1",
    )
    .bind(spec.key_id.as_str())
    .bind(spec.key_version.as_str())
    .bind(spec.public_key.fingerprint())
    .fetch_optional(db)
    .await?;
    raw.map(SigningKeyRow::try_from).transpose()
}

/// Returns one key, or `None` where there is none of that id.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<SigningKeyRow>, StoreError> {
    let raw: Option<Raw> =
        sqlx::query_as("SELECT * FROM signing_keys WHERE id = $1").bind(id.to_string()).fetch_optional(db).await?;
    raw.map(SigningKeyRow::try_from).transpose()
}

/// Returns every key, newest first, revoked ones included.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<SigningKeyRow>, StoreError> {
    let raws: Vec<Raw> =
        sqlx::query_as("SELECT * FROM signing_keys ORDER BY created_at DESC, id DESC").fetch_all(db).await?;
    raws.into_iter().map(SigningKeyRow::try_from).collect()
}

/// Returns at most `limit` keys that precede `before`, newest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn page(
    db: impl SqliteExecutor<'_>,
    before: Option<(UtcTime, Uuid)>,
    limit: u32,
) -> Result<Vec<SigningKeyRow>, StoreError> {
    let (at, id) = before.map_or((i64::MAX, String::new()), |(at, id)| (at.unix_seconds(), id.to_string()));
    let raws: Vec<Raw> = sqlx::query_as(
        "SELECT * FROM signing_keys WHERE created_at < $1 OR (created_at = $1 AND id < $2)
         ORDER BY created_at DESC, id DESC LIMIT $3",
    )
    .bind(at)
    .bind(id)
    .bind(limit)
    .fetch_all(db)
    .await?;
    raws.into_iter().map(SigningKeyRow::try_from).collect()
}

/// Returns the keys that a config names, in the order of a file's signature infos: newest effective first. Keys
/// that don't sign (not introduced, retired, revoked) are among them; [`SigningKeyRow::state`] tells.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn of_config(db: impl SqliteExecutor<'_>, config_id: Uuid) -> Result<Vec<SigningKeyRow>, StoreError> {
    let raws: Vec<Raw> = sqlx::query_as(
        "SELECT k.* FROM signing_keys k JOIN export_config_signing_keys l ON l.signing_key_id = k.id
         WHERE l.config_id = $1 ORDER BY k.introduced_at DESC, k.created_at DESC, k.id DESC",
    )
    .bind(config_id.to_string())
    .fetch_all(db)
    .await?;
    raws.into_iter().map(SigningKeyRow::try_from).collect()
}

/// Returns the ids of the configs that name a key, oldest first, ended ones included.
///
/// # Errors
/// When the database fails.
pub async fn config_ids(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT config_id FROM export_config_signing_keys WHERE signing_key_id = $1 ORDER BY config_id",
    )
    .bind(id.to_string())
    .fetch_all(db)
    .await?;
    ids.iter().map(|id| super::stored_id("export config", id)).collect()
}

/// Returns the newest among [`all`] keys that follows the key `id` and isn't revoked.
#[must_use]
pub fn successor(all: &[SigningKeyRow], id: Uuid) -> Option<&SigningKeyRow> {
    all.iter().find(|key| key.predecessor_id == Some(id) && key.revoked_at.is_none())
}
