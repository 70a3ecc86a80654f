//! Files that are made and lack signatures of consoles: the `export.bin` of each, kept until its batch is complete, so
//! that what was reviewed and signed is what is published.

use super::StoreError;
use sqlx::{SqliteConnection, SqliteExecutor};
use tekport_api::UtcTime;
use tekport_api::batch::UnsignedFile;
use uuid::Uuid;

/// An unsigned file as the store keeps it, without its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsignedRow {
    /// The batch it belongs to.
    pub batch_id: Uuid,
    /// *n* of the name that it will have.
    pub number: u32,
    /// SHA-256 of its `export.bin`: what is signed.
    pub digest: [u8; 32],
    /// The signing keys whose signatures it has to carry, in the file's order.
    pub signers: Vec<Uuid>,
    /// `start_timestamp` in the file.
    pub start: UtcTime,
    /// `end_timestamp` in the file.
    pub end: UtcTime,
    /// First releases in it, generated ones included.
    pub keys: u32,
    /// Revised keys in it.
    pub revised_keys: u32,
    /// The size of its `export.bin`.
    pub size_bytes: u32,
    /// When it was made.
    pub created_at: UtcTime,
}

impl UnsignedRow {
    /// The file as the API shows it.
    #[must_use]
    pub fn to_api(&self) -> UnsignedFile {
        UnsignedFile {
            number: self.number,
            digest: hex::encode(self.digest),
            start_timestamp: self.start,
            end_timestamp: self.end,
            keys: self.keys,
            revised_keys: self.revised_keys,
            size_bytes: self.size_bytes,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Raw {
    batch_id: String,
    number: u32,
    digest: String,
    signers: String,
    start_timestamp: i64,
    end_timestamp: i64,
    keys: u32,
    revised_keys: u32,
    size_bytes: u32,
    created_at: i64,
}

fn damaged(reason: impl ToString) -> StoreError {
    StoreError::Damaged { what: "unsigned file", reason: reason.to_string() }
}

impl TryFrom<Raw> for UnsignedRow {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let mut digest = [0; 32];
        hex::decode_to_slice(&raw.digest, &mut digest).map_err(damaged)?;
        Ok(Self {
            batch_id: super::stored_id("batch", &raw.batch_id)?,
            number: raw.number,
            digest,
            signers: serde_json::from_str(&raw.signers).map_err(damaged)?,
            start: UtcTime::saturating(raw.start_timestamp),
            end: UtcTime::saturating(raw.end_timestamp),
            keys: raw.keys,
            revised_keys: raw.revised_keys,
            size_bytes: raw.size_bytes,
            created_at: UtcTime::saturating(raw.created_at),
        })
    }
}

/// Returns a batch's unsigned files, in order; none where it doesn't wait for signatures.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn of_batch(db: impl SqliteExecutor<'_>, batch_id: Uuid) -> Result<Vec<UnsignedRow>, StoreError> {
    let raws: Vec<Raw> = sqlx::query_as(
        "SELECT batch_id, number, digest, signers, start_timestamp, end_timestamp, keys, revised_keys,
                length(export_bin) AS size_bytes, created_at
         FROM unsigned_files WHERE batch_id = $1 ORDER BY number",
    )
    .bind(batch_id.to_string())
    .fetch_all(db)
    .await?;
    raws.into_iter().map(UnsignedRow::try_from).collect()
}

/// Returns the `export.bin` of an unsigned file, or `None` where the batch has none of that number.
///
/// # Errors
/// When the database fails.
pub async fn content(db: impl SqliteExecutor<'_>, batch_id: Uuid, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(sqlx::query_scalar("SELECT export_bin FROM unsigned_files WHERE batch_id = $1 AND number = $2")
        .bind(batch_id.to_string())
        .bind(number)
        .fetch_optional(db)
        .await?)
}

/// Keeps a batch's unsigned files, each with its `export.bin`, in place of those that it had.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    db: &mut SqliteConnection,
    batch_id: Uuid,
    files: &[(UnsignedRow, Vec<u8>)],
) -> Result<(), StoreError> {
    delete(&mut *db, batch_id).await?;
    for (file, export_bin) in files {
        sqlx::query(
            "INSERT INTO unsigned_files (batch_id, number, digest, export_bin, signers, start_timestamp, end_timestamp,
                                         keys, revised_keys, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(batch_id.to_string())
        .bind(file.number)
        .bind(hex::encode(file.digest))
        .bind(export_bin)
        .bind(serde_json::to_string(&file.signers).map_err(damaged)?)
        .bind(file.start.unix_seconds())
        .bind(file.end.unix_seconds())
        .bind(file.keys)
        .bind(file.revised_keys)
        .bind(file.created_at.unix_seconds())
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Forgets a batch's unsigned files.
///
/// # Errors
/// When the database fails.
pub async fn delete(db: impl SqliteExecutor<'_>, batch_id: Uuid) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM unsigned_files WHERE batch_id = $1").bind(batch_id.to_string()).execute(db).await?;
    Ok(())
}
