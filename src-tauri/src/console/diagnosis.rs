//! What the console knows of itself and of its daemon, for somebody who helps.

use super::Console;
use crate::CommandError;
use crate::diagnostics::{Answered, DaemonFacts, Diagnostics, Failures, System, Word, shortened};
use std::collections::BTreeMap;
use std::path::Path;
use tekport_api::status::Status;

impl Console {
    /// Puts together what helps, with what the daemon says now. Asks nobody for anything, and never fails: what can't
    /// be found out is said to be so. `home` is the person's own folder.
    pub async fn diagnostics(&self, system: System, failures: &Failures, home: Option<&Path>) -> Diagnostics {
        let daemons = self.facts.all().unwrap_or_default().into_iter().map(|facts| facts.daemon.environment).collect();
        Diagnostics {
            at: self.clock.now(),
            system,
            keychain: self.keychain_status().await.state,
            data: shortened(&self.places.data, home),
            daemons,
            daemon: self.daemon_facts().await,
            failures: failures.list(),
        }
    }

    async fn daemon_facts(&self) -> DaemonFacts {
        let shown = match self.facts.read() {
            Ok(Some(facts)) => facts,
            Ok(None) => return DaemonFacts::None,
            Err(error) => return DaemonFacts::Silent { code: Word::of(error.code.as_str()) },
        };
        match self.ask_status().await {
            Ok(status) => {
                let now = self.clock.now().unix_seconds();
                DaemonFacts::Answers(Box::new(Answered {
                    environment: status.daemon.environment,
                    version: Word::of(&status.version),
                    up_seconds: status.now.unix_seconds() - status.started_at.unix_seconds(),
                    clock_ahead_seconds: now - status.now.unix_seconds(),
                    certificate_seconds: shown.certificate_not_after.unix_seconds() - now,
                    ca_seconds: status.ca_not_after.unix_seconds() - now,
                    attention: kinds(&status),
                }))
            }
            Err(error) => DaemonFacts::Silent { code: Word::of(error.code.as_str()) },
        }
    }

    async fn ask_status(&self) -> Result<Status, CommandError> {
        Ok(self.quiet_client().await?.status().await?)
    }
}

/// The kinds of what needs a person, in alphabetical order, with how often each is there.
fn kinds(status: &Status) -> Vec<(Word, usize)> {
    let mut counts = BTreeMap::new();
    for attention in &status.attention {
        *counts.entry(attention.kind.as_str()).or_insert(0) += 1;
    }
    counts.into_iter().map(|(kind, count)| (Word::of(kind), count)).collect()
}
