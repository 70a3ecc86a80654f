//! What one config makes of a key, as far as the store knows.

use super::Whereabouts;
use crate::exporter::collect::{Verdict, verdict};
use crate::exporter::rules::{KeptOut, kept_out};
use crate::schedule::{Schedule, Window};
use crate::store::StoreError;
use crate::store::batches::{self, BatchRow};
use crate::store::configs::ConfigRow;
use crate::store::files::{self, FileRow};
use crate::store::region_sets::RegionSet;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::UtcTime;
use tekport_api::batch::BatchState;
use tekport_api::tek_lookup::{LookupFile, LookupInConfig, LookupOutcome, LookupWindow};
use tekport_export_file::Region;
use uuid::Uuid;

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The regions it is tagged with.
    pub(super) regions: &'a BTreeSet<Region>,
    /// Whether its owner traveled.
    pub(super) traveler: bool,
    /// When it may be released, or could.
    pub(super) release_at: UtcTime,
    /// Whether it waits until then, if that lies ahead.
    pub(super) waits: bool,
    /// The key and its revision; `None` where any key of that time and those regions is meant.
    pub(super) state: Option<(&'a [u8; 16], u32)>,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Found {
    /// The answer, as long as no file was looked through.
    pub(super) answer: LookupInConfig,
    /// The published files of the batch that the answer names.
    pub(super) files: Vec<FileRow>,
}

impl Found {
    /// The answer where no key was asked about: all files of the batch.
    pub(super) fn without_key(self) -> LookupInConfig {
        let Self { mut answer, files } = self;
        if answer.outcome == LookupOutcome::Published {
            answer.outcome = match files.iter().all(|file| file.withdrawn_at.is_some()) {
                _ if files.is_empty() => LookupOutcome::NoFile,
                true => LookupOutcome::Withdrawn,
                false => LookupOutcome::Published,
            };
        }
        answer.files = files.iter().map(|file| shown(file, false)).collect();
        answer
    }
}

/// A file as an answer names it.
pub(super) fn shown(file: &FileRow, revised: bool) -> LookupFile {
    LookupFile {
        file_id: file.id.to_string(),
        path: file.path.clone(),
        revised,
        published_at: file.published_at,
        withdrawn_at: file.withdrawn_at,
    }
}

/// The batch that decides about a time, and how it comes to that.
struct Decisive {
    /// Windows that carried their keys over to it.
    held: u32,
    /// From when on its window takes keys: the time asked about, or the end of the last window that was held over.
    from: UtcTime,
    /// `None` where it isn't made yet.
    batch: Option<BatchRow>,
}

/// Finds what a config makes of what is asked about. Of what a batch exports it says [`LookupOutcome::Published`],
/// with the files that have to be looked through.
pub(super) async fn find(
    db: &mut SqliteConnection,
    places: &Whereabouts<'_>,
    config: &ConfigRow,
    sets: &[RegionSet],
    asked: Asked<'_>,
) -> Result<Found, StoreError> {
    let decisive = decisive(&mut *db, config.id, asked.release_at).await?;
    let mut answer = LookupInConfig {
        config_id: config.id.to_string(),
        output_region: config.spec.output_region.to_string(),
        outcome: LookupOutcome::Published,
        window: None,
        held_windows: decisive.held,
        batch_id: None,
        batch_state: None,
        files: Vec::new(),
    };
    let Some(batch) = decisive.batch else {
        (answer.outcome, answer.window) = to_come(places, config, asked, decisive.held, decisive.from);
        return Ok(Found { answer, files: Vec::new() });
    };
    answer.output_region = batch.spec.output_region.to_string();
    answer.window = Some(window(batch.window, places.min_window_age));
    answer.batch_id = Some(batch.id.to_string());
    answer.batch_state = Some(batch.state);
    let mut files = Vec::new();
    answer.outcome = match refused(db, &batch, sets, asked).await? {
        Some(outcome) => outcome,
        None if matches!(batch.state, BatchState::Complete | BatchState::Expired) => {
            files = files::of_batch(db, batch.id).await?;
            LookupOutcome::Published
        }
        None if config.paused => LookupOutcome::Paused,
        None => LookupOutcome::Waiting,
    };
    Ok(Found { answer, files })
}

