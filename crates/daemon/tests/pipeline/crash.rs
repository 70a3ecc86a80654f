//! Kills the exporter after every single step and lets another one go on.

use crate::world::{DAY, HOUR, START, World, at, data, draft, line};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use tekport_api::batch::BatchState;
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy};
use tekport_api::signing_key::KeyEventKind;
use tekportd::exporter::ExporterError;
use tekportd::exporter::checkpoint::{Checkpoint, Interrupted, Step};
use tekportd::store::{Store, files};
use uuid::Uuid;

/// Stops at the n-th checkpoint, counted from 1, and notes the steps it saw.
#[derive(Debug, Clone)]
pub(crate) struct StopAt {
    stop: usize,
    seen: Arc<Mutex<Vec<Step>>>,
}

impl StopAt {
    pub(crate) fn new(stop: usize) -> Self {
        Self { stop, seen: Arc::default() }
    }
}

impl Checkpoint for StopAt {
    fn reached(&self, step: Step) -> Result<(), Interrupted> {
        let mut seen = self.seen.lock().unwrap();
        seen.push(step);
        if seen.len() == self.stop { Err(Interrupted(step)) } else { Ok(()) }
    }
}

/// One config that pads and splits, one that holds, one that is regenerated, keys in two windows; two signing keys of
/// which the older ends after they are published.
async fn scene() -> (World, Vec<Uuid>) {
    let (world, configs, _) = scene_and_old_key().await;
    (world, configs)
}

async fn scene_and_old_key() -> (World, Vec<Uuid>, Uuid) {
    let world = World::new().await;
    let (old, new) = (world.signing_key("v1").await, world.signing_key("v2").await);
    world.confirm_key(new).await;
    world.end_key(old, 3 * HOUR + 30).await;
    // They end after two windows, so that there are no others to kill the exporter in.
    let two_windows =
        |prefix| ExportConfigDraft { valid_through: Some(at(START + 2 * HOUR)), ..draft(prefix, &[old, new]) };
    let small_batch = SmallBatchPolicy::Pad { minimum: 20, jitter: 5 };
    let padded = ExportConfigDraft { small_batch, max_records_per_file: 100, ..two_windows("padded") };
    let small_batch = SmallBatchPolicy::Hold { minimum: 8 };
    let configs = vec![
        world.config(&padded).await,
        world.config(&ExportConfigDraft { small_batch, ..two_windows("held") }).await,
        world.config(&two_windows("plain")).await,
    ];
    world.import(&(0..5).map(|number| line(number, "")).collect::<Vec<_>>()).await;
    world.clock.advance(HOUR);
    world.import(&(5..120).map(|number| line(number, "")).collect::<Vec<_>>()).await;
    (world, configs, old)
}

