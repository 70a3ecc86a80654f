//! What somebody who only looks sees through the API, and waits for.

use crate::eventually::eventually;
use crate::job::Member;
use anyhow::{Context, Result};
use std::time::Duration;
use tekport_api::batch::{Batch, BatchFilter, BatchState};
use tekport_api::export_config::ExportConfig;
use tekport_api::page::{MAX_PAGE, PageQuery};
use tekport_api::signing_key::SigningKey;

const LIMIT: Duration = Duration::from_secs(60);

/// The key that was registered last.
pub(super) async fn newest_key(onlooker: &Member) -> Result<SigningKey> {
    let keys = onlooker.client.list_signing_keys(&PageQuery::default()).await?.items;
    keys.into_iter().next().context("no signing key is registered")
}

/// Waits until something holds of a key.
pub(super) async fn until(onlooker: &Member, id: &str, holds: impl Fn(&SigningKey) -> bool) -> Result<SigningKey> {
    eventually(LIMIT, async || {
        let key = onlooker.client.get_signing_key(id).await?;
        Ok(if holds(&key) { Ok(key) } else { Err(format!("the key is {key:?}")) })
    })
    .await
}

/// Waits until something holds of an export config.
pub(super) async fn until_config(
    onlooker: &Member,
    id: &str,
    holds: impl Fn(&ExportConfig) -> bool,
) -> Result<ExportConfig> {
    eventually(LIMIT, async || {
        let config = onlooker.client.get_export_config(id).await?;
        Ok(if holds(&config) { Ok(config) } else { Err(format!("the config is {config:?}")) })
    })
    .await
}

/// Waits until a batch is published.
pub(super) async fn published(onlooker: &Member, batch_id: &str) -> Result<Batch> {
    eventually(LIMIT * 2, async || {
        let batch = onlooker.client.get_batch(batch_id).await?;
        let state = batch.state;
        Ok(if state == BatchState::Complete { Ok(batch) } else { Err(format!("the batch is {}", state.as_str())) })
    })
    .await
}

/// The batches in a state, of one config or of all.
pub(super) async fn batches(onlooker: &Member, config: Option<&ExportConfig>, state: BatchState) -> Result<Vec<Batch>> {
    let filter = BatchFilter {
        config_id: config.map(|config| config.id.clone()),
        state: Some(state.as_str().to_owned()),
        ..BatchFilter::default()
    };
    let page = PageQuery { cursor: None, limit: Some(MAX_PAGE) };
    Ok(onlooker.client.list_batches(&filter, &page).await?.items)
}

/// A published batch that has a file, made anew; the new one.
pub(super) async fn regenerated(onlooker: &Member, config: Option<&ExportConfig>) -> Result<Batch> {
    let published = batches(onlooker, config, BatchState::Complete).await?;
    let batch = published.into_iter().find(|batch| !batch.files.is_empty()).context("nothing is published")?;
    Ok(onlooker.client.regenerate_batch(&batch.id).await?)
}

/// The versions of the keys that signed each file of a batch.
pub(super) fn signed_by(batch: &Batch) -> Vec<Vec<&str>> {
    batch.files.iter().map(|file| file.signed_by.iter().map(|by| by.key_version.as_str()).collect()).collect()
}
