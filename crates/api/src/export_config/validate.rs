//! Turns a draft into a spec, naming every field that is refused.

use super::{
    ExportConfigDraft, ExportConfigSpec, MAX_RECORDS_PER_FILE, MAX_SIGNING_KEYS, PathPrefix, Period, SmallBatchPolicy,
};
use crate::FieldProblem;
use std::collections::BTreeSet;
use tekport_export_file::Region;
use uuid::Uuid;

impl ExportConfigDraft {
    /// Checks every field by itself and against the others.
    ///
    /// # Errors
    /// Every refused field with its reason and what is allowed.
    pub fn validate(&self) -> Result<ExportConfigSpec, Vec<FieldProblem>> {
        let mut problems = Problems::default();
        let output_region = problems.region("output_region", &self.output_region);
        let input_regions = problems.regions("input_regions", &self.input_regions);
        let excluded_regions = problems.regions("excluded_regions", &self.excluded_regions);
        let effective =
            if input_regions.is_empty() { output_region.iter().cloned().collect() } else { input_regions.clone() };
        if let Some(both) = effective.intersection(&excluded_regions).next() {
            problems.add(
                "excluded_regions",
                format!("{both} is an input region and excluded as well"),
                "regions that are not input regions",
            );
        }
        if self.storage_target.is_empty() {
            problems.add("storage_target", "no storage target is chosen", "the name of a storage target of the daemon");
        }
        let path_prefix = PathPrefix::parse(&self.path_prefix);
        if path_prefix.is_none() {
            problems.add("path_prefix", format!("{:?} can't be a path prefix", self.path_prefix), PathPrefix::ALLOWED);
        }
        let period = Period::from_minutes(self.period_minutes);
        if period.is_none() {
            problems.add(
                "period_minutes",
                format!("{} minutes don't divide a day, or are too short", self.period_minutes),
                Period::ALLOWED,
            );
        }
        if self.valid_through.is_some_and(|through| through <= self.valid_from) {
            problems.add("valid_through", "the end isn't after the start", "a time after valid_from, or none");
        }
        let signing_key_ids = problems.signing_keys(&self.signing_key_ids);
        if !(100..=MAX_RECORDS_PER_FILE).contains(&self.max_records_per_file) {
            problems.add(
                "max_records_per_file",
                format!("{} keys a file are not allowed", self.max_records_per_file),
                "100 to 750,000",
            );
        }
        problems.small_batch(self);
        match (output_region, path_prefix, period, problems.0) {
            (Some(output_region), Some(path_prefix), Some(period), problems) if problems.is_empty() => {
                Ok(ExportConfigSpec {
                    output_region,
                    input_regions,
                    excluded_regions,
                    travelers: self.travelers,
                    storage_target: self.storage_target.clone(),
                    path_prefix,
                    period,
                    valid_from: self.valid_from,
                    valid_through: self.valid_through,
                    signing_key_ids,
                    max_records_per_file: self.max_records_per_file,
                    small_batch: self.small_batch,
                })
            }
            (_, _, _, problems) => Err(problems),
        }
    }
}

#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: impl Into<String>, reason: impl Into<String>, allowed: impl Into<String>) {
        self.0.push(FieldProblem::new(field, reason, allowed));
    }

    fn region(&mut self, field: impl Into<String>, text: &str) -> Option<Region> {
        match Region::parse(text) {
            Ok(region) => Some(region),
            Err(error) => {
                self.add(field, error.to_string(), Region::ALLOWED);
                None
            }
        }
    }

    fn regions(&mut self, field: &str, texts: &[String]) -> BTreeSet<Region> {
        texts.iter().enumerate().filter_map(|(i, text)| self.region(format!("{field}[{i}]"), text)).collect()
    }

    fn signing_keys(&mut self, texts: &[String]) -> Vec<Uuid> {
        const ALLOWED: &str = "1 to 10 different ids of signing keys";
        let mut ids = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            match Uuid::parse_str(text) {
                Ok(id) if ids.contains(&id) => {
                    self.add(format!("signing_key_ids[{i}]"), "the key is named twice", ALLOWED)
                }
                Ok(id) => ids.push(id),
                Err(_) => self.add(format!("signing_key_ids[{i}]"), format!("{text:?} is not an id"), ALLOWED),
            }
        }
        if texts.is_empty() {
            self.add("signing_key_ids", "no signing key is chosen: nothing could be published", ALLOWED);
        } else if texts.len() > MAX_SIGNING_KEYS {
            self.add("signing_key_ids", format!("{} keys are too many", texts.len()), ALLOWED);
        }
        ids
    }

    fn small_batch(&mut self, draft: &ExportConfigDraft) {
        const MINIMUM: &str = "1 to 100,000, and no more than max_records_per_file";
        let (minimum, jitter) = match draft.small_batch {
            SmallBatchPolicy::Pad { minimum, jitter } => (minimum, jitter),
            SmallBatchPolicy::Hold { minimum } => (minimum, 0),
            SmallBatchPolicy::Release => return,
        };
        if !(1..=100_000).contains(&minimum) || minimum > draft.max_records_per_file {
            self.add("small_batch.minimum", format!("{minimum} is not allowed"), MINIMUM);
        }
        if jitter > 100_000 {
            self.add("small_batch.jitter", format!("{jitter} is not allowed"), "0 to 100,000");
        } else if minimum <= draft.max_records_per_file
            && u64::from(minimum) + u64::from(jitter) > u64::from(draft.max_records_per_file)
        {
            // Padding must not push a file over its maximum, or the padding itself would split the window.
            self.add(
                "small_batch.jitter",
                "minimum and jitter together exceed max_records_per_file",
                "0 up to max_records_per_file less the minimum",
            );
        }
    }
}
