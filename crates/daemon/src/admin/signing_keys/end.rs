//! A key's end: whether it may be set, from when on, and setting it.

use super::{CLOCK_LEEWAY_SECONDS, custody};
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::ids::Id;
use crate::key_life::{self, Step, facts};
use crate::problem::Refusal;
use crate::store::signing_keys::{self, SigningKeyRow};
use axum::extract::State;
use serde_json::Value;
use sqlx::SqliteConnection;
use tekport_api::message::{EndReason, KeyAllowed, KeyFault, KeyRefused};
use tekport_api::signing_key::{EndCheck, EndRequest, KeyEventKind, SigningKey};
use tekport_api::{Problem, UtcTime};

/// Whether a key may end, and from when on.
#[utoipa::path(get, path = "/signing-keys/{id}/end", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "What stands in the way", body = EndCheck),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn get(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    let mut snapshot = state.store.pool().begin().await?;
    let key = custody::found(&mut snapshot, id).await?;
    Answer::ok(&check(&mut snapshot, &state, &key).await?)
}

pub(super) async fn check(
    db: &mut SqliteConnection,
    state: &AdminState,
    key: &SigningKeyRow,
) -> Result<EndCheck, Refusal> {
    let now = state.now();
    Ok(facts::read(db, now, state.retention_days).await?.end_of(&key.name(), now))
}

/// Sets, moves or takes back a key's end. One that has come may only move earlier.
#[utoipa::path(put, path = "/signing-keys/{id}/end", tag = "signing keys", request_body = EndRequest,
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn put(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    Body(request): Body<EndRequest>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let before = custody::not_revoked(&mut transaction, id).await?;
    let note = super::note(&request.note)?;
    let ends_at = allowed(&mut transaction, &state, &before, request.ends_at).await?;
    if ends_at == before.ends_at {
        return super::answer(&state, &before).await;
    }
    let after = signing_keys::set_end(&mut *transaction, id, ends_at).await?;
    let (kind, words) = match ends_at {
        Some(at) if note.is_empty() => (KeyEventKind::EndSet, at.to_string()),
        Some(at) => (KeyEventKind::EndSet, format!("{at}: {note}")),
        None => (KeyEventKind::EndTakenBack, note.to_owned()),
    };
    let step = Step {
        action: "signing-key.end",
        events: &[(kind, &words)],
        before: Some(&before),
        after: &after,
        more: &Value::Null,
    };
    key_life::write_down(&mut transaction, state.now(), &caller.actor(), step).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    super::answer(&state, &after).await
}

/// The end that was asked for, where it is allowed.
async fn allowed(
    db: &mut SqliteConnection,
    state: &AdminState,
    key: &SigningKeyRow,
    wanted: Option<UtcTime>,
) -> Result<Option<UtcTime>, Refusal> {
    let conflict = |said: KeyRefused| Err(Refusal::conflict(&said));
    let (name, now) = (key.name(), state.now());
    if let Some(end) = key.ends_at.filter(|end| *end <= now) {
        return match (wanted, key.retired_at) {
            (Some(at), _) if at <= end => Ok(wanted),
            (Some(_), _) => {
                let reason = KeyFault::EndCame { key: name, end };
                Err(Refusal::fault("ends_at", reason, KeyAllowed::Until { time: end }))
            }
            (None, Some(_)) => conflict(KeyRefused::EndStays { key: name, end }),
            (None, None) => conflict(KeyRefused::EndHeld { key: name, end }),
        };
    }
    let wanted = match (wanted, key.ends_at) {
        (None, None) => return conflict(KeyRefused::NoEnd { key: name }),
        (None, Some(_)) => return Ok(None),
        // Later is never less safe.
        (Some(at), Some(end)) if at >= end => return Ok(Some(at)),
        (Some(at), _) => at,
    };
    let check = check(db, state, key).await?;
    // What the daemon called now when it was asked has passed when the answer comes back.
    let just_now = (now.unix_seconds() - CLOCK_LEEWAY_SECONDS..now.unix_seconds()).contains(&wanted.unix_seconds());
    let ends_at = if just_now { now } else { wanted };
    match check.earliest {
        Some(earliest) if ends_at >= earliest => Ok(Some(ends_at)),
        Some(earliest) if check.blockers.is_empty() => {
            let (reason, allowed) = (KeyFault::Passed { time: wanted }, KeyAllowed::From { time: earliest });
            Err(Refusal::fault("ends_at", reason, allowed))
        }
        _ => conflict(KeyRefused::CannotEnd { key: name, wanted, reasons: EndReason::all(&check) }),
    }
}
