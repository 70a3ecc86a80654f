//! Windows, order and what a batch accounts for.

use crate::world::{DAY, HOUR, START, World, at, data, draft, line, line_from};
use tekport_api::batch::{BatchCounts, BatchState, LeftOut};
use tekport_api::export_config::Travelers;
use tekportd::store::batches::{
    self,
    list::{self, Wanted},
};

#[tokio::test]
async fn keys_of_a_window_are_published_in_one_signed_file() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&draft("us", &[key])).await;
    world.clock.advance(100);
    world.import(&[line(2, ""), line(1, "")]).await;
    assert_eq!(world.tick_at(HOUR + 599).await.made, 0, "the window isn't old enough");
    let report = world.tick_at(HOUR + 600).await;
    assert_eq!((report.made, report.completed.len(), report.failed, report.problems), (1, 1, vec![], vec![]));
    let path = format!("us/{:010}-{:010}-00001.zip", START, START + HOUR);
    assert_eq!(world.index("us"), std::slice::from_ref(&path));
    let file = world.open(&path);
    assert_eq!(file.keys().iter().map(|tek| *tek.key_data()).collect::<Vec<_>>(), [data(1), data(2)]);
    assert_eq!((file.header().start, file.header().end), (START as u64, (START + HOUR) as u64));
    let batch = &world.batches(config).await[0];
    let counts = BatchCounts { received: 2, new_keys: 2, ..BatchCounts::default() };
    assert_eq!((batch.state, batch.counts.clone()), (BatchState::Complete, Some(counts)));
    assert!(world.tick().await.completed.is_empty(), "a second tick has nothing to do");
}

#[tokio::test]
async fn an_empty_window_is_complete_without_a_file() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&draft("us", &[key])).await;
    world.tick_at(3 * HOUR).await;
    assert_eq!(world.states(config).await, [BatchState::Complete; 2]);
    assert!(!world.exports().join("us").exists());
}

#[tokio::test]
async fn every_key_received_is_accounted_for() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let fields =
        tekport_api::export_config::ExportConfigDraft { travelers: Travelers::OnlyNonTravelers, ..draft("us", &[key]) };
    let config = world.config(&fields).await;
    let valid_until_three = START - DAY + 3 * HOUR;
    world
        .import(&[
            line(1, ""),
            line(2, r#","traveler":true"#),
            line_from(3, valid_until_three, ""),
            line(4, r#","reportType":"revoked""#),
            line(5, r#","reportType":"self-report""#),
            line(5, r#","reportType":"confirmed""#),
            line(6, r#","regions":["MX"]"#),
        ])
        .await;
    world.tick_at(7 * HOUR).await;
    let batches = world.batches(config).await;
    let left = |rule: &str| LeftOut { rule: rule.into(), keys: 1 };
    let first = BatchCounts {
        received: 6,
        new_keys: 2,
        embargoed: 1,
        left_out: vec![left("revoked-before-release"), left("superseded-by-revision"), left("traveler")],
        ..BatchCounts::default()
    };
    assert_eq!(batches[0].counts, Some(first));
    // Valid until 03:00, released two hours later.
    let later = BatchCounts { from_earlier: 1, new_keys: 1, ..BatchCounts::default() };
    assert_eq!(batches[5].counts, Some(later));
    let mut published = world.published("us");
    published.sort_unstable();
    assert_eq!(published, [data(1), data(3), data(5)]);
}

#[tokio::test]
async fn an_edit_of_the_period_neither_skips_nor_doubles_a_key() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&draft("us", &[key])).await;
    for (i, minutes) in [60, 5, 240, 30, 1_440].into_iter().enumerate() {
        let fields = tekport_api::export_config::ExportConfigDraft { period_minutes: minutes, ..draft("us", &[key]) };
        world.edit(config, &fields).await;
        for hour in 0..7 {
            world.import(&[line(u32::try_from(i * 100 + hour).unwrap(), "")]).await;
            world.clock.advance(HOUR + 7);
            world.tick().await;
        }
    }
    world.tick_at(3 * DAY).await;
    let mut published = world.published("us");
    let count = published.len();
    published.sort_unstable();
    published.dedup();
    assert_eq!((published.len(), count), (35, 35));
    for pair in world.batches(config).await.windows(2) {
        assert_eq!(pair[0].window.end(), pair[1].window.start());
    }
}

#[tokio::test]
async fn a_stuck_batch_holds_back_its_config_alone() {
    let world = World::new().await;
    let (key, other) = (world.signing_key("v1").await, world.signing_key("v2").await);
    let stuck = world.config(&draft("stuck", &[key])).await;
    let fine = world.config(&draft("fine", &[other])).await;
    world.import(&[line(1, "")]).await;
    world.clock.advance(HOUR);
    world.import(&[line(2, "")]).await;
    world.revoke_key(key).await;
    let report = world.tick_at(3 * HOUR).await;
    assert_eq!((report.failed.len(), report.completed.len()), (1, 2));
    assert_eq!(world.states(stuck).await, [BatchState::Failed, BatchState::Open]);
    assert_eq!(world.states(fine).await, [BatchState::Complete; 2]);
    assert_eq!(world.index("stuck"), [""; 0]);
    // Mended: both come, the older one first.
    world.edit(stuck, &draft("stuck", &[other])).await;
    world.exporter().run_now(stuck).await.unwrap();
    world.tick().await;
    assert_eq!(world.states(stuck).await, [BatchState::Complete; 2]);
    let lines = world.index("stuck");
    assert!(lines.len() == 2 && lines.is_sorted(), "{lines:?}");
}

#[tokio::test]
async fn a_failed_batch_waits_longer_each_time_and_is_retried_when_asked() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&draft("us", &[key])).await;
    world.import(&[line(1, "")]).await;
    // A file stands where the folder of the prefix would be made.
    std::fs::create_dir_all(world.exports()).unwrap();
    std::fs::write(world.exports().join("us"), b"in the way").unwrap();
    assert_eq!(world.tick_at(2 * HOUR).await.failed.len(), 1);
    let batch = world.batches(config).await.remove(0);
    assert_eq!(batch.next_attempt_at, Some(at(START + 2 * HOUR + 60)));
    assert!(batch.error.unwrap().contains("may write there"));
    assert_eq!(world.tick().await.failed, [], "not due again");
    assert_eq!(world.tick_at(2 * HOUR + 60).await.failed.len(), 1);
    assert_eq!(world.batches(config).await[0].next_attempt_at, Some(at(START + 2 * HOUR + 180)));
    std::fs::remove_file(world.exports().join("us")).unwrap();
    world.exporter().retry(batch.id).await.unwrap();
    assert_eq!(world.tick().await.completed, [batch.id]);
    let mut transaction = world.store.begin().await.unwrap();
    let attempts = batches::attempts(&mut *transaction, batch.id).await.unwrap();
    assert_eq!(attempts.iter().map(|attempt| attempt.error.is_some()).collect::<Vec<_>>(), [true, true, false]);
    drop(transaction);
    assert!(world.exporter().retry(batch.id).await.unwrap_err().to_string().contains("complete"));
}

