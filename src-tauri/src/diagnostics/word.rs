//! Names that may be shown to anybody.

use std::fmt;

/// The longest name that is one of ours; a code, a key or a token is longer.
const MOST: usize = 32;

/// A short name such as a version, an error's code or a command: up to 32 ASCII letters, digits, `.` and `-`. Whatever
/// else comes in, from a daemon for instance, is left out, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(String);

impl Word {
    /// Takes a name; what isn't one becomes `(left out)`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if !text.is_empty() && text.len() <= MOST && text.chars().all(fits) {
            Self(text.to_owned())
        } else {
            Self("(left out)".to_owned())
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_and_everything_else_goes_whole() {
        for name in ["0.1.0-rc.2", "batch-awaiting-signature", "listBatches"] {
            assert_eq!(Word::of(name).to_string(), name);
        }
        let long = "a".repeat(33);
        for other in ["", "key server", "export.example.org:8443", "a/b", "Zoë", "x\ny", long.as_str()] {
            assert_eq!(Word::of(other).to_string(), "(left out)", "{other:?}");
        }
    }
}
