//! Batches: one config × one window, how far each has come, and what each attempt came to. [`steps`] moves them
//! on, [`list`] and [`days`] find them; what is here makes and reads them.

pub mod days;
pub mod list;
pub mod steps;

use super::StoreError;
use super::configs::{spec_from_json, spec_to_json};
use crate::schedule::Window;
use sqlx::{SqliteConnection, SqliteExecutor};
use tekport_api::batch::{Batch, BatchCounts, BatchState, ExportFile};
use tekport_api::export_config::ExportConfigSpec;
use tekport_api::{Message, UtcTime};
use uuid::Uuid;

/// The rule under which `hold` carries keys to the next window, as [`BatchCounts::left_out`] names it.
pub const HELD_OVER: &str = "held-over";

/// A batch as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The config it belongs to.
    pub config_id: Uuid,
    /// The window it covers.
    pub window: Window,
    /// 0, and one more with each regeneration of the window.
    pub generation: u32,
    /// Keys releasable from here on are collected: the window's start, or earlier where windows before it were
    /// held over. `None` until the batch was first leased.
    pub collect_from: Option<UtcTime>,
    /// The config's fields when the batch was made: they decide which keys match.
    pub spec: ExportConfigSpec,
    /// When it was settled whether the window is padded; `None` before.
    pub padded_at: Option<UtcTime>,
    /// Where it stands.
    pub state: BatchState,
    /// Attempts begun so far.
    pub attempts: u32,
    /// What the last attempt failed with.
    pub error: Option<String>,
    /// That with its code and values.
    pub error_message: Option<Message>,
    /// When a failed batch is tried again.
    pub next_attempt_at: Option<UtcTime>,
    /// Whose lease it is.
    pub lease_owner: Option<String>,
    /// Until when.
    pub lease_until: Option<UtcTime>,
    /// The reconciliation, once its files are made or it has none.
    pub counts: Option<BatchCounts>,
    /// When it was made.
    pub created_at: UtcTime,
    /// When it was completed.
    pub completed_at: Option<UtcTime>,
}

impl BatchRow {
    /// Whether it was found to have no file, and waits until the batches before it are complete.
    #[must_use]
    pub fn waits_its_turn(&self) -> bool {
        self.state == BatchState::Open && self.counts.is_some()
    }

    /// Whether it was a regeneration that was given up: it released nothing.
    #[must_use]
    pub fn was_given_up(&self) -> bool {
        self.state == BatchState::Expired && self.completed_at.is_none()
    }

    /// Whether its keys were carried over to the next window.
    #[must_use]
    pub fn is_held_over(&self) -> bool {
        self.counts.iter().flat_map(|counts| &counts.left_out).any(|left_out| left_out.rule == HELD_OVER)
    }

