//! Taking a private half back from the daemon, with a proof that its copy is gone, which can be had again at any time.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::caller::Caller;
use crate::admin::ids::Id;
use crate::audit::Actor;
use crate::key_life::{self, Step};
use crate::problem::Refusal;
use crate::store::signing_keys::{self, SigningKeyRow};
use crate::store::traces::TraceSearch;
use axum::extract::State;
use serde_json::json;
use sqlx::SqliteConnection;
use tekport_api::Problem;
use tekport_api::message::{KeyRefused, Refused};
use tekport_api::problem::ProblemKind;
use tekport_api::signing_key::{Custody, KeyEventKind, Unprovisioned};
use uuid::Uuid;

/// Destroys the daemon's copy of a private half, and searches the database's files for it afterwards. Where the copy was
/// destroyed before, the search alone is made again.
#[utoipa::path(delete, path = "/signing-keys/{id}/sealed", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "It is gone, and how the daemon made sure", body = Unprovisioned),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn delete(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    destroy(&mut transaction, &state, &caller.actor(), id).await?;
    transaction.commit().await?;
    show_gone(&state, &caller.actor(), id).await
}

/// Searches the database's files once more for the copies of a private half that were destroyed: taken back, replaced by
/// another hand-over, or erased by the key's revocation. Destroys nothing.
#[utoipa::path(post, path = "/signing-keys/{id}/sealed/search", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "They are gone, and how the daemon made sure", body = Unprovisioned),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn search_again(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
) -> Result<Answer, Refusal> {
    show_gone(&state, &caller.actor(), id).await
}

/// Searches, and answers with the proof; refuses where traces are left.
async fn show_gone(state: &AdminState, actor: &Actor, id: Uuid) -> Result<Answer, Refusal> {
    let Some((key, search)) = search(state, actor, id).await? else {
        return Err(Refusal::conflict(&KeyRefused::NothingDestroyed));
    };
    if search.found > 0 {
        let left = KeyRefused::TracesLeft { count: search.found };
        return Err(Refusal::new(ProblemKind::Unavailable, &left));
    }
    let ciphertext_sha256 = key.removed.to_api().map(|removed| removed.ciphertext_sha256).unwrap_or_default();
    Answer::ok(&Unprovisioned {
        key: super::signers(state).await?.shown(&key),
        ciphertext_sha256,
        files_searched: search.files,
        kilobytes_searched: search.kilobytes,
        found: search.found,
    })
}

/// Destroys the copy, where there is one and no file needs it.
async fn destroy(db: &mut SqliteConnection, state: &AdminState, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let before = custody::found(db, id).await?;
    let Some(ciphertext) = &before.sealed else { return Ok(()) };
    // A copy of a key that signs elsewhere is nothing but a danger: no file needs it.
    if before.state().is_live() && before.custody == Custody::Daemon {
        return Err(Refusal::conflict(&KeyRefused::CopyNeeded { key: before.name() }));
    }
    let now = state.now();
    signing_keys::unprovision(&mut *db, id).await?;
    let after = signing_keys::set_removed(&mut *db, id, &before.removed.with(ciphertext, now)).await?;
    let step = Step {
        action: "signing-key.unprovision",
        events: &[(KeyEventKind::Unprovisioned, "")],
        before: Some(&before),
        after: &after,
        more: &json!({ "ciphertext_sha256": after.removed.to_api().map(|removed| removed.ciphertext_sha256) }),
    };
    key_life::write_down(db, now, actor, step).await?;
    Ok(())
}

/// Searches the database's files for every copy of a key that was destroyed, and writes down what that came to. `None`
/// where none was.
pub(super) async fn search(
    state: &AdminState,
    actor: &Actor,
    id: Uuid,
) -> Result<Option<(SigningKeyRow, TraceSearch)>, Refusal> {
    let key = signing_keys::find(state.store.pool(), id).await?;
    let key = key.ok_or_else(|| Refusal::not_found(&Refused::NoSigningKey { id: id.to_string() }))?;
    let Some(traces) = key.removed.traces() else { return Ok(None) };
    let search = state.store.search_for_traces(traces).await?;
    let mut transaction = state.store.begin().await?;
    let before = custody::found(&mut transaction, id).await?;
    // Another copy that was destroyed meanwhile has not been searched for.
    if before.removed != key.removed {
        return Err(Refusal::conflict(&KeyRefused::ChangedInSearch));
    }
    let after = signing_keys::set_removed(&mut *transaction, id, &before.removed.searched(search, state.now())).await?;
    let step = Step {
        action: "signing-key.search-copies",
        events: &[],
        before: Some(&before),
        after: &after,
        more: &json!({
            "ciphertext_sha256": after.removed.to_api().map(|removed| removed.ciphertext_sha256),
            "files_searched": search.files, "kilobytes_searched": search.kilobytes, "found": search.found,
        }),
    };
    key_life::write_down(&mut transaction, state.now(), actor, step).await?;
    transaction.commit().await?;
    Ok(Some((after, search)))
}
