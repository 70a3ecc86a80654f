//! Why a signature isn't there. Each text says what to do; a key that can't sign is never treated as absent.

use crate::store::StoreError;
use crate::token::TokenError;
use std::fmt;
use tekport_api::message::{List, Nested, NotLive, SignFault};
use tekport_export_file::{DerError, SignatureInfo};
use tekport_keys::SigningKeyError;
use tekport_keys::at_rest::AtRestError;

/// Why nothing can be signed. Each text says what to do.
#[derive(Debug)]
pub enum SignError {
    /// No key of the config can sign.
    NoLiveKey(Vec<NotLive>),
    /// A key is there and can't be opened. Never treated as absent: a file would go out with fewer signatures.
    Sealed {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: AtRestError,
    },
    /// The private half is where the daemon doesn't reach.
    InConsole(SignatureInfo),
    /// The daemon has no copy of a key that signs here.
    NotHandedOver(SignatureInfo),
    /// What was opened is not a signing key, or doesn't sign.
    Unusable {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: SigningKeyError,
    },
    /// The private half belongs to another public key than the registered one.
    Mismatch(SignatureInfo),
    /// A signature of ours can't be read.
    Signature {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: DerError,
    },
    /// A kept signature doesn't verify: the database was changed.
    Kept(SignatureInfo),
    /// The key is in a token and the daemon has none.
    NoToken(SignatureInfo),
    /// The store doesn't say which key of the token it is.
    NotInToken(SignatureInfo),
    /// The token didn't sign.
    Token {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: TokenError,
    },
    /// The key in the token isn't the registered one.
    TokenMismatch(SignatureInfo),
    /// The keys can't be looked up.
    Store(StoreError),
}

impl SignError {
    /// What people are told of it.
    #[must_use]
    pub fn fault(&self) -> SignFault {
        use SignFault as Fault;
        let key = |name: &SignatureInfo| name.to_string();
        match self {
            Self::NoLiveKey(keys) => Fault::NoLiveKey { keys: List(keys.iter().map(Nested::from).collect()) },
            Self::Sealed { name, source } => Fault::Sealed { key: key(name), cause: source.to_string() },
            Self::InConsole(name) => Fault::InConsole { key: key(name) },
            Self::NotHandedOver(name) => Fault::NotHandedOver { key: key(name) },
            Self::Unusable { name, source } => Fault::Unusable { key: key(name), cause: source.to_string() },
            Self::Mismatch(name) => Fault::Mismatch { key: key(name) },
            Self::Signature { name, source } => Fault::Signature { key: key(name), problem: source.into() },
            Self::Kept(name) => Fault::Kept { key: key(name) },
            Self::NoToken(name) => Fault::NoToken { key: key(name) },
            Self::NotInToken(name) => Fault::NotInToken { key: key(name) },
            Self::Token { name, source } => Fault::Token { key: key(name), problem: Nested::from(&source.finding()) },
            Self::TokenMismatch(name) => Fault::TokenMismatch { key: key(name) },
            Self::Store(_) => Fault::Database,
        }
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl std::error::Error for SignError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Sealed { source, .. } => Some(source),
            Self::Unusable { source, .. } => Some(source),
            Self::Signature { source, .. } => Some(source),
            Self::Token { source, .. } => Some(source),
            Self::Store(source) => Some(source),
            _ => None,
        }
    }
}

impl From<StoreError> for SignError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<sqlx::Error> for SignError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
