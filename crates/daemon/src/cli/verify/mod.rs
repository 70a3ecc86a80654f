//! `tekportd verify`: looks at export files, and at whole indexes, as phones would. Needs no state folder.

mod fetch;
mod index;
mod text;

use super::{FAILED, print_json};
use anyhow::Context;
use clap::Args;
use fetch::{Fetcher, Place};
use index::IndexReport;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tekport_api::Clock;
use tekport_api::verification::{NamedKey, VerificationReport};
use tekport_export_file::{KnownKey, MAX_READ_FILE_BYTES};
use tekport_keys::PublicKey;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Export zips or index.txt files, by path or http(s) address; what ends in .txt is an index.
    #[arg(required = true, value_name = "FILE|URL")]
    places: Vec<String>,
    /// A public key (PEM) that phones know; a file is accepted when a signature verifies with one. Repeatable.
    #[arg(long = "key", value_name = "PUBLIC.pem")]
    keys: Vec<PathBuf>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// What one place on the command line came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
enum Outcome {
    File { place: String, report: VerificationReport },
    Index { place: String, report: IndexReport },
    Unreadable { place: String, problem: String },
}

/// How places came out, worst last: the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Judgement {
    Accepted,
    Refused,
    Unreadable,
}

/// What is verified with.
struct Verifier {
    fetcher: Fetcher,
    keys: Vec<NamedKey>,
    /// UTC seconds, for the rules about time.
    now: i64,
}

impl Verify {
    /// Exit status 0 when all is accepted, 1 when something isn't, 2 when something can't be read.
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let keys = self.keys.iter().map(|path| read_key(path)).collect::<anyhow::Result<Vec<_>>>()?;
        let verifier = Verifier { fetcher: Fetcher::new()?, keys, now: Clock::system().now().unix_seconds() };
        let mut outcomes = Vec::new();
        for place in &self.places {
            outcomes.push(verifier.outcome(place).await);
        }
        let judgement = outcomes.iter().map(Outcome::judgement).max().unwrap_or(Judgement::Unreadable);
        if self.json {
            print_json(&serde_json::json!({ "accepted": judgement == Judgement::Accepted, "results": outcomes }))?;
        } else {
            outcomes.iter().for_each(|outcome| print!("{}", text::outcome(outcome, self.keys.is_empty())));
        }
        Ok(match judgement {
            Judgement::Accepted => ExitCode::SUCCESS,
            Judgement::Refused => ExitCode::from(1),
            Judgement::Unreadable => ExitCode::from(FAILED),
        })
    }
}

impl Verifier {
    async fn outcome(&self, text: &str) -> Outcome {
        let place = text.to_owned();
        let found = match Place::parse(text) {
            Ok(found) => found,
            Err(problem) => return Outcome::Unreadable { place, problem },
        };
        if found.is_index() {
            return match index::verify(self, &found).await {
                Ok(report) => Outcome::Index { place, report },
                Err(problem) => Outcome::Unreadable { place, problem },
            };
        }
        match self.fetcher.fetch(&found, MAX_READ_FILE_BYTES).await {
            Ok(zip) => Outcome::File { place, report: self.report(&zip) },
            Err(error) => Outcome::Unreadable { place, problem: error.to_string() },
        }
    }

    fn report(&self, zip: &[u8]) -> VerificationReport {
        VerificationReport::of(zip, &self.keys, Some(self.now))
    }
}

impl Outcome {
    fn judgement(&self) -> Judgement {
        match self {
            Self::File { report, .. } if report.contents.is_none() => Judgement::Unreadable,
            Self::File { report: VerificationReport { accepted: true, .. }, .. }
            | Self::Index { report: IndexReport { accepted: true, .. }, .. } => Judgement::Accepted,
            Self::File { .. } | Self::Index { .. } => Judgement::Refused,
            Self::Unreadable { .. } => Judgement::Unreadable,
        }
    }
}

/// Reads a public key; it is tried on every signature, whatever name that gives.
fn read_key(path: &Path) -> anyhow::Result<NamedKey> {
    let label = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let pem = std::fs::read_to_string(path).with_context(|| format!("--key {}: it can't be read", path.display()))?;
    let key = PublicKey::from_pem(&pem).with_context(|| format!("--key {}", path.display()))?;
    Ok(NamedKey { label, known: KnownKey { name: None, key: *key.verifying_key() } })
}
