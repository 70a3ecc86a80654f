//! Signing by itself, while the keychain is unlocked: only what passes every check, and only for configs that an
//! officer approved and chose. It asks nobody for anything, and what it may not sign it leaves.

use super::review::Reviewed;
use super::signing::failed_checks;
use super::terms::changes;
use super::{Console, Session};
use crate::console::data_file::{read_json, write_json};
use crate::console::signing_keys::not_here;
use crate::console::{lists, not_enrolled};
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, LeftForPerson, SigningTask, SigningTerms, UnattendedRun, UnattendedSigning};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tekport_api::UtcTime;
use tekport_api::signing_key::{Custody, SigningKey};
use tokio::sync::{Notify, watch};

/// What a person chose: kept, so that it goes on after a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    /// SHA-256 of the CA certificate of the daemon that it is for, lower-case hex.
    daemon: String,
    config_ids: Vec<String>,
    /// The fingerprints of the keys here that it signs with: one that is gone has to be missed.
    keys: Vec<String>,
}

/// What is known of the last runs.
#[derive(Debug, Default)]
struct Runs {
    stopped: Option<CommandError>,
    last_run_at: Option<UtcTime>,
    last_result: Option<UnattendedRun>,
    /// What was left for a person, and what it was like then: it isn't fetched again until that changes.
    left: HashMap<String, (Vec<String>, LeftForPerson)>,
}

/// What the tray shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DeskState {
    /// Batches that wait for a key of this computer's keychain; absent where that isn't known.
    pub(crate) waiting: Option<usize>,
    /// Whether they are signed unattended.
    pub(crate) unattended: bool,
}

/// Unattended signing as it stands.
#[derive(Debug)]
pub(in crate::console) struct Unattended {
    file: PathBuf,
    runs: Mutex<Runs>,
    nudge: Notify,
    state: watch::Sender<DeskState>,
}

impl Unattended {
    pub(super) fn in_folder(data: &Path) -> Self {
        Self {
            file: data.join("unattended-signing.json"),
            runs: Mutex::default(),
            nudge: Notify::new(),
            state: watch::Sender::default(),
        }
    }

    fn choice(&self) -> Result<Option<Choice>, CommandError> {
        Ok(read_json(&self.file)?.flatten())
    }

    fn runs(&self) -> MutexGuard<'_, Runs> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Console {
    /// Returns whether this console signs by itself, and how that goes. `tray` is left to whoever has one.
    ///
    /// # Errors
    /// When the console's own data can't be read.
    pub fn unattended_signing(&self, tray: bool) -> Result<UnattendedSigning, CommandError> {
        let choice = self.desk.unattended.choice()?;
        let runs = self.desk.unattended.runs();
        Ok(UnattendedSigning {
            enabled: choice.is_some(),
            config_ids: choice.map(|choice| choice.config_ids).unwrap_or_default(),
            stopped: runs.stopped.clone(),
            last_run_at: runs.last_run_at,
            last_result: runs.last_result.clone(),
            tray,
        })
    }

    /// Turns unattended signing on for these configs of the daemon that is shown, or off.
    ///
    /// # Errors
    /// When one of the configs isn't approved as it is now, or the daemon doesn't answer; then nothing changes.
    pub async fn set_unattended_signing(&self, enabled: bool, config_ids: Vec<String>) -> Result<(), CommandError> {
        let unattended = &self.desk.unattended;
        let choice = if enabled {
            let session = self.session().await?;
            let mut keys = Vec::new();
            for id in &config_ids {
                let terms = self.must_be_approved(&session, id).await?;
                keys.extend(self.keys_here_for(&session, &terms).await?);
            }
            Some(Choice { daemon: session.facts.ca_sha256, config_ids, keys })
        } else {
            None
        };
        write_json(&unattended.file, &choice)?;
        *unattended.runs() = Runs::default();
        tracing::info!(enabled, "unattended signing was set");
        unattended.state.send_modify(|state| state.unattended = enabled);
        unattended.nudge.notify_one();
        Ok(())
    }

    async fn must_be_approved(&self, session: &Session, config_id: &str) -> Result<SigningTerms, CommandError> {
        let now = super::current_terms(session, config_id).await?;
        let approval = self.desk.approvals.find(&session.facts.ca_sha256, config_id)?;
        if approval.is_some_and(|approval| changes(&approval.terms, &now).is_empty()) {
            return Ok(now);
        }
        let text = format!(
            "the config of {} isn't approved on this computer as it is now, so nothing was changed; look at its terms \
             and approve them first",
            now.output_region
        );
        Err(CommandError::new(ErrorCode::ConfigNotApproved, "This config is not approved for signing", &text))
    }

    /// The keys in console custody that sign for a config and are in this computer's keychain: at least one.
    async fn keys_here_for(&self, session: &Session, terms: &SigningTerms) -> Result<Vec<String>, CommandError> {
        let signs_here = |key: &SigningKey| {
            key.custody == Custody::Console && terms.signers.iter().any(|signer| signer.fingerprint == key.fingerprint)
        };
        let keys = lists::signing_keys(&session.client).await?.into_iter().filter(signs_here);
        let fingerprints: Vec<String> = keys.map(|key| key.fingerprint).collect();
        let items = fingerprints.iter().cloned().map(Item::SigningKey).collect();
        let there = self.keys.which_are_there(items).await?;
        let here: Vec<String> =
            fingerprints.into_iter().zip(there).filter(|(_, there)| *there).map(|(key, _)| key).collect();
        if here.is_empty() {
            let text = format!(
                "no key that signs for {} is in this computer's keychain; turn unattended signing on where such a key \
                 is, or restore it here from its backup",
                terms.output_region
            );
            return Err(CommandError::new(ErrorCode::KeyNotHere, "This key is not in this computer's keychain", &text));
        }
        Ok(here)
    }

