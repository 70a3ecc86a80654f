//! A batch as the store keeps it.

use crate::schedule::Window;
use crate::store::configs::spec_from_json;
use crate::store::{StoreError, stored_id};
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
pub(super) struct Raw {
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

pub(super) fn damaged(reason: impl ToString) -> StoreError {
    StoreError::Damaged { what: "batch", reason: reason.to_string() }
}

impl TryFrom<Raw> for BatchRow {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let time = |seconds: Option<i64>| seconds.map(UtcTime::saturating);
        let window = Window::new(UtcTime::saturating(raw.window_start), UtcTime::saturating(raw.window_end));
        Ok(Self {
            id: stored_id("batch", &raw.id)?,
            config_id: stored_id("export config", &raw.config_id)?,
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
pub(super) fn stored_message(json: Option<&str>) -> Option<Message> {
    json.and_then(|json| serde_json::from_str(json).ok())
}

pub(super) fn rows(raws: Vec<Raw>) -> Result<Vec<BatchRow>, StoreError> {
    raws.into_iter().map(BatchRow::try_from).collect()
}
