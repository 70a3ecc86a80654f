//! Signing keys: public halves, and the private ones that the daemon holds, encrypted under the root key.

use super::StoreError;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use tekport_api::signing_key::{
    AuthorityDetails, Custody, DEFAULT_ROTATION_DAYS, KeyState, Share, ShareState, SigningKey, SigningKeySpec,
};
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
}

/// The table's name, as the encryption at rest binds it.
pub const TABLE: &str = "signing_keys";
/// The column of the private half, as the encryption at rest binds it.
pub const SEALED_COLUMN: &str = "sealed";

const DAY_SECONDS: i64 = 86_400;

impl SigningKeyRow {
    /// Where the key stands.
    #[must_use]
    pub fn state(&self) -> KeyState {
        let confirmed = [&self.google, &self.apple].iter().all(|share| share.state == ShareState::Confirmed);
        match self {
            Self { revoked_at: Some(_), .. } => KeyState::Revoked,
            Self { retired_at: Some(_), .. } => KeyState::Retired,
            Self { introduced_at: None, .. } => KeyState::Generated,
            Self { ends_at: Some(_), .. } => KeyState::Retiring,
            _ if confirmed => KeyState::Active,
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

    /// When its rotation is due: none before its introduction, nor once its end is set or has come.
    #[must_use]
    pub fn rotation_due_at(&self) -> Option<UtcTime> {
        let introduced =
            self.introduced_at.filter(|_| matches!(self.state(), KeyState::Introduced | KeyState::Active))?;
        Some(UtcTime::saturating(introduced.unix_seconds().saturating_add(i64::from(self.rotation_days) * DAY_SECONDS)))
    }

    /// The key as the API shows it, with the configs that sign with it.
    #[must_use]
    pub fn to_api(&self, config_ids: Vec<Uuid>) -> SigningKey {
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
            config_ids: config_ids.iter().map(ToString::to_string).collect(),
        }
    }
}

#[derive(sqlx::FromRow)]
struct Raw {
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
        let authority = raw.authority.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            id: super::stored_id("signing key", &raw.id)?,
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
            predecessor_id: raw.predecessor_id.map(|id| super::stored_id("signing key", &id)).transpose()?,
            introduced_at: raw.introduced_at.map(UtcTime::saturating),
            google: share(raw.google)?,
            apple: share(raw.apple)?,
            ends_at: raw.ends_at.map(UtcTime::saturating),
            retired_at: raw.retired_at.map(UtcTime::saturating),
            rotation_days: raw.rotation_days,
            backed_up_at: raw.backed_up_at.map(UtcTime::saturating),
            authority: authority.map_err(|error| damaged(error.to_string()))?,
            token_key: raw.token_key,
        })
    }
}

/// Registers the public half of a key with revision 1. The caller has made sure that neither its name nor its
/// public key is [taken](conflicting).
///
/// # Errors
/// When the database fails.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    spec: &SigningKeySpec,
    created_by: &str,
    now: UtcTime,
) -> Result<SigningKeyRow, StoreError> {
    sqlx::query(
        "INSERT INTO signing_keys (id, revision, key_id, key_version, public_key_pem, fingerprint, custody, created_at,
                                   created_by, predecessor_id, rotation_days)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id.to_string())
    .bind(spec.key_id.as_str())
    .bind(spec.key_version.as_str())
    .bind(spec.public_key.to_pem())
    .bind(spec.public_key.fingerprint())
    .bind(spec.custody.as_str())
    .bind(now.unix_seconds())
    .bind(created_by)
    .bind(spec.predecessor_id.map(|id| id.to_string()))
    .bind(DEFAULT_ROTATION_DAYS)
    .execute(db)
    .await?;
    Ok(SigningKeyRow {
        id,
        revision: 1,
        key_id: spec.key_id.clone(),
        key_version: spec.key_version.clone(),
        public_key: spec.public_key.clone(),
        custody: spec.custody,
        sealed: None,
        created_at: now,
        created_by: created_by.to_owned(),
        provisioned_at: None,
        revoked_at: None,
        predecessor_id: spec.predecessor_id,
        introduced_at: None,
        google: Share::default(),
        apple: Share::default(),
        ends_at: None,
        retired_at: None,
        rotation_days: DEFAULT_ROTATION_DAYS,
        backed_up_at: None,
        authority: None,
        token_key: None,
    })
}

