//! Instants as the API writes them: UTC, RFC 3339, whole seconds.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An instant in UTC with a resolution of one second, written as RFC 3339 (`2026-11-23T20:00:00Z`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime, example = "2026-11-23T20:00:00Z"))]
#[serde(try_from = "jiff::Timestamp", into = "jiff::Timestamp")]
pub struct UtcTime(i64);

#[cfg(feature = "bindings")]
impl specta::Type for UtcTime {
    fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
        // As serde writes it.
        String::definition(types)
    }
}

impl UtcTime {
    /// The last instant the API can write: 9999-12-30T22:00:00Z.
    const MAX_SECONDS: i64 = 253_402_207_200;

    /// Returns the instant `seconds` after 1970-01-01T00:00:00Z, or `None` outside the years 1970 to 9999.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        (0..=Self::MAX_SECONDS).contains(&seconds).then_some(Self(seconds))
    }

    /// Returns the instant `seconds` after the epoch, moved to the nearest instant that the API can write.
    #[must_use]
    pub fn saturating(seconds: i64) -> Self {
        Self(seconds.clamp(0, Self::MAX_SECONDS))
    }

    /// Returns the whole seconds since 1970-01-01T00:00:00Z; never negative.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0
    }
}

/// Why a time can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the time lies outside the years 1970 to 9999")]
pub struct OutOfRange;

impl TryFrom<jiff::Timestamp> for UtcTime {
    type Error = OutOfRange;

    fn try_from(timestamp: jiff::Timestamp) -> Result<Self, OutOfRange> {
        Self::from_unix_seconds(timestamp.as_second()).ok_or(OutOfRange)
    }
}

impl From<UtcTime> for jiff::Timestamp {
    fn from(time: UtcTime) -> Self {
        // Every value in range fits: `UtcTime` is narrower than `jiff::Timestamp`.
        jiff::Timestamp::from_second(time.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl std::str::FromStr for UtcTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let timestamp: jiff::Timestamp =
            text.parse().map_err(|_| "write it as RFC 3339, for instance 2026-11-23T20:00:00Z".to_owned())?;
        Self::try_from(timestamp).map_err(|error| error.to_string())
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&jiff::Timestamp::from(*self), f)
    }
}

impl fmt::Debug for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
