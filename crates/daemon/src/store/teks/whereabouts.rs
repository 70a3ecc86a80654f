//! The states of one key, for whoever asks where it is. Whether padding made the key is not even read: a generated
//! key gets the answer of a real one.

use super::TekColumns;
use crate::store::StoreError;
use crate::store::region_sets::RegionSetId;
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_export_file::Tek;

/// One state of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownState {
    /// 0 for the first report, and one more with each revision.
    pub revision: u32,
    /// The key and what it carries.
    pub tek: Tek,
    /// Its region set.
    pub region_set: RegionSetId,
    /// Whether its owner traveled.
    pub traveler: bool,
    /// When it came in.
    pub received_at: UtcTime,
    /// When it may be released, or could.
    pub release_at: UtcTime,
}

#[derive(sqlx::FromRow)]
struct Raw {
    revision: u32,
    #[sqlx(flatten)]
    tek: TekColumns,
    region_set_id: i64,
    traveler: bool,
    received_at: i64,
    release_at: i64,
}

/// Returns the states of a key, oldest first; none where the key is not in the store. By the primary key.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn states(db: &mut SqliteConnection, key_data: &[u8; 16]) -> Result<Vec<KnownState>, StoreError> {
    let raws: Vec<Raw> = sqlx::query_as(
        "SELECT key_data, revision, rolling_start, rolling_period, transmission_risk, report_type, days_since_onset,
                variant_of_concern, region_set_id, traveler, received_at, release_at
         FROM teks WHERE key_data = $1 ORDER BY revision",
    )
    .bind(key_data.as_slice())
    .fetch_all(db)
    .await?;
    let state = |raw: Raw| {
        Ok(KnownState {
            revision: raw.revision,
            tek: raw.tek.try_into()?,
            region_set: RegionSetId(raw.region_set_id),
            traveler: raw.traveler,
            received_at: UtcTime::saturating(raw.received_at),
            release_at: UtcTime::saturating(raw.release_at),
        })
    };
    raws.into_iter().map(state).collect()
}
