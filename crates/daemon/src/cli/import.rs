//! `tekportd import`: takes TEKs in from files.

use super::open::OpenedStore;
use super::{FAILED, print_json};
use crate::audit::{self, Actor, Change};
use crate::config::Location;
use crate::ingest::{self, ImportOptions, MAX_INPUT_BYTES};
use crate::store::Store;
use anyhow::Context;
use clap::Args;
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::teks::ImportReport;
use tekport_export_file::Region;

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Publish requests (JSON), NDJSON or export zips; which it is, is seen from the contents.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A region of every key that names none itself. Repeatable.
    #[arg(long = "region", alias = "regions", value_name = "REGION", value_delimiter = ',', value_parser = region)]
    regions: Vec<Region>,
    /// The owners of keys that don't say so have traveled.
    #[arg(long)]
    traveler: bool,
    /// Takes keys that ended more than 15 days ago.
    #[arg(long)]
    allow_old: bool,
    /// When the keys came in, for a move from another server: 2026-11-23T20:00:00Z. Now where absent.
    #[arg(long, value_name = "TIME")]
    received_at: Option<UtcTime>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

fn region(text: &str) -> Result<Region, String> {
    Region::parse(text).map_err(|error| format!("{error}; allowed: {}", Region::ALLOWED))
}

/// What became of one file: a report, or why nothing of it was taken.
#[derive(Debug, Serialize)]
struct Imported {
    file: String,
    report: Option<ImportReport>,
    problem: Option<String>,
}

impl Import {
    /// Exit status 0 when every key was taken, 1 when some were refused, 2 when a file couldn't be read.
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        let opened = OpenedStore::open(location).await?;
        let options = ImportOptions {
            shape: None,
            regions: self.regions.into_iter().collect(),
            traveler: self.traveler,
            allow_old: self.allow_old,
            received_at: self.received_at,
        };
        let mut imported = Vec::new();
        for file in &self.files {
            let result = import(&opened.store, file, &options).await;
            let name = file.display().to_string();
            imported.push(match result {
                Ok(report) => Imported { file: name, report: Some(report), problem: None },
                Err(error) => Imported { file: name, report: None, problem: Some(format!("{error:#}")) },
            });
        }
        if self.json {
            print_json(&imported)?;
        } else {
            imported.iter().for_each(|one| print!("{}", one.text()));
        }
        let unread = imported.iter().any(|one| one.report.is_none());
        let refused = imported.iter().filter_map(|one| one.report.as_ref()).any(|report| report.refused > 0);
        Ok(match (unread, refused) {
            (true, _) => ExitCode::from(FAILED),
            (false, true) => ExitCode::from(1),
            (false, false) => ExitCode::SUCCESS,
        })
    }
}

async fn import(store: &Store, file: &Path, options: &ImportOptions) -> anyhow::Result<ImportReport> {
    let input = read(file)?;
    let clock = Clock::system();
    let change = Change {
        action: "teks.import",
        resource_kind: "teks",
        resource_id: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        before: None,
        after: None,
    };
    let begun = audit::begin(store, clock.now(), &Actor::local(), change).await?;
    let result = ingest::import(store, &clock, &input, options).await;
    let (outcome, after) = match &result {
        Ok(report) => (
            AuditResult::Ok,
            serde_json::json!({
                "received": report.received, "accepted": report.accepted, "revised": report.revised,
                "duplicates": report.duplicates, "refused": report.refused, "received_at": options.received_at,
            }),
        ),
        Err(error) => (AuditResult::Failed, serde_json::json!({ "error": error.to_string() })),
    };
    begun.close(store, clock.now(), outcome, after).await?;
    Ok(result?)
}

/// Reads a file, and no more of it than one import may hold, so that a wrong name can't fill the memory.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_INPUT_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).context("it can't be read")?;
    Ok(bytes)
}

impl Imported {
    fn text(&self) -> String {
        let Some(report) = &self.report else {
            return format!("{}: nothing was taken: {}\n", self.file, self.problem.as_deref().unwrap_or_default());
        };
        let mut text = format!(
            "{}: {} keys read: {} new, {} revised, {} already there, {} refused\n",
            self.file, report.received, report.accepted, report.revised, report.duplicates, report.refused
        );
        if report.embargoed > 0 {
            let embargoed = report.embargoed;
            text.push_str(&format!("  {embargoed} may still be valid: they are released 2 hours after they end\n"));
        }
        for refusal in &report.refusals {
            text.push_str(&format!(
                "  line {}: {}: {}; allowed: {}\n",
                refusal.line, refusal.field, refusal.reason, refusal.allowed
            ));
        }
        let listed = u32::try_from(report.refusals.len()).unwrap_or(u32::MAX);
        if report.refused > listed {
            text.push_str(&format!("  and {} more\n", report.refused - listed));
        }
        text
    }
}
