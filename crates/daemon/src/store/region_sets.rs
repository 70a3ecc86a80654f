//! The distinct sets of regions that TEKs carry. They are few, so a config's rules resolve to ids first.

use super::StoreError;
use sqlx::{SqliteConnection, SqliteExecutor};
use std::collections::BTreeSet;
use tekport_export_file::Region;

/// The key of a region set in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionSetId(pub i64);

/// One set of regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionSet {
    /// Its key.
    pub id: RegionSetId,
    /// The regions; never empty.
    pub regions: BTreeSet<Region>,
}

/// Returns the id of a set, making it where it is new.
///
/// # Errors
/// When the database fails.
pub async fn id_of(db: &mut SqliteConnection, regions: &BTreeSet<Region>) -> Result<RegionSetId, StoreError> {
    let text = regions.iter().map(Region::as_str).collect::<Vec<_>>().join(",");
    sqlx::query("INSERT INTO region_sets (regions) VALUES ($1) ON CONFLICT (regions) DO NOTHING")
        .bind(&text)
        .execute(&mut *db)
        .await?;
    let id = sqlx::query_scalar("SELECT id FROM region_sets WHERE regions = $1").bind(&text).fetch_one(db).await?;
    Ok(RegionSetId(id))
}

/// Returns every set, oldest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<RegionSet>, StoreError> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT id, regions FROM region_sets ORDER BY id").fetch_all(db).await?;
    rows.into_iter().map(|(id, text)| Ok(RegionSet { id: RegionSetId(id), regions: parse(&text)? })).collect()
}

fn parse(text: &str) -> Result<BTreeSet<Region>, StoreError> {
    let damaged = |reason: String| StoreError::Damaged { what: "region set", reason };
    text.split(',').map(|code| Region::parse(code).map_err(|error| damaged(format!("{code:?}: {error}")))).collect()
}

/// Returns the regions of a set; none where there is no such set.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(db: impl SqliteExecutor<'_>, id: RegionSetId) -> Result<BTreeSet<Region>, StoreError> {
    let text: Option<String> =
        sqlx::query_scalar("SELECT regions FROM region_sets WHERE id = $1").bind(id.0).fetch_optional(db).await?;
    text.map_or(Ok(BTreeSet::new()), |text| parse(&text))
}
