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

/// Keys of one region set that came in within some minutes and are released within the same minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrivals {
    /// Whether their owners traveled.
    pub traveler: bool,
    /// Whether they were still valid when they came in, or had ended less than two hours before.
    pub still_valid: bool,
    /// When the last of them may be released, or could.
    pub release_at: UtcTime,
    /// How many, revisions counted like first reports; generated keys not at all.
    pub keys: u32,
}

/// Counts what came in of a region set in `[from, until)`. Along the index by receipt.
///
/// # Errors
/// When the database fails.
pub async fn arrivals(
    db: impl SqliteExecutor<'_>,
    set: RegionSetId,
    from: UtcTime,
    until: UtcTime,
) -> Result<Vec<Arrivals>, StoreError> {
    let rows: Vec<(bool, bool, i64, u32)> = sqlx::query_as(
        "SELECT traveler, (rolling_start + rolling_period) * 600 + 7200 > received_at AS still_valid, MAX(release_at),
                COUNT(*)
         FROM teks WHERE region_set_id = $1 AND received_at >= $2 AND received_at < $3 AND generated = 0
         GROUP BY traveler, still_valid, release_at / 60 ORDER BY traveler, still_valid, release_at / 60",
    )
    .bind(set.0)
    .bind(from.unix_seconds())
    .bind(until.unix_seconds())
    .fetch_all(db)
    .await?;
    let arrivals = |(traveler, still_valid, release_at, keys): (bool, bool, i64, u32)| Arrivals {
        traveler,
        still_valid,
        release_at: UtcTime::saturating(release_at),
        keys,
    };
    Ok(rows.into_iter().map(arrivals).collect())
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
