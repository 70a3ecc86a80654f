//! Keeps `<prefix>/index.txt` as the store says. It is never edited: what it should be is made from the store, and
//! written where it isn't that.

use super::{Exporter, ExporterError, Step, TickReport};
use crate::storage::faults::{Deed, Fault, Work};
use crate::storage::{Kind, StorageError};
use crate::store::configs::ConfigRow;
use crate::store::files::{self, FileRow};
use bytes::Bytes;
use tekport_api::Said;

impl Exporter {
    /// Rewrites a config's index where it differs. A config that never published has none.
    pub(super) async fn refresh_indexes(
        &self,
        config: &ConfigRow,
        report: &mut TickReport,
    ) -> Result<(), ExporterError> {
        let listed = files::listed(self.0.store.pool(), config.id).await?;
        let text = Bytes::from(text(&listed));
        match self.write_index(config, text).await {
            Ok(false) => {}
            Ok(true) => self.reached(Step::IndexWritten)?,
            Err(error) => {
                tracing::error!(config = %config.id, %error, "the index could not be written");
                report.problems.push(Fault {
                    target: config.spec.storage_target.clone(),
                    work: Work::Index(config.id),
                    problem: error.to_string(),
                    message: error.fault().message(),
                });
            }
        }
        Ok(())
    }

    async fn write_index(&self, config: &ConfigRow, text: Bytes) -> Result<bool, StorageError> {
        let target = self.0.targets.get(&config.spec.storage_target)?;
        let path = format!("{}/index.txt", config.spec.path_prefix.as_str());
        let differs = match target.get(&path).await? {
            Some(found) => found != text,
            None => !text.is_empty(),
        };
        let now = self.0.clock.now();
        if differs {
            target.put(&path, text, Kind::Index).await?;
            target.worked(Deed::Written, now);
        } else if !text.is_empty() {
            target.worked(Deed::Read, now);
        }
        Ok(differs)
    }
}

/// One path a line, oldest publication first (EXPORT-FORMAT, "Index").
fn text(files: &[FileRow]) -> String {
    files.iter().flat_map(|file| [file.path.as_str(), "\n"]).collect()
}
