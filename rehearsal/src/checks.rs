//! Named checks, each said aloud as it is made, and counted.

use anyhow::Result;

/// How many checks passed and failed.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    passed: u32,
    failed: u32,
}

impl Checks {
    /// Notes whether something holds. An error is a failure with its reason.
    pub(crate) fn note(&mut self, what: &str, holds: Result<bool>) {
        match holds {
            Ok(true) => {
                self.passed += 1;
                println!("  ok      {what}");
            }
            Ok(false) => {
                self.failed += 1;
                println!("  FAILED  {what}");
            }
            Err(error) => {
                self.failed += 1;
                println!("  FAILED  {what}: {error:#}");
            }
        }
    }

    /// Notes a step that the next ones need: hands on what it gave, or its error after counting it.
    ///
    /// # Errors
    /// When the step failed.
    pub(crate) fn step<T>(&mut self, what: &str, outcome: Result<T>) -> Result<T> {
        match &outcome {
            Ok(_) => self.note(what, Ok(true)),
            Err(error) => {
                self.failed += 1;
                println!("  FAILED  {what}: {error:#}");
            }
        }
        outcome
    }

    /// Prints the closing line and returns whether nothing failed.
    pub(crate) fn close(&self) -> bool {
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0 && self.passed > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_without_checks_did_not_pass() {
        assert!(!Checks::default().close());
    }

    #[test]
    fn an_error_counts_as_a_failure_and_is_handed_on() {
        let mut checks = Checks::default();
        checks.note("right", Ok(true));
        assert!(checks.step("wrong", Err::<(), _>(anyhow::anyhow!("no"))).is_err());
        assert_eq!((checks.passed, checks.failed), (1, 1));
        assert!(!checks.close());
    }
}
