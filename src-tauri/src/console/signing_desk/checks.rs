//! How a check is written down.

use crate::ReviewCheck;

/// What a check found: the figures of a pass, or of a failure.
pub(super) type Found = Result<String, String>;

/// A check without which nobody may sign.
pub(super) fn blocking(name: &str, found: Found) -> ReviewCheck {
    written(name, true, found)
}

/// A check that a person may overrule, knowing what failed; unattended signing may not.
pub(super) fn for_a_person(name: &str, found: Found) -> ReviewCheck {
    written(name, false, found)
}

fn written(name: &str, blocking: bool, found: Found) -> ReviewCheck {
    let passed = found.is_ok();
    let detail = found.unwrap_or_else(|why| why);
    ReviewCheck { name: name.to_owned(), passed, blocking, detail }
}

/// A pass or a failure with the same figures.
pub(super) fn judged(passed: bool, detail: String) -> Found {
    if passed { Ok(detail) } else { Err(detail) }
}
