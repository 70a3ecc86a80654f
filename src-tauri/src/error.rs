//! Errors as they reach the pages.

use crate::keychain::KeychainError;
use serde::Serialize;
use specta::Type;
use tekport_api::Problem;
use tekport_api::client::{ClientError, TlsFailure};
use tekport_api::problem::ProblemKind;

/// Why a command failed. The pages choose the words by `code` and fall back on the texts here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CommandError {
    /// A stable name: `offline`, `keychain-locked`, `changed-meanwhile`, …
    pub code: String,
    /// What happened, in a few words.
    pub title: String,
    /// What happened this time.
    pub detail: String,
    /// What to do next.
    pub next_step: String,
    /// The daemon's own words, where it refused.
    pub problem: Option<Box<Problem>>,
}

impl CommandError {
    /// Makes an error from a text of the form "what happened; what to do next".
    pub(crate) fn new(code: &str, title: &str, text: &str) -> Self {
        let (detail, next_step) = text.split_once("; ").unwrap_or((text, ""));
        Self {
            code: code.to_owned(),
            title: title.to_owned(),
            detail: sentence(detail),
            next_step: sentence(next_step),
            problem: None,
        }
    }
}

impl CommandError {
    /// Puts another text in the place of what happened: one that may hold a semicolon, since it quotes somebody.
    pub(crate) fn quoting(mut self, detail: &str) -> Self {
        self.detail = sentence(detail);
        self
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
            ClientError::Address(_) => ("address", "This is not an address"),
            ClientError::NoSuchHost(_) | ClientError::Refused(_) | ClientError::Broken { .. } => {
                ("offline", "No connection to the daemon")
            }
            ClientError::TimedOut { .. } => ("timeout", "The daemon took too long"),
            ClientError::Tls(TlsFailure::ClientCertificate) => ("unauthenticated", "This console is no longer let in"),
            ClientError::Tls(_) => ("tls", "The daemon could not prove who it is"),
            ClientError::NotTekport { .. } => ("not-tekport", "Something else answers there"),
            ClientError::SetUp(_) => ("client-certificate", "This console's certificate can't be used"),
        };
        Self::new(code, title, &error.to_string())
    }
}

impl From<Problem> for CommandError {
    fn from(problem: Problem) -> Self {
        let code = match problem.kind {
            ProblemKind::Malformed => "malformed",
            ProblemKind::Invalid => "invalid",
            ProblemKind::Unauthenticated => "unauthenticated",
            ProblemKind::Forbidden => "forbidden",
            ProblemKind::NotFound => "not-found",
            ProblemKind::MethodNotAllowed => "method-not-allowed",
            ProblemKind::Conflict => "conflict",
            ProblemKind::ChangedMeanwhile => "changed-meanwhile",
            ProblemKind::PreconditionRequired => "precondition-required",
            ProblemKind::TooLarge => "too-large",
            ProblemKind::UnsupportedMediaType => "unsupported-media-type",
            ProblemKind::TooManyRequests => "too-many-requests",
            ProblemKind::Unavailable => "unavailable",
            ProblemKind::Internal => "internal",
        };
        let (title, detail) = (problem.title.clone(), problem.detail.clone());
        Self { code: code.to_owned(), title, detail, next_step: String::new(), problem: Some(Box::new(problem)) }
    }
}

impl From<KeychainError> for CommandError {
    fn from(error: KeychainError) -> Self {
        let (code, title) = match &error {
            KeychainError::NoService(_) => ("keychain-missing", "No keychain is running"),
            KeychainError::Locked(_) => ("keychain-locked", "The keychain is locked"),
            KeychainError::Empty => ("keychain-empty", "The keychain has no keyring"),
            KeychainError::NoAnswer(_) => ("keychain-no-answer", "The keychain does not answer"),
            KeychainError::Denied(_) => ("keychain-denied", "The keychain refused"),
            KeychainError::Damaged(_) => ("keychain-damaged", "An item of the keychain can't be read"),
            KeychainError::NotKept(_) => ("keychain-not-kept", "The keychain did not keep the key"),
            KeychainError::Failed(_) => ("keychain-failed", "The keychain failed"),
        };
        Self::new(code, title, &error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_and_what_to_do_are_told_apart() {
        let error = CommandError::from(ClientError::Refused("tek.example:8443".to_owned()));
        assert_eq!(error.code, "offline");
        assert_eq!(error.detail, "Nothing listens at tek.example:8443.");
        assert_eq!(error.next_step, "Check that tekportd is running and that the port is right.");
    }

    #[test]
    fn a_problem_keeps_its_fields() {
        let field = tekport_api::FieldProblem::new("name", "it is empty", "1 to 80 characters");
        let error = CommandError::from(Problem::invalid(vec![field.clone()]));
        assert_eq!((error.code.as_str(), error.problem.unwrap().errors), ("invalid", vec![field]));
    }
}
