//! `tekportd doctor`: checks everything the daemon needs and says of each finding what to do. It changes nothing but
//! what a storage test writes and deletes again, and a server certificate that is due, which it renews as `serve` does.

mod checks;
mod ports;
mod token;

use super::open::{DATABASE, open_store, read_root_key};
use super::{environment, print_json};
use crate::config::{Config, Location};
use crate::store::health::schema_version;
use clap::Args;
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;
use tekport_api::Clock;

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Health {
    Good,
    /// It works, and somebody should look at it in time.
    Warn,
    /// It doesn't work.
    Bad,
}

/// What one check found.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Finding {
    check: String,
    health: Health,
    found: String,
    /// What to do; empty when all is good.
    next_step: String,
}

impl Finding {
    fn good(check: &str, found: impl Into<String>) -> Self {
        Self { check: check.to_owned(), health: Health::Good, found: found.into(), next_step: String::new() }
    }

    fn warn(check: &str, found: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self { check: check.to_owned(), health: Health::Warn, found: found.into(), next_step: next_step.into() }
    }

    fn bad(check: &str, found: impl Into<String>, next_step: impl Into<String>) -> Self {
        Self { check: check.to_owned(), health: Health::Bad, found: found.into(), next_step: next_step.into() }
    }
}

impl Doctor {
    /// Exit status 0 when nothing is bad, 1 when something is.
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        let findings = examine(location, &Clock::system()).await;
        let bad = findings.iter().any(|finding| finding.health == Health::Bad);
        if self.json {
            print_json(&serde_json::json!({ "healthy": !bad, "findings": findings }))?;
        } else {
            print!("{}", report(&findings));
        }
        Ok(if bad { ExitCode::from(1) } else { ExitCode::SUCCESS })
    }
}

/// Runs every check that can be run; those that need what another found missing are left out.
async fn examine(location: &Location, clock: &Clock) -> Vec<Finding> {
    let config = match Config::load(location, environment()) {
        Ok(config) => config,
        Err(error) => {
            return vec![Finding::bad("configuration", error.to_string(), "Correct it, then run doctor again.")];
        }
    };
    let state = location.state_folder(&config);
    let mut findings = vec![Finding::good("configuration", location.config.display().to_string())];
    findings.push(checks::state_folder(&state));
    let root_key = match read_root_key(&config, &state).await {
        Ok(key) => {
            findings.push(Finding::good("root-key", "it can be read, by its owner alone"));
            Some(key)
        }
        Err(error) => {
            let next = "Put the root key back as it was, from its copy if need be: another one opens nothing.";
            findings.push(Finding::bad("root-key", format!("{error:#}"), next));
            None
        }
    };
    let database = state.join(DATABASE);
    let schema = checks::schema(schema_version(&database).await, &database);
    let usable = schema.health != Health::Bad;
    findings.push(schema);
    if usable && let Some(root_key) = root_key {
        findings.extend(store_findings(&config, &state, &database, &root_key, clock).await);
    }
    findings.extend(checks::storage(&config, &state, clock).await);
    findings.extend(ports::ports(&config, &state).await);
    findings
}

async fn store_findings(
    config: &Config,
    state: &Path,
    database: &Path,
    root_key: &tekport_keys::at_rest::RootKey,
    clock: &Clock,
) -> Vec<Finding> {
    let store = match open_store(database).await {
        Ok(store) => store,
        Err(error) => {
            return vec![Finding::bad("database", format!("{error:#}"), "Put the database back from a backup.")];
        }
    };
    let mut findings = checks::secrets_and_certificates(&store, root_key, clock, config).await;
    findings.push(checks::clock(&store, clock).await);
    findings.push(checks::audit_log(&store).await);
    findings.extend(token::token(config, state, &store).await);
    findings
}

fn report(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let mark = match finding.health {
            Health::Good => "good",
            Health::Warn => "WARN",
            Health::Bad => "BAD ",
        };
        text.push_str(&format!("{mark}  {:<20} {}\n", finding.check, finding.found.replace('\n', "\n      ")));
        if !finding.next_step.is_empty() {
            text.push_str(&format!("      {:<20} -> {}\n", "", finding.next_step));
        }
    }
    let count = |health| findings.iter().filter(|finding| finding.health == health).count();
    text.push_str(&format!(
        "\n{} good, {} to look at, {} bad\n",
        count(Health::Good),
        count(Health::Warn),
        count(Health::Bad)
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_shows_what_to_do_below_each_finding() {
        let findings = [
            Finding::good("configuration", "tekportd.toml"),
            Finding::warn("ca-certificate", "it ends in 100 days", "Plan a new CA."),
            Finding::bad("storage.local", "write: no room", "Make room."),
        ];
        insta::assert_snapshot!(report(&findings), @r"
        good  configuration        tekportd.toml
        WARN  ca-certificate       it ends in 100 days
                                   -> Plan a new CA.
        BAD   storage.local        write: no room
                                   -> Make room.

        1 good, 1 to look at, 1 bad
        ");
    }
}
