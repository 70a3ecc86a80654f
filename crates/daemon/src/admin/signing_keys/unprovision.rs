//! Taking a private half back from the daemon, with a proof that its copy is gone.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::caller::Caller;
use crate::admin::ids::Id;
use crate::key_life::{self, Step};
use crate::problem::Refusal;
use crate::store::signing_keys;
use axum::extract::State;
use serde_json::json;
use sha2::{Digest, Sha256};
use tekport_api::Problem;
use tekport_api::problem::ProblemKind;
use tekport_api::signing_key::{KeyEventKind, Unprovisioned};

/// Destroys the daemon's copy of a private half, and searches the database's files for it afterwards.
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
    let before = custody::found(&mut transaction, id).await?;
    if before.state().is_live() {
        let detail = format!(
            "{} signs; without the daemon's copy it would be missing in the next file. End it in its rotation, or revoke it",
            before.name()
        );
        return Err(Refusal::new(ProblemKind::Conflict, detail));
    }
    let Some(ciphertext) = before.sealed.clone() else {
        let detail = format!("the daemon has no copy of the private half of {}", before.name());
        return Err(Refusal::new(ProblemKind::Conflict, detail));
    };
    let digest = hex::encode(Sha256::digest(&ciphertext));
    let after = signing_keys::unprovision(&mut *transaction, id).await?;
    let step = Step {
        action: "signing-key.unprovision",
        events: &[(KeyEventKind::Unprovisioned, "")],
        before: Some(&before),
        after: &after,
        more: &json!({ "ciphertext_sha256": digest }),
    };
    key_life::write_down(&mut transaction, state.now(), &caller.actor(), step).await?;
    transaction.commit().await?;
    let search = state.store.search_for_traces(&ciphertext).await?;
    if search.found > 0 {
        let detail = format!(
            "the copy is destroyed and can't be used, but {} traces of it are left in the database's log, which something \
             still reads; they go with the next checkpoint, at the latest when the daemon is restarted",
            search.found
        );
        return Err(Refusal::new(ProblemKind::Unavailable, detail));
    }
    let key = after.to_api(super::configs_in_use(&state, id).await?);
    Answer::ok(&Unprovisioned {
        key,
        ciphertext_sha256: digest,
        files_searched: search.files,
        kilobytes_searched: search.kilobytes,
        found: search.found,
    })
}
