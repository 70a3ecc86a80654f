//! The places between any two steps, where tests stop the exporter as a kill would.

use std::fmt;

/// A step that was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A config's due batches were made.
    BatchesMade,
    /// A batch's padding was settled.
    PaddingSettled,
    /// A batch was leased.
    Leased,
    /// Its keys were collected.
    Collected,
    /// Its files were made, and lack signatures.
    FilesMade,
    /// Its files were kept until consoles have signed them, or it waits for its turn without any.
    PutOff,
    /// Files that it kept were taken up again.
    FilesTakenUp,
    /// Its files were signed by everybody who has to.
    Signed,
    /// Its files were recorded.
    FilesRecorded,
    /// One of its files was put in storage.
    FileStored,
    /// Its files were read back and verified.
    FilesVerified,
    /// It was completed.
    Completed,
    /// A config's index was written.
    IndexWritten,
    /// Files were marked as withdrawn.
    FilesWithdrawn,
    /// Signing keys whose end had come were retired.
    KeysRetired,
    /// A file was deleted from storage.
    FileDeleted,
}

impl Step {
    /// All of them, in the order of a tick.
    pub const ALL: [Self; 16] = [
        Self::BatchesMade,
        Self::PaddingSettled,
        Self::FilesWithdrawn,
        Self::KeysRetired,
        Self::Leased,
        Self::Collected,
        Self::FilesMade,
        Self::PutOff,
        Self::FilesTakenUp,
        Self::Signed,
        Self::FilesRecorded,
        Self::FileStored,
        Self::FilesVerified,
        Self::Completed,
        Self::IndexWritten,
        Self::FileDeleted,
    ];
}

/// Is asked after each step whether to go on.
pub trait Checkpoint: fmt::Debug + Send + Sync {
    /// Returns an error to stop here, as if the daemon had been killed: nothing more is written, no failure is
    /// recorded.
    ///
    /// # Errors
    /// To stop.
    fn reached(&self, step: Step) -> Result<(), Interrupted>;
}

/// Stopped by a [`Checkpoint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped after the step {0:?}")]
pub struct Interrupted(pub Step);

/// Never stops.
#[derive(Debug, Clone, Copy)]
pub struct Unbroken;

impl Checkpoint for Unbroken {
    fn reached(&self, _: Step) -> Result<(), Interrupted> {
        Ok(())
    }
}
