//! Looking at a batch before it is signed.

use super::batch_checks::batch_checks;
use super::checks::{for_a_person, judged};
use super::file_checks::{Expected, review_file};
use super::finding::DeskFinding;
use super::ledger::{Ledger, Place};
use super::terms::key_name;
use super::{Console, Session};
use crate::error::{ConsoleFault, KeyTrouble};
use crate::{CommandError, ErrorCode, ReviewCheck, ReviewedFile, SigningReview};
use tekport_api::batch::{AwaitedSigner, AwaitingSignature, Batch};

/// A review with what signing needs of it.
pub(super) struct Reviewed {
    pub(super) review: SigningReview,
    pub(super) awaiting: AwaitingSignature,
    /// The signers whose keys are here.
    pub(super) signers: Vec<AwaitedSigner>,
}

impl Console {
    /// Fetches every file of a batch that awaits signatures and checks it; signs nothing.
    ///
    /// # Errors
    /// When the batch doesn't await signatures, the daemon doesn't answer, or the keychain or the console's own data
    /// can't be read. What is wrong with the batch is in the review.
    pub async fn review_batch(&self, batch_id: &str) -> Result<SigningReview, CommandError> {
        let session = self.session().await?;
        let ledger = self.desk.ledger.lock().await;
        Ok(self.review(&session, &ledger, batch_id).await?.review)
    }

    pub(super) async fn review(
        &self,
        session: &Session,
        ledger: &Ledger,
        batch_id: &str,
    ) -> Result<Reviewed, CommandError> {
        let batch = session.client.get_batch(batch_id).await?;
        let awaiting = batch.awaiting.clone().ok_or_else(not_awaiting)?;
        let config = self.config_approval_in(session, &batch.config_id).await?;
        let approval = self.desk.approvals.find(&session.facts.ca_sha256, &batch.config_id)?;
        let signers = self.signers_here(&batch).await?;
        let now = self.clock.now();
        let checks = batch_checks(&batch, &awaiting, &config.now, approval.as_ref(), now);
        let expected = Expected::of(&batch, &awaiting, &config.now, now);
        let mut files = Vec::with_capacity(awaiting.files.len());
        for announced in awaiting.files.iter().cloned() {
            let bytes = session.client.unsigned_content(&batch.id, announced.number).await?;
            let expected = expected.clone();
            let work = move || review_file(&bytes, &announced, &expected);
            let mut file = tokio::task::spawn_blocking(work).await.map_err(|error| {
                let fault = ConsoleFault::BrokeOff { cause: error.to_string() };
                CommandError::said(ErrorCode::Internal, "The file can't be checked", &fault)
            })?;
            file.checks.push(first_signature(session, ledger, &batch, &file)?);
            files.push(file);
        }
        let all = || checks.iter().chain(files.iter().flat_map(|file| &file.checks));
        let acceptable = !signers.is_empty() && all().all(|check| check.passed || !check.blocking);
        let unattended = acceptable && all().all(|check| check.passed);
        let can_sign = signers.iter().map(|signer| key_name(&signer.key_id, &signer.key_version)).collect();
        let review = SigningReview { batch, config, can_sign, checks, files, acceptable, unattended };
        Ok(Reviewed { review, awaiting, signers })
    }
}

impl Place {
    pub(super) fn of(session: &Session, batch: &Batch, file: &ReviewedFile) -> Self {
        Self {
            daemon: session.facts.ca_sha256.clone(),
            config_id: batch.config_id.clone(),
            region: file.region.clone(),
            start: file.start_timestamp,
            end: file.end_timestamp,
        }
    }
}

/// This console signed nothing else under the same start and end.
fn first_signature(
    session: &Session,
    ledger: &Ledger,
    batch: &Batch,
    file: &ReviewedFile,
) -> Result<ReviewCheck, CommandError> {
    let signed = ledger.digests(&Place::of(session, batch, file))?;
    let others: Vec<&str> = signed.iter().filter(|digest| **digest != file.digest).map(String::as_str).collect();
    let finding = match (others.as_slice(), signed.is_empty()) {
        ([], true) => DeskFinding::NothingSigned,
        ([], false) => DeskFinding::SameSigned,
        (others, _) => DeskFinding::OthersSigned { digests: others.iter().map(ToString::to_string).collect() },
    };
    Ok(for_a_person("first-signature", judged(others.is_empty(), finding)))
}

fn not_awaiting() -> CommandError {
    CommandError::said(ErrorCode::NotAwaiting, "This batch waits for no signature", &KeyTrouble::NotAwaiting)
}
