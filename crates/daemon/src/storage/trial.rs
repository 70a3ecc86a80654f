//! Tries a storage target: what `doctor` and the console's "test" run.

use super::{Kind, StorageError, StorageTarget};
use bytes::Bytes;
use tekport_api::message::StorageFault;
use tekport_api::storage_target::{StorageTest, StorageTestStep};
use tekport_api::{Clock, Said};

impl StorageTarget {
    /// Writes a small object, reads it back, compares it and deletes it. Steps after one that failed are not
    /// run, but what was written is deleted. The result is kept for [`to_api`](Self::to_api).
    pub async fn test(&self, clock: &Clock) -> StorageTest {
        let path = format!("tekport-storage-test-{}", crate::store::new_id(clock.now()));
        let bytes = Bytes::from(format!("{path}\nTekport tried whether it can write here; this may be deleted.\n"));
        let mut steps = Vec::new();
        let mut step = |name: &str, problem: Option<StorageFault>| {
            let passed = problem.is_none();
            let detail = problem.as_ref().map(ToString::to_string).unwrap_or_default();
            let message = problem.as_ref().map(Said::message);
            steps.push(StorageTestStep { step: name.to_owned(), passed, detail, message });
            passed
        };
        let fault = |error: StorageError| error.fault();
        if step("write", self.put(&path, bytes.clone(), Kind::Index).await.err().map(fault)) {
            let read = self.get(&path).await;
            let found = read.as_ref().ok().cloned().flatten();
            if step("read", read.err().map(fault)) {
                step("compare", (found != Some(bytes)).then_some(StorageFault::OtherRead));
            }
            step("delete", self.delete(&path).await.err().map(fault));
        }
        let test = StorageTest { passed: steps.iter().all(|step| step.passed), steps, tested_at: clock.now() };
        if let Ok(mut last) = self.last_test.lock() {
            *last = Some(test.clone());
        }
        self.forget_what_worked();
        test
    }
}
