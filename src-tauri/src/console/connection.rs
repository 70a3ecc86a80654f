//! Which daemon this console belongs to, and whether it can be reached.

use super::marks::marks;
use super::{Console, Facts};
use crate::{CommandError, Connection, ConnectionState, ConnectionStep};
use std::collections::BTreeMap;
use tekport_api::Said;
use tekport_api::client::{Diagnosis, diagnose};

impl Connection {
    fn of(facts: Facts, marks: &BTreeMap<String, String>) -> Self {
        Self {
            state: ConnectionState::Enrolled,
            mark: marks.get(&facts.ca_sha256).cloned(),
            ca_sha256: Some(facts.ca_sha256),
            address: Some(facts.address),
            daemon: Some(facts.daemon),
            person: facts.person,
            certificate_not_after: Some(facts.certificate_not_after),
        }
    }

    fn none() -> Self {
        Self {
            state: ConnectionState::NotEnrolled,
            ca_sha256: None,
            mark: None,
            address: None,
            daemon: None,
            person: None,
            certificate_not_after: None,
        }
    }
}

impl Console {
    /// Returns which daemon this console shows, without asking it. The first call uses the code that the console was
    /// started with, where it has one: it joins that daemon, or shows it.
    ///
    /// # Errors
    /// When the console's own data can't be read, or that code fails.
    pub async fn connection(&self) -> Result<Connection, CommandError> {
        // Held until the enrolment is done: a second call must not answer "not enrolled" meanwhile.
        let mut code_at_start = self.code_at_start.lock().await;
        let shown = self.facts.read()?;
        let Some(code) = code_at_start.take() else { return self.as_shown(shown) };
        match (self.join_or_show(&code).await, shown) {
            (Ok(connection), _) => Ok(connection),
            (Err(error), Some(facts)) => {
                tracing::warn!(
                    code = %error.code,
                    detail = error.detail,
                    "the enrolment code given at the start failed"
                );
                self.as_shown(Some(facts))
            }
            (Err(error), None) => Err(error),
        }
    }

    /// Returns the daemon that is shown now, whoever asks; what belongs in the window's title.
    ///
    /// # Errors
    /// When the console's own data can't be read.
    pub fn shown_daemon(&self) -> Result<Connection, CommandError> {
        self.as_shown(self.facts.read()?)
    }

    /// A daemon as the pages see it.
    pub(super) fn as_shown(&self, facts: Option<Facts>) -> Result<Connection, CommandError> {
        let marks = marks(&self.facts.all()?);
        Ok(facts.map_or_else(Connection::none, |facts| Connection::of(facts, &marks)))
    }

    /// Joins the daemon of a code, or shows it where this console belongs to it already.
    async fn join_or_show(&self, code: &str) -> Result<Connection, CommandError> {
        let daemon = self.inspect_code(code)?.ca_sha256;
        if self.facts.all()?.iter().any(|facts| facts.ca_sha256 == daemon) {
            self.switch_daemon(&daemon).await
        } else {
            self.enrol(code).await
        }
    }

    /// Returns every daemon that this console belongs to, in the order in which they were joined.
    ///
    /// # Errors
    /// When the console's own data can't be read.
    pub fn list_daemons(&self) -> Result<Vec<Connection>, CommandError> {
        let daemons = self.facts.all()?;
        let marks = marks(&daemons);
        Ok(daemons.into_iter().map(|facts| Connection::of(facts, &marks)).collect())
    }

    /// Shows another of them from now on.
    ///
    /// # Errors
    /// When this console doesn't belong to that daemon, or its own data can't be written.
    pub async fn switch_daemon(&self, ca_sha256: &str) -> Result<Connection, CommandError> {
        let mut session = self.session.lock().await;
        let facts = self.facts.switch(ca_sha256)?.ok_or_else(super::not_enrolled)?;
        *session = None;
        tracing::info!(address = facts.address, "switched to another daemon");
        self.look_again();
        self.as_shown(Some(facts))
    }

    /// Takes the steps to the daemon one by one, each with a time limit, and stops after the first that fails.
    ///
    /// # Errors
    /// When this console belongs to no daemon, or its key can't be had.
    pub async fn test_connection(&self) -> Result<Vec<ConnectionStep>, CommandError> {
        let client = self.client().await?;
        Ok(diagnose(&client).await.into_iter().map(ConnectionStep::from).collect())
    }
}

impl From<Diagnosis> for ConnectionStep {
    fn from(found: Diagnosis) -> Self {
        Self {
            name: found.step.as_str().to_owned(),
            passed: found.outcome.is_ok(),
            message: found.outcome.as_ref().map_or_else(Said::message, Said::message),
            detail: found.outcome.map_or_else(|error| error.to_string(), |finding| finding.to_string()),
        }
    }
}
