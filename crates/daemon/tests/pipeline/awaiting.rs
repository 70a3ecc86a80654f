//! Batches that wait until consoles have signed them.

use crate::world::{DAY, HOUR, START, World, at, data, draft, line};
use tekport_api::batch::BatchState::{AwaitingSignature, Complete, Expired, Failed, Open, Superseded};
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy};
use tekport_api::signing_key::Custody;
use tekport_keys::SigningKey;
use tekportd::store::{batches, signatures, unsigned_files};
use uuid::Uuid;

const NONE: [Uuid; 0] = [];

fn versions(world: &World, line: usize) -> Vec<String> {
    let file = world.open(&world.index("us")[line]);
    file.signatures().iter().map(|signature| signature.info.key_version.clone()).collect()
}

#[tokio::test]
async fn a_batch_waits_until_the_console_has_signed_it() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let config = world.config(&draft("us", &[console.0])).await;
    world.import(&[line(1, ""), line(2, "")]).await;
    let report = world.tick_at(HOUR + 600).await;
    let batch = world.batches(config).await.remove(0);
    assert_eq!((report.completed, report.failed, report.awaiting), (vec![], vec![], vec![batch.id]));
    assert_eq!((batch.state, batch.lease_owner, batch.counts.unwrap().new_keys), (AwaitingSignature, None, 2));
    assert_eq!(world.files(batch.id).await, [], "nothing is in storage yet");
    assert!(!world.exports().join("us").exists());
    let unsigned = world.unsigned(batch.id).await;
    assert_eq!((unsigned.len(), unsigned[0].number, unsigned[0].keys), (1, 1, 2));
    assert_eq!((unsigned[0].start, unsigned[0].end), (at(START), at(START + HOUR)));
    assert_eq!(unsigned[0].signers, [console.0]);

    assert_eq!(world.tick().await.awaiting, [batch.id], "it is looked at and left alone");
    assert_eq!(world.batches(config).await[0].attempts, 1);
    assert_eq!(world.unsigned(batch.id).await, unsigned);

    world.sign(batch.id, &console).await;
    assert_eq!(world.tick().await.completed, [batch.id]);
    assert_eq!(world.published("us"), [data(1), data(2)]);
    assert_eq!(*world.open(&world.index("us")[0]).digest(), unsigned[0].digest, "what was signed is what is published");
    assert_eq!(world.unsigned(batch.id).await, []);
    let mut transaction = world.store.begin().await.unwrap();
    let attempts = batches::attempts(&mut *transaction, batch.id).await.unwrap();
    assert_eq!(attempts.iter().map(|attempt| attempt.error.clone()).collect::<Vec<_>>(), [None, None]);
}

