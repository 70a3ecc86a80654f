//! Works off a config's batches in the order of their windows.

use super::awaiting::Prepared;
use super::collect::{Collection, collect};
use super::{BatchError, Exporter, ExporterError, Step, TickReport};
use crate::storage::faults::{Fault, Work};
use crate::store::batches::steps::{self, Failure, Lease};
use crate::store::batches::{self, BatchRow, HELD_OVER};
use crate::store::watermarks;
use tekport_api::UtcTime;
use tekport_api::batch::{BatchState, BatchStep, LeftOut};
use tekport_api::export_config::SmallBatchPolicy;
use uuid::Uuid;

/// The first pause after a failure, in seconds; each further one is twice as long.
const FIRST_PAUSE: i64 = 60;
/// The longest pause.
const LONGEST_PAUSE: i64 = 3_600;

/// How an attempt at a batch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attempt {
    Completed,
    /// Made as far as it can be: it awaits signatures, or, without a file, its turn.
    PutOff,
    Failed,
    /// Not due yet, or another daemon works on it.
    NotHad,
}

/// How an export ended that didn't fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Published,
    /// Its files are kept until everybody has signed and its turn comes.
    PutOff {
        files: usize,
    },
}

impl Exporter {
    /// Takes the config's unfinished batches in the order of their windows. The first that doesn't come to its end
    /// holds back the later ones, so that the index stays in order: while it awaits signatures, they are made as far
    /// as they can be and completed after it; otherwise they aren't begun. Regenerations don't hold anything back.
    pub(super) async fn work_off(&self, config_id: Uuid, report: &mut TickReport) -> Result<(), ExporterError> {
        let (mut its_turn, mut stuck) = (true, false);
        for batch in batches::unfinished(self.0.store.pool(), Some(config_id)).await? {
            let regeneration = batch.generation > 0;
            if stuck && !regeneration {
                continue;
            }
            let attempt = self.attempt(&batch, its_turn || regeneration, report).await?;
            if !regeneration {
                its_turn &= attempt == Attempt::Completed;
                stuck |= matches!(attempt, Attempt::Failed | Attempt::NotHad);
            }
        }
        Ok(())
    }

    async fn attempt(
        &self,
        batch: &BatchRow,
        its_turn: bool,
        report: &mut TickReport,
    ) -> Result<Attempt, ExporterError> {
        // A batch that another daemon has just made: its padding is settled by the next tick.
        if batch.padded_at.is_none() {
            return Ok(Attempt::NotHad);
        }
        if batch.waits_its_turn() && !its_turn {
            return Ok(Attempt::PutOff);
        }
        if batch.state == BatchState::AwaitingSignature && self.still_awaits(batch, its_turn).await? {
            report.awaiting.push(batch.id);
            return Ok(Attempt::PutOff);
        }
        let Some(from) = self.lease(batch).await? else { return Ok(Attempt::NotHad) };
        let _working = self.0.progress.begin(batch.id);
        self.reached(Step::Leased)?;
        match self.export(batch, from, its_turn).await {
            Ok(Ending::Published) => {
                tracing::info!(batch = %batch.id, config = %batch.config_id, "batch complete");
                report.completed.push(batch.id);
                Ok(Attempt::Completed)
            }
            Ok(Ending::PutOff { files }) => {
                tracing::info!(batch = %batch.id, config = %batch.config_id, files, "batch made, not yet published");
                if files > 0 {
                    report.awaiting.push(batch.id);
                }
                Ok(Attempt::PutOff)
            }
            Err(BatchError::Interrupted(interrupted)) => Err(interrupted.into()),
            Err(error) => {
                let text = error.to_string();
                tracing::error!(batch = %batch.id, config = %batch.config_id, error = %text, "batch failed");
                let attempts = batch.attempts.saturating_add(1);
                let pause = if error.is_of_token() { FIRST_PAUSE } else { pause(attempts) };
                let again = self.0.clock.now().unix_seconds().saturating_add(pause);
                let mut transaction = self.0.store.begin().await?;
                let owner = &self.0.settings.instance;
                let message = error.message();
                let failure = Failure { text: &text, message: &message };
                steps::fail(&mut transaction, batch.id, owner, failure, UtcTime::saturating(again)).await?;
                transaction.commit().await?;
                if error.is_of_storage() {
                    let (target, work) = (batch.spec.storage_target.clone(), Work::Batch(batch.id));
                    report.problems.push(Fault { target, work, problem: text.clone(), message });
                }
                report.failed.push((batch.id, text));
                Ok(Attempt::Failed)
            }
        }
    }

