//! What the pages get that the daemon's API doesn't have itself.
//!
//! Types only: the commands' words beside `tekport-api`'s.

mod config_file;
mod export;
mod keys;
mod last_known;
mod passphrase;
mod records;
mod signing;

pub use config_file::{ConfigImport, ImportEntry, ImportOutcome};
pub use export::{DayOfKeys, ExportView, ReportCount};
pub use keys::{
    KeyFileSummary, KeychainState, KeychainStatus, NewKey, PassphraseStrength, SavedFile, SavedFolder, SealingKeyOffer,
};
pub use last_known::{Heard, LastKnown};
pub use passphrase::PassphraseText;
pub use records::{AuditCheck, AuditFormat, QrCode, ReadLog, RememberedHead, SavedRecords};
pub use signing::{
    ConfigApproval, LeftForPerson, ReviewCheck, ReviewedFile, SigningReview, SigningTask, SigningTerms, SkippedBatch,
    TermsSigner, UnattendedRun, UnattendedSigning,
};

use serde::Serialize;
use specta::Type;
use tekport_api::enrolment::DaemonIdentity;
use tekport_api::signing_key::SigningKey;
use tekport_api::{Message, UtcTime};

/// Whether this console belongs to a daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectionState {
    /// It has to be enrolled first.
    NotEnrolled,
    /// It has a certificate of a daemon's.
    Enrolled,
}

/// Which daemon this console belongs to, as it knows without asking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Connection {
    /// Whether there is one.
    pub state: ConnectionState,
    /// SHA-256 of its CA certificate, lower-case hex: what names it among several.
    pub ca_sha256: Option<String>,
    /// A few letters that tell it from the others here at a glance, also from one of the same environment: 1 to 3.
    pub mark: Option<String>,
    /// The daemon's admin listener, `host:port`.
    pub address: Option<String>,
    /// Who the daemon is.
    pub daemon: Option<DaemonIdentity>,
    /// The name the daemon knows this console's person by.
    pub person: Option<String>,
    /// The client certificate ends then.
    pub certificate_not_after: Option<UtcTime>,
}

/// What an enrolment code says, for a person to look at before using it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CodeSummary {
    /// The daemon's admin listener, `host:port`.
    pub address: String,
    /// SHA-256 of the daemon's CA certificate, lower-case hex.
    pub ca_sha256: String,
    /// From then on it is refused.
    pub expires_at: UtcTime,
}

/// One step of the connection test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ConnectionStep {
    /// `dns`, `tcp`, `tls`, `client-certificate` or `version`.
    pub name: String,
    /// Whether it passed.
    pub passed: bool,
    /// What was found, or what went wrong and what to do.
    pub detail: String,
    /// That with its code and values.
    pub message: Message,
}

/// Where a signing key's private half is, as far as this console can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum InKeychain {
    /// In this computer's keychain.
    Here,
    /// Not in this computer's keychain.
    Elsewhere,
    /// The keychain can't be asked.
    Unknown,
}

/// A signing key with where its private half is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SigningKeyView {
    /// The key as the daemon knows it.
    pub key: SigningKey,
    /// Whether the private half is in this computer's keychain.
    pub in_keychain: InKeychain,
}

/// What somebody who helps needs to know of this console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Report {
    /// The text, without secrets and names, to be looked at and copied.
    pub text: String,
    /// Where the log lies, for whoever sits at this computer.
    pub log: String,
}

/// A file that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DownloadedFile {
    /// Where it lies.
    pub path: String,
    /// Its size.
    pub size_bytes: u32,
}
