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

/// Returns end and counts of every completed window that ended at `from` or later; of a regenerated window only
/// the last generation.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn counts_since(
    db: impl SqliteExecutor<'_>,
    from: UtcTime,
) -> Result<Vec<(UtcTime, BatchCounts)>, StoreError> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT window_end, counts FROM batches
         WHERE state IN ('complete', 'expired') AND counts IS NOT NULL AND window_end >= $1",
    )
    .bind(from.unix_seconds())
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|(end, counts)| {
            let counts = serde_json::from_str(&counts)
                .map_err(|error| StoreError::Damaged { what: "batch", reason: format!("its counts: {error}") })?;
            Ok((UtcTime::saturating(end), counts))
        })
        .collect()
}
