//! The two lists of keys, as they are collected from `export.bin`.

use super::{KeyList, OpenError, RefusedKey};
use crate::limits::MAX_READ_KEYS;
use crate::{ReportType, Tek, TekError, TekFields, message};
use prost::Message;

/// The most refused keys that are kept one by one.
const MAX_LISTED: usize = 1_000;

/// Bytes that a key takes in `export.bin` with every field that servers usually write.
const USUAL_KEY_BYTES: u64 = 31;

#[derive(Debug, Clone, Default)]
pub(super) struct KeyLists {
    pub(super) keys: Vec<Tek>,
    pub(super) revised_keys: Vec<Tek>,
    pub(super) refused: Vec<RefusedKey>,
    pub(super) refused_count: usize,
    /// How many keys, refused ones too, stand in either list so far.
    seen: [usize; 2],
}

impl KeyLists {
    /// Reserves what `bytes` of `export.bin` usually hold, so that the list doesn't grow by doubling.
    pub(super) fn with_room_for(bytes: u64) -> Self {
        let keys = usize::try_from(bytes / USUAL_KEY_BYTES).unwrap_or(MAX_READ_KEYS).min(MAX_READ_KEYS);
        Self { keys: Vec::with_capacity(keys), ..Self::default() }
    }

    /// Takes one key from its message, which begins at byte `at`.
    pub(super) fn add(&mut self, list: KeyList, bytes: &[u8], at: u64) -> Result<(), OpenError> {
        let key = message::TemporaryExposureKey::decode(bytes).map_err(|_| OpenError::Malformed { at })?;
        if self.seen.iter().sum::<usize>() == MAX_READ_KEYS {
            return Err(OpenError::TooManyKeys);
        }
        let [keys, revised_keys] = &mut self.seen;
        let (seen, teks) = match list {
            KeyList::Keys => (keys, &mut self.keys),
            KeyList::RevisedKeys => (revised_keys, &mut self.revised_keys),
        };
        *seen += 1;
        match tek(&key) {
            Ok(tek) => {
                if teks.len() == teks.capacity() {
                    // By an eighth: a file's worth of keys must not take twice its room.
                    teks.reserve_exact(teks.len() / 8 + 1_024);
                }
                teks.push(tek);
            }
            Err(problem) => {
                self.refused_count += 1;
                if self.refused.len() < MAX_LISTED {
                    self.refused.push(RefusedKey { list, number: *seen, problem });
                }
            }
        }
        Ok(())
    }

    /// Gives back what was reserved and not needed, where that is worth moving the keys.
    pub(super) fn shrink(&mut self) {
        for teks in [&mut self.keys, &mut self.revised_keys] {
            if teks.capacity() - teks.len() > teks.len() / 8 {
                teks.shrink_to_fit();
            }
        }
    }
}

fn tek(key: &message::TemporaryExposureKey) -> Result<Tek, TekError> {
    Tek::new(TekFields {
        key_data: key.key_data(),
        rolling_start: key.rolling_start_interval_number().into(),
        rolling_period: key.rolling_period().into(),
        transmission_risk: key.transmission_risk_level().into(),
        report_type: ReportType::try_from(i64::from(key.report_type()))?,
        days_since_onset: key.days_since_onset_of_symptoms.map(i64::from),
        variant_of_concern: key.variant_of_concern().into(),
    })
}
