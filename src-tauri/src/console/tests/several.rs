//! A console that belongs to several daemons.

use super::*;

#[tokio::test]
async fn requests_go_to_the_daemon_that_is_shown() {
    let desk = Desk::enrolled().await;
    let other = FakeDaemon::start().await;
    let joined = desk.console.enrol(&other.code()).await.unwrap();
    assert_eq!(joined.ca_sha256, Some(other.pin()));
    assert_eq!(desk.console.list_daemons().unwrap().len(), 2);

    other.requests.lock().unwrap().clear();
    desk.daemon.requests.lock().unwrap().clear();
    desk.console.client().await.unwrap().me().await.unwrap();
    assert!(desk.daemon.requests.lock().unwrap().is_empty() && !other.requests.lock().unwrap().is_empty());

    let shown = desk.console.switch_daemon(&desk.daemon.pin()).await.unwrap();
    assert_eq!(shown, desk.console.connection().await.unwrap());
    other.requests.lock().unwrap().clear();
    desk.console.client().await.unwrap().me().await.unwrap();
    assert!(!desk.daemon.requests.lock().unwrap().is_empty() && other.requests.lock().unwrap().is_empty());
    assert_eq!(desk.restarted(None).connection().await.unwrap(), shown);
}

#[tokio::test]
async fn leaving_one_daemon_keeps_the_others_and_shows_none() {
    let desk = Desk::enrolled().await;
    let other = FakeDaemon::start().await;
    desk.console.enrol(&other.code()).await.unwrap();
    desk.console.leave_daemon().await.unwrap();
    assert_eq!(desk.console.connection().await.unwrap().state, ConnectionState::NotEnrolled);
    assert_eq!(desk.items(), [desk.client_key()]);
    assert_eq!(desk.console.switch_daemon(&other.pin()).await.unwrap_err().code, "not-enrolled");
    let shown = desk.console.switch_daemon(&desk.daemon.pin()).await.unwrap();
    assert_eq!(shown.state, ConnectionState::Enrolled);
}

#[tokio::test]
async fn a_code_at_the_start_joins_its_daemon_beside_the_others_or_shows_it() {
    let desk = Desk::enrolled().await;
    let other = FakeDaemon::start().await;
    let joined = desk.restarted(Some(other.code())).connection().await.unwrap();
    assert_eq!(joined.ca_sha256, Some(other.pin()));
    let shown = desk.restarted(Some(desk.daemon.code())).connection().await.unwrap();
    assert_eq!(shown.ca_sha256, Some(desk.daemon.pin()));
}
