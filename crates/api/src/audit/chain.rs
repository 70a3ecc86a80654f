//! The chain of hashes that an audit log is: what is hashed, and whether entries hold together. The daemon checks its
//! own log with it, oldest entry first; a console checks what the daemon tells it, newest first, so that it needn't
//! take the daemon's word.

use super::{AuditBreak, AuditBreakKind, AuditEntry, AuditHead};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The `previous_hash` of the first entry.
pub const NO_ENTRY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl AuditEntry {
    /// Returns SHA-256 over the entry's canonical JSON without `hash`, in lower-case hex: what `hash` has to be.
    #[must_use]
    pub fn computed_hash(&self) -> String {
        let value = json!({
            "sequence": self.sequence, "at": self.at, "actor_id": self.actor_id, "actor_name": self.actor_name,
            "certificate": self.certificate, "action": self.action, "resource_kind": self.resource_kind,
            "resource_id": self.resource_id, "result": self.result, "before": self.before, "after": self.after,
            "previous_hash": self.previous_hash,
        });
        let mut canonical = String::new();
        write_canonical(&value, &mut canonical);
        hex::encode(Sha256::digest(canonical.as_bytes()))
    }

    /// What is wrong with the entry in itself: that its hash doesn't fit its contents; `None` where it does.
    #[must_use]
    pub fn altered(&self) -> Option<AuditBreak> {
        (self.computed_hash() != self.hash).then(|| AuditBreak::at(self.sequence, AuditBreakKind::Altered))
    }
}

impl AuditBreak {
    /// Says in words what is wrong at an entry.
    #[must_use]
    pub fn at(sequence: u32, kind: AuditBreakKind) -> Self {
        let what = match kind {
            AuditBreakKind::Missing => "is missing: entries were deleted from the database",
            AuditBreakKind::OutOfPlace => "doesn't follow the one before: the log was changed in the database",
            AuditBreakKind::Altered => "was changed in the database after it was written",
        };
        Self { sequence, kind, detail: format!("audit entry {sequence} {what}") }
    }
}

/// An audit log as far as it was followed, oldest entry first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// The last entry, as far as the chain holds; `None` while the log is empty.
    pub head: Option<AuditHead>,
    /// Where it breaks; `None` where it holds so far.
    pub broken: Option<AuditBreak>,
}

impl Chain {
    /// How many entries hold together, from the first on.
    #[must_use]
    pub fn entries(&self) -> u32 {
        self.head.as_ref().map_or(0, |head| head.sequence)
    }

    /// Follows the chain to the next entry; returns whether it still holds.
    pub fn follow(&mut self, entry: &AuditEntry) -> bool {
        if self.broken.is_none() {
            let sequence = self.entries() + 1;
            let previous = self.head.as_ref().map_or(NO_ENTRY, |head| &head.hash);
            self.broken = if entry.sequence != sequence {
                Some(AuditBreak::at(sequence, AuditBreakKind::Missing))
            } else if entry.previous_hash != previous {
                Some(AuditBreak::at(sequence, AuditBreakKind::OutOfPlace))
            } else {
                entry.altered()
            };
            if self.broken.is_none() {
                self.head = Some(AuditHead { sequence, hash: entry.hash.clone() });
            }
        }
        self.broken.is_none()
    }
}

/// An audit log as far as it was followed, newest entry first, as lists give it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainFromHead {
    head: Option<AuditHead>,
    /// The entry that has to come next, by what the one after it says.
    next: Option<AuditHead>,
    broken: Option<AuditBreak>,
}

impl ChainFromHead {
    /// Follows the chain to the entry before. The break of the oldest entry counts: those after it rest on it.
    pub fn follow(&mut self, entry: &AuditEntry) {
        if let Some(next) = &self.next {
            if entry.sequence != next.sequence {
                self.broken = Some(AuditBreak::at(next.sequence, AuditBreakKind::Missing));
            } else if entry.hash != next.hash {
                self.broken = Some(AuditBreak::at(next.sequence + 1, AuditBreakKind::OutOfPlace));
            }
        } else {
            self.head = Some(AuditHead { sequence: entry.sequence, hash: entry.hash.clone() });
        }
        if let Some(altered) = entry.altered() {
            self.broken = Some(altered);
        }
        let before = entry.sequence.saturating_sub(1);
        self.next = Some(AuditHead { sequence: before, hash: entry.previous_hash.clone() });
    }

