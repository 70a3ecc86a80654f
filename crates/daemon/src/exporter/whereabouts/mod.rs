//! Where a key is: the exporter's own rules, asked about one key instead of a window. Nothing is decided here: which
//! windows there are is `schedule`'s, what a config takes is `rules`', what becomes of a state is `collect`'s, and
//! whether it is in a file is read from the file itself.

mod in_config;
mod in_files;
mod of_receipt;

use crate::storage::{StorageError, StorageTargets};
use crate::store::configs::{self, ConfigRow};
use crate::store::region_sets::{self, RegionSet};
use crate::store::teks::whereabouts::{KnownState, states};
use crate::store::{Store, StoreError};
use in_config::{Asked, Found};
pub(crate) use of_receipt::OfReceipt;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::UtcTime;
use tekport_api::tek_lookup::{LookupInConfig, TekState};
use tekport_export_file::{INTERVAL_SECONDS, OpenError, Region};

/// Why nobody can say where a key is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WhereaboutsError {
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// A file can't be fetched.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// What lies in storage is no export file.
    #[error("{path} can't be read as an export file: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: OpenError,
    },
    /// The daemon is stopping.
    #[error("the search was cancelled")]
    Cancelled,
}

impl From<sqlx::Error> for WhereaboutsError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What the answers are taken from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whereabouts<'a> {
    /// The store.
    pub(crate) store: &'a Store,
    /// Where the files lie.
    pub(crate) targets: &'a StorageTargets,
    /// The time now.
    pub(crate) now: UtcTime,
    /// A window is exported this many seconds after its end.
    pub(crate) min_window_age: u32,
}

impl Whereabouts<'_> {
    /// Returns every state of a key with what each config makes of it; none where the key is not in the store.
    ///
    /// # Errors
    /// When the store fails, or a file that may hold the key can't be read.
    pub(crate) async fn of_key(&self, key: &[u8; 16]) -> Result<Vec<TekState>, WhereaboutsError> {
        let mut snapshot = self.store.pool().begin().await?;
        let (configs, sets) = rules(&mut snapshot).await?;
        let mut found = Vec::new();
        for state in states(&mut snapshot, key).await? {
            let set = sets.iter().find(|set| set.id == state.region_set);
            let regions = set.map(|set| set.regions.clone()).unwrap_or_default();
            let asked = Asked {
                regions: &regions,
                traveler: state.traveler,
                release_at: state.release_at,
                waits: true,
                state: Some((key, state.revision)),
            };
            let in_configs = self.in_configs(&mut snapshot, &configs, &sets, asked).await?;
            found.push((state, regions, in_configs));
        }
        drop(snapshot);
        let mut answers = Vec::with_capacity(found.len());
        for (state, regions, in_configs) in found {
            let mut configs = Vec::with_capacity(in_configs.len());
            for found in in_configs {
                configs.push(in_files::search(self.targets, key, found).await?);
            }
            answers.push(self.shown(&state, &regions, configs));
        }
        Ok(answers)
    }

    async fn in_configs(
        &self,
        db: &mut SqliteConnection,
        configs: &[ConfigRow],
        sets: &[RegionSet],
        asked: Asked<'_>,
    ) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::with_capacity(configs.len());
        for config in configs {
            found.push(in_config::find(&mut *db, self, config, sets, asked).await?);
        }
        Ok(found)
    }

    fn shown(&self, state: &KnownState, regions: &BTreeSet<Region>, configs: Vec<LookupInConfig>) -> TekState {
        let waits = state.release_at > self.now;
        TekState {
            revision: state.revision,
            group: None,
            valid_from: Some(UtcTime::saturating(i64::from(state.tek.rolling_start()) * INTERVAL_SECONDS)),
            valid_until: Some(UtcTime::saturating(state.tek.validity_end_seconds())),
            releasable_at: Some(UtcTime::saturating(state.tek.releasable_at_seconds())),
            // A generated key never came in and never waits: told of others, the receipt would give them away.
            received_at: waits.then_some(state.received_at),
            waits_until: waits.then_some(state.release_at),
            regions: codes(regions),
            configs,
        }
    }
}

/// Every config, by output region, and every region set.
async fn rules(db: &mut SqliteConnection) -> Result<(Vec<ConfigRow>, Vec<RegionSet>), StoreError> {
    let mut configs = configs::all(&mut *db).await?;
    configs.sort_by(|left, right| left.spec.output_region.as_str().cmp(right.spec.output_region.as_str()));
    Ok((configs, region_sets::all(db).await?))
}

fn codes(regions: &BTreeSet<Region>) -> Vec<String> {
    regions.iter().map(ToString::to_string).collect()
}
