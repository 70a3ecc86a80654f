//! Keys in a PKCS#11 token, which the daemon reaches.

use super::predecessor;
use crate::message::{Allowed, Fault};
use crate::{FieldProblem, Message};
use serde::{Deserialize, Serialize};
use tekport_export_file::{KeyId, KeyVersion};
use uuid::Uuid;

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
    /// That with its code and values.
    #[serde(default)]
    pub message: Message,
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

/// A validated [`TokenKeyDraft`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenKeySpec {
    /// Verification key id.
    pub key_id: KeyId,
    /// Verification key version.
    pub key_version: KeyVersion,
    /// The key that it follows.
    pub predecessor_id: Option<Uuid>,
    /// `CKA_ID` of the key pair to use, 1 to 255 bytes; `None` to generate one.
    pub token_key: Option<Vec<u8>>,
}

impl TokenKeyDraft {
    /// Checks every field.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn validate(&self) -> Result<TokenKeySpec, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let key_id =
            KeyId::parse(&self.key_id).map_err(|e| problems.push(FieldProblem::new("key_id", e, Allowed::KeyId))).ok();
        let key_version = KeyVersion::parse(&self.key_version)
            .map_err(|e| problems.push(FieldProblem::new("key_version", e, Allowed::KeyVersion)))
            .ok();
        let predecessor_id = predecessor(self.predecessor_id.as_deref(), &mut problems);
        let token_key = self.token_key.as_deref().and_then(|text| {
            let bytes = hex::decode(text).ok().filter(|bytes| (1..=255).contains(&bytes.len()));
            if bytes.is_none() {
                let reason = Fault::NoTokenId { text: text.to_owned() };
                problems.push(FieldProblem::new("token_key", reason, Allowed::TokenId));
            }
            bytes
        });
        match (key_id, key_version) {
            (Some(key_id), Some(key_version)) if problems.is_empty() => {
                Ok(TokenKeySpec { key_id, key_version, predecessor_id, token_key })
            }
            _ => Err(problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> TokenKeyDraft {
        TokenKeyDraft {
            key_id: "310".to_owned(),
            key_version: "v1".to_owned(),
            predecessor_id: None,
            token_key: Some("00ff".to_owned()),
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(draft().validate().unwrap().token_key, Some(vec![0, 255]));
        let wrong = TokenKeyDraft {
            key_id: "3 10".to_owned(),
            key_version: String::new(),
            predecessor_id: Some("v1".to_owned()),
            token_key: Some("xyz".to_owned()),
        };
        let fields: Vec<String> = wrong.validate().unwrap_err().into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["key_id", "key_version", "predecessor_id", "token_key"]);
        for id in ["", "0", "00ff0", &"00".repeat(256)] {
            let draft = TokenKeyDraft { token_key: Some(id.to_owned()), ..draft() };
            assert_eq!(draft.validate().unwrap_err()[0].field, "token_key", "{id}");
        }
    }
}
