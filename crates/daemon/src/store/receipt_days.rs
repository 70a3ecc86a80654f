//! On which days real keys came in, by what decides which configs take them. Outlives the keys.

use super::StoreError;
use super::region_sets::RegionSetId;
use sqlx::{SqliteConnection, SqliteExecutor};
use std::collections::BTreeSet;
use tekport_api::UtcTime;

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// A UTC day, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// The day that an instant lies in.
    #[must_use]
    pub fn of(time: UtcTime) -> Self {
        Self(time.unix_seconds().div_euclid(DAY_SECONDS))
    }

    /// 00:00 UTC of the day.
    #[must_use]
    pub fn start(self) -> UtcTime {
        UtcTime::saturating(self.0.saturating_mul(DAY_SECONDS))
    }
}

/// Keys of one region set, of travelers or of others.
pub type Source = (RegionSetId, bool);

/// Adds keys that came in on a day, in the transaction that stores them.
///
/// # Errors
/// When the database fails.
pub async fn add(db: &mut SqliteConnection, (set, traveler): Source, day: Day, keys: u32) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO receipt_days (region_set_id, traveler, day, keys) VALUES ($1, $2, $3, $4)
         ON CONFLICT (region_set_id, traveler, day) DO UPDATE SET keys = receipt_days.keys + excluded.keys",
    )
    .bind(set.0)
    .bind(traveler)
    .bind(day.0)
    .bind(keys)
    .execute(db)
    .await?;
    Ok(())
}

/// Returns the last day on which keys came in, of every source that ever had some.
///
/// # Errors
/// When the database fails.
pub async fn last(db: impl SqliteExecutor<'_>) -> Result<Vec<(Source, Day)>, StoreError> {
    let rows: Vec<(i64, bool, i64)> =
        sqlx::query_as("SELECT region_set_id, traveler, MAX(day) FROM receipt_days GROUP BY region_set_id, traveler")
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|(set, traveler, day)| ((RegionSetId(set), traveler), Day(day))).collect())
}

/// Returns the days from `first` to `last`, both included, on which keys came in of any of the sources.
///
/// # Errors
/// When the database fails.
pub async fn between(
    db: &mut SqliteConnection,
    sources: &[Source],
    first: Day,
    last: Day,
) -> Result<BTreeSet<Day>, StoreError> {
    let mut days = BTreeSet::new();
    for (set, traveler) in sources {
        let found: Vec<i64> = sqlx::query_scalar(
            "SELECT day FROM receipt_days WHERE region_set_id = $1 AND traveler = $2 AND day BETWEEN $3 AND $4",
        )
        .bind(set.0)
        .bind(traveler)
        .bind(first.0)
        .bind(last.0)
        .fetch_all(&mut *db)
        .await?;
        days.extend(found.into_iter().map(Day));
    }
    Ok(days)
}
