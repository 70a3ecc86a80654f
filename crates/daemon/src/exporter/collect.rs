//! Collects a batch's keys: streamed from the store straight into the compact form that files are made from.

use super::BatchError;
use super::rules::Rules;
use crate::store::batches::{self, BatchRow};
use crate::store::region_sets::{self, RegionSet, RegionSetId};
use crate::store::teks::collect::{self, Candidate, EarlierState};
use crate::store::{Store, StoreError};
use futures::TryStreamExt;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;
use std::pin::pin;
use tekport_api::UtcTime;
use tekport_api::batch::{BatchCounts, LeftOut};
use tekport_export_file::{ReportType, Tek};

const TRAVELER: &str = "traveler";
const SUPERSEDED: &str = "superseded-by-revision";
const REVOKED: &str = "revoked-before-release";

/// How long a config's earlier windows decide whether a key was released: none is kept longer.
const LONGEST_RETENTION: i64 = 30 * 86_400;

/// What a batch does with one state of a key in its scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a first release.
    New,
    /// It changes what the config released before.
    Revised,
    /// A later state goes out instead.
    Superseded,
    /// The config takes no travelers' keys.
    Traveler,
    /// It was revoked before it was released.
    Revoked,
}

impl Verdict {
    /// Decides without the config's past; `None` where that decides: a revision.
    fn at_once(candidate: &Candidate, rules: &Rules) -> Option<Self> {
        match candidate {
            Candidate { superseded: true, .. } => Some(Self::Superseded),
            _ if rules.leaves_out(candidate.traveler) => Some(Self::Traveler),
            Candidate { revision: 0, .. } => Some(Self::of_first_release(candidate)),
            _ => None,
        }
    }

    /// Decides about a revision.
    fn of_revision(candidate: &Candidate, released_before: bool) -> Self {
        if released_before { Self::Revised } else { Self::of_first_release(candidate) }
    }

    fn of_first_release(candidate: &Candidate) -> Self {
        if candidate.tek.report_type() == ReportType::Revoked { Self::Revoked } else { Self::New }
    }
}

/// What a batch exports, and why it doesn't export the rest.
#[derive(Debug)]
pub(super) struct Collection {
    /// First releases, generated ones among them.
    pub(super) keys: Vec<Tek>,
    /// Changed or revoked keys that this config released before.
    pub(super) revised_keys: Vec<Tek>,
    /// The reconciliation; its sums agree.
    pub(super) counts: BatchCounts,
}

/// Collects the keys of a batch that became releasable in `[from, window end)`, in one snapshot of the store.
///
/// Of a key with several states in that time, the last one counts. It is a revised key when the config released
/// an earlier state, by the fields of the batch that covered it.
pub(super) async fn collect(store: &Store, batch: &BatchRow, from: UtcTime) -> Result<Collection, BatchError> {
    let mut snapshot = store.pool().begin().await?;
    let sets = region_sets::all(&mut *snapshot).await?;
    let rules = Rules::resolve(&batch.spec, &sets);
    let mut tally = Tally::default();
    let mut revisions: Vec<Candidate> = Vec::new();
    for scope in rules.scopes(from, batch.window.end()) {
        let counts = collect::counts(&mut snapshot, scope, batch.window.start()).await?;
        tally.received += counts.received + counts.embargoed;
        tally.from_earlier += counts.from_earlier;
        tally.embargoed += counts.embargoed;
        let mut candidates = pin!(collect::candidates(&mut snapshot, scope));
        while let Some(candidate) = candidates.try_next().await? {
            match Verdict::at_once(&candidate, &rules) {
                Some(verdict) => tally.take(&candidate, verdict),
                None => revisions.push(candidate),
            }
        }
    }
    if !revisions.is_empty() {
        let past = Past::read(&mut snapshot, batch, from, &sets).await?;
        for candidate in revisions {
            let released = past.released_earlier(&mut snapshot, &candidate).await?;
            tally.take(&candidate, Verdict::of_revision(&candidate, released));
        }
    }
    drop(snapshot);
    tally.finish()
}

