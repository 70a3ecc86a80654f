//! Windows with so few keys that a person could be made out.

use crate::world::{HOUR, World, data, draft, line};
use std::collections::BTreeSet;
use tekport_api::batch::BatchState;
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy};

fn pad(minimum: u32, jitter: u32) -> SmallBatchPolicy {
    SmallBatchPolicy::Pad { minimum, jitter }
}

#[tokio::test]
async fn hold_carries_keys_over_until_there_are_enough() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world
        .config(&ExportConfigDraft { small_batch: SmallBatchPolicy::Hold { minimum: 3 }, ..draft("us", &[key]) })
        .await;
    for number in 1..=4 {
        world.import(&[line(number, "")]).await;
        world.clock.advance(HOUR);
    }
    world.tick_at(5 * HOUR).await;
    assert_eq!(world.states(config).await, [BatchState::Complete; 4]);
    assert_eq!(world.index("us").len(), 1);
    assert_eq!(world.published("us"), [data(1), data(2), data(3)]);
    let batches = world.batches(config).await;
    let held: Vec<bool> = batches.iter().map(tekportd::store::batches::BatchRow::is_held_over).collect();
    assert_eq!(held, [true, true, false, true]);
    let third = batches[2].counts.clone().unwrap();
    assert_eq!((third.received, third.from_earlier, third.new_keys), (1, 2, 3));
}

#[tokio::test]
async fn padding_is_stored_and_a_second_config_shows_the_same_keys() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let one = world.config(&ExportConfigDraft { small_batch: pad(50, 20), ..draft("one", &[key]) }).await;
    world.config(&draft("two", &[key])).await;
    world.import(&[line(1, ""), line(2, ""), line(3, "")]).await;
    world.tick_at(2 * HOUR).await;
    let published: BTreeSet<_> = world.published("one").into_iter().collect();
    assert!((50..=70).contains(&published.len()), "{}", published.len());
    assert_eq!(world.published("two").into_iter().collect::<BTreeSet<_>>(), published);
    let counts = world.batches(one).await[0].counts.clone().unwrap();
    assert_eq!((counts.new_keys, counts.generated as usize), (3, published.len() - 3));
    // Made again on purpose, it shows the same keys.
    let batch = world.batches(one).await.remove(0);
    world.exporter().regenerate(batch.id).await.unwrap();
    world.tick().await;
    assert_eq!(world.published("one").into_iter().collect::<BTreeSet<_>>(), published);
}

#[tokio::test]
async fn padding_counts_the_whole_window_and_stays_under_the_maximum() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let full = ExportConfigDraft { small_batch: pad(100, 0), max_records_per_file: 100, ..draft("full", &[key]) };
    let config = world.config(&full).await;
    // 150 keys in two files of 75: the window is above the minimum, though neither file is.
    world.import(&(0..150).map(|number| line(number, "")).collect::<Vec<_>>()).await;
    world.clock.advance(HOUR);
    world.import(&[line(200, "")]).await;
    world.tick_at(3 * HOUR).await;
    let files: Vec<usize> = world.index("full").iter().map(|path| world.open(path).keys().len()).collect();
    assert_eq!(files, [75, 75, 100]);
    assert_eq!(world.batches(config).await[0].counts.clone().unwrap().generated, 0);
    let ends: Vec<u64> = world.index("full").iter().map(|path| world.open(path).header().end % 3_600).collect();
    assert_eq!(ends, [1, 2, 0], "files of a split window carry their numbers in the end");
}

#[tokio::test]
async fn a_window_without_a_real_key_is_not_padded() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    world.config(&ExportConfigDraft { small_batch: pad(50, 20), ..draft("us", &[key]) }).await;
    world.tick_at(2 * HOUR).await;
    assert_eq!(world.index("us"), [""; 0]);
}

#[tokio::test]
async fn a_window_that_another_config_showed_already_is_held_and_padded_later() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    world.config(&draft("open", &[key])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(2 * HOUR).await;
    let config = world.config(&ExportConfigDraft { small_batch: pad(50, 0), ..draft("late", &[key]) }).await;
    world.tick().await;
    assert_eq!(world.index("late"), [""; 0], "generated keys would show: the other file lacks them");
    assert!(world.batches(config).await[0].is_held_over());
    world.clock.advance(HOUR);
    world.tick().await;
    assert_eq!(world.published("late").len(), 50);
    assert!(world.published("late").contains(&data(1)));
}