    /// Looks at what waits and signs it where that was asked for, every `pause` and whenever the choice changes, as
    /// long as the console runs.
    pub(crate) async fn watch_desk(&self, pause: Duration) {
        loop {
            self.run_desk().await;
            // Elapsing is what it is for.
            let _ = tokio::time::timeout(pause, self.desk.unattended.nudge.notified()).await;
        }
    }

    /// What the tray shows, and when it changes.
    pub(crate) fn desk_state(&self) -> watch::Receiver<DeskState> {
        self.desk.unattended.state.subscribe()
    }

    /// One run. Asks nobody for anything: a keychain that isn't open is left alone.
    pub(crate) async fn run_desk(&self) {
        let unattended = &self.desk.unattended;
        let choice = match unattended.choice() {
            Ok(choice) => choice.filter(|_| unattended.runs().stopped.is_none()),
            Err(error) => {
                unattended.runs().stopped = Some(error);
                None
            }
        };
        let outcome = self.quiet_tasks(choice.as_ref()).await;
        let waiting = |tasks: &[SigningTask]| tasks.iter().filter(|task| !task.can_sign.is_empty()).count();
        let waiting = match &outcome {
            Ok((_, tasks)) => Some(waiting(tasks)),
            // Where there is no daemon nothing waits; where it can't be asked, nobody knows.
            Err(error) => (error.code == "not-enrolled").then_some(0),
        };
        unattended.state.send_if_modified(|state| {
            let now = DeskState { waiting, unattended: choice.is_some() };
            std::mem::replace(state, now) != now
        });
        let Some(choice) = choice else { return };
        let run = match outcome {
            Ok((session, tasks)) => self.sign_unattended(&session, &choice, tasks).await,
            Err(error) => UnattendedRun { error: Some(error), ..UnattendedRun::default() },
        };
        let mut runs = unattended.runs();
        if let Some(error) = run.error.clone().filter(stops) {
            tracing::warn!(code = %error.code, detail = error.detail, "unattended signing stopped");
            runs.stopped = Some(error);
        }
        runs.last_run_at = Some(self.clock.now());
        runs.last_result = Some(run);
    }

    /// The batches that wait for signatures, of the chosen daemon or else of the one that is shown.
    async fn quiet_tasks(&self, choice: Option<&Choice>) -> Result<(Session, Vec<SigningTask>), CommandError> {
        let shown = self.shown()?;
        if choice.is_none() && shown.is_none() {
            return Err(not_enrolled());
        }
        self.keys.check().await?;
        let session = match (choice, shown) {
            (Some(choice), shown) if shown.as_ref().is_none_or(|facts| facts.ca_sha256 != choice.daemon) => {
                let other = self.facts.all()?.into_iter().find(|facts| facts.ca_sha256 == choice.daemon);
                self.renewed_if_due(self.open(other.ok_or_else(not_enrolled)?).await?).await
            }
            _ => self.session().await?,
        };
        let tasks = self.tasks_of(&session).await?;
        Ok((session, tasks))
    }

    async fn sign_unattended(&self, session: &Session, choice: &Choice, tasks: Vec<SigningTask>) -> UnattendedRun {
        let mut run = UnattendedRun::default();
        let mut left = HashMap::new();
        for task in tasks.into_iter().filter(|task| choice.config_ids.contains(&task.batch.config_id)) {
            let outcome = match self.missed_key(choice, &task).await {
                Ok(()) if task.can_sign.is_empty() => continue,
                Ok(()) => self.sign_task(session, &task).await,
                Err(error) => Err(error),
            };
            match outcome {
                Ok(None) => run.signed_batch_ids.push(task.batch.id),
                Ok(Some(for_person)) => {
                    run.left.push(for_person.1.clone());
                    left.insert(task.batch.id, for_person);
                }
                // Somebody else signed it meanwhile, or the daemon made it anew: the next run sees.
                Err(error) if error.code == "not-awaiting" => {}
                Err(error) => {
                    run.error = Some(error);
                    break;
                }
            }
        }
        self.desk.unattended.runs().left = left;
        run
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

    /// Signs a batch that passes every check; returns what failed of one that doesn't.
    async fn sign_task(
        &self,
        session: &Session,
        task: &SigningTask,
    ) -> Result<Option<(Vec<String>, LeftForPerson)>, CommandError> {
        let situation = self.situation(session, task).await?;
        let known = self.desk.unattended.runs().left.get(&task.batch.id).cloned();
        if let Some(known) = known.filter(|(then, _)| *then == situation) {
            return Ok(Some(known));
        }
        let ledger = self.desk.ledger.lock().await;
        ledger.tidy(self.clock.now())?;
        let reviewed: Reviewed = self.review(session, &ledger, &task.batch.id).await?;
        if reviewed.review.unattended {
            self.sign(session, &ledger, reviewed).await?;
            return Ok(None);
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
        Ok(Some((situation, left)))
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

/// Whether a person has to look before it makes sense to go on. A daemon out of reach comes back by itself, and a
/// locked keychain is unlocked for other reasons, too.
fn stops(error: &CommandError) -> bool {
    const PASSES: [ErrorCode; 7] = [
        ErrorCode::Offline,
        ErrorCode::Timeout,
        ErrorCode::Unavailable,
        ErrorCode::TooManyRequests,
        ErrorCode::KeychainLocked,
        ErrorCode::KeychainMissing,
        ErrorCode::KeychainNoAnswer,
    ];
    !PASSES.contains(&error.code)
}
