//! How every daemon is that this console belongs to, not only the one that is shown. Asked quietly, for the tray and the
//! notifications.

use super::marks::marks;
use super::{Console, Facts, Session};
use crate::CommandError;
use std::time::Duration;
use tekport_api::UtcTime;
use tekport_api::client::Client;
use tekport_api::enrolment::Environment;
use tekport_api::status::Attention;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// What is known of a daemon from before.
#[derive(Debug, Default)]
pub(super) struct Watched {
    /// The connection, where another daemon is shown.
    session: Option<Session>,
    /// Since when it is out of reach.
    lost_since: Option<UtcTime>,
}

/// How a daemon is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Health {
    /// It answered: this is what needs a person.
    Answers(Vec<Attention>),
    /// It doesn't answer, or not as itself.
    OutOfReach {
        /// For so long by now.
        seconds: i64,
    },
    /// It was not asked, for instance since the keychain is locked, or lets this console in no longer.
    NotKnown,
}

/// A daemon and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sight {
    /// SHA-256 of its CA certificate, lower-case hex.
    pub(crate) ca_sha256: String,
    pub(crate) mark: String,
    pub(crate) name: String,
    pub(crate) environment: Environment,
    /// Whether the pages show it.
    pub(crate) shown: bool,
    pub(crate) health: Health,
}

impl Console {
    /// Looks around every `pause`, and whenever somebody wants to know, as long as the console runs.
    pub(crate) async fn watch_daemons(&self, pause: Duration, sights: watch::Sender<Vec<Sight>>) {
        loop {
            match self.look_around().await {
                Ok(seen) => {
                    sights.send_replace(seen);
                }
                Err(error) => {
                    tracing::warn!(code = error.code.as_str(), detail = error.detail, "not known how the daemons are");
                    sights.send_modify(|sights| sights.iter_mut().for_each(|sight| sight.health = Health::NotKnown));
                }
            }
            // Elapsing is what it is for.
            let _ = tokio::time::timeout(pause, self.look_again.notified()).await;
        }
    }

    /// Has the daemons looked at now.
    pub(crate) fn look_again(&self) {
        self.look_again.notify_one();
    }

    /// Asks every daemon at once how it is. Makes no keychain ask for its password.
    ///
    /// # Errors
    /// When the console's own data can't be read.
    pub(crate) async fn look_around(&self) -> Result<Vec<Sight>, CommandError> {
        let (daemons, shown) = (self.facts.all()?, self.facts.read()?.map(|facts| facts.ca_sha256));
        let marks = marks(&daemons);
        self.watched.lock().await.retain(|ca, _| daemons.iter().any(|facts| facts.ca_sha256 == *ca));
        let mut asked = JoinSet::new();
        for (place, facts) in daemons.into_iter().enumerate() {
            let (console, mark) = (self.clone(), marks.get(&facts.ca_sha256).cloned().unwrap_or_default());
            let shown = shown.as_ref() == Some(&facts.ca_sha256);
            asked.spawn(async move {
                let health = console.look_at(&facts, shown).await;
                let Facts { ca_sha256, daemon, .. } = facts;
                (place, Sight { ca_sha256, mark, name: daemon.name, environment: daemon.environment, shown, health })
            });
        }
        let mut sights = asked.join_all().await;
        sights.sort_by_key(|(place, _)| *place);
        Ok(sights.into_iter().map(|(_, sight)| sight).collect())
    }

    async fn look_at(&self, facts: &Facts, shown: bool) -> Health {
        let answer = match self.watching_client(facts, shown).await {
            Ok(client) => client.status().await.map_err(CommandError::from),
            Err(error) => Err(error),
        };
        let now = self.clock.now();
        let mut watched = self.watched.lock().await;
        let watched = watched.entry(facts.ca_sha256.clone()).or_default();
        match answer {
            Ok(status) => {
                watched.lost_since = None;
                Health::Answers(status.attention)
            }
            Err(error) if is_out_of_reach(&error) => {
                let since = *watched.lost_since.get_or_insert(now);
                Health::OutOfReach { seconds: now.unix_seconds() - since.unix_seconds() }
            }
            Err(_) => Health::NotKnown,
        }
    }

    async fn watching_client(&self, facts: &Facts, shown: bool) -> Result<Client, CommandError> {
        if shown {
            return self.asked_at(&facts.ca_sha256).quiet_client().await;
        }
        let kept = self.watched.lock().await.get_mut(&facts.ca_sha256).and_then(|watched| watched.session.take());
        let session = match kept.filter(|session| session.facts == *facts) {
            Some(session) => session,
            None => {
                self.keys.check().await?;
                self.open(facts.clone()).await?
            }
        };
        let session = self.renewed_if_due(session).await;
        let client = session.client.clone();
        self.watched.lock().await.entry(facts.ca_sha256.clone()).or_default().session = Some(session);
        Ok(client)
    }
}

/// Whether the daemon can't be had as it should be, as opposed to this console not being let ask.
fn is_out_of_reach(error: &CommandError) -> bool {
    ["offline", "timeout", "tls", "not-tekport", "unavailable", "internal"].contains(&error.code.as_str())
}
