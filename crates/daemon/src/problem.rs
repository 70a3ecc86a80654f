//! What a listener answers when it refuses: an RFC 9457 problem outside, the cause in the log.

use crate::exporter::RequestError;
use crate::exporter::signatures::SignatureRefused;
use crate::invitation::InvitationError;
use crate::store::StoreError;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use std::error::Error;
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
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Problem::new(kind, detail).into()
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
    pub fn field(field: impl Into<String>, reason: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self::fields(vec![FieldProblem::of_machine(field, reason, allowed)])
    }

    /// Says that nothing of that kind has that id.
    #[must_use]
    pub fn not_found(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new(ProblemKind::NotFound, format!("there is no {what} {id}; list them to see which there are"))
    }

    /// A fault of the daemon's own: the caller learns nothing of it, the log everything.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let detail = "the daemon met a fault of its own; its log has the details. Nothing was changed";
        Self { cause: Some(cause.into()), ..Self::new(ProblemKind::Internal, detail) }
    }

    /// Something the daemon needs is out of reach for now.
    pub fn unavailable(detail: impl Into<String>, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(ProblemKind::Unavailable, detail) }
    }

    /// Says more to the caller.
    #[must_use]
    pub fn with_more(mut self, more: &str) -> Self {
        self.problem.detail = format!("{}. {more}", self.problem.detail);
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
        if is_busy(&error) {
            Self::unavailable("the database is busy; try again in a moment", error)
        } else {
            Self::internal(error)
        }
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
            RequestError::NoBatch | RequestError::NoConfig => Self::new(ProblemKind::NotFound, error.to_string()),
            _ => Self::new(ProblemKind::Conflict, error.to_string()),
        }
    }
}

impl From<SignatureRefused> for Refusal {
    fn from(error: SignatureRefused) -> Self {
        use SignatureRefused as Refused;
        let text = error.to_string();
        match error {
            Refused::Store(error) => error.into(),
            Refused::NoBatch(_) | Refused::NoFile { .. } => Self::new(ProblemKind::NotFound, text),
            Refused::Digest(_) => {
                Self::field("digest", text, "the digest of the unsigned file: 64 digits of lower-case hex")
            }
            Refused::Base64(_) | Refused::Form(_) | Refused::Wrong(_) => {
                let allowed = "the key's ECDSA P-256 signature over the digest: an ASN.1 DER sequence in base64";
                Self::field("signature", text, allowed)
            }
            Refused::NotAwaiting(_)
            | Refused::NotASigner(_)
            | Refused::NotAConsoles { .. }
            | Refused::NotLive { .. }
            | Refused::Changed { .. } => Self::new(ProblemKind::Conflict, text),
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
