//! What a console that watches sees of a batch while it is made.

use crate::crash::StopAt;
use crate::world::{HOUR, World, draft, line};
use std::sync::{Arc, Mutex, OnceLock};
use tekport_api::batch::{BatchProgress, BatchStep};
use tekport_api::export_config::ExportConfigDraft;
use tekportd::exporter::Progress;
use tekportd::exporter::checkpoint::{Checkpoint, Interrupted, Step};
use uuid::Uuid;

/// Notes how far a batch has come at each step.
#[derive(Debug, Clone)]
struct Watch {
    batch: Uuid,
    progress: Arc<OnceLock<Progress>>,
    seen: Arc<Mutex<Vec<(Step, BatchProgress)>>>,
}

impl Checkpoint for Watch {
    fn reached(&self, step: Step) -> Result<(), Interrupted> {
        let progress = self.progress.get().and_then(|progress| progress.of(self.batch));
        self.seen.lock().unwrap().extend(progress.map(|progress| (step, progress)));
        Ok(())
    }
}

#[tokio::test]
async fn each_step_and_each_file_of_a_batch_is_seen() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&ExportConfigDraft { max_records_per_file: 100, ..draft("us", &[key]) }).await;
    world.import(&(0..150).map(|number| line(number, "")).collect::<Vec<_>>()).await;
    world.clock.advance(HOUR + 600);
    // Killed as soon as the batch is there.
    assert!(world.exporter_with("one", Box::new(StopAt::new(1))).tick().await.is_err());
    let batch = world.batches(config).await[0].id;

    let watch = Watch { batch, progress: Arc::default(), seen: Arc::default() };
    let exporter = world.exporter_with("one", Box::new(watch.clone()));
    watch.progress.set(exporter.progress()).unwrap();
    exporter.tick().await.unwrap();
    let at = |step, files, files_done| BatchProgress { step, files, files_done };
    let seen = watch.seen.lock().unwrap().clone();
    assert_eq!(
        seen,
        [
            (Step::Leased, at(BatchStep::Collecting, None, 0)),
            (Step::Collected, at(BatchStep::Collecting, None, 0)),
            (Step::FilesMade, at(BatchStep::MakingFiles, None, 0)),
            (Step::Signed, at(BatchStep::Signing, Some(2), 2)),
            (Step::FilesRecorded, at(BatchStep::Signing, Some(2), 2)),
            (Step::FileStored, at(BatchStep::Storing, Some(2), 1)),
            (Step::FileStored, at(BatchStep::Storing, Some(2), 2)),
            (Step::FilesVerified, at(BatchStep::Verifying, Some(2), 2)),
            (Step::Completed, at(BatchStep::Verifying, Some(2), 2)),
        ]
    );
    assert_eq!(exporter.progress().of(batch), None, "it is done");
}
