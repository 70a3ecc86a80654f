//! Turns a draft into a spec, naming every field that is refused.

use super::{
    ExportConfigDraft, ExportConfigSpec, MAX_RECORDS_PER_FILE, MAX_SIGNING_KEYS, PathPrefix, Period, SmallBatchPolicy,
};
use crate::FieldProblem;
use crate::message::{Allowed, Fault, Said};
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
            let region = both.to_string();
            problems.add("excluded_regions", Fault::InputAndExcluded { region }, Allowed::NotInput);
        }
        if self.storage_target.is_empty() {
            problems.add("storage_target", Fault::NoTarget, Allowed::Target);
        }
        let path_prefix = PathPrefix::parse(&self.path_prefix);
        if path_prefix.is_none() {
            problems.add("path_prefix", Fault::NoPrefix { text: self.path_prefix.clone() }, Allowed::Prefix);
        }
        let period = Period::from_minutes(self.period_minutes);
        if period.is_none() {
            problems.add("period_minutes", Fault::NoPeriod { minutes: self.period_minutes }, Allowed::Period);
        }
        if self.valid_through.is_some_and(|through| through <= self.valid_from) {
            problems.add("valid_through", Fault::EndBeforeStart, Allowed::AfterStart);
        }
        let signing_key_ids = problems.signing_keys(&self.signing_key_ids);
        if !(100..=MAX_RECORDS_PER_FILE).contains(&self.max_records_per_file) {
            let fault = Fault::KeysInFile { count: self.max_records_per_file };
            problems.add("max_records_per_file", fault, Allowed::KeysInFile);
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
    fn add(&mut self, field: impl Into<String>, reason: impl Said, allowed: Allowed) {
        self.0.push(FieldProblem::new(field, reason, allowed));
    }

    fn region(&mut self, field: impl Into<String>, text: &str) -> Option<Region> {
        match Region::parse(text) {
            Ok(region) => Some(region),
            Err(error) => {
                self.add(field, error, Allowed::Region);
                None
            }
        }
    }

    fn regions(&mut self, field: &str, texts: &[String]) -> BTreeSet<Region> {
        texts.iter().enumerate().filter_map(|(i, text)| self.region(format!("{field}[{i}]"), text)).collect()
    }

    fn signing_keys(&mut self, texts: &[String]) -> Vec<Uuid> {
        let mut ids = Vec::new();
        for (i, text) in texts.iter().enumerate() {
            match Uuid::parse_str(text) {
                Ok(id) if ids.contains(&id) => {
                    self.add(format!("signing_key_ids[{i}]"), Fault::KeyTwice, Allowed::Keys);
                }
                Ok(id) => ids.push(id),
                Err(_) => {
                    self.add(format!("signing_key_ids[{i}]"), Fault::NotAnId { text: text.clone() }, Allowed::Keys);
                }
            }
        }
        if texts.is_empty() {
            self.add("signing_key_ids", Fault::NoKey, Allowed::Keys);
        } else if texts.len() > MAX_SIGNING_KEYS {
            let count = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            self.add("signing_key_ids", Fault::TooManyKeys { count }, Allowed::Keys);
        }
        ids
    }

    fn small_batch(&mut self, draft: &ExportConfigDraft) {
        let (minimum, jitter) = match draft.small_batch {
            SmallBatchPolicy::Pad { minimum, jitter } => (minimum, jitter),
            SmallBatchPolicy::Hold { minimum } => (minimum, 0),
            SmallBatchPolicy::Release => return,
        };
        if !(1..=100_000).contains(&minimum) || minimum > draft.max_records_per_file {
            self.add("small_batch.minimum", Fault::NotAllowed { count: minimum }, Allowed::Minimum);
        }
        if jitter > 100_000 {
            self.add("small_batch.jitter", Fault::NotAllowed { count: jitter }, Allowed::Jitter);
        } else if minimum <= draft.max_records_per_file
            && u64::from(minimum) + u64::from(jitter) > u64::from(draft.max_records_per_file)
        {
            // Padding must not push a file over its maximum, or the padding itself would split the window.
            self.add("small_batch.jitter", Fault::JitterTooLarge, Allowed::JitterLeft);
        }
    }
}
