//! Export files: what each batch put where, and the order in which indexes name them.

mod row;

pub use row::FileRow;

use super::StoreError;
use row::{Raw, damaged, rows};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};
use tekport_api::UtcTime;
use tekport_api::batch::FileSigner;
use uuid::Uuid;

/// Returns one file, or `None` where there is none of that id.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, id: Uuid) -> Result<Option<FileRow>, StoreError> {
    let raw: Option<Raw> =
        sqlx::query_as("SELECT * FROM export_files WHERE id = $1").bind(id.to_string()).fetch_optional(db).await?;
    raw.map(FileRow::try_from).transpose()
}

/// Returns a batch's files, in order.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn of_batch(db: impl SqliteExecutor<'_>, batch_id: Uuid) -> Result<Vec<FileRow>, StoreError> {
    let raws = sqlx::query_as("SELECT * FROM export_files WHERE batch_id = $1 ORDER BY number")
        .bind(batch_id.to_string())
        .fetch_all(db)
        .await?;
    rows(raws)
}

/// Returns the files of several batches, those of each in order.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn of_batches(db: impl SqliteExecutor<'_>, batch_ids: &[Uuid]) -> Result<Vec<FileRow>, StoreError> {
    if batch_ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Sqlite>::new("SELECT * FROM export_files WHERE batch_id IN (");
    let mut ids = query.separated(", ");
    for id in batch_ids {
        ids.push_bind(id.to_string());
    }
    query.push(") ORDER BY batch_id, number");
    rows(query.build_query_as().fetch_all(db).await?)
}

/// Returns the files of a config that its index names, in the order of their publication.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn listed(db: impl SqliteExecutor<'_>, config_id: Uuid) -> Result<Vec<FileRow>, StoreError> {
    let raws = sqlx::query_as(
        "SELECT * FROM export_files WHERE config_id = $1 AND position IS NOT NULL AND withdrawn_at IS NULL
         ORDER BY position",
    )
    .bind(config_id.to_string())
    .fetch_all(db)
    .await?;
    rows(raws)
}

/// Files of a config's index that were signed by the same keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignersGroup {
    /// The config.
    pub config_id: Uuid,
    /// Who signed them.
    pub signed_by: Vec<FileSigner>,
    /// How many they are.
    pub files: u32,
    /// When the last of them was published.
    pub last_published_at: UtcTime,
}

/// Returns what every index offers, ended configs' included, by config and by who signed it.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn offered_by_signers(db: impl SqliteExecutor<'_>) -> Result<Vec<SignersGroup>, StoreError> {
    let rows: Vec<(String, String, u32, i64)> = sqlx::query_as(
        "SELECT config_id, signed_by, COUNT(*), MAX(published_at) FROM export_files
         WHERE published_at IS NOT NULL AND withdrawn_at IS NULL
         GROUP BY config_id, signed_by ORDER BY config_id, signed_by",
    )
    .fetch_all(db)
    .await?;
    let group = |(config_id, signed_by, files, last): (String, String, u32, i64)| {
        Ok(SignersGroup {
            config_id: super::stored_id("export config", &config_id)?,
            signed_by: serde_json::from_str(&signed_by).map_err(damaged)?,
            files,
            last_published_at: UtcTime::saturating(last),
        })
    };
    rows.into_iter().map(group).collect()
}

/// Returns the batches with files that an index offers and that `signer` signed, in the order of publication.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn batches_signed_by(db: impl SqliteExecutor<'_>, signer: &FileSigner) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT batch_id, signed_by FROM export_files WHERE published_at IS NOT NULL AND withdrawn_at IS NULL
         ORDER BY config_id, position",
    )
    .fetch_all(db)
    .await?;
    let mut batches = Vec::new();
    for (batch, signed_by) in rows {
        let signed_by: Vec<FileSigner> = serde_json::from_str(&signed_by).map_err(damaged)?;
        let batch = super::stored_id("batch", &batch)?;
        if signed_by.contains(signer) && batches.last() != Some(&batch) {
            batches.push(batch);
        }
    }
    Ok(batches)
}

/// Returns the highest file number that other batches of the window used; 0 where none did.
///
/// # Errors
/// When the database fails.
pub async fn last_number(
    db: impl SqliteExecutor<'_>,
    config_id: Uuid,
    start: UtcTime,
    other_than: Uuid,
) -> Result<u32, StoreError> {
    let last: Option<u32> = sqlx::query_scalar(
        "SELECT MAX(number) FROM export_files WHERE config_id = $1 AND start_timestamp = $2 AND batch_id <> $3",
    )
    .bind(config_id.to_string())
    .bind(start.unix_seconds())
    .bind(other_than.to_string())
    .fetch_one(db)
    .await?;
    Ok(last.unwrap_or_default())
}