    /// Ends at the last entry that there is. A log that doesn't begin with entry 1 isn't whole.
    #[must_use]
    pub fn end(self) -> Chain {
        let broken = match &self.next {
            Some(next) if next.sequence > 0 => Some(AuditBreak::at(next.sequence, AuditBreakKind::Missing)),
            Some(next) if next.hash != NO_ENTRY => Some(AuditBreak::at(1, AuditBreakKind::OutOfPlace)),
            _ => self.broken,
        };
        Chain { head: self.head, broken }
    }
}

/// Writes JSON without white space and with the keys of each object in order. Sorted here and not left to
/// `serde_json`, whose order depends on a feature that any crate in the build can turn on.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut keys: Vec<_> = members.iter().collect();
            keys.sort_unstable_by_key(|(key, _)| key.as_str());
            out.push('{');
            for (i, (key, member)) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                write_canonical(member, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::AuditResult;
    use super::*;
    use crate::UtcTime;

    fn log(entries: u32) -> Vec<AuditEntry> {
        let mut log: Vec<AuditEntry> = Vec::new();
        for sequence in 1..=entries {
            let mut entry = AuditEntry {
                sequence,
                at: UtcTime::saturating(1_800_000_000),
                actor_id: "local".to_owned(),
                actor_name: "Ünal".to_owned(),
                certificate: None,
                action: "person.create".to_owned(),
                resource_kind: "person".to_owned(),
                resource_id: format!("p{sequence}"),
                result: AuditResult::Ok,
                before: None,
                after: Some(json!({ "z": 1, "a": [true, null, { "name": "\"x\"" }] })),
                previous_hash: log.last().map_or(NO_ENTRY.to_owned(), |last| last.hash.clone()),
                hash: String::new(),
            };
            entry.hash = entry.computed_hash();
            log.push(entry);
        }
        log
    }

    /// Both ways through a log say the same of it.
    fn broken(log: &[AuditEntry]) -> Option<(u32, AuditBreakKind)> {
        let mut chain = Chain::default();
        log.iter().all(|entry| chain.follow(entry));
        let mut from_head = ChainFromHead::default();
        log.iter().rev().for_each(|entry| from_head.follow(entry));
        let from_head = from_head.end();
        assert_eq!(from_head.broken, chain.broken);
        chain.broken.map(|broken| (broken.sequence, broken.kind))
    }

    #[test]
    fn a_whole_log_holds_in_both_directions() {
        assert_eq!(broken(&[]), None);
        let log = log(4);
        assert_eq!(broken(&log), None);
        let mut from_head = ChainFromHead::default();
        log.iter().rev().for_each(|entry| from_head.follow(entry));
        let chain = from_head.end();
        assert_eq!(chain.head, Some(AuditHead { sequence: 4, hash: log[3].hash.clone() }));
        assert_eq!(chain.entries(), 4);
    }

    #[test]
    fn every_change_is_found_at_its_entry() {
        let mut altered = log(4);
        altered[1].actor_name = "nobody".to_owned();
        assert_eq!(broken(&altered), Some((2, AuditBreakKind::Altered)));
        // With a hash that fits again, the next entry no longer follows.
        altered[1].hash = altered[1].computed_hash();
        assert_eq!(broken(&altered), Some((3, AuditBreakKind::OutOfPlace)));

        let mut missing = log(4);
        missing.remove(1);
        assert_eq!(broken(&missing), Some((2, AuditBreakKind::Missing)));
        missing[1].sequence = 2;
        missing.pop();
        assert_eq!(broken(&missing).map(|(sequence, _)| sequence), Some(2));

        assert_eq!(broken(&log(4)[1..]), Some((1, AuditBreakKind::Missing)), "the first is gone");
        let mut other = log(2);
        other[0].previous_hash = "1".repeat(64);
        other[0].hash = other[0].computed_hash();
        other[1].previous_hash = other[0].hash.clone();
        other[1].hash = other[1].computed_hash();
        assert_eq!(broken(&other), Some((1, AuditBreakKind::OutOfPlace)), "it began elsewhere");
    }

    #[test]
    fn what_is_hashed_does_not_depend_on_the_order_of_members() {
        let text = |members: &str| {
            let mut canonical = String::new();
            write_canonical(&serde_json::from_str(members).unwrap(), &mut canonical);
            canonical
        };
        assert_eq!(
            text(r#"{"b":{"d":1,"c":[{"f":2,"e":null}]},"a":"x"}"#),
            r#"{"a":"x","b":{"c":[{"e":null,"f":2}],"d":1}}"#
        );
        // An entry as it travels has the hash that it had in the database.
        let entry = log(1).remove(0);
        let sent: AuditEntry = serde_json::from_slice(&serde_json::to_vec(&entry).unwrap()).unwrap();
        assert_eq!(sent.computed_hash(), entry.hash);
    }
}
