//! The steps of a key's life, each one statement. Whether a step is allowed is for the caller to know
//! (`key_life`), and so is writing it down.

use super::row::{Raw, SigningKeyRow};
use crate::store::{StoreError, stored_id};
use serde::Serialize;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use tekport_api::signing_key::{AuthorityDetails, DEFAULT_ROTATION_DAYS, Recipient, Share, SigningKeySpec};
use uuid::Uuid;

/// Registers the public half of a key with revision 1. A successor begins with its predecessor's authority details
/// and rotation period. The caller has made sure that neither its name nor its public key is
/// [taken](super::conflicting).
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    spec: &SigningKeySpec,
    created_by: &str,
    now: UtcTime,
) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw = sqlx::query_as(
        "INSERT INTO signing_keys (id, revision, key_id, key_version, public_key_pem, fingerprint, custody, created_at,
                                   created_by, predecessor_id, rotation_days, authority)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9,
                 COALESCE((SELECT p.rotation_days FROM signing_keys p WHERE p.id = $9), $10),
                 (SELECT p.authority FROM signing_keys p WHERE p.id = $9))
         RETURNING *",
    )
    .bind(id.to_string())
    .bind(spec.key_id.as_str())
    .bind(spec.key_version.as_str())
    .bind(spec.public_key.to_pem())
    .bind(spec.public_key.fingerprint())
    .bind(spec.custody.as_str())
    .bind(now.unix_seconds())
    .bind(created_by)
    .bind(spec.predecessor_id.map(|id| id.to_string()))
    .bind(DEFAULT_ROTATION_DAYS)
    .fetch_one(db)
    .await?;
    raw.try_into()
}

/// Notes which key pair of the token a newly registered key of custody `hsm` is: its `CKA_ID`, lower-case hex.
///
/// # Errors
/// When the database fails.
pub async fn set_token_key(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    token_key: &str,
) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw = sqlx::query_as("UPDATE signing_keys SET token_key = $2 WHERE id = $1 RETURNING *")
        .bind(id.to_string())
        .bind(token_key)
        .fetch_one(db)
        .await?;
    raw.try_into()
}

/// Stores the private half, encrypted under the root key by the caller; a repeated hand-over replaces it.
///
/// # Errors
/// When the database fails.
pub async fn provision(db: impl SqliteExecutor<'_>, id: Uuid, sealed: &[u8], now: UtcTime) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE signing_keys SET revision = revision + 1, sealed = $2, provisioned_at = $3
         WHERE id = $1 AND revoked_at IS NULL",
    )
    .bind(id.to_string())
    .bind(sealed)
    .bind(now.unix_seconds())
    .execute(db)
    .await?;
    Ok(())
}

/// Replaces the ciphertext of a private half: the same key under another root key. Nothing of the key changes.
///
/// # Errors
/// When the database fails.
pub async fn rewrap(db: impl SqliteExecutor<'_>, id: Uuid, sealed: &[u8]) -> Result<(), StoreError> {
    let statement = "UPDATE signing_keys SET sealed = $2 WHERE id = $1";
    sqlx::query(statement).bind(id.to_string()).bind(sealed).execute(db).await?;
    Ok(())
}

/// Forgets the daemon's copy of a private half; returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn unprovision(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw = sqlx::query_as(
        "UPDATE signing_keys SET revision = revision + 1, sealed = NULL, provisioned_at = NULL WHERE id = $1 RETURNING *",
    )
    .bind(id.to_string())
    .fetch_one(db)
    .await?;
    raw.try_into()
}

/// Revokes a key for good and forgets the daemon's copy of its private half.
///
/// # Errors
/// When the database fails.
pub async fn revoke(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE signing_keys SET revision = revision + 1, sealed = NULL, revoked_at = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Introduces every key that is able to sign and that a config names: from now on its signature is in every new file.
/// Returns the ids of those that weren't introduced before.
///
/// # Errors
/// When the database fails.
pub async fn introduce_ready(db: impl SqliteExecutor<'_>, now: UtcTime) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "UPDATE signing_keys SET revision = revision + 1, introduced_at = $1
         WHERE introduced_at IS NULL AND retired_at IS NULL AND revoked_at IS NULL
           AND (sealed IS NOT NULL OR token_key IS NOT NULL OR custody = 'console')
           AND EXISTS (SELECT 1 FROM export_config_signing_keys l WHERE l.signing_key_id = signing_keys.id)
         RETURNING id",
    )
    .bind(now.unix_seconds())
    .fetch_all(db)
    .await?;
    ids.iter().map(|id| stored_id("signing key", id)).collect()
}

/// Records where a key's public half stands with a recipient; returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn set_share(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    recipient: Recipient,
    share: &Share,
) -> Result<SigningKeyRow, StoreError> {
    let statement = match recipient {
        Recipient::Google => "UPDATE signing_keys SET revision = revision + 1, google = $2 WHERE id = $1 RETURNING *",
        Recipient::Apple => "UPDATE signing_keys SET revision = revision + 1, apple = $2 WHERE id = $1 RETURNING *",
    };
    let raw: Raw = sqlx::query_as(statement).bind(id.to_string()).bind(json(share)?).fetch_one(db).await?;
    raw.try_into()
}

/// Sets, moves or takes back a key's end; returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn set_end(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    ends_at: Option<UtcTime>,
) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw =
        sqlx::query_as("UPDATE signing_keys SET revision = revision + 1, ends_at = $2 WHERE id = $1 RETURNING *")
            .bind(id.to_string())
            .bind(ends_at.map(UtcTime::unix_seconds))
            .fetch_one(db)
            .await?;
    raw.try_into()
}

/// Retires a key: its end has come. The daemon keeps its private half, since Apple's server-to-server configuration
/// may still be signed with it (EXPORT-FORMAT). Returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn retire(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw =
        sqlx::query_as("UPDATE signing_keys SET revision = revision + 1, retired_at = $2 WHERE id = $1 RETURNING *")
            .bind(id.to_string())
            .bind(now.unix_seconds())
            .fetch_one(db)
            .await?;
    raw.try_into()
}

/// Sets how many days a key should sign before its rotation; returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn set_rotation_days(db: impl SqliteExecutor<'_>, id: Uuid, days: u32) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw =
        sqlx::query_as("UPDATE signing_keys SET revision = revision + 1, rotation_days = $2 WHERE id = $1 RETURNING *")
            .bind(id.to_string())
            .bind(days)
            .fetch_one(db)
            .await?;
    raw.try_into()
}

/// Sets for whom a key signs; returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn set_authority(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    details: &AuthorityDetails,
) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw =
        sqlx::query_as("UPDATE signing_keys SET revision = revision + 1, authority = $2 WHERE id = $1 RETURNING *")
            .bind(id.to_string())
            .bind(json(details)?)
            .fetch_one(db)
            .await?;
    raw.try_into()
}

/// Notes that a backup of a key was written; returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn note_backup(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<SigningKeyRow, StoreError> {
    let raw: Raw =
        sqlx::query_as("UPDATE signing_keys SET revision = revision + 1, backed_up_at = $2 WHERE id = $1 RETURNING *")
            .bind(id.to_string())
            .bind(now.unix_seconds())
            .fetch_one(db)
            .await?;
    raw.try_into()
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Damaged { what: "signing key", reason: error.to_string() })
}
