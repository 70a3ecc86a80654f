//! Export configs: `export_configs` and the signing keys each one names.

use super::StoreError;
use sqlx::{SqliteConnection, SqliteExecutor};
use tekport_api::UtcTime;
use tekport_api::export_config::{ConfigState, ExportConfig, ExportConfigDraft, ExportConfigSpec};
use uuid::Uuid;

/// An export config as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigRow {
    /// UUIDv7.
    pub id: Uuid,
    /// Grows by one with each change a person makes; the ETag.
    pub revision: u32,
    /// What a person set.
    pub spec: ExportConfigSpec,
    /// Makes no batches until it is resumed.
    pub paused: bool,
    /// End of the last window a batch was made for; `None` before the first.
    pub windows_through: Option<UtcTime>,
    /// When it was made.
    pub created_at: UtcTime,
    /// When a person last changed it.
    pub updated_at: UtcTime,
}

impl ConfigRow {
    /// Where the config stands at `now`. A config has ended once every window up to `valid_through` has its
    /// batch, or, while it is not paused, as soon as `valid_through` has passed.
    #[must_use]
    pub fn state(&self, now: UtcTime) -> ConfigState {
        match self.spec.valid_through {
            Some(through) if through <= now && !self.paused => ConfigState::Ended,
            Some(through) if self.windows_through.is_some_and(|made| made >= through) => ConfigState::Ended,
            _ if self.paused => ConfigState::Paused,
            _ if self.spec.valid_from > now => ConfigState::Scheduled,
            _ => ConfigState::Active,
        }
    }

