//! Takes TEKs in: reads each shape they come in, checks key by key, stores what is right.
//! A key that is refused is reported with its place and the reason, and none of the others is lost.

mod element;
mod export;
mod json;
#[cfg(test)]
mod tests;

use crate::store::teks::{self, NewTek, Outcome};
use crate::store::{Store, StoreError};
use std::collections::BTreeSet;
use std::sync::Arc;
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_api::teks::{ImportReport, MAX_LISTED_REFUSALS, TekRefusal};
use tekport_export_file::{OpenError, Region};

/// The largest input in bytes: 750,000 keys in JSON with room to spare.
pub const MAX_INPUT_BYTES: usize = 256 * 1024 * 1024;
/// The most keys in one input.
pub const MAX_INPUT_KEYS: usize = 1_000_000;
/// Keys older than this are refused unless allowed: 15 days since the end of their validity.
const MAX_AGE_SECONDS: i64 = 15 * 86_400;

/// The shape of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A publish request: an object with `temporaryExposureKeys`, and `regions`, `traveler`, `reportType` for all.
    Publish,
    /// One key a line, each an object as in a publish request.
    Ndjson,
    /// A zip as phones download it.
    ExportFile,
}

impl Shape {
    /// Tells the shape by the first bytes: a zip's signature, an object that holds `temporaryExposureKeys`, or lines.
    #[must_use]
    pub fn detect(input: &[u8]) -> Self {
        if input.starts_with(b"PK") {
            Self::ExportFile
        } else if json::holds_publish_request(input) {
            Self::Publish
        } else {
            Self::Ndjson
        }
    }
}

/// How an input is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// The shape; detected where absent.
    pub shape: Option<Shape>,
    /// For keys that name no region of their own. Where empty, a key without one is refused; an export file's own
    /// region counts for its keys.
    pub regions: BTreeSet<Region>,
    /// Whether the owners of keys that don't say traveled.
    pub traveler: bool,
    /// Take keys older than 15 days.
    pub allow_old: bool,
    /// When the keys came in, for a move from another server; now where absent.
    pub received_at: Option<UtcTime>,
}

/// Why nothing of an input was taken.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The input is larger than allowed.
    #[error("the input is {0} bytes; at most {MAX_INPUT_BYTES} are taken at once: send it in parts")]
    TooLarge(usize),
    /// The input holds too many keys.
    #[error("the input holds more than {MAX_INPUT_KEYS} keys: send it in parts")]
    TooManyKeys,
    /// The input isn't UTF-8.
    #[error("the input is neither a zip nor UTF-8 text (first wrong byte: {0}); send JSON, NDJSON or an export file")]
    NotText(usize),
    /// The publish request can't be read as a whole.
    #[error("line {line}: the JSON can't be read: {reason}; expected an object with temporaryExposureKeys")]
    Json {
        /// The line, from 1.
        line: usize,
        /// What was wrong.
        reason: String,
    },
    /// A field of the publish request that counts for every key is wrong.
    #[error("{field}: {reason}; allowed: {allowed}")]
    Envelope {
        /// The field.
        field: String,
        /// What was wrong with it.
        reason: String,
        /// What is allowed there.
        allowed: String,
    },
    /// The export file can't be read.
    #[error("the export file can't be read: {0}")]
    ExportFile(OpenError),
    /// The export file names no region that can be used.
    #[error("the export file's region {0:?} can't be used; name the regions of its keys yourself")]
    ExportRegion(String),
    /// The keys can't have come in then.
    #[error("received_at lies in the future; allowed: a time up to now, or none")]
    ReceivedInFuture,
    /// The store failed; it is safe to send the same again.
    #[error("the keys could not be stored; send them again, those already stored count as duplicates")]
    Store(#[from] StoreError),
}

