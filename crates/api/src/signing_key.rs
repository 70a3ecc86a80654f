//! Signing keys as the daemon knows them.

use crate::{FieldProblem, UtcTime};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use tekport_export_file::{KeyId, KeyVersion};
use tekport_keys::sealing::{Sealed, SealingError, SealingPublicKey};

/// Where the private half signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Custody {
    /// Sealed by the console to the daemon, encrypted at rest there, signs unattended.
    Daemon,
}

/// Where a key stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    /// Registered; the daemon can't sign with it yet.
    Generated,
    /// The daemon can sign with it.
    Introduced,
    /// Never signs again.
    Revoked,
}

/// A signing key: its public half and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SigningKey {
    /// UUIDv7.
    pub id: String,
    /// Verification key id, by convention the Mobile Country Code.
    pub key_id: String,
    /// Verification key version, for instance `v1`.
    pub key_version: String,
    /// SubjectPublicKeyInfo, PEM.
    pub public_key_pem: String,
    /// SHA-256 of the SubjectPublicKeyInfo DER, lower-case hex.
    pub fingerprint: String,
    /// Where it signs.
    pub custody: Custody,
    /// Where it stands.
    pub state: KeyState,
    /// Grows with each change; the ETag.
    pub revision: u32,
    /// When it was registered. Signature infos are ordered by it, newest first.
    pub created_at: UtcTime,
    /// The name of who registered it.
    pub created_by: String,
    /// When the daemon got the sealed private half; absent before.
    pub provisioned_at: Option<UtcTime>,
    /// When it was revoked; absent while it may sign.
    pub revoked_at: Option<UtcTime>,
    /// Ids of the export configs that sign with it and have not ended.
    pub config_ids: Vec<String>,
}

/// `POST /admin/v1/signing-keys`: registers the public half of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SigningKeyDraft {
    /// `[a-zA-Z0-9_]+`, at most 64 characters.
    pub key_id: String,
    /// `[a-zA-Z0-9_]+`, at most 64 characters.
    pub key_version: String,
    /// SubjectPublicKeyInfo, PEM, P-256.
    pub public_key_pem: String,
    /// Where it will sign.
    pub custody: Custody,
}

/// A validated [`SigningKeyDraft`].
#[derive(Debug, Clone)]
pub struct SigningKeySpec {
    /// Verification key id.
    pub key_id: KeyId,
    /// Verification key version.
    pub key_version: KeyVersion,
    /// The public half.
    pub public_key: tekport_keys::PublicKey,
    /// Where it will sign.
    pub custody: Custody,
}

impl SigningKeyDraft {
    /// Checks every field.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn validate(&self) -> Result<SigningKeySpec, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let key_id = KeyId::parse(&self.key_id)
            .map_err(|e| problems.push(FieldProblem::new("key_id", e.to_string(), KeyId::ALLOWED)))
            .ok();
        let key_version = KeyVersion::parse(&self.key_version)
            .map_err(|e| problems.push(FieldProblem::new("key_version", e.to_string(), KeyVersion::ALLOWED)))
            .ok();
        let public_key = tekport_keys::PublicKey::from_pem(&self.public_key_pem)
            .map_err(|e| {
                problems.push(FieldProblem::new(
                    "public_key_pem",
                    e.to_string(),
                    "a P-256 SubjectPublicKeyInfo in PEM (-----BEGIN PUBLIC KEY-----)",
                ));
            })
            .ok();
        match (key_id, key_version, public_key) {
            (Some(key_id), Some(key_version), Some(public_key)) => {
                Ok(SigningKeySpec { key_id, key_version, public_key, custody: self.custody })
            }
            _ => Err(problems),
        }
    }
}

/// `PUT /admin/v1/signing-keys/{id}/sealed`: hands the private half to the daemon.
///
/// HPKE (RFC 9180) base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SealedKeyUpload {
    /// Fingerprint of the daemon's sealing key that it was sealed to, lower-case hex.
    pub sealed_to: String,
    /// The encapsulated key, base64.
    pub encapsulated_key: String,
    /// The sealed PKCS#8, base64.
    pub ciphertext: String,
}

impl SealedKeyUpload {
    /// Puts a sealed key into the form in which it travels.
    #[must_use]
    pub fn new(sealed: &Sealed, sealed_to: &SealingPublicKey) -> Self {
        Self {
            sealed_to: sealed_to.fingerprint(),
            encapsulated_key: STANDARD.encode(&sealed.encapsulated_key),
            ciphertext: STANDARD.encode(&sealed.ciphertext),
        }
    }

    /// Reads the sealed key back; `sealed_to` is for the daemon to compare with its own.
    ///
    /// # Errors
    /// When one of the parts is not base64.
    pub fn to_sealed(&self) -> Result<Sealed, SealingError> {
        Sealed::from_base64(&self.encapsulated_key, &self.ciphertext)
    }
}

/// `POST /admin/v1/signing-keys/{id}/revoke`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// Why: 1 to 500 characters, kept in the audit log.
    pub reason: String,
}
