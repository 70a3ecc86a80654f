//! The emergency path: what revoking a key would do, revoking it, and making anew what it signed.

use super::{custody, unprovision};
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::ids::Id;
use crate::exporter::{RequestError, requests};
use crate::key_life::{self, Step, facts};
use crate::problem::Refusal;
use crate::store::{batches, configs, files, signing_keys};
use axum::extract::State;
use serde_json::json;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;
use tekport_api::Problem;
use tekport_api::message::{BatchRefused, KeyRefused};
use tekport_api::signing_key::{
    AffectedConfig, KeyState, Recipient, RegeneratedFiles, Revocation, RevocationImpact, ShareState, SigningKey,
};
use uuid::Uuid;

/// What revoking a key now would do.
#[utoipa::path(get, path = "/signing-keys/{id}/revocation", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "Which configs and files it concerns", body = RevocationImpact),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn impact(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    let mut snapshot = state.store.pool().begin().await?;
    let key = custody::found(&mut snapshot, id).await?;
    Answer::ok(&facts::read(&mut snapshot, state.now(), state.retention_days).await?.revocation_of(&key.name()))
}

/// Revokes a key for good; the daemon forgets its private half.
#[utoipa::path(post, path = "/signing-keys/{id}/revoke", tag = "signing keys", request_body = Revocation,
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key as revoked", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn revoke(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    Body(revocation): Body<Revocation>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    if revocation.only_unused {
        unused(&mut transaction, id).await?;
    }
    let key = custody::revoke(&mut transaction, state.now(), &caller.actor(), id, &revocation).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    // It is revoked whatever comes of this; the search can be asked for again (`DELETE …/sealed`).
    let key = match unprovision::search(&state, &caller.actor(), id).await {
        Ok(searched) => searched.map_or(key, |(key, _)| key),
        Err(refusal) => {
            tracing::warn!(id = %id, why = refusal.problem().detail, "a revoked key's copies were not searched for");
            key
        }
    };
    super::answer(&state, &key).await
}

/// Refuses a key that phones may rely on, now or once a company rolls it out.
async fn unused(db: &mut SqliteConnection, id: Uuid) -> Result<(), Refusal> {
    let key = custody::found(db, id).await?;
    let sent = Recipient::ALL.iter().any(|to| key.share(*to).state != ShareState::NotSent);
    if key.introduced_at.is_none() && !sent {
        return Ok(());
    }
    Err(Refusal::conflict(&KeyRefused::InUse { key: key.name() }))
}

/// Has every file made anew that an index offers and that a revoked key signed, with the keys that are live now. Files
/// of configs that have no such key stay until one is attached and this is asked for again; batches of paused configs
/// wait until those are resumed. The answer names both.
#[utoipa::path(post, path = "/signing-keys/{id}/regenerate-files", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The new batches", body = RegeneratedFiles),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn regenerate_files(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let key = custody::found(&mut transaction, id).await?;
    if key.state() != KeyState::Revoked {
        return Err(Refusal::conflict(&KeyRefused::NotRevoked { key: key.name() }));
    }
    let (mut without_key, mut paused) = (BTreeMap::new(), BTreeMap::new());
    let mut made = RegeneratedFiles::default();
    for batch_id in files::batches_signed_by(&mut *transaction, &key.as_signer()).await? {
        let Some(batch) = batches::find(&mut *transaction, batch_id).await? else { continue };
        let keys = signing_keys::of_config(&mut *transaction, batch.config_id).await?;
        let region = batch.spec.output_region.to_string();
        if !keys.iter().any(|key| key.state().is_live() && key.can_sign()) {
            without_key.insert(batch.config_id, region);
            continue;
        }
        match requests::regenerate(&mut transaction, batch_id, state.now()).await {
            Ok(new) => made.batch_ids.push(new.to_string()),
            // It is being made anew already, or left the index just now.
            Err(RequestError::Refused(BatchRefused::AlreadyRegenerating | BatchRefused::NotComplete { .. })) => {}
            Err(error) => return Err(error.into()),
        }
        if configs::find(&mut *transaction, batch.config_id).await?.is_some_and(|config| config.paused) {
            paused.insert(batch.config_id, region);
        }
    }
    if made.batch_ids.is_empty() && paused.is_empty() && !without_key.is_empty() {
        let regions = without_key.into_values().collect();
        return Err(Refusal::conflict(&KeyRefused::NobodySigns { regions }));
    }
    (made.without_key, made.paused) = (affected(without_key), affected(paused));
    let step = Step {
        action: "signing-key.regenerate-files",
        events: &[],
        before: Some(&key),
        after: &key,
        more: &json!({ "batch_ids": made.batch_ids }),
    };
    key_life::write_down(&mut transaction, state.now(), &caller.actor(), step).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    Answer::ok(&made)
}

/// Configs by id with their regions, as an answer names them.
fn affected(configs: BTreeMap<Uuid, String>) -> Vec<AffectedConfig> {
    let one = |(id, output_region): (Uuid, String)| AffectedConfig { config_id: id.to_string(), output_region };
    configs.into_iter().map(one).collect()
}
