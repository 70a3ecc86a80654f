//! What goes wrong while nobody looks, and what it means: for one batch, for this run, or for a person.

use crate::console::signing_desk::DeskFinding;
use crate::console::signing_desk::checks::for_a_person;
use crate::{CommandError, ErrorCode, LeftForPerson, SigningTask};
use std::collections::HashMap;
use tekport_api::UtcTime;

/// So many runs in a row refuse a batch whose bytes are the same before it is left for a person.
const BATCH_PATIENCE: u32 = 5;
/// So many runs in a row fail before a person is told.
const RUN_PATIENCE: u32 = 10;
/// What was left for a person is tried again this often by itself.
const TRIED_AGAIN_SECONDS: i64 = 3_600;

/// How far an error reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The batch: between two requests somebody else signed it, or the daemon made it anew, or it stumbled over it. The
    /// next run sees what it is then.
    Batch,
    /// This run: the daemon or the keychain is out of reach, which ends without anybody looking here.
    Run,
    /// Every run, until a person has looked.
    Person,
}

/// How far an error reaches, by its code. What isn't known here needs a person.
pub(super) fn reach(error: &CommandError) -> Reach {
    match error.code {
        ErrorCode::NotAwaiting
        | ErrorCode::Conflict
        | ErrorCode::NotFound
        | ErrorCode::ChangedMeanwhile
        | ErrorCode::Internal => Reach::Batch,
        ErrorCode::Offline
        | ErrorCode::Timeout
        | ErrorCode::Unavailable
        | ErrorCode::TooManyRequests
        | ErrorCode::NotTekport
        | ErrorCode::KeychainLocked
        | ErrorCode::KeychainMissing
        | ErrorCode::KeychainNoAnswer
        | ErrorCode::KeychainDenied
        | ErrorCode::KeychainFailed => Reach::Run,
        _ => Reach::Person,
    }
}

/// Batches that couldn't be signed, by id: how often, with which bytes.
#[derive(Debug, Default)]
pub(super) struct Refusals(HashMap<String, Refused>);

#[derive(Debug)]
struct Refused {
    digests: Vec<String>,
    since: UtcTime,
    times: u32,
    detail: String,
}

impl Refusals {
    /// Forgets the batches that aren't among these.
    pub(super) fn keep(&mut self, tasks: &[SigningTask]) {
        self.0.retain(|id, _| tasks.iter().any(|task| task.batch.id == *id));
    }

    /// Counts one more refusal of a batch; one whose bytes changed begins anew.
    pub(super) fn add(&mut self, task: &SigningTask, error: &CommandError, now: UtcTime) {
        let digests = digests(task);
        let times = self.0.get(&task.batch.id).filter(|before| before.digests == digests);
        let (since, times) = times.map_or((now, 1), |before| (before.since, before.times.saturating_add(1)));
        let refused = Refused { digests, since, times, detail: error.detail.clone() };
        self.0.insert(task.batch.id.clone(), refused);
    }

    /// What a person is told of a batch that was refused too often, so that it isn't tried for a while. `None` where it
    /// is tried.
    pub(super) fn left(&mut self, task: &SigningTask, now: UtcTime) -> Option<LeftForPerson> {
        let again = |refused: &Refused| now.unix_seconds() - refused.since.unix_seconds() >= TRIED_AGAIN_SECONDS;
        let refused = self.0.get(&task.batch.id)?;
        if refused.digests != digests(task) || again(refused) {
            self.0.remove(&task.batch.id);
            return None;
        }
        (refused.times >= BATCH_PATIENCE).then(|| {
            let finding = DeskFinding::Refused { times: refused.times, cause: refused.detail.clone() };
            LeftForPerson {
                batch_id: task.batch.id.clone(),
                output_region: task.batch.output_region.clone(),
                window_start: task.batch.window_start,
                window_end: task.batch.window_end,
                failed: vec![for_a_person("daemon-accepts", Err(finding))],
            }
        })
    }
}

fn digests(task: &SigningTask) -> Vec<String> {
    task.batch.awaiting.iter().flat_map(|awaiting| &awaiting.files).map(|file| file.digest.clone()).collect()
}

/// Runs that failed in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failing {
    since: UtcTime,
    runs: u32,
}

impl Failing {
    /// One more run failed.
    pub(super) fn once_more(before: Option<Self>, now: UtcTime) -> Self {
        let (since, runs) = before.map_or((now, 1), |failing| (failing.since, failing.runs.saturating_add(1)));
        Self { since, runs }
    }

    /// Since when nothing could be signed, once that has taken longer than a person should be left without word.
    pub(super) fn worth_telling(self) -> Option<UtcTime> {
        (self.runs >= RUN_PATIENCE).then_some(self.since)
    }
}

/// What a person is told when unattended signing gets nothing done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Why.
    pub(crate) error: CommandError,
    /// Whether it stopped until it is turned on again; otherwise it goes on trying.
    pub(crate) stopped: bool,
}
