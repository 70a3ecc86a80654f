//! `enrolments`: the only resource that needs no client certificate.

use super::AdminState;
use super::admission::{self, NotEnrolled};
use super::answer::Answer;
use super::body::Body;
use super::caller::Peer;
use crate::pki::IssuedClient;
use crate::problem::Refusal;
use axum::Extension;
use axum::extract::State;
use http::header::{HeaderValue, RETRY_AFTER};
use tekport_api::Problem;
use tekport_api::enrolment::{EnrolmentRequest, IssuedCertificate};
use tekport_api::message::Refused;
use tekport_api::problem::ProblemKind;

/// Exchanges an enrolment code for a client certificate.
#[utoipa::path(post, path = "/enrolments", tag = "enrolment", request_body = EnrolmentRequest, security(()), responses(
    (status = 201, description = "The certificate for the request's key", body = IssuedCertificate),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create(
    State(state): State<AdminState>,
    Extension(peer): Extension<Peer>,
    Body(request): Body<EnrolmentRequest>,
) -> Result<Answer, Refusal> {
    let address = peer.address.ip();
    if let Some(seconds) = state.enrolment_attempts.wait(&address.into(), state.now()) {
        return Err(too_many(seconds));
    }
    match admission::enrol(&state, &request).await {
        Ok(issued) => Answer::created(None, &certificate(&state, issued)),
        Err(NotEnrolled::Other(refusal)) => Err(refusal),
        Err(NotEnrolled::Code(refusal)) => {
            state.enrolment_attempts.count(address.into(), state.now());
            tracing::warn!(%address, reason = refusal.problem().detail, "an enrolment was refused");
            Err(refusal)
        }
    }
}

fn too_many(seconds: i64) -> Refusal {
    let said = Refused::TooManyCodes { seconds: seconds.to_string() };
    Refusal::new(ProblemKind::TooManyRequests, &said).with_header(RETRY_AFTER, HeaderValue::from(seconds))
}

/// A certificate as it is sent, with what is needed to use it.
pub(super) fn certificate(state: &AdminState, issued: IssuedClient) -> IssuedCertificate {
    IssuedCertificate {
        certificate_pem: issued.certificate_pem,
        ca_pem: state.pki.ca_pem(),
        not_after: issued.not_after,
        daemon: state.identity(),
    }
}
