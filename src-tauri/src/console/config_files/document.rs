//! The document itself: what it says and how it is written. Knows no daemon and no disk.
//!
//! Signing keys stand in it by the name that files give them and by their fingerprint, not by a daemon's id: a
//! person can read that, and a document of one daemon can be used at another.

use serde::Serialize;
use tekport_api::UtcTime;
use tekport_api::enrolment::Environment;
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy, Travelers};

/// What such a file calls itself.
pub(super) const FORMAT: &str = "tekport-export-configs";
/// The version that is written, and the only one that is read.
pub(super) const VERSION: u32 = 1;
/// Configs as a file holds them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Document {
    pub(super) format: &'static str,
    pub(super) version: u32,
    pub(super) written_at: Option<UtcTime>,
    pub(super) daemon: Option<WrittenBy>,
    pub(super) configs: Vec<Written>,
}

/// The daemon that a file was written from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct WrittenBy {
    pub(super) name: String,
    pub(super) environment: Environment,
    pub(super) ca_sha256: String,
}

/// One config, in the order in which a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<u32>,
    pub(super) output_region: String,
    pub(super) input_regions: Vec<String>,
    pub(super) excluded_regions: Vec<String>,
    pub(super) travelers: Travelers,
    pub(super) period_minutes: u32,
    pub(super) small_batch: SmallBatchPolicy,
    pub(super) max_records_per_file: u32,
    pub(super) valid_from: UtcTime,
    pub(super) valid_through: Option<UtcTime>,
    pub(super) storage_target: String,
    pub(super) path_prefix: String,
    pub(super) signing_keys: Vec<NamedSigner>,
}

/// A signing key as files name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct NamedSigner {
    /// `310 v2`.
    pub(super) name: String,
    /// SHA-256 of the public key, lower-case hex; absent where any key of that name will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sha256: Option<String>,
}

impl Written {
    /// Whether its files lie where those of `fields` do.
    pub(super) fn has_place_of(&self, fields: &ExportConfigDraft) -> bool {
        (&self.storage_target, &self.path_prefix) == (&fields.storage_target, &fields.path_prefix)
    }

    /// Writes a config's fields down; `signers` are the names of its keys.
    pub(super) fn of(fields: &ExportConfigDraft, signers: Vec<NamedSigner>) -> Self {
        Self {
            id: None,
            revision: None,
            output_region: fields.output_region.clone(),
            input_regions: fields.input_regions.clone(),
            excluded_regions: fields.excluded_regions.clone(),
            travelers: fields.travelers,
            period_minutes: fields.period_minutes,
            small_batch: fields.small_batch,
            max_records_per_file: fields.max_records_per_file,
            valid_from: fields.valid_from,
            valid_through: fields.valid_through,
            storage_target: fields.storage_target.clone(),
            path_prefix: fields.path_prefix.clone(),
            signing_keys: signers,
        }
    }

    /// The draft that the daemon takes; `signing_key_ids` are its own ids of the keys.
    pub(super) fn to_draft(&self, signing_key_ids: Vec<String>) -> ExportConfigDraft {
        ExportConfigDraft {
            output_region: self.output_region.clone(),
            input_regions: self.input_regions.clone(),
            excluded_regions: self.excluded_regions.clone(),
            travelers: self.travelers,
            storage_target: self.storage_target.clone(),
            path_prefix: self.path_prefix.clone(),
            period_minutes: self.period_minutes,
            valid_from: self.valid_from,
            valid_through: self.valid_through,
            signing_key_ids,
            max_records_per_file: self.max_records_per_file,
            small_batch: self.small_batch,
        }
    }
}
