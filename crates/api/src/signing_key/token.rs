//! Keys in a PKCS#11 token, which the daemon reaches.

use serde::{Deserialize, Serialize};

/// How the daemon gets on with its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TokenState {
    /// The configuration names no token.
    NotConfigured,
    /// It is there and takes the PIN.
    Ready,
    /// It can't be used; the detail says why and what to do.
    Unavailable,
}

/// `GET /admin/v1/token`: the token and the P-256 keys in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenStatus {
    /// How it is.
    pub state: TokenState,
    /// The token's label; absent where none is configured.
    pub label: Option<String>,
    /// What was found, or why it can't be used and what to do.
    pub detail: String,
    /// The P-256 key pairs in it that can sign; empty while it can't be used.
    pub keys: Vec<TokenKey>,
}

/// A key pair in the token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenKey {
    /// `CKA_ID`, lower-case hex: what names it in the token.
    pub id: String,
    /// `CKA_LABEL`.
    pub label: String,
    /// SHA-256 of the public key's SubjectPublicKeyInfo DER, lower-case hex.
    pub fingerprint: String,
    /// Whether its private half can be read out of the token (`CKA_EXTRACTABLE`): then it is no better kept than in
    /// a file.
    pub extractable: bool,
    /// The signing key that it is registered as; absent for none.
    pub signing_key_id: Option<String>,
}

/// `POST /admin/v1/signing-keys/in-token`: registers a key of the token, or has one made there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TokenKeyDraft {
    /// `[a-zA-Z0-9_]+`, at most 64 characters.
    pub key_id: String,
    /// `[a-zA-Z0-9_]+`, at most 64 characters.
    pub key_version: String,
    /// The key that it follows; absent for the first of its key id.
    pub predecessor_id: Option<String>,
    /// A [`TokenKey::id`] to use; absent to generate one.
    pub token_key: Option<String>,
}
