//! Answers to creating requests, kept so that a repeated request gets the same one.

use super::StoreError;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use uuid::Uuid;

/// The table's name, as the encryption at rest binds it.
pub const TABLE: &str = "idempotency_keys";
/// The column of the answer, as the encryption at rest binds it.
pub const BODY_COLUMN: &str = "body";

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerRow {
    /// SHA-256 over method, path and body of the request, lower-case hex.
    pub request_hash: String,
    /// The HTTP status.
    pub status: u16,
    /// The answer's own headers as JSON: `[[name, value], …]`.
    pub headers: String,
    /// The body, encrypted under the root key: some hold an enrolment code.
    pub body: Vec<u8>,
}

/// Returns the answer that a person got under a key.
///
/// # Errors
/// When the database fails.
pub async fn find(db: impl SqliteExecutor<'_>, person_id: Uuid, key: &str) -> Result<Option<AnswerRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT request_hash, status, headers, body FROM idempotency_keys WHERE person_id = $1 AND key = $2",
    )
    .bind(person_id.to_string())
    .bind(key)
    .fetch_optional(db)
    .await?)
}

/// Keeps an answer.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    person_id: Uuid,
    key: &str,
    answer: &AnswerRow,
    now: UtcTime,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO idempotency_keys (person_id, key, request_hash, status, headers, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(person_id.to_string())
    .bind(key)
    .bind(&answer.request_hash)
    .bind(answer.status)
    .bind(&answer.headers)
    .bind(&answer.body)
    .bind(now.unix_seconds())
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets every answer given before `before`.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(db: impl SqliteExecutor<'_>, before: UtcTime) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM idempotency_keys WHERE created_at < $1").bind(before.unix_seconds()).execute(db).await?;
    Ok(())
}
