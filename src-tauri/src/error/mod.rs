//! Errors as they reach the pages.

mod code;
mod fault;

use crate::keychain::KeychainError;
pub use code::ErrorCode;
pub(crate) use fault::{ConsoleFault, KeyTrouble};
use serde::Serialize;
use specta::Type;
use tekport_api::client::{ClientError, TlsFailure};
use tekport_api::problem::ProblemKind;
use tekport_api::{Message, Problem, Said};

/// Why a command failed. The pages choose the words by `code` and fall back on the texts here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CommandError {
    /// A stable name: `offline`, `keychain-locked`, `changed-meanwhile`, …
    pub code: ErrorCode,
    /// What happened, in a few words.
    pub title: String,
    /// What happened this time.
    pub detail: String,
    /// What happened this time, with its code and values; absent where the detail is English alone.
    #[specta(optional)]
    pub message: Option<Box<Message>>,
    /// What to do next, in English.
    pub next_step: String,
    /// The daemon's own words, where it refused.
    pub problem: Option<Box<Problem>>,
}

impl CommandError {
    /// Makes an error from a text of the form "what happened; what to do next", which has no code yet.
    fn new(code: ErrorCode, title: &str, text: &str) -> Self {
        let (detail, next_step) = text.split_once("; ").unwrap_or((text, ""));
        Self {
            code,
            title: title.to_owned(),
            detail: sentence(detail),
            message: None,
            next_step: sentence(next_step),
            problem: None,
        }
    }
}

impl CommandError {
    /// Makes an error from a sentence with a code, of the form "what happened; what to do next".
    pub(crate) fn said(code: ErrorCode, title: &str, said: &impl Said) -> Self {
        Self { message: Some(Box::new(said.message())), ..Self::new(code, title, &said.to_string()) }
    }

    /// Makes an error from what the daemon said of the form "what happened; what to do next", with its code and values.
    pub(crate) fn reported(code: ErrorCode, title: &str, text: &str, message: &Message) -> Self {
        Self { message: Some(Box::new(message.clone())), ..Self::new(code, title, text) }
    }

    /// Makes an error from a sentence that may hold a semicolon, since it quotes somebody, and what to do next.
    pub(crate) fn quoting(code: ErrorCode, title: &str, said: &impl Said, next_step: &str) -> Self {
        Self {
            detail: sentence(said.to_string().trim_end_matches('.')),
            message: Some(Box::new(said.message())),
            ..Self::new(code, title, &format!("; {next_step}"))
        }
    }
}

/// A capital in front and a full stop behind.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

impl From<ClientError> for CommandError {
    fn from(error: ClientError) -> Self {
        let (code, title) = match &error {
            ClientError::Problem(problem) => return Self::from((**problem).clone()),
            ClientError::Address(_) => (ErrorCode::Address, "This is not an address"),
            ClientError::NoSuchHost(_) | ClientError::Refused(_) | ClientError::Broken { .. } => {
                (ErrorCode::Offline, "No connection to the daemon")
            }
            ClientError::TimedOut { .. } => (ErrorCode::Timeout, "The daemon took too long"),
            ClientError::Tls(TlsFailure::ClientCertificate) => {
                (ErrorCode::Unauthenticated, "This console is no longer let in")
            }
            ClientError::Tls(_) => (ErrorCode::Tls, "The daemon could not prove who it is"),
            ClientError::NotTekport { .. } => (ErrorCode::NotTekport, "Something else answers there"),
            ClientError::SetUp(_) => (ErrorCode::ClientCertificate, "This console's certificate can't be used"),
        };
        Self::said(code, title, &error)
    }
}

impl From<Problem> for CommandError {
    fn from(problem: Problem) -> Self {
        let code = match problem.kind {
            ProblemKind::Malformed => ErrorCode::Malformed,
            ProblemKind::Invalid => ErrorCode::Invalid,
            ProblemKind::Unauthenticated => ErrorCode::Unauthenticated,
            ProblemKind::Forbidden => ErrorCode::Forbidden,
            ProblemKind::NotFound => ErrorCode::NotFound,
            ProblemKind::MethodNotAllowed => ErrorCode::MethodNotAllowed,
            ProblemKind::Conflict => ErrorCode::Conflict,
            ProblemKind::ChangedMeanwhile => ErrorCode::ChangedMeanwhile,
            ProblemKind::PreconditionRequired => ErrorCode::PreconditionRequired,
            ProblemKind::TooLarge => ErrorCode::TooLarge,
            ProblemKind::UnsupportedMediaType => ErrorCode::UnsupportedMediaType,
            ProblemKind::TooManyRequests => ErrorCode::TooManyRequests,
            ProblemKind::Unavailable => ErrorCode::Unavailable,
            ProblemKind::Internal => ErrorCode::Internal,
        };
        let (title, detail) = (problem.title.clone(), problem.detail.clone());
        let message = Some(Box::new(problem.message.clone()));
        Self { code, title, detail, message, next_step: String::new(), problem: Some(Box::new(problem)) }
    }
}

impl From<KeychainError> for CommandError {
    fn from(error: KeychainError) -> Self {
        let (code, title) = match &error {
            KeychainError::NoService(_) => (ErrorCode::KeychainMissing, "No keychain is running"),
            KeychainError::Locked(_) => (ErrorCode::KeychainLocked, "The keychain is locked"),
            KeychainError::Empty => (ErrorCode::KeychainEmpty, "The keychain has no keyring"),
            KeychainError::NoAnswer(_) => (ErrorCode::KeychainNoAnswer, "The keychain does not answer"),
            KeychainError::Denied(_) => (ErrorCode::KeychainDenied, "The keychain refused"),
            KeychainError::Damaged(_) => (ErrorCode::KeychainDamaged, "An item of the keychain can't be read"),
            KeychainError::NotKept(_) => (ErrorCode::KeychainNotKept, "The keychain did not keep the key"),
            KeychainError::Failed(_) => (ErrorCode::KeychainFailed, "The keychain failed"),
        };
        Self::said(code, title, &error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::message::{Allowed, Fault};

    #[test]
    fn what_happened_and_what_to_do_are_told_apart() {
        let error = CommandError::from(ClientError::Refused("tek.example:8443".to_owned()));
        assert_eq!(error.code, "offline");
        assert_eq!(error.detail, "Nothing listens at tek.example:8443.");
        assert_eq!(error.next_step, "Check that tekportd is running and that the port is right.");
    }

    #[test]
    fn a_problem_keeps_its_fields() {
        let field = tekport_api::FieldProblem::new("name", Fault::Empty, Allowed::PersonName);
        let error = CommandError::from(Problem::invalid(vec![field.clone()]));
        assert_eq!(error.message.clone().unwrap().code, "refused.field");
        assert_eq!((error.code.as_str(), error.problem.unwrap().errors), ("invalid", vec![field]));
    }
}
