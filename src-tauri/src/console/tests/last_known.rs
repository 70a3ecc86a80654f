//! What the console still shows when the daemon is out of reach.

use super::*;
use tekport_api::audit::AuditFilter;
use tekport_api::page::PageQuery;

/// The files that hold what was heard, by their names.
fn files(desk: &Desk, daemon: &FakeDaemon) -> Vec<String> {
    let folder = desk.folder.path().join("data/last-known").join(daemon.pin());
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_was_heard_survives_a_restart_with_its_time() {
    let desk = Desk::enrolled().await;
    let nothing = desk.console.last_known().await.unwrap();
    assert!(nothing.status.is_none() && nothing.signing_keys.is_none());
    let key = generate(&desk.console).await.unwrap();
    let status = desk.console.status().await.unwrap();
    desk.console.list_signing_keys().await.unwrap();
    desk.clock.advance(3_600);
    let known = desk.restarted(None).last_known().await.unwrap();
    let heard = known.status.unwrap();
    assert_eq!((heard.at, heard.value), (UtcTime::saturating(1_000_000), status));
    let keys = known.signing_keys.unwrap().value;
    assert_eq!((keys[0].key.id.as_str(), keys[0].in_keychain), (key.id.as_str(), InKeychain::Here));
    // What nobody asked for is not there.
    assert_eq!(files(&desk, &desk.daemon), ["signing-keys.json", "status.json"]);
}

#[tokio::test]
async fn of_the_audit_log_the_newest_page_of_the_whole_is_kept() {
    let desk = Desk::enrolled().await;
    desk.daemon.log_grows_to(5, "00");
    let only_failed = AuditFilter { result: Some("failed".to_owned()), ..AuditFilter::default() };
    desk.console.list_audit(&only_failed, &PageQuery::default()).await.unwrap();
    assert!(desk.console.last_known().await.unwrap().audit.is_none(), "a part of the log looks like the whole");
    let newest = desk.console.list_audit(&AuditFilter::default(), &PageQuery::default()).await.unwrap();
    let older = PageQuery { cursor: Some("1".to_owned()), limit: None };
    desk.console.list_audit(&AuditFilter::default(), &older).await.unwrap();
    let known = desk.restarted(None).last_known().await.unwrap();
    assert_eq!(known.audit.unwrap().value, newest);
}

#[tokio::test]
async fn a_batch_that_was_looked_at_is_kept_whole() {
    let desk = Desk::enrolled().await;
    let batch = desk.console.get_batch("b1").await.unwrap();
    desk.console.get_batch("nowhere").await.unwrap_err();
    let known = desk.restarted(None).last_known().await.unwrap();
    assert_eq!(known.batch_pages.into_iter().map(|page| page.value).collect::<Vec<_>>(), [batch]);
}

#[tokio::test]
async fn each_daemon_has_its_own_and_leaving_one_forgets_it() {
    let desk = Desk::enrolled().await;
    desk.console.status().await.unwrap();
    let other = FakeDaemon::start().await;
    desk.console.enrol(&other.code()).await.unwrap();
    assert!(desk.console.last_known().await.unwrap().status.is_none(), "it is the other daemon's");
    desk.console.status().await.unwrap();
    desk.console.leave_daemon().await.unwrap();
    assert_eq!(desk.console.last_known().await.unwrap_err().code, "not-enrolled");
    assert!(files(&desk, &other).is_empty());
    assert_eq!(files(&desk, &desk.daemon), ["status.json"]);
    // An answer that was under way when the daemon was left comes too late to be kept.
    desk.console.keep(&other.pin(), crate::console::last_known::Part::Status, &"late").await;
    assert!(files(&desk, &other).is_empty());
}
