//! Lets files, TEKs and signing keys go once their time has passed: files leave the index first and storage later, so that no
//! phone is sent to a file that is gone; keys go when no batch needs them.

use super::{Exporter, ExporterError, Step, TickReport};
use crate::key_life::retirement::retire_due;
use crate::storage::faults::{Deed, Fault, Work};
use crate::store::batches::{self, steps};
use crate::store::configs::{self, ConfigRow};
use crate::store::{StoreError, files, signatures, teks, unsigned_files};
use sqlx::SqliteConnection;
use tekport_api::{Said, UtcTime};

const DAY: i64 = 86_400;
/// A withdrawn file stays in storage this long: clients and caches may still have the old index.
const GRACE_SECONDS: i64 = DAY;

/// A signature is kept this long: by then its file is published, or made anew.
const SIGNATURE_SECONDS: i64 = 30 * DAY;

impl Exporter {
    /// Takes files out of the order of publication whose retention has passed; the indexes follow in this tick.
    /// Paused and ended configs are no exception. A regeneration that isn't complete by then has nothing to replace any
    /// more and is given up: its keys are too old for phones to match.
    pub(super) async fn withdraw_expired(&self, report: &mut TickReport) -> Result<(), ExporterError> {
        let now = self.0.clock.now();
        let before = ago(now, i64::from(self.0.settings.retention_days) * DAY);
        let mut transaction = self.0.store.begin().await?;
        report.withdrawn = files::withdraw_published_before(&mut *transaction, before, now).await?;
        steps::expire(&mut *transaction, before).await?;
        for id in steps::expire_regenerations(&mut transaction).await? {
            tracing::info!(batch = %id, "a regeneration is given up: what it was to replace has left the index");
            files::withdraw_batch(&mut *transaction, id, now).await?;
            unsigned_files::delete(&mut *transaction, id).await?;
        }
        transaction.commit().await?;
        self.reached(Step::FilesWithdrawn)?;
        Ok(())
    }

    /// Ends the signing keys whose end has come.
    pub(super) async fn retire_keys(&self) -> Result<(), ExporterError> {
        let mut transaction = self.0.store.begin().await?;
        retire_due(&mut transaction, self.0.clock.now(), self.0.settings.retention_days).await?;
        transaction.commit().await?;
        self.reached(Step::KeysRetired)?;
        Ok(())
    }

    /// Deletes files that left their index a day ago, and keys that nothing needs any more.
    pub(super) async fn delete_expired(&self, report: &mut TickReport) -> Result<(), ExporterError> {
        let now = self.0.clock.now();
        for file in files::to_delete(self.0.store.pool(), ago(now, GRACE_SECONDS)).await? {
            let deleted = match self.0.targets.get(&file.storage_target) {
                Ok(target) => target.delete(&file.path).await.map(|()| target.worked(Deed::Deleted, now)),
                Err(error) => Err(error),
            };
            match deleted {
                Ok(()) => {
                    self.reached(Step::FileDeleted)?;
                    files::mark_deleted(self.0.store.pool(), file.id, now).await?;
                    report.files_deleted += 1;
                }
                Err(error) => report.problems.push(Fault {
                    target: file.storage_target,
                    work: Work::Deletion(file.id),
                    problem: error.to_string(),
                    message: error.fault().message(),
                }),
            }
        }
        let mut before = ago(now, i64::from(self.0.settings.tek_retention_days) * DAY);
        let mut transaction = self.0.store.begin().await?;
        for config in configs::all(&mut *transaction).await? {
            before = needed_from(&mut transaction, &config, now).await?.map_or(before, |needed| needed.min(before));
        }
        report.teks_deleted = teks::delete_released_before(&mut transaction, before).await?;
        signatures::delete_made_before(&mut *transaction, ago(now, SIGNATURE_SECONDS)).await?;
        transaction.commit().await?;
        Ok(())
    }
}

fn ago(now: UtcTime, seconds: i64) -> UtcTime {
    UtcTime::saturating(now.unix_seconds().saturating_sub(seconds))
}

/// From when on a config's batches need keys: those unfinished, those whose files are offered, what was carried
/// over, and windows still to be made. `None` where it needs none. A paused config's windows to come don't count:
/// no phone matches keys that old when it is resumed.
async fn needed_from(
    db: &mut SqliteConnection,
    config: &ConfigRow,
    now: UtcTime,
) -> Result<Option<UtcTime>, StoreError> {
    let to_come = config.windows_through.unwrap_or(config.spec.valid_from);
    let ended = config.spec.valid_through.is_some_and(|through| to_come >= through);
    let to_come = (!config.paused && !ended && to_come <= now).then_some(to_come);
    let next = batches::first_unfinished(&mut *db, config.id).await?.or(to_come);
    let collected_next = match next {
        Some(start) => Some(batches::collect_from(db, config.id, start).await?),
        None => None,
    };
    Ok(batches::oldest_needed(db, config.id).await?.into_iter().chain(collected_next).min())
}
