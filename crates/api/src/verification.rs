//! What verifying one export file found: for `tekportd verify --json` and the console's verify page.

use crate::UtcTime;
use crate::message::{Message, Said, SignatureFinding};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tekport_export_file::{
    Effect, ExportFile, KnownKey, OpenError, RuleOutcome, RuleResult, SignatureOutcome, Verdict,
};

/// The most characters of a text from the file that a report repeats.
const MAX_SHOWN_CHARS: usize = 64;

/// A public key to verify with, and what a report calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedKey {
    /// What a report calls it: `310 v1`, or the name of a PEM file.
    pub label: String,
    /// The key.
    pub known: KnownKey,
}

/// What verifying one file found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerificationReport {
    /// Whether a signature verifies with one of the given keys and no rule fails that makes phones refuse the file.
    pub accepted: bool,
    /// What phones would make of it, as far as the given keys tell.
    pub verdict: FileVerdict,
    /// Why the file can't be read; absent when it can.
    pub problem: Option<String>,
    /// That with its code and values.
    #[serde(default)]
    pub message: Option<Message>,
    /// Size of the zip in bytes.
    pub size_bytes: u32,
    /// SHA-256 of the zip, lower-case hex.
    pub sha256: String,
    /// What is in the file; absent when it can't be read.
    pub contents: Option<FileContents>,
}

/// What phones would make of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FileVerdict {
    /// They take it: a signature verifies with one of the given keys, and every rule that they insist on is kept.
    Accepted,
    /// They refuse it: it can't be read, breaks such a rule, or no signature verifies though a key for one was given.
    Refused,
    /// Every rule that they insist on is kept, and none of the given keys is one that the file names: whether phones
    /// take it depends on a signature that could not be checked.
    Unverified,
}

/// What is in a file that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileContents {
    /// The output region; characters that can't be shown are escaped.
    pub region: String,
    /// `start_timestamp`: the window's start.
    pub start_timestamp: UtcTime,
    /// `end_timestamp`: the window's end, plus the file number when the window was split.
    pub end_timestamp: UtcTime,
    /// `batch_num`; always 1 in a good file.
    pub batch_num: i32,
    /// `batch_size`; always 1 in a good file.
    pub batch_size: i32,
    /// First releases.
    pub keys: u32,
    /// Revised keys.
    pub revised_keys: u32,
    /// Keys with a field out of range, counted in neither list.
    pub refused_keys: u32,
    /// Size of `export.bin` in bytes, unpacked.
    pub export_bin_bytes: u32,
    /// SHA-256 of `export.bin`, which is what is signed; lower-case hex.
    pub export_bin_sha256: String,
    /// The signatures, in the file's order.
    pub signatures: Vec<SignatureReport>,
    /// Every device rule, in a fixed order.
    pub rules: Vec<RuleReport>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignatureReport {
    /// Verification key id, as the file names it; characters that can't be shown are escaped.
    pub key_id: String,
    /// Verification key version, likewise.
    pub key_version: String,
    /// Algorithm, likewise.
    pub algorithm: String,
    /// Whether it verifies with one of the given keys.
    pub verified: bool,
    /// What became of it.
    pub outcome: SignatureStanding,
    /// That key's label; absent when it doesn't verify.
    pub verified_by: Option<String>,
    /// What was found, in words.
    pub detail: String,
    /// That with its code and values.
    #[serde(default)]
    pub message: Message,
}

/// What became of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SignatureStanding {
    /// It verifies with one of the given keys.
    Verified,
    /// None of the given keys that it may be from made it over this file.
    Wrong,
    /// No given key has its name, so it could not be checked.
    UnknownKey,
    /// It is no ECDSA signature in DER.
    Malformed,
}

/// How a file stands to a device rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleVerdict {
    /// It keeps the rule.
    Pass,
    /// It breaks the rule.
    Fail,
    /// The rule says nothing about such a file.
    NotApplicable,
}

/// One device rule and how the file stands to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleReport {
    /// The rule's stable name: `file-size`, `signature-count`, …
    pub rule: String,
    /// How the file stands to it.
    pub verdict: RuleVerdict,
    /// Whether a phone refuses a file that breaks it; if not, the rule is advice.
    pub required: bool,
    /// The figures behind it, in words.
    pub detail: String,
    /// That with its code and values.
    #[serde(default)]
    pub message: Message,
}

impl VerificationReport {
    /// Reads and verifies one file. `now` in UTC seconds serves the rules about time; without it they don't apply.
    /// An old file is not refused for its age.
    #[must_use]
    pub fn of(zip: &[u8], keys: &[NamedKey], now: Option<i64>) -> Self {
        Self::of_inspected(zip, &ExportFile::inspect(zip), keys, now)
    }