#[tokio::test]
async fn keys_of_several_custodies_sign_one_file() {
    let world = World::new().await;
    let daemon = world.signing_key("v1").await;
    world.clock.advance(10);
    let first = world.console_key("v2").await;
    let config = world.config(&draft("us", &[daemon, first.0])).await;
    world.clock.advance(10);
    let second = world.console_key("v3").await;
    world.edit(config, &draft("us", &[daemon, first.0, second.0])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(HOUR + 600).await;
    let batch = world.batches(config).await.remove(0);
    world.sign(batch.id, &first).await;
    assert_eq!(world.tick().await.completed, NONE, "one console's signature is missing");
    assert_eq!(world.states(config).await, [AwaitingSignature]);
    world.sign(batch.id, &second).await;
    assert_eq!(world.tick().await.completed, [batch.id]);
    assert_eq!(versions(&world, 0), ["v3", "v2", "v1"]);
}

#[tokio::test]
async fn a_batch_that_waited_is_the_same_file_as_one_that_was_signed_at_once() {
    let (key, other) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
    let mut made = Vec::new();
    for custody in [Custody::Console, Custody::Daemon] {
        let world = World::new().await;
        let second = world.register("v2", Custody::Daemon, &other).await;
        world.hand_over(second, &other).await;
        let first = world.register("v1", custody, &key).await;
        if custody == Custody::Daemon {
            world.hand_over(first, &key).await;
        }
        let split = ExportConfigDraft { max_records_per_file: 100, ..draft("us", &[second]) };
        let config = world.config(&split).await;
        world.clock.advance(10);
        world
            .edit(config, &ExportConfigDraft { signing_key_ids: vec![first.to_string(), second.to_string()], ..split })
            .await;
        world.import(&(0..150).map(|number| line(number, "")).collect::<Vec<_>>()).await;
        world.tick_at(HOUR + 600).await;
        if custody == Custody::Console {
            let batch = world.batches(config).await.remove(0);
            assert_eq!(world.unsigned(batch.id).await.iter().map(|file| file.number).collect::<Vec<_>>(), [1, 2]);
            world.sign(batch.id, &(first, SigningKey::from_pkcs8_der(&key.to_pkcs8_der().unwrap()).unwrap())).await;
            world.tick().await;
        }
        let read = |path: String| (std::fs::read(world.exports().join(&path)).unwrap(), path);
        made.push(world.index("us").into_iter().map(read).collect::<Vec<_>>());
    }
    assert_eq!(made[0].len(), 2);
    assert!(made[0] == made[1], "the bytes differ");
}

#[tokio::test]
async fn later_windows_are_made_and_complete_in_order() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let config = world.config(&draft("us", &[console.0])).await;
    for number in [1, 2] {
        world.import(&[line(number, "")]).await;
        world.clock.advance(HOUR);
    }
    // The third window is empty, the fourth isn't.
    world.clock.advance(HOUR);
    world.import(&[line(4, "")]).await;
    world.tick_at(4 * HOUR + 600).await;
    assert_eq!(world.states(config).await, [AwaitingSignature, AwaitingSignature, Open, AwaitingSignature]);
    let batches = world.batches(config).await;
    assert!(batches[2].waits_its_turn());
    for batch in [&batches[3], &batches[1]] {
        world.sign(batch.id, &console).await;
        assert_eq!(world.tick().await.completed, NONE, "the first isn't signed");
    }
    let attempts: Vec<u32> = world.batches(config).await.iter().map(|batch| batch.attempts).collect();
    assert_eq!(attempts, [1; 4], "waiting is no attempt");
    world.sign(batches[0].id, &console).await;
    let all: Vec<_> = batches.iter().map(|batch| batch.id).collect();
    assert_eq!(world.tick().await.completed, all);
    assert!(world.index("us").is_sorted());
    assert_eq!(world.published("us"), [data(1), data(2), data(4)]);
}

#[tokio::test]
async fn a_window_that_is_held_behind_one_that_waits_is_carried_on() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let small_batch = SmallBatchPolicy::Hold { minimum: 2 };
    let config = world.config(&ExportConfigDraft { small_batch, ..draft("us", &[console.0]) }).await;
    for numbers in [&[1, 2][..], &[3], &[4]] {
        world.import(&numbers.iter().map(|number| line(*number, "")).collect::<Vec<_>>()).await;
        world.clock.advance(HOUR);
    }
    world.tick_at(3 * HOUR + 600).await;
    assert_eq!(world.states(config).await, [AwaitingSignature, Open, AwaitingSignature]);
    let batches = world.batches(config).await;
    assert!(batches[1].is_held_over());
    assert_eq!(world.unsigned(batches[2].id).await[0].keys, 2, "with what the window before held");
    world.sign(batches[0].id, &console).await;
    world.sign(batches[2].id, &console).await;
    world.tick().await;
    assert_eq!(world.states(config).await, [Complete; 3]);
    assert_eq!(world.published("us"), [1, 2, 3, 4].map(data));
    let third = world.batches(config).await[2].counts.clone().unwrap();
    assert_eq!((third.received, third.from_earlier, third.new_keys), (1, 1, 2));
}

