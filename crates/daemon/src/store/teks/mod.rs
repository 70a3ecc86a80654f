//! TEKs: one row for each state of a key, never changed after it was written, so that a batch that is run again
//! reads what it read before. What is here stores; `revision` says what a further report does to a key that is
//! known, [`collect`] reads for the exporter, [`receipts`] counts for a config's preview, [`whereabouts`] reads one key
//! for whoever asks where it is.

pub mod collect;
pub mod receipts;
mod revision;
#[cfg(test)]
mod tests;
pub mod whereabouts;

pub use revision::RevisionRefusal;

use super::receipt_days::{self, Day, Source};
use super::region_sets::{self, RegionSetId};
use super::{Store, StoreError, watermarks};
use revision::{Step, next_state};
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use tekport_api::UtcTime;
use tekport_export_file::{Region, ReportType, Tek, TekFields};

/// Keys stored in one transaction at most: others wait for the write lock while it runs.
const KEYS_A_TRANSACTION: usize = 10_000;

/// A key as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTek {
    /// The key and what it carries.
    pub tek: Tek,
    /// The regions it is tagged with; at least one.
    pub regions: Arc<BTreeSet<Region>>,
    /// Whether its owner traveled.
    pub traveler: bool,
}

/// What became of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Accepted {
        /// It may still be valid, and waits.
        embargoed: bool,
    },
    /// It changed a key that was known.
    Revised {
        /// It may still be valid, and waits.
        embargoed: bool,
    },
    /// It was known, as it is or in an earlier state.
    Duplicate,
    /// The key that is known can't be changed in this way.
    Refused(RevisionRefusal),
}

/// One state of a key, as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    revision: u32,
    tek: Tek,
    region_set: RegionSetId,
    traveler: bool,
    release_at: UtcTime,
    generated: bool,
}

/// Stores keys as received at `received_at`, in transactions of at most 10,000, and returns what became of each,
/// in order. All are durable when it returns. When it fails, the keys of transactions before are stored; giving
/// all of them again is safe.
///
/// A key may be released at the latest of: its receipt, two hours after its validity, and the end of what any
/// batch has begun to collect. The write lock is held from before that is read until the key is stored, so a
/// slow publish can't land in a window that was collected.
///
/// # Errors
/// When the database fails.
pub async fn insert_all(store: &Store, teks: &[NewTek], received_at: UtcTime) -> Result<Vec<Outcome>, StoreError> {
    let mut outcomes = Vec::with_capacity(teks.len());
    for chunk in teks.chunks(KEYS_A_TRANSACTION) {
        let mut transaction = store.begin().await?;
        let floor = watermarks::get(&mut *transaction, watermarks::COLLECTED_THROUGH).await?;
        let (region_sets, came_in) = (HashMap::new(), HashMap::new());
        let mut writer = Writer { db: &mut transaction, region_sets, received_at, floor, came_in };
        for tek in chunk {
            outcomes.push(writer.insert(tek).await?);
        }
        writer.count().await?;
        transaction.commit().await?;
    }
    Ok(outcomes)
}

struct Writer<'a> {
    db: &'a mut SqliteConnection,
    region_sets: HashMap<Arc<BTreeSet<Region>>, RegionSetId>,
    received_at: UtcTime,
    floor: Option<UtcTime>,
    came_in: HashMap<Source, u32>,
}

impl Writer<'_> {
    /// Writes down how many keys came in that day.
    async fn count(self) -> Result<(), StoreError> {
        for (source, keys) in self.came_in {
            receipt_days::add(&mut *self.db, source, Day::of(self.received_at), keys).await?;
        }
        Ok(())
    }

    async fn insert(&mut self, new: &NewTek) -> Result<Outcome, StoreError> {
        let region_set = self.region_set(&new.regions).await?;
        let first = State {
            revision: 0,
            tek: new.tek,
            region_set,
            traveler: new.traveler,
            release_at: self.release_at(&new.tek),
            generated: false,
        };
        let embargoed = new.tek.releasable_at_seconds() > self.received_at.unix_seconds();
        if insert_row(self.db, &first, self.received_at).await? {
            *self.came_in.entry((region_set, new.traveler)).or_default() += 1;
            return Ok(Outcome::Accepted { embargoed });
        }
        let known = states(self.db, new.tek.key_data()).await?;
        let Some(latest) = known.last() else { return Ok(Outcome::Duplicate) };
        let regions = region_sets::find(&mut *self.db, latest.region_set).await?;
        let step = next_state(&known, &regions, new);
        let (tek, regions, traveler) = match step {
            Step::Nothing => return Ok(Outcome::Duplicate),
            Step::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
            Step::Revise { tek, regions, traveler } => (tek, Arc::new(regions), traveler),
        };
        let revised = State {
            revision: latest.revision.saturating_add(1),
            tek,
            region_set: self.region_set(&regions).await?,
            traveler,
            // Never before the state it changes, or a window could release the change first.
            release_at: self.release_at(&tek).max(latest.release_at),
            generated: latest.generated,
        };
        insert_row(self.db, &revised, self.received_at).await?;
        if !revised.generated {
            *self.came_in.entry((revised.region_set, traveler)).or_default() += 1;
        }
        Ok(Outcome::Revised { embargoed })
    }

    fn release_at(&self, tek: &Tek) -> UtcTime {
        UtcTime::saturating(tek.releasable_at_seconds())
            .max(self.received_at)
            .max(self.floor.unwrap_or(self.received_at))
    }

    async fn region_set(&mut self, regions: &Arc<BTreeSet<Region>>) -> Result<RegionSetId, StoreError> {
        if let Some(id) = self.region_sets.get(regions) {
            return Ok(*id);
        }
        let id = region_sets::id_of(self.db, regions).await?;
        self.region_sets.insert(Arc::clone(regions), id);
        Ok(id)
    }
}

