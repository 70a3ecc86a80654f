//! A console that belongs to several daemons.

use super::*;
use crate::console::{Health, Sight};
use serde_json::json;

/// The changes that a daemon was asked for.
fn changes(daemon: &FakeDaemon) -> Vec<String> {
    let requests = daemon.requests.lock().unwrap();
    let line = |request: &String| request.lines().next().unwrap_or_default().to_owned();
    requests.iter().map(line).filter(|line| !line.starts_with("GET ")).collect()
}

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

#[tokio::test]
async fn what_was_begun_at_one_daemon_never_reaches_another() {
    let desk = Desk::enrolled().await;
    let begun = desk.console.asked_at(&desk.daemon.pin());
    begun.client().await.unwrap().me().await.unwrap();
    let other = FakeDaemon::start().await;
    desk.console.enrol(&other.code()).await.unwrap();
    other.requests.lock().unwrap().clear();

    let error = begun.client().await.unwrap_err();
    assert_eq!(error.code, "daemon-switched");
    assert!(error.detail.contains("rehearsal") && error.next_step.contains("Go back"), "{error:?}");
    assert_eq!(generate(&begun).await.unwrap_err().code, "daemon-switched");
    assert_eq!(begun.set_unattended_signing(true, vec!["c1".into()]).await.unwrap_err().code, "daemon-switched");
    assert_eq!(begun.last_known().await.unwrap_err().code, "daemon-switched");
    assert_eq!(begun.mark_daemon("X").await.unwrap_err().code, "daemon-switched");
    assert_eq!(begun.leave_daemon().await.unwrap_err().code, "daemon-switched");
    assert!(other.requests.lock().unwrap().is_empty(), "the other daemon hears nothing of it");
    assert_eq!(desk.console.list_daemons().unwrap().len(), 2);

    desk.console.switch_daemon(&desk.daemon.pin()).await.unwrap();
    begun.client().await.unwrap();
}

/// A key is made in several steps; the daemon is switched between them.
#[tokio::test]
async fn several_steps_stay_at_their_daemon() {
    let desk = Desk::enrolled().await;
    let begun = desk.console.asked_at(&desk.daemon.pin());
    desk.daemon.refuses_hand_over.store(true, Ordering::SeqCst);
    generate(&begun).await.unwrap_err();
    let other = FakeDaemon::start().await;
    desk.console.enrol(&other.code()).await.unwrap();
    assert_eq!(begun.provision_signing_key("key-1").await.unwrap_err().code, "daemon-switched");
    assert!(changes(&other).iter().all(|line| line.contains("/enrolments")), "{:?}", changes(&other));
}

#[tokio::test]
async fn each_daemon_has_a_mark_of_its_own() {
    let desk = Desk::enrolled().await;
    let other = FakeDaemon::start().await;
    let marks = |console: &Console| {
        let daemons = console.list_daemons().unwrap();
        daemons.into_iter().map(|daemon| daemon.mark.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(marks(&desk.console), ["RE"]);
    let joined = desk.console.enrol(&other.code()).await.unwrap();
    assert_eq!((joined.mark.as_deref(), marks(&desk.console)), (Some("RE2"), vec!["RE".to_owned(), "RE2".to_owned()]));
    assert_eq!(desk.console.mark_daemon("n-1").await.unwrap_err().code, "mark-invalid");
    assert_eq!(desk.console.mark_daemon(" n1 ").await.unwrap().mark.as_deref(), Some("N1"));
    desk.console.switch_daemon(&desk.daemon.pin()).await.unwrap();
    assert_eq!(desk.console.mark_daemon("N1").await.unwrap_err().code, "mark-taken");
    assert_eq!(marks(&desk.restarted(None)), ["RE", "N1"]);
    desk.console.mark_daemon("s").await.unwrap();
    assert_eq!(desk.console.mark_daemon("").await.unwrap().mark.as_deref(), Some("RE"));
}

#[tokio::test]
async fn every_daemon_is_watched_and_a_silent_one_is_no_daemon_without_work() {
    let desk = Desk::enrolled().await;
    let other = FakeDaemon::start().await;
    desk.console.enrol(&other.code()).await.unwrap();
    *desk.daemon.attention.lock().unwrap() = json!([{
        "severity": "bad", "kind": "batch-late", "title": "t", "detail": "d", "resource_id": "b1",
        "facts": {"region": "MAG", "window_start": null, "window_end": null, "at": null, "name": null, "others": [],
                  "reason": null},
    }]);
    let health = |sights: Vec<Sight>| sights.into_iter().map(|sight| sight.health).collect::<Vec<_>>();
    let sights = desk.console.look_around().await.unwrap();
    assert_eq!(
        sights.iter().map(|sight| (sight.mark.as_str(), sight.shown)).collect::<Vec<_>>(),
        [("RE", false), ("RE2", true)]
    );
    let found = health(sights);
    assert!(matches!(&found[0], Health::Answers(attention) if attention[0].kind == "batch-late"), "{found:?}");
    assert_eq!(found[1], Health::Answers(vec![]));

    other.refuses_all.store(true, Ordering::SeqCst);
    assert_eq!(health(desk.console.look_around().await.unwrap())[1], Health::OutOfReach { seconds: 0 });
    desk.clock.advance(300);
    assert_eq!(health(desk.console.look_around().await.unwrap())[1], Health::OutOfReach { seconds: 300 });
    other.refuses_all.store(false, Ordering::SeqCst);
    assert_eq!(health(desk.console.look_around().await.unwrap())[1], Health::Answers(vec![]));

    let console = desk.restarted(None);
    desk.break_keychain();
    assert_eq!(health(console.look_around().await.unwrap()), [Health::NotKnown, Health::NotKnown]);
}

#[tokio::test]
async fn without_a_daemon_nothing_waits_for_a_signature_whatever_the_keychain_says() {
    let desk = Desk::new().await;
    desk.break_keychain();
    desk.console.run_desk().await;
    assert_eq!(desk.console.desk_state().borrow().waiting, Some(0));
    assert!(desk.console.look_around().await.unwrap().is_empty());
}
