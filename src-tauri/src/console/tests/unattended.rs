//! Unattended signing: what it signs, what it leaves, when it waits and when it stops.

use super::awaiting::PERIOD;
use super::signing_desk::{START, approve, desk_with_key, signatures};
use super::*;
use crate::{UnattendedRun, UnattendedSigning};
use std::time::Duration;
use tekport_api::problem::ProblemKind;
use tekport_api::signing_key::SigningKey;

/// A desk that signs for its config by itself.
async fn unattended_desk() -> (Desk, SigningKey) {
    let (desk, key) = desk_with_key().await;
    approve(&desk, "c1").await;
    turn(&desk, true).await.unwrap();
    (desk, key)
}

async fn turn(desk: &Desk, on: bool) -> Result<(), CommandError> {
    let configs = if on { vec!["c1".to_owned()] } else { vec![] };
    desk.console.set_unattended_signing(on, configs).await
}

async fn run(console: &Console) -> (UnattendedSigning, UnattendedRun) {
    console.run_desk().await;
    let signing = console.unattended_signing(false).unwrap();
    let result = signing.last_result.clone().unwrap_or_default();
    (signing, result)
}

fn fetched(desk: &Desk) -> usize {
    let requests = desk.daemon.requests.lock().unwrap();
    requests.iter().filter(|request| request.contains("/content HTTP")).count()
}

#[tokio::test]
async fn it_takes_an_approved_config_and_a_key_that_is_here() {
    let (desk, key) = desk_with_key().await;
    assert_eq!(turn(&desk, true).await.unwrap_err().code, "config-not-approved");
    approve(&desk, "c1").await;
    desk.keychain.items.lock().unwrap().remove(&Item::SigningKey(key.fingerprint));
    assert_eq!(turn(&desk, true).await.unwrap_err().code, "key-not-here");
    assert!(!desk.console.unattended_signing(false).unwrap().enabled);
}

#[tokio::test]
async fn it_signs_what_is_as_approved_also_after_a_restart() {
    let (desk, _) = unattended_desk().await;
    desk.daemon.add_batch("b1", "c1", START, 2, 1);
    let (signing, result) = run(&desk.console).await;
    assert_eq!((result.signed_batch_ids.as_slice(), result.error), (["b1".to_owned()].as_slice(), None));
    assert_eq!((signing.enabled, signing.last_run_at), (true, Some(desk.clock.now())));
    assert_eq!(signatures(&desk), 2);
    desk.daemon.add_batch("b2", "c1", START - PERIOD, 1, 1);
    let (_, result) = run(&desk.restarted(None)).await;
    assert_eq!(result.signed_batch_ids, ["b2"]);
    turn(&desk, false).await.unwrap();
    desk.daemon.add_batch("b3", "c1", START - 2 * PERIOD, 1, 1);
    let (signing, _) = run(&desk.console).await;
    assert_eq!((signing.enabled, signing.last_run_at), (false, None));
    assert_eq!(signatures(&desk), 3);
}

#[tokio::test]
async fn what_differs_is_left_for_a_person_and_looked_at_again_only_when_it_changes() {
    let (desk, _) = unattended_desk().await;
    desk.daemon.awaiting.lock().unwrap().configs[0].fields.path_prefix = "elsewhere".to_owned();
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let (signing, result) = run(&desk.console).await;
    assert_eq!((result.left.len(), result.left[0].failed[0].name.as_str()), (1, "config-approved"));
    assert_eq!(signing.stopped, None);
    let before = fetched(&desk);
    let (_, again) = run(&desk.console).await;
    assert_eq!((again.left, fetched(&desk)), (result.left, before), "nothing is fetched again");
    assert_eq!(signatures(&desk), 0);
    approve(&desk, "c1").await;
    let (_, result) = run(&desk.console).await;
    assert_eq!((result.signed_batch_ids.len(), result.left.len()), (1, 0));
}

#[tokio::test]
async fn it_never_signs_two_different_files_under_one_start_and_end() {
    let (desk, _) = unattended_desk().await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    run(&desk.console).await;
    desk.daemon.add_batch("b2", "c1", START, 1, 2);
    let (_, result) = run(&desk.restarted(None)).await;
    assert_eq!(result.left[0].failed[0].name, "first-signature");
    assert_eq!(signatures(&desk), 1);
}

