//! Why a file can't be read, and what is wrong with one that can.

use super::ReadSignatureInfo;
use crate::archive::ArchiveError;
use crate::header::{MAX_SIGNATURES, SIGNATURE_ALGORITHM};
use crate::limits::{
    MAX_READ_BIN_BYTES, MAX_READ_FIELD_BYTES, MAX_READ_FILE_BYTES, MAX_READ_KEYS, MAX_READ_SIGNATURES,
};
use crate::{DerError, TekError};
use std::fmt;

/// Why a file was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum OpenError {
    /// The zip is larger than the reader looks at.
    #[error("the file is {0} bytes; the reader takes at most {MAX_READ_FILE_BYTES}")]
    TooLarge(#[cfg_attr(feature = "bindings", specta(type = u32))] usize),
    /// The bare `export.bin` is larger than the reader looks at.
    #[error("export.bin is {0} bytes; the reader takes at most {MAX_READ_BIN_BYTES}")]
    BinTooLarge(#[cfg_attr(feature = "bindings", specta(type = u32))] usize),
    /// The archive can't be read.
    #[error(transparent)]
    #[serde(skip)]
    Archive(#[from] ArchiveError),
    /// `export.bin` doesn't begin as it has to.
    #[error("export.bin doesn't begin with \"EK Export v1\" padded with spaces to 16 bytes")]
    Magic,
    /// `export.bin` ends inside a field.
    #[error("export.bin ends inside the field that begins at byte {at}")]
    Truncated {
        /// Where the field begins in `export.bin`.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        at: u64,
    },
    /// `export.bin` holds something that is not protobuf, or a field of another type than it has to have.
    #[error("export.bin is not a valid protobuf message from byte {at} on")]
    Malformed {
        /// Where the field begins in `export.bin`.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        at: u64,
    },
    /// A known field is far longer than it can be.
    #[error("field {number} at byte {at} of export.bin is longer than {MAX_READ_FIELD_BYTES} bytes")]
    FieldTooLong {
        /// The protobuf field number.
        number: u32,
        /// Where the field begins in `export.bin`.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        at: u64,
    },
    /// More keys than the reader takes.
    #[error("export.bin holds more than {MAX_READ_KEYS} keys, twice what devices take")]
    TooManyKeys,
    /// More signature infos or signatures than the reader takes.
    #[error(
        "{0} holds more than {MAX_READ_SIGNATURES} signatures or signature infos; allowed are 1 to {MAX_SIGNATURES}"
    )]
    TooManySignatures(&'static str),
    /// `export.sig` is not a list of signatures.
    #[error("export.sig is cut short or is not a list of signatures in protobuf")]
    SignatureList,
    /// The file can be read and no phone would take it.
    #[error(transparent)]
    #[serde(skip)]
    Flawed(#[from] Flaw),
}

/// What is wrong with a file that can be read, so that no phone takes it (EXPORT-FORMAT, "What devices do with it").
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum Flaw {
    /// Nobody signed.
    #[error("the file has no signature: export.sig is empty; it needs 1 to {MAX_SIGNATURES}")]
    NoSignature,
    /// `export.sig` has another count of signatures than `export.bin` has signature infos.
    #[error(
        "signers named in export.bin: {infos}, signatures in export.sig: {signatures}; both counts have to be the same"
    )]
    SignatureCount {
        /// Signature infos in `export.bin`.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        infos: usize,
        /// Signatures in `export.sig`.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        signatures: usize,
    },
    /// An algorithm other than ECDSA with SHA-256.
    #[error("signature {number} in {entry} has the algorithm {found:?}; devices take {SIGNATURE_ALGORITHM:?} alone")]
    Algorithm {
        /// `export.bin` or `export.sig`.
        entry: &'static str,
        /// Which one, from 1.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        number: usize,
        /// The algorithm it has, cut to 64 characters.
        found: String,
    },
    /// A signature that is not DER.
    #[error("signature {number} in export.sig is not in the form that devices take: {problem}")]
    SignatureForm {
        /// Which one, from 1.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        number: usize,
        /// What is wrong with it.
        #[cfg_attr(feature = "bindings", specta(type = String))]
        problem: DerError,
    },
    /// A key out of range.
    #[error(transparent)]
    Key(#[from] RefusedKey),
}

impl Flaw {
    /// What is wrong with the algorithm of the signer at `number` of an entry, if anything is.
    pub(super) fn of_algorithm(entry: &'static str, number: usize, info: &ReadSignatureInfo) -> Option<Self> {
        let found = || info.algorithm.chars().take(64).collect();
        (info.algorithm != SIGNATURE_ALGORITHM).then(|| Self::Algorithm { entry, number, found: found() })
    }
}

/// One of a file's two lists of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum KeyList {
    /// First releases.
    Keys,
    /// Changed or revoked keys.
    RevisedKeys,
}

impl fmt::Display for KeyList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keys => "key",
            Self::RevisedKeys => "revised key",
        })
    }
}

/// A key of a file with a field out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[error("{list} {number} is out of range: {problem}")]
pub struct RefusedKey {
    /// The list it stands in.
    pub list: KeyList,
    /// Its number in that list, from 1.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub number: usize,
    /// What is wrong with it.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub problem: TekError,
}
