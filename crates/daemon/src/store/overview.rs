//! What the status page counts, over batches and files. Nothing here changes anything.

use super::StoreError;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use tekport_api::batch::BatchCounts;
use uuid::Uuid;

/// The last window of a config that was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastWindow {
    /// Its end.
    pub end: UtcTime,
    /// When it was completed; `None` where the store doesn't say.
    pub completed_at: Option<UtcTime>,
}

/// Returns the last completed window of a config.
///
/// # Errors
/// When the database fails.
pub async fn last_window(db: impl SqliteExecutor<'_>, config_id: Uuid) -> Result<Option<LastWindow>, StoreError> {
    let row: Option<(i64, Option<i64>)> = sqlx::query_as(
        "SELECT window_end, completed_at FROM batches
         WHERE config_id = $1 AND state IN ('complete', 'expired') AND completed_at IS NOT NULL
         ORDER BY window_end DESC, generation DESC LIMIT 1",
    )
    .bind(config_id.to_string())
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(end, completed_at)| LastWindow {
        end: UtcTime::saturating(end),
        completed_at: completed_at.map(UtcTime::saturating),
    }))
}

/// Returns how many files a config's index gained since `since`.
///
/// # Errors
/// When the database fails.
pub async fn files_since(db: impl SqliteExecutor<'_>, config_id: Uuid, since: UtcTime) -> Result<u32, StoreError> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM export_files WHERE config_id = $1 AND published_at > $2")
        .bind(config_id.to_string())
        .bind(since.unix_seconds())
        .fetch_one(db)
        .await?)
}

/// A window that was completed, and what its batch holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedWindow {
    /// Inclusive.
    pub start: UtcTime,
    /// Exclusive.
    pub end: UtcTime,
    /// What its batch holds.
    pub counts: BatchCounts,
}

/// Returns every completed window that ended at `from` or later, of one config or of all, oldest first; of a
/// regenerated window only the last generation.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn counted_since(
    db: impl SqliteExecutor<'_>,
    config_id: Option<Uuid>,
    from: UtcTime,
) -> Result<Vec<CountedWindow>, StoreError> {
    let rows: Vec<(i64, i64, String)> = sqlx::query_as(
        "SELECT window_start, window_end, counts FROM batches
         WHERE state IN ('complete', 'expired') AND counts IS NOT NULL AND window_end >= $1
           AND ($2 IS NULL OR config_id = $2)
         ORDER BY window_end, config_id",
    )
    .bind(from.unix_seconds())
    .bind(config_id.map(|id| id.to_string()))
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|(start, end, counts)| {
            let counts = serde_json::from_str(&counts)
                .map_err(|error| StoreError::Damaged { what: "batch", reason: format!("its counts: {error}") })?;
            Ok(CountedWindow { start: UtcTime::saturating(start), end: UtcTime::saturating(end), counts })
        })
        .collect()
}