/// What a batch that collects from `from` does with one state of a key, in a region set that its config looks at;
/// `None` where there is no such state. [`collect()`] for a single one.
pub(super) async fn verdict(
    db: &mut SqliteConnection,
    batch: &BatchRow,
    from: UtcTime,
    sets: &[RegionSet],
    (key_data, revision): (&[u8; 16], u32),
) -> Result<Option<Verdict>, StoreError> {
    let Some(candidate) = collect::candidate(&mut *db, key_data, revision, batch.window.end()).await? else {
        return Ok(None);
    };
    if let Some(verdict) = Verdict::at_once(&candidate, &Rules::resolve(&batch.spec, sets)) {
        return Ok(Some(verdict));
    }
    let past = Past::read(&mut *db, batch, from, sets).await?;
    let released = past.released_earlier(db, &candidate).await?;
    Ok(Some(Verdict::of_revision(&candidate, released)))
}

#[derive(Default)]
struct Tally {
    keys: Vec<Tek>,
    revised_keys: Vec<Tek>,
    new_keys: u64,
    generated: u64,
    received: u64,
    from_earlier: u64,
    embargoed: u64,
    left_out: BTreeMap<&'static str, u64>,
}

impl Tally {
    fn take(&mut self, candidate: &Candidate, verdict: Verdict) {
        match verdict {
            Verdict::New => {
                self.keys.push(candidate.tek);
                *(if candidate.generated { &mut self.generated } else { &mut self.new_keys }) += 1;
            }
            Verdict::Revised => self.revised_keys.push(candidate.tek),
            Verdict::Superseded => self.leave_out(SUPERSEDED, candidate),
            Verdict::Traveler => self.leave_out(TRAVELER, candidate),
            Verdict::Revoked => self.leave_out(REVOKED, candidate),
        }
    }

    fn leave_out(&mut self, rule: &'static str, candidate: &Candidate) {
        if !candidate.generated {
            *self.left_out.entry(rule).or_default() += 1;
        }
    }

    /// Fails where what the database counted isn't what came in the stream (DESIGN, invariant 12).
    fn finish(self) -> Result<Collection, BatchError> {
        let count = |keys: u64| u32::try_from(keys).unwrap_or(u32::MAX);
        let revised = self.revised_keys.len() as u64;
        let found = self.received + self.from_earlier;
        let accounted = self.new_keys + revised + self.embargoed + self.left_out.values().sum::<u64>();
        if found != accounted {
            return Err(BatchError::Sums { found, accounted });
        }
        let left_out =
            self.left_out.iter().map(|(rule, keys)| LeftOut { rule: (*rule).to_owned(), keys: count(*keys) });
        Ok(Collection {
            counts: BatchCounts {
                received: count(self.received),
                from_earlier: count(self.from_earlier),
                new_keys: count(self.new_keys),
                revised_keys: count(revised),
                generated: count(self.generated),
                embargoed: count(self.embargoed),
                left_out: left_out.collect(),
            },
            keys: self.keys,
            revised_keys: self.revised_keys,
        })
    }
}

/// What the config released before, as far as its earlier batches and their fields say.
struct Past(Vec<(BatchRow, Rules)>);

impl Past {
    async fn read(
        db: &mut SqliteConnection,
        batch: &BatchRow,
        from: UtcTime,
        sets: &[RegionSet],
    ) -> Result<Self, StoreError> {
        let since = UtcTime::saturating(from.unix_seconds().saturating_sub(LONGEST_RETENTION));
        let batches = batches::ending_after(db, batch.config_id, since).await?;
        let before = batches.into_iter().filter(|earlier| earlier.window.end() <= from && !earlier.was_given_up());
        Ok(Self(before.map(|earlier| (earlier.clone(), Rules::resolve(&earlier.spec, sets))).collect()))
    }

    /// Whether the config released an earlier state of a key.
    async fn released_earlier(&self, db: &mut SqliteConnection, candidate: &Candidate) -> Result<bool, StoreError> {
        let earlier = collect::earlier_states(db, candidate.tek.key_data(), candidate.revision).await?;
        Ok(earlier.iter().any(|state| self.released(state)))
    }

    fn released(&self, state: &EarlierState) -> bool {
        let covers =
            |batch: &BatchRow| batch.window.start() <= state.release_at && state.release_at < batch.window.end();
        let takes = |set: RegionSetId, rules: &Rules| rules.takes(set, state.traveler);
        !state.revoked && self.0.iter().any(|(batch, rules)| covers(batch) && takes(state.region_set, rules))
    }
}
