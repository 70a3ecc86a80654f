//! The one way time comes into the console, so that tests can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tekport_api::UtcTime;

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

    /// A clock that stands still until it is [set](Self::set), for tests.
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

    /// Sets a manual clock; the system's clock stays as it is.
    pub fn set(&self, time: UtcTime) {
        if let Source::Manual(seconds) = &self.0 {
            seconds.store(time.unix_seconds(), Ordering::SeqCst);
        }
    }
}
