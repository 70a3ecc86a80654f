//! What the console still shows when the daemon is out of reach.

use super::*;

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
    // Lists that nobody asked for, and people, are not there.
    assert_eq!(files(&desk, &desk.daemon), ["signing-keys.json", "status.json"]);
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
