//! What fails at the storage targets in the daily work, and what last worked there, as the exporter finds it tick by
//! tick. Kept in memory: what is still wrong after a restart, the next tick finds again.

use super::{StorageTarget, StorageTargets};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use tekport_api::storage_target::{StorageProblem, StorageTest};
use tekport_api::{Message, UtcTime};
use uuid::Uuid;

/// What the exporter does in storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// It reads and writes the index of this config, with every tick.
    Index(Uuid),
    /// It puts the files of this batch and reads them back, whenever it tries the batch.
    Batch(Uuid),
    /// It deletes this file after its retention, with every tick until that is done.
    Deletion(Uuid),
}

impl Work {
    /// Whether phones get something new by it.
    fn publishes(self) -> bool {
        matches!(self, Self::Index(_) | Self::Batch(_))
    }
}

/// Something that failed at a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The target's name; the configuration may have none of that name any more.
    pub target: String,
    /// What was being done.
    pub work: Work,
    /// What went wrong and what to do.
    pub problem: String,
    /// That with its code and values.
    pub message: Message,
}

/// What was done at a target and worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Something was written.
    Written,
    /// Something was read, and it was what had been written.
    Read,
    /// Something was deleted.
    Deleted,
}

/// The first time since the last test that each [`Deed`] worked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Worked {
    written: Option<UtcTime>,
    read: Option<UtcTime>,
    deleted: Option<UtcTime>,
}

/// What fails now, and since when.
pub(super) type Faults = BTreeMap<(String, Work), (Fault, UtcTime)>;

impl StorageTargets {
    /// Takes what a tick that has ended found wrong. What it didn't find again is over, except at batches that it
    /// didn't try: `untried` says of which that is so.
    pub fn settle(&self, found: &[Fault], untried: impl Fn(Uuid) -> bool, now: UtcTime) {
        let mut faults = self.0.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::take(&mut *faults);
        for fault in found {
            let key = (fault.target.clone(), fault.work);
            let since = before.get(&key).map_or(now, |(_, since)| *since);
            faults.entry(key).or_insert((fault.clone(), since));
        }
        for (key, fault) in before {
            if matches!(key.1, Work::Batch(id) if untried(id)) {
                faults.entry(key).or_insert(fault);
            }
        }
    }

    /// The worst that fails now at each target by name, those that the configuration no longer has included.
    #[must_use]
    pub fn problems(&self) -> BTreeMap<String, StorageProblem> {
        let faults = self.0.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let mut problems: BTreeMap<String, StorageProblem> = BTreeMap::new();
        for ((target, work), (fault, since)) in faults.iter() {
            let problem = StorageProblem {
                publishing: work.publishes(),
                since: *since,
                detail: fault.problem.clone(),
                message: fault.message.clone(),
            };
            let known = problems.entry(target.clone()).or_insert_with(|| problem.clone());
            if (problem.publishing && !known.publishing)
                || (problem.publishing == known.publishing && problem.since < known.since)
            {
                *known = problem;
            }
        }
        problems
    }
}

impl StorageTarget {
    /// Notes that something worked, for a test that failed before.
    pub fn worked(&self, deed: Deed, now: UtcTime) {
        let mut worked = self.worked.lock().unwrap_or_else(PoisonError::into_inner);
        let at = match deed {
            Deed::Written => &mut worked.written,
            Deed::Read => &mut worked.read,
            Deed::Deleted => &mut worked.deleted,
        };
        at.get_or_insert(now);
    }

    /// A test counts from its end on, whatever worked before it.
    pub(super) fn forget_what_worked(&self) {
        *self.worked.lock().unwrap_or_else(PoisonError::into_inner) = Worked::default();
    }

