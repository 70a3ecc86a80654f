//! An export file as the store keeps it.

use crate::store::{StoreError, stored_id};
use tekport_api::UtcTime;
use tekport_api::batch::{ExportFile, FileSigner};
use uuid::Uuid;

/// An export file as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The batch it belongs to.
    pub batch_id: Uuid,
    /// The config it belongs to.
    pub config_id: Uuid,
    /// The storage target it was put in.
    pub storage_target: String,
    /// Its path there, as the index names it.
    pub path: String,
    /// *n* of its name: from 1, going on through regenerations of the window.
    pub number: u32,
    /// `start_timestamp` in the file.
    pub start: UtcTime,
    /// `end_timestamp` in the file.
    pub end: UtcTime,
    /// First releases in it, generated ones included.
    pub keys: u32,
    /// Revised keys in it.
    pub revised_keys: u32,
    /// The zip's size.
    pub size_bytes: u32,
    /// SHA-256 of the zip, lower-case hex.
    pub sha256: String,
    /// Who signed it, in the file's order.
    pub signed_by: Vec<FileSigner>,
    /// When it was made.
    pub created_at: UtcTime,
    /// Its place in the order of publication; `None` until its batch is complete.
    pub position: Option<i64>,
    /// When its batch was completed.
    pub published_at: Option<UtcTime>,
    /// When it left the index.
    pub withdrawn_at: Option<UtcTime>,
    /// When it was deleted from storage.
    pub deleted_at: Option<UtcTime>,
}

impl FileRow {
    /// The file as the API shows it; `url` is where phones fetch it from, where that is known.
    #[must_use]
    pub fn to_api(&self, url: Option<String>) -> ExportFile {
        ExportFile {
            id: self.id.to_string(),
            path: self.path.clone(),
            url,
            start_timestamp: self.start,
            end_timestamp: self.end,
            keys: self.keys,
            revised_keys: self.revised_keys,
            size_bytes: self.size_bytes,
            sha256: self.sha256.clone(),
            signed_by: self.signed_by.clone(),
            published_at: self.published_at,
            withdrawn_at: self.withdrawn_at,
            deleted_at: self.deleted_at,
        }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Raw {
    id: String,
    batch_id: String,
    config_id: String,
    storage_target: String,
    path: String,
    number: u32,
    start_timestamp: i64,
    end_timestamp: i64,
    keys: u32,
    revised_keys: u32,
    size_bytes: u32,
    sha256: String,
    signed_by: String,
    created_at: i64,
    position: Option<i64>,
    published_at: Option<i64>,
    withdrawn_at: Option<i64>,
    deleted_at: Option<i64>,
}

pub(super) fn damaged(reason: impl ToString) -> StoreError {
    StoreError::Damaged { what: "export file", reason: reason.to_string() }
}

impl TryFrom<Raw> for FileRow {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let time = |seconds: Option<i64>| seconds.map(UtcTime::saturating);
        Ok(Self {
            id: stored_id("export file", &raw.id)?,
            batch_id: stored_id("batch", &raw.batch_id)?,
            config_id: stored_id("export config", &raw.config_id)?,
            storage_target: raw.storage_target,
            path: raw.path,
            number: raw.number,
            start: UtcTime::saturating(raw.start_timestamp),
            end: UtcTime::saturating(raw.end_timestamp),
            keys: raw.keys,
            revised_keys: raw.revised_keys,
            size_bytes: raw.size_bytes,
            sha256: raw.sha256,
            signed_by: serde_json::from_str(&raw.signed_by).map_err(damaged)?,
            created_at: UtcTime::saturating(raw.created_at),
            position: raw.position,
            published_at: time(raw.published_at),
            withdrawn_at: time(raw.withdrawn_at),
            deleted_at: time(raw.deleted_at),
        })
    }
}

pub(super) fn rows(raws: Vec<Raw>) -> Result<Vec<FileRow>, StoreError> {
    raws.into_iter().map(FileRow::try_from).collect()
}
