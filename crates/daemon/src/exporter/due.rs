//! Makes the batches of windows that closed.

use super::{Exporter, ExporterError, Step, TickReport};
use crate::schedule::{MAX_WINDOWS_AT_ONCE, Schedule, Window};
use crate::store::batches::{self, NewBatch};
use crate::store::configs::{self, ConfigRow};

impl Exporter {
    /// Makes a batch for every closed window of every config that isn't paused.
    pub(super) async fn make_due(&self, report: &mut TickReport) -> Result<(), ExporterError> {
        for config in configs::all(self.0.store.pool()).await? {
            if self.closed_windows(&config).is_empty() {
                continue;
            }
            let mut transaction = self.0.store.begin().await?;
            // Read again under the write lock: an edit or another daemon may have come between.
            let Some(config) = configs::find(&mut *transaction, config.id).await? else { continue };
            let windows = self.closed_windows(&config);
            let Some(last) = windows.last() else { continue };
            let now = self.0.clock.now();
            for window in &windows {
                let new = NewBatch {
                    config_id: config.id,
                    spec: &config.spec,
                    window: *window,
                    generation: 0,
                    collect_from: None,
                };
                batches::insert(&mut *transaction, new, now).await?;
                report.made += 1;
            }
            configs::set_windows_through(&mut *transaction, config.id, last.end()).await?;
            transaction.commit().await?;
            report.more_due |= windows.len() == MAX_WINDOWS_AT_ONCE;
            self.reached(Step::BatchesMade)?;
        }
        Ok(())
    }

    fn closed_windows(&self, config: &ConfigRow) -> Vec<Window> {
        if config.paused {
            return Vec::new();
        }
        let schedule = Schedule::from(&config.spec);
        schedule.closed_windows(config.windows_through, self.0.clock.now(), self.0.settings.min_window_age)
    }
}
