//! The checks of what lies in the state folder and in storage.

use super::Finding;
use crate::audit;
use crate::config::Config;
use crate::pki::Pki;
use crate::storage::StorageTargets;
use crate::store::health::SchemaVersion;
use crate::store::{Store, StoreError};
use std::path::Path;
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_keys::at_rest::RootKey;

const DAY: i64 = 86_400;
/// The clock can't be right before this version was made: 2026-11-01T00:00:00Z.
const NOT_BEFORE: i64 = 1_793_491_200;
/// A clock that stands this far before what the audit log already has is wrong, not just adjusted.
const CLOCK_TOLERANCE: i64 = 300;

/// The folder is there and for its owner alone.
pub(super) fn state_folder(state: &Path) -> Finding {
    let check = "state-folder";
    let metadata = match std::fs::metadata(state) {
        Ok(metadata) => metadata,
        Err(error) => {
            let found = format!("{} can't be read: {error}", state.display());
            return Finding::bad(
                check,
                found,
                "Run doctor as the user that tekportd runs as, or name the folder with --state.",
            );
        }
    };
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777;
        if mode & 0o077 != 0 {
            let found = format!("{} is open to others than its owner (mode {mode:04o})", state.display());
            return Finding::warn(check, found, format!("Run: chmod 700 {}", state.display()));
        }
    }
    if metadata.is_dir() {
        Finding::good(check, state.display().to_string())
    } else {
        Finding::bad(check, format!("{} is no folder", state.display()), "Name the state folder with --state.")
    }
}

/// The schema is one that this version knows.
pub(super) fn schema(version: Result<SchemaVersion, StoreError>, database: &Path) -> Finding {
    let check = "database";
    let version = match version {
        Ok(version) => version,
        Err(error) => {
            let found = format!("{} can't be read: {:#}", database.display(), anyhow::Error::from(error));
            return Finding::bad(
                check,
                found,
                "Put it back from a backup, or make a new state folder with tekportd init.",
            );
        }
    };
    let shown = |version: Option<i64>| version.map_or("none".to_owned(), |version| version.to_string());
    let (applied, known) = (shown(version.applied), shown(version.known));
    match version.applied.cmp(&version.known) {
        std::cmp::Ordering::Equal => Finding::good(check, format!("schema version {applied}")),
        std::cmp::Ordering::Less => Finding::warn(
            check,
            format!("schema version {applied}; this tekportd has {known}"),
            "Nothing: the next start brings it up to date. Make a backup before.",
        ),
        std::cmp::Ordering::Greater => Finding::bad(
            check,
            format!("schema version {applied} is newer than this tekportd, which has {known}"),
            "Run the tekportd that made it, or a later one.",
        ),
    }
}

/// The root key opens the secrets, and the certificates last.
pub(super) async fn secrets_and_certificates(
    store: &Store,
    root_key: &RootKey,
    clock: &Clock,
    config: &Config,
) -> Vec<Finding> {
    let pki = match Pki::load_or_create(store, root_key, clock, &config.admin.certificate_names()).await {
        Ok(pki) => pki,
        Err(error) => {
            let next = "Put back the root key that this state folder was made with.";
            return vec![Finding::bad("secrets", format!("{:#}", anyhow::Error::from(error)), next)];
        }
    };
    vec![
        Finding::good("secrets", "the root key opens them"),
        expiry(
            "ca-certificate",
            clock.now(),
            pki.ca_not_after(),
            365 * DAY,
            "Plan a new state folder: every console has to enrol again before then.",
        ),
        expiry(
            "server-certificate",
            clock.now(),
            pki.server_not_after(),
            7 * DAY,
            "The daemon renews it by itself while it runs: start it.",
        ),
    ]
}

fn expiry(check: &str, now: UtcTime, not_after: UtcTime, warn_before: i64, next_step: &str) -> Finding {
    match not_after.unix_seconds() - now.unix_seconds() {
        left if left <= 0 => Finding::bad(check, format!("it ended {not_after}"), next_step),
        left if left < warn_before => {
            Finding::warn(check, format!("it ends {not_after}, in {} days", left / DAY), next_step)
        }
        left => Finding::good(check, format!("it ends {not_after}, in {} days", left / DAY)),
    }
}

