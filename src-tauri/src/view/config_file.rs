//! A file of export configs beside what the daemon has.

use serde::Serialize;
use specta::Type;
use tekport_api::enrolment::Environment;
use tekport_api::export_config::{ExportConfig, ExportConfigDraft};
use tekport_api::{FieldProblem, UtcTime};

/// A file of export configs, compared with what the daemon has. Nothing of it was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ConfigImport {
    /// The file's name without its folder.
    pub name: String,
    /// When it was written; absent where it doesn't say.
    pub written_at: Option<UtcTime>,
    /// The name of the daemon that it was written from; absent where it doesn't say.
    pub daemon: Option<String>,
    /// That daemon's environment.
    pub environment: Option<Environment>,
    /// Whether it was written from the daemon that this console shows.
    pub same_daemon: bool,
    /// Its configs in their order.
    pub entries: Vec<ImportEntry>,
}

/// What importing one config of a file would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ImportEntry {
    /// Its place in the file, from 1.
    pub position: u32,
    /// Its output region, in capitals; empty where the file doesn't say.
    pub region: String,
    /// What importing it would do.
    pub outcome: ImportOutcome,
    /// The fields as the daemon takes them; absent where they can't be read.
    pub fields: Option<ExportConfigDraft>,
    /// The config that it would change, as it is now; absent for a new one.
    pub existing: Option<ExportConfig>,
    /// The revision that the file was written at; absent where the file isn't of this config.
    pub file_revision: Option<u32>,
    /// What is refused: fields by their names in the file.
    pub problems: Vec<FieldProblem>,
    /// Allowed, but worth a second look.
    pub warnings: Vec<FieldProblem>,
}

/// What importing one config would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ImportOutcome {
    /// It would be made.
    Create,
    /// One that is there would be changed.
    Change,
    /// One that is there was changed since the file was written: importing would take that back.
    Outdated,
    /// One that is there is the same already.
    Unchanged,
    /// It can't be imported as it is.
    Refused,
}

impl ImportOutcome {
    /// Whether there is nothing to ask the daemon about.
    pub(crate) fn is_settled(self) -> bool {
        matches!(self, Self::Unchanged | Self::Refused)
    }
}
