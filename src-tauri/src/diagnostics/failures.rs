//! What failed since the console was started, by the names of commands and errors only.

use super::Word;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use tekport_api::{Clock, UtcTime};

/// So many kinds are kept; the one that was quiet longest goes first.
const MOST: usize = 20;

/// A command that failed in one way, once or often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    command: Word,
    code: Word,
    first: UtcTime,
    last: UtcTime,
    times: u32,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { command, code, first, last, times } = self;
        write!(f, "{last} {command}: {code}")?;
        if *times > 1 { write!(f, ", {times} times since {first}") } else { Ok(()) }
    }
}

/// The last ones, each kind once.
#[derive(Debug)]
pub struct Failures {
    clock: Clock,
    kept: Mutex<VecDeque<Failure>>,
}

impl Failures {
    /// Begins with none.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, kept: Mutex::default() }
    }

    /// Notes that a command failed. What failed in the same way before is counted, and logged the first time only: a
    /// page that reads anew every few seconds must not fill the log.
    pub fn note(&self, command: &str, code: &str) {
        let (command, code, now) = (Word::of(command), Word::of(code), self.clock.now());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|one| one.command == command && one.code == code);
        let failure = match known.and_then(|at| kept.remove(at)) {
            Some(known) => Failure { last: now, times: known.times.saturating_add(1), ..known },
            None => {
                tracing::warn!(%command, %code, "a command failed");
                Failure { command, code, first: now, last: now, times: 1 }
            }
        };
        kept.push_back(failure);
        if kept.len() > MOST {
            kept.pop_front();
        }
    }

    /// Those that are kept, the one that failed last at the end.
    #[must_use]
    pub fn list(&self) -> Vec<Failure> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(failures: &Failures) -> Vec<String> {
        failures.list().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_same_failure_is_counted_and_moves_to_the_end() {
        let clock = Clock::manual(UtcTime::saturating(0));
        let failures = Failures::new(clock.clone());
        failures.note("status", "offline");
        failures.note("me", "offline");
        clock.advance(60);
        failures.note("status", "offline");
        assert_eq!(
            told(&failures),
            [
                "1970-01-01T00:00:00Z me: offline",
                "1970-01-01T00:01:00Z status: offline, 2 times since 1970-01-01T00:00:00Z"
            ]
        );
    }

    #[test]
    fn only_the_newest_kinds_are_kept() {
        let failures = Failures::new(Clock::manual(UtcTime::saturating(0)));
        for n in 0..50 {
            failures.note("status", &format!("code-{n}"));
        }
        let told = told(&failures);
        assert_eq!((told.len(), told[0].ends_with("code-30")), (MOST, true), "{told:?}");
    }
}
