//! From one signing key to the next: every file that phones find carries a signature they accept, all the way.

use crate::world::{DAY, HOUR, START, World, at, draft, line, line_from};
use std::collections::BTreeSet;
use tekport_api::export_config::ExportConfigDraft;
use tekport_api::signing_key::KeyEventKind;
use tekportd::exporter::checkpoint::{Checkpoint, Interrupted, Step};
use tekportd::key_life::facts;
use tekportd::store::{Store, signing_keys};
use uuid::Uuid;

/// Who signed each file that the index offers, oldest first.
fn offered(world: &World) -> Vec<Vec<String>> {
    let index = world.index("us");
    let signers = |path: &String| {
        world.open(path).signatures().iter().map(|signature| signature.info.key_version.to_string()).collect()
    };
    index.iter().map(signers).collect()
}

/// A config of daily windows that has published the first of them with `v1`, which both companies have confirmed.
async fn daily() -> (World, Uuid, Uuid) {
    let world = World::new().await;
    let v1 = world.signing_key("v1").await;
    world.confirm_key(v1).await;
    let config = world.config(&ExportConfigDraft { period_minutes: 1_440, ..draft("us", &[v1]) }).await;
    next_day(&world, 1).await;
    (world, config, v1)
}

/// Publishes a key a day, on the day after.
async fn next_day(world: &World, day: i64) {
    world.import(&[line_from(u32::try_from(day).unwrap(), START + (day - 3) * DAY, "")]).await;
    let report = world.tick_at(day * DAY + HOUR).await;
    assert_eq!((report.completed.len(), &report.failed[..]), (1, &[][..]), "day {day}");
}

async fn attach(world: &World, config: Uuid, keys: &[Uuid]) {
    world.edit(config, &ExportConfigDraft { period_minutes: 1_440, ..draft("us", keys) }).await;
}

#[tokio::test]
async fn a_rotation_leaves_no_file_without_a_signature_that_phones_accept() {
    let (world, config, v1) = daily().await;
    let v2 = world.signing_key("v2").await;
    attach(&world, config, &[v1, v2]).await;
    next_day(&world, 2).await;
    assert_eq!(offered(&world), [vec!["v1"], vec!["v2", "v1"]]);
    world.confirm_key(v2).await;

    let mut transaction = world.store.begin().await.unwrap();
    let check = facts::read(&mut transaction, world.clock.now(), 14).await.unwrap().end_of("310 v1", world.clock.now());
    drop(transaction);
    let first_file_leaves = DAY + HOUR + 14 * DAY;
    assert_eq!(check.earliest, Some(at(START + first_file_leaves)), "{check:?}");
    world.end_key(v1, first_file_leaves).await;

    let mut seen = BTreeSet::new();
    for day in 3..32 {
        next_day(&world, day).await;
        let files = offered(&world);
        assert_eq!(files.len(), usize::try_from(day.min(14)).unwrap(), "a file a day, for 14 days");
        let ended = day * DAY + HOUR >= first_file_leaves;
        assert_eq!(world.retirement(v1).await.0, ended, "day {day}");
        // What phones have: v1 until it ends, v2 since it was confirmed.
        let accepted = |signers: &Vec<String>| signers.iter().any(|key| key == "v2" || (key == "v1" && !ended));
        assert!(files.iter().all(accepted), "day {day}: {files:?}");
        seen.insert(files.last().unwrap().clone());
    }
    assert_eq!(seen, BTreeSet::from([vec!["v2".to_owned(), "v1".to_owned()], vec!["v2".to_owned()]]));
    assert!(offered(&world).iter().all(|signers| signers == &["v2"]), "in the end v2 alone");
}

#[tokio::test]
async fn an_end_that_would_leave_files_alone_is_held_until_they_are_gone() {
    let (world, config, v1) = daily().await;
    let v2 = world.signing_key("v2").await;
    attach(&world, config, &[v1, v2]).await;
    world.confirm_key(v2).await;
    world.end_key(v1, 2 * DAY).await;
    next_day(&world, 2).await;
    assert_eq!(world.retirement(v1).await, (false, vec![KeyEventKind::EndHeld]));
    assert_eq!(offered(&world).last().unwrap(), &["v2", "v1"], "it goes on signing");
    for day in 3..16 {
        next_day(&world, day).await;
    }
    assert_eq!(world.retirement(v1).await, (true, vec![KeyEventKind::EndHeld, KeyEventKind::Retired]));
}

#[tokio::test]
async fn keys_are_ordered_by_when_they_began_to_sign_not_by_when_they_were_made() {
    let world = World::new().await;
    let (older, newer) = (world.signing_key("older").await, world.signing_key("newer").await);
    let config = world.config(&draft("us", &[newer])).await;
    world.clock.advance(60);
    world.edit(config, &draft("us", &[newer, older])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(2 * HOUR).await;
    assert_eq!(offered(&world), [["older", "newer"]]);
}

/// Revokes a key once the files of a batch were verified, as an officer may at any moment.
#[derive(Debug)]
struct RevokesAfter {
    step: Step,
    database: std::path::PathBuf,
    key: Uuid,
}

impl Checkpoint for RevokesAfter {
    fn reached(&self, step: Step) -> Result<(), Interrupted> {
        if step == self.step {
            let (database, key) = (self.database.clone(), self.key);
            let revoke = async move {
                let store = Store::open(&database).await.unwrap();
                let mut transaction = store.begin().await.unwrap();
                signing_keys::revoke(&mut *transaction, key, at(START)).await.unwrap();
                transaction.commit().await.unwrap();
            };
            let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            std::thread::spawn(move || runtime().block_on(revoke)).join().unwrap();
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_revoked_between_signing_and_publication_is_in_no_index() {
    let world = World::new().await;
    let (v1, v2) = (world.signing_key("v1").await, world.signing_key("v2").await);
    let config = world.config(&draft("us", &[v1, v2])).await;
    world.import(&[line(1, "")]).await;
    world.clock.advance(HOUR + 600);
    let database = world.folder.path().join("tekport.db");
    let checkpoint = RevokesAfter { step: Step::FilesVerified, database, key: v1 };
    let report = world.exporter_with("one", Box::new(checkpoint)).tick().await.unwrap();
    assert_eq!((report.completed.len(), report.failed.len()), (0, 1));
    insta::assert_snapshot!(report.failed[0].1, @"the config's signing keys changed while the files were made; they are made anew with those of now");
    assert_eq!(world.index("us"), [""; 0]);
    world.clock.advance(60);
    world.tick().await;
    assert_eq!(offered(&world), [["v2"]]);
    assert_eq!(world.batches(config).await[0].attempts, 2);
}
