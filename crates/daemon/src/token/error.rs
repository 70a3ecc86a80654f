//! Why the token can't be used, and what to do about it.

use super::PinError;
use super::key::TokenKeyId;
use cryptoki::context::Function;
use cryptoki::error::{Error, RvError};
use std::path::PathBuf;

/// Why the token can't do what was asked. Each text says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There is no module.
    #[error(
        "the PKCS#11 module {} isn't there; install the token's software, or correct token.module and start tekportd \
         again", .0.display()
    )]
    NoModule(PathBuf),
    /// The module is there and isn't one.
    #[error(
        "the PKCS#11 module {} can't be loaded: {reason}; correct token.module and start tekportd again",
        path.display()
    )]
    NotAModule {
        /// The module.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// No token has the label.
    #[error("there is no token labelled {label:?}; {}", in_words(there))]
    Absent {
        /// The label that was looked for.
        label: String,
        /// The labels of the tokens that are there.
        there: Vec<String>,
    },
    /// Several tokens have the label.
    #[error("{count} tokens are labelled {label:?}; take all but one out, or give them different labels")]
    Ambiguous {
        /// The label.
        label: String,
        /// How many there are.
        count: usize,
    },
    /// There is no PIN.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// The token refused the PIN, now or before.
    #[error(
        "the token {label:?} refused the PIN of {place}. It isn't tried again until that was written anew or tekportd is \
         started again, since tokens lock after a few wrong ones: correct it"
    )]
    PinRefused {
        /// The token's label.
        label: String,
        /// Where the PIN was read from.
        place: String,
    },
    /// The token takes no PIN any more.
    #[error(
        "the token {label:?} is locked: too many wrong PINs were tried. Have its security officer unlock it (C_InitPIN), \
         with a new PIN in {place}"
    )]
    PinLocked {
        /// The token's label.
        label: String,
        /// Where the PIN is read from.
        place: String,
    },
    /// The token has had wrong PINs, and another one may lock it.
    #[error(
        "the token {label:?} had wrong PINs lately and {}, so the one of {place} isn't tried. Check it by hand (pkcs11-tool \
         --login --token-label); a right one makes the token forget the wrong ones",
        if *.last { "locks at the next one" } else { "locks after a few more" }
    )]
    PinSpared {
        /// The token's label.
        label: String,
        /// Where the PIN is read from.
        place: String,
        /// Whether one attempt is left.
        last: bool,
    },
    /// The token's user has no PIN yet.
    #[error("the token {0:?} has no user PIN yet; set one (pkcs11-tool --init-pin)")]
    NoUserPin(String),
    /// The token has no such key.
    #[error(
        "the token {label:?} has no key pair with the CKA_ID {id}; if another token was put in, put the first one back"
    )]
    NoKey {
        /// The token's label.
        label: String,
        /// The key.
        id: TokenKeyId,
    },
    /// The token has several private keys with that id.
    #[error("the token has {count} private keys with the CKA_ID {id}; give each its own")]
    SeveralKeys {
        /// The id.
        id: TokenKeyId,
        /// How many there are.
        count: usize,
    },
    /// The key can't make signatures that phones take.
    #[error("the token's key {id} can't be used: {reason}; export files are signed with ECDSA keys on P-256 alone")]
    UnfitKey {
        /// The key.
        id: TokenKeyId,
        /// Why.
        reason: &'static str,
    },
    /// The token made a key that can be read out of it.
    #[error("the token made a key that can be read out of it, against what was asked; it was destroyed again")]
    KeyInTheOpen,
    /// The token's signature isn't one.
    #[error("the token's key {0} made a signature that doesn't verify with its own public half")]
    WrongSignature(TokenKeyId),
    /// A call of the module failed.
    #[error("the token failed: {0}; check that it is in its place and that its software runs")]
    Failed(String),
    /// The token didn't answer.
    #[error("the token didn't answer within {0} seconds; check that it is in its place and that its software runs")]
    NoAnswer(u64),
    /// The thread that talks to the token has ended.
    #[error("tekportd doesn't talk to the token any more; start tekportd again, and see its log for why")]
    Ended,
}

fn in_words(there: &[String]) -> String {
    if there.is_empty() {
        "the module finds no token at all: put it in, or check that its software runs".to_owned()
    } else {
        let there: Vec<String> = there.iter().map(|label| format!("{label:?}")).collect();
        format!("there are {}: put it in, or correct token.label and start tekportd again", there.join(", "))
    }
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
