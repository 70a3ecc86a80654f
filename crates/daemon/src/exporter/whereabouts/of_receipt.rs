//! How many keys of a region came in around a time, and where they went. Generated keys never came in, so they are
//! not counted; how many of them a batch has is told by its counts, and which ones they are by nobody.

use super::in_config::{Asked, Found};
use super::{Whereabouts, WhereaboutsError, codes, rules};
use crate::store::StoreError;
use crate::store::configs::ConfigRow;
use crate::store::region_sets::RegionSet;
use crate::store::teks::receipts;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::UtcTime;
use tekport_api::tek_lookup::{LookupReceipts, ReceiptGroup, TekState};
use tekport_export_file::{RELEASE_DELAY_SECONDS, Region};

/// So many seconds are looked at together: nobody knows the second in which a key came in.
const SPAN: i64 = 600;
const DAY: i64 = 86_400;

/// The answer about a time and a region.
pub(crate) struct OfReceipt {
    /// What came in.
    pub(crate) receipts: LookupReceipts,
    /// What became of it, group by group.
    pub(crate) states: Vec<TekState>,
}

/// Keys that are asked about together.
struct Group<'a> {
    regions: &'a BTreeSet<Region>,
    keys: ReceiptGroup,
    release_at: UtcTime,
}

impl Whereabouts<'_> {
    /// Counts the keys that came in around `at` with `region` among theirs, and returns where they went: those alike
    /// together. Where none came in that was no longer valid, or none that still was, it returns where one tagged with
    /// `region` alone would have gone, a key of that UTC day in the second case.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn of_receipt(&self, at: UtcTime, region: Region) -> Result<OfReceipt, WhereaboutsError> {
        let from = at.unix_seconds().div_euclid(SPAN) * SPAN;
        let (from, until) = (UtcTime::saturating(from), UtcTime::saturating(from + SPAN));
        let mut snapshot = self.store.pool().begin().await?;
        let (configs, sets) = rules(&mut snapshot).await?;
        let alone = BTreeSet::from([region.clone()]);
        let mut groups = Vec::new();
        for set in sets.iter().filter(|set| set.regions.contains(&region)) {
            for found in receipts::arrivals(&mut *snapshot, set.id, from, until).await? {
                let receipts::Arrivals { traveler, still_valid, release_at, keys } = found;
                let keys = ReceiptGroup { keys, still_valid, traveler };
                groups.push(Group { regions: &set.regions, keys, release_at });
            }
        }
        let keys = groups.iter().map(|group| group.keys.keys).sum();
        let end_of_day = (at.unix_seconds().div_euclid(DAY) + 1) * DAY;
        let same_day = UtcTime::saturating(end_of_day + RELEASE_DELAY_SECONDS);
        for (still_valid, release_at) in [(false, at), (true, same_day)] {
            if groups.iter().all(|group| group.keys.still_valid != still_valid) {
                let keys = ReceiptGroup { keys: 0, still_valid, traveler: false };
                groups.push(Group { regions: &alone, keys, release_at });
            }
        }
        groups.sort_by_key(|group| (group.keys.keys == 0, group.keys.still_valid, group.regions.len()));
        let states = self.states_of(&mut snapshot, &configs, &sets, &groups).await?;
        Ok(OfReceipt { receipts: LookupReceipts { from, until, keys }, states })
    }

    async fn states_of(
        &self,
        db: &mut SqliteConnection,
        configs: &[ConfigRow],
        sets: &[RegionSet],
        groups: &[Group<'_>],
    ) -> Result<Vec<TekState>, StoreError> {
        let mut states: Vec<TekState> = Vec::new();
        for Group { regions, keys, release_at } in groups {
            let (traveler, waits) = (keys.traveler, keys.still_valid);
            let asked = Asked { regions, traveler, release_at: *release_at, waits, state: None };
            let found = self.in_configs(&mut *db, configs, sets, asked).await?;
            let fresh = TekState {
                revision: 0,
                group: Some(*keys),
                valid_from: None,
                valid_until: None,
                releasable_at: waits.then_some(*release_at),
                received_at: None,
                waits_until: (waits && *release_at > self.now).then_some(*release_at),
                regions: codes(regions),
                configs: found.into_iter().map(Found::without_key).collect(),
            };
            match states.iter_mut().find(|known| goes_with(known, &fresh)) {
                Some(known) => take_in(known, &fresh),
                None => states.push(fresh),
            }
        }
        Ok(states)
    }
}

/// Whether two groups are alike and go the same way everywhere.
fn goes_with(known: &TekState, other: &TekState) -> bool {
    let kind = |state: &TekState| state.group.map(|group| (group.still_valid, group.traveler));
    kind(known) == kind(other)
        && known.regions == other.regions
        && known.configs == other.configs
        && known.waits_until.is_some() == other.waits_until.is_some()
}

fn take_in(known: &mut TekState, other: &TekState) {
    if let (Some(group), Some(more)) = (&mut known.group, &other.group) {
        group.keys += more.keys;
    }
    known.releasable_at = known.releasable_at.max(other.releasable_at);
    known.waits_until = known.waits_until.max(other.waits_until);
}