/// A key made by padding.
#[derive(Debug, Clone, Copy)]
pub struct GeneratedTek {
    /// The key and what it carries.
    pub tek: Tek,
    /// The region set of the real keys that it looks like.
    pub region_set: RegionSetId,
    /// As theirs.
    pub traveler: bool,
    /// In a window that no batch has begun to collect.
    pub release_at: UtcTime,
}

/// Stores generated keys in the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn insert_generated(db: &mut SqliteConnection, teks: &[GeneratedTek]) -> Result<(), StoreError> {
    for generated in teks {
        let state = State {
            revision: 0,
            tek: generated.tek,
            region_set: generated.region_set,
            traveler: generated.traveler,
            release_at: generated.release_at,
            generated: true,
        };
        insert_row(db, &state, generated.release_at).await?;
    }
    Ok(())
}

/// Deletes keys none of whose states was released at `before` or later; returns how many rows went.
///
/// # Errors
/// When the database fails.
pub async fn delete_released_before(db: &mut SqliteConnection, before: UtcTime) -> Result<u64, StoreError> {
    let mut deleted = 0;
    for set in region_sets::all(&mut *db).await? {
        deleted += sqlx::query(
            "DELETE FROM teks WHERE region_set_id = $1 AND release_at < $2
               AND NOT EXISTS (SELECT 1 FROM teks l WHERE l.key_data = teks.key_data AND l.release_at >= $2)",
        )
        .bind(set.id.0)
        .bind(before.unix_seconds())
        .execute(&mut *db)
        .await?
        .rows_affected();
    }
    Ok(deleted)
}

async fn insert_row(db: &mut SqliteConnection, state: &State, received_at: UtcTime) -> Result<bool, StoreError> {
    let tek = &state.tek;
    let inserted = sqlx::query(
        "INSERT INTO teks (key_data, revision, rolling_start, rolling_period, transmission_risk, report_type, days_since_onset,
                           variant_of_concern, traveler, region_set_id, received_at, release_at, generated)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (key_data, revision) DO NOTHING",
    )
    .bind(tek.key_data().as_slice())
    .bind(state.revision)
    .bind(i64::from(tek.rolling_start()))
    .bind(tek.rolling_period())
    .bind(tek.transmission_risk())
    .bind(tek.report_type().number())
    .bind(tek.days_since_onset())
    .bind(tek.variant_of_concern())
    .bind(state.traveler)
    .bind(state.region_set.0)
    .bind(received_at.unix_seconds())
    .bind(state.release_at.unix_seconds())
    .bind(state.generated)
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// The columns of a key as a [`Tek`] is made of them.
#[derive(sqlx::FromRow)]
struct TekColumns {
    key_data: Vec<u8>,
    rolling_start: i64,
    rolling_period: i64,
    transmission_risk: i64,
    report_type: i64,
    days_since_onset: Option<i64>,
    variant_of_concern: i64,
}

impl TryFrom<TekColumns> for Tek {
    type Error = StoreError;

    fn try_from(columns: TekColumns) -> Result<Self, StoreError> {
        let damaged =
            |error: tekport_export_file::TekError| StoreError::Damaged { what: "TEK", reason: error.to_string() };
        Self::new(TekFields {
            key_data: &columns.key_data,
            rolling_start: columns.rolling_start,
            rolling_period: columns.rolling_period,
            transmission_risk: columns.transmission_risk,
            report_type: ReportType::try_from(columns.report_type).map_err(damaged)?,
            days_since_onset: columns.days_since_onset,
            variant_of_concern: columns.variant_of_concern,
        })
        .map_err(damaged)
    }
}

#[derive(sqlx::FromRow)]
struct RawState {
    revision: u32,
    #[sqlx(flatten)]
    tek: TekColumns,
    region_set_id: i64,
    traveler: bool,
    release_at: i64,
    generated: bool,
}

/// Every state of a key, oldest first.
async fn states(db: &mut SqliteConnection, key_data: &[u8; 16]) -> Result<Vec<State>, StoreError> {
    let raws: Vec<RawState> = sqlx::query_as("SELECT * FROM teks WHERE key_data = $1 ORDER BY revision")
        .bind(key_data.as_slice())
        .fetch_all(db)
        .await?;
    let state = |raw: RawState| {
        Ok(State {
            revision: raw.revision,
            tek: raw.tek.try_into()?,
            region_set: RegionSetId(raw.region_set_id),
            traveler: raw.traveler,
            release_at: UtcTime::saturating(raw.release_at),
            generated: raw.generated,
        })
    };
    raws.into_iter().map(state).collect()
}
