//! Checks of one `export.bin`, byte for byte. Pure.

use super::checks::{Found, blocking, for_a_person, judged};
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
        Err(error) => checks.push(blocking("format", Err(error.to_string()))),
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
        blocking("region", judged(header.region == expected.region, shown(&header.region))),
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
        Ok(format!("SHA-256 {digest}"))
    } else {
        Err(format!("the bytes have the SHA-256 {digest}, the daemon says {announced}"))
    }
}

/// The bytes are those that Tekport writes for these contents, so nothing hides in them.
fn canonical(bytes: &[u8]) -> Found {
    match ExportBin::open(bytes) {
        Ok(bin) => Ok(format!("export.bin of {} bytes, and nothing but its header and keys", bin.bytes())),
        Err(error) => Err(error.to_string()),
    }
}

fn window(header: &ReadHeader, announced: &UnsignedFile, expected: &Expected) -> Found {
    let (start, end) = (time(header.start), time(header.end));
    let window = start == expected.window_start && end == expected.end_of(announced.number);
    let same = start == announced.start_timestamp && end == announced.end_timestamp;
    judged(
        window && same,
        format!("from {start} to {end}; the batch is from {} to {}", expected.window_start, expected.window_end),
    )
}

fn counts(bin: &ExportBin, announced: &UnsignedFile) -> Found {
    let (keys, revised) = (count(bin.keys().len()), count(bin.revised_keys().len()));
    let same =
        (keys, revised) == (announced.keys, announced.revised_keys) && bin.bytes() == u64::from(announced.size_bytes);
    let detail = format!(
        "{keys} keys and {revised} revised ones in {} bytes; the daemon says {} and {} in {}",
        bin.bytes(),
        announced.keys,
        announced.revised_keys,
        announced.size_bytes
    );
    judged(same, detail)
}

fn max_records(bin: &ExportBin, expected: &Expected) -> Found {
    let all = count(bin.keys().len()).saturating_add(count(bin.revised_keys().len()));
    judged(all <= expected.max_records, format!("{all} of at most {} keys", expected.max_records))
}

fn order(bin: &ExportBin) -> Found {
    match bin.unordered() {
        None => Ok("by what the keys carry, then by key data".to_owned()),
        Some(list) => Err(format!("the {list} are not in order, so that arrival or persons may show")),
    }
}

/// Also those rules that phones don't enforce: who signs vouches for privacy, too.
fn device_rules(bin: &ExportBin, now: UtcTime) -> Found {
    let outcomes = bin.device_rules(Some(now.unix_seconds()));
    let failed: Vec<String> = outcomes
        .iter()
        .filter(|outcome| outcome.result == RuleResult::Fail)
        .map(|outcome| format!("{}: {}", outcome.rule.name(), outcome.detail))
        .collect();
    judged(
        failed.is_empty(),
        if failed.is_empty() { format!("{} rules kept", outcomes.len()) } else { failed.join("; ") },
    )
}

fn signers(header: &ReadHeader, expected: &Expected) -> Found {
    let named = signers_in(header);
    let algorithm = header.signature_infos.iter().all(|info| info.algorithm == SIGNATURE_ALGORITHM);
    let detail = format!("the file names {}; the batch awaits {}", named.join(", "), expected.signers.join(", "));
    judged(algorithm && named == expected.signers, detail)
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

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
