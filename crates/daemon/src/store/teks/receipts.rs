//! How many real keys came in, by what decides which configs take them.

use crate::store::StoreError;
use crate::store::region_sets::RegionSetId;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;

/// The keys of one region set, of travelers or of others, that came in since some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipts {
    /// Their region set.
    pub region_set: RegionSetId,
    /// Whether their owners traveled.
    pub traveler: bool,
    /// How many, revisions counted like first reports; generated keys not at all.
    pub keys: u64,
    /// When the first of them came in.
    pub first_at: UtcTime,
}

/// Counts what came in at `from` or later.
///
/// # Errors
/// When the database fails.
pub async fn since(db: impl SqliteExecutor<'_>, from: UtcTime) -> Result<Vec<Receipts>, StoreError> {
    let rows: Vec<(i64, bool, i64, i64)> = sqlx::query_as(
        "SELECT region_set_id, traveler, COUNT(*), MIN(received_at) FROM teks
         WHERE received_at >= $1 AND generated = 0 GROUP BY region_set_id, traveler",
    )
    .bind(from.unix_seconds())
    .fetch_all(db)
    .await?;
    let receipts = |(region_set, traveler, keys, first): (i64, bool, i64, i64)| Receipts {
        region_set: RegionSetId(region_set),
        traveler,
        keys: keys.unsigned_abs(),
        first_at: UtcTime::saturating(first),
    };
    Ok(rows.into_iter().map(receipts).collect())
}
