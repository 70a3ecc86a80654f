//! Why a tick stops, and why a batch fails: the text of the latter is what the console shows.

use super::checkpoint::Interrupted;
use crate::signer::SignError;
use crate::storage::StorageError;
use crate::store::StoreError;
use tekport_export_file::{HeaderError, MakeError, OpenError};

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
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The store failed.
    #[error("the database failed: {0}; see the daemon's log, and check the disk with tekportd doctor")]
    Store(#[from] StoreError),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Nothing could be signed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The file's header can't be made.
    #[error("the file's header can't be made: {0}; check the config's signing keys")]
    Header(#[from] HeaderError),
    /// The file can't be made.
    #[error("the file can't be made: {0}; a smaller max_records_per_file in the config helps where it is too large")]
    Make(#[from] MakeError),
    /// What was read back isn't what was put.
    #[error(
        "{0} was put in storage, and something else was read back; check that nothing else writes there, then retry"
    )]
    ReadBack(String),
    /// A file of ours that phones would not open.
    #[error("{path} was made and phones would refuse it: {source}; nothing was published, please report this")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: OpenError,
    },
    /// A file of ours breaks a rule of devices.
    #[error("{path} was made and breaks the device rule {rule}: {detail}; nothing was published, please report this")]
    Rule {
        /// The file.
        path: String,
        /// The rule.
        rule: &'static str,
        /// The figures.
        detail: String,
    },
    /// A signature of ours doesn't verify with the registered public key.
    #[error("{path}: the signature of {signer} doesn't verify with the registered public key; hand the key over again")]
    Signature {
        /// The file.
        path: String,
        /// Whose signature.
        signer: String,
    },
    /// The sums of the reconciliation don't agree.
    #[error(
        "the sums don't agree: {found} keys were found in the window and {accounted} are accounted for; nothing was published, please report this"
    )]
    Sums {
        /// Received, and from earlier.
        found: u64,
        /// Exported, embargoed and left out.
        accounted: u64,
    },
    /// The keys that sign have changed since the files were signed.
    #[error("the config's signing keys changed while the files were made; they are made anew with those of now")]
    KeysChanged,
    /// Another daemon took the batch over, since this one was too slow.
    #[error("the lease ran out and another daemon took the batch over")]
    LeaseLost,
    /// A checkpoint stopped it; never recorded.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// Work on another thread was cancelled while the daemon stops.
    #[error("the daemon stopped while it made the file; the batch is tried again")]
    Cancelled,
}

impl BatchError {
    /// Whether storage was the trouble.
    pub(super) fn is_of_storage(&self) -> bool {
        matches!(self, Self::Storage(_) | Self::ReadBack(_))
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
