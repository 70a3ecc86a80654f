//! The audit log seen from the console: what it remembers of it, and the copy it saves.

use super::daemon::ok;
use super::*;
use crate::view::AuditFormat;
use serde_json::json;
use std::path::Path;
use tekport_api::audit::{AuditEntry, AuditFilter, AuditHead, AuditResult};

/// So many entries are on a page of the fake daemon.
const PAGE: usize = 2;

impl FakeDaemon {
    /// Writes entries until the log has so many, with hashes that begin with `mark`.
    fn log_grows_to(&self, entries: u32, mark: &str) {
        let mut audit = self.audit.lock().unwrap();
        let hash = |sequence: u32| format!("{mark}{sequence:062}");
        for sequence in u32::try_from(audit.len()).unwrap() + 1..=entries {
            audit.push(AuditEntry {
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
                after: Some(json!({ "name": "Ada" })),
                previous_hash: hash(sequence - 1),
                hash: hash(sequence),
            });
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
                Some(ok(&json!({
                    "checked_at": super::daemon::TIME, "head": audit.last().map(head), "broken": null,
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