    /// The config as the API shows it at `now`.
    #[must_use]
    pub fn to_api(&self, now: UtcTime) -> ExportConfig {
        ExportConfig {
            id: self.id.to_string(),
            revision: self.revision,
            state: self.state(now),
            fields: self.spec.to_draft(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            windows_through: self.windows_through,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: String,
    revision: u32,
    fields: String,
    paused: bool,
    windows_through: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

impl TryFrom<Raw> for ConfigRow {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        Ok(Self {
            id: super::stored_id("export config", &raw.id)?,
            revision: raw.revision,
            spec: spec_from_json(&raw.fields)?,
            paused: raw.paused,
            windows_through: raw.windows_through.map(UtcTime::saturating),
            created_at: UtcTime::saturating(raw.created_at),
            updated_at: UtcTime::saturating(raw.updated_at),
        })
    }
}

/// Reads fields as `export_configs` and `batches` hold them.
///
/// # Errors
/// When the text isn't an [`ExportConfigDraft`] in JSON, or one that the rules refuse.
pub fn spec_from_json(fields: &str) -> Result<ExportConfigSpec, StoreError> {
    let damaged = |reason: String| StoreError::Damaged { what: "export config", reason };
    let draft: ExportConfigDraft = serde_json::from_str(fields).map_err(|error| damaged(error.to_string()))?;
    draft.validate().map_err(|problems| {
        damaged(problems.iter().map(|p| format!("{}: {}", p.field, p.reason)).collect::<Vec<_>>().join("; "))
    })
}

/// Writes fields as `export_configs` and `batches` hold them: normalised, in JSON.
///
/// # Errors
/// When the fields can't be written as JSON.
pub fn spec_to_json(spec: &ExportConfigSpec) -> Result<String, StoreError> {
    serde_json::to_string(&spec.to_draft())
        .map_err(|error| StoreError::Damaged { what: "export config", reason: error.to_string() })
}

/// Inserts a config with revision 1. The caller has made sure that its prefix is [free](prefix_owner) and its
/// signing keys exist, and [introduces](crate::key_life::introduce) those that are able to sign.
///
/// # Errors
/// When the database fails; nothing is written then, once the caller's transaction is dropped.
pub async fn insert(
    db: &mut SqliteConnection,
    id: Uuid,
    spec: &ExportConfigSpec,
    now: UtcTime,
) -> Result<ConfigRow, StoreError> {
    sqlx::query(
        "INSERT INTO export_configs (id, revision, fields, storage_target, path_prefix, paused, created_at, updated_at)
         VALUES ($1, 1, $2, $3, $4, 0, $5, $5)",
    )
    .bind(id.to_string())
    .bind(spec_to_json(spec)?)
    .bind(&spec.storage_target)
    .bind(spec.path_prefix.as_str())
    .bind(now.unix_seconds())
    .execute(&mut *db)
    .await?;
    link_keys(db, id, &spec.signing_key_ids).await?;
    Ok(ConfigRow {
        id,
        revision: 1,
        spec: spec.clone(),
        paused: false,
        windows_through: None,
        created_at: now,
        updated_at: now,
    })
}

/// Replaces a config's fields where it still has `revision`; returns whether it had. The caller
/// [introduces](crate::key_life::introduce) keys that are new there.
///
/// # Errors
/// When the database fails.
pub async fn update(
    db: &mut SqliteConnection,
    id: Uuid,
    revision: u32,
    spec: &ExportConfigSpec,
    now: UtcTime,
) -> Result<bool, StoreError> {
    let changed = sqlx::query(
        "UPDATE export_configs
         SET revision = revision + 1, fields = $3, storage_target = $4, path_prefix = $5, updated_at = $6
         WHERE id = $1 AND revision = $2",
    )
    .bind(id.to_string())
    .bind(revision)
    .bind(spec_to_json(spec)?)
    .bind(&spec.storage_target)
    .bind(spec.path_prefix.as_str())
    .bind(now.unix_seconds())
    .execute(&mut *db)
    .await?
    .rows_affected();
    if changed == 0 {
        return Ok(false);
    }
    sqlx::query("DELETE FROM export_config_signing_keys WHERE config_id = $1")
        .bind(id.to_string())
        .execute(&mut *db)
        .await?;
    link_keys(db, id, &spec.signing_key_ids).await?;
    Ok(true)
}

async fn link_keys(db: &mut SqliteConnection, id: Uuid, keys: &[Uuid]) -> Result<(), StoreError> {
    for key in keys {
        sqlx::query("INSERT INTO export_config_signing_keys (config_id, signing_key_id) VALUES ($1, $2)")
            .bind(id.to_string())
            .bind(key.to_string())
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// Pauses or resumes a config; the revision grows.
///
/// # Errors
/// When the database fails.
pub async fn set_paused(db: impl SqliteExecutor<'_>, id: Uuid, paused: bool, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE export_configs SET revision = revision + 1, paused = $2, updated_at = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(paused)
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Notes that batches were made for every window up to `through`. The revision stays: an edit that a person
/// has open doesn't clash with the schedule going on.
///
/// # Errors
/// When the database fails.
pub async fn set_windows_through(db: impl SqliteExecutor<'_>, id: Uuid, through: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE export_configs SET windows_through = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(through.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Returns one config, or `None` where there is none of that id.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<ConfigRow>, StoreError> {
    let raw: Option<Raw> =
        sqlx::query_as("SELECT * FROM export_configs WHERE id = $1").bind(id.to_string()).fetch_optional(db).await?;
    raw.map(ConfigRow::try_from).transpose()
}

/// Returns every config, oldest first, ended ones included.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<ConfigRow>, StoreError> {
    let raws: Vec<Raw> = sqlx::query_as("SELECT * FROM export_configs ORDER BY id").fetch_all(db).await?;
    raws.into_iter().map(ConfigRow::try_from).collect()
}

/// Returns at most `limit` configs that follow `after`, oldest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn page(db: impl SqliteExecutor<'_>, after: Option<Uuid>, limit: u32) -> Result<Vec<ConfigRow>, StoreError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let raws: Vec<Raw> = sqlx::query_as("SELECT * FROM export_configs WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(after)
        .bind(limit)
        .fetch_all(db)
        .await?;
    raws.into_iter().map(ConfigRow::try_from).collect()
}

/// Returns the config that owns a prefix of a storage target, ended ones included: a prefix has one owner for ever.
///
/// # Errors
/// When the database fails.
pub async fn prefix_owner(
    db: impl SqliteExecutor<'_>,
    storage_target: &str,
    path_prefix: &str,
) -> Result<Option<Uuid>, StoreError> {
    let id: Option<String> =
        sqlx::query_scalar("SELECT id FROM export_configs WHERE storage_target = $1 AND path_prefix = $2")
            .bind(storage_target)
            .bind(path_prefix)
            .fetch_optional(db)
            .await?;
    id.map(|id| super::stored_id("export config", &id)).transpose()
}
