//! Putting a key beside the others of export configs: all of them or none, in one transaction.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::export_configs::set_signing_keys;
use crate::admin::ids::Id;
use crate::audit::Actor;
use crate::key_life::ending::words::names;
use crate::key_life::ending::{Facts, LeftOut};
use crate::key_life::facts;
use crate::problem::Refusal;
use crate::store::configs::{self, ConfigRow};
use crate::store::signing_keys::{self, SigningKeyRow};
use axum::extract::State;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::export_config::{ConfigState, MAX_SIGNING_KEYS};
use tekport_api::message::{KeyAllowed, KeyFault, KeyRefused};
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
        return Err(Refusal::conflict(&KeyRefused::AttachEnded { key: key.name() }));
    }
    if let Some(end) = key.ends_at {
        return Err(Refusal::conflict(&KeyRefused::AttachEnding { key: key.name(), end }));
    }
    let (now, actor) = (state.now(), caller.actor());
    if request.configs.is_empty() {
        return Err(Refusal::fault("configs", KeyFault::NoConfigNamed, KeyAllowed::SomeConfigs));
    }
    let facts = facts::read(&mut transaction, now, state.retention_days).await?;
    let mut named = BTreeSet::new();
    for (place, wanted) in request.configs.iter().enumerate() {
        if let Ok(config_id) = Uuid::try_parse(&wanted.id)
            && !named.insert(config_id)
        {
            let field = format!("configs[{place}].id");
            return Err(Refusal::fault(field, KeyFault::ConfigTwice, KeyAllowed::EachConfigOnce));
        }
        let config = looked_at(&mut transaction, &facts, place, wanted, now).await?;
        attach_to(&mut transaction, now, &actor, &config, &key, &facts).await?;
    }
    let key = custody::found(&mut transaction, id).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    super::answer(&state, &key).await
}

/// The config, as the officer looked at it. One that has ended makes no new files; it takes a key while its index still
/// offers what a revoked key signed, which is made anew with that one.
async fn looked_at(
    db: &mut SqliteConnection,
    facts: &Facts,
    place: usize,
    wanted: &ConfigRevision,
    now: UtcTime,
) -> Result<ConfigRow, Refusal> {
    let found = match Uuid::try_parse(&wanted.id) {
        Ok(id) => configs::find(&mut *db, id).await?,
        Err(_) => None,
    };
    let Some(config) = found else {
        let reason = KeyFault::NoConfig { text: wanted.id.clone() };
        return Err(Refusal::fault(format!("configs[{place}].id"), reason, KeyAllowed::ConfigId));
    };
    let region = config.spec.output_region.to_string();
    if config.revision != wanted.revision {
        let said = KeyRefused::AttachChanged { region, revision: config.revision };
        return Err(Refusal::new(ProblemKind::ChangedMeanwhile, &said));
    }
    if config.state(now) == ConfigState::Ended && !offers_of_revoked(&mut *db, facts, &config).await? {
        return Err(Refusal::conflict(&KeyRefused::AttachConfigEnded { region }));
    }
    Ok(config)
}

/// Whether the config's index offers a file that a revoked key signed.
async fn offers_of_revoked(db: &mut SqliteConnection, facts: &Facts, config: &ConfigRow) -> Result<bool, Refusal> {
    let config_id = config.id.to_string();
    let keys = signing_keys::all(&mut *db).await?;
    let revoked = keys.iter().filter(|key| key.state() == KeyState::Revoked);
    Ok(revoked.map(SigningKeyRow::name).any(|name| facts.offers(&config_id, &name)))
}

async fn attach_to(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    config: &ConfigRow,
    key: &SigningKeyRow,
    facts: &Facts,
) -> Result<(), Refusal> {
    if config.spec.signing_key_ids.contains(&key.id) {
        return Ok(());
    }
    let there = signing_keys::of_config(&mut *db, config.id).await?;
    let is_there = |name: &str| there.iter().any(|named| named.name() == name);
    let left_out = facts.left_out(&[key.name()]).into_iter().find(|left_out| !is_there(&left_out.newer));
    if let Some(LeftOut { named, newer, sent_to }) = left_out {
        let (region, sent_to) = (config.spec.output_region.to_string(), names(&sent_to));
        return Err(Refusal::conflict(&KeyRefused::AttachLeavesOut { region, named, newer, sent_to }));
    }
    let mut keys = Vec::with_capacity(there.len() + 1);
    for named in there {
        if !named.state().is_dead() {
            keys.push(named.id);
        }
    }
    if keys.len() >= MAX_SIGNING_KEYS {
        let (region, max) =
            (config.spec.output_region.to_string(), u32::try_from(MAX_SIGNING_KEYS).unwrap_or(u32::MAX));
        return Err(Refusal::conflict(&KeyRefused::AttachFull { region, max }));
    }
    keys.push(key.id);
    set_signing_keys(db, now, actor, config, keys).await?;
    Ok(())
}
