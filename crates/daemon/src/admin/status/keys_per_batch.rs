//! The keys of each batch of one config: what the chart of the overview shows.

use super::{DAY_SECONDS, DAYS};
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::ids::Id;
use crate::problem::Refusal;
use crate::store::{configs, overview};
use axum::extract::State;
use tekport_api::message::Refused;
use tekport_api::status::{KeysOfBatch, KeysPerBatch};
use tekport_api::{Problem, UtcTime};

/// The keys of each batch of the last 14 days.
#[utoipa::path(get, path = "/export-configs/{id}/keys-per-batch", tag = "status",
    params(("id" = String, Path, description = "The config")),
    responses(
        (status = 200, description = "The batches", body = KeysPerBatch),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn get(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    configs::find(state.store.pool(), id)
        .await?
        .ok_or_else(|| Refusal::not_found(&Refused::NoExportConfig { id: id.to_string() }))?;
    let from = UtcTime::saturating(state.now().unix_seconds() - DAYS * DAY_SECONDS);
    let windows = overview::counted_since(state.store.pool(), Some(id), from).await?;
    let batches = windows.into_iter().map(|window| KeysOfBatch {
        window_start: window.start,
        window_end: window.end,
        new_keys: window.counts.new_keys,
        revised_keys: window.counts.revised_keys,
        generated: window.counts.generated,
    });
    Answer::ok(&KeysPerBatch { batches: batches.collect() })
}
