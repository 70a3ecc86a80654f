//! RFC 9457 problems: what the API answers when it refuses.

use crate::message::{Message, Nested, Refused, Said};
use serde::{Deserialize, Serialize};

/// One field that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field, as a path in the request: `period_minutes`, `input_regions[1]`.
    pub field: String,
    /// What was wrong with it.
    pub reason: String,
    /// What is allowed there.
    pub allowed: String,
    /// The reason's code and values.
    #[serde(flatten)]
    pub message: Message,
    /// The code and values of what is allowed.
    #[serde(default)]
    pub allowed_message: Message,
}

impl FieldProblem {
    /// Names a field, what was wrong with it and what is allowed.
    pub fn new(field: impl Into<String>, reason: impl Said, allowed: impl Said) -> Self {
        Self {
            message: reason.message(),
            allowed_message: allowed.message(),
            ..Self::of_machine(field, reason.to_string(), allowed.to_string())
        }
    }

    /// The same for what no person types: a header, a parameter, a body that a program made. It has no code.
    pub fn of_machine(field: impl Into<String>, reason: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            reason: reason.into(),
            allowed: allowed.into(),
            message: Message::default(),
            allowed_message: Message::default(),
        }
    }
}

/// The kinds of problem, each with a stable URI so that a client can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProblemKind {
    /// 400: the request can't be read at all.
    #[serde(rename = "urn:tekport:problem:malformed")]
    Malformed,
    /// 422: the request was read, and some fields are refused.
    #[serde(rename = "urn:tekport:problem:invalid")]
    Invalid,
    /// 401: no client certificate, or one that this daemon doesn't know or has revoked.
    #[serde(rename = "urn:tekport:problem:unauthenticated")]
    Unauthenticated,
    /// 403: the person's roles don't allow this.
    #[serde(rename = "urn:tekport:problem:forbidden")]
    Forbidden,
    /// 404: nothing there.
    #[serde(rename = "urn:tekport:problem:not-found")]
    NotFound,
    /// 405: the resource exists, but not for this method.
    #[serde(rename = "urn:tekport:problem:method-not-allowed")]
    MethodNotAllowed,
    /// 409: the resource's state doesn't allow this now.
    #[serde(rename = "urn:tekport:problem:conflict")]
    Conflict,
    /// 412: somebody else changed the resource since it was read.
    #[serde(rename = "urn:tekport:problem:changed-meanwhile")]
    ChangedMeanwhile,
    /// 428: an edit needs `If-Match`.
    #[serde(rename = "urn:tekport:problem:precondition-required")]
    PreconditionRequired,
    /// 413: the body is larger than allowed.
    #[serde(rename = "urn:tekport:problem:too-large")]
    TooLarge,
    /// 415: the body's content type isn't one that this route reads.
    #[serde(rename = "urn:tekport:problem:unsupported-media-type")]
    UnsupportedMediaType,
    /// 429: too many attempts.
    #[serde(rename = "urn:tekport:problem:too-many-requests")]
    TooManyRequests,
    /// 503: something the daemon needs is unavailable; trying again later can work.
    #[serde(rename = "urn:tekport:problem:unavailable")]
    Unavailable,
    /// 500: a fault of the daemon's own; its log has the details.
    #[serde(rename = "urn:tekport:problem:internal")]
    Internal,
}

impl ProblemKind {
    /// The HTTP status that goes with the kind.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::ChangedMeanwhile => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Invalid => 422,
            Self::PreconditionRequired => 428,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// A short sentence, the same for every problem of the kind (RFC 9457, 3.1.3).
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request can't be read",
            Self::Invalid => "Some fields are not allowed as they are",
            Self::Unauthenticated => "No valid client certificate",
            Self::Forbidden => "Your roles don't allow this",
            Self::NotFound => "Nothing there",
            Self::MethodNotAllowed => "Not with this method",
            Self::Conflict => "Not possible in the present state",
            Self::ChangedMeanwhile => "Somebody else changed this meanwhile",
            Self::PreconditionRequired => "An edit needs If-Match",
            Self::TooLarge => "The request is too large",
            Self::UnsupportedMediaType => "This content type isn't read here",
            Self::TooManyRequests => "Too many attempts",
            Self::Unavailable => "Something the daemon needs is unavailable",
            Self::Internal => "The daemon failed",
        }
    }
}

/// An RFC 9457 problem document (`application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The kind, as a URI.
    #[serde(rename = "type")]
    pub kind: ProblemKind,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time and what to do next.
    pub detail: String,
    /// The code and values of the detail.
    #[serde(flatten)]
    pub message: Message,
    /// The fields refused, each with its reason; empty where the problem isn't about fields.
    #[serde(default)]
    pub errors: Vec<FieldProblem>,
}

impl Problem {
    /// Makes a problem of a kind with what happened this time.
    pub fn of(kind: ProblemKind, said: &impl Said) -> Self {
        Self { message: said.message(), ..Self::of_machine(kind, said.to_string()) }
    }

    /// The same for what no person reads: how a program has to ask. It has no code.
    pub fn of_machine(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: detail.into(),
            message: Message::default(),
            errors: Vec::new(),
        }
    }

    /// Makes the problem for refused fields.
    #[must_use]
    pub fn invalid(errors: Vec<FieldProblem>) -> Self {
        let refused = match errors.as_slice() {
            [one] => {
                let reason = Nested::new(one.reason.clone(), one.message.clone());
                Refused::Field { field: one.field.clone(), reason }
            }
            many => Refused::Fields { count: u32::try_from(many.len()).unwrap_or(u32::MAX) },
        };
        Self { errors, ..Self::of(ProblemKind::Invalid, &refused) }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.title, self.detail)?;
        for error in &self.errors {
            write!(f, "; {}: {} (allowed: {})", error.field, error.reason, error.allowed)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