    /// Leases a batch; returns from when on it collects, or `None` where it isn't to be had. From here on no key
    /// can get a release time before the window's end.
    async fn lease(&self, batch: &BatchRow) -> Result<Option<UtcTime>, ExporterError> {
        let mut transaction = self.0.store.begin().await?;
        let from = match batch.collect_from {
            Some(from) => from,
            None => batches::collect_from(&mut transaction, batch.config_id, batch.window.start()).await?,
        };
        let now = self.0.clock.now();
        let until = now.unix_seconds().saturating_add(self.0.settings.lease_seconds.into());
        let lease = Lease { owner: &self.0.settings.instance, now, until: UtcTime::saturating(until) };
        if !steps::lease(&mut transaction, batch.id, lease, from).await? {
            return Ok(None);
        }
        watermarks::raise(&mut *transaction, watermarks::COLLECTED_THROUGH, batch.window.end()).await?;
        transaction.commit().await?;
        Ok(Some(from))
    }

    async fn export(&self, batch: &BatchRow, from: UtcTime, its_turn: bool) -> Result<Ending, BatchError> {
        let Prepared { drafts, signatories, counts } = match self.take_up(batch).await? {
            Some(prepared) => prepared,
            None => self.prepare(batch, from).await?,
        };
        let signed = self.sign_files(drafts, &signatories).await?;
        if !its_turn || signed.iter().any(|(_, signatures)| signatures.iter().any(Option::is_none)) {
            let drafts: Vec<_> = signed.into_iter().map(|(draft, _)| draft).collect();
            let files = drafts.len();
            self.put_off(batch, drafts, &signatories, &counts).await?;
            return Ok(Ending::PutOff { files });
        }
        let signed = signed.into_iter().map(|(draft, signatures)| (draft, signatures.into_iter().flatten().collect()));
        let files = self.finish_files(batch, signed.collect(), &signatories).await?;
        self.publish(batch, files, &counts).await?;
        Ok(Ending::Published)
    }

    /// Collects a batch's keys and makes its files.
    async fn prepare(&self, batch: &BatchRow, from: UtcTime) -> Result<Prepared, BatchError> {
        let mut collection = collect(&self.0.store, batch, from).await?;
        self.reached(Step::Collected)?;
        hold_small(batch, &mut collection);
        let counts = collection.counts.clone();
        if collection.keys.is_empty() && collection.revised_keys.is_empty() {
            return Ok(Prepared { drafts: Vec::new(), signatories: Vec::new(), counts });
        }
        let signatories = self.0.signer.signers_of(batch.config_id).await?;
        self.0.progress.at(BatchStep::MakingFiles, None);
        let drafts = self.make_files(batch, collection, &signatories).await?;
        Ok(Prepared { drafts, signatories, counts })
    }
}

/// Carries everything over to the next window where it is less than the policy's minimum. Under `pad` that happens
/// where the window could not be padded. What was published once isn't held when it is regenerated.
fn hold_small(batch: &BatchRow, collection: &mut Collection) {
    let minimum = match batch.spec.small_batch {
        SmallBatchPolicy::Pad { minimum, .. } | SmallBatchPolicy::Hold { minimum } => minimum,
        SmallBatchPolicy::Release => return,
    };
    let all = collection.keys.len() + collection.revised_keys.len();
    if batch.generation > 0 || all == 0 || all >= usize::try_from(minimum).unwrap_or(usize::MAX) {
        return;
    }
    collection.keys = Vec::new();
    collection.revised_keys = Vec::new();
    let counts = &mut collection.counts;
    let keys = counts.new_keys.saturating_add(counts.revised_keys);
    counts.left_out.push(LeftOut { rule: HELD_OVER.to_owned(), keys });
    (counts.new_keys, counts.revised_keys, counts.generated) = (0, 0, 0);
}

/// Seconds until the next attempt after that many: 60, 120, 240 and so on, at most an hour.
fn pause(attempts: u32) -> i64 {
    let doubled = 1_i64.checked_shl(attempts.saturating_sub(1).min(16)).unwrap_or(LONGEST_PAUSE);
    FIRST_PAUSE.saturating_mul(doubled).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        assert_eq!([1, 2, 3, 6, 7, 60, u32::MAX].map(pause), [60, 120, 240, 1_920, 3_600, 3_600, 3_600]);
    }
}