/// Returns a key that already has the name (key id and version) or the public key of `spec`.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn conflicting(
    db: impl SqliteExecutor<'_>,
    spec: &SigningKeySpec,
) -> Result<Option<SigningKeyRow>, StoreError> {
    let raw: Option<Raw> = sqlx::query_as(
        "SELECT * FROM signing_keys WHERE (key_id = $1 AND key_version = $2) OR fingerprint = $3 ORDER BY id LIMIT 1",
    )
    .bind(spec.key_id.as_str())
    .bind(spec.key_version.as_str())
    .bind(spec.public_key.fingerprint())
    .fetch_optional(db)
    .await?;
    raw.map(SigningKeyRow::try_from).transpose()
}

/// Stores the private half, encrypted under the root key by the caller; a repeated hand-over replaces it.
///
/// # Errors
/// When the database fails.
pub async fn provision(db: impl SqliteExecutor<'_>, id: Uuid, sealed: &[u8], now: UtcTime) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE signing_keys SET revision = revision + 1, sealed = $2, provisioned_at = $3
         WHERE id = $1 AND revoked_at IS NULL",
    )
    .bind(id.to_string())
    .bind(sealed)
    .bind(now.unix_seconds())
    .execute(db)
    .await?;
    Ok(())
}

/// Revokes a key for good and forgets the daemon's copy of its private half.
///
/// # Errors
/// When the database fails.
pub async fn revoke(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE signing_keys SET revision = revision + 1, sealed = NULL, revoked_at = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Introduces every key that is able to sign and that a config names: from now on its signature is in every new file.
/// Returns the ids of those that weren't introduced before.
///
/// # Errors
/// When the database fails.
pub async fn introduce_ready(db: impl SqliteExecutor<'_>, now: UtcTime) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "UPDATE signing_keys SET revision = revision + 1, introduced_at = $1
         WHERE introduced_at IS NULL AND retired_at IS NULL AND revoked_at IS NULL
           AND (sealed IS NOT NULL OR token_key IS NOT NULL OR custody = 'console')
           AND EXISTS (SELECT 1 FROM export_config_signing_keys l WHERE l.signing_key_id = signing_keys.id)
         RETURNING id",
    )
    .bind(now.unix_seconds())
    .fetch_all(db)
    .await?;
    ids.iter().map(|id| super::stored_id("signing key", id)).collect()
}

/// Returns one key, or `None` where there is none of that id.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<SigningKeyRow>, StoreError> {
    let raw: Option<Raw> =
        sqlx::query_as("SELECT * FROM signing_keys WHERE id = $1").bind(id.to_string()).fetch_optional(db).await?;
    raw.map(SigningKeyRow::try_from).transpose()
}

/// Returns every key, newest first, revoked ones included.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<SigningKeyRow>, StoreError> {
    let raws: Vec<Raw> =
        sqlx::query_as("SELECT * FROM signing_keys ORDER BY created_at DESC, id DESC").fetch_all(db).await?;
    raws.into_iter().map(SigningKeyRow::try_from).collect()
}

/// Returns at most `limit` keys that precede `before`, newest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn page(
    db: impl SqliteExecutor<'_>,
    before: Option<(UtcTime, Uuid)>,
    limit: u32,
) -> Result<Vec<SigningKeyRow>, StoreError> {
    let (at, id) = before.map_or((i64::MAX, String::new()), |(at, id)| (at.unix_seconds(), id.to_string()));
    let raws: Vec<Raw> = sqlx::query_as(
        "SELECT * FROM signing_keys WHERE created_at < $1 OR (created_at = $1 AND id < $2)
         ORDER BY created_at DESC, id DESC LIMIT $3",
    )
    .bind(at)
    .bind(id)
    .bind(limit)
    .fetch_all(db)
    .await?;
    raws.into_iter().map(SigningKeyRow::try_from).collect()
}

/// Returns the keys that a config names, in the order of a file's signature infos: newest effective first. Keys
/// that don't sign (not introduced, retired, revoked) are among them; [`SigningKeyRow::state`] tells.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn of_config(db: impl SqliteExecutor<'_>, config_id: Uuid) -> Result<Vec<SigningKeyRow>, StoreError> {
    let raws: Vec<Raw> = sqlx::query_as(
        "SELECT k.* FROM signing_keys k JOIN export_config_signing_keys l ON l.signing_key_id = k.id
         WHERE l.config_id = $1 ORDER BY k.introduced_at DESC, k.created_at DESC, k.id DESC",
    )
    .bind(config_id.to_string())
    .fetch_all(db)
    .await?;
    raws.into_iter().map(SigningKeyRow::try_from).collect()
}

/// Returns the ids of the configs that name a key, oldest first, ended ones included.
///
/// # Errors
/// When the database fails.
pub async fn config_ids(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT config_id FROM export_config_signing_keys WHERE signing_key_id = $1 ORDER BY config_id",
    )
    .bind(id.to_string())
    .fetch_all(db)
    .await?;
    ids.iter().map(|id| super::stored_id("export config", id)).collect()
}
