//! Signing keys as the daemon knows them, through the whole of their lives.

mod life;
mod rotation;
mod sealing;
mod sharing;
mod token;

pub use life::{
    AffectedConfig, BackupNote, EndBlocker, EndCheck, EndRequest, KeyEvent, KeyEventKind, Recipient, RegeneratedFiles,
    RevocationImpact, RotationPlan, Share, ShareState, ShareUpdate,
};
pub use rotation::{AttachRequest, ConfigRevision, Rotation, RotationConfig, RotationStep};
pub use sealing::{RemovedCopy, SealedKeyUpload, SealingKeyStatement, Unprovisioned};
pub use sharing::{AuthorityDetails, KeyPackage, PackageFile};
pub use token::{TokenKey, TokenKeyDraft, TokenKeySpec, TokenState, TokenStatus};

use crate::message::{Allowed, Fault, Message};
use crate::{FieldProblem, UtcTime};
use serde::{Deserialize, Serialize};
use tekport_export_file::{KeyId, KeyVersion};
use tekport_keys::PublicKeyError;
use uuid::Uuid;

/// Where the private half signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Custody {
    /// Sealed by the console to the daemon, encrypted at rest there, signs unattended.
    Daemon,
    /// Stays in an officer's OS keychain; the daemon holds each batch until a console has signed it.
    Console,
    /// In a PKCS#11 token that the daemon reaches; signs unattended.
    Hsm,
}

impl Custody {
    /// The custody as the API and the store write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Daemon => "daemon",
            Self::Console => "console",
            Self::Hsm => "hsm",
        }
    }
}

impl std::str::FromStr for Custody {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Daemon, Self::Console, Self::Hsm]
            .into_iter()
            .find(|custody| custody.as_str() == text)
            .ok_or_else(|| format!("{text:?} is not a custody: daemon, console or hsm"))
    }
}

/// Where a key stands in its life (DESIGN, glossary).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    /// Registered; no file carries its signature yet.
    Generated,
    /// Signs every new file of its configs; Google or Apple hasn't confirmed it.
    Introduced,
    /// Signs, and both have confirmed it.
    Active,
    /// Signs until its end, which is set.
    Retiring,
    /// Its end has come: it doesn't sign any more.
    Retired,
    /// Revoked: it never signs again.
    Revoked,
}

impl KeyState {
    /// The state as the API writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Introduced => "introduced",
            Self::Active => "active",
            Self::Retiring => "retiring",
            Self::Retired => "retired",
            Self::Revoked => "revoked",
        }
    }

    /// Whether new files carry its signature.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Introduced | Self::Active | Self::Retiring)
    }

    /// Whether it never signs again.
    #[must_use]
    pub fn is_dead(self) -> bool {
        matches!(self, Self::Retired | Self::Revoked)
    }
}

/// Days from a key's introduction to its planned rotation, where nothing else is set.
pub const DEFAULT_ROTATION_DAYS: u32 = 365;

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
    /// The key that it follows; absent for the first of its key id.
    pub predecessor_id: Option<String>,
    /// When it was registered.
    pub created_at: UtcTime,
    /// The name of who registered it.
    pub created_by: String,
    /// Custody `daemon`: when the daemon got the sealed private half; absent before, and after it was destroyed.
    pub provisioned_at: Option<UtcTime>,
    /// When it began to sign: able to, and named by a config. Signature infos are ordered by it, newest first.
    pub introduced_at: Option<UtcTime>,
    /// Where its public half stands with Google.
    pub google: Share,
    /// Where its public half stands with Apple.
    pub apple: Share,
    /// It signs until then; absent while no end is set.
    pub ends_at: Option<UtcTime>,
    /// When it stopped signing at its end; absent before.
    pub retired_at: Option<UtcTime>,
    /// When it was revoked; absent while it wasn't.
    pub revoked_at: Option<UtcTime>,
    /// Days from its introduction to its planned rotation.
    pub rotation_days: u32,
    /// When its rotation is due; absent before its introduction and once its end is set or has come.
    pub rotation_due_at: Option<UtcTime>,
    /// When an encrypted backup was last written; absent for never.
    pub backed_up_at: Option<UtcTime>,
    /// For whom it signs, as Google and Apple ask; absent before it was filled in.
    pub authority: Option<AuthorityDetails>,
    /// Custody `hsm`: `CKA_ID` in the token, lower-case hex.
    pub token_key: Option<String>,
    /// The last copy of its private half that the daemon destroyed; absent where it never destroyed one.
    #[serde(default)]
    pub removed_copy: Option<RemovedCopy>,
    /// Ids of the export configs that sign with it and have not ended.
    pub config_ids: Vec<String>,
    /// Why Google and Apple shouldn't be sent it now; absent where they may.
    #[serde(default)]
    pub not_to_send: Option<SendBlock>,
}

/// Why Google and Apple shouldn't be sent a key now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendBlock {
    /// Why, and what to do next.
    pub reason: String,
    /// The code and values of the reason.
    #[serde(flatten)]
    pub message: Message,
    /// Whether its files may be made all the same: those of an authority's first key.
    pub may_be_exported: bool,
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
    /// Where it will sign: `daemon` or `console`; keys in a token are registered by a request of their own.
    pub custody: Custody,
    /// The key that it follows, whose rotation this begins; absent for the first of its key id.
    #[serde(default)]
    pub predecessor_id: Option<String>,
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
    /// The key that it follows.
    pub predecessor_id: Option<Uuid>,
}

impl SigningKeyDraft {
    /// Checks every field.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn validate(&self) -> Result<SigningKeySpec, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let key_id =
            KeyId::parse(&self.key_id).map_err(|e| problems.push(FieldProblem::new("key_id", e, Allowed::KeyId))).ok();
        let key_version = KeyVersion::parse(&self.key_version)
            .map_err(|e| problems.push(FieldProblem::new("key_version", e, Allowed::KeyVersion)))
            .ok();
        let public_key = tekport_keys::PublicKey::from_pem(&self.public_key_pem)
            .map_err(|PublicKeyError::NotP256Pem| {
                problems.push(FieldProblem::new("public_key_pem", Fault::NoPublicKey, Allowed::PublicKey));
            })
            .ok();
        if self.custody == Custody::Hsm {
            problems.push(FieldProblem::new("custody", Fault::TokenElsewhere, Allowed::DaemonOrConsole));
        }
        let predecessor_id = predecessor(self.predecessor_id.as_deref(), &mut problems);
        match (key_id, key_version, public_key) {
            (Some(key_id), Some(key_version), Some(public_key)) if problems.is_empty() => {
                Ok(SigningKeySpec { key_id, key_version, public_key, custody: self.custody, predecessor_id })
            }
            _ => Err(problems),
        }
    }
}

/// Reads the id of a predecessor where one is given.
fn predecessor(id: Option<&str>, problems: &mut Vec<FieldProblem>) -> Option<Uuid> {
    id.and_then(|id| {
        Uuid::parse_str(id)
            .map_err(|_| {
                let reason = Fault::NotAnId { text: id.to_owned() };
                problems.push(FieldProblem::new("predecessor_id", reason, Allowed::KeyOrNothing));
            })
            .ok()
    })
}

/// `POST /admin/v1/signing-keys/{id}/revoke`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// Why: 1 to 500 characters, kept in the audit log.
    pub reason: String,
    /// Refuse it where the key has begun to sign or was sent to somebody: for a successor that is to be replaced.
    #[serde(default)]
    pub only_unused: bool,
}
