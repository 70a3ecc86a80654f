//! The audit log's rows; `crate::audit` makes and checks their chain of hashes.

use super::StoreError;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};
use tekport_api::UtcTime;
use tekport_api::audit::{AuditActor, AuditChoices, AuditEntry, AuditFilter};

#[derive(sqlx::FromRow)]
struct Raw {
    sequence: u32,
    at: i64,
    actor_id: String,
    actor_name: String,
    certificate: Option<String>,
    action: String,
    resource_kind: String,
    resource_id: String,
    result: String,
    before: Option<String>,
    after: Option<String>,
    previous_hash: String,
    hash: String,
}

impl TryFrom<Raw> for AuditEntry {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let damaged = |reason: String| StoreError::Damaged { what: "audit entry", reason };
        let json = |text: Option<String>| {
            text.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| damaged(error.to_string()))
        };
        Ok(Self {
            sequence: raw.sequence,
            at: UtcTime::saturating(raw.at),
            actor_id: raw.actor_id,
            actor_name: raw.actor_name,
            certificate: raw.certificate,
            action: raw.action,
            resource_kind: raw.resource_kind,
            resource_id: raw.resource_id,
            result: raw.result.parse().map_err(damaged)?,
            before: json(raw.before)?,
            after: json(raw.after)?,
            previous_hash: raw.previous_hash,
            hash: raw.hash,
        })
    }
}

/// Returns the sequence and the hash of the last entry; `None` while the log is empty.
///
/// # Errors
/// When the database fails.
pub async fn last(db: impl SqliteExecutor<'_>) -> Result<Option<(u32, String)>, StoreError> {
    Ok(sqlx::query_as("SELECT sequence, hash FROM audit_entries ORDER BY sequence DESC LIMIT 1")
        .fetch_optional(db)
        .await?)
}

/// Appends an entry.
///
/// # Errors
/// When the database fails or the sequence is taken.
pub async fn insert(db: impl SqliteExecutor<'_>, entry: &AuditEntry) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO audit_entries (sequence, at, actor_id, actor_name, certificate, action, resource_kind,
           resource_id, result, before, after, previous_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(entry.sequence)
    .bind(entry.at.unix_seconds())
    .bind(&entry.actor_id)
    .bind(&entry.actor_name)
    .bind(&entry.certificate)
    .bind(&entry.action)
    .bind(&entry.resource_kind)
    .bind(&entry.resource_id)
    .bind(entry.result.as_str())
    .bind(entry.before.as_ref().map(ToString::to_string))
    .bind(entry.after.as_ref().map(ToString::to_string))
    .bind(&entry.previous_hash)
    .bind(&entry.hash)
    .execute(db)
    .await?;
    Ok(())
}

/// Returns at most `limit` entries that precede `before`, newest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn page(
    db: impl SqliteExecutor<'_>,
    filter: &AuditFilter,
    before: Option<u32>,
    limit: u32,
) -> Result<Vec<AuditEntry>, StoreError> {
    let mut query = QueryBuilder::<Sqlite>::new("SELECT * FROM audit_entries WHERE sequence < ");
    query.push_bind(before.map_or(i64::MAX, i64::from));
    for (column, value) in [
        (" AND actor_id = ", &filter.actor_id),
        (" AND action = ", &filter.action),
        (" AND resource_kind = ", &filter.resource_kind),
        (" AND resource_id = ", &filter.resource_id),
        (" AND result = ", &filter.result),
    ] {
        if let Some(value) = value {
            query.push(column).push_bind(value.clone());
        }
    }
    if let Some(from) = filter.from {
        query.push(" AND at >= ").push_bind(from.unix_seconds());
    }
    if let Some(until) = filter.until {
        query.push(" AND at < ").push_bind(until.unix_seconds());
    }
    query.push(" ORDER BY sequence DESC LIMIT ").push_bind(limit);
    let raws: Vec<Raw> = query.build_query_as().fetch_all(db).await?;
    raws.into_iter().map(AuditEntry::try_from).collect()
}

/// Returns at most `limit` entries that follow `after`, oldest first: for checking the chain.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn following(db: impl SqliteExecutor<'_>, after: u32, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
    let raws: Vec<Raw> = sqlx::query_as("SELECT * FROM audit_entries WHERE sequence > $1 ORDER BY sequence LIMIT $2")
        .bind(after)
        .bind(limit)
        .fetch_all(db)
        .await?;
    raws.into_iter().map(AuditEntry::try_from).collect()
}

/// Returns one entry's hash; `None` where there is no such entry.
///
/// # Errors
/// When the database fails.
pub async fn hash_at(db: impl SqliteExecutor<'_>, sequence: u32) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT hash FROM audit_entries WHERE sequence = $1")
        .bind(sequence)
        .fetch_optional(db)
        .await?)
}

/// Returns everybody, every action and every kind of thing that the log holds.
///
/// # Errors
/// When the database fails.
pub async fn choices(db: &mut SqliteConnection) -> Result<AuditChoices, StoreError> {
    // The newest entry of each: people are called by the name that they have now.
    let actors: Vec<(String, String)> = sqlx::query_as(
        "SELECT actor_id, actor_name FROM audit_entries
         WHERE sequence IN (SELECT MAX(sequence) FROM audit_entries GROUP BY actor_id) ORDER BY actor_name, actor_id",
    )
    .fetch_all(&mut *db)
    .await?;
    let actions = sqlx::query_scalar("SELECT DISTINCT action FROM audit_entries ORDER BY action");
    let kinds = sqlx::query_scalar("SELECT DISTINCT resource_kind FROM audit_entries ORDER BY resource_kind");
    Ok(AuditChoices {
        actors: actors.into_iter().map(|(id, name)| AuditActor { id, name }).collect(),
        actions: actions.fetch_all(&mut *db).await?,
        resource_kinds: kinds.fetch_all(db).await?,
    })
}
