//! Which keys a config takes: its regions resolved to the region sets that exist.

use crate::store::region_sets::{RegionSet, RegionSetId};
use crate::store::teks::collect::Scope;
use std::collections::BTreeMap;
use tekport_api::UtcTime;
use tekport_api::export_config::{ExportConfigSpec, Travelers};

/// A config's rules over the region sets of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The sets it looks at, and whether only at travelers' keys of them.
    sets: BTreeMap<RegionSetId, bool>,
    leaves_travelers_out: bool,
}

impl Rules {
    /// A set is looked at when it holds an input region and no excluded one; with `include`, travelers' keys of
    /// every other set without an excluded region too.
    pub(crate) fn resolve(spec: &ExportConfigSpec, sets: &[RegionSet]) -> Self {
        let inputs = spec.effective_input_regions();
        let looked_at = sets.iter().filter(|set| set.regions.is_disjoint(&spec.excluded_regions)).filter_map(|set| {
            let travelers_only = set.regions.is_disjoint(&inputs);
            (!travelers_only || spec.travelers == Travelers::Include).then_some((set.id, travelers_only))
        });
        Self { sets: looked_at.collect(), leaves_travelers_out: spec.travelers == Travelers::OnlyNonTravelers }
    }

    /// The scopes to read for keys releasable in `[from, until)`.
    pub(super) fn scopes(&self, from: UtcTime, until: UtcTime) -> impl Iterator<Item = Scope> + '_ {
        self.sets.iter().map(move |(set, travelers_only)| Scope {
            region_set: *set,
            travelers_only: *travelers_only,
            from,
            until,
        })
    }

    /// Whether the keys of travelers that are looked at are left out.
    pub(super) fn leaves_out(&self, traveler: bool) -> bool {
        traveler && self.leaves_travelers_out
    }

    /// Whether a key of that set is exported.
    pub(crate) fn takes(&self, set: RegionSetId, traveler: bool) -> bool {
        self.sets.get(&set).is_some_and(|travelers_only| traveler || !travelers_only) && !self.leaves_out(traveler)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy};
    use tekport_export_file::Region;

    fn set(id: i64, codes: &str) -> RegionSet {
        let regions: BTreeSet<Region> = codes.split(',').map(|code| Region::parse(code).unwrap()).collect();
        RegionSet { id: RegionSetId(id), regions }
    }

    fn spec(inputs: &[&str], excluded: &[&str], travelers: Travelers) -> ExportConfigSpec {
        let owned = |codes: &[&str]| codes.iter().map(ToString::to_string).collect();
        ExportConfigDraft {
            output_region: "us".into(),
            input_regions: owned(inputs),
            excluded_regions: owned(excluded),
            travelers,
            storage_target: "local".into(),
            path_prefix: "us".into(),
            period_minutes: 60,
            valid_from: UtcTime::saturating(0),
            valid_through: None,
            signing_key_ids: vec![uuid::Uuid::nil().to_string()],
            max_records_per_file: 100,
            small_batch: SmallBatchPolicy::Release,
        }
        .validate()
        .unwrap()
    }

    fn taken(spec: &ExportConfigSpec, traveler: bool) -> Vec<i64> {
        let sets = [set(1, "US"), set(2, "MX"), set(3, "US,MX"), set(4, "CA"), set(5, "US,CA"), set(6, "BR,US")];
        let rules = Rules::resolve(spec, &sets);
        sets.iter().map(|set| set.id).filter(|id| rules.takes(*id, traveler)).map(|id| id.0).collect()
    }

    #[test]
    fn two_input_and_two_excluded_regions_match_exactly() {
        assert_eq!(taken(&spec(&["US", "MX"], &[], Travelers::Ignore), false), [1, 2, 3, 5, 6]);
        assert_eq!(taken(&spec(&["US"], &["CA", "BR"], Travelers::Ignore), false), [1, 3]);
    }

    #[test]
    fn a_region_in_lower_case_matches() {
        assert_eq!(taken(&spec(&["mx"], &["us"], Travelers::Ignore), false), [2]);
        assert_eq!(taken(&spec(&[], &[], Travelers::Ignore), false), [1, 3, 5, 6], "the output region alone");
    }

    #[test]
    fn travelers_are_included_left_out_or_ignored() {
        assert_eq!(taken(&spec(&["US"], &["CA"], Travelers::Include), true), [1, 2, 3, 6]);
        assert_eq!(taken(&spec(&["US"], &["CA"], Travelers::Include), false), [1, 3, 6]);
        assert_eq!(taken(&spec(&["US"], &[], Travelers::OnlyNonTravelers), true), [0i64; 0]);
        assert_eq!(taken(&spec(&["US"], &[], Travelers::Ignore), true), [1, 3, 5, 6]);
    }
}
