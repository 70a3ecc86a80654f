//! What the exporter reads: the keys that became releasable in a stretch of time, streamed, and their counts.

use super::{TekColumns, region_sets::RegionSetId};
use crate::store::StoreError;
use futures::{Stream, TryStreamExt};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_export_file::{ReportType, Tek};

/// The keys of one region set that a config looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The region set.
    pub region_set: RegionSetId,
    /// Only travelers' keys of it.
    pub travelers_only: bool,
    /// Releasable from here on.
    pub from: UtcTime,
    /// And before here.
    pub until: UtcTime,
}

/// One state of a key in a scope.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The key and what it carries.
    pub tek: Tek,
    /// 0 for the first release.
    pub revision: u32,
    /// Whether its owner traveled.
    pub traveler: bool,
    /// Made by padding.
    pub generated: bool,
    /// A later state of the key is releasable before the scope's end.
    pub superseded: bool,
    /// When it became releasable.
    pub release_at: UtcTime,
}

#[derive(sqlx::FromRow)]
struct RawCandidate {
    revision: u32,
    #[sqlx(flatten)]
    tek: TekColumns,
    traveler: bool,
    generated: bool,
    superseded: bool,
    release_at: i64,
}

/// Reads candidates for batches whose windows end at `$1`, where the condition holds.
macro_rules! candidates_where {
    ($condition:literal) => {
        concat!(
            "SELECT t.key_data, t.revision, t.rolling_start, t.rolling_period, t.transmission_risk, t.report_type,
                    t.days_since_onset, t.variant_of_concern, t.traveler, t.generated, t.release_at,
                    EXISTS (SELECT 1 FROM teks l
                            WHERE l.key_data = t.key_data AND l.revision > t.revision AND l.release_at < $1) AS superseded
             FROM teks t WHERE ",
            $condition
        )
    };
}

impl TryFrom<RawCandidate> for Candidate {
    type Error = StoreError;

    fn try_from(raw: RawCandidate) -> Result<Self, StoreError> {
        Ok(Self {
            tek: raw.tek.try_into()?,
            revision: raw.revision,
            traveler: raw.traveler,
            generated: raw.generated,
            superseded: raw.superseded,
            release_at: UtcTime::saturating(raw.release_at),
        })
    }
}

/// Streams the states of keys in a scope, in no particular order.
///
/// # Errors
/// When the database fails or a row is damaged.
pub fn candidates(db: &mut SqliteConnection, scope: Scope) -> impl Stream<Item = Result<Candidate, StoreError>> + '_ {
    sqlx::query_as::<_, RawCandidate>(candidates_where!(
        "t.region_set_id = $2 AND t.release_at >= $3 AND t.release_at < $1 AND t.traveler >= $4"
    ))
    .bind(scope.until.unix_seconds())
    .bind(scope.region_set.0)
    .bind(scope.from.unix_seconds())
    .bind(scope.travelers_only)
    .fetch(db)
    .map_err(StoreError::from)
    .and_then(|raw| async move { Candidate::try_from(raw) })
}

/// Returns one state of a key as a batch whose window ends at `until` finds it; `None` where there is no such state.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn candidate(
    db: &mut SqliteConnection,
    key_data: &[u8; 16],
    revision: u32,
    until: UtcTime,
) -> Result<Option<Candidate>, StoreError> {
    let raw: Option<RawCandidate> = sqlx::query_as(candidates_where!("t.key_data = $2 AND t.revision = $3"))
        .bind(until.unix_seconds())
        .bind(key_data.as_slice())
        .bind(revision)
        .fetch_optional(db)
        .await?;
    raw.map(Candidate::try_from).transpose()
}

/// How many states of real keys a scope holds, and how many were received in the window and wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ScopeCounts {
    /// Releasable in the scope and received in the window.
    pub received: u64,
    /// Releasable in the scope and received before the window.
    pub from_earlier: u64,
    /// Received in the window, releasable after it.
    pub embargoed: u64,
}

/// Counts the real keys of a scope whose window begins at `window_start` and ends with the scope. Done by the
/// database, apart from the stream, so that the one checks the other.
///
/// # Errors
/// When the database fails.
pub async fn counts(db: &mut SqliteConnection, scope: Scope, window_start: UtcTime) -> Result<ScopeCounts, StoreError> {
    let (releasable, received): (i64, i64) = sqlx::query_as(
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN received_at >= $5 THEN 1 ELSE 0 END), 0) FROM teks
         WHERE region_set_id = $1 AND release_at >= $2 AND release_at < $3 AND traveler >= $4 AND generated = 0",
    )
    .bind(scope.region_set.0)
    .bind(scope.from.unix_seconds())
    .bind(scope.until.unix_seconds())
    .bind(scope.travelers_only)
    .bind(window_start.unix_seconds())
    .fetch_one(&mut *db)
    .await?;
    let embargoed: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM teks
         WHERE region_set_id = $1 AND received_at >= $2 AND received_at < $3 AND release_at >= $3 AND traveler >= $4
           AND generated = 0",
    )
    .bind(scope.region_set.0)
    .bind(window_start.unix_seconds())
    .bind(scope.until.unix_seconds())
    .bind(scope.travelers_only)
    .fetch_one(db)
    .await?;
    let count = |rows: i64| u64::try_from(rows).unwrap_or_default();
    Ok(ScopeCounts {
        received: count(received),
        from_earlier: count(releasable.saturating_sub(received)),
        embargoed: count(embargoed),
    })
}

/// An earlier state of a key, as far as it decides whether the key was released before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierState {
    /// Its region set.
    pub region_set: RegionSetId,
    /// Whether its owner traveled.
    pub traveler: bool,
    /// Whether it was revoked.
    pub revoked: bool,
    /// When it became releasable.
    pub release_at: UtcTime,
}

/// Returns the states of a key before `revision`, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn earlier_states(
    db: &mut SqliteConnection,
    key_data: &[u8; 16],
    revision: u32,
) -> Result<Vec<EarlierState>, StoreError> {
    let rows: Vec<(i64, bool, u8, i64)> = sqlx::query_as(
        "SELECT region_set_id, traveler, report_type, release_at FROM teks
         WHERE key_data = $1 AND revision < $2 ORDER BY revision",
    )
    .bind(key_data.as_slice())
    .bind(revision)
    .fetch_all(db)
    .await?;
    let state = |(region_set, traveler, report_type, release_at)| EarlierState {
        region_set: RegionSetId(region_set),
        traveler,
        revoked: report_type == ReportType::Revoked.number(),
        release_at: UtcTime::saturating(release_at),
    };
    Ok(rows.into_iter().map(state).collect())
}