#[tokio::test]
async fn configs_that_were_not_chosen_are_left_alone() {
    let (desk, key) = unattended_desk().await;
    desk.daemon.add_config("c2", &[&key]);
    approve(&desk, "c2").await;
    desk.daemon.add_batch("b1", "c2", START, 1, 1);
    let (_, result) = run(&desk.console).await;
    assert_eq!((result, signatures(&desk)), (UnattendedRun::default(), 0));
    assert_eq!(*desk.console.desk_state().borrow(), crate::console::DeskState { waiting: Some(1), unattended: true });
}

#[tokio::test]
async fn it_waits_for_a_locked_keychain_and_goes_on() {
    let (desk, _) = unattended_desk().await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    desk.break_keychain();
    let (signing, result) = run(&desk.console).await;
    assert_eq!(result.error.map(|error| error.code.as_str()), Some("keychain-locked"));
    assert_eq!(signing.stopped, None);
    assert_eq!(desk.console.desk_state().borrow().waiting, None, "it can't know what waits");
    *desk.keychain.error.lock().unwrap() = None;
    let (_, result) = run(&desk.console).await;
    assert_eq!((result.signed_batch_ids.len(), result.error), (1, None));
}

#[tokio::test]
async fn it_stops_with_a_reason_when_its_key_is_gone_until_it_is_turned_on_again() {
    let (desk, key) = unattended_desk().await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let item = Item::SigningKey(key.fingerprint);
    let secret = desk.keychain.items.lock().unwrap().remove(&item).unwrap();
    let (signing, _) = run(&desk.console).await;
    assert_eq!(signing.stopped.map(|error| error.code.as_str()), Some("key-not-here"));
    desk.keychain.items.lock().unwrap().insert(item, secret);
    let requests = desk.daemon.requests.lock().unwrap().len();
    let trouble = desk.console.desk_trouble();
    assert!(trouble.borrow().as_ref().is_some_and(|trouble| trouble.stopped), "a person is told");
    assert!(!desk.console.desk_state().borrow().unattended, "and the tray says so");
    let (signing, _) = run(&desk.console).await;
    assert!(signing.stopped.is_some() && signatures(&desk) == 0, "it stays stopped");
    assert!(desk.daemon.requests.lock().unwrap().len() <= requests + 1, "and asks for nothing but the list");
    turn(&desk, true).await.unwrap();
    assert_eq!(*trouble.borrow(), None);
    let (signing, result) = run(&desk.console).await;
    assert_eq!((signing.stopped, result.signed_batch_ids.len()), (None, 1));
}

/// Between the review and the signature the daemon made the file anew, or the whole batch is gone.
#[tokio::test]
async fn a_batch_that_changes_under_its_hands_is_signed_by_the_next_run_and_holds_up_no_other() {
    for (head, kind) in [
        ("PUT /admin/v1/batches/b1/unsigned/1/signatures/", ProblemKind::Conflict),
        ("PUT /admin/v1/batches/b1/unsigned/1/signatures/", ProblemKind::NotFound),
        ("PUT /admin/v1/batches/b1/unsigned/1/signatures/", ProblemKind::Internal),
        ("GET /admin/v1/batches/b1/unsigned/1/content", ProblemKind::NotFound),
        ("GET /admin/v1/batches/b1 ", ProblemKind::NotFound),
    ] {
        let (desk, _) = unattended_desk().await;
        desk.daemon.add_batch("b1", "c1", START, 1, 1);
        desk.daemon.add_batch("b2", "c1", START + PERIOD, 1, 1);
        desk.daemon.fail_next(head, kind);
        let (signing, result) = run(&desk.console).await;
        assert_eq!((signing.stopped, result.error), (None, None), "{head} {kind:?}");
        let skipped: Vec<&str> = result.skipped.iter().map(|skipped| skipped.batch_id.as_str()).collect();
        assert_eq!((skipped.as_slice(), result.signed_batch_ids), (["b1"].as_slice(), vec!["b2".to_owned()]));
        // It was made anew: other bytes of the same window, which no other signature is on.
        let (_, result) = run(&desk.console).await;
        assert_eq!((result.signed_batch_ids, result.skipped.len()), (vec!["b1".to_owned()], 0), "{head} {kind:?}");
        assert_eq!(*desk.console.desk_trouble().borrow(), None);
    }
}

