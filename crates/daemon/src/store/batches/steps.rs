//! Moves a batch on: `open → leased → (awaiting-signature → leased) → complete → expired`, with `failed` and
//! `superseded` on the way.

use super::BatchRow;
use crate::store::StoreError;
use sqlx::sqlite::SqliteQueryResult;
use sqlx::{SqliteConnection, SqliteExecutor};
use tekport_api::batch::{BatchCounts, BatchState};
use tekport_api::message::BatchFault;
use tekport_api::{Message, Said, UtcTime};
use uuid::Uuid;

/// Whose a lease is and how long it holds.
#[derive(Debug, Clone, Copy)]
pub struct Lease<'a> {
    /// The daemon's instance id.
    pub owner: &'a str,
    /// Now.
    pub now: UtcTime,
    /// From then on another daemon may take it over.
    pub until: UtcTime,
}

/// Why a batch whose files are made isn't published yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutOff {
    /// Its files lack signatures, or wait with all of them for earlier batches.
    AwaitingSignature,
    /// It has no file, and earlier batches await signatures.
    ForItsTurn,
}

/// Takes a batch that is due: open, awaiting signatures, failed and due again, or leased with a lease that has run out
/// or is this owner's own. Returns whether it was had.
///
/// # Errors
/// When the database fails.
pub async fn lease(
    db: &mut SqliteConnection,
    id: Uuid,
    lease: Lease<'_>,
    collect_from: UtcTime,
) -> Result<bool, StoreError> {
    let attempt: Option<u32> = sqlx::query_scalar(
        "UPDATE batches
         SET state = 'leased', lease_owner = $2, lease_until = $4, attempts = attempts + 1, next_attempt_at = NULL,
             collect_from = COALESCE(collect_from, $5)
         WHERE id = $1
           AND ((state IN ('open', 'awaiting-signature', 'failed') AND (next_attempt_at IS NULL OR next_attempt_at <= $3))
                OR (state = 'leased' AND (lease_until <= $3 OR lease_owner = $2)))
         RETURNING attempts",
    )
    .bind(id.to_string())
    .bind(lease.owner)
    .bind(lease.now.unix_seconds())
    .bind(lease.until.unix_seconds())
    .bind(collect_from.unix_seconds())
    .fetch_optional(&mut *db)
    .await?;
    if let Some(attempt) = attempt {
        // It stands where the daemon is killed before the attempt ends.
        let unfinished = BatchFault::Unfinished;
        let (text, message) = (unfinished.to_string(), unfinished.message());
        let failure = Failure { text: &text, message: &message };
        sqlx::query(
            "INSERT INTO batch_attempts (batch_id, attempt, at, error, error_message) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id.to_string())
        .bind(attempt)
        .bind(lease.now.unix_seconds())
        .bind(failure.text)
        .bind(failure.message_json())
        .execute(db)
        .await?;
    }
    Ok(attempt.is_some())
}

/// Completes a leased batch. Returns whether the lease was still `owner`'s; where not, nothing changes.
///
/// # Errors
/// When the database fails.
pub async fn complete(
    db: &mut SqliteConnection,
    id: Uuid,
    owner: &str,
    counts: &BatchCounts,
    now: UtcTime,
) -> Result<bool, StoreError> {
    let counts = serde_json::to_string(counts).map_err(super::damaged)?;
    let done = sqlx::query(
        "UPDATE batches
         SET state = 'complete', completed_at = $3, counts = $4, error = NULL, error_message = NULL, lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND state = 'leased' AND lease_owner = $2",
    )
    .bind(id.to_string())
    .bind(owner)
    .bind(now.unix_seconds())
    .bind(counts)
    .execute(&mut *db)
    .await?;
    end_attempt(db, id, &done, None).await
}

/// Ends the lease of a batch whose files are made and can't be published yet: it awaits signatures, or, where it has
/// no file, is open again until its turn comes. Its counts are kept. Returns whether the lease was still `owner`'s;
/// where not, nothing changes.
///
/// # Errors
/// When the database fails.
pub async fn put_off(
    db: &mut SqliteConnection,
    id: Uuid,
    owner: &str,
    state: PutOff,
    counts: &BatchCounts,
) -> Result<bool, StoreError> {
    let counts = serde_json::to_string(counts).map_err(super::damaged)?;
    let state = match state {
        PutOff::AwaitingSignature => BatchState::AwaitingSignature,
        PutOff::ForItsTurn => BatchState::Open,
    };
    let done = sqlx::query(
        "UPDATE batches SET state = $3, counts = $4, error = NULL, error_message = NULL, lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND state = 'leased' AND lease_owner = $2",
    )
    .bind(id.to_string())
    .bind(owner)
    .bind(state.as_str())
    .bind(counts)
    .execute(&mut *db)
    .await?;
    end_attempt(db, id, &done, None).await
}

/// What an attempt failed with: the sentence in English, and its code with the values.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// The sentence.
    pub text: &'a str,
    /// The code and the values in it.
    pub message: &'a Message,
}