/// Every export file under the folder, by path.
fn zips(world: &World) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for prefix in ["padded", "held", "plain"] {
        for entry in std::fs::read_dir(world.exports().join(prefix)).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "zip") {
                let name = format!("{prefix}/{}", path.file_name().unwrap().to_string_lossy());
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

async fn assert_consistent(world: &World, configs: &[Uuid], context: &str) {
    for (config, prefix) in configs.iter().zip(["padded", "held", "plain"]) {
        let batches = world.batches(*config).await;
        let mut windows = BTreeSet::new();
        for batch in batches.iter().filter(|batch| batch.state == BatchState::Complete) {
            assert!(windows.insert((batch.window.start(), batch.window.end())), "{context}: two batches of a window");
        }
        let unfinished = batches
            .iter()
            .filter(|batch| matches!(batch.state, BatchState::Open | BatchState::Leased | BatchState::Failed));
        assert_eq!(unfinished.count(), 0, "{context}");
        let mut transaction = world.store.begin().await.unwrap();
        let listed = files::listed(&mut *transaction, *config).await.unwrap();
        drop(transaction);
        let paths: Vec<String> = listed.iter().map(|file| file.path.clone()).collect();
        assert_eq!(world.index(prefix), paths, "{context}: the index is what the store says");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_after_any_step_the_next_tick_goes_on() {
    let mut seen = BTreeSet::new();
    for stop in 1.. {
        let (world, configs, old_key) = scene_and_old_key().await;
        let checkpoint = StopAt::new(stop);
        let mut stopped = None;
        // Publish; publish a regeneration; let files expire; delete them.
        for (phase, advance) in [2 * HOUR, 60, 14 * DAY, DAY].into_iter().enumerate() {
            world.clock.advance(advance);
            if phase == 1 {
                let first = world.batches(configs[2]).await.remove(0);
                world.exporter().regenerate(first.id).await.unwrap();
            }
            match world.exporter_with("one", Box::new(checkpoint.clone())).tick().await {
                Ok(_) => {}
                Err(ExporterError::Interrupted(Interrupted(step))) => {
                    stopped = Some(step);
                    let left = zips(&world);
                    // Another process opens what the killed one left.
                    let path = world.folder.path().join("tekport.db");
                    let restarted = World { store: Store::open(&path).await.unwrap(), ..world };
                    let report = restarted.tick().await;
                    assert_eq!((report.failed, report.problems), (vec![], vec![]), "stopped after {step:?}");
                    for (path, bytes) in zips(&restarted) {
                        let before = left.get(&path).unwrap_or(&bytes);
                        assert_eq!(*before, bytes, "stopped after {step:?}: {path} has other bytes than before");
                    }
                    return_to(&restarted, &configs, phase, step).await;
                    let ended = if phase == 0 { (false, vec![]) } else { (true, vec![KeyEventKind::Retired]) };
                    assert_eq!(restarted.retirement(old_key).await, ended, "phase {phase}, stopped after {step:?}");
                    seen.insert(format!("{step:?}"));
                    break;
                }
                Err(error) => panic!("{error}"),
            }
        }
        if stopped.is_none() {
            break;
        }
    }
    // Those of batches that wait are killed below.
    let waiting = [Step::PutOff, Step::FilesTakenUp];
    let all = Step::ALL.iter().filter(|step| !waiting.contains(step)).map(|step| format!("{step:?}"));
    assert_eq!(seen, all.collect(), "every step was killed at least once");
}

/// A daemon's and a console's key sign two windows of one config; the console signs between two ticks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_a_batch_waits_for_a_signature_the_next_tick_goes_on() {
    let mut seen = BTreeSet::new();
    for stop in 1.. {
        let mut world = World::new().await;
        let (daemon, console) = (world.signing_key("v1").await, world.console_key("v2").await);
        let two_windows =
            ExportConfigDraft { valid_through: Some(at(START + 2 * HOUR)), ..draft("plain", &[daemon, console.0]) };
        let config = world.config(&two_windows).await;
        for number in 0..2 {
            world.import(&[line(number, "")]).await;
            world.clock.advance(HOUR);
        }
        world.clock.advance(HOUR);
        let checkpoint = StopAt::new(stop);
        let mut stopped = None;
        let mut digests = Vec::new();
        for signed in [false, true] {
            match world.exporter_with("one", Box::new(checkpoint.clone())).tick().await {
                Ok(_) => {}
                Err(ExporterError::Interrupted(Interrupted(step))) => {
                    stopped = Some(step);
                    let path = world.folder.path().join("tekport.db");
                    world = World { store: Store::open(&path).await.unwrap(), ..world };
                    let report = world.tick().await;
                    assert_eq!((report.failed, report.problems), (vec![], vec![]), "stopped after {step:?}");
                    seen.insert(step);
                }
                Err(error) => panic!("{error}"),
            }
            if !signed {
                assert_eq!(world.states(config).await, [BatchState::AwaitingSignature; 2], "stopped after {stopped:?}");
                for batch in world.batches(config).await {
                    digests.extend(world.unsigned(batch.id).await.into_iter().map(|file| file.digest));
                    world.sign(batch.id, &console).await;
                }
            }
        }
        let context = format!("stopped after {stopped:?}");
        assert_eq!(world.states(config).await, [BatchState::Complete; 2], "{context}");
        let lines = world.index("plain");
        let published: Vec<[u8; 32]> = lines.iter().map(|path| *world.open(path).digest()).collect();
        assert_eq!(published, digests, "{context}: what was signed is what is published, in window order");
        if stopped.is_none() {
            break;
        }
    }
    let waiting = [Step::PutOff, Step::FilesTakenUp, Step::Signed, Step::FilesRecorded, Step::Completed];
    assert!(waiting.iter().all(|step| seen.contains(step)), "{seen:?}");
}

/// What must hold after the restart.
async fn return_to(world: &World, configs: &[Uuid], phase: usize, step: Step) {
    let context = format!("phase {phase}, stopped after {step:?}");
    assert_consistent(world, configs, &context).await;
    if phase > 1 {
        return;
    }
    let real: BTreeSet<_> = (0..120).map(data).collect();
    for prefix in ["padded", "held", "plain"] {
        let published = world.published(prefix);
        let distinct: BTreeSet<_> = published.iter().copied().collect();
        assert_eq!(distinct.len(), published.len(), "{context}: a key twice in {prefix}");
        assert!(real.is_subset(&distinct), "{context}: a key is missing in {prefix}");
    }
    let first_window = format!("padded/{START:010}");
    let padded: usize = world
        .index("padded")
        .iter()
        .filter(|path| path.starts_with(&first_window))
        .map(|path| world.open(path).keys().len())
        .sum();
    assert!((20..=25).contains(&padded), "{context}: padded to {padded}");
}

#[tokio::test]
async fn a_dead_daemons_lease_is_taken_over() {
    let (world, configs) = scene().await;
    world.clock.advance(2 * HOUR);
    let dead = world.exporter_with("dead", Box::new(StopAtStep(Step::Leased)));
    assert!(dead.tick().await.is_err());
    let other = world.exporter_with("other", Box::new(StopAt::new(usize::MAX)));
    other.tick().await.unwrap();
    let mut states = Vec::new();
    for config in &configs {
        states.push(world.states(*config).await);
    }
    states.sort_by_key(|states| states[0].as_str());
    let complete = [BatchState::Complete; 2];
    assert_eq!(states[..2], [complete, complete], "the lease holds back no other config");
    assert_eq!(states[2], [BatchState::Leased, BatchState::Open], "and it still holds");
    world.clock.advance(601);
    other.tick().await.unwrap();
    for config in configs {
        assert_eq!(world.states(config).await, complete);
    }
}

#[derive(Debug)]
struct StopAtStep(Step);

impl Checkpoint for StopAtStep {
    fn reached(&self, step: Step) -> Result<(), Interrupted> {
        if step == self.0 { Err(Interrupted(step)) } else { Ok(()) }
    }
}
