//! Reads the document. Every config that can't be read is kept with all that is wrong with it, so that a person
//! mends a file once and not field by field.

use super::document::{FORMAT, NamedSigner, VERSION, Written, WrittenBy};
use super::json::{Json, quoted};
use super::reader::{Reader, it_is};
use super::sentences::{Found, Wanted};
use crate::error::ConsoleFault;
use std::fmt;
use tekport_api::Said;
use tekport_api::enrolment::Environment;
use tekport_api::export_config::{SmallBatchPolicy, Travelers};
use tekport_api::message::{List, Nested, Refused};
use tekport_api::{FieldProblem, UtcTime};

/// The most configs in one file.
pub(super) const MOST_CONFIGS: usize = 200;

const TOP_FIELDS: [&str; 5] = ["format", "version", "written_at", "daemon", "configs"];
const DAEMON_FIELDS: [&str; 3] = ["name", "environment", "ca_sha256"];
const CONFIG_FIELDS: [&str; 14] = [
    "id",
    "revision",
    "output_region",
    "input_regions",
    "excluded_regions",
    "travelers",
    "period_minutes",
    "small_batch",
    "max_records_per_file",
    "valid_from",
    "valid_through",
    "storage_target",
    "path_prefix",
    "signing_keys",
];

/// A config of a file: whole, or what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Its output region as far as it could be read, to call it by.
    pub(super) region: String,
    pub(super) config: Result<Written, Vec<FieldProblem>>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReadDocument {
    pub(super) written_at: Option<UtcTime>,
    pub(super) daemon: Option<WrittenBy>,
    pub(super) entries: Vec<Entry>,
}

/// Why a file can't be used at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DocumentError {
    NoJson(String),
    Format(String),
    Version(String),
    Fields(Vec<FieldProblem>),
    TooMany(usize),
}