impl Failure<'_> {
    /// As it is stored.
    fn message_json(self) -> String {
        serde_json::to_string(self.message).unwrap_or_default()
    }
}

/// Marks a leased batch as failed, to be tried again. A lease that was lost meanwhile leaves it as it is.
///
/// # Errors
/// When the database fails.
pub async fn fail(
    db: &mut SqliteConnection,
    id: Uuid,
    owner: &str,
    error: Failure<'_>,
    next_attempt_at: UtcTime,
) -> Result<(), StoreError> {
    let failed = sqlx::query(
        "UPDATE batches SET state = 'failed', error = $3, error_message = $5, next_attempt_at = $4,
                            lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND state = 'leased' AND lease_owner = $2",
    )
    .bind(id.to_string())
    .bind(owner)
    .bind(error.text)
    .bind(next_attempt_at.unix_seconds())
    .bind(error.message_json())
    .execute(&mut *db)
    .await?;
    end_attempt(db, id, &failed, Some(error)).await?;
    Ok(())
}

/// Records how the attempt ended, where `step` moved the batch on; returns whether it did.
async fn end_attempt(
    db: &mut SqliteConnection,
    id: Uuid,
    step: &SqliteQueryResult,
    error: Option<Failure<'_>>,
) -> Result<bool, StoreError> {
    if step.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE batch_attempts SET error = $2, error_message = $3
         WHERE batch_id = $1 AND attempt = (SELECT attempts FROM batches WHERE id = $1)",
    )
    .bind(id.to_string())
    .bind(error.map(|error| error.text))
    .bind(error.map(Failure::message_json))
    .execute(db)
    .await?;
    Ok(true)
}

/// Makes a failed batch due at once; returns whether it was failed.
///
/// # Errors
/// When the database fails.
pub async fn retry(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<bool, StoreError> {
    let due = sqlx::query("UPDATE batches SET next_attempt_at = $2 WHERE id = $1 AND state = 'failed'")
        .bind(id.to_string())
        .bind(now.unix_seconds())
        .execute(db)
        .await?
        .rows_affected();
    Ok(due == 1)
}

/// Marks the earlier generations of a batch's window as superseded and returns their ids.
///
/// # Errors
/// When the database fails.
pub async fn supersede_earlier(db: &mut SqliteConnection, batch: &BatchRow) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "UPDATE batches SET state = 'superseded'
         WHERE config_id = $1 AND window_start = $2 AND window_end = $3 AND generation < $4
           AND state IN ('complete', 'expired')
         RETURNING id",
    )
    .bind(batch.config_id.to_string())
    .bind(batch.window.start().unix_seconds())
    .bind(batch.window.end().unix_seconds())
    .bind(batch.generation)
    .fetch_all(db)
    .await?;
    ids.iter().map(|id| crate::store::stored_id("batch", id)).collect()
}

/// Notes that it is settled whether the window is padded.
///
/// # Errors
/// When the database fails.
pub async fn padding_settled(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE batches SET padded_at = $2 WHERE id = $1 AND padded_at IS NULL")
        .bind(id.to_string())
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Marks complete batches as expired that were completed at `before` or earlier and have no file in an index.
///
/// # Errors
/// When the database fails.
pub async fn expire(db: impl SqliteExecutor<'_>, before: UtcTime) -> Result<u64, StoreError> {
    let expired = sqlx::query(
        "UPDATE batches SET state = 'expired'
         WHERE state = 'complete' AND completed_at <= $1
           AND NOT EXISTS (SELECT 1 FROM export_files f WHERE f.batch_id = batches.id AND f.withdrawn_at IS NULL)",
    )
    .bind(before.unix_seconds())
    .execute(db)
    .await?;
    Ok(expired.rows_affected())
}

/// Gives up the regenerations that aren't complete and whose window has no complete batch left to replace; returns
/// their ids. None that is leased is among them.
///
/// # Errors
/// When the database fails.
pub async fn expire_regenerations(db: &mut SqliteConnection) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "UPDATE batches SET state = 'expired', counts = NULL, next_attempt_at = NULL
         WHERE generation > 0 AND state IN ('open', 'awaiting-signature', 'failed')
           AND NOT EXISTS (SELECT 1 FROM batches b
                           WHERE b.config_id = batches.config_id AND b.window_start = batches.window_start
                             AND b.window_end = batches.window_end AND b.state = 'complete')
         RETURNING id",
    )
    .fetch_all(db)
    .await?;
    ids.iter().map(|id| crate::store::stored_id("batch", id)).collect()
}