/// Reads, checks and stores an input. Everything it reports as accepted or revised is durable when it returns.
///
/// # Errors
/// When nothing could be read of the input, or the store failed.
pub async fn import(
    store: &Store,
    clock: &Clock,
    input: &[u8],
    options: &ImportOptions,
) -> Result<ImportReport, IngestError> {
    let now = clock.now();
    let received_at = options.received_at.unwrap_or(now);
    if received_at > now {
        return Err(IngestError::ReceivedInFuture);
    }
    let Reading { read, keys, mut refusals } = read(input, options, received_at)?;
    let (lines, keys): (Vec<u32>, Vec<NewTek>) = keys.into_iter().unzip();
    let mut report = ImportReport { received: read, ..ImportReport::default() };
    let outcomes = teks::insert_all(store, &keys, received_at).await?;
    for (line, outcome) in lines.into_iter().zip(outcomes) {
        match outcome {
            Outcome::Accepted { embargoed } => {
                report.accepted += 1;
                report.embargoed += u32::from(embargoed);
            }
            Outcome::Revised { embargoed } => {
                report.revised += 1;
                report.embargoed += u32::from(embargoed);
            }
            Outcome::Duplicate => report.duplicates += 1,
            Outcome::Refused(why) => refusals.push(refusal(line, why.field(), why.to_string(), why.allowed())),
        }
    }
    // An export file can hold more refused keys than its reader lists.
    report.refused = read.saturating_sub(report.accepted + report.revised + report.duplicates);
    refusals.sort_by_key(|refusal| refusal.line);
    refusals.truncate(MAX_LISTED_REFUSALS);
    report.refusals = refusals;
    Ok(report)
}

/// What was read of an input: a key or a refusal for each place.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Keys read, right or not.
    pub read: u32,
    /// The right ones, each with its line (its number, in an export file), in the order of the input.
    pub keys: Vec<(u32, NewTek)>,
    /// The others.
    pub refusals: Vec<TekRefusal>,
}

impl Reading {
    fn add(&mut self, line: u32, key: Result<NewTek, Refused>) -> Result<(), IngestError> {
        if self.keys.len() + self.refusals.len() >= MAX_INPUT_KEYS {
            return Err(IngestError::TooManyKeys);
        }
        self.read += 1;
        match key {
            Ok(key) => self.keys.push((line, key)),
            Err(why) => self.refusals.push(refusal(line, &why.field, why.reason, why.allowed)),
        }
        Ok(())
    }
}

/// Reads and checks an input without storing anything; the age of keys counts from `received_at`.
///
/// # Errors
/// When nothing can be read of the input.
pub fn read(input: &[u8], options: &ImportOptions, received_at: UtcTime) -> Result<Reading, IngestError> {
    if input.len() > MAX_INPUT_BYTES {
        return Err(IngestError::TooLarge(input.len()));
    }
    let checks = Checks { received_at, allow_old: options.allow_old };
    let defaults = Defaults {
        regions: Arc::new(options.regions.clone()),
        traveler: options.traveler,
        report_type: tekport_export_file::ReportType::Unknown,
    };
    let shape = options.shape.unwrap_or_else(|| Shape::detect(input));
    let text = || str::from_utf8(input).map_err(|error| IngestError::NotText(error.valid_up_to()));
    match shape {
        Shape::Publish => json::read_publish(text()?, &defaults, checks),
        Shape::Ndjson => json::read_lines(text()?, &defaults, checks),
        Shape::ExportFile => export::read(input, defaults, checks),
    }
}

/// What counts for keys that don't say otherwise.
#[derive(Debug, Clone)]
struct Defaults {
    regions: Arc<BTreeSet<Region>>,
    traveler: bool,
    report_type: tekport_export_file::ReportType,
}

/// Why one key is refused.
#[derive(Debug, PartialEq, Eq)]
struct Refused {
    field: String,
    reason: String,
    allowed: String,
}

impl Refused {
    fn new(field: impl Into<String>, reason: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into(), allowed: allowed.into() }
    }
}

/// The checks of a key against time.
#[derive(Debug, Clone, Copy)]
struct Checks {
    received_at: UtcTime,
    allow_old: bool,
}

impl Checks {
    fn check(self, tek: &tekport_export_file::Tek) -> Result<(), Refused> {
        let now = self.received_at.unix_seconds();
        let start = i64::from(tek.rolling_start()).saturating_mul(tekport_export_file::INTERVAL_SECONDS);
        if start > now {
            let reason = format!("the key becomes valid at {}, in the future", UtcTime::saturating(start));
            return Err(Refused::new("rollingStartNumber", reason, "keys that are or were valid"));
        }
        let end = tek.validity_end_seconds();
        if !self.allow_old && end < now.saturating_sub(MAX_AGE_SECONDS) {
            let reason = format!("the key ended at {}, more than 15 days ago", UtcTime::saturating(end));
            return Err(Refused::new(
                "rollingStartNumber",
                reason,
                "keys that ended in the last 15 days; --allow-old takes older ones",
            ));
        }
        Ok(())
    }
}

fn refusal(line: u32, field: &str, reason: String, allowed: impl Into<String>) -> TekRefusal {
    TekRefusal { line, field: field.to_owned(), reason, allowed: allowed.into() }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