#[tokio::test]
async fn a_key_that_joins_or_leaves_has_the_files_made_anew() {
    let world = World::new().await;
    let (first, second) = (world.console_key("v1").await, world.console_key("v2").await);
    let config = world.config(&draft("us", &[first.0])).await;
    world.import(&[line(1, "")]).await;
    world.clock.advance(HOUR);
    world.import(&[line(2, "")]).await;
    world.tick_at(2 * HOUR + 600).await;
    let batches = world.batches(config).await;
    let before = world.unsigned(batches[0].id).await;
    world.sign(batches[0].id, &first).await;

    world.edit(config, &draft("us", &[first.0, second.0])).await;
    assert_eq!(world.tick().await.completed, NONE, "the new key hasn't signed");
    let after = world.unsigned(batches[0].id).await;
    assert_ne!(after[0].digest, before[0].digest);
    assert_eq!(after[0].signers, [second.0, first.0], "newest first");
    assert_eq!(world.unsigned(batches[1].id).await[0].signers, [second.0, first.0], "later ones too");

    world.revoke_key(second.0).await;
    assert_eq!(world.tick().await.completed, [batches[0].id], "the same file as before has its signature already");
    assert_eq!(versions(&world, 0), ["v1"]);
    assert_eq!(world.states(config).await, [Complete, AwaitingSignature]);

    world.revoke_key(first.0).await;
    assert_eq!(world.tick().await.failed.len(), 1);
    let batch = world.batches(config).await.remove(1);
    assert_eq!(batch.state, Failed);
    assert!(batch.error.unwrap().starts_with("no live signing key"));
    let third = world.signing_key("v3").await;
    world.edit(config, &draft("us", &[third])).await;
    world.exporter().run_now(config).await.unwrap();
    assert_eq!(world.tick().await.completed, [batch.id]);
    assert_eq!((versions(&world, 1), world.unsigned(batch.id).await), (vec!["v3".to_owned()], vec![]));
}

#[tokio::test]
async fn a_failure_after_the_signature_costs_no_second_one() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let config = world.config(&draft("us", &[console.0])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(HOUR + 600).await;
    let batch = world.batches(config).await.remove(0);
    world.sign(batch.id, &console).await;
    let digest = world.unsigned(batch.id).await[0].digest;
    // A file stands where the folder of the prefix would be made.
    std::fs::create_dir_all(world.exports()).unwrap();
    std::fs::write(world.exports().join("us"), b"in the way").unwrap();
    assert_eq!(world.tick().await.failed.len(), 1);
    std::fs::remove_file(world.exports().join("us")).unwrap();
    world.exporter().retry(batch.id).await.unwrap();
    assert_eq!(world.tick().await.completed, [batch.id]);
    assert_eq!(*world.open(&world.index("us")[0]).digest(), digest);
}

#[tokio::test]
async fn a_regeneration_waits_and_holds_nothing_back() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let config = world.config(&draft("us", &[console.0])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(HOUR + 600).await;
    let first = world.batches(config).await.remove(0);
    world.sign(first.id, &console).await;
    world.tick().await;
    let before = world.index("us");
    let again = world.exporter().regenerate(first.id).await.unwrap();
    world.import(&[line(2, "")]).await;
    world.tick_at(2 * HOUR + 600).await;
    assert_eq!(world.states(config).await, [Complete, AwaitingSignature, AwaitingSignature]);
    assert_eq!(world.index("us"), before, "the old file is offered until the new one is signed");
    let second = world.batches(config).await.remove(2);
    world.sign(second.id, &console).await;
    assert_eq!(world.tick().await.completed, [second.id], "the regeneration holds nothing back");
    world.sign(again, &console).await;
    assert_eq!(world.tick().await.completed, [again]);
    assert_eq!(world.states(config).await, [Superseded, Complete, Complete]);
    let lines = world.index("us");
    assert!(lines.len() == 2 && lines[1].ends_with("-00002.zip") && !lines.contains(&before[0]), "{lines:?}");
}

#[tokio::test]
async fn a_failed_window_is_not_passed_by_one_that_would_wait() {
    let world = World::new().await;
    let daemon = world.signing_key("v1").await;
    let config = world.config(&draft("us", &[daemon])).await;
    for number in [1, 2] {
        world.import(&[line(number, "")]).await;
        world.clock.advance(HOUR);
    }
    world.revoke_key(daemon).await;
    world.tick_at(2 * HOUR + 600).await;
    assert_eq!(world.states(config).await, [Failed, Open], "nothing signs, and the first window holds back the second");
    let console = world.console_key("v2").await;
    world.edit(config, &draft("us", &[console.0])).await;
    world.tick().await;
    assert_eq!(world.states(config).await, [AwaitingSignature; 2], "a key that joins has the failed batch tried again");
}

#[tokio::test]
async fn a_paused_or_ended_config_is_signed_and_completes_when_it_may() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let ends = ExportConfigDraft { valid_through: Some(at(START + HOUR)), ..draft("us", &[console.0]) };
    let config = world.config(&ends).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(5 * HOUR).await;
    let batch = world.batches(config).await.remove(0);
    world.pause(config, true).await;
    world.sign(batch.id, &console).await;
    assert_eq!(world.tick().await.completed, NONE);
    world.pause(config, false).await;
    assert_eq!(world.tick().await.completed, [batch.id]);
}

