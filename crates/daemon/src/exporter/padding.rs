//! Fills small windows up with generated keys (`pad`), before anything that covers their time is collected.
//!
//! The real keys of the window are put together into runs of days by what they carry, as one person's upload looks,
//! and each generated upload takes the shape of a random one, with key data of its own. So counts by day, risk,
//! report type and onset keep their shape.

use super::collect::collect;
use super::rules::Rules;
use super::{BatchError, Exporter, ExporterError, Step};
use crate::store::batches::steps;
use crate::store::batches::{self, BatchRow};
use crate::store::region_sets::{self, RegionSetId};
use crate::store::teks::{self, GeneratedTek};
use crate::store::{StoreError, configs, watermarks};
use futures::TryStreamExt;
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha20Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use tekport_api::UtcTime;
use tekport_api::export_config::SmallBatchPolicy;
use tekport_export_file::{ReportType, Tek, TekFields};

impl Exporter {
    /// Settles padding for every batch that waits, oldest window first. It is never settled twice, so a batch that
    /// is run again finds the same generated keys.
    pub(super) async fn settle_padding(&self, rng: &mut ChaCha20Rng) -> Result<(), ExporterError> {
        let configs = configs::all(self.0.store.pool()).await?;
        let paused: BTreeSet<_> = configs.iter().filter(|config| config.paused).map(|config| config.id).collect();
        for batch in batches::unfinished(self.0.store.pool(), None).await? {
            if batch.padded_at.is_some() || paused.contains(&batch.config_id) {
                continue;
            }
            let padding = match self.padding_of(&batch, rng).await {
                Ok(padding) => padding,
                Err(BatchError::Store(error)) => return Err(error.into()),
                // Its keys can't be added up; the attempt at the batch says so, and nothing is padded.
                Err(_) => None,
            };
            let mut transaction = self.0.store.begin().await?;
            if let Some(Padding { shapes, keys }) = padding {
                let collected = watermarks::get(&mut *transaction, watermarks::COLLECTED_THROUGH).await?;
                let from = batch.window.start().max(collected.unwrap_or(batch.window.start()));
                let generated = generate(&shapes, keys, from, batch.window.end(), rng);
                teks::insert_generated(&mut transaction, &generated).await?;
            }
            steps::padding_settled(&mut *transaction, batch.id, self.0.clock.now()).await?;
            transaction.commit().await?;
            self.reached(Step::PaddingSettled)?;
        }
        Ok(())
    }

    /// What a batch needs to reach its minimum; `None` where that is nothing, or no real key is there to look like.
    async fn padding_of(&self, batch: &BatchRow, rng: &mut ChaCha20Rng) -> Result<Option<Padding>, BatchError> {
        let SmallBatchPolicy::Pad { minimum, jitter } = batch.spec.small_batch else { return Ok(None) };
        let mut db = self.0.store.pool().acquire().await?;
        let from = batches::collect_from(&mut db, batch.config_id, batch.window.start()).await?;
        drop(db);
        // The whole window counts, not a file of it: it isn't split yet.
        let collection = collect(&self.0.store, batch, from).await?;
        let all = collection.keys.len() + collection.revised_keys.len();
        let minimum = usize::try_from(minimum).unwrap_or(usize::MAX);
        if collection.counts.new_keys == 0 || all >= minimum {
            return Ok(None);
        }
        let jitter = usize::try_from(rng.random_range(0..=jitter)).unwrap_or_default();
        let shapes = self.shapes(batch, from).await?;
        Ok(Some(Padding { shapes, keys: (minimum - all).saturating_add(jitter) }))
    }

    /// The real first releases of a small window.
    async fn shapes(&self, batch: &BatchRow, from: UtcTime) -> Result<Vec<Shape>, StoreError> {
        let mut snapshot = self.0.store.pool().begin().await?;
        let rules = Rules::resolve(&batch.spec, &region_sets::all(&mut *snapshot).await?);
        let mut shapes = Vec::new();
        for scope in rules.scopes(from, batch.window.end()) {
            let mut candidates = pin!(teks::collect::candidates(&mut snapshot, scope));
            while let Some(key) = candidates.try_next().await? {
                let taken = rules.takes(scope.region_set, key.traveler) && !key.superseded && !key.generated;
                if taken && key.tek.report_type() != ReportType::Revoked {
                    shapes.push(Shape { tek: key.tek, region_set: scope.region_set, traveler: key.traveler });
                }
            }
        }
        Ok(shapes)
    }
}

/// How many keys to generate, and what they look like.
struct Padding {
    shapes: Vec<Shape>,
    keys: usize,
}

/// A real key that generated ones look like.
#[derive(Debug, Clone, Copy)]
struct Shape {
    tek: Tek,
    region_set: RegionSetId,
    traveler: bool,
}

/// Generates `keys` keys, released in `[from, until)`; none where that is empty or there is nothing to look like.
fn generate(shapes: &[Shape], keys: usize, from: UtcTime, until: UtcTime, rng: &mut ChaCha20Rng) -> Vec<GeneratedTek> {
    let runs = runs(shapes);
    let mut generated = Vec::with_capacity(keys);
    while generated.len() < keys && from < until {
        let Some(run) = runs.choose(rng) else { break };
        let uploaded = rng.random_range(from.unix_seconds()..until.unix_seconds());
        for shape in run.iter().take(keys - generated.len()) {
            let Some(tek) = lookalike(&shape.tek, rng) else { continue };
            // Before the window's end, as the real key of the same validity was.
            let release_at = UtcTime::saturating(uploaded.max(tek.releasable_at_seconds()));
            let (region_set, traveler) = (shape.region_set, shape.traveler);
            generated.push(GeneratedTek { tek, region_set, traveler, release_at });
        }
    }
    generated
}

fn lookalike(real: &Tek, rng: &mut ChaCha20Rng) -> Option<Tek> {
    let key_data: [u8; 16] = rng.random();
    let fields = TekFields {
        key_data: &key_data,
        rolling_start: real.rolling_start().into(),
        rolling_period: real.rolling_period().into(),
        transmission_risk: real.transmission_risk().into(),
        report_type: real.report_type(),
        days_since_onset: real.days_since_onset().map(i64::from),
        variant_of_concern: real.variant_of_concern().into(),
    };
    Tek::new(fields).ok()
}

/// Puts keys together into runs of consecutive days that one person could have uploaded: the same regions, report
/// type and day of onset, each key beginning where the one before ended. Each key is in exactly one run.
fn runs(shapes: &[Shape]) -> Vec<Vec<Shape>> {
    let mut sorted: Vec<&Shape> = shapes.iter().collect();
    sorted.sort_by_key(|shape| (shape.tek.rolling_start(), *shape.tek.key_data()));
    let mut runs: Vec<Vec<Shape>> = Vec::new();
    let mut open: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for shape in sorted {
        let tek = &shape.tek;
        let onset_day = tek.days_since_onset().map(|days| i64::from(tek.rolling_start()) / 144 - i64::from(days));
        let person = (shape.region_set, shape.traveler, tek.report_type(), onset_day);
        let end = tek.rolling_start().saturating_add(tek.rolling_period().into());
        let continued = open.get_mut(&(person, tek.rolling_start())).and_then(Vec::pop);
        let place = continued.unwrap_or_else(|| {
            runs.push(Vec::new());
            runs.len() - 1
        });
        if let Some(run) = runs.get_mut(place) {
            run.push(*shape);
        }
        open.entry((person, end)).or_default().push(place);
    }
    runs
}

#[cfg(test)]
mod tests;
