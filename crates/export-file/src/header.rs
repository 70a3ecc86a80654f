//! What stands in a file beside its keys: the window, the region and who signs.

use crate::{KeyId, KeyVersion, Region};
use std::fmt;

/// The only algorithm that devices take: ECDSA with SHA-256.
pub const SIGNATURE_ALGORITHM: &str = "1.2.840.10045.4.3.2";

/// The most signatures that a file carries.
pub const MAX_SIGNATURES: usize = 10;

/// Why two times are not a window, or why a header can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// The window starts before 1970.
    #[error("the window starts at {0} seconds, before 1970; allowed: 0 or later")]
    BeforeEpoch(i64),
    /// The window doesn't end after its start.
    #[error("the window ends at {end} seconds, not after its start at {start}")]
    Empty {
        /// Window start in UTC seconds.
        start: i64,
        /// Window end in UTC seconds.
        end: i64,
    },
    /// The end moved by the file number is past every time.
    #[error("the window's end and the file number {0} add up to more than a timestamp holds")]
    EndOverflow(u32),
    /// Nobody signs.
    #[error("no signing key is given; a file needs 1 to {MAX_SIGNATURES}")]
    NoSignatureInfo,
    /// Too many sign.
    #[error("{0} signing keys are given; a file takes at most {MAX_SIGNATURES}")]
    TooManySignatureInfos(usize),
    /// The same name twice.
    #[error("the signing key {0} is given twice")]
    DuplicateSignatureInfo(SignatureInfo),
}

/// The time that a batch covers: [start, end) in UTC seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    start: i64,
    end: i64,
}

impl Window {
    /// Makes a window of UTC seconds, start inclusive, end exclusive.
    ///
    /// # Errors
    /// When it starts before 1970 or doesn't end after its start.
    pub fn new(start: i64, end: i64) -> Result<Self, HeaderError> {
        match (start, end) {
            (..0, _) => Err(HeaderError::BeforeEpoch(start)),
            _ if start >= end => Err(HeaderError::Empty { start, end }),
            _ => Ok(Self { start, end }),
        }
    }

    /// Start in UTC seconds, inclusive.
    #[must_use]
    pub fn start(self) -> i64 {
        self.start
    }

    /// End in UTC seconds, exclusive.
    #[must_use]
    pub fn end(self) -> i64 {
        self.end
    }
}

/// The name of the public key that a signature verifies with. Phones look it up as `<key id>-<version>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignatureInfo {
    /// Verification key id.
    pub key_id: KeyId,
    /// Verification key version.
    pub key_version: KeyVersion,
}

impl fmt::Display for SignatureInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.key_id, self.key_version)
    }
}

/// The header of one export file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHeader {
    start: i64,
    end: i64,
    region: Region,
    signature_infos: Vec<SignatureInfo>,
}

impl FileHeader {
    /// Makes the header of a file of `window`. `end_offset` is 0 for a window's only file and *n* for file *n*
    /// of a split window: Android tells files apart by (start, end, batch number), so the end moves by that
    /// many seconds (EXPORT-FORMAT, "What devices do with it"). `signature_infos` stand newest effective first.
    ///
    /// # Errors
    /// When nobody signs, more than [`MAX_SIGNATURES`] do, or one name comes twice.
    pub fn new(
        window: Window,
        end_offset: u32,
        region: Region,
        signature_infos: Vec<SignatureInfo>,
    ) -> Result<Self, HeaderError> {
        let end = window.end.checked_add(i64::from(end_offset)).ok_or(HeaderError::EndOverflow(end_offset))?;
        match signature_infos.len() {
            0 => return Err(HeaderError::NoSignatureInfo),
            count if count > MAX_SIGNATURES => return Err(HeaderError::TooManySignatureInfos(count)),
            _ => {}
        }
        let earlier = |place: usize| signature_infos.iter().take(place);
        let twice =
            signature_infos.iter().enumerate().find(|(place, info)| earlier(*place).any(|other| other == *info));
        match twice {
            Some((_, info)) => Err(HeaderError::DuplicateSignatureInfo(info.clone())),
            None => Ok(Self { start: window.start, end, region, signature_infos }),
        }
    }

    /// `start_timestamp`: the window's start, UTC seconds.
    #[must_use]
    pub fn start(&self) -> i64 {
        self.start
    }

    /// `end_timestamp`: the window's end plus the offset, UTC seconds.
    #[must_use]
    pub fn end(&self) -> i64 {
        self.end
    }

    /// The output region.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Who signs, newest effective first; 1 to [`MAX_SIGNATURES`].
    #[must_use]
    pub fn signature_infos(&self) -> &[SignatureInfo] {
        &self.signature_infos
    }
}
