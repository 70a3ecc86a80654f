//! Signing what waits, batch by batch: one that can't be signed now is no reason to leave the others.

use super::failures::{Reach, reach};
use super::{Choice, Console, Session};
use crate::console::signing_desk::review::Reviewed;
use crate::console::signing_desk::signing::failed_checks;
use crate::console::signing_keys::not_here;
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, LeftForPerson, SigningTask, SkippedBatch, UnattendedRun};

/// What became of a batch.
enum Outcome {
    Signed,
    /// No key of this computer's keychain is missing on it.
    NotOurs,
    Left(LeftForPerson),
}

impl Console {
    /// Signs what was chosen and may be signed. What can't be signed just now is skipped until the next run.
    pub(super) async fn sign_unattended(
        &self,
        session: &Session,
        choice: &Choice,
        tasks: Vec<SigningTask>,
    ) -> UnattendedRun {
        let tasks: Vec<_> =
            tasks.into_iter().filter(|task| choice.config_ids.contains(&task.batch.config_id)).collect();
        {
            let mut runs = self.desk.unattended.runs();
            runs.refusals.keep(&tasks);
            runs.left.retain(|id, _| tasks.iter().any(|task| task.batch.id == *id));
        }
        let mut run = UnattendedRun::default();
        for task in tasks {
            match self.outcome_of(session, choice, &task).await {
                Ok(Outcome::NotOurs) => {}
                Ok(Outcome::Signed) => run.signed_batch_ids.push(task.batch.id),
                Ok(Outcome::Left(left)) => run.left.push(left),
                // Somebody else signed it meanwhile.
                Err(error) if error.code == ErrorCode::NotAwaiting => {}
                Err(error) if reach(&error) == Reach::Batch => {
                    tracing::warn!(batch = task.batch.id, code = %error.code, detail = error.detail, "not signed now");
                    self.desk.unattended.runs().refusals.add(&task, &error, self.clock.now());
                    run.skipped.push(skipped(task, error));
                }
                Err(error) => {
                    run.error = Some(error);
                    break;
                }
            }
        }
        run
    }

    async fn outcome_of(
        &self,
        session: &Session,
        choice: &Choice,
        task: &SigningTask,
    ) -> Result<Outcome, CommandError> {
        self.missed_key(choice, task).await?;
        if task.can_sign.is_empty() {
            return Ok(Outcome::NotOurs);
        }
        if let Some(left) = self.desk.unattended.runs().refusals.left(task, self.clock.now()) {
            return Ok(Outcome::Left(left));
        }
        self.sign_task(session, task).await
    }

    /// Makes sure that each key that was here, and that the batch waits for, still is.
    async fn missed_key(&self, choice: &Choice, task: &SigningTask) -> Result<(), CommandError> {
        let signers = task.batch.awaiting.iter().flat_map(|awaiting| &awaiting.signers);
        let awaited: Vec<Item> = signers
            .filter(|signer| choice.keys.contains(&signer.fingerprint))
            .map(|signer| Item::SigningKey(signer.fingerprint.clone()))
            .collect();
        let there = self.keys.which_are_there(awaited.clone()).await?;
        match awaited.iter().zip(there).find(|(_, there)| !there) {
            Some((item, _)) => Err(not_here(item)),
            None => Ok(()),
        }
    }

    /// Signs a batch that passes every check; says what failed of one that doesn't.
    async fn sign_task(&self, session: &Session, task: &SigningTask) -> Result<Outcome, CommandError> {
        let situation = self.situation(session, task).await?;
        let known = self.desk.unattended.runs().left.get(&task.batch.id).cloned();
        if let Some((_, left)) = known.filter(|(then, _)| *then == situation) {
            return Ok(Outcome::Left(left));
        }
        let ledger = self.desk.ledger.lock().await;
        ledger.tidy(self.clock.now())?;
        let reviewed: Reviewed = self.review(session, &ledger, &task.batch.id).await?;
        if reviewed.review.unattended {
            self.sign(session, &ledger, reviewed).await?;
            return Ok(Outcome::Signed);
        }
        if reviewed.signers.is_empty() {
            // Another console that has the key was first.
            return Ok(Outcome::NotOurs);
        }
        let batch = &reviewed.review.batch;
        let left = LeftForPerson {
            batch_id: batch.id.clone(),
            output_region: batch.output_region.clone(),
            window_start: batch.window_start,
            window_end: batch.window_end,
            failed: failed_checks(&reviewed.review, |_| true),
        };
        tracing::warn!(batch = left.batch_id, "unattended signing left a batch for a person");
        self.desk.unattended.runs().left.insert(task.batch.id.clone(), (situation, left.clone()));
        Ok(Outcome::Left(left))
    }

    /// What a review comes from: where nothing of it changed, looking again soon finds the same.
    async fn situation(&self, session: &Session, task: &SigningTask) -> Result<Vec<String>, CommandError> {
        let approval = self.config_approval_in(session, &task.batch.config_id).await?;
        let files = task.batch.awaiting.iter().flat_map(|awaiting| &awaiting.files);
        let mut situation: Vec<String> = files.map(|file| format!("{} {}", file.number, file.digest)).collect();
        // Some checks look at the clock, so the same bytes are looked at again every hour.
        situation.push(format!("{approval:?} {}", self.clock.now().unix_seconds() / 3_600));
        Ok(situation)
    }
}

fn skipped(task: SigningTask, error: CommandError) -> SkippedBatch {
    let batch = task.batch;
    SkippedBatch {
        batch_id: batch.id,
        output_region: batch.output_region,
        window_start: batch.window_start,
        window_end: batch.window_end,
        error,
    }
}
