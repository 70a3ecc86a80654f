//! Batches: one config × one window, how far each has come, and what each attempt came to. [`steps`] moves them
//! on, [`list`] and [`days`] find them; what is here makes and reads them.

pub mod days;
pub mod list;
mod row;
pub mod steps;

pub use row::{BatchRow, HELD_OVER};

use row::{Raw, damaged, rows, stored_message};

use super::StoreError;
use super::configs::spec_to_json;
use crate::schedule::Window;
use sqlx::{SqliteConnection, SqliteExecutor};
use tekport_api::export_config::ExportConfigSpec;
use tekport_api::{Message, UtcTime};
use uuid::Uuid;

/// A batch to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewBatch<'a> {
    /// The config it belongs to.
    pub config_id: Uuid,
    /// The config's fields now.
    pub spec: &'a ExportConfigSpec,
    /// The window it covers.
    pub window: Window,
    /// 0, or which regeneration this is.
    pub generation: u32,
    /// Set for a regeneration: what the batch it replaces collected. Its padding is settled then too.
    pub collect_from: Option<UtcTime>,
}

/// Makes an open batch.
///
/// # Errors
/// When the database fails, or the window has a batch of that generation already.
pub async fn insert(db: impl SqliteExecutor<'_>, new: NewBatch<'_>, now: UtcTime) -> Result<Uuid, StoreError> {
    let id = super::new_id(now);
    sqlx::query(
        "INSERT INTO batches (id, config_id, window_start, window_end, generation, collect_from, fields, padded_at, state, attempts, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', 0, $9)",
    )
    .bind(id.to_string())
    .bind(new.config_id.to_string())
    .bind(new.window.start().unix_seconds())
    .bind(new.window.end().unix_seconds())
    .bind(new.generation)
    .bind(new.collect_from.map(UtcTime::unix_seconds))
    .bind(spec_to_json(new.spec)?)
    .bind(new.collect_from.map(|_| now.unix_seconds()))
    .bind(now.unix_seconds())
    .execute(db)
    .await?;
    Ok(id)
}

/// Returns one batch, or `None` where there is none of that id.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<BatchRow>, StoreError> {
    let raw: Option<Raw> =
        sqlx::query_as("SELECT * FROM batches WHERE id = $1").bind(id.to_string()).fetch_optional(db).await?;
    raw.map(BatchRow::try_from).transpose()
}

/// Returns the batches that are not complete yet, of one config or of all, in the order of their windows.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn unfinished(db: impl SqliteExecutor<'_>, config_id: Option<Uuid>) -> Result<Vec<BatchRow>, StoreError> {
    let raws = sqlx::query_as(
        "SELECT * FROM batches
         WHERE state IN ('open', 'leased', 'awaiting-signature', 'failed') AND ($1 = '' OR config_id = $1)
         ORDER BY window_end, generation, id",
    )
    .bind(config_id.map(|id| id.to_string()).unwrap_or_default())
    .fetch_all(db)
    .await?;
    rows(raws)
}

/// Returns a config's batches whose window ends after `end`, whatever their state, in the order of their windows.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn ending_after(
    db: impl SqliteExecutor<'_>,
    config_id: Uuid,
    end: UtcTime,
) -> Result<Vec<BatchRow>, StoreError> {
    let raws = sqlx::query_as(
        "SELECT * FROM batches WHERE config_id = $1 AND window_end > $2 ORDER BY window_end, generation, id",
    )
    .bind(config_id.to_string())
    .bind(end.unix_seconds())
    .fetch_all(db)
    .await?;
    rows(raws)
}

/// Returns the batches of the config's window that holds `time`, oldest generation first; none where no batch was made
/// for it. Windows partition time, so it is the first window that ends after `time`.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn of_window_holding(
    db: impl SqliteExecutor<'_>,
    config_id: Uuid,
    time: UtcTime,
) -> Result<Vec<BatchRow>, StoreError> {
    let raws = sqlx::query_as(
        "SELECT * FROM batches
         WHERE config_id = $1 AND window_start <= $2
           AND window_end = (SELECT MIN(window_end) FROM batches WHERE config_id = $1 AND window_end > $2)
         ORDER BY generation",
    )
    .bind(config_id.to_string())
    .bind(time.unix_seconds())
    .fetch_all(db)
    .await?;
    rows(raws)
}

