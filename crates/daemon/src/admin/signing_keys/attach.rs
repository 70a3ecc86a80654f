//! Putting a key beside the others of export configs: all of them or none, in one transaction.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::export_configs::set_signing_keys;
use crate::admin::ids::Id;
use crate::audit::Actor;
use crate::problem::Refusal;
use crate::store::configs::{self, ConfigRow};
use crate::store::signing_keys;
use axum::extract::State;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::export_config::{ConfigState, MAX_SIGNING_KEYS};
use tekport_api::problem::ProblemKind;
use tekport_api::signing_key::{AttachRequest, ConfigRevision, KeyState, SigningKey};
use tekport_api::{Problem, UtcTime};
use uuid::Uuid;

/// Puts a key beside the others of configs. It begins to sign at once where it is able to; keys that never sign again
/// leave the lists.
#[utoipa::path(post, path = "/signing-keys/{id}/attach", tag = "signing keys", request_body = AttachRequest,
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn attach(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    Body(request): Body<AttachRequest>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let key = custody::not_revoked(&mut transaction, id).await?;
    if key.state() == KeyState::Retired {
        let detail = format!("{} has ended and signs no more; attach the key that took over", key.name());
        return Err(Refusal::new(ProblemKind::Conflict, detail));
    }
    if let Some(end) = key.ends_at {
        let detail = format!("{} ends at {end}; attach its successor, or take its end back first", key.name());
        return Err(Refusal::new(ProblemKind::Conflict, detail));
    }
    let (now, actor) = (state.now(), caller.actor());
    if request.configs.is_empty() {
        return Err(Refusal::field("configs", "no config is named", "at least one, each once"));
    }
    let mut named = BTreeSet::new();
    for (place, wanted) in request.configs.iter().enumerate() {
        let config = looked_at(&mut transaction, place, wanted, now).await?;
        if !named.insert(config.id) {
            let field = format!("configs[{place}].id");
            return Err(Refusal::field(field, "the config is named twice", "each config once"));
        }
        attach_to(&mut transaction, now, &actor, &config, id).await?;
    }
    let key = custody::found(&mut transaction, id).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    super::answer(&state, &key).await
}

/// The config, as the officer looked at it.
async fn looked_at(
    db: &mut SqliteConnection,
    place: usize,
    wanted: &ConfigRevision,
    now: UtcTime,
) -> Result<ConfigRow, Refusal> {
    let found = match Uuid::try_parse(&wanted.id) {
        Ok(id) => configs::find(db, id).await?,
        Err(_) => None,
    };
    let Some(config) = found else {
        let reason = format!("there is no export config {:?}", wanted.id);
        return Err(Refusal::field(
            format!("configs[{place}].id"),
            reason,
            "the id of an export config, as lists show it",
        ));
    };
    let region = &config.spec.output_region;
    if config.revision != wanted.revision {
        let detail = format!(
            "the export config of {region} was changed since it was looked at: it has revision {} now. Nothing was \
             attached; look at the difference again, then repeat it",
            config.revision
        );
        return Err(Refusal::new(ProblemKind::ChangedMeanwhile, detail));
    }
    if config.state(now) == ConfigState::Ended {
        let detail = format!("the export config of {region} has ended and makes no more files; leave it out");
        return Err(Refusal::new(ProblemKind::Conflict, detail));
    }
    Ok(config)
}

async fn attach_to(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    config: &ConfigRow,
    id: Uuid,
) -> Result<(), Refusal> {
    if config.spec.signing_key_ids.contains(&id) {
        return Ok(());
    }
    let mut keys = Vec::with_capacity(config.spec.signing_key_ids.len() + 1);
    for named in signing_keys::of_config(&mut *db, config.id).await? {
        if !named.state().is_dead() {
            keys.push(named.id);
        }
    }
    if keys.len() >= MAX_SIGNING_KEYS {
        let detail = format!(
            "the export config of {} has {MAX_SIGNING_KEYS} keys that sign or will, and devices take no more signatures; \
             end one of them first",
            config.spec.output_region
        );
        return Err(Refusal::new(ProblemKind::Conflict, detail));
    }
    keys.push(id);
    set_signing_keys(db, now, actor, config, keys).await?;
    Ok(())
}
