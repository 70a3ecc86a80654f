//! What happens to files and keys whose time has passed.

use crate::world::{DAY, HOUR, START, World, at, draft, line, line_from};
use tekport_api::batch::BatchState;
use tekport_api::export_config::ExportConfigDraft;

/// A daily config: fewer windows in the weeks that pass here.
fn daily(key: uuid::Uuid) -> ExportConfigDraft {
    ExportConfigDraft { period_minutes: 1_440, ..draft("us", &[key]) }
}

#[tokio::test]
async fn the_last_window_is_made_and_an_ended_configs_files_expire() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let end = START + HOUR + 1_200;
    let config = world.config(&ExportConfigDraft { valid_through: Some(at(end)), ..draft("us", &[key]) }).await;
    world.clock.advance(HOUR + 60);
    world.import(&[line(1, "")]).await;
    world.clock.advance(HOUR);
    world.import(&[line(2, "")]).await;
    world.tick_at(5 * HOUR).await;
    let windows: Vec<_> = world.batches(config).await.iter().map(|batch| batch.window.end()).collect();
    assert_eq!(windows, [at(START + HOUR), at(end)]);
    let lines = world.index("us");
    assert_eq!(lines.len(), 1);
    world.tick_at(5 * HOUR + 14 * DAY - 1).await;
    assert_eq!(world.index("us"), lines, "not a second before its retention is over");
    assert_eq!(world.tick_at(5 * HOUR + 14 * DAY).await.withdrawn, 1);
    assert_eq!(world.index("us"), [""; 0], "it leaves the index first");
    assert!(world.exports().join(&lines[0]).exists());
    assert_eq!(world.states(config).await, [BatchState::Expired; 2]);
    assert_eq!(world.tick_at(5 * HOUR + 15 * DAY).await.files_deleted, 1);
    assert!(!world.exports().join(&lines[0]).exists());
    assert_eq!(world.tick().await.files_deleted, 0);
}

#[tokio::test]
async fn lines_leave_the_index_from_the_top() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    world.config(&daily(key)).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(DAY + HOUR).await;
    world.import(&[line_from(2, START - DAY, "")]).await;
    world.tick_at(2 * DAY + HOUR).await;
    let lines = world.index("us");
    assert_eq!(lines.len(), 2);
    world.tick_at(15 * DAY + HOUR).await;
    assert_eq!(world.index("us"), lines[1..]);
}

#[tokio::test]
async fn keys_go_after_their_retention_but_never_while_a_batch_needs_them() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&daily(key)).await;
    world.import(&[line(1, "")]).await;
    world.revoke_key(key).await;
    world.tick_at(DAY + HOUR).await;
    assert_eq!(world.states(config).await, [BatchState::Failed]);
    assert_eq!(world.tick_at(20 * DAY).await.teks_deleted, 0, "the failed batch still needs its key");
    let other = world.signing_key("v2").await;
    world.edit(config, &daily(other)).await;
    world.exporter().run_now(config).await.unwrap();
    let report = world.tick().await;
    assert_eq!((report.failed.len(), report.teks_deleted), (0, 0), "its file is offered and may be regenerated");
    assert_eq!(world.published("us").len(), 1);
    assert_eq!(world.tick_at(20 * DAY + 14 * DAY).await.teks_deleted, 1);
}
