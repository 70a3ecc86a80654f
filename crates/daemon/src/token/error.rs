//! Why the token can't be used, and what to do about it.

use super::PinError;
use super::key::TokenKeyId;
use cryptoki::context::Function;
use cryptoki::error::{Error, RvError};
use std::fmt;
use std::path::{Path, PathBuf};
use tekport_api::message::TokenFinding;

/// Why the token can't do what was asked. Each text says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenError {
    /// There is no module.
    NoModule(PathBuf),
    /// The module is there and isn't one.
    NotAModule {
        /// The module.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// No token has the label.
    Absent {
        /// The label that was looked for.
        label: String,
        /// The labels of the tokens that are there.
        there: Vec<String>,
    },
    /// Several tokens have the label.
    Ambiguous {
        /// The label.
        label: String,
        /// How many there are.
        count: usize,
    },
    /// There is no PIN.
    Pin(PinError),
    /// The token refused the PIN, now or before.
    PinRefused {
        /// The token's label.
        label: String,
        /// Where the PIN was read from.
        place: String,
    },
    /// The token takes no PIN any more.
    PinLocked {
        /// The token's label.
        label: String,
        /// Where the PIN is read from.
        place: String,
    },
    /// The token has had wrong PINs, and another one may lock it.
    PinSpared {
        /// The token's label.
        label: String,
        /// Where the PIN is read from.
        place: String,
        /// Whether one attempt is left.
        last: bool,
    },
    /// The token's user has no PIN yet.
    NoUserPin(String),
    /// The token has no such key.
    NoKey {
        /// The token's label.
        label: String,
        /// The key.
        id: TokenKeyId,
    },
    /// The token has several private keys with that id.
    SeveralKeys {
        /// The id.
        id: TokenKeyId,
        /// How many there are.
        count: usize,
    },
    /// The key can't make signatures that phones take.
    UnfitKey {
        /// The key.
        id: TokenKeyId,
        /// Why.
        reason: &'static str,
    },
    /// The token made a key that can be read out of it.
    KeyInTheOpen,
    /// The token's signature isn't one.
    WrongSignature(TokenKeyId),
    /// A call of the module failed.
    Failed(String),
    /// The token didn't answer.
    NoAnswer(u64),
    /// The thread that talks to the token has ended.
    Ended,
}

impl TokenError {
    /// What people are told of it.
    #[must_use]
    pub fn finding(&self) -> TokenFinding {
        use TokenFinding as Found;
        match self.clone() {
            Self::NoModule(path) => Found::NoModule { path: shown(&path) },
            Self::NotAModule { path, reason } => Found::NotAModule { path: shown(&path), cause: reason },
            Self::Absent { label, there } if there.is_empty() => Found::NoneThere { label },
            Self::Absent { label, there } => {
                Found::Absent { label, there: there.iter().map(|label| format!("{label:?}")).collect() }
            }
            Self::Ambiguous { label, count } => Found::Ambiguous { label, count: small(count) },
            Self::Pin(error) => error.finding(),
            Self::PinRefused { label, place } => Found::PinRefused { label, place },
            Self::PinLocked { label, place } => Found::PinLocked { label, place },
            Self::PinSpared { label, place, last: true } => Found::PinLast { label, place },
            Self::PinSpared { label, place, last: false } => Found::PinSpared { label, place },
            Self::NoUserPin(label) => Found::NoUserPin { label },
            Self::NoKey { label, id } => Found::NoKey { label, id: id.to_string() },
            Self::SeveralKeys { id, count } => Found::SeveralKeys { id: id.to_string(), count: small(count) },
            Self::UnfitKey { id, reason } => Found::Unfit { id: id.to_string(), cause: reason.to_owned() },
            Self::KeyInTheOpen => Found::KeyInTheOpen,
            Self::WrongSignature(id) => Found::WrongSignature { id: id.to_string() },
            Self::Failed(cause) => Found::Failed { cause },
            Self::NoAnswer(seconds) => Found::NoAnswer { seconds: seconds.to_string() },
            Self::Ended => Found::Ended,
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finding().fmt(f)
    }
}

impl std::error::Error for TokenError {}

impl From<PinError> for TokenError {
    fn from(error: PinError) -> Self {
        Self::Pin(error)
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        Self::Failed(match error {
            Error::Pkcs11(value, function) => format!("C_{function:?} returned {}", constant(value)),
            other => other.to_string(),
        })
    }
}

/// The name of a return value as PKCS#11 and every manual write it: `CKR_DEVICE_REMOVED`.
fn constant(value: RvError) -> String {
    let name = format!("{value:?}");
    let mut text = String::from("CKR");
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(character.to_ascii_uppercase());
    }
    text
}

/// How an attempt to log in ended that didn't go well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoginFailure {
    /// The PIN isn't the token's.
    Refused,
    /// The token takes none any more.
    Locked,
    /// The user has none yet.
    Unset,
}

/// Tells failures that are about the PIN from all others.
pub(super) fn login_failure(error: &Error) -> Option<LoginFailure> {
    let Error::Pkcs11(value, Function::Login) = error else { return None };
    match value {
        RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange | RvError::PinExpired => {
            Some(LoginFailure::Refused)
        }
        RvError::PinLocked => Some(LoginFailure::Locked),
        RvError::UserPinNotInitialized => Some(LoginFailure::Unset),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_values_are_named_as_in_the_manuals() {
        for (value, name) in [
            (RvError::DeviceRemoved, "CKR_DEVICE_REMOVED"),
            (RvError::SessionHandleInvalid, "CKR_SESSION_HANDLE_INVALID"),
            (RvError::UserNotLoggedIn, "CKR_USER_NOT_LOGGED_IN"),
        ] {
            assert_eq!(constant(value), name);
        }
        let error = TokenError::from(Error::Pkcs11(RvError::TokenNotPresent, Function::OpenSession));
        assert!(error.to_string().contains("C_OpenSession returned CKR_TOKEN_NOT_PRESENT"), "{error}");
    }

    #[test]
    fn only_what_is_about_the_pin_counts_as_a_refused_one() {
        let failure = |value| login_failure(&Error::Pkcs11(value, Function::Login));
        assert_eq!(failure(RvError::PinIncorrect), Some(LoginFailure::Refused));
        assert_eq!(failure(RvError::PinLocked), Some(LoginFailure::Locked));
        assert_eq!(failure(RvError::UserPinNotInitialized), Some(LoginFailure::Unset));
        assert_eq!(failure(RvError::DeviceRemoved), None);
        assert_eq!(login_failure(&Error::Pkcs11(RvError::PinLocked, Function::Sign)), None);
    }

    #[test]
    fn an_absent_token_is_told_with_those_that_are_there() {
        let text = |there: &[&str]| {
            let there = there.iter().map(|label| (*label).to_owned()).collect();
            TokenError::Absent { label: "tekport".to_owned(), there }.to_string()
        };
        insta::assert_snapshot!(text(&[]), @r#"there is no token labelled "tekport"; the module finds no token at all: put it in, or check that its software runs"#);
        insta::assert_snapshot!(text(&["a", "b c"]), @r#"there is no token labelled "tekport"; there are "a", "b c": put it in, or correct token.label and start tekportd again"#);
    }
}
