//! How long a start takes, as whoever waits for it sees it: from the program's first moment until somebody can work
//! with the first page.

use crate::environment::BEGUN;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, UNIX_EPOCH};

/// A start that took longer than this is a number left behind by another one.
const LONGEST: Duration = Duration::from_secs(600);

/// When the program began, and whether it was said how long the start took.
#[derive(Debug)]
pub(crate) struct Start {
    /// In milliseconds since the epoch.
    begun: u64,
    said: AtomicBool,
}

impl Start {
    /// A start that begins now, or began before the program started itself again (`environment.rs`).
    pub(crate) fn begin() -> Self {
        let now = now();
        let before = std::env::var(BEGUN).ok().and_then(|text| text.parse().ok());
        Self { begun: before.filter(|begun| is_recent(*begun, now)).unwrap_or(now), said: AtomicBool::new(false) }
    }

    /// Says in the log how long it took; once, since pages may be loaded again.
    pub(crate) fn usable(&self) {
        if !self.said.swap(true, Ordering::SeqCst) {
            tracing::info!("usable after {} ms", now().saturating_sub(self.begun));
        }
    }
}

fn is_recent(begun: u64, now: u64) -> bool {
    now.checked_sub(begun).is_some_and(|took| Duration::from_millis(took) < LONGEST)
}

/// Milliseconds since the epoch. It survives the program's starting itself again, which no monotonic clock does.
#[expect(clippy::disallowed_methods, reason = "nothing depends on it but a line in the log; Clock has whole seconds")]
pub(crate) fn now() -> u64 {
    let passed = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_start_left_behind_does_not_count() {
        assert!(is_recent(1_000, 1_000) && is_recent(1_000, 600_999));
        assert!(!is_recent(1_000, 601_000), "too long ago");
        assert!(!is_recent(2_000, 1_000), "the clock was set back");
    }
}
