//! A signing key as its row says, and what follows from that.

use super::removed::RemovedCopies;
use crate::store::{StoreError, stored_id};
use tekport_api::UtcTime;
use tekport_api::batch::FileSigner;
use tekport_api::signing_key::{AuthorityDetails, Custody, KeyState, Recipient, Share, ShareState, SigningKey};
use tekport_export_file::{KeyId, KeyVersion};
use tekport_keys::PublicKey;
use uuid::Uuid;

/// A signing key as the store keeps it.
#[derive(Debug, Clone)]
pub struct SigningKeyRow {
    /// UUIDv7.
    pub id: Uuid,
    /// Grows by one with each change; the ETag.
    pub revision: u32,
    /// Verification key id.
    pub key_id: KeyId,
    /// Verification key version.
    pub key_version: KeyVersion,
    /// The public half.
    pub public_key: PublicKey,
    /// Where it signs.
    pub custody: Custody,
    /// The PKCS#8 under the root key, bound to ([`TABLE`], id, [`SEALED_COLUMN`]); `None` before the hand-over
    /// and after a revocation.
    pub sealed: Option<Vec<u8>>,
    /// When it was registered.
    pub created_at: UtcTime,
    /// The name of who registered it.
    pub created_by: String,
    /// When the private half was handed over.
    pub provisioned_at: Option<UtcTime>,
    /// When it was revoked.
    pub revoked_at: Option<UtcTime>,
    /// The key that it follows.
    pub predecessor_id: Option<Uuid>,
    /// When it began to sign.
    pub introduced_at: Option<UtcTime>,
    /// Its public half's state with Google.
    pub google: Share,
    /// Its public half's state with Apple.
    pub apple: Share,
    /// Its end, where one is set.
    pub ends_at: Option<UtcTime>,
    /// When it stopped signing at its end.
    pub retired_at: Option<UtcTime>,
    /// Days from its introduction to its planned rotation.
    pub rotation_days: u32,
    /// When a backup was last written.
    pub backed_up_at: Option<UtcTime>,
    /// For whom it signs.
    pub authority: Option<AuthorityDetails>,
    /// Custody `hsm`: `CKA_ID`, lower-case hex.
    pub token_key: Option<String>,
    /// The copies of its private half that the daemon destroyed.
    pub removed: RemovedCopies,
}

/// The table's name, as the encryption at rest binds it.
pub const TABLE: &str = "signing_keys";
/// The column of the private half, as the encryption at rest binds it.
pub const SEALED_COLUMN: &str = "sealed";

const DAY_SECONDS: i64 = 86_400;