/// Follows windows that were held over to the one that carries their keys.
async fn decisive(db: &mut SqliteConnection, config_id: Uuid, release_at: UtcTime) -> Result<Decisive, StoreError> {
    let (mut held, mut from) = (0, release_at);
    loop {
        let batch = newest(batches::of_window_holding(&mut *db, config_id, from).await?);
        match batch {
            Some(batch) if batch.is_held_over() => {
                held += 1;
                from = batch.window.end();
            }
            batch => return Ok(Decisive { held, from, batch }),
        }
    }
}

/// Of a window's batches the one whose files phones see: the last that was completed, or else the first to be.
fn newest(generations: Vec<BatchRow>) -> Option<BatchRow> {
    let stands = |batch: &BatchRow| batch.completed_at.is_some() && batch.state != BatchState::Superseded;
    let completed = generations.iter().rposition(stands);
    let place = completed.or_else(|| generations.iter().position(|batch| !batch.was_given_up()))?;
    generations.into_iter().nth(place)
}

/// Which rule of a batch keeps it out; `None` where the batch exports it.
async fn refused(
    db: &mut SqliteConnection,
    batch: &BatchRow,
    sets: &[RegionSet],
    asked: Asked<'_>,
) -> Result<Option<LookupOutcome>, StoreError> {
    let kept_out = kept_out(&batch.spec, asked.regions, asked.traveler);
    let (Some(state), None | Some(KeptOut::Traveler)) = (asked.state, kept_out) else {
        return Ok(kept_out.map(outcome));
    };
    let from = match batch.collect_from {
        Some(from) => from,
        None => batches::collect_from(&mut *db, batch.config_id, batch.window.start()).await?,
    };
    Ok(match verdict(db, batch, from, sets, state).await? {
        Some(Verdict::New | Verdict::Revised) => None,
        Some(Verdict::Superseded) => Some(LookupOutcome::Superseded),
        Some(Verdict::Traveler) => Some(LookupOutcome::Traveler),
        Some(Verdict::Revoked) => Some(LookupOutcome::RevokedBeforeRelease),
        // Deleted since: its retention ended just now.
        None => Some(LookupOutcome::Missing),
    })
}

fn outcome(kept_out: KeptOut) -> LookupOutcome {
    match kept_out {
        KeptOut::RegionNotTaken => LookupOutcome::RegionNotTaken,
        KeptOut::RegionExcluded => LookupOutcome::RegionExcluded,
        KeptOut::Traveler => LookupOutcome::Traveler,
    }
}

/// What becomes of it in a window for which no batch is made yet.
fn to_come(
    places: &Whereabouts<'_>,
    config: &ConfigRow,
    asked: Asked<'_>,
    held: u32,
    time: UtcTime,
) -> (LookupOutcome, Option<LookupWindow>) {
    if let Some(kept_out) = kept_out(&config.spec, asked.regions, asked.traveler) {
        return (outcome(kept_out), None);
    }
    let Some(next) = Schedule::from(&config.spec).window_holding(config.windows_through, time) else {
        let ended = config.spec.valid_through.is_some_and(|through| through <= time);
        return (if ended { LookupOutcome::Ended } else { LookupOutcome::BeforeStart }, None);
    };
    let outcome = if asked.waits && time > places.now {
        LookupOutcome::Embargoed
    } else if held > 0 {
        LookupOutcome::HeldOver
    } else if next.due_at(places.min_window_age) > places.now {
        LookupOutcome::WindowOpen
    } else if config.paused {
        LookupOutcome::Paused
    } else {
        LookupOutcome::Waiting
    };
    (outcome, Some(window(next, places.min_window_age)))
}

fn window(window: Window, min_window_age: u32) -> LookupWindow {
    LookupWindow { start: window.start(), end: window.end(), due_at: window.due_at(min_window_age) }
}
