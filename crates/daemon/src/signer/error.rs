//! Why a signature isn't there. Each text says what to do; a key that can't sign is never treated as absent.

use crate::store::StoreError;
use crate::token::TokenError;
use tekport_export_file::{DerError, SignatureInfo};
use tekport_keys::SigningKeyError;
use tekport_keys::at_rest::AtRestError;

/// Why nothing can be signed. Each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// No key of the config can sign.
    #[error(
        "no live signing key, so nothing was published: {0}; hand a key over from the console, or give the config another one"
    )]
    NoLiveKey(String),
    /// A key is there and can't be opened. Never treated as absent: a file would go out with fewer signatures.
    #[error(
        "the signing key {name} can't be opened: {source}; check that the daemon has the root key it had when the key was handed over, or hand the key over again"
    )]
    Sealed {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: AtRestError,
    },
    /// The private half is where the daemon doesn't reach.
    #[error("the private half of the signing key {0} is in an officer's keychain; do this in the console that has it")]
    InConsole(SignatureInfo),
    /// The daemon has no copy of a key that signs here.
    #[error("the daemon has no copy of the signing key {0}; hand it over from the console")]
    NotHandedOver(SignatureInfo),
    /// What was opened is not a signing key, or doesn't sign.
    #[error("the signing key {name} can't be used: {source}; hand it over again from the console")]
    Unusable {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: SigningKeyError,
    },
    /// The private half belongs to another public key than the registered one.
    #[error("the private half of the signing key {0} isn't that of its registered public key; hand it over again")]
    Mismatch(SignatureInfo),
    /// A signature of ours can't be read.
    #[error("the signing key {name} made a signature that can't be read: {source}")]
    Signature {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: DerError,
    },
    /// A kept signature doesn't verify: the database was changed.
    #[error(
        "the kept signature of the signing key {0} doesn't verify with its registered public key: the database was changed; restore it from a backup"
    )]
    Kept(SignatureInfo),
    /// The key is in a token and the daemon has none.
    #[error(
        "the signing key {0} is in a PKCS#11 token and the configuration names none; add the [token] section again and start tekportd"
    )]
    NoToken(SignatureInfo),
    /// The store doesn't say which key of the token it is.
    #[error(
        "the signing key {0} is in a token, and the database doesn't say which of its keys; restore it from a backup"
    )]
    NotInToken(SignatureInfo),
    /// The token didn't sign.
    #[error("the signing key {name} is in a token and didn't sign: {source}")]
    Token {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: TokenError,
    },
    /// The key in the token isn't the registered one.
    #[error(
        "the key in the token isn't the one that {0} was registered with: another token has the same label and CKA_ID; put the first one back"
    )]
    TokenMismatch(SignatureInfo),
    /// The keys can't be looked up.
    #[error("the signing keys can't be looked up")]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for SignError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
