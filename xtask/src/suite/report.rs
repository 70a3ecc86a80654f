//! The table at the end of the suite.

use super::counts::Counts;
use std::fmt::Write;
use std::time::Duration;

/// What became of a step.
pub(crate) enum Verdict {
    /// It ran.
    Ran { passed: bool, counts: Counts, took: Duration },
    /// An earlier one had failed.
    NotRun,
}

/// A line of the table.
pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) verdict: Verdict,
}

/// Writes the table, and below it the sum alone on a line: `41 passed, 0 failed`.
pub(crate) fn table(lines: &[Line]) -> String {
    let mut text = String::from("\nstep         result   passed  failed     time\n");
    let mut sum = Counts::default();
    for Line { name, verdict } in lines {
        let row = match verdict {
            Verdict::Ran { passed, counts, took } => {
                sum = sum + *counts;
                let result = if *passed { "ok" } else { "FAILED" };
                format!("{name:<12} {result:<8} {:>6}  {:>6}  {:>5} s", counts.passed, counts.failed, took.as_secs())
            }
            Verdict::NotRun => format!("{name:<12} not run"),
        };
        let _ = writeln!(text, "{row}");
    }
    let _ = writeln!(text, "\n{} passed, {} failed", sum.passed, sum.failed);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_sum_alone() {
        let ran = |passed, counts| Verdict::Ran { passed, counts, took: Duration::from_secs(75) };
        let text = table(&[
            Line { name: "format", verdict: ran(true, Counts { passed: 1, failed: 0 }) },
            Line { name: "rust", verdict: ran(false, Counts { passed: 301, failed: 2 }) },
            Line { name: "e2e", verdict: Verdict::NotRun },
        ]);
        assert_eq!(
            text,
            "\n\
             step         result   passed  failed     time\n\
             format       ok            1       0     75 s\n\
             rust         FAILED      301       2     75 s\n\
             e2e          not run\n\
             \n\
             302 passed, 2 failed\n"
        );
    }
}
