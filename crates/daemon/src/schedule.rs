//! Which windows a config's time is cut into, and when each is due. Pure: time comes in as arguments.
//!
//! Windows partition `[valid_from, valid_through)`: each begins where the one before ended and ends at the next
//! boundary of the period that holds when it is made, counted from 00:00 UTC. So an edit of the period or of the
//! dates can't skip a key or release it twice.

use tekport_api::UtcTime;
use tekport_api::export_config::{ExportConfigSpec, Period};

/// The most windows made for one config in one go: over a day of the shortest period.
pub const MAX_WINDOWS_AT_ONCE: usize = 300;
const PREVIEW_SECONDS: i64 = 86_400;

/// A stretch of time that becomes one batch: `[start, end)`, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    start: UtcTime,
    end: UtcTime,
}

impl Window {
    /// Returns the window `[start, end)`, or `None` where it would be empty.
    #[must_use]
    pub fn new(start: UtcTime, end: UtcTime) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// Inclusive.
    #[must_use]
    pub fn start(self) -> UtcTime {
        self.start
    }

    /// Exclusive.
    #[must_use]
    pub fn end(self) -> UtcTime {
        self.end
    }

    /// Returns when the window is due to be exported: `min_window_age` seconds after its end.
    #[must_use]
    pub fn due_at(self, min_window_age: u32) -> UtcTime {
        UtcTime::saturating(self.end.unix_seconds().saturating_add(i64::from(min_window_age)))
    }
}

/// What of a config decides its windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// From one boundary to the next.
    pub period: Period,
    /// The first instant covered.
    pub valid_from: UtcTime,
    /// The first instant no longer covered; `None`: no end.
    pub valid_through: Option<UtcTime>,
}

impl From<&ExportConfigSpec> for Schedule {
    fn from(spec: &ExportConfigSpec) -> Self {
        Self { period: spec.period, valid_from: spec.valid_from, valid_through: spec.valid_through }
    }
}

impl Schedule {
    /// Returns the closed windows after `through` (the end of the last window made; `None` before the first),
    /// oldest first and at most [`MAX_WINDOWS_AT_ONCE`]. A window is closed once `min_window_age` seconds have
    /// passed since its end.
    #[must_use]
    pub fn closed_windows(&self, through: Option<UtcTime>, now: UtcTime, min_window_age: u32) -> Vec<Window> {
        self.windows_from(through.unwrap_or(self.valid_from))
            .take_while(|window| window.due_at(min_window_age) <= now)
            .take(MAX_WINDOWS_AT_ONCE)
            .collect()
    }

    /// Returns the windows to come: the one under way at `now` and those that begin within 24 hours of it (of
    /// `valid_from` where that lies ahead), oldest first. Windows already made are left out.
    #[must_use]
    pub fn next_windows(&self, through: Option<UtcTime>, now: UtcTime) -> Vec<Window> {
        let first = through.unwrap_or(self.valid_from).max(self.boundary_at_or_before(now));
        let until = first.unix_seconds().saturating_add(PREVIEW_SECONDS);
        self.windows_from(first).take_while(|window| window.start.unix_seconds() < until).collect()
    }

    /// Returns the window that will hold `time`, of those after `through`; `None` where the time lies before the first
    /// one or is no longer covered.
    #[must_use]
    pub fn window_holding(&self, through: Option<UtcTime>, time: UtcTime) -> Option<Window> {
        let first = through.unwrap_or(self.valid_from);
        if time < first {
            return None;
        }
        self.window_at(first.max(self.boundary_at_or_before(time))).filter(|window| time < window.end)
    }

    /// Every window from `start` on.
    fn windows_from(self, start: UtcTime) -> impl Iterator<Item = Window> {
        std::iter::successors(self.window_at(start), move |window| self.window_at(window.end))
    }

    fn window_at(&self, start: UtcTime) -> Option<Window> {
        let boundary = UtcTime::from_unix_seconds(
            self.boundary_at_or_before(start).unix_seconds().checked_add(self.period.seconds())?,
        )?;
        let end = self.valid_through.map_or(boundary, |through| through.min(boundary));
        Window::new(start, end)
    }

    fn boundary_at_or_before(&self, time: UtcTime) -> UtcTime {
        let seconds = time.unix_seconds();
        // A period is at least 300 seconds, so the remainder always exists.
        UtcTime::saturating(seconds - seconds.checked_rem(self.period.seconds()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
