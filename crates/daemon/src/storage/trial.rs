//! Tries a storage target: what `doctor` and the console's "test" run.

use super::{Kind, StorageError, StorageTarget};
use bytes::Bytes;
use tekport_api::Clock;
use tekport_api::storage_target::{StorageTest, StorageTestStep};

impl StorageTarget {
    /// Writes a small object, reads it back, compares it and deletes it. Steps after one that failed are not
    /// run, but what was written is deleted. The result is kept for [`to_api`](Self::to_api).
    pub async fn test(&self, clock: &Clock) -> StorageTest {
        let path = format!("tekport-storage-test-{}", crate::store::new_id(clock.now()));
        let bytes = Bytes::from(format!("{path}\nTekport tried whether it can write here; this may be deleted.\n"));
        let mut steps = Vec::new();
        let mut step = |name: &str, problem: Option<String>| {
            let passed = problem.is_none();
            steps.push(StorageTestStep { step: name.to_owned(), passed, detail: problem.unwrap_or_default() });
            passed
        };
        let text = |error: StorageError| error.to_string();
        if step("write", self.put(&path, bytes.clone(), Kind::Index).await.err().map(text)) {
            let read = self.get(&path).await;
            let found = read.as_ref().ok().cloned().flatten();
            if step("read", read.err().map(text)) {
                let other =
                    "what was read isn't what was written; another program may write there, or a cache stands between";
                step("compare", (found != Some(bytes)).then(|| other.to_owned()));
            }
            step("delete", self.delete(&path).await.err().map(text));
        }
        let test = StorageTest { passed: steps.iter().all(|step| step.passed), steps, tested_at: clock.now() };
        if let Ok(mut last) = self.last_test.lock() {
            *last = Some(test.clone());
        }
        self.forget_what_worked();
        test
    }
}