#[tokio::test]
async fn a_batch_that_waits_longer_than_the_retention_is_finished_from_what_is_kept() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let daily = ExportConfigDraft { period_minutes: 1_440, ..draft("us", &[console.0]) };
    let config = world.config(&daily).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(DAY + HOUR).await;
    let batch = world.batches(config).await.remove(0);
    let unsigned = world.unsigned(batch.id).await;
    assert_eq!(world.tick_at(40 * DAY).await.teks_deleted, 0, "it may have to be made anew");
    world.sign(batch.id, &console).await;
    assert!(world.tick().await.completed.contains(&batch.id));
    assert_eq!(*world.open(&world.index("us")[0]).digest(), unsigned[0].digest);
    // Offered from now on for the whole retention.
    assert_eq!(world.tick_at(53 * DAY).await.withdrawn, 0);
    let gone = world.tick_at(54 * DAY + 1).await;
    assert_eq!((gone.withdrawn, gone.teks_deleted), (1, 1));
}

#[tokio::test]
async fn kept_bytes_that_were_changed_are_not_published() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let config = world.config(&draft("us", &[console.0])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(HOUR + 600).await;
    let batch = world.batches(config).await.remove(0);
    world.sign(batch.id, &console).await;
    let mut transaction = world.store.begin().await.unwrap();
    let row = unsigned_files::of_batch(&mut *transaction, batch.id).await.unwrap().remove(0);
    let mut bin = unsigned_files::content(&mut *transaction, batch.id, 1).await.unwrap().unwrap();
    *bin.last_mut().unwrap() ^= 1;
    unsigned_files::replace(&mut transaction, batch.id, &[(row.clone(), bin)]).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(world.tick().await.completed, [batch.id], "it is made anew from the keys");
    assert_eq!(*world.open(&world.index("us")[0]).digest(), row.digest);
}

#[tokio::test]
async fn a_regeneration_that_nobody_signed_is_given_up_with_what_it_was_to_replace() {
    let world = World::new().await;
    let console = world.console_key("v1").await;
    let ends = ExportConfigDraft { valid_through: Some(at(START + HOUR)), ..draft("us", &[console.0]) };
    let config = world.config(&ends).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(HOUR + 600).await;
    let first = world.batches(config).await.remove(0);
    world.sign(first.id, &console).await;
    world.tick().await;
    let again = world.exporter().regenerate(first.id).await.unwrap();
    world.tick().await;
    let unsigned = world.unsigned(again).await;
    assert_eq!(unsigned.len(), 1);
    assert_eq!(world.tick_at(14 * DAY + HOUR).await.awaiting, [again], "what it replaces is still offered");
    let report = world.tick_at(14 * DAY + HOUR + 600).await;
    assert_eq!((report.withdrawn, report.awaiting), (1, vec![]));
    assert_eq!(world.states(config).await, [Expired; 2]);
    assert_eq!((world.unsigned(again).await, world.index("us")), (vec![], vec![]));
    assert_eq!(world.tick_at(16 * DAY).await.teks_deleted, 1, "nothing needs its keys");
}

#[tokio::test]
async fn a_signature_is_kept_as_long_as_its_file_awaits_others() {
    let world = World::new().await;
    let (first, second) = (world.console_key("v1").await, world.console_key("v2").await);
    let daily = ExportConfigDraft { period_minutes: 1_440, ..draft("us", &[first.0, second.0]) };
    let config = world.config(&daily).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(DAY + HOUR).await;
    let batch = world.batches(config).await.remove(0);
    let digest = world.unsigned(batch.id).await[0].digest;
    world.sign(batch.id, &first).await;
    world.tick_at(40 * DAY).await;
    world.sign(batch.id, &second).await;
    assert!(world.tick().await.completed.contains(&batch.id), "the first signature is forty days old and still there");
    let mut transaction = world.store.begin().await.unwrap();
    assert_eq!(
        signatures::find(&mut *transaction, &digest, first.0).await.unwrap(),
        None,
        "and then nothing asks for it"
    );
    assert!(signatures::find(&mut *transaction, &digest, second.0).await.unwrap().is_some());
}
