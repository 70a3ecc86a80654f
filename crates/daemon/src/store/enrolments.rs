//! Enrolment codes, by the SHA-256 of their secret: the store never holds one that works.

use super::StoreError;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use uuid::Uuid;

/// An enrolment code as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Whom it lets in.
    pub person_id: Uuid,
    /// From then on it is refused.
    pub expires_at: UtcTime,
    /// When it was used.
    pub used_at: Option<UtcTime>,
}

/// Stores a code.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    secret_hash: &str,
    person_id: Uuid,
    now: UtcTime,
    expires_at: UtcTime,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO enrolment_codes (secret_hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(secret_hash)
        .bind(person_id.to_string())
        .bind(now.unix_seconds())
        .bind(expires_at.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Returns the code with that hash.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, secret_hash: &str) -> Result<Option<CodeRow>, StoreError> {
    let row: Option<(String, i64, Option<i64>)> =
        sqlx::query_as("SELECT person_id, expires_at, used_at FROM enrolment_codes WHERE secret_hash = $1")
            .bind(secret_hash)
            .fetch_optional(db)
            .await?;
    row.map(|(person_id, expires_at, used_at)| {
        Ok(CodeRow {
            person_id: super::stored_id("enrolment code", &person_id)?,
            expires_at: UtcTime::saturating(expires_at),
            used_at: used_at.map(UtcTime::saturating),
        })
    })
    .transpose()
}

/// Marks a code as used; returns whether it still could be, so that of two at once only one comes in.
///
/// # Errors
/// When the database fails.
pub async fn use_once(db: impl SqliteExecutor<'_>, secret_hash: &str, now: UtcTime) -> Result<bool, StoreError> {
    let changed = sqlx::query(
        "UPDATE enrolment_codes SET used_at = $2 WHERE secret_hash = $1 AND used_at IS NULL AND expires_at > $2",
    )
    .bind(secret_hash)
    .bind(now.unix_seconds())
    .execute(db)
    .await?
    .rows_affected();
    Ok(changed == 1)
}

/// Ends every unused code of a person's, so that a new one is the only one that works.
///
/// # Errors
/// When the database fails.
pub async fn end_unused(db: impl SqliteExecutor<'_>, person_id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE enrolment_codes SET expires_at = $2 WHERE person_id = $1 AND used_at IS NULL AND expires_at > $2",
    )
    .bind(person_id.to_string())
    .bind(now.unix_seconds())
    .execute(db)
    .await?;
    Ok(())
}

/// Returns when the code that still lets a person in ends; `None` where none does.
///
/// # Errors
/// When the database fails.
pub async fn open_until(
    db: impl SqliteExecutor<'_>,
    person_id: Uuid,
    now: UtcTime,
) -> Result<Option<UtcTime>, StoreError> {
    let ends: Option<i64> = sqlx::query_scalar(
        "SELECT MAX(expires_at) FROM enrolment_codes WHERE person_id = $1 AND used_at IS NULL AND expires_at > $2",
    )
    .bind(person_id.to_string())
    .bind(now.unix_seconds())
    .fetch_one(db)
    .await?;
    Ok(ends.map(UtcTime::saturating))
}
