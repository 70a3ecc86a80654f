//! Single values that only grow.

use super::StoreError;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;

/// The end of the newest window that any batch has begun to collect.
pub const COLLECTED_THROUGH: &str = "collected_through";

/// Returns a watermark, or `None` before it was first raised.
///
/// # Errors
/// When the database fails.
pub async fn get(db: impl SqliteExecutor<'_>, name: &str) -> Result<Option<UtcTime>, StoreError> {
    let value: Option<i64> =
        sqlx::query_scalar("SELECT value FROM watermarks WHERE name = $1").bind(name).fetch_optional(db).await?;
    Ok(value.map(UtcTime::saturating))
}

/// Raises a watermark to `value`; one that is higher stays.
///
/// # Errors
/// When the database fails.
pub async fn raise(db: impl SqliteExecutor<'_>, name: &str, value: UtcTime) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO watermarks (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE excluded.value > watermarks.value",
    )
    .bind(name)
    .bind(value.unix_seconds())
    .execute(db)
    .await?;
    Ok(())
}
