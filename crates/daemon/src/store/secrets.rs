//! The daemon's own secrets, encrypted under the root key by the caller: [`TABLE`], name, [`COLUMN`] are what
//! the encryption binds.

use super::StoreError;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;

/// The table's name, as the encryption at rest binds it.
pub const TABLE: &str = "secrets";
/// The column's name, as the encryption at rest binds it.
pub const COLUMN: &str = "value";

/// Returns the encrypted value of that name.
///
/// # Errors
/// When the database fails. A missing secret is `None`, never an error, and a failure never looks like one.
pub async fn find(db: impl SqliteExecutor<'_>, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(sqlx::query_scalar("SELECT value FROM secrets WHERE name = $1").bind(name).fetch_optional(db).await?)
}

/// Stores an encrypted value under a name that is free.
///
/// # Errors
/// When the database fails or the name is taken: a secret is never overwritten by accident.
pub async fn insert(db: impl SqliteExecutor<'_>, name: &str, value: &[u8], now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO secrets (name, value, created_at) VALUES ($1, $2, $3)")
        .bind(name)
        .bind(value)
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Replaces the encrypted value of a name, as when a certificate is renewed with a new key.
///
/// # Errors
/// When the database fails.
pub async fn replace(db: impl SqliteExecutor<'_>, name: &str, value: &[u8], now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE secrets SET value = $2, created_at = $3 WHERE name = $1")
        .bind(name)
        .bind(value)
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Returns when the value of that name was made; `None` where there is none.
///
/// # Errors
/// When the database fails.
pub async fn created_at(db: impl SqliteExecutor<'_>, name: &str) -> Result<Option<UtcTime>, StoreError> {
    let at: Option<i64> =
        sqlx::query_scalar("SELECT created_at FROM secrets WHERE name = $1").bind(name).fetch_optional(db).await?;
    Ok(at.map(UtcTime::saturating))
}

/// Returns every name with its encrypted value.
///
/// # Errors
/// When the database fails.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    Ok(sqlx::query_as("SELECT name, value FROM secrets ORDER BY name").fetch_all(db).await?)
}

/// Replaces the encrypted value of a name and leaves the time at which its secret was made: the same secret under
/// another root key.
///
/// # Errors
/// When the database fails.
pub async fn rewrap(db: impl SqliteExecutor<'_>, name: &str, value: &[u8]) -> Result<(), StoreError> {
    sqlx::query("UPDATE secrets SET value = $2 WHERE name = $1").bind(name).bind(value).execute(db).await?;
    Ok(())
}
