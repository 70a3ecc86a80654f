//! `me`: what concerns only the caller.

use super::answer::Answer;
use super::body::Body;
use super::caller::Caller;
use super::{AdminState, admission, enrolments};
use crate::problem::Refusal;
use crate::store::people;
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::enrolment::{IssuedCertificate, RenewalRequest};
use tekport_api::people::Me;

/// Who the daemon takes the caller for.
#[utoipa::path(get, path = "/me", tag = "me", responses(
    (status = 200, description = "The person and the certificate", body = Me),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(State(state): State<AdminState>, caller: Caller) -> Result<Answer, Refusal> {
    let mut db = state.store.pool().acquire().await?;
    let person = people::to_api(&mut db, &caller.person, state.now()).await?;
    Answer::ok(&Me { person, certificate: caller.certificate.to_api() })
}

/// Issues the caller another certificate; the one in use stays good to its end.
#[utoipa::path(post, path = "/me/certificate", tag = "me", request_body = RenewalRequest, responses(
    (status = 201, description = "The new certificate", body = IssuedCertificate),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn renew_certificate(
    State(state): State<AdminState>,
    caller: Caller,
    Body(request): Body<RenewalRequest>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let issued =
        admission::issue(&state, &mut transaction, &caller.person, &request.csr_pem, "person.renew-certificate")
            .await?;
    transaction.commit().await?;
    Answer::created(None, &enrolments::certificate(&state, issued))
}