/// Records the files that a batch is about to put in storage, in place of those that an earlier attempt recorded.
///
/// # Errors
/// When the database fails.
pub async fn record(db: &mut SqliteConnection, batch_id: Uuid, files: &[FileRow]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM export_files WHERE batch_id = $1 AND position IS NULL")
        .bind(batch_id.to_string())
        .execute(&mut *db)
        .await?;
    for file in files {
        sqlx::query(
            "INSERT INTO export_files (id, batch_id, config_id, storage_target, path, number, start_timestamp, end_timestamp,
                                       keys, revised_keys, size_bytes, sha256, signed_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(file.id.to_string())
        .bind(batch_id.to_string())
        .bind(file.config_id.to_string())
        .bind(&file.storage_target)
        .bind(&file.path)
        .bind(file.number)
        .bind(file.start.unix_seconds())
        .bind(file.end.unix_seconds())
        .bind(file.keys)
        .bind(file.revised_keys)
        .bind(file.size_bytes)
        .bind(&file.sha256)
        .bind(serde_json::to_string(&file.signed_by).map_err(damaged)?)
        .bind(file.created_at.unix_seconds())
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Gives a batch's files their places at the end of the order of publication.
///
/// # Errors
/// When the database fails.
pub async fn publish(db: &mut SqliteConnection, batch_id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    for file in of_batch(&mut *db, batch_id).await? {
        sqlx::query(
            "UPDATE export_files
             SET published_at = $2,
                 position = (SELECT COALESCE(MAX(position), 0) + 1 FROM export_files WHERE config_id = $3)
             WHERE id = $1 AND position IS NULL",
        )
        .bind(file.id.to_string())
        .bind(now.unix_seconds())
        .bind(file.config_id.to_string())
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Takes the files of a superseded batch out of the index.
///
/// # Errors
/// When the database fails.
pub async fn withdraw_batch(db: impl SqliteExecutor<'_>, batch_id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE export_files SET withdrawn_at = $2 WHERE batch_id = $1 AND withdrawn_at IS NULL")
        .bind(batch_id.to_string())
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// Takes files out of the index that were published at `before` or earlier; returns how many. A line leaves from
/// the top only: files are published in the order of their positions.
///
/// # Errors
/// When the database fails.
pub async fn withdraw_published_before(
    db: impl SqliteExecutor<'_>,
    before: UtcTime,
    now: UtcTime,
) -> Result<u64, StoreError> {
    let withdrawn =
        sqlx::query("UPDATE export_files SET withdrawn_at = $2 WHERE published_at <= $1 AND withdrawn_at IS NULL")
            .bind(before.unix_seconds())
            .bind(now.unix_seconds())
            .execute(db)
            .await?;
    Ok(withdrawn.rows_affected())
}

/// Returns the files that left their index at `before` or earlier and still lie in storage, oldest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn to_delete(db: impl SqliteExecutor<'_>, before: UtcTime) -> Result<Vec<FileRow>, StoreError> {
    let raws = sqlx::query_as(
        "SELECT * FROM export_files WHERE withdrawn_at <= $1 AND deleted_at IS NULL ORDER BY withdrawn_at, id",
    )
    .bind(before.unix_seconds())
    .fetch_all(db)
    .await?;
    rows(raws)
}

/// Notes that a file was deleted from storage.
///
/// # Errors
/// When the database fails.
pub async fn mark_deleted(db: impl SqliteExecutor<'_>, id: Uuid, now: UtcTime) -> Result<(), StoreError> {
    sqlx::query("UPDATE export_files SET deleted_at = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(now.unix_seconds())
        .execute(db)
        .await?;
    Ok(())
}

/// What files come to, together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// How many files.
    pub files: u64,
    /// Keys in them, revised and generated ones included.
    pub keys: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Adds up the files that were published at `from` or later.
///
/// # Errors
/// When the database fails.
pub async fn sizes_since(db: impl SqliteExecutor<'_>, from: UtcTime) -> Result<Sizes, StoreError> {
    let (files, keys, bytes): (i64, i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), COALESCE(SUM(keys + revised_keys), 0), COALESCE(SUM(size_bytes), 0) FROM export_files
         WHERE published_at >= $1",
    )
    .bind(from.unix_seconds())
    .fetch_one(db)
    .await?;
    Ok(Sizes { files: files.unsigned_abs(), keys: keys.unsigned_abs(), bytes: bytes.unsigned_abs() })
}
