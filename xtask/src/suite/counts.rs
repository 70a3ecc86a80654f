//! Reads how many tests passed and failed from what the test runners print.

use std::ops::Add;

/// Tests that passed and tests that failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Counts {
    /// One check that passed or failed as a whole.
    pub(crate) fn one(passed: bool) -> Self {
        if passed { Self { passed: 1, failed: 0 } } else { Self { passed: 0, failed: 1 } }
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// Sums Rust's `test result: ok. 3 passed; 0 failed; …` lines, of which there is one a test binary.
pub(crate) fn of_rust(output: &str) -> Option<Counts> {
    sum(output.lines().filter(|line| line.starts_with("test result: ")))
}

/// Reads vitest's `Tests  1 failed | 41 passed (42)`.
pub(crate) fn of_vitest(output: &str) -> Option<Counts> {
    let plain = without_colour(output);
    sum(plain.lines().map(str::trim).filter(|line| line.starts_with("Tests ")))
}

/// Reads the `12 passed, 0 failed` with which our own runners end.
pub(crate) fn of_ours(output: &str) -> Option<Counts> {
    let plain = without_colour(output);
    let closing = |line: &&str| {
        let words: Vec<&str> = line.split(' ').collect();
        matches!(words.as_slice(), [p, "passed,", f, "failed"] if p.parse::<u32>().is_ok() && f.parse::<u32>().is_ok())
    };
    sum(plain.lines().map(str::trim).filter(closing))
}

/// Adds up every `N passed` and `N failed` of the lines; `None` when there is no line.
fn sum<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Counts> {
    lines.map(counts_of_line).reduce(Counts::add)
}

fn counts_of_line(line: &str) -> Counts {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let before = |what: &str| -> u32 {
        let numbers = words.windows(2).filter_map(|pair| match pair {
            [number, word] if *word == what => number.parse::<u32>().ok(),
            _ => None,
        });
        numbers.sum()
    };
    Counts { passed: before("passed"), failed: before("failed") }
}

/// Takes away terminal colours: ESC, `[`, up to a letter.
fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            for skipped in rest.by_ref() {
                if skipped.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_counts_add_up_over_binaries() {
        let output = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
                      test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(of_rust(output), Some(Counts { passed: 7, failed: 1 }));
    }

    #[test]
    fn vitest_counts_are_found_among_colours() {
        let output = " \u{1b}[2mTest Files \u{1b}[22m 3 passed (3)\n\u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m1 failed\
                      \u{1b}[39m | \u{1b}[32m41 passed\u{1b}[39m (42)\n";
        assert_eq!(of_vitest(output), Some(Counts { passed: 41, failed: 1 }));
    }

    #[test]
    fn our_closing_line_stands_alone() {
        assert_eq!(of_ours("2 passed, 1 failed steps\n12 passed, 3 failed\n"), Some(Counts { passed: 12, failed: 3 }));
    }

    #[test]
    fn output_without_counts_has_none() {
        for read in [of_rust, of_vitest, of_ours] {
            assert_eq!(read("error: could not compile\n"), None);
        }
    }
}
