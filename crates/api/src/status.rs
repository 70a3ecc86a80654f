//! The daemon's state at a glance.

mod kind;

pub use kind::AttentionKind;

use crate::signing_key::RotationStep;
use crate::{Message, UtcTime, enrolment::DaemonIdentity};
use serde::{Deserialize, Serialize};

/// How urgent something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Phones miss warnings, or soon will.
    Bad,
    /// Somebody should look in time.
    Warn,
}

/// What the texts of an [`Attention`] are made of, for a reader who says it in other words or another language. Each
/// kind sets what its texts name, and leaves out the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttentionFacts {
    /// The output region of the config or batch.
    pub region: Option<String>,
    /// Start of the batch's window, inclusive.
    pub window_start: Option<UtcTime>,
    /// End of the batch's window, exclusive.
    pub window_end: Option<UtcTime>,
    /// When it was due, ends or is planned, as the kind says.
    pub at: Option<UtcTime>,
    /// The signing key (`310 v2`), person, storage target or token that it is about.
    pub name: Option<String>,
    /// The step at which a rotation stands.
    pub step: Option<RotationStep>,
    /// What is missing or concerned: signing keys, or recipients of a public key.
    pub others: Vec<String>,
    /// What went wrong, in the daemon's own words, which are English.
    pub reason: Option<String>,
    /// That with its code and values.
    #[serde(default)]
    pub reason_message: Option<Message>,
}

/// Something that needs a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attention {
    /// How urgent.
    pub severity: Severity,
    /// A stable name, an [`AttentionKind`]: `batch-failed`, `storage-failing`, `ca-certificate-ending`, …
    pub kind: String,
    /// What it is about, in a few words.
    pub title: String,
    /// What happened, what it means for phones, what to do.
    pub detail: String,
    /// The id of the thing to look at; absent where it is the daemon itself.
    pub resource_id: Option<String>,
    /// What the title and the detail are made of.
    pub facts: AttentionFacts,
}

/// How one export config is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigStatus {
    /// The config.
    pub config_id: String,
    /// Its output region.
    pub output_region: String,
    /// Its period in minutes.
    pub period_minutes: u32,
    /// The state of the config.
    pub state: crate::export_config::ConfigState,
    /// End of the last window that was completed; absent before the first.
    pub last_window_end: Option<UtcTime>,
    /// When that was published.
    pub last_completed_at: Option<UtcTime>,
    /// End of the window that comes next; absent once the config has ended.
    pub next_window_end: Option<UtcTime>,
    /// When that window is due to be exported.
    pub next_due_at: Option<UtcTime>,
    /// Files the index gained in the last 24 hours.
    pub files_last_24_hours: u32,
}

/// The keys of one UTC day, over all configs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayCounts {
    /// 00:00 UTC of the day.
    pub day: UtcTime,
    /// First releases in batches whose window ended that day.
    pub new_keys: u32,
    /// Revised keys in them.
    pub revised_keys: u32,
    /// Generated keys in them.
    pub generated: u32,
}

/// The keys of one batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeysOfBatch {
    /// Window start, inclusive.
    pub window_start: UtcTime,
    /// Window end, exclusive.
    pub window_end: UtcTime,
    /// First releases.
    pub new_keys: u32,
    /// Revised keys.
    pub revised_keys: u32,
    /// Generated keys.
    pub generated: u32,
}

/// `GET /admin/v1/export-configs/{id}/keys-per-batch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeysPerBatch {
    /// Every batch that was completed and whose window ended in the last 14 days, oldest first; of a window that was
    /// made anew only the last one.
    pub batches: Vec<KeysOfBatch>,
}

/// `GET /admin/v1/status`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Status {
    /// Who the daemon is.
    pub daemon: DaemonIdentity,
    /// The daemon's version.
    pub version: String,
    /// When it started.
    pub started_at: UtcTime,
    /// Its clock now; a console compares it with its own.
    pub now: UtcTime,
    /// How long after its end a window is closed, in seconds.
    pub min_window_age_seconds: u32,
    /// The CA certificate ends then.
    pub ca_not_after: UtcTime,
    /// Where phones download from; absent when the daemon doesn't know.
    pub public_url: Option<String>,
    /// Whether keys may be looked up (`[key_lookup]` of the daemon's configuration).
    pub key_lookup: bool,
    /// What needs a person, most urgent first.
    pub attention: Vec<Attention>,
    /// Every config that has not ended, by output region.
    pub configs: Vec<ConfigStatus>,
    /// The last 14 UTC days, oldest first, today last.
    pub days: Vec<DayCounts>,
}