#[tokio::test]
async fn a_batch_that_is_always_refused_is_left_for_a_person_and_tried_again_later() {
    let (desk, _) = unattended_desk().await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    for _ in 0..6 {
        desk.daemon.fail_next("PUT /admin/v1/batches/b1/", ProblemKind::Conflict);
    }
    for _ in 0..5 {
        let (_, result) = run(&desk.console).await;
        assert_eq!((result.skipped.len(), result.left.len()), (1, 0));
    }
    let before = fetched(&desk);
    let (signing, result) = run(&desk.console).await;
    assert_eq!((result.skipped.len(), result.left[0].failed[0].name.as_str()), (0, "daemon-accepts"));
    assert!(result.left[0].failed[0].detail.contains("as asked for by the test"), "{:?}", result.left);
    assert_eq!((fetched(&desk), signing.stopped), (before, None), "it isn't even looked at");
    desk.clock.set(UtcTime::saturating(desk.clock.now().unix_seconds() + 3_600));
    let (_, result) = run(&desk.console).await;
    assert_eq!(result.skipped.len(), 1, "an hour later it is tried again");
    let (_, result) = run(&desk.console).await;
    assert_eq!(result.signed_batch_ids, ["b1"]);
}

#[tokio::test]
async fn what_passes_by_itself_never_stops_it_and_a_person_is_told_when_it_lasts() {
    let (desk, _) = unattended_desk().await;
    let trouble = desk.console.desk_trouble();
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    for kind in [ProblemKind::Internal, ProblemKind::Unavailable, ProblemKind::TooManyRequests] {
        desk.daemon.fail_next("GET /admin/v1/batches?", kind);
        let (signing, result) = run(&desk.console).await;
        assert!(result.error.is_some() && signing.stopped.is_none(), "{kind:?}");
    }
    let errors = [KeychainError::Failed("D-Bus".to_owned()), KeychainError::Denied("no prompt".to_owned())];
    for error in errors.into_iter().cycle().take(6) {
        *desk.keychain.error.lock().unwrap() = Some(error);
        let (signing, _) = run(&desk.console).await;
        assert_eq!((signing.stopped, signing.failing_since), (None, None));
    }
    assert_eq!(*trouble.borrow(), None);
    let (signing, _) = run(&desk.console).await;
    assert_eq!(signing.failing_since, Some(desk.clock.now()));
    assert!(trouble.borrow().as_ref().is_some_and(|trouble| !trouble.stopped), "{trouble:?}");
    *desk.keychain.error.lock().unwrap() = None;
    let (signing, result) = run(&desk.console).await;
    assert_eq!((signing.failing_since, result.signed_batch_ids.len()), (None, 1));
    assert_eq!(*trouble.borrow(), None);
}

/// Another daemon is shown: the one that was chosen is still signed for.
#[tokio::test]
async fn it_goes_on_for_its_daemon_while_another_is_shown() {
    let (desk, _) = unattended_desk().await;
    let other = FakeDaemon::start().await;
    desk.console.enrol(&other.code()).await.unwrap();
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let (_, result) = run(&desk.console).await;
    assert_eq!(result.signed_batch_ids, ["b1"]);
    desk.console.switch_daemon(&desk.daemon.pin()).await.unwrap();
    desk.console.leave_daemon().await.unwrap();
    let (signing, _) = run(&desk.console).await;
    assert_eq!(signing.stopped.map(|error| error.code.as_str()), Some("not-enrolled"));
}

#[tokio::test]
async fn turning_it_on_is_not_waited_for() {
    let (desk, _) = desk_with_key().await;
    approve(&desk, "c1").await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let mut state = desk.console.desk_state();
    let watching = desk.console.watch_desk(Duration::from_secs(86_400));
    let signed = async {
        state.wait_for(|state| state.waiting == Some(1)).await.unwrap();
        turn(&desk, true).await.unwrap();
        while signatures(&desk) == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = watching => panic!("it watches as long as the console runs"),
        () = signed => {}
    }
}
