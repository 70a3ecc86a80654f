//! Batches and their files.

use crate::{Message, UtcTime};
use serde::{Deserialize, Serialize};

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BatchState {
    /// Its window is closed; it waits its turn.
    Open,
    /// A daemon works on it.
    Leased,
    /// Its files are made, and signatures of consoles are missing.
    AwaitingSignature,
    /// Its files are published (or it had none).
    Complete,
    /// The last attempt failed; it is tried again.
    Failed,
    /// Its files left the index after the retention.
    Expired,
    /// A regeneration took its place.
    Superseded,
}

impl BatchState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Leased,
        Self::AwaitingSignature,
        Self::Complete,
        Self::Failed,
        Self::Expired,
        Self::Superseded,
    ];

    /// The state as the API and the store write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Leased => "leased",
            Self::AwaitingSignature => "awaiting-signature",
            Self::Complete => "complete",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Superseded => "superseded",
        }
    }
}

impl std::str::FromStr for BatchState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("{text:?} is not a batch state"))
    }
}

/// The reconciliation of a batch (DESIGN, invariant 12):
/// `received + from_earlier = new_keys + revised_keys + embargoed + sum(left_out)`, generated keys apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchCounts {
    /// Keys (and revisions) received in the window that match the config.
    pub received: u32,
    /// Keys from earlier windows that became releasable in this one, or were held over.
    pub from_earlier: u32,
    /// First releases in the files, generated ones not counted.
    pub new_keys: u32,
    /// Revised or revoked keys in the files.
    pub revised_keys: u32,
    /// Generated keys in the files.
    pub generated: u32,
    /// Received in the window and not releasable yet: they come in a later batch.
    pub embargoed: u32,
    /// Left out, by rule.
    pub left_out: Vec<LeftOut>,
}

/// How many keys one rule left out of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeftOut {
    /// The rule: `traveler`, `held-over`, `revoked-before-release`, `superseded-by-revision`, `expired`.
    pub rule: String,
    /// How many keys.
    pub keys: u32,
}

/// One config × one window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    /// UUIDv7.
    pub id: String,
    /// The export config it belongs to.
    pub config_id: String,
    /// The config's output region.
    pub output_region: String,
    /// Window start, inclusive.
    pub window_start: UtcTime,
    /// Window end, exclusive.
    pub window_end: UtcTime,
    /// Where it stands.
    pub state: BatchState,
    /// Attempts so far.
    pub attempts: u32,
    /// The last attempt's error and what to do about it; absent when it went well.
    pub error: Option<String>,
    /// That error with its code and values.
    #[serde(default)]
    pub error_message: Option<Message>,
    /// When the next attempt comes; absent when none is due.
    pub next_attempt_at: Option<UtcTime>,
    /// When it was completed.
    pub completed_at: Option<UtcTime>,
    /// The reconciliation; absent before its files are made.
    pub counts: Option<BatchCounts>,
    /// Its files, in order.
    pub files: Vec<ExportFile>,
    /// How often the window was regenerated before this batch: 0 for the first.
    pub generation: u32,
    /// What has to be signed, and by whom; absent unless the batch awaits signatures.
    pub awaiting: Option<AwaitingSignature>,
    /// What each attempt came to, oldest first; empty in lists.
    pub history: Vec<BatchAttempt>,
    /// How far it has come; absent unless the daemon that answers works on it at this moment.
    pub progress: Option<BatchProgress>,
}

/// How far a daemon has come with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchProgress {
    /// What it does now.
    pub step: BatchStep,
    /// How many files the batch has; absent before that is known.
    pub files: Option<u32>,
    /// How many of them have come through this step.
    pub files_done: u32,
}

/// What is done with a batch, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BatchStep {
    /// Its keys are read and counted.
    Collecting,
    /// They are ordered and split into files.
    MakingFiles,
    /// Each key that the daemon reaches signs each file.
    Signing,
    /// The files are put in storage.
    Storing,
    /// They are read back and held against the rules of devices.
    Verifying,
}

