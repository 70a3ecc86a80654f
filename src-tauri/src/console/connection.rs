//! Which daemon this console belongs to, and whether it can be reached.

use super::{Console, Facts};
use crate::{CommandError, Connection, ConnectionState, ConnectionStep};
use tekport_api::client::{Diagnosis, diagnose};

impl Connection {
    pub(super) fn of(facts: Facts) -> Self {
        Self {
            state: ConnectionState::Enrolled,
            address: Some(facts.address),
            daemon: Some(facts.daemon),
            person: facts.person,
            certificate_not_after: Some(facts.certificate_not_after),
        }
    }

    fn none() -> Self {
        Self {
            state: ConnectionState::NotEnrolled,
            address: None,
            daemon: None,
            person: None,
            certificate_not_after: None,
        }
    }
}

impl Console {
    /// Returns which daemon this console belongs to, without asking it. The first call uses the code that the
    /// console was started with, where it has one and needs one.
    ///
    /// # Errors
    /// When the console's own data can't be read, or that code fails.
    pub async fn connection(&self) -> Result<Connection, CommandError> {
        // Held until the enrolment is done: a second call must not answer "not enrolled" meanwhile.
        let mut code_at_start = self.code_at_start.lock().await;
        match (self.facts.read()?, code_at_start.take()) {
            (Some(facts), _) => Ok(Connection::of(facts)),
            (None, Some(code)) => self.enrol(&code).await,
            (None, None) => Ok(Connection::none()),
        }
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
            detail: found.outcome.unwrap_or_else(|error| error.to_string()),
        }
    }
}
