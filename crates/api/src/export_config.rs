//! Export configs: what is exported, when, where and signed by whom.

#[cfg(test)]
mod tests;
mod validate;

use crate::{FieldProblem, UtcTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tekport_export_file::Region;
use uuid::Uuid;

/// Files a phone imports in 24 hours at most on iOS (EXPORT-FORMAT, devices).
pub const IOS_FILES_A_DAY: u32 = 15;
/// Files a phone imports in 24 hours at most on Android (EXPORT-FORMAT, devices).
pub const ANDROID_FILES_A_DAY: u32 = 20;
/// The most signing keys a config can have.
pub const MAX_SIGNING_KEYS: usize = 10;
/// The most keys one file can hold.
pub const MAX_RECORDS_PER_FILE: u32 = 750_000;

/// How keys of travelers are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Travelers {
    /// Keys of the input regions, and travelers' keys of any region.
    Include,
    /// Keys of the input regions, but none of travelers.
    OnlyNonTravelers,
    /// Keys of the input regions, travelers or not.
    Ignore,
}

/// What happens to a batch with so few keys that a person could be made out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "policy", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SmallBatchPolicy {
    /// Filled up with generated keys.
    Pad {
        /// Filled up to this many keys: 1 to 100,000.
        minimum: u32,
        /// And up to this many more, at random: 0 to 100,000.
        jitter: u32,
    },
    /// Carried over to the next window.
    Hold {
        /// Until there are this many keys: 1 to 100,000.
        minimum: u32,
    },
    /// Published as it is.
    Release,
}

/// Where a config stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConfigState {
    /// `valid_from` lies ahead.
    Scheduled,
    /// Makes batches.
    Active,
    /// Makes none until it is resumed, then catches up.
    Paused,
    /// `valid_through` has passed.
    Ended,
}

/// What a person asks for: creates a config, or replaces one's fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportConfigDraft {
    /// Written into each file: letters, digits and hyphen, stored in capitals.
    pub output_region: String,
    /// Regions whose keys go in; empty means the output region alone.
    pub input_regions: Vec<String>,
    /// Keys that carry one of these stay out, whatever else they carry.
    pub excluded_regions: Vec<String>,
    /// `include`, `only-non-travelers` or `ignore`.
    pub travelers: Travelers,
    /// The name of a storage target of the daemon's.
    pub storage_target: String,
    /// Below the target: lower-case letters, digits, `-`, `_`, `/`.
    pub path_prefix: String,
    /// Minutes from one window to the next: 5 to 1440, dividing a day.
    pub period_minutes: u32,
    /// The first instant covered. Can't change once a batch was made.
    pub valid_from: UtcTime,
    /// The first instant no longer covered; absent: no end.
    pub valid_through: Option<UtcTime>,
    /// Ids of 1 to 10 signing keys.
    pub signing_key_ids: Vec<String>,
    /// Keys in a file at most: 100 to 750,000.
    pub max_records_per_file: u32,
    /// What happens to small batches.
    pub small_batch: SmallBatchPolicy,
}

/// A validated [`ExportConfigDraft`]: every field by itself is right. Whether the storage target and the
/// signing keys exist, only the daemon can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportConfigSpec {
    /// Written into each file.
    pub output_region: Region,
    /// As given: may be empty. Use [`ExportConfigSpec::effective_input_regions`].
    pub input_regions: BTreeSet<Region>,
    /// Keys that carry one of these stay out.
    pub excluded_regions: BTreeSet<Region>,
    /// How keys of travelers are treated.
    pub travelers: Travelers,
    /// The name of a storage target.
    pub storage_target: String,
    /// Below the target.
    pub path_prefix: PathPrefix,
    /// From one window to the next.
    pub period: Period,
    /// The first instant covered.
    pub valid_from: UtcTime,
    /// The first instant no longer covered.
    pub valid_through: Option<UtcTime>,
    /// 1 to 10 ids, without repeats.
    pub signing_key_ids: Vec<Uuid>,
    /// 100 to 750,000.
    pub max_records_per_file: u32,
    /// What happens to small batches.
    pub small_batch: SmallBatchPolicy,
}

impl ExportConfigSpec {
    /// Returns the regions whose keys go in: those given, or the output region where none is.
    #[must_use]
    pub fn effective_input_regions(&self) -> BTreeSet<Region> {
        if self.input_regions.is_empty() {
            BTreeSet::from([self.output_region.clone()])
        } else {
            self.input_regions.clone()
        }
    }

