//! What a listener answers when it refuses: an RFC 9457 problem outside, the cause in the log.

use crate::exporter::RequestError;
use crate::exporter::signatures::SignatureRefused;
use crate::invitation::InvitationError;
use crate::store::StoreError;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use std::error::Error;
use tekport_api::message::{BatchRefused, KeyAllowed, KeyFault, Nested, Refused};
use tekport_api::problem::ProblemKind;
use tekport_api::{FieldProblem, Problem, Said};

/// The media type of problems (RFC 9457, 3).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A refusal: what the caller sees, and what only the log holds.
#[derive(Debug)]
pub struct Refusal {
    problem: Box<Problem>,
    headers: HeaderMap,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Refusal {
    /// Refuses with a kind and what happened this time, with what to do next.
    pub fn new(kind: ProblemKind, said: &impl Said) -> Self {
        Problem::of(kind, said).into()
    }

    /// Refuses since the state doesn't allow it now.
    pub fn conflict(said: &impl Said) -> Self {
        Self::new(ProblemKind::Conflict, said)
    }

    /// Says that there is no such thing.
    pub fn not_found(said: &impl Said) -> Self {
        Self::new(ProblemKind::NotFound, said)
    }

    /// Refuses how a program asked, which no person of a console reads.
    pub fn of_machine(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Problem::of_machine(kind, detail).into()
    }

    /// Refuses fields.
    #[must_use]
    pub fn fields(problems: Vec<FieldProblem>) -> Self {
        Problem::invalid(problems).into()
    }

    /// Refuses one field.
    pub fn fault(field: impl Into<String>, reason: impl Said, allowed: impl Said) -> Self {
        Self::fields(vec![FieldProblem::new(field, reason, allowed)])
    }

    /// Refuses what a program wrote and no person: a header, a parameter, a part of a body.
    pub fn field_of_machine(field: impl Into<String>, reason: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self::fields(vec![FieldProblem::of_machine(field, reason, allowed)])
    }

    /// A fault of the daemon's own: the caller learns nothing of it, the log everything.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(ProblemKind::Internal, &Refused::Internal) }
    }

    /// Something the daemon needs is out of reach for now.
    pub fn unavailable(said: &impl Said, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(ProblemKind::Unavailable, said) }
    }

    /// Says more to the caller.
    #[must_use]
    pub fn with_more(mut self, more: &impl Said) -> Self {
        let first = Nested::new(self.problem.detail, self.problem.message);
        let both = first.then(Nested::from(more));
        (self.problem.detail, self.problem.message) = (both.to_string(), both.message().clone());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// What the caller sees.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem: Box::new(problem), headers: HeaderMap::new(), cause: None }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        if is_busy(&error) { Self::unavailable(&Refused::Busy, error) } else { Self::internal(error) }
    }
}

impl From<InvitationError> for Refusal {
    fn from(error: InvitationError) -> Self {
        match error {
            InvitationError::Store(error) => error.into(),
            InvitationError::NoRandomness(error) => Self::internal(error),
        }
    }
}

impl From<RequestError> for Refusal {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Store(error) => error.into(),
            RequestError::Refused(said @ (BatchRefused::NoBatch | BatchRefused::NoConfig)) => Self::not_found(&said),
            RequestError::Refused(said) => Self::conflict(&said),
        }
    }
}

impl From<SignatureRefused> for Refusal {
    fn from(error: SignatureRefused) -> Self {
        match error {
            SignatureRefused::Store(error) => error.into(),
            SignatureRefused::NoBatch(id) => Self::not_found(&Refused::NoBatch { id: id.to_string() }),
            SignatureRefused::NoFile(said) => Self::not_found(&said),
            SignatureRefused::Digest(text) => Self::fault("digest", KeyFault::NoDigest { text }, KeyAllowed::Digest),
            SignatureRefused::Base64(error) => {
                let fault = KeyFault::NoBase64 { cause: error.to_string() };
                Self::fault("signature", fault, KeyAllowed::Signature)
            }
            SignatureRefused::Form(error) => Self::fault("signature", error, KeyAllowed::Signature),
            SignatureRefused::Wrong(key) => {
                Self::fault("signature", KeyFault::WrongSignature { key }, KeyAllowed::Signature)
            }
            SignatureRefused::State(said) => Self::conflict(&said),
        }
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// Whether another writer held the database for too long, or every connection was taken.
fn is_busy(error: &StoreError) -> bool {
    /// SQLITE_BUSY, the primary result code.
    const BUSY: &str = "5";
    match error {
        StoreError::Database(sqlx::Error::PoolTimedOut) => true,
        StoreError::Database(sqlx::Error::Database(error)) => error.code().is_some_and(|code| code == BUSY),
        _ => false,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if let Some(cause) = &self.cause {
            tracing::error!(error = %chain(cause.as_ref()), "a request failed");
        }
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let mut response = (status, self.headers, body).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        response
    }
}

/// An error with everything that caused it, in one line.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_stands_behind_what_was_said_in_words_and_codes() {
        let refusal = Refusal::new(ProblemKind::Unavailable, &Refused::Busy).with_more(&Refused::Stopping);
        let problem = refusal.problem();
        assert_eq!(problem.detail, format!("{}. {}", Refused::Busy, Refused::Stopping));
        assert_eq!(problem.message.code, "refused.then");
        assert_eq!(problem.message.params["second"]["code"], "refused.stopping");
    }
}
