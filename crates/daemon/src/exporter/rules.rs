//! Which keys a config takes: its regions resolved to the region sets that exist.

use crate::store::region_sets::{RegionSet, RegionSetId};
use crate::store::teks::collect::Scope;
use std::collections::{BTreeMap, BTreeSet};
use tekport_api::UtcTime;
use tekport_api::export_config::{ExportConfigSpec, Travelers};
use tekport_export_file::Region;

/// How a config looks at the keys of one set of regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// At none of them: a region is excluded.
    Excluded,
    /// At none of them: it takes none of the regions.
    Elsewhere,
    /// At travelers' keys.
    Travelers,
    /// At all of them.
    All,
}

impl Look {
    /// A set is looked at when it holds an input region and no excluded one; with `include`, travelers' keys of
    /// every other set without an excluded region too.
    fn of(spec: &ExportConfigSpec, regions: &BTreeSet<Region>) -> Self {
        if !regions.is_disjoint(&spec.excluded_regions) {
            Self::Excluded
        } else if !regions.is_disjoint(&spec.effective_input_regions()) {
            Self::All
        } else if spec.travelers == Travelers::Include {
            Self::Travelers
        } else {
            Self::Elsewhere
        }
    }
}

fn leaves_travelers_out(spec: &ExportConfigSpec) -> bool {
    spec.travelers == Travelers::OnlyNonTravelers
}

/// Why a config takes no key of some regions and some owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptOut {
    /// It takes none of the regions.
    RegionNotTaken,
    /// It excludes one of the regions.
    RegionExcluded,
    /// It takes no travelers' keys.
    Traveler,
}

/// Returns why a config takes no key of those regions and that owner; `None` where it takes them.
pub(super) fn kept_out(spec: &ExportConfigSpec, regions: &BTreeSet<Region>, traveler: bool) -> Option<KeptOut> {
    match Look::of(spec, regions) {
        Look::Excluded => Some(KeptOut::RegionExcluded),
        Look::Elsewhere => Some(KeptOut::RegionNotTaken),
        Look::Travelers if !traveler => Some(KeptOut::RegionNotTaken),
        Look::Travelers | Look::All => (traveler && leaves_travelers_out(spec)).then_some(KeptOut::Traveler),
    }
}

/// A config's rules over the region sets of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The sets it looks at, and whether only at travelers' keys of them.
    sets: BTreeMap<RegionSetId, bool>,
    leaves_travelers_out: bool,
}

impl Rules {
    /// Resolves a config's regions to the sets that there are.
    pub(crate) fn resolve(spec: &ExportConfigSpec, sets: &[RegionSet]) -> Self {
        let looked_at = sets.iter().filter_map(|set| match Look::of(spec, &set.regions) {
            Look::Excluded | Look::Elsewhere => None,
            Look::Travelers => Some((set.id, true)),
            Look::All => Some((set.id, false)),
        });
        Self { sets: looked_at.collect(), leaves_travelers_out: leaves_travelers_out(spec) }
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
        for set in &sets {
            let taken = kept_out(spec, &set.regions, traveler).is_none();
            assert_eq!(taken, rules.takes(set.id, traveler), "{set:?}: whoever asks why hears of the same rules");
        }
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
    fn what_keeps_a_key_out_is_named() {
        let kept_out = |spec: &ExportConfigSpec, codes, traveler| kept_out(spec, &set(1, codes).regions, traveler);
        let careful = spec(&["US"], &["CA"], Travelers::OnlyNonTravelers);
        assert_eq!(
            kept_out(&careful, "US,CA", true),
            Some(KeptOut::RegionExcluded),
            "the excluded region counts first"
        );
        assert_eq!(kept_out(&careful, "MX", false), Some(KeptOut::RegionNotTaken));
        assert_eq!(kept_out(&careful, "US", true), Some(KeptOut::Traveler));
        assert_eq!(kept_out(&careful, "US,MX", false), None);
        let open = spec(&["US"], &[], Travelers::Include);
        assert_eq!(kept_out(&open, "MX", false), Some(KeptOut::RegionNotTaken));
        assert_eq!(kept_out(&open, "MX", true), None);
    }

    #[test]
    fn travelers_are_included_left_out_or_ignored() {
        assert_eq!(taken(&spec(&["US"], &["CA"], Travelers::Include), true), [1, 2, 3, 6]);
        assert_eq!(taken(&spec(&["US"], &["CA"], Travelers::Include), false), [1, 3, 6]);
        assert_eq!(taken(&spec(&["US"], &[], Travelers::OnlyNonTravelers), true), [0i64; 0]);
        assert_eq!(taken(&spec(&["US"], &[], Travelers::Ignore), true), [1, 3, 5, 6]);
    }
}