    /// When what a test found failing worked again; `None` where it passed, or nothing of the kind was done since.
    pub(super) fn recovered_at(&self, test: &StorageTest) -> Option<UtcTime> {
        let worked = *self.worked.lock().unwrap_or_else(PoisonError::into_inner);
        // Every step that failed: deleting is tried even where reading failed.
        let failed = test.steps.iter().filter(|step| !step.passed);
        let again: Option<Vec<UtcTime>> = failed
            .map(|step| match step.step.as_str() {
                "write" => worked.written,
                "read" | "compare" => worked.read,
                _ => worked.deleted,
            })
            .collect();
        again?.into_iter().max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use tekport_api::Clock;

    fn targets(state: &std::path::Path) -> StorageTargets {
        let toml =
            "[storage.local]\nkind = \"folder\"\npath = \"out\"\n[storage.other]\nkind = \"folder\"\npath = \"b\"\n";
        StorageTargets::from_config(&Config::parse(toml, []).unwrap(), state).unwrap()
    }

    fn fault(target: &str, work: Work, problem: &str) -> Fault {
        Fault { target: target.to_owned(), work, problem: problem.to_owned(), message: Message::default() }
    }

    fn at(seconds: i64) -> UtcTime {
        UtcTime::saturating(1_790_000_000 + seconds)
    }

    #[test]
    fn a_fault_stands_from_its_first_tick_to_the_one_that_finds_it_gone() {
        let state = tempfile::tempdir().unwrap();
        let targets = targets(state.path());
        let id = Uuid::from_u128(1);
        let deletion = fault("local", Work::Deletion(id), "no delete");
        targets.settle(std::slice::from_ref(&deletion), |_| false, at(0));
        targets.settle(&[deletion.clone(), fault("local", Work::Index(id), "no room")], |_| false, at(60));
        let problem = targets.problems().remove("local").unwrap();
        assert_eq!((problem.publishing, problem.since, problem.detail.as_str()), (true, at(60), "no room"));
        let shown = targets.to_api();
        assert_eq!(shown[0].problem, Some(problem));
        assert_eq!(shown[1].problem, None, "the other target works");
        targets.settle(&[deletion], |_| false, at(120));
        let problem = targets.problems().remove("local").unwrap();
        assert_eq!((problem.publishing, problem.since), (false, at(0)));
        targets.settle(&[], |_| false, at(180));
        assert!(targets.problems().is_empty());
    }

    #[test]
    fn a_batch_that_was_not_tried_again_still_counts() {
        let state = tempfile::tempdir().unwrap();
        let targets = targets(state.path());
        let id = Uuid::from_u128(1);
        targets.settle(&[fault("gone", Work::Batch(id), "no such target")], |_| false, at(0));
        targets.settle(&[], |batch| batch == id, at(60));
        assert_eq!(targets.problems()["gone"].since, at(0));
        targets.settle(&[], |_| false, at(120));
        assert!(targets.problems().is_empty());
    }

    #[tokio::test]
    async fn a_failed_test_is_over_once_what_failed_has_worked() {
        let state = tempfile::tempdir().unwrap();
        let targets = targets(state.path());
        let target = targets.get("local").unwrap();
        target.worked(Deed::Written, at(-60));
        std::fs::remove_dir(state.path().join("out")).unwrap();
        std::fs::write(state.path().join("out"), b"in the way").unwrap();
        let clock = Clock::manual(at(0));
        assert!(!target.test(&clock).await.passed);
        assert_eq!(target.to_api().recovered_at, None, "what worked before the test says nothing");
        target.worked(Deed::Read, at(60));
        target.worked(Deed::Deleted, at(60));
        assert_eq!(target.to_api().recovered_at, None, "writing is what failed");
        target.worked(Deed::Written, at(120));
        target.worked(Deed::Written, at(180));
        assert_eq!(target.to_api().recovered_at, Some(at(120)));
        std::fs::remove_file(state.path().join("out")).unwrap();
        assert!(target.test(&clock).await.passed);
        assert_eq!(target.to_api().recovered_at, None, "nothing failed");
    }
}
