//! What people ask of the exporter. Each request is noted in the store and a tick is asked for; the tick does it.

use super::Exporter;
use crate::store::batches::steps;
use crate::store::batches::{self, BatchRow, NewBatch};
use crate::store::configs::{self, ConfigRow};
use crate::store::{StoreError, files};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::batch::BatchState;
use tekport_api::message::BatchRefused;
use uuid::Uuid;

/// Why a request can't be met. Each text says what is possible.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// What stands there doesn't allow it.
    #[error("{0}")]
    Refused(BatchRefused),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<BatchRefused> for RequestError {
    fn from(said: BatchRefused) -> Self {
        Self::Refused(said)
    }
}

impl From<sqlx::Error> for RequestError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Has a failed batch tried again at once instead of when its pause is over, in a transaction of the caller's,
/// who nudges the exporter afterwards. Returns the batch as it was.
///
/// # Errors
/// When the batch doesn't exist or isn't failed, or the store fails.
pub async fn retry(db: &mut SqliteConnection, batch_id: Uuid, now: UtcTime) -> Result<BatchRow, RequestError> {
    let batch = batches::find(&mut *db, batch_id).await?.ok_or(BatchRefused::NoBatch)?;
    if !steps::retry(&mut *db, batch_id, now).await? {
        return Err(BatchRefused::NotFailed { state: batch.state.as_str().to_owned() }.into());
    }
    Ok(batch)
}

/// Has the window of a complete batch exported anew, with the config's present fields and signing keys, in a
/// transaction of the caller's, who nudges the exporter afterwards. Returns the id of the new batch. Its files are
/// new lines at the end of the index; when it is complete, the lines that they replace go.
///
/// # Errors
/// When the batch doesn't exist, isn't complete, published no file or is being regenerated, or the store fails.
pub async fn regenerate(db: &mut SqliteConnection, batch_id: Uuid, now: UtcTime) -> Result<Uuid, RequestError> {
    let batch = batches::find(&mut *db, batch_id).await?.ok_or(BatchRefused::NoBatch)?;
    if batch.state != BatchState::Complete {
        return Err(BatchRefused::NotComplete { state: batch.state.as_str().to_owned() }.into());
    }
    if files::of_batch(&mut *db, batch_id).await?.is_empty() {
        return Err(BatchRefused::NothingPublished.into());
    }
    let config = configs::find(&mut *db, batch.config_id).await?.ok_or(BatchRefused::NoConfig)?;
    let last = batches::last_generation(&mut *db, batch.config_id, batch.window).await?;
    if last != Some(batch.generation) {
        return Err(BatchRefused::AlreadyRegenerating.into());
    }
    let new = NewBatch {
        config_id: batch.config_id,
        spec: &config.spec,
        window: batch.window,
        generation: batch.generation.saturating_add(1),
        collect_from: Some(batch.collect_from.unwrap_or(batch.window.start())),
    };
    Ok(batches::insert(&mut *db, new, now).await?)
}

/// Has a config's closed windows exported now instead of at the next tick, failed ones included, in a transaction
/// of the caller's, who nudges the exporter afterwards. Returns the config; windows that are not closed yet stay
/// as they are.
///
/// # Errors
/// When the config doesn't exist or is paused, or the store fails.
pub async fn run_now(db: &mut SqliteConnection, config_id: Uuid, now: UtcTime) -> Result<ConfigRow, RequestError> {
    let config = configs::find(&mut *db, config_id).await?.ok_or(BatchRefused::NoConfig)?;
    if config.paused {
        return Err(BatchRefused::Paused.into());
    }
    for batch in batches::unfinished(&mut *db, Some(config_id)).await? {
        steps::retry(&mut *db, batch.id, now).await?;
    }
    Ok(config)
}

impl Exporter {
    /// [`retry`] in a transaction of its own, and a tick soon.
    ///
    /// # Errors
    /// As [`retry`].
    pub async fn retry(&self, batch_id: Uuid) -> Result<(), RequestError> {
        let mut transaction = self.0.store.begin().await?;
        retry(&mut transaction, batch_id, self.0.clock.now()).await?;
        transaction.commit().await?;
        self.nudge();
        Ok(())
    }

    /// [`regenerate`] in a transaction of its own, and a tick soon.
    ///
    /// # Errors
    /// As [`regenerate`].
    pub async fn regenerate(&self, batch_id: Uuid) -> Result<Uuid, RequestError> {
        let mut transaction = self.0.store.begin().await?;
        let id = regenerate(&mut transaction, batch_id, self.0.clock.now()).await?;
        transaction.commit().await?;
        self.nudge();
        Ok(id)
    }

    /// [`run_now`] in a transaction of its own, and a tick soon.
    ///
    /// # Errors
    /// As [`run_now`].
    pub async fn run_now(&self, config_id: Uuid) -> Result<(), RequestError> {
        let mut transaction = self.0.store.begin().await?;
        run_now(&mut transaction, config_id, self.0.clock.now()).await?;
        transaction.commit().await?;
        self.nudge();
        Ok(())
    }

    /// Asks for a tick at once: for whoever imported keys or changed a config.
    pub fn nudge(&self) {
        self.0.nudged.notify_one();
    }
}
