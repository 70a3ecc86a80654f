//! What is known of a key beside its life: for whom it signs, when it should be rotated, its backups, its history.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::ids::Id;
use crate::audit::Actor;
use crate::key_life::{self, Step};
use crate::problem::Refusal;
use crate::store::signing_keys::{self, SigningKeyRow, events};
use axum::extract::State;
use serde_json::Value;
use sqlx::SqliteConnection;
use tekport_api::message::{KeyAllowed, KeyFault, KeyRefused};
use tekport_api::signing_key::{
    AuthorityDetails, BackupNote, Custody, KeyEvent, KeyEventKind, RotationPlan, SigningKey,
};
use tekport_api::{Problem, UtcTime};

/// Days from a key's introduction to its planned rotation.
const ROTATION_DAYS: std::ops::RangeInclusive<u32> = 30..=1_825;

/// Sets how long a key should sign before its rotation.
#[utoipa::path(put, path = "/signing-keys/{id}/plan", tag = "signing keys", request_body = RotationPlan,
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn plan(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    Body(plan): Body<RotationPlan>,
) -> Result<Answer, Refusal> {
    if !ROTATION_DAYS.contains(&plan.rotation_days) {
        let reason = KeyFault::Days { count: plan.rotation_days };
        return Err(Refusal::fault("rotation_days", reason, KeyAllowed::RotationDays));
    }
    let mut transaction = state.store.begin().await?;
    let before = custody::not_revoked(&mut transaction, id).await?;
    let after = signing_keys::set_rotation_days(&mut *transaction, id, plan.rotation_days).await?;
    let words = format!("every {} days", plan.rotation_days);
    let event = [(KeyEventKind::Planned, words.as_str())];
    write_down(&mut transaction, state.now(), &caller.actor(), "signing-key.plan", &event, &before, &after).await?;
    transaction.commit().await?;
    super::answer(&state, &after).await
}

/// Sets for whom a key signs, as Google and Apple ask.
#[utoipa::path(put, path = "/signing-keys/{id}/authority", tag = "signing keys", request_body = AuthorityDetails,
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn authority(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    Body(details): Body<AuthorityDetails>,
) -> Result<Answer, Refusal> {
    details.validate().map_err(Refusal::fields)?;
    let mut transaction = state.store.begin().await?;
    let before = custody::not_revoked(&mut transaction, id).await?;
    let after = signing_keys::set_authority(&mut *transaction, id, &details).await?;
    write_down(&mut transaction, state.now(), &caller.actor(), "signing-key.authority", &[], &before, &after).await?;
    transaction.commit().await?;
    super::answer(&state, &after).await
}

/// Notes that an encrypted backup of a key was written.
#[utoipa::path(post, path = "/signing-keys/{id}/backups", tag = "signing keys", request_body = BackupNote,
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn backup(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    Body(noted): Body<BackupNote>,
) -> Result<Answer, Refusal> {
    let note = super::note(&noted.note)?;
    let mut transaction = state.store.begin().await?;
    let before = custody::found(&mut transaction, id).await?;
    if before.custody == Custody::Hsm {
        return Err(Refusal::conflict(&KeyRefused::NoBackup { key: before.name() }));
    }
    let after = signing_keys::note_backup(&mut *transaction, id, state.now()).await?;
    let event = [(KeyEventKind::BackedUp, note)];
    write_down(&mut transaction, state.now(), &caller.actor(), "signing-key.backup", &event, &before, &after).await?;
    transaction.commit().await?;
    super::answer(&state, &after).await
}

/// What happened to a key, oldest first.
#[utoipa::path(get, path = "/signing-keys/{id}/history", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "Every step of its life", body = Vec<KeyEvent>),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn history(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    let mut snapshot = state.store.pool().begin().await?;
    custody::found(&mut snapshot, id).await?;
    Answer::ok(&events::of_key(&mut *snapshot, id).await?)
}

async fn write_down(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    action: &'static str,
    events: &[(KeyEventKind, &str)],
    before: &SigningKeyRow,
    after: &SigningKeyRow,
) -> Result<(), Refusal> {
    let step = Step { action, events, before: Some(before), after, more: &Value::Null };
    Ok(key_life::write_down(db, now, actor, step).await?)
}