#[tokio::test]
async fn a_regenerated_file_is_a_new_line_at_the_end_and_the_old_one_goes() {
    let world = World::new().await;
    let (key, newer) = (world.signing_key("v1").await, world.signing_key("v2").await);
    let config = world.config(&draft("us", &[key])).await;
    world.import(&[line(1, "")]).await;
    world.clock.advance(HOUR);
    world.import(&[line(2, "")]).await;
    world.tick_at(3 * HOUR).await;
    let before = world.index("us");
    world.edit(config, &draft("us", &[key, newer])).await;
    let first = world.batches(config).await.remove(0);
    let again = world.exporter().regenerate(first.id).await.unwrap();
    assert!(world.exporter().regenerate(first.id).await.unwrap_err().to_string().contains("being regenerated"));
    assert_eq!(world.tick().await.completed, [again]);
    let path = format!("us/{:010}-{:010}-00002.zip", START, START + HOUR);
    assert_eq!(world.index("us"), [before[1].clone(), path.clone()]);
    let file = world.open(&path);
    assert_eq!(file.header().end, (START + HOUR + 2) as u64, "it differs from what it replaces");
    assert_eq!((file.keys().len(), file.signatures().len()), (1, 2));
    assert_eq!(world.states(config).await[0], BatchState::Superseded);
    assert!(world.exports().join(&before[0]).exists(), "phones that have the old index still find it");
    world.clock.advance(DAY);
    world.tick().await;
    assert!(!world.exports().join(&before[0]).exists());
}

#[tokio::test]
async fn an_index_that_somebody_changed_is_written_again() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    world.config(&draft("us", &[key])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(2 * HOUR).await;
    let right = world.index("us");
    std::fs::write(world.exports().join("us/index.txt"), "us/evil.zip\n").unwrap();
    world.tick().await;
    assert_eq!(world.index("us"), right);
}

#[tokio::test]
async fn batches_are_paged_without_repeats() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    for prefix in ["a", "b", "c"] {
        world.config(&draft(prefix, &[key])).await;
    }
    world.tick_at(5 * HOUR).await;
    let mut transaction = world.store.begin().await.unwrap();
    let (mut seen, mut before) = (Vec::new(), None);
    loop {
        let page = list::page(&mut *transaction, Wanted::default(), before, 5).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.window.end(), last.id));
        seen.extend(page.iter().map(|batch| (batch.window.end(), batch.id)));
    }
    assert_eq!(seen.len(), 12);
    assert!(seen.is_sorted_by(|left, right| left > right), "newest first, nothing twice");
    let open = Wanted { state: Some(BatchState::Open), ..Wanted::default() };
    assert_eq!(list::page(&mut *transaction, open, None, 5).await.unwrap(), []);
    let hour = |hours: i64| Some(at(START + hours * HOUR));
    let stretch = Wanted { from: hour(1), until: hour(2), ..Wanted::default() };
    let ends: Vec<_> = list::page(&mut *transaction, stretch, None, 50).await.unwrap();
    assert_eq!(ends.iter().map(|batch| batch.window.end()).collect::<Vec<_>>(), vec![hour(2).unwrap(); 3]);
}
