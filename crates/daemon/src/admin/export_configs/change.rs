//! Creating and changing export configs. They are ended, never deleted.

use super::check;
use crate::admin::AdminState;
use crate::admin::ids::IfMatch;
use crate::audit::{self, Actor, Change};
use crate::exporter::requests;
use crate::key_life;
use crate::problem::Refusal;
use crate::store::configs::{self, ConfigRow};
use crate::store::new_id;
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::export_config::{ConfigState, ExportConfigDraft, ExportConfigSpec};
use tekport_api::message::Refused;
use uuid::Uuid;

/// Creates a config.
pub(super) async fn create(
    db: &mut SqliteConnection,
    state: &AdminState,
    actor: &Actor,
    draft: &ExportConfigDraft,
) -> Result<ConfigRow, Refusal> {
    let spec = checked(db, state, draft, None).await?;
    let now = state.now();
    let config = configs::insert(&mut *db, new_id(now), &spec, now).await?;
    write_down(db, now, actor, "export-config.create", None, &config).await?;
    key_life::follow_config(db, now, actor, None, &config).await?;
    Ok(config)
}

/// Replaces a config's fields.
pub(super) async fn update(
    db: &mut SqliteConnection,
    state: &AdminState,
    actor: &Actor,
    id: Uuid,
    if_match: &IfMatch,
    draft: &ExportConfigDraft,
) -> Result<ConfigRow, Refusal> {
    let before = found(db, id).await?;
    if_match.check(before.revision, |etag| Refused::ConfigChanged { etag })?;
    let spec = checked(db, state, draft, Some(&before)).await?;
    let now = state.now();
    configs::update(&mut *db, id, before.revision, &spec, now).await?;
    let after = ConfigRow { revision: before.revision + 1, spec, updated_at: now, ..before.clone() };
    write_down(db, now, actor, "export-config.update", Some(&before), &after).await?;
    key_life::follow_config(db, now, actor, Some(&before), &after).await?;
    Ok(after)
}

/// Replaces the signing keys of a config, which the caller has read in the same transaction and checked.
pub(in crate::admin) async fn set_signing_keys(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    before: &ConfigRow,
    keys: Vec<Uuid>,
) -> Result<ConfigRow, Refusal> {
    let spec = ExportConfigSpec { signing_key_ids: keys, ..before.spec.clone() };
    configs::update(&mut *db, before.id, before.revision, &spec, now).await?;
    let after = ConfigRow { revision: before.revision + 1, spec, updated_at: now, ..before.clone() };
    write_down(db, now, actor, "export-config.update", Some(before), &after).await?;
    key_life::follow_config(db, now, actor, Some(before), &after).await?;
    Ok(after)
}

/// Pauses or resumes a config. One that is so already stays as it is.
pub(super) async fn set_paused(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    id: Uuid,
    paused: bool,
) -> Result<ConfigRow, Refusal> {
    let before = found(db, id).await?;
    if before.paused == paused {
        return Ok(before);
    }
    // Resumed it may be: files that are made anew wait for that.
    if paused && before.state(now) == ConfigState::Ended {
        return Err(Refusal::conflict(&Refused::NothingToPause));
    }
    configs::set_paused(&mut *db, id, paused, now).await?;
    let after = ConfigRow { revision: before.revision + 1, paused, updated_at: now, ..before.clone() };
    let action = if paused { "export-config.pause" } else { "export-config.resume" };
    write_down(db, now, actor, action, Some(&before), &after).await?;
    Ok(after)
}

/// Writes down that somebody wants a config's due windows exported now.
pub(super) async fn run(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    id: Uuid,
) -> Result<ConfigRow, Refusal> {
    let config = requests::run_now(&mut *db, id, now).await?;
    write_down(db, now, actor, "export-config.run", Some(&config), &config).await?;
    Ok(config)
}

async fn found(db: &mut SqliteConnection, id: Uuid) -> Result<ConfigRow, Refusal> {
    configs::find(db, id).await?.ok_or_else(|| Refusal::not_found(&Refused::NoExportConfig { id: id.to_string() }))
}

async fn checked(
    db: &mut SqliteConnection,
    state: &AdminState,
    draft: &ExportConfigDraft,
    before: Option<&ConfigRow>,
) -> Result<ExportConfigSpec, Refusal> {
    let spec = draft.validate().map_err(Refusal::fields)?;
    let problems = check::problems(db, state, &spec, before).await?;
    if problems.is_empty() { Ok(spec) } else { Err(Refusal::fields(problems)) }
}

async fn write_down(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    action: &'static str,
    before: Option<&ConfigRow>,
    after: &ConfigRow,
) -> Result<(), Refusal> {
    let change = Change {
        action,
        resource_kind: "export-config",
        resource_id: after.id.to_string(),
        before: before.map(config_json),
        after: Some(config_json(after)),
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    Ok(())
}

fn config_json(config: &ConfigRow) -> Value {
    json!({ "revision": config.revision, "paused": config.paused, "fields": config.spec.to_draft() })
}
