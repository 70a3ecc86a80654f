//! Lengths of time as people write them: `2h`, `90s`, `1h 30m`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// A length of time in whole seconds, written with units: `2h`, `90s`, `1h 30m`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span(u32);

impl Span {
    /// What is allowed where a length of time is asked for.
    pub const ALLOWED: &'static str = "whole seconds with a unit: 90s, 15m, 2h, 1h 30m";

    /// That many seconds.
    #[must_use]
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds)
    }

    /// The length in seconds.
    #[must_use]
    pub const fn seconds(self) -> u32 {
        self.0
    }

    /// The length for timers.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64)
    }
}

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl std::str::FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refused = || format!("{text:?} is not a length of time; allowed: {}", Self::ALLOWED);
        let span: jiff::SignedDuration = text.parse().map_err(|_| refused())?;
        if span.subsec_nanos() != 0 {
            return Err(refused());
        }
        u32::try_from(span.as_secs()).map(Self).map_err(|_| refused())
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", jiff::SignedDuration::from_secs(i64::from(self.0)))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": format!("A length of time: {}", Self::ALLOWED) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_with_units_and_written_back() {
        for (text, seconds, written) in
            [("2h", 7_200, "2h"), ("90s", 90, "1m 30s"), ("1h 30m", 5_400, "1h 30m"), ("0s", 0, "0s")]
        {
            let span: Span = text.parse().unwrap();
            assert_eq!((span.seconds(), span.to_string().as_str()), (seconds, written), "{text}");
            assert_eq!(span.to_string().parse(), Ok(span));
        }
    }

    #[test]
    fn anything_else_is_refused_with_what_is_allowed() {
        for text in ["", "2", "2 fortnights", "-2h", "1.5s", "500ms", "2h2"] {
            let error = text.parse::<Span>().unwrap_err();
            assert!(error.contains(Span::ALLOWED), "{text}: {error}");
        }
    }
}
