//! The signing desk: what waits for a signature, what was looked at, and what is signed unattended.

use crate::CommandError;
use serde::{Deserialize, Serialize};
use specta::Type;
use tekport_api::batch::Batch;
use tekport_api::{Message, UtcTime};

/// A batch that waits for signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SigningTask {
    /// The batch, with what it awaits.
    pub batch: Batch,
    /// The keys of this computer's keychain that haven't signed all of it: `310 v2`. Empty where it waits for
    /// somebody else.
    pub can_sign: Vec<String>,
}

/// What an officer approves of a config before signing for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SigningTerms {
    /// The config.
    pub config_id: String,
    /// Written into each file.
    pub output_region: String,
    /// Minutes from one window to the next.
    pub period_minutes: u32,
    /// The first instant covered.
    pub valid_from: UtcTime,
    /// The first instant no longer covered; absent: no end.
    pub valid_through: Option<UtcTime>,
    /// The name of the storage target that files go to.
    pub storage_target: String,
    /// Below the target.
    pub path_prefix: String,
    /// Keys in a file at most.
    pub max_records_per_file: u32,
    /// Who signs each file, in the order of the config.
    pub signers: Vec<TermsSigner>,
}

/// A signer as the officer approves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct TermsSigner {
    /// As files name it: `310 v2`.
    pub name: String,
    /// SHA-256 of its SubjectPublicKeyInfo DER, lower-case hex.
    pub fingerprint: String,
}

/// The terms of a config: as they are now, and as they were approved on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ConfigApproval {
    /// As the daemon has them now.
    pub now: SigningTerms,
    /// As they were approved last; absent before.
    pub approved: Option<SigningTerms>,
    /// When that was.
    pub approved_at: Option<UtcTime>,
    /// What differs, by field name: `period_minutes`. Empty where nothing does, or nothing was approved.
    pub changed: Vec<String>,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReviewCheck {
    /// A stable name: `digest`, `region`, `window`, `config-approved`, …
    pub name: String,
    /// Whether it passed.
    pub passed: bool,
    /// Whether nobody may sign while it fails; otherwise a person may, knowing it, and unattended signing may not.
    pub blocking: bool,
    /// The figures behind it.
    pub detail: String,
    /// Those with their code and values.
    pub message: Message,
}

/// A file as this console read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReviewedFile {
    /// The number in its name, from 1.
    pub number: u32,
    /// SHA-256 of the bytes that were fetched, lower-case hex.
    pub digest: String,
    /// The region in it.
    pub region: String,
    /// `start_timestamp` in it.
    pub start_timestamp: UtcTime,
    /// `end_timestamp` in it.
    pub end_timestamp: UtcTime,
    /// First releases in it.
    pub keys: u32,
    /// Revised keys in it.
    pub revised_keys: u32,
    /// Who it says will sign it, in its order: `310 v2`.
    pub signers: Vec<String>,
    /// Every check, in a fixed order.
    pub checks: Vec<ReviewCheck>,
}

/// A batch's files as this console read them, for a person to look at before signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SigningReview {
    /// The batch.
    pub batch: Batch,
    /// The config, with what was approved of it.
    pub config: ConfigApproval,
    /// The keys of this computer's keychain that haven't signed all of it: `310 v2`.
    pub can_sign: Vec<String>,
    /// The checks of the batch as a whole, in a fixed order; those of each file are with the file.
    pub checks: Vec<ReviewCheck>,
    /// Its files, in order.
    pub files: Vec<ReviewedFile>,
    /// Whether a person may sign it: no blocking check failed, and a key is here to sign with.
    pub acceptable: bool,
    /// Whether unattended signing may: every check passed, too.
    pub unattended: bool,
}

/// A batch that unattended signing left for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LeftForPerson {
    /// The batch.
    pub batch_id: String,
    /// Its output region.
    pub output_region: String,
    /// Window start, inclusive.
    pub window_start: UtcTime,
    /// Window end, exclusive.
    pub window_end: UtcTime,
    /// The checks that failed, over all its files, each once.
    pub failed: Vec<ReviewCheck>,
}

/// A batch that couldn't be signed just now: it changed meanwhile, or the daemon stumbled over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SkippedBatch {
    /// The batch.
    pub batch_id: String,
    /// Its output region.
    pub output_region: String,
    /// Window start, inclusive.
    pub window_start: UtcTime,
    /// Window end, exclusive.
    pub window_end: UtcTime,
    /// What came in between.
    pub error: CommandError,
}

/// What one run of unattended signing came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct UnattendedRun {
    /// The batches that were signed.
    pub signed_batch_ids: Vec<String>,
    /// The batches that it may not sign.
    pub left: Vec<LeftForPerson>,
    /// The batches that couldn't be signed just now; the next run tries them again.
    pub skipped: Vec<SkippedBatch>,
    /// Why it couldn't go on; it tries again at the next run. Absent where it went through.
    pub error: Option<CommandError>,
}

/// Whether this console signs by itself, and how that goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UnattendedSigning {
    /// Whether it does.
    pub enabled: bool,
    /// The configs that it signs for.
    pub config_ids: Vec<String>,
    /// Why it stopped by itself, until it is enabled again; absent where it didn't.
    pub stopped: Option<CommandError>,
    /// Since when it gets nothing done, once that has lasted; it goes on trying. Absent where it doesn't fail.
    pub failing_since: Option<UtcTime>,
    /// When it last looked.
    pub last_run_at: Option<UtcTime>,
    /// What that came to.
    pub last_result: Option<UnattendedRun>,
    /// Whether closing the window leaves an icon in the tray; otherwise the window is only made small.
    pub tray: bool,
}
