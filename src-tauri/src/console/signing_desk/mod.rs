//! The signing desk: batches that wait for a signing key which never leaves an officer's keychain.
//!
//! The console believes nothing that it can check itself: it fetches what is to be signed, reads it byte for byte,
//! and holds it against the config that the officer approved on this computer.

mod approvals;
mod batch_checks;
mod checks;
mod file_checks;
mod finding;
mod ledger;
mod review;
mod signing;
mod terms;
mod unattended;

use super::{Console, Session, lists};
use crate::error::KeyTrouble;
use crate::keychain::Item;
use crate::{CommandError, ConfigApproval, ErrorCode, SigningTask, SigningTerms};
use approvals::{Approval, Approvals};
pub(crate) use finding::DeskFinding;
use ledger::Ledger;
use std::path::Path;
use tekport_api::batch::{AwaitedSigner, Batch};
use tekport_api::signing_key::Custody;
pub(crate) use terms::Term;
use terms::{changes, key_name, terms_of};
use tokio::sync::Mutex;
use unattended::Unattended;
pub(crate) use unattended::{DeskState, Trouble};

/// What the desk keeps in the console's data folder.
#[derive(Debug)]
pub(super) struct SigningDesk {
    approvals: Approvals,
    /// Held while something is signed, so that two hands never sign past each other.
    ledger: Mutex<Ledger>,
    unattended: Unattended,
}

impl SigningDesk {
    pub(super) fn in_folder(data: &Path) -> Self {
        Self {
            approvals: Approvals::in_folder(data),
            ledger: Mutex::new(Ledger::in_folder(data)),
            unattended: Unattended::in_folder(data),
        }
    }
}

impl Console {
    /// Lists the batches that wait for signatures, oldest window first, each with the keys here that it waits for.
    ///
    /// # Errors
    /// When the daemon doesn't answer, or the keychain doesn't say which keys it has.
    pub async fn signing_tasks(&self) -> Result<Vec<SigningTask>, CommandError> {
        let session = self.session().await?;
        self.tasks_of(&session).await
    }

    async fn tasks_of(&self, session: &Session) -> Result<Vec<SigningTask>, CommandError> {
        let mut tasks = Vec::new();
        for batch in lists::awaiting_batches(&session.client).await? {
            let can_sign = self.signers_here(&batch).await?;
            let can_sign = can_sign.iter().map(|signer| key_name(&signer.key_id, &signer.key_version)).collect();
            tasks.push(SigningTask { batch, can_sign });
        }
        tasks.sort_by(|left, right| {
            let order = |task: &SigningTask| (task.batch.window_start, task.batch.output_region.clone());
            order(left).cmp(&order(right))
        });
        Ok(tasks)
    }

    /// Returns a config's terms as they are now and as they were approved on this computer.
    ///
    /// # Errors
    /// When the daemon doesn't answer, or the console's own data can't be read.
    pub async fn config_approval(&self, config_id: &str) -> Result<ConfigApproval, CommandError> {
        let session = self.session().await?;
        self.config_approval_in(&session, config_id).await
    }

    async fn config_approval_in(&self, session: &Session, config_id: &str) -> Result<ConfigApproval, CommandError> {
        self.approval_of(session, current_terms(session, config_id).await?)
    }

    /// Approves a config's terms as an officer saw them: unattended signing holds files against them from now on.
    ///
    /// # Errors
    /// When the config was changed meanwhile, so that somebody would approve what nobody saw.
    pub async fn approve_config(&self, terms: SigningTerms) -> Result<ConfigApproval, CommandError> {
        let session = self.session().await?;
        let now = current_terms(&session, &terms.config_id).await?;
        if now != terms {
            let (code, title) = (ErrorCode::ChangedMeanwhile, "Somebody else changed this meanwhile");
            return Err(CommandError::said(code, title, &KeyTrouble::ConfigChanged));
        }
        tracing::info!(config = terms.config_id, region = terms.output_region, "a config was approved for signing");
        self.desk.approvals.keep(Approval {
            daemon: session.facts.ca_sha256.clone(),
            terms,
            approved_at: self.clock.now(),
        })?;
        self.approval_of(&session, now)
    }

    fn approval_of(&self, session: &Session, now: SigningTerms) -> Result<ConfigApproval, CommandError> {
        let approval = self.desk.approvals.find(&session.facts.ca_sha256, &now.config_id)?;
        let changed = approval.as_ref().map(|approval| changes(&approval.terms, &now)).unwrap_or_default();
        let changed = changed.iter().map(|term| term.name().to_owned()).collect();
        let approved_at = approval.as_ref().map(|approval| approval.approved_at);
        Ok(ConfigApproval { now, approved: approval.map(|approval| approval.terms), approved_at, changed })
    }

    /// The signers that a batch waits for and whose keys are in this computer's keychain.
    async fn signers_here(&self, batch: &Batch) -> Result<Vec<AwaitedSigner>, CommandError> {
        let Some(awaiting) = &batch.awaiting else { return Ok(Vec::new()) };
        let has_signed_all =
            |signer: &AwaitedSigner| awaiting.files.iter().all(|file| signer.signed.contains(&file.number));
        // The daemon adds the signatures of keys that it reaches itself, even of those that are here, too.
        let awaited = |signer: &&AwaitedSigner| signer.custody == Custody::Console && !has_signed_all(signer);
        let awaited: Vec<AwaitedSigner> = awaiting.signers.iter().filter(awaited).cloned().collect();
        let items = awaited.iter().map(|signer| Item::SigningKey(signer.fingerprint.clone())).collect();
        let there = self.keys.which_are_there(items).await?;
        Ok(awaited.into_iter().zip(there).filter(|(_, there)| *there).map(|(signer, _)| signer).collect())
    }
}

async fn current_terms(session: &Session, config_id: &str) -> Result<SigningTerms, CommandError> {
    let config = session.client.get_export_config(config_id).await?;
    Ok(terms_of(&config, &lists::signing_keys(&session.client).await?))
}