impl SigningKeyRow {
    /// The key as people name it: `310 v1`. No two keys share it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.key_id, self.key_version)
    }

    /// The key as a file names it.
    #[must_use]
    pub fn as_signer(&self) -> FileSigner {
        FileSigner { key_id: self.key_id.to_string(), key_version: self.key_version.to_string() }
    }

    /// Where its public half stands with a recipient.
    #[must_use]
    pub fn share(&self, recipient: Recipient) -> &Share {
        match recipient {
            Recipient::Google => &self.google,
            Recipient::Apple => &self.apple,
        }
    }

    /// Who hasn't confirmed that phones have it.
    #[must_use]
    pub fn unconfirmed(&self) -> Vec<Recipient> {
        let unconfirmed = |recipient: &Recipient| self.share(*recipient).state != ShareState::Confirmed;
        Recipient::ALL.into_iter().filter(unconfirmed).collect()
    }

    /// Where the key stands.
    #[must_use]
    pub fn state(&self) -> KeyState {
        match self {
            Self { revoked_at: Some(_), .. } => KeyState::Revoked,
            Self { retired_at: Some(_), .. } => KeyState::Retired,
            Self { introduced_at: None, .. } => KeyState::Generated,
            Self { ends_at: Some(_), .. } => KeyState::Retiring,
            _ if self.unconfirmed().is_empty() => KeyState::Active,
            _ => KeyState::Introduced,
        }
    }

    /// Whether its private half is where it can sign, as far as the store knows.
    #[must_use]
    pub fn can_sign(&self) -> bool {
        match self.custody {
            Custody::Daemon => self.sealed.is_some(),
            Custody::Console => true,
            Custody::Hsm => self.token_key.is_some(),
        }
    }

    /// What orders keys from the oldest to the newest effective, as in a file; those that don't sign yet are the newest.
    #[must_use]
    pub fn effective_order(&self) -> impl Ord + use<> {
        (self.introduced_at.is_none(), self.introduced_at, self.created_at, self.id)
    }

    /// When its rotation is due: none before its introduction, nor once its end is set or has come.
    #[must_use]
    pub fn rotation_due_at(&self) -> Option<UtcTime> {
        let introduced =
            self.introduced_at.filter(|_| matches!(self.state(), KeyState::Introduced | KeyState::Active))?;
        Some(UtcTime::saturating(introduced.unix_seconds().saturating_add(i64::from(self.rotation_days) * DAY_SECONDS)))
    }

    /// The key as the API shows it, but for what hangs on the configs: [`crate::key_life::sending::Signers`] adds that.
    #[must_use]
    pub fn to_api(&self) -> SigningKey {
        SigningKey {
            id: self.id.to_string(),
            key_id: self.key_id.to_string(),
            key_version: self.key_version.to_string(),
            public_key_pem: self.public_key.to_pem(),
            fingerprint: self.public_key.fingerprint(),
            custody: self.custody,
            state: self.state(),
            revision: self.revision,
            created_at: self.created_at,
            created_by: self.created_by.clone(),
            predecessor_id: self.predecessor_id.map(|id| id.to_string()),
            provisioned_at: self.provisioned_at,
            introduced_at: self.introduced_at,
            google: self.google.clone(),
            apple: self.apple.clone(),
            ends_at: self.ends_at,
            retired_at: self.retired_at,
            revoked_at: self.revoked_at,
            rotation_days: self.rotation_days,
            rotation_due_at: self.rotation_due_at(),
            backed_up_at: self.backed_up_at,
            authority: self.authority.clone(),
            token_key: self.token_key.clone(),
            removed_copy: self.removed.to_api(),
            config_ids: Vec::new(),
            not_to_send: None,
        }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Raw {
    id: String,
    revision: u32,
    key_id: String,
    key_version: String,
    public_key_pem: String,
    custody: String,
    sealed: Option<Vec<u8>>,
    created_at: i64,
    created_by: String,
    provisioned_at: Option<i64>,
    revoked_at: Option<i64>,
    predecessor_id: Option<String>,
    introduced_at: Option<i64>,
    google: Option<String>,
    apple: Option<String>,
    ends_at: Option<i64>,
    retired_at: Option<i64>,
    rotation_days: u32,
    backed_up_at: Option<i64>,
    authority: Option<String>,
    token_key: Option<String>,
    removed_copies: Option<String>,
}

impl TryFrom<Raw> for SigningKeyRow {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let damaged = |reason: String| StoreError::Damaged { what: "signing key", reason };
        let custody = raw.custody.parse().map_err(damaged)?;
        let share = |text: Option<String>| -> Result<Share, StoreError> {
            match text {
                Some(text) => serde_json::from_str(&text).map_err(|error| damaged(error.to_string())),
                None => Ok(Share::default()),
            }
        };
        let removed = raw.removed_copies.as_deref().map(serde_json::from_str).transpose();
        let authority = raw.authority.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            id: stored_id("signing key", &raw.id)?,
            revision: raw.revision,
            key_id: KeyId::parse(&raw.key_id).map_err(|error| damaged(error.to_string()))?,
            key_version: KeyVersion::parse(&raw.key_version).map_err(|error| damaged(error.to_string()))?,
            public_key: PublicKey::from_pem(&raw.public_key_pem).map_err(|error| damaged(error.to_string()))?,
            custody,
            sealed: raw.sealed,
            created_at: UtcTime::saturating(raw.created_at),
            created_by: raw.created_by,
            provisioned_at: raw.provisioned_at.map(UtcTime::saturating),
            revoked_at: raw.revoked_at.map(UtcTime::saturating),
            predecessor_id: raw.predecessor_id.map(|id| stored_id("signing key", &id)).transpose()?,
            introduced_at: raw.introduced_at.map(UtcTime::saturating),
            google: share(raw.google)?,
            apple: share(raw.apple)?,
            ends_at: raw.ends_at.map(UtcTime::saturating),
            retired_at: raw.retired_at.map(UtcTime::saturating),
            rotation_days: raw.rotation_days,
            backed_up_at: raw.backed_up_at.map(UtcTime::saturating),
            authority: authority.map_err(|error| damaged(error.to_string()))?,
            token_key: raw.token_key,
            removed: removed.map_err(|error| damaged(error.to_string()))?.unwrap_or_default(),
        })
    }
}