    /// Writes the spec back as the fields a person sees.
    #[must_use]
    pub fn to_draft(&self) -> ExportConfigDraft {
        let texts = |regions: &BTreeSet<Region>| regions.iter().map(ToString::to_string).collect();
        ExportConfigDraft {
            output_region: self.output_region.to_string(),
            input_regions: texts(&self.input_regions),
            excluded_regions: texts(&self.excluded_regions),
            travelers: self.travelers,
            storage_target: self.storage_target.clone(),
            path_prefix: self.path_prefix.as_str().to_owned(),
            period_minutes: self.period.minutes(),
            valid_from: self.valid_from,
            valid_through: self.valid_through,
            signing_key_ids: self.signing_key_ids.iter().map(ToString::to_string).collect(),
            max_records_per_file: self.max_records_per_file,
            small_batch: self.small_batch,
        }
    }
}

/// The time from one window to the next: 5 minutes to 24 hours, dividing 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period(u32);

impl Period {
    /// Returns the period of that many minutes, or `None` where it doesn't divide a day or is under 5 minutes.
    #[must_use]
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        ((5..=1_440).contains(&minutes) && 1_440 % minutes == 0).then_some(Self(minutes))
    }

    /// The period in minutes: 5 to 1440.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.0
    }

    /// The period in seconds: 300 to 86,400.
    #[must_use]
    pub fn seconds(self) -> i64 {
        i64::from(self.0) * 60
    }

    /// Windows in a day: 1 to 288.
    #[must_use]
    pub fn windows_a_day(self) -> u32 {
        1_440 / self.0
    }
}

/// Where a config's files lie below its storage target: `mag`, `v1/us-wa`.
///
/// 1 to 100 characters of `a-z`, `0-9`, `-`, `_` and `/` between non-empty parts, so that it is the same path
/// in a folder, in a bucket and in an address, and can't climb out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathPrefix(String);

impl PathPrefix {
    /// Reads a prefix; `None` where it isn't allowed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let part_ok = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        };
        (text.len() <= 100 && text.split('/').all(part_ok)).then(|| Self(text.to_owned()))
    }

    /// The prefix as text, without slashes at its ends.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An export config as the daemon keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportConfig {
    /// UUIDv7.
    pub id: String,
    /// Grows with each change; the ETag.
    pub revision: u32,
    /// Where it stands.
    pub state: ConfigState,
    /// What a person set.
    pub fields: ExportConfigDraft,
    /// When it was made.
    pub created_at: UtcTime,
    /// When it was last changed.
    pub updated_at: UtcTime,
    /// End of the last window a batch was made for; windows begin after it. Absent before the first.
    pub windows_through: Option<UtcTime>,
}

/// `POST /admin/v1/export-configs/preview`: what a draft would do, without making it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// The fields as they stand in the form.
    pub fields: ExportConfigDraft,
    /// The config being edited; absent for a new one.
    pub config_id: Option<String>,
}

/// What a draft would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigPreview {
    /// Refused fields. What can be said in spite of them is said below: a form is filled in step by step.
    pub problems: Vec<FieldProblem>,
    /// Allowed, but worth a second look; empty while a field is refused.
    pub warnings: Vec<FieldProblem>,
    /// The next windows, oldest first, 24 hours of them; empty while the period or the dates are refused.
    pub windows: Vec<PreviewWindow>,
    /// Files a day when no window is split; 0 while there are no windows to say it of.
    pub files_a_day: u32,
    /// Files a phone takes in 24 hours at most on iOS.
    pub ios_limit: u32,
    /// Files a phone takes in 24 hours at most on Android.
    pub android_limit: u32,
    /// What the last days' real keys come to under the draft; absent where no key was received in them, or while the
    /// regions, the schedule or the sizes are refused.
    pub load: Option<LoadEstimate>,
}

/// What a draft would publish a day, from the keys that were received in the last 14 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoadEstimate {
    /// Days behind the figures: 1 to 14, as long as keys have come in.
    pub days: u32,
    /// Real keys a day that the draft's regions and travelers let in.
    pub keys_a_day: u32,
    /// Generated keys a day, where small batches are padded: an even spread over the windows is assumed.
    pub generated_a_day: u32,
    /// Files a day: of each window as many as its keys need under the maximum, an even spread assumed; 0 where no key
    /// comes in. Under `hold` there are fewer, where windows are carried over.
    pub files_a_day: u32,
    /// Bytes of the files of a day, together.
    pub bytes_a_day: u32,
}

/// A window to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewWindow {
    /// Inclusive.
    pub start: UtcTime,
    /// Exclusive.
    pub end: UtcTime,
    /// When it is due to be exported: its end plus the daemon's `min_window_age`.
    pub due_at: UtcTime,
}
