//! The audit log seen from the console: what it remembers of it, and the copy it saves.

use super::daemon::ok;
use super::*;
use crate::view::AuditFormat;
use serde_json::json;
use std::path::Path;
use tekport_api::audit::{AuditBreakKind, AuditEntry, AuditFilter, AuditHead, AuditResult, NO_ENTRY};

/// So many entries are on a page of the fake daemon.
const PAGE: usize = 2;

impl FakeDaemon {
    /// Writes entries until the log has so many, about `name`.
    pub(super) fn log_grows_to(&self, entries: u32, name: &str) {
        let mut audit = self.audit.lock().unwrap();
        for sequence in u32::try_from(audit.len()).unwrap() + 1..=entries {
            let mut entry = AuditEntry {
                sequence,
                at: UtcTime::saturating(1_000_000 + i64::from(sequence)),
                actor_id: "local".to_owned(),
                actor_name: "=cmd".to_owned(),
                certificate: None,
                action: "person.invite".to_owned(),
                resource_kind: "person".to_owned(),
                resource_id: "p1".to_owned(),
                result: AuditResult::Ok,
                before: None,
                after: Some(json!({ "name": name })),
                previous_hash: audit.last().map_or(NO_ENTRY.to_owned(), |last| last.hash.clone()),
                hash: String::new(),
            };
            entry.hash = entry.computed_hash();
            audit.push(entry);
        }
    }

    pub(super) fn audit_answer(&self, parts: &[&str], path: &str) -> Option<(u16, Vec<u8>)> {
        let query = path.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let asked = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let audit = self.audit.lock().unwrap();
        let head = |entry: &AuditEntry| AuditHead { sequence: entry.sequence, hash: entry.hash.clone() };
        match parts {
            ["audit"] => {
                let skip = asked("cursor").map_or(0, |cursor| cursor.parse().unwrap());
                let newest_first: Vec<&AuditEntry> = audit.iter().rev().skip(skip).collect();
                let more = newest_first.len() > PAGE;
                let items = &newest_first[..newest_first.len().min(PAGE)];
                Some(ok(&json!({"items": items, "next_cursor": more.then(|| (skip + PAGE).to_string())})))
            }
            ["audit", "verification"] => {
                let at = asked("at").and_then(|at| audit.iter().find(|entry| entry.sequence.to_string() == at));
                let claimed = self.claimed_audit_head.lock().unwrap().clone();
                Some(ok(&json!({
                    "checked_at": super::daemon::TIME, "head": claimed.as_ref().or(audit.last()).map(head), "broken": null,
                    "at": at.map(head),
                })))
            }
            _ => None,
        }
    }
}

#[tokio::test]
async fn a_log_that_grew_agrees_with_what_was_seen_of_it_before() {
    let desk = Desk::enrolled().await;
    desk.daemon.log_grows_to(3, "aa");
    let first = desk.console.verify_audit(false).await.unwrap();
    assert_eq!((first.agrees, first.earlier), (None, None), "nothing was seen before");
    desk.daemon.log_grows_to(5, "aa");
    desk.clock.advance(60);
    let second = desk.restarted(None).verify_audit(false).await.unwrap();
    let seen = second.earlier.unwrap();
    assert_eq!((second.agrees, seen.head.sequence), (Some(true), 3));
    assert_eq!((second.read.entries, second.read.broken), (5, None), "every entry was read and computed here");
    assert_eq!(seen.seen_at, UtcTime::saturating(1_000_000));
    assert_eq!(desk.console.verify_audit(false).await.unwrap().earlier.unwrap().head.sequence, 5);
}

#[tokio::test]
async fn a_log_that_was_cut_or_written_anew_is_noticed_until_a_person_accepts_it() {
    let desk = Desk::enrolled().await;
    desk.daemon.log_grows_to(5, "aa");
    desk.console.verify_audit(false).await.unwrap();
    desk.daemon.audit.lock().unwrap().truncate(4);
    let cut = desk.console.verify_audit(false).await.unwrap();
    assert_eq!((cut.agrees, cut.verification.at), (Some(false), None));
    desk.daemon.log_grows_to(6, "bb");
    for _ in 0..2 {
        let anew = desk.console.verify_audit(false).await.unwrap();
        assert_eq!(anew.agrees, Some(false), "what doesn't agree is not remembered by itself");
        assert_eq!(anew.earlier.unwrap().head.sequence, 5);
    }
    desk.console.verify_audit(true).await.unwrap();
    assert_eq!(desk.console.verify_audit(false).await.unwrap().agrees, Some(true));
}