impl DocumentError {
    /// What people are told of it.
    pub(super) fn fault(&self) -> ConsoleFault {
        match self.clone() {
            Self::NoJson(cause) => ConsoleFault::ConfigFileNoJson { cause },
            Self::Format(found) => ConsoleFault::ConfigFileFormat { found, format: FORMAT.to_owned() },
            Self::Version(found) => ConsoleFault::ConfigFileVersion { found, version: VERSION },
            Self::Fields(problems) => {
                ConsoleFault::ConfigFileFields { fields: List(problems.iter().map(in_words).collect()) }
            }
            Self::TooMany(count) => {
                let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                ConsoleFault::ConfigFileTooMany { count: small(count), max: small(MOST_CONFIGS) }
            }
        }
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl ReadDocument {
    /// Reads a document. What is wrong with a single config is kept with it, so that all of it can be shown.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, DocumentError> {
        let json: Json = serde_json::from_slice(bytes).map_err(|error| DocumentError::NoJson(error.to_string()))?;
        let Json::Object(_) = json else { return Err(DocumentError::Format(json.kind().to_string())) };
        let mut top = Reader::new("", json);
        // These two say how the rest is to be read, so they come before everything else that may be wrong.
        match top.find("format") {
            Some(Json::Text(format)) if format == FORMAT => {}
            other => {
                return Err(DocumentError::Format(
                    other.map_or_else(|| "not told".to_owned(), |json| json.kind().to_string()),
                ));
            }
        }
        match top.find("version") {
            Some(Json::Whole(version)) if version == u64::from(VERSION) => {}
            Some(Json::Whole(version)) => return Err(DocumentError::Version(format!("version {version}"))),
            Some(other) => return Err(DocumentError::Version(format!("{} as its version", other.kind()))),
            None => return Err(DocumentError::Version("no version".to_owned())),
        }
        let written_at = top.parsed_if_there("written_at", Wanted::Time);
        let daemon = top.find("daemon").and_then(|json| written_by(&mut top, json));
        let configs = match top.need("configs", Wanted::Configs) {
            Some(Json::List(configs)) => configs,
            Some(other) => {
                top.refuse("configs", it_is(&other.kind()), Wanted::Configs);
                Vec::new()
            }
            None => Vec::new(),
        };
        let problems = top.finish(&TOP_FIELDS);
        if !problems.is_empty() {
            return Err(DocumentError::Fields(problems));
        }
        if configs.len() > MOST_CONFIGS {
            return Err(DocumentError::TooMany(configs.len()));
        }
        Ok(Self { written_at, daemon, entries: configs.into_iter().map(entry).collect() })
    }
}

/// A problem as a sentence, without a semicolon: errors are split there.
fn in_words(problem: &FieldProblem) -> Nested {
    let english = format!("{}: {} (allowed: {})", problem.field, problem.reason, problem.allowed);
    let reason = Nested::new(problem.reason.clone(), problem.message.clone());
    Nested::new(english.replace(';', ","), Refused::Field { field: problem.field.clone(), reason }.message())
}

fn written_by(top: &mut Reader, json: Json) -> Option<WrittenBy> {
    let mut reader = Reader::new("daemon.", json);
    let name = reader.text("name", Wanted::DaemonName);
    let environment = reader.text("environment", Wanted::Environment).and_then(|text| {
        let environment = match text.as_str() {
            "production" => Some(Environment::Production),
            "staging" => Some(Environment::Staging),
            "test" => Some(Environment::Test),
            _ => None,
        };
        if environment.is_none() {
            reader.refuse("environment", it_is(&Found::Quoted { text: quoted(&text) }), Wanted::Environment);
        }
        environment
    });
    let ca_sha256 = reader.text("ca_sha256", Wanted::CaSha256);
    top.take_problems(reader.finish(&DAEMON_FIELDS));
    Some(WrittenBy { name: name?, environment: environment?, ca_sha256: ca_sha256? })
}

fn entry(json: Json) -> Entry {
    let mut reader = Reader::new("", json);
    let id = reader.find("id").and_then(|json| match json {
        Json::Text(id) => Some(id),
        other => {
            reader.refuse("id", it_is(&other.kind()), Wanted::ConfigId);
            None
        }
    });
    let revision = reader.count_if_there("revision", Wanted::Revision);
    let output_region = reader.text("output_region", Wanted::Region).map(|text| capitals(&text));
    let region = output_region.clone().unwrap_or_default();
    let input_regions = regions(&mut reader, "input_regions");
    let excluded_regions = regions(&mut reader, "excluded_regions");
    let travelers = travelers(&mut reader);
    let period_minutes = reader.count("period_minutes", Wanted::Period);
    let small_batch = small_batch(&mut reader);
    let max_records_per_file = reader.count("max_records_per_file", Wanted::MaxRecords);
    let valid_from = reader.parsed::<UtcTime>("valid_from", Wanted::Time);
    let valid_through = reader.parsed_if_there::<UtcTime>("valid_through", Wanted::Time);
    let storage_target = reader.text("storage_target", Wanted::Target);
    let path_prefix = reader.text("path_prefix", Wanted::Path);
    let signing_keys = signers(&mut reader);
    let problems = reader.finish(&CONFIG_FIELDS);
    let written = || {
        Some(Written {
            id,
            revision,
            output_region: output_region?,
            input_regions,
            excluded_regions,
            travelers: travelers?,
            period_minutes: period_minutes?,
            small_batch: small_batch?,
            max_records_per_file: max_records_per_file?,
            valid_from: valid_from?,
            valid_through,
            storage_target: storage_target?,
            path_prefix: path_prefix?,
            signing_keys,
        })
    };
    // A value that can't be read is a problem, so without problems there is a config.
    let config = if problems.is_empty() { written().ok_or(problems) } else { Err(problems) };
    Entry { region, config }
}

/// As the daemon stores regions, so that only another region is a difference.
fn capitals(text: &str) -> String {
    text.trim().to_ascii_uppercase()
}

fn regions(reader: &mut Reader, name: &str) -> Vec<String> {
    reader.texts(name, Wanted::Regions, Wanted::RegionList).iter().map(|text| capitals(text)).collect()
}

fn travelers(reader: &mut Reader) -> Option<Travelers> {
    let text = reader.text("travelers", Wanted::Travelers)?;
    match text.as_str() {
        "include" => Some(Travelers::Include),
        "only-non-travelers" => Some(Travelers::OnlyNonTravelers),
        "ignore" => Some(Travelers::Ignore),
        _ => {
            reader.refuse("travelers", it_is(&Found::Quoted { text: quoted(&text) }), Wanted::Travelers);
            None
        }
    }
}

fn small_batch(reader: &mut Reader) -> Option<SmallBatchPolicy> {
    let mut inner = Reader::new("small_batch.", reader.need("small_batch", Wanted::SmallBatch)?);
    let (policy, known): (_, &[&str]) = match inner.text("policy", Wanted::Policy).as_deref() {
        Some("pad") => {
            let (minimum, jitter) = (inner.count("minimum", Wanted::Minimum), inner.count("jitter", Wanted::Jitter));
            let policy = minimum.zip(jitter).map(|(minimum, jitter)| SmallBatchPolicy::Pad { minimum, jitter });
            (policy, &["policy", "minimum", "jitter"])
        }
        Some("hold") => {
            let policy = inner.count("minimum", Wanted::Minimum).map(|minimum| SmallBatchPolicy::Hold { minimum });
            (policy, &["policy", "minimum"])
        }
        Some("release") => (Some(SmallBatchPolicy::Release), &["policy"]),
        Some(other) => {
            inner.refuse("policy", it_is(&Found::Quoted { text: quoted(other) }), Wanted::Policy);
            (None, &["policy", "minimum", "jitter"])
        }
        None => (None, &["policy", "minimum", "jitter"]),
    };
    reader.take_problems(inner.finish(known));
    policy
}

fn signers(reader: &mut Reader) -> Vec<NamedSigner> {
    let mut signers = Vec::new();
    for (i, json) in reader.list("signing_keys", Wanted::KeyList).into_iter().enumerate() {
        let mut inner = Reader::new(&format!("signing_keys[{i}]."), json);
        let name = inner.text("name", Wanted::KeyName);
        let sha256 = inner.find("sha256").and_then(|json| match json {
            Json::Text(text) => Some(text.to_ascii_lowercase()),
            other => {
                inner.refuse("sha256", it_is(&other.kind()), Wanted::Fingerprint);
                None
            }
        });
        reader.take_problems(inner.finish(&["name", "sha256"]));
        signers.extend(name.map(|name| NamedSigner { name, sha256 }));
    }
    signers
}

#[cfg(test)]
mod tests;
