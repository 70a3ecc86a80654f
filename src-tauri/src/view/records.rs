//! The audit log and invitations, as the pages show them.

use serde::{Deserialize, Serialize};
use specta::Type;
use tekport_api::UtcTime;
use tekport_api::audit::{AuditBreak, AuditHead, AuditVerification};

/// The last entry of an audit log when this console found it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RememberedHead {
    /// The entry.
    pub head: AuditHead,
    /// When that was.
    pub seen_at: UtcTime,
}

/// Whether an audit log holds together, in itself and with what this console remembers of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AuditCheck {
    /// What the daemon found.
    pub verification: AuditVerification,
    /// What this console found when it read every entry and computed its hash itself.
    pub read: ReadLog,
    /// What this console remembered before; absent at the first check.
    pub earlier: Option<RememberedHead>,
    /// Whether the log still has that entry, unchanged; absent at the first check.
    pub agrees: Option<bool>,
}

/// An audit log as this console read it, entry by entry, without taking the daemon's word for anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReadLog {
    /// How many entries it read.
    pub entries: u32,
    /// Where they don't hold together, or aren't those that the daemon says it has; absent where they do.
    pub broken: Option<AuditBreak>,
}

/// How audit entries are written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum AuditFormat {
    /// A sheet; cells that a spreadsheet would take for a formula begin with an apostrophe.
    Csv,
    /// A list of entries as the API has them, with what their hashes are made of.
    Json,
}

impl AuditFormat {
    /// The ending of the file's name, with its dot.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Csv => ".csv",
            Self::Json => ".json",
        }
    }
}

/// Entries that were written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SavedRecords {
    /// Where it lies.
    pub path: String,
    /// How many there are in it.
    pub entries: u32,
    /// Where they don't hold together: an entry whose hash doesn't fit it or, where all were written, one that is
    /// missing or doesn't follow the one before. Absent where all is well.
    pub broken: Option<AuditBreak>,
}

/// A text as a QR code (ISO/IEC 18004), to be drawn on a square of `size` units a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct QrCode {
    /// Units a side, the quiet zone of four included.
    pub size: u32,
    /// The dark modules as an SVG path.
    pub path: String,
}