/// The daemon of these tests always says that its log is whole.
#[tokio::test]
async fn a_daemon_that_calls_a_changed_log_whole_is_caught() {
    let desk = Desk::enrolled().await;
    let check = async || {
        let check = desk.console.verify_audit(false).await.unwrap();
        assert_eq!(check.verification.broken, None, "that is what the daemon says");
        check
    };
    desk.daemon.log_grows_to(5, "aa");
    check().await;
    let honest = desk.daemon.audit.lock().unwrap().clone();
    let tampered = |tamper: &dyn Fn(&mut Vec<AuditEntry>)| {
        let mut log = honest.clone();
        tamper(&mut log);
        *desk.daemon.audit.lock().unwrap() = log;
    };

    tampered(&|log| log[1].after = Some(json!({ "name": "somebody else" })));
    let altered = check().await;
    let broken = altered.read.broken.unwrap();
    assert_eq!((broken.sequence, broken.kind), (2, AuditBreakKind::Altered));
    assert_eq!(altered.agrees, Some(true), "the remembered head alone shows nothing");

    tampered(&|log| {
        log[1].actor_name = "somebody else".to_owned();
        log[1].hash = log[1].computed_hash();
    });
    let broken = check().await.read.broken.unwrap();
    assert_eq!((broken.sequence, broken.kind), (3, AuditBreakKind::OutOfPlace));

    tampered(&|log| drop(log.remove(1)));
    let broken = check().await.read.broken.unwrap();
    assert_eq!((broken.sequence, broken.kind), (2, AuditBreakKind::Missing));

    tampered(&|_| {});
    let head = honest[4].hash.clone();
    assert_eq!(check().await.read.broken, None);
    desk.daemon.log_grows_to(7, "aa");
    assert_eq!(check().await.earlier.unwrap().head.hash, head, "no broken log was remembered meanwhile");
}

#[tokio::test]
async fn a_daemon_that_shows_another_log_than_it_checked_is_caught() {
    let desk = Desk::enrolled().await;
    desk.daemon.log_grows_to(3, "aa");
    let checked = desk.daemon.audit.lock().unwrap().last().cloned();
    *desk.daemon.claimed_audit_head.lock().unwrap() = checked;
    desk.daemon.audit.lock().unwrap().clear();
    desk.daemon.log_grows_to(3, "bb");
    let broken = desk.console.verify_audit(false).await.unwrap().read.broken.unwrap();
    assert_eq!((broken.sequence, broken.kind), (3, AuditBreakKind::OutOfPlace));
    desk.daemon.audit.lock().unwrap().truncate(2);
    let broken = desk.console.verify_audit(false).await.unwrap().read.broken.unwrap();
    assert_eq!((broken.sequence, broken.kind), (3, AuditBreakKind::Missing));
}

#[tokio::test]
async fn what_is_saved_says_where_it_does_not_hold_together() {
    let desk = Desk::enrolled().await;
    desk.daemon.log_grows_to(5, "aa");
    let all = AuditFilter::default();
    let some = AuditFilter { action: Some("person.invite".to_owned()), ..AuditFilter::default() };
    for filter in [&all, &some] {
        assert_eq!(desk.console.export_audit(filter, AuditFormat::Json).await.unwrap().broken, None);
    }
    desk.daemon.audit.lock().unwrap()[2].actor_name = "somebody else".to_owned();
    for filter in [&all, &some] {
        let saved = desk.console.export_audit(filter, AuditFormat::Csv).await.unwrap();
        assert_eq!(saved.entries, 5, "evidence is saved as it is");
        let broken = saved.broken.unwrap();
        assert_eq!((broken.sequence, broken.kind), (3, AuditBreakKind::Altered));
    }
}

#[tokio::test]
async fn entries_of_every_page_are_saved_newest_first() {
    let desk = Desk::enrolled().await;
    desk.daemon.log_grows_to(5, "aa");
    let saved = desk.console.export_audit(&AuditFilter::default(), AuditFormat::Json).await.unwrap();
    assert_eq!(saved.entries, 5);
    let entries: Vec<AuditEntry> = serde_json::from_slice(&std::fs::read(&saved.path).unwrap()).unwrap();
    let mut newest_first = desk.daemon.audit.lock().unwrap().clone();
    newest_first.reverse();
    assert_eq!(entries, newest_first);

    let sheet = desk.console.export_audit(&AuditFilter::default(), AuditFormat::Csv).await.unwrap();
    let text = std::fs::read_to_string(&sheet.path).unwrap();
    assert_eq!((text.lines().count(), text.matches("sequence,at").count()), (6, 1), "the columns are named once");
    assert_eq!(text.matches(",'=cmd,").count(), 5, "no cell begins like a formula");
}

#[tokio::test]
async fn an_empty_log_is_an_empty_list_and_a_failure_leaves_nothing() {
    let desk = Desk::enrolled().await;
    let saved = desk.console.export_audit(&AuditFilter::default(), AuditFormat::Json).await.unwrap();
    assert_eq!(std::fs::read_to_string(&saved.path).unwrap().trim(), "[]");
    assert!(Path::new(&saved.path).extension().is_some_and(|ending| ending == "json"));
    std::fs::remove_file(&saved.path).unwrap();

    desk.break_keychain();
    let console = desk.restarted(None);
    console.export_audit(&AuditFilter::default(), AuditFormat::Csv).await.unwrap_err();
    assert_eq!(std::fs::read_dir(desk.folder.path().join("downloads")).unwrap().count(), 0);
}
