//! `token`: the PKCS#11 token of the daemon's configuration, and the keys in it.

use super::AdminState;
use super::answer::Answer;
use crate::problem::Refusal;
use crate::store::signing_keys;
use crate::token::status;
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::signing_key::TokenStatus;

/// The token and the P-256 keys in it, as they are now.
#[utoipa::path(get, path = "/token", tag = "signing keys", responses(
    (status = 200, description = "The token; one that can't be used says why and what to do", body = TokenStatus),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(State(state): State<AdminState>) -> Result<Answer, Refusal> {
    let registered = signing_keys::all(state.store.pool()).await?;
    Answer::ok(&status::of(state.signer.token(), &registered).await)
}
