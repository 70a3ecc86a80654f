//! An export file that a person looks at.

use crate::CommandError;
use serde::Serialize;
use specta::Type;
use tekport_api::UtcTime;
use tekport_api::verification::VerificationReport;

/// What is in an export file and whether phones would take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ExportView {
    /// The file's name without its folder.
    pub name: String,
    /// Header, signatures, device rules.
    pub report: VerificationReport,
    /// Keys by the UTC day on which they began to be used, oldest first; empty where the file can't be read.
    pub days: Vec<DayOfKeys>,
    /// The keys that it was verified with, as the report calls them.
    pub known_keys: Vec<String>,
    /// Why the daemon's keys are not among them; absent where they are, or where there is no daemon.
    pub keys_problem: Option<CommandError>,
}

/// The keys of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DayOfKeys {
    /// 00:00 UTC.
    pub day: UtcTime,
    /// How many of each report type that occurs.
    pub reports: Vec<ReportCount>,
}

/// How many keys have a report type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReportCount {
    /// `unknown`, `confirmed-test`, `confirmed-clinical-diagnosis`, `self-report`, `recursive` or `revoked`.
    pub report_type: String,
    /// How many.
    pub keys: u32,
}
