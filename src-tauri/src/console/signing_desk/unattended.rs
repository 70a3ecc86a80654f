//! Signing by itself, while the keychain is unlocked: only what passes every check, and only for configs that an
//! officer approved and chose. It asks nobody for anything, and what it may not sign it leaves.

mod failures;
mod tasks;

use super::terms::changes;
use super::{Console, Session};
use crate::console::data_file::{read_json, write_json};
use crate::console::{lists, not_enrolled};
use crate::error::KeyTrouble;
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, LeftForPerson, SigningTask, SigningTerms, UnattendedRun, UnattendedSigning};
pub(crate) use failures::Trouble;
use failures::{Failing, Reach, Refusals, reach};
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
    /// What couldn't be signed, and how often.
    refusals: Refusals,
    /// The runs in a row that failed, up to the last one.
    failing: Option<Failing>,
}

impl Runs {
    fn stop(&mut self, error: CommandError) {
        tracing::warn!(code = %error.code, detail = error.detail, "unattended signing stopped");
        self.stopped = Some(error);
    }

    /// What a person is to be told now.
    fn trouble(&self) -> Option<Trouble> {
        let failing = self.failing.and_then(Failing::worth_telling);
        let error = || self.last_result.as_ref().and_then(|run| run.error.clone());
        match &self.stopped {
            Some(error) => Some(Trouble { error: error.clone(), stopped: true }),
            None => failing.and_then(|_| error()).map(|error| Trouble { error, stopped: false }),
        }
    }
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
    trouble: watch::Sender<Option<Trouble>>,
}

impl Unattended {
    pub(super) fn in_folder(data: &Path) -> Self {
        Self {
            file: data.join("unattended-signing.json"),
            runs: Mutex::default(),
            nudge: Notify::new(),
            state: watch::Sender::default(),
            trouble: watch::Sender::default(),
        }
    }

    fn choice(&self) -> Result<Option<Choice>, CommandError> {
        Ok(read_json(&self.file)?.flatten())
    }

    fn runs(&self) -> MutexGuard<'_, Runs> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whoever watches how the last run left it.
    fn tell(&self) {
        let now = self.runs().trouble();
        self.trouble.send_if_modified(|told| std::mem::replace(told, now.clone()) != now);
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
            failing_since: runs.failing.and_then(Failing::worth_telling),
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
        unattended.tell();
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
        let trouble = KeyTrouble::NotApproved { region: now.output_region };
        Err(CommandError::said(ErrorCode::ConfigNotApproved, "This config is not approved for signing", &trouble))
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
            let trouble = KeyTrouble::NoKeyHere { region: terms.output_region.clone() };
            let (code, title) = (ErrorCode::KeyNotHere, "This key is not in this computer's keychain");
            return Err(CommandError::said(code, title, &trouble));
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

    /// What a person is to be told of unattended signing, and when that changes.
    pub(crate) fn desk_trouble(&self) -> watch::Receiver<Option<Trouble>> {
        self.desk.unattended.trouble.subscribe()
    }

    /// One run. Asks nobody for anything: a keychain that isn't open is left alone.
    pub(crate) async fn run_desk(&self) {
        let unattended = &self.desk.unattended;
        let choice = match unattended.choice() {
            Ok(choice) => choice.filter(|_| unattended.runs().stopped.is_none()),
            Err(error) => {
                unattended.runs().stop(error);
                unattended.tell();
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
        let now = self.clock.now();
        {
            let mut runs = unattended.runs();
            if let Some(error) = run.error.clone().filter(|error| reach(error) == Reach::Person) {
                runs.stop(error);
            }
            runs.failing = run.error.as_ref().map(|_| Failing::once_more(runs.failing, now));
            runs.last_run_at = Some(now);
            runs.last_result = Some(run);
            if runs.stopped.is_some() {
                unattended.state.send_if_modified(|state| std::mem::take(&mut state.unattended));
            }
        }
        unattended.tell();
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
}