/// Returns from when on a window that begins at `start` collects: from its start, or from where the windows
/// held over before it began. An open batch with counts is one that was held over and waits for its turn.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn collect_from(db: &mut SqliteConnection, config_id: Uuid, start: UtcTime) -> Result<UtcTime, StoreError> {
    let raw: Option<Raw> = sqlx::query_as(
        "SELECT * FROM batches
         WHERE config_id = $1 AND window_end = $2
           AND (state IN ('complete', 'expired') OR (state = 'open' AND counts IS NOT NULL))
         ORDER BY generation DESC LIMIT 1",
    )
    .bind(config_id.to_string())
    .bind(start.unix_seconds())
    .fetch_optional(db)
    .await?;
    match raw.map(BatchRow::try_from).transpose()? {
        Some(before) if before.is_held_over() => Ok(before.collect_from.unwrap_or(before.window.start())),
        _ => Ok(start),
    }
}

/// Returns the highest generation of a window.
///
/// # Errors
/// When the database fails.
pub async fn last_generation(
    db: impl SqliteExecutor<'_>,
    config_id: Uuid,
    window: Window,
) -> Result<Option<u32>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT MAX(generation) FROM batches WHERE config_id = $1 AND window_start = $2 AND window_end = $3",
    )
    .bind(config_id.to_string())
    .bind(window.start().unix_seconds())
    .bind(window.end().unix_seconds())
    .fetch_one(db)
    .await?)
}

/// What one attempt at a batch came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Counted from 1.
    pub attempt: u32,
    /// When it began.
    pub at: UtcTime,
    /// What it failed with; `None` when it went well.
    pub error: Option<String>,
    /// That with its code and values.
    pub error_message: Option<Message>,
}

/// Returns the attempts at a batch, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn attempts(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Vec<Attempt>, StoreError> {
    let raws: Vec<(u32, i64, Option<String>, Option<String>)> = sqlx::query_as(
        "SELECT attempt, at, error, error_message FROM batch_attempts WHERE batch_id = $1 ORDER BY attempt",
    )
    .bind(id.to_string())
    .fetch_all(db)
    .await?;
    let attempt = |(attempt, at, error, message): (u32, i64, Option<String>, Option<String>)| Attempt {
        attempt,
        at: UtcTime::saturating(at),
        error,
        error_message: stored_message(message.as_deref()),
    };
    Ok(raws.into_iter().map(attempt).collect())
}

/// Returns from when on a config's batches may read keys again: unfinished ones, and complete ones whose files are
/// offered, since they may be regenerated. `None` where there is none.
///
/// # Errors
/// When the database fails.
pub async fn oldest_needed(db: impl SqliteExecutor<'_>, config_id: Uuid) -> Result<Option<UtcTime>, StoreError> {
    let oldest: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(COALESCE(collect_from, window_start)) FROM batches
         WHERE config_id = $1
           AND (state IN ('open', 'leased', 'awaiting-signature', 'failed')
                OR (state = 'complete'
                    AND EXISTS (SELECT 1 FROM export_files f WHERE f.batch_id = batches.id AND f.withdrawn_at IS NULL)))",
    )
    .bind(config_id.to_string())
    .fetch_one(db)
    .await?;
    Ok(oldest.map(UtcTime::saturating))
}

/// Returns the start of a config's first window that is not complete; `None` where all are.
///
/// # Errors
/// When the database fails.
pub async fn first_unfinished(db: impl SqliteExecutor<'_>, config_id: Uuid) -> Result<Option<UtcTime>, StoreError> {
    let start: Option<i64> = sqlx::query_scalar(
        "SELECT MIN(window_start) FROM batches
         WHERE config_id = $1 AND generation = 0 AND state IN ('open', 'leased', 'awaiting-signature', 'failed')",
    )
    .bind(config_id.to_string())
    .fetch_one(db)
    .await?;
    Ok(start.map(UtcTime::saturating))
}

#[cfg(test)]
mod tests;
