//! The one way time comes into the daemon and the console, so that tests can move it.

use crate::UtcTime;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time. Cloning shares the same source.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is [advanced](Self::advance) or [set](Self::set), for tests.
    #[must_use]
    pub fn manual(start: UtcTime) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.unix_seconds()))))
    }

    /// Now, in whole seconds.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask the system")]
    pub fn now(&self) -> UtcTime {
        match &self.0 {
            Source::System => UtcTime::saturating(jiff::Timestamp::now().as_second()),
            Source::Manual(seconds) => UtcTime::saturating(seconds.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock on; the system's clock stays as it is.
    pub fn advance(&self, seconds: i64) {
        if let Source::Manual(now) = &self.0 {
            now.fetch_add(seconds, Ordering::SeqCst);
        }
    }

    /// Sets a manual clock; the system's clock stays as it is.
    pub fn set(&self, time: UtcTime) {
        if let Source::Manual(now) = &self.0 {
            now.store(time.unix_seconds(), Ordering::SeqCst);
        }
    }
}
