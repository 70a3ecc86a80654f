//! What is said of an export file: by its reader, by the device rules, of its signatures.

use super::{Message, Said};
use crate::UtcTime;
use tekport_export_file::{
    ArchiveError, DerError, Flaw, NameError, OpenError, RefusedKey, RuleFinding, TekError, Verdict,
};

impl Said for RuleFinding {
    const AREA: &'static str = "rule";

    fn message(&self) -> Message {
        let message = Message::in_area(Self::AREA, self);
        let time = |seconds: u64| UtcTime::saturating(i64::try_from(seconds).unwrap_or(i64::MAX));
        match self {
            Self::Flaw(flaw) => flaw.message(),
            Self::OutOfRange { first, .. } => message.with("first", Flaw::Key(*first).message()),
            Self::NoRegionCode { problem, .. } => message.with("problem", problem.message()),
            Self::FromTo { start, end } => message.with("start", time(*start)).with("end", time(*end)),
            _ => message,
        }
    }
}

impl Said for Flaw {
    const AREA: &'static str = "flaw";

    fn message(&self) -> Message {
        let message = Message::in_area(Self::AREA, self);
        match self {
            Self::SignatureForm { problem, .. } => message.with("problem", problem.message()),
            Self::Key(RefusedKey { problem, .. }) => message.with("problem", problem.message()),
            _ => message,
        }
    }
}

impl Said for OpenError {
    const AREA: &'static str = "open";

    fn message(&self) -> Message {
        match self {
            Self::Archive(error) => error.message(),
            Self::Flawed(flaw) => flaw.message(),
            _ => Message::in_area(Self::AREA, self),
        }
    }
}

impl Said for ArchiveError {
    const AREA: &'static str = "archive";
}

impl Said for DerError {
    const AREA: &'static str = "der";
}

impl Said for NameError {
    const AREA: &'static str = "name";
}

impl Said for TekError {
    const AREA: &'static str = "tek";
}

/// What was found of one signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum SignatureFinding {
    /// A given key made it.
    #[error("it verifies")]
    Verifies,
    /// No given key of its name made it over this file.
    #[error("it doesn't verify: another key made it, or the file was changed since")]
    Wrong,
    /// No given key has its name.
    #[error("no public key of that name was given to verify with")]
    UnknownKey,
    /// It is no signature.
    #[error(transparent)]
    #[serde(skip)]
    NotDer(DerError),
}

impl From<Verdict> for SignatureFinding {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::VerifiedBy(_) => Self::Verifies,
            Verdict::Wrong => Self::Wrong,
            Verdict::UnknownKey => Self::UnknownKey,
            Verdict::NotDer(problem) => Self::NotDer(problem),
        }
    }
}

impl Said for SignatureFinding {
    const AREA: &'static str = "signature";

    fn message(&self) -> Message {
        match self {
            Self::NotDer(problem) => problem.message(),
            _ => Message::in_area(Self::AREA, self),
        }
    }
}