    /// Reports on a file that was read already: `inspected` is what reading `zip` gave. Otherwise like
    /// [`VerificationReport::of`].
    #[must_use]
    pub fn of_inspected(
        zip: &[u8],
        inspected: &Result<ExportFile, OpenError>,
        keys: &[NamedKey],
        now: Option<i64>,
    ) -> Self {
        let contents = inspected.as_ref().ok().map(|file| FileContents::of(file, keys, now));
        let verdict = contents.as_ref().map_or(FileVerdict::Refused, FileContents::verdict);
        Self {
            accepted: verdict == FileVerdict::Accepted,
            verdict,
            problem: inspected.as_ref().err().map(ToString::to_string),
            message: inspected.as_ref().err().map(Said::message),
            size_bytes: small(zip.len()),
            sha256: hex::encode(Sha256::digest(zip)),
            contents,
        }
    }
}

impl FileContents {
    fn of(file: &ExportFile, keys: &[NamedKey], now: Option<i64>) -> Self {
        let header = file.header();
        let known: Vec<_> = keys.iter().map(|key| key.known.clone()).collect();
        let time = |seconds: u64| UtcTime::saturating(i64::try_from(seconds).unwrap_or(i64::MAX));
        Self {
            region: shown(&header.region),
            start_timestamp: time(header.start),
            end_timestamp: time(header.end),
            batch_num: header.batch_num,
            batch_size: header.batch_size,
            keys: small(file.keys().len()),
            revised_keys: small(file.revised_keys().len()),
            refused_keys: small(file.refused_count()),
            export_bin_bytes: u32::try_from(file.bin_bytes()).unwrap_or(u32::MAX),
            export_bin_sha256: hex::encode(file.digest()),
            signatures: file.verify(&known).iter().map(|outcome| SignatureReport::of(outcome, keys)).collect(),
            rules: file.device_rules(now).into_iter().map(RuleReport::from).collect(),
        }
    }

    /// Phones look for a signature of a key that they know and pass over the others; one that such a key did not make
    /// tells of a forged or changed file, whatever the signatures of unknown keys may be worth.
    fn verdict(&self) -> FileVerdict {
        let found = |finding| self.signatures.iter().any(|signature| signature.outcome == finding);
        if self.rules.iter().any(|rule| rule.required && rule.verdict == RuleVerdict::Fail) {
            FileVerdict::Refused
        } else if found(SignatureStanding::Verified) {
            FileVerdict::Accepted
        } else if found(SignatureStanding::UnknownKey) && !found(SignatureStanding::Wrong) {
            FileVerdict::Unverified
        } else {
            FileVerdict::Refused
        }
    }
}

impl SignatureReport {
    fn of(outcome: &SignatureOutcome, keys: &[NamedKey]) -> Self {
        let verified_by = match outcome.verdict {
            Verdict::VerifiedBy(place) => keys.get(place).map(|key| key.label.clone()),
            _ => None,
        };
        let finding = SignatureFinding::from(outcome.verdict);
        Self {
            key_id: shown(&outcome.info.key_id),
            key_version: shown(&outcome.info.key_version),
            algorithm: shown(&outcome.info.algorithm),
            verified: outcome.verified(),
            outcome: outcome.verdict.into(),
            verified_by,
            detail: finding.to_string(),
            message: finding.message(),
        }
    }
}

impl From<Verdict> for SignatureStanding {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::VerifiedBy(_) => Self::Verified,
            Verdict::Wrong => Self::Wrong,
            Verdict::UnknownKey => Self::UnknownKey,
            Verdict::NotDer(_) => Self::Malformed,
        }
    }
}

impl From<RuleOutcome> for RuleReport {
    fn from(outcome: RuleOutcome) -> Self {
        Self {
            rule: outcome.rule.name().to_owned(),
            verdict: match outcome.result {
                RuleResult::Pass => RuleVerdict::Pass,
                RuleResult::Fail => RuleVerdict::Fail,
                RuleResult::NotApplicable => RuleVerdict::NotApplicable,
            },
            required: outcome.rule.effect() == Effect::Refused,
            detail: outcome.finding.to_string(),
            message: outcome.finding.message(),
        }
    }
}

/// Text of a file, cut and escaped so that it can't move a terminal's cursor or turn the reading direction.
fn shown(text: &str) -> String {
    text.chars().take(MAX_SHOWN_CHARS).flat_map(char::escape_debug).collect()
}

/// A count as the API writes it. The reader's limits keep every one far below the maximum.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
