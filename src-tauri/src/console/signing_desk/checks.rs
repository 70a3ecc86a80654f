//! How a check is written down.

use super::finding::DeskFinding;
use crate::ReviewCheck;
use tekport_api::Said;

/// What a check found: the figures of a pass, or of a failure.
pub(super) type Found = Result<DeskFinding, DeskFinding>;

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
    let finding = found.unwrap_or_else(|why| why);
    let (detail, message) = (finding.to_string(), finding.message());
    ReviewCheck { name: name.to_owned(), passed, blocking, detail, message }
}

/// A pass or a failure with the same figures.
pub(super) fn judged(passed: bool, finding: DeskFinding) -> Found {
    if passed { Ok(finding) } else { Err(finding) }
}
