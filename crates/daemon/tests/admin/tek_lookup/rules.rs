//! Keys that aren't in a file, and the rule that keeps each out.

use super::{DAY, HOUR, Scene};
use serde_json::json;
use tekport_api::UtcTime;
use tekport_api::batch::BatchState;
use tekport_api::tek_lookup::LookupOutcome as Outcome;

#[tokio::test]
async fn a_key_that_never_came_is_not_found() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    assert_eq!(scene.states(1).await, []);
}

#[tokio::test]
async fn regions_and_travelers_are_told_apart() {
    let scene = Scene::new().await;
    scene.config("mag", json!({ "travelers": "only-non-travelers" })).await;
    scene.receive(3, &["MAG"], &[(1, json!({})), (2, json!({ "traveler": true }))]).await;
    scene.receive(3, &["MAG", "US"], &[(3, json!({}))]).await;
    scene.receive(3, &["FR"], &[(4, json!({}))]).await;
    let expected = [Outcome::Traveler, Outcome::RegionExcluded, Outcome::RegionNotTaken];
    for _ in 0..2 {
        for (number, outcome) in (2..).zip(expected) {
            assert_eq!(scene.outcome(number).await, outcome, "before its window is exported and after");
        }
        scene.next_windows().await;
    }
    assert_eq!(scene.outcome(1).await, Outcome::Published);
    assert_eq!(scene.states(3).await[0].regions, ["MAG", "US"]);
    assert_eq!(scene.received(scene.daemon.clock.now(), "FR").await.outcome, Outcome::RegionNotTaken);
}

#[tokio::test]
async fn a_key_that_may_be_valid_waits_and_only_then_tells_when_it_came() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    let now = scene.daemon.clock.now();
    scene.receive(0, &["MAG"], &[(1, json!({}))]).await;
    scene.receive(3, &["MAG"], &[(2, json!({}))]).await;
    let states = scene.states(1).await;
    let midnight = (now.unix_seconds() / DAY + 1) * DAY;
    let release = UtcTime::saturating(midnight + 2 * HOUR);
    assert_eq!(states[0].configs[0].outcome, Outcome::Embargoed);
    assert_eq!((states[0].received_at, states[0].waits_until), (Some(now), Some(release)));
    assert_eq!((states[0].valid_until, states[0].releasable_at), (Some(UtcTime::saturating(midnight)), Some(release)));
    let window = states[0].configs[0].window.unwrap();
    assert!(window.start <= release && release < window.end);

    let open = scene.states(2).await;
    assert_eq!((open[0].received_at, open[0].waits_until), (None, None));
    assert_eq!(open[0].configs[0].outcome, Outcome::WindowOpen);
    let window = open[0].configs[0].window.unwrap();
    assert!(window.start <= now && now < window.end && window.due_at > window.end);
    assert_eq!(scene.received(now, "MAG").await.outcome, Outcome::WindowOpen);
}

#[tokio::test]
async fn a_due_window_waits_for_the_daemon_or_for_the_config_to_be_resumed() {
    let scene = Scene::new().await;
    let config = scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    scene.daemon.clock.advance(5 * HOUR);
    assert_eq!(scene.outcome(1).await, Outcome::Waiting);
    scene.ada.client.pause_export_config(&config).await.unwrap();
    let paused = scene.only(1).await;
    assert_eq!((paused.outcome, paused.batch_id), (Outcome::Paused, None));
    scene.ada.client.resume_export_config(&config).await.unwrap();

    // A file in the place of the target's folder: nothing can be put there.
    let out = scene.daemon.state.path().join("out");
    std::fs::remove_dir_all(&out).unwrap_or_default();
    std::fs::write(&out, "in the way").unwrap();
    scene.tick().await;
    let failed = scene.only(1).await;
    assert_eq!((failed.outcome, failed.batch_state), (Outcome::Waiting, Some(BatchState::Failed)));
    scene.ada.client.pause_export_config(&config).await.unwrap();
    assert_eq!(scene.outcome(1).await, Outcome::Paused);
}

#[tokio::test]
async fn a_config_covers_keys_from_its_start_to_its_end() {
    let scene = Scene::new().await;
    let now = scene.daemon.clock.now().unix_seconds();
    let at = |seconds: i64| UtcTime::saturating(now + seconds);
    scene.config("mag", json!({ "valid_from": at(DAY), "valid_through": at(2 * DAY) })).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    assert_eq!(scene.outcome(1).await, Outcome::BeforeStart);
    scene.daemon.clock.advance(2 * DAY);
    scene.receive(5, &["MAG"], &[(2, json!({}))]).await;
    let ended = scene.only(2).await;
    assert_eq!((ended.outcome, ended.window), (Outcome::Ended, None));
    scene.next_windows().await;
    assert_eq!((scene.outcome(1).await, scene.outcome(2).await), (Outcome::BeforeStart, Outcome::Ended));
}

#[tokio::test]
async fn a_state_gives_way_to_a_later_one_and_a_revoked_key_is_never_released() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(1, json!({ "reportType": "likely" })), (2, json!({}))]).await;
    scene.receive(3, &["MAG"], &[(1, json!({})), (2, json!({ "reportType": "revoked" }))]).await;
    scene.next_windows().await;
    let outcomes = |states: Vec<tekport_api::tek_lookup::TekState>| {
        states.into_iter().map(|state| (state.revision, state.configs[0].outcome)).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(scene.states(1).await), [(0, Outcome::Superseded), (1, Outcome::Published)]);
    assert_eq!(outcomes(scene.states(2).await), [(0, Outcome::Superseded), (1, Outcome::RevokedBeforeRelease)]);
}
