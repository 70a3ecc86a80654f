//! What verifying one export file found: for `tekportd verify --json` and the console's verify page.

use crate::UtcTime;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tekport_export_file::{Effect, ExportFile, KnownKey, RuleOutcome, RuleResult, SignatureOutcome, Verdict};

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
    /// Why the file can't be read; absent when it can.
    pub problem: Option<String>,
    /// Size of the zip in bytes.
    pub size_bytes: u32,
    /// SHA-256 of the zip, lower-case hex.
    pub sha256: String,
    /// What is in the file; absent when it can't be read.
    pub contents: Option<FileContents>,
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
    /// That key's label; absent when it doesn't verify.
    pub verified_by: Option<String>,
    /// What was found, in words.
    pub detail: String,
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
}

impl VerificationReport {
    /// Reads and verifies one file. `now` in UTC seconds serves the rules about time; without it they don't apply.
    /// An old file is not refused for its age.
    #[must_use]
    pub fn of(zip: &[u8], keys: &[NamedKey], now: Option<i64>) -> Self {
        let (problem, contents) = match ExportFile::inspect(zip) {
            Ok(file) => (None, Some(FileContents::of(&file, keys, now))),
            Err(error) => (Some(error.to_string()), None),
        };
        Self {
            accepted: contents.as_ref().is_some_and(FileContents::accepted),
            problem,
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

    fn accepted(&self) -> bool {
        self.signatures.iter().any(|signature| signature.verified)
            && !self.rules.iter().any(|rule| rule.required && rule.verdict == RuleVerdict::Fail)
    }
}

impl SignatureReport {
    fn of(outcome: &SignatureOutcome, keys: &[NamedKey]) -> Self {
        let verified_by = match outcome.verdict {
            Verdict::VerifiedBy(place) => keys.get(place).map(|key| key.label.clone()),
            _ => None,
        };
        let detail = match outcome.verdict {
            Verdict::VerifiedBy(_) => "it verifies".to_owned(),
            Verdict::Wrong => "it doesn't verify: another key made it, or the file was changed since".to_owned(),
            Verdict::UnknownKey => "no public key of that name was given to verify with".to_owned(),
            Verdict::NotDer(problem) => problem.to_string(),
        };
        Self {
            key_id: shown(&outcome.info.key_id),
            key_version: shown(&outcome.info.key_version),
            algorithm: shown(&outcome.info.algorithm),
            verified: outcome.verified(),
            verified_by,
            detail,
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
            detail: outcome.detail,
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
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        let report = VerificationReport::of(b"not a zip", &[], None);
        assert!(!report.accepted && report.contents.is_none());
        assert_eq!(report.problem.as_deref(), Some("it is not a zip archive"));
        assert_eq!((report.size_bytes, report.sha256.len()), (9, 64));
    }

    #[test]
    fn text_of_a_file_cannot_steer_a_terminal() {
        assert_eq!(shown("US\u{1b}[2J\u{202e}"), "US\\u{1b}[2J\\u{202e}");
        assert_eq!(shown(&"x".repeat(1_000)).len(), MAX_SHOWN_CHARS);
    }
}
