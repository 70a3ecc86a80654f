//! Export files as an input: a peer's, or one's own after a loss.

use super::element::refused;
use super::{Checks, Defaults, IngestError, NewTek, Reading, count};
use std::collections::BTreeSet;
use std::sync::Arc;
use tekport_export_file::{ExportFile, KeyList, Region};

/// Reads first releases, then revised keys, numbered through from 1. Whether its signatures verify doesn't
/// matter here: whoever imports vouches for the keys.
pub(super) fn read(zip: &[u8], mut defaults: Defaults, checks: Checks) -> Result<Reading, IngestError> {
    let file = ExportFile::inspect(zip).map_err(IngestError::ExportFile)?;
    if defaults.regions.is_empty() {
        let text = &file.header().region;
        let region = Region::parse(text).map_err(|_| IngestError::ExportRegion(text.chars().take(40).collect()))?;
        defaults.regions = Arc::new(BTreeSet::from([region]));
    }
    let mut reading = Reading::default();
    let mut number = 0;
    let mut refused_before = 0;
    for (list, teks) in [(KeyList::Keys, file.keys()), (KeyList::RevisedKeys, file.revised_keys())] {
        // Refused keys keep their numbers; the reader lists the first 1,000 of them.
        let out_of_range: Vec<_> = file.refused_keys().iter().filter(|key| key.list == list).collect();
        for key in &out_of_range {
            let place = refused_before + count(key.number);
            reading.add(place, Err(refused(key.problem)))?;
        }
        let numbers: BTreeSet<u32> = out_of_range.iter().map(|key| refused_before + count(key.number)).collect();
        for tek in teks {
            number += 1;
            while numbers.contains(&number) {
                number += 1;
            }
            let key = NewTek { tek: *tek, regions: Arc::clone(&defaults.regions), traveler: defaults.traveler };
            reading.add(number, checks.check(tek).map(|()| key))?;
        }
        number = number.max(numbers.last().copied().unwrap_or_default());
        refused_before = number;
    }
    let unlisted = file.refused_count().saturating_sub(file.refused_keys().len());
    reading.read = reading.read.saturating_add(count(unlisted));
    Ok(reading)
}
