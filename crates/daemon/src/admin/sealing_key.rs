//! `sealing-key`: the key that consoles seal signing keys to, vouched for by the CA.

use super::AdminState;
use super::answer::Answer;
use crate::problem::Refusal;
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::signing_key::SealingKeyStatement;

/// The daemon's present sealing key, signed by its CA: a console that pinned an earlier one can tell a rotation from a
/// stranger.
#[utoipa::path(get, path = "/sealing-key", tag = "signing keys", responses(
    (status = 200, description = "The key and the CA's signature", body = SealingKeyStatement),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(State(state): State<AdminState>) -> Result<Answer, Refusal> {
    Answer::ok(&state.pki.sealing_key_statement().map_err(Refusal::internal)?)
}
