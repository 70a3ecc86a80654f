//! What was last heard of a daemon, with its age.

use super::SigningKeyView;
use serde::{Deserialize, Serialize};
use specta::Type;
use tekport_api::UtcTime;
use tekport_api::audit::{AuditChoices, AuditEntry};
use tekport_api::batch::Batch;
use tekport_api::batch_days::ConfigDays;
use tekport_api::export_config::ExportConfig;
use tekport_api::page::Page;
use tekport_api::people::Person;
use tekport_api::signing_key::Rotation;
use tekport_api::status::Status;
use tekport_api::storage_target::StorageTarget;

/// What a daemon said, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Heard<T> {
    /// When it was said, by this computer's clock.
    pub at: UtcTime,
    /// What was said.
    pub value: T,
}

/// What was last heard of a daemon; each part is absent where nothing was.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct LastKnown {
    /// Its state at a glance.
    pub status: Option<Heard<Status>>,
    /// Its export configs.
    pub export_configs: Option<Heard<Vec<ExportConfig>>>,
    /// The newest page of its batches.
    pub batches: Option<Heard<Page<Batch>>>,
    /// Its signing keys, with where each one's private half is now.
    pub signing_keys: Option<Heard<Vec<SigningKeyView>>>,
    /// Its storage targets.
    pub storage_targets: Option<Heard<Vec<StorageTarget>>>,
    /// How many batches of each config began on which day.
    pub batch_days: Option<Heard<Vec<ConfigDays>>>,
    /// Everybody who may ask it something.
    pub people: Option<Heard<Vec<Person>>>,
    /// The newest page of its audit log.
    pub audit: Option<Heard<Page<AuditEntry>>>,
    /// What that log can be narrowed to.
    pub audit_choices: Option<Heard<AuditChoices>>,
    /// The batches whose pages were looked at last, with their attempts.
    pub batch_pages: Vec<Heard<Batch>>,
    /// The rotations whose pages were looked at last.
    pub rotations: Vec<Heard<Rotation>>,
}
