//! How far the batch that is being worked on has come, for whoever watches. In memory alone: it says what happens now,
//! and what happened is in the store.

use std::sync::{Arc, Mutex, PoisonError};
use tekport_api::batch::{BatchProgress, BatchStep};
use uuid::Uuid;

/// What the exporter does now. Cloning shares it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Mutex<Option<(Uuid, BatchProgress)>>>);

impl Progress {
    /// Returns how far a batch has come; `None` where this daemon isn't working on it.
    #[must_use]
    pub fn of(&self, batch: Uuid) -> Option<BatchProgress> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .filter(|(id, _)| *id == batch)
            .map(|(_, progress)| progress)
    }

    /// Begins with a batch; ends with it when the answer is dropped.
    pub(super) fn begin(&self, batch: Uuid) -> Working {
        self.set(Some((batch, BatchProgress { step: BatchStep::Collecting, files: None, files_done: 0 })));
        Working(self.clone())
    }

    /// Goes on to a step, with none of its files done.
    pub(super) fn at(&self, step: BatchStep, files: Option<u32>) {
        self.change(|progress| *progress = BatchProgress { step, files, files_done: 0 });
    }

    /// One more file has come through the step.
    pub(super) fn file_done(&self) {
        self.change(|progress| progress.files_done = progress.files_done.saturating_add(1));
    }

    fn change(&self, change: impl FnOnce(&mut BatchProgress)) {
        if let Some((_, progress)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            change(progress);
        }
    }

    fn set(&self, working: Option<(Uuid, BatchProgress)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = working;
    }
}

/// A batch is being worked on as long as this is there.
#[derive(Debug)]
pub(super) struct Working(Progress);

impl Drop for Working {
    fn drop(&mut self) {
        self.0.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_has_progress_while_it_is_worked_on() {
        let (progress, batch) = (Progress::default(), Uuid::from_u128(1));
        let working = progress.begin(batch);
        assert_eq!(progress.of(batch).unwrap().step, BatchStep::Collecting);
        assert_eq!(progress.of(Uuid::from_u128(2)), None);
        progress.at(BatchStep::Storing, Some(3));
        progress.file_done();
        assert_eq!(progress.of(batch), Some(BatchProgress { step: BatchStep::Storing, files: Some(3), files_done: 1 }));
        progress.at(BatchStep::Verifying, Some(3));
        assert_eq!(progress.of(batch).unwrap().files_done, 0);
        drop(working);
        assert_eq!(progress.of(batch), None);
    }
}
