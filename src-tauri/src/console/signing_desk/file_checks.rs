//! Checks of one `export.bin`, byte for byte. Pure.

use super::checks::{Found, blocking, for_a_person, judged};
use super::finding::{BrokenRule, DeskFinding};
use super::terms::key_name;
use crate::{ReviewCheck, ReviewedFile, SigningTerms};
use sha2::{Digest, Sha256};
use tekport_api::UtcTime;
use tekport_api::batch::{AwaitingSignature, Batch, UnsignedFile};
use tekport_export_file::{ExportBin, ReadHeader, RuleResult, SIGNATURE_ALGORITHM};

/// The most characters of a text from a file that a review repeats.
const MAX_SHOWN_CHARS: usize = 64;

/// What the files of a batch have to be.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    region: String,
    window_start: UtcTime,
    window_end: UtcTime,
    max_records: u32,
    /// Whether the batch has one file only.
    alone: bool,
    /// Everybody who has to sign, in the order of the file.
    signers: Vec<String>,
    now: UtcTime,
}

impl Expected {
    pub(super) fn of(batch: &Batch, awaiting: &AwaitingSignature, terms: &SigningTerms, now: UtcTime) -> Self {
        Self {
            region: terms.output_region.clone(),
            window_start: batch.window_start,
            window_end: batch.window_end,
            max_records: terms.max_records_per_file,
            alone: awaiting.files.len() == 1,
            signers: awaiting.signers.iter().map(|signer| key_name(&signer.key_id, &signer.key_version)).collect(),
            now,
        }
    }

    /// The end of file *n* of a window: the window's end for a window's only file, otherwise *n* seconds later, so
    /// that Android tells the files apart (EXPORT-FORMAT, "What devices do with it").
    fn end_of(&self, number: u32) -> UtcTime {
        let offset = if self.alone && number == 1 { 0 } else { i64::from(number) };
        UtcTime::saturating(self.window_end.unix_seconds().saturating_add(offset))
    }
}

/// Reads the bytes that were fetched for a file and checks everything that can be checked without the daemon.
pub(super) fn review_file(bytes: &[u8], announced: &UnsignedFile, expected: &Expected) -> ReviewedFile {
    let digest = hex::encode(Sha256::digest(bytes));
    let mut checks = vec![blocking("digest", same_digest(&digest, &announced.digest))];
    let mut file = ReviewedFile {
        number: announced.number,
        digest,
        region: String::new(),
        start_timestamp: UtcTime::saturating(0),
        end_timestamp: UtcTime::saturating(0),
        keys: 0,
        revised_keys: 0,
        signers: Vec::new(),
        checks: Vec::new(),
    };
    // What can't be read has nothing further to check; what can is shown whatever is wrong with it.
    match ExportBin::inspect(bytes) {
        Err(error) => checks.push(blocking("format", Err(DeskFinding::Unreadable(error)))),
        Ok(bin) => {
            let header = bin.header();
            file.region = shown(&header.region);
            file.start_timestamp = time(header.start);
            file.end_timestamp = time(header.end);
            file.keys = count(bin.keys().len());
            file.revised_keys = count(bin.revised_keys().len());
            file.signers = signers_in(header);
            checks.push(blocking("format", canonical(bytes)));
            checks.extend(content_checks(&bin, announced, expected));
        }
    }
    file.checks = checks;
    file
}

fn content_checks(bin: &ExportBin, announced: &UnsignedFile, expected: &Expected) -> Vec<ReviewCheck> {
    let header = bin.header();
    vec![
        blocking(
            "region",
            judged(header.region == expected.region, DeskFinding::Region { region: shown(&header.region) }),
        ),
        blocking("window", window(header, announced, expected)),
        blocking("counts", counts(bin, announced)),
        for_a_person("max-records", max_records(bin, expected)),
        blocking("order", order(bin)),
        blocking("device-rules", device_rules(bin, expected.now)),
        blocking("signers", signers(header, expected)),
    ]
}

fn same_digest(digest: &str, announced: &str) -> Found {
    if digest == announced {
        Ok(DeskFinding::Digest { sha256: digest.to_owned() })
    } else {
        Err(DeskFinding::DigestDiffers { sha256: digest.to_owned(), announced: announced.to_owned() })
    }
}

/// The bytes are those that Tekport writes for these contents, so nothing hides in them.
fn canonical(bytes: &[u8]) -> Found {
    match ExportBin::open(bytes) {
        Ok(bin) => Ok(DeskFinding::Canonical { bytes: small(bin.bytes()) }),
        Err(error) => Err(error.into()),
    }
}

fn window(header: &ReadHeader, announced: &UnsignedFile, expected: &Expected) -> Found {
    let (start, end) = (time(header.start), time(header.end));
    let window = start == expected.window_start && end == expected.end_of(announced.number);
    let same = start == announced.start_timestamp && end == announced.end_timestamp;
    let (batch_start, batch_end) = (expected.window_start, expected.window_end);
    judged(window && same, DeskFinding::Window { start, end, batch_start, batch_end })
}

fn counts(bin: &ExportBin, announced: &UnsignedFile) -> Found {
    let (keys, revised) = (count(bin.keys().len()), count(bin.revised_keys().len()));
    let same =
        (keys, revised) == (announced.keys, announced.revised_keys) && bin.bytes() == u64::from(announced.size_bytes);
    let finding = DeskFinding::Counts {
        keys,
        revised,
        bytes: small(bin.bytes()),
        said_keys: announced.keys,
        said_revised: announced.revised_keys,
        said_bytes: announced.size_bytes,
    };
    judged(same, finding)
}

fn max_records(bin: &ExportBin, expected: &Expected) -> Found {
    let all = count(bin.keys().len()).saturating_add(count(bin.revised_keys().len()));
    judged(all <= expected.max_records, DeskFinding::Keys { count: all, max: expected.max_records })
}

fn order(bin: &ExportBin) -> Found {
    match bin.unordered() {
        None => Ok(DeskFinding::Ordered),
        Some(list) => Err(DeskFinding::Unordered { list }),
    }
}

/// Also those rules that phones don't enforce: who signs vouches for privacy, too.
fn device_rules(bin: &ExportBin, now: UtcTime) -> Found {
    let outcomes = bin.device_rules(Some(now.unix_seconds()));
    let checked = count(outcomes.len());
    let failed = outcomes.into_iter().filter(|outcome| outcome.result == RuleResult::Fail);
    let rules: Vec<_> = failed.map(BrokenRule).collect();
    if rules.is_empty() {
        Ok(DeskFinding::RulesKept { count: checked })
    } else {
        Err(DeskFinding::RulesBroken { rules })
    }
}

fn signers(header: &ReadHeader, expected: &Expected) -> Found {
    let named = signers_in(header);
    let algorithm = header.signature_infos.iter().all(|info| info.algorithm == SIGNATURE_ALGORITHM);
    let passed = algorithm && named == expected.signers;
    judged(passed, DeskFinding::Signers { named, awaited: expected.signers.clone() })
}

fn signers_in(header: &ReadHeader) -> Vec<String> {
    header.signature_infos.iter().map(|info| key_name(&shown(&info.key_id), &shown(&info.key_version))).collect()
}

/// A text from the file, cut short and without characters that could pass for others.
fn shown(text: &str) -> String {
    text.chars().take(MAX_SHOWN_CHARS).flat_map(char::escape_debug).collect()
}

fn time(seconds: u64) -> UtcTime {
    UtcTime::saturating(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// A size as a finding writes it; the reader takes no file that comes near the maximum.
fn small(bytes: u64) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
