//! A key's end: whether it may be set, from when on, and setting it.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::ids::Id;
use crate::key_life::ending::words::reasons;
use crate::key_life::{self, Step, facts};
use crate::problem::Refusal;
use crate::store::signing_keys::{self, SigningKeyRow};
use axum::extract::State;
use serde_json::Value;
use sqlx::SqliteConnection;
use tekport_api::problem::ProblemKind;
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
    allowed(&mut transaction, &state, &before, request.ends_at).await?;
    let after = signing_keys::set_end(&mut *transaction, id, request.ends_at).await?;
    let (kind, words) = match request.ends_at {
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

async fn allowed(
    db: &mut SqliteConnection,
    state: &AdminState,
    key: &SigningKeyRow,
    wanted: Option<UtcTime>,
) -> Result<(), Refusal> {
    let conflict = |detail: String| Err(Refusal::new(ProblemKind::Conflict, detail));
    match (wanted, key.ends_at) {
        (None, None) => conflict(format!("no end of {} is set, so there is none to take back", key.name())),
        (None, Some(end)) if key.retired_at.is_some() => conflict(format!(
            "{} ended at {end}, and phones have had files without its signature since; an end that has come stays",
            key.name()
        )),
        (Some(at), Some(end)) if key.retired_at.is_some() && at >= end => {
            let reason = format!("{} ended at {end}; an end that has come may only move earlier", key.name());
            Err(Refusal::field("ends_at", reason, format!("before {end}")))
        }
        // Later is never less safe, and an end that has come is history.
        (Some(at), Some(end)) if at > end || key.retired_at.is_some() => Ok(()),
        (None, Some(_)) => Ok(()),
        (Some(at), _) => {
            let check = check(db, state, key).await?;
            match check.earliest {
                Some(earliest) if at >= earliest => Ok(()),
                Some(earliest) if check.blockers.is_empty() => {
                    let reason = format!("{at} has passed");
                    Err(Refusal::field("ends_at", reason, format!("{earliest} or later")))
                }
                _ => conflict(format!("{} can't end at {at}. {}", key.name(), reasons(&check))),
            }
        }
    }
}
