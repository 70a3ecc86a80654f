//! What somebody who helps needs to know of this console, as a text that may be shown to anybody.
//!
//! Nothing is in it but the fields listed here, each of a type that can't hold a secret: numbers, names from a list,
//! and [`Word`]s. Texts of errors, addresses, and names of people and hosts have no field.

mod failures;
mod system;
mod word;

pub use failures::{Failure, Failures};
pub use system::System;
pub(crate) use system::shortened;
pub use word::Word;

use crate::KeychainState;
use std::fmt;
use tekport_api::UtcTime;
use tekport_api::enrolment::Environment;

/// Everything that the text says.
#[derive(Debug, Clone)]
pub struct Diagnostics {
    /// When this was put together, by this computer's clock.
    pub at: UtcTime,
    /// The computer around the console.
    pub system: System,
    /// How the keychain is.
    pub keychain: KeychainState,
    /// Where the console's own data lies, the home folder as `~`.
    pub data: String,
    /// The environments of the daemons that this console belongs to.
    pub daemons: Vec<Environment>,
    /// The daemon that is shown.
    pub daemon: DaemonFacts,
    /// What failed last, oldest first.
    pub failures: Vec<Failure>,
}

/// What is known of the daemon that is shown.
#[derive(Debug, Clone)]
pub enum DaemonFacts {
    /// This console shows none.
    None,
    /// It can't be asked.
    Silent {
        /// Which kind of error it was: `offline`, `tls`, …
        code: Word,
    },
    /// It answers.
    Answers(Box<Answered>),
}

/// What a daemon that answers says.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Which environment it is.
    pub environment: Environment,
    /// Its version.
    pub version: Word,
    /// How long it has run, in seconds.
    pub up_seconds: i64,
    /// How far this computer's clock is ahead of its own, in seconds.
    pub clock_ahead_seconds: i64,
    /// This console's certificate lasts so many seconds more.
    pub certificate_seconds: i64,
    /// Its CA certificate lasts so many seconds more.
    pub ca_seconds: i64,
    /// The kinds of what needs a person, each with how often it is there.
    pub attention: Vec<(Word, usize)>,
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Named one by one: whoever adds a field has to think of this text.
        let Self { at, system, keychain, data, daemons, daemon, failures } = self;
        writeln!(f, "Tekport diagnostics of {at}")?;
        writeln!(f, "No key, code, address, or name of a person or host is in this text.\n")?;
        line(f, "console", format_args!("{}, {} build", env!("CARGO_PKG_VERSION"), build()))?;
        write!(f, "{system}")?;
        line(f, "keychain", format_args!("{}", state(*keychain)))?;
        line(f, "data", format_args!("{data}"))?;
        line(f, "daemons", format_args!("{} known: {}", daemons.len(), list(daemons.iter().map(|one| name(*one)))))?;
        match daemon {
            DaemonFacts::None => line(f, "daemon", format_args!("none is shown"))?,
            DaemonFacts::Silent { code } => line(f, "daemon", format_args!("can't be asked: {code}"))?,
            DaemonFacts::Answers(answered) => answered.write(f)?,
        }
        if failures.is_empty() {
            return line(f, "failures", format_args!("none since the start"));
        }
        writeln!(f, "\nfailures since the start, oldest first")?;
        failures.iter().try_for_each(|failure| writeln!(f, "  {failure}"))
    }
}

impl Answered {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { environment, version, up_seconds, clock_ahead_seconds, certificate_seconds, ca_seconds, attention } =
            self;
        line(f, "daemon", format_args!("{}, version {version}, up for {} h", name(*environment), up_seconds / HOUR))?;
        line(f, "clock", format_args!("{clock_ahead_seconds} s ahead of the daemon's"))?;
        let (certificate, ca) = (certificate_seconds / DAY, ca_seconds / DAY);
        line(f, "lasting", format_args!("certificate {certificate} d, CA {ca} d"))?;
        let attention = attention.iter().map(|(kind, count)| format!("{kind} ({count})"));
        line(f, "attention", format_args!("{}", list(attention)))
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, value: fmt::Arguments<'_>) -> fmt::Result {
    writeln!(f, "{name:<11} {value}")
}

fn list<T: Into<String>>(items: impl Iterator<Item = T>) -> String {
    let items: Vec<String> = items.map(Into::into).collect();
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}

fn build() -> &'static str {
    if cfg!(debug_assertions) { "debug" } else { "release" }
}

fn name(environment: Environment) -> &'static str {
    match environment {
        Environment::Production => "production",
        Environment::Staging => "staging",
        Environment::Test => "test",
    }
}

fn state(keychain: KeychainState) -> &'static str {
    match keychain {
        KeychainState::Ready => "ready",
        KeychainState::Locked => "locked",
        KeychainState::NoService => "nothing of the kind runs",
        KeychainState::Denied => "said no",
        KeychainState::Failed => "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::Clock;

    fn diagnostics(daemon: DaemonFacts) -> Diagnostics {
        let failures = Failures::new(Clock::manual(UtcTime::saturating(1_000_000)));
        failures.note("listBatches", "offline");
        failures.note("listBatches", "offline");
        Diagnostics {
            at: UtcTime::saturating(1_000_060),
            system: System::unknown(),
            keychain: KeychainState::Locked,
            data: "~/.local/share/org.tekport.console".to_owned(),
            daemons: vec![Environment::Production, Environment::Test],
            daemon,
            failures: failures.list(),
        }
    }

    #[test]
    fn a_daemon_that_answers_is_told_in_figures_and_kinds() {
        let text = diagnostics(DaemonFacts::Answers(Box::new(Answered {
            environment: Environment::Production,
            version: Word::of("0.1.0"),
            up_seconds: 61 * HOUR,
            clock_ahead_seconds: -3,
            certificate_seconds: 71 * DAY,
            ca_seconds: 3_400 * DAY,
            attention: vec![(Word::of("batch-failed"), 2)],
        })))
        .to_string();
        for line in [
            "keychain    locked\n",
            "data        ~/.local/share/org.tekport.console\n",
            "daemons     2 known: production, test\n",
            "daemon      production, version 0.1.0, up for 61 h\n",
            "clock       -3 s ahead of the daemon's\n",
            "lasting     certificate 71 d, CA 3400 d\n",
            "attention   batch-failed (2)\n",
            "  1970-01-12T13:46:40Z listBatches: offline, 2 times since 1970-01-12T13:46:40Z\n",
        ] {
            assert!(text.contains(line), "{line} is missing from:\n{text}");
        }
    }

    #[test]
    fn a_daemon_that_is_silent_or_not_there_is_told_too() {
        let silent = diagnostics(DaemonFacts::Silent { code: Word::of("offline") }).to_string();
        assert!(silent.contains("daemon      can't be asked: offline\n"), "{silent}");
        assert!(diagnostics(DaemonFacts::None).to_string().contains("daemon      none is shown\n"));
    }
}