/// The clock is neither before this version was made nor before what is already written down.
pub(super) async fn clock(store: &Store, clock: &Clock) -> Finding {
    let (check, now) = ("clock", clock.now());
    let next = "Set the clock, and keep it right with systemd-timesyncd or chrony: windows and embargoes go by it.";
    if now.unix_seconds() < NOT_BEFORE {
        return Finding::bad(check, format!("it says {now}, which lies before this version of tekportd"), next);
    }
    match store.newest_instant().await {
        Ok(Some(newest)) if newest.unix_seconds() > now.unix_seconds() + CLOCK_TOLERANCE => {
            Finding::bad(check, format!("it says {now}, but the audit log has an entry of {newest}"), next)
        }
        Ok(_) => Finding::good(check, format!("it says {now}")),
        Err(error) => {
            Finding::bad(check, format!("the audit log can't be read: {error}"), "See the finding on the database.")
        }
    }
}

/// Nobody changed the audit log behind the daemon's back.
pub(super) async fn audit_log(store: &Store) -> Finding {
    match audit::verify(store).await {
        Ok(entries) => {
            Finding::good("audit-log", format!("{entries} entries, each holding the hash of the one before"))
        }
        Err(error) => Finding::bad(
            "audit-log",
            error.to_string(),
            "Keep a copy of the database as evidence, and find out who can write to it.",
        ),
    }
}

/// Every storage target can be written, read and deleted from.
pub(super) async fn storage(config: &Config, state: &Path, clock: &Clock) -> Vec<Finding> {
    let targets = match StorageTargets::from_config(config, state) {
        Ok(targets) => targets,
        Err(error) => {
            return vec![Finding::bad("storage", error.to_string(), "Correct that target, then run doctor again.")];
        }
    };
    let mut findings = Vec::new();
    for target in targets.iter() {
        let shown = target.to_api();
        let check = format!("storage.{}", shown.name);
        let test = target.test(clock).await;
        findings.push(match test.steps.iter().find(|step| !step.passed) {
            None => Finding::good(&check, format!("{} can be written, read and deleted from", shown.location)),
            Some(step) => {
                let next = "Check that the place exists, has room, and that the user tekportd runs as may write there.";
                Finding::bad(&check, format!("{}: {}", step.step, step.detail), next)
            }
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    fn at(seconds: i64) -> UtcTime {
        UtcTime::saturating(seconds)
    }

    #[test]
    fn an_expiry_is_bad_when_over_and_warned_of_in_time() {
        let health = |left| expiry("c", at(1_800_000_000), at(1_800_000_000 + left), 7 * DAY, "renew").health;
        assert_eq!([health(0), health(DAY), health(8 * DAY)], [Health::Bad, Health::Warn, Health::Good]);
    }

    #[test]
    fn only_a_newer_schema_stops_this_version() {
        let health = |applied| schema(Ok(SchemaVersion { applied, known: Some(2) }), Path::new("db")).health;
        assert_eq!([health(None), health(Some(2)), health(Some(3))], [Health::Warn, Health::Good, Health::Bad]);
    }

    #[tokio::test]
    async fn a_clock_that_went_back_is_found_by_what_is_written_down() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let now = NOT_BEFORE + DAY;
        let mut transaction = store.begin().await.unwrap();
        let change = audit::Change {
            action: "daemon.init",
            resource_kind: "daemon",
            resource_id: "d".to_owned(),
            before: None,
            after: None,
        };
        let actor = audit::Actor::local();
        audit::append(&mut transaction, at(now), &actor, tekport_api::audit::AuditResult::Ok, change).await.unwrap();
        transaction.commit().await.unwrap();
        for (offset, health) in
            [(0, Health::Good), (-CLOCK_TOLERANCE, Health::Good), (-CLOCK_TOLERANCE - 1, Health::Bad)]
        {
            assert_eq!(clock(&store, &Clock::manual(at(now + offset))).await.health, health, "{offset}");
        }
        assert_eq!(clock(&store, &Clock::manual(at(NOT_BEFORE - 1))).await.health, Health::Bad);
        assert_eq!(audit_log(&store).await.health, Health::Good);
    }
}