/// One attempt at a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchAttempt {
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// When it began.
    pub at: UtcTime,
    /// Why it failed; absent where it went well.
    pub error: Option<String>,
    /// That error with its code and values.
    #[serde(default)]
    pub error_message: Option<Message>,
}

/// Finished files that lack signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AwaitingSignature {
    /// Since when they wait.
    pub since: UtcTime,
    /// The files, in order.
    pub files: Vec<UnsignedFile>,
    /// Everybody who has to sign each of them, in the order of the file.
    pub signers: Vec<AwaitedSigner>,
}

/// A file that lacks signatures. Its `export.bin` is at
/// `GET /admin/v1/batches/{id}/unsigned/{number}/content`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnsignedFile {
    /// The number in its name, from 1.
    pub number: u32,
    /// SHA-256 of `export.bin`, lower-case hex: what is signed.
    pub digest: String,
    /// `start_timestamp` in the file.
    pub start_timestamp: UtcTime,
    /// `end_timestamp` in the file.
    pub end_timestamp: UtcTime,
    /// First releases in it, generated ones included.
    pub keys: u32,
    /// Revised keys in it.
    pub revised_keys: u32,
    /// Size of `export.bin` in bytes.
    pub size_bytes: u32,
}

/// Somebody who has to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AwaitedSigner {
    /// The signing key.
    pub signing_key_id: String,
    /// Verification key id.
    pub key_id: String,
    /// Verification key version.
    pub key_version: String,
    /// SHA-256 of its SubjectPublicKeyInfo DER, lower-case hex.
    pub fingerprint: String,
    /// Where it signs; the daemon adds the signatures of keys that it reaches by itself.
    pub custody: crate::signing_key::Custody,
    /// The numbers of the files that it has signed.
    pub signed: Vec<u32>,
}

/// `PUT /admin/v1/batches/{id}/unsigned/{number}/signatures/{signing_key_id}`: a console's signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignatureUpload {
    /// The [digest](UnsignedFile::digest) that was signed; another one than the file's is refused.
    pub digest: String,
    /// ECDSA P-256 over the digest, DER (X9.62) in base64.
    pub signature: String,
}

/// One zip of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportFile {
    /// UUIDv7.
    pub id: String,
    /// Path relative to the export base URL, as the index names it.
    pub path: String,
    /// The address phones fetch it from; absent when the daemon doesn't know the public address.
    pub url: Option<String>,
    /// `start_timestamp` in the file.
    pub start_timestamp: UtcTime,
    /// `end_timestamp` in the file: the window's end, plus the file number when the window was split.
    pub end_timestamp: UtcTime,
    /// First releases in it, generated ones included.
    pub keys: u32,
    /// Revised keys in it.
    pub revised_keys: u32,
    /// Size of the zip in bytes.
    pub size_bytes: u32,
    /// SHA-256 of the zip, lower-case hex.
    pub sha256: String,
    /// Who signed it, in the order of the file: `310 v1`.
    pub signed_by: Vec<FileSigner>,
    /// When the index first named it; absent before.
    pub published_at: Option<UtcTime>,
    /// When it left the index; absent while it is there.
    pub withdrawn_at: Option<UtcTime>,
    /// When it was deleted from storage; absent while it is there.
    pub deleted_at: Option<UtcTime>,
}

/// A signer as a file names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileSigner {
    /// Verification key id.
    pub key_id: String,
    /// Verification key version.
    pub key_version: String,
}

/// Which batches a list should hold; all when empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct BatchFilter {
    /// Only this config's.
    pub config_id: Option<String>,
    /// Only in this state: `open`, `leased`, `awaiting-signature`, `complete`, `failed`, `expired` or
    /// `superseded`.
    pub state: Option<String>,
    /// Only those whose window ends after this instant.
    pub from: Option<UtcTime>,
    /// Only those whose window starts before this instant.
    pub until: Option<UtcTime>,
}