    /// The batch as the API shows it, with its files.
    #[must_use]
    pub fn to_api(&self, files: Vec<ExportFile>) -> Batch {
        Batch {
            id: self.id.to_string(),
            config_id: self.config_id.to_string(),
            output_region: self.spec.output_region.to_string(),
            window_start: self.window.start(),
            window_end: self.window.end(),
            state: self.state,
            attempts: self.attempts,
            error: self.error.clone(),
            error_message: self.error_message.clone(),
            next_attempt_at: self.next_attempt_at,
            completed_at: self.completed_at,
            counts: self.counts.clone(),
            files,
            generation: self.generation,
            awaiting: None,
            history: Vec::new(),
            progress: None,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: String,
    config_id: String,
    window_start: i64,
    window_end: i64,
    generation: u32,
    collect_from: Option<i64>,
    fields: String,
    padded_at: Option<i64>,
    state: String,
    attempts: u32,
    error: Option<String>,
    error_message: Option<String>,
    next_attempt_at: Option<i64>,
    lease_owner: Option<String>,
    lease_until: Option<i64>,
    counts: Option<String>,
    created_at: i64,
    completed_at: Option<i64>,
}

fn damaged(reason: impl ToString) -> StoreError {
    StoreError::Damaged { what: "batch", reason: reason.to_string() }
}

impl TryFrom<Raw> for BatchRow {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let time = |seconds: Option<i64>| seconds.map(UtcTime::saturating);
        let window = Window::new(UtcTime::saturating(raw.window_start), UtcTime::saturating(raw.window_end));
        Ok(Self {
            id: super::stored_id("batch", &raw.id)?,
            config_id: super::stored_id("export config", &raw.config_id)?,
            window: window.ok_or_else(|| damaged("its window is empty"))?,
            generation: raw.generation,
            collect_from: time(raw.collect_from),
            spec: spec_from_json(&raw.fields)?,
            padded_at: time(raw.padded_at),
            state: raw.state.parse().map_err(damaged)?,
            attempts: raw.attempts,
            error: raw.error,
            error_message: stored_message(raw.error_message.as_deref()),
            next_attempt_at: time(raw.next_attempt_at),
            lease_owner: raw.lease_owner,
            lease_until: time(raw.lease_until),
            counts: raw.counts.map(|counts| serde_json::from_str(&counts).map_err(damaged)).transpose()?,
            created_at: UtcTime::saturating(raw.created_at),
            completed_at: time(raw.completed_at),
        })
    }
}

/// A message that was stored with its sentence. One that can't be read is none: the sentence stands beside it.
fn stored_message(json: Option<&str>) -> Option<Message> {
    json.and_then(|json| serde_json::from_str(json).ok())
}

fn rows(raws: Vec<Raw>) -> Result<Vec<BatchRow>, StoreError> {
    raws.into_iter().map(BatchRow::try_from).collect()
}

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
mod tests {
    use super::*;
    use crate::store::{Store, configs};
    use sqlx::{QueryBuilder, Sqlite};
    use tekport_api::export_config::ExportConfigDraft;

    pub(super) const HOUR: i64 = 3_600;
    pub(super) const DAY: i64 = 24 * HOUR;
    pub(super) const MONDAY: i64 = 20_780 * DAY;

    pub(super) fn at(seconds: i64) -> UtcTime {
        UtcTime::saturating(seconds)
    }

    fn spec() -> ExportConfigSpec {
        let draft = serde_json::json!({
            "output_region": "MAG", "input_regions": [], "excluded_regions": [], "travelers": "include",
            "storage_target": "local", "path_prefix": "mag", "period_minutes": 240, "valid_from": at(MONDAY),
            "signing_key_ids": [Uuid::from_u128(7)], "max_records_per_file": 100_000,
            "small_batch": { "policy": "release" },
        });
        let draft: ExportConfigDraft = serde_json::from_value(draft).unwrap();
        draft.validate().unwrap()
    }

    pub(super) async fn store_with_a_config() -> (tempfile::TempDir, Store, Uuid) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let id = Uuid::from_u128(1);
        let mut transaction = store.begin().await.unwrap();
        // Its signing key would have to exist, and nothing here needs it.
        let spec = ExportConfigSpec { signing_key_ids: Vec::new(), ..spec() };
        configs::insert(&mut transaction, id, &spec, at(MONDAY)).await.unwrap();
        transaction.commit().await.unwrap();
        (folder, store, id)
    }

    /// Makes an open batch of four hours.
    pub(super) async fn batch(store: &Store, config_id: Uuid, start: i64) -> Uuid {
        let window = Window::new(at(start), at(start + 4 * HOUR)).unwrap();
        let spec = spec();
        let new = NewBatch { config_id, spec: &spec, window, generation: 0, collect_from: None };
        insert(store.pool(), new, at(start)).await.unwrap()
    }

    /// What the database would do for a query that begins with `EXPLAIN QUERY PLAN`, a line each step.
    pub(super) async fn plan(store: &Store, mut query: QueryBuilder<Sqlite>) -> String {
        let steps: Vec<(i64, i64, i64, String)> = query.build_query_as().fetch_all(store.pool()).await.unwrap();
        steps.into_iter().map(|(.., step)| step).collect::<Vec<_>>().join("\n")
    }
}
