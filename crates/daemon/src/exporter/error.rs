//! Why a tick stops, and why a batch fails: the text of the latter is what the console shows.

use super::checkpoint::Interrupted;
use crate::signer::SignError;
use crate::storage::StorageError;
use crate::store::StoreError;
use std::fmt;
use tekport_api::message::BatchFault;
use tekport_api::{Message, Said};
use tekport_export_file::{HeaderError, MakeError, OpenError, RuleFinding};

/// Why a tick stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum ExporterError {
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
    /// A checkpoint stopped it.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

impl From<sqlx::Error> for ExporterError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Why a batch failed. It is tried again by itself; each text says what a person can do.
#[derive(Debug)]
pub enum BatchError {
    /// The store failed.
    Store(StoreError),
    /// Storage failed.
    Storage(StorageError),
    /// Nothing could be signed.
    Sign(SignError),
    /// The file's header can't be made.
    Header(HeaderError),
    /// The file can't be made.
    Make(MakeError),
    /// What was read back isn't what was put.
    ReadBack(String),
    /// A file of ours that phones would not open.
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: OpenError,
    },
    /// A file of ours breaks a rule of devices.
    Rule {
        /// The file.
        path: String,
        /// The rule.
        rule: &'static str,
        /// The figures.
        finding: RuleFinding,
    },
    /// A signature of ours doesn't verify with the registered public key.
    Signature {
        /// The file.
        path: String,
        /// Whose signature.
        signer: String,
    },
    /// The sums of the reconciliation don't agree.
    Sums {
        /// Received, and from earlier.
        found: u64,
        /// Exported, embargoed and left out.
        accounted: u64,
    },
    /// The keys that sign have changed since the files were signed.
    KeysChanged,
    /// Another daemon took the batch over, since this one was too slow.
    LeaseLost,
    /// A checkpoint stopped it; never recorded.
    Interrupted(Interrupted),
    /// Work on another thread was cancelled while the daemon stops.
    Cancelled,
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Storage(error) => error.fmt(f),
            Self::Sign(error) => error.fmt(f),
            Self::Interrupted(interrupted) => interrupted.fmt(f),
            _ => self.fault().fmt(f),
        }
    }
}

impl std::error::Error for BatchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(source) => Some(source),
            Self::Storage(error) => error.source(),
            Self::Sign(error) => error.source(),
            Self::Header(source) => Some(source),
            Self::Make(source) => Some(source),
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Those that a question mark turns into a failed batch.
macro_rules! from {
    ($($variant:ident: $error:ty),*) => {
        $(impl From<$error> for BatchError {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

from!(Store: StoreError, Storage: StorageError, Sign: SignError, Header: HeaderError, Make: MakeError, Interrupted: Interrupted);

impl BatchError {
    /// Whether storage was the trouble.
    pub(super) fn is_of_storage(&self) -> bool {
        matches!(self, Self::Storage(_) | Self::ReadBack(_))
    }

    /// What people are told of it, with its code.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Storage(error) => error.fault().message(),
            Self::Sign(error) => error.fault().message(),
            _ => self.fault().message(),
        }
    }

    fn fault(&self) -> BatchFault {
        use BatchFault as Fault;
        match self {
            Self::Store(error) => Fault::Database { cause: error.to_string() },
            Self::Header(error) => Fault::Header { cause: error.to_string() },
            Self::Make(error) => Fault::Make { cause: error.to_string() },
            Self::ReadBack(path) => Fault::ReadBack { path: path.clone() },
            Self::Unreadable { path, source } => Fault::Unreadable { path: path.clone(), problem: source.into() },
            Self::Rule { path, rule, finding } => {
                Fault::Rule { path: path.clone(), rule: (*rule).to_owned(), finding: finding.into() }
            }
            Self::Signature { path, signer } => Fault::Signature { path: path.clone(), signer: signer.clone() },
            Self::Sums { found, accounted } => {
                Fault::Sums { found: found.to_string(), accounted: accounted.to_string() }
            }
            Self::KeysChanged => Fault::KeysChanged,
            Self::LeaseLost => Fault::LeaseLost,
            // What is told otherwise, or never recorded: the daemon stopped.
            Self::Storage(_) | Self::Sign(_) | Self::Interrupted(_) | Self::Cancelled => Fault::Stopped,
        }
    }

    /// Whether the token was the trouble: it is asked again soon, since it may be back at any time and asking it costs
    /// nothing. A PIN that it refused isn't tried again by asking.
    pub(super) fn is_of_token(&self) -> bool {
        matches!(self, Self::Sign(SignError::Token { .. }))
    }
}

impl From<sqlx::Error> for BatchError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
