//! How many keys came in around a time, and where they went.

use super::{DAY, HOUR, Scene};
use serde_json::{Value, json};
use tekport_api::UtcTime;
use tekport_api::tek_lookup::{LookupOutcome as Outcome, ReceiptGroup, TekLookup};

fn keys(numbers: std::ops::RangeInclusive<u8>) -> Vec<(u8, Value)> {
    numbers.map(|number| (number, json!({}))).collect()
}

/// Moves to a morning, in the middle of ten minutes: a key of that day is valid until midnight.
fn at_eight(scene: &Scene) -> UtcTime {
    let today = scene.daemon.clock.now().unix_seconds().div_euclid(DAY);
    let at = UtcTime::saturating((today + 1) * DAY + 8 * HOUR + 305);
    scene.daemon.clock.set(at);
    at
}

/// Regions, how many, still valid, of travelers, and what the first config makes of them.
fn groups(answer: &TekLookup) -> Vec<(String, u32, bool, bool, Outcome)> {
    let group = |state: &tekport_api::tek_lookup::TekState| {
        let ReceiptGroup { keys, still_valid, traveler } = state.group.unwrap();
        (state.regions.join(","), keys, still_valid, traveler, state.configs[0].outcome)
    };
    answer.states.iter().map(group).collect()
}

#[tokio::test]
async fn what_came_in_is_counted_in_the_ten_minutes_that_hold_the_time() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    let at = at_eight(&scene);
    scene.receive(3, &["MAG"], &keys(1..=3)).await;
    scene.daemon.clock.advance(294);
    scene.receive(3, &["MAG"], &keys(4..=4)).await;
    scene.daemon.clock.advance(1);
    scene.receive(3, &["MAG"], &keys(5..=5)).await;
    let answer = scene.receipts(at, "MAG").await;
    let receipts = answer.receipts.unwrap();
    let tens = UtcTime::saturating(at.unix_seconds() - 305);
    assert_eq!((receipts.from, receipts.until.unix_seconds()), (tens, tens.unix_seconds() + 600));
    assert_eq!(receipts.keys, 4, "the fifth came in with the next ten minutes");
    assert_eq!(groups(&answer)[0], ("MAG".to_owned(), 4, false, false, Outcome::WindowOpen));
    let next = UtcTime::saturating(at.unix_seconds() + 600);
    assert_eq!(scene.receipts(next, "MAG").await.receipts.unwrap().keys, 1);
}

#[tokio::test]
async fn keys_that_still_were_valid_have_a_window_of_their_own() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    let at = at_eight(&scene);
    scene.receive(0, &["MAG"], &keys(1..=3)).await;
    scene.receive(3, &["MAG"], &keys(4..=4)).await;
    let answer = scene.receipts(at, "MAG").await;
    let midnight = (at.unix_seconds().div_euclid(DAY) + 1) * DAY;
    let release = UtcTime::saturating(midnight + 2 * HOUR);
    let expected = [
        ("MAG".to_owned(), 1, false, false, Outcome::WindowOpen),
        ("MAG".to_owned(), 3, true, false, Outcome::Embargoed),
    ];
    assert_eq!(groups(&answer), expected);
    let waiting = &answer.states[1];
    assert_eq!((waiting.releasable_at, waiting.waits_until), (Some(release), Some(release)));
    let window = waiting.configs[0].window.unwrap();
    assert_eq!((window.start.unix_seconds(), window.end.unix_seconds()), (midnight, midnight + 4 * HOUR));
    assert_eq!(answer.states[0].releasable_at, None, "they may be released at once");

    scene.daemon.clock.set(UtcTime::saturating(midnight + 5 * HOUR));
    scene.tick().await;
    let answer = scene.receipts(at, "MAG").await;
    let outcomes: Vec<_> = groups(&answer).into_iter().map(|group| group.4).collect();
    assert_eq!(outcomes, [Outcome::Published, Outcome::Published]);
    assert_ne!(answer.states[0].configs[0].batch_id, answer.states[1].configs[0].batch_id);
    assert_eq!((answer.states[1].releasable_at, answer.states[1].waits_until), (Some(release), None));
}

#[tokio::test]
async fn keys_of_several_regions_and_of_travelers_are_told_apart() {
    let scene = Scene::new().await;
    scene.config("mag", json!({ "travelers": "only-non-travelers" })).await;
    let at = at_eight(&scene);
    scene.receive(3, &["MAG"], &[(1, json!({})), (2, json!({ "traveler": true }))]).await;
    scene.receive(3, &["MAG", "US"], &keys(3..=4)).await;
    scene.receive(3, &["FR"], &keys(5..=5)).await;
    let answer = scene.receipts(at, "MAG").await;
    assert_eq!(answer.receipts.unwrap().keys, 4);
    let expected = [
        ("MAG".to_owned(), 1, false, false, Outcome::WindowOpen),
        ("MAG".to_owned(), 1, false, true, Outcome::Traveler),
        ("MAG,US".to_owned(), 2, false, false, Outcome::RegionExcluded),
        ("MAG".to_owned(), 0, true, false, Outcome::Embargoed),
    ];
    assert_eq!(groups(&answer), expected);
}

#[tokio::test]
async fn where_none_came_in_the_answer_says_so_and_where_one_would_have_gone() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    let at = at_eight(&scene);
    let answer = scene.receipts(at, "MAG").await;
    assert_eq!(answer.receipts.unwrap().keys, 0);
    let expected = [
        ("MAG".to_owned(), 0, false, false, Outcome::WindowOpen),
        ("MAG".to_owned(), 0, true, false, Outcome::Embargoed),
    ];
    assert_eq!(groups(&answer), expected);
    let (_, log) = scene.ada.get("audit?action=tek.lookup").await;
    let entry = &log["items"][0]["after"];
    assert_eq!(*entry, json!({ "found": false, "outcomes": [], "received_at": at, "region": "MAG" }));
}

#[tokio::test]
async fn generated_keys_never_came_in() {
    let scene = Scene::new().await;
    scene.config("pad", json!({ "small_batch": { "policy": "pad", "minimum": 50, "jitter": 0 } })).await;
    let at = at_eight(&scene);
    scene.receive(3, &["MAG"], &keys(1..=1)).await;
    scene.next_windows().await;
    // Every ten minutes of the window: 49 generated keys lie in it.
    let mut came = 0;
    for tens in 0..24 {
        let time = UtcTime::saturating(at.unix_seconds() - 305 + tens * 600);
        came += scene.receipts(time, "MAG").await.receipts.unwrap().keys;
    }
    assert_eq!(came, 1);
}
