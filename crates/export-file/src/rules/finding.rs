//! What a device rule found in a file: a stable code with its figures, and the sentence in English.

use crate::header::SIGNATURE_ALGORITHM;
use crate::open::{Flaw, RefusedKey};
use crate::{NameError, Region};
use std::fmt;

/// The figures behind how a file stands to a rule. Text from the file is cut short.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum RuleFinding {
    /// The archive has its two entries.
    TwoEntries,
    /// The size of the zip.
    Bytes {
        /// Bytes it has.
        count: u32,
        /// Bytes allowed.
        max: u32,
    },
    /// How many keys there are.
    Keys {
        /// Keys in both lists, refused ones too.
        count: u32,
        /// Keys allowed.
        max: u32,
    },
    /// How many signers are named.
    Signers {
        /// Signers named.
        count: u32,
        /// Signers allowed.
        max: u32,
    },
    /// How many signatures there are.
    Signatures {
        /// Signatures there.
        count: u32,
        /// Signatures allowed.
        max: u32,
    },
    /// As many signatures as signers.
    EqualCounts {
        /// How many of each.
        count: u32,
    },
    /// Every algorithm is the one that devices take.
    OneAlgorithm {
        /// Its OID.
        algorithm: &'static str,
    },
    /// Every signature is DER.
    AllDer,
    /// There is no signature to judge.
    NothingSigned,
    /// The two entries name different keys.
    NamesDiffer {
        /// The first place where they do, from 1.
        place: u32,
    },
    /// The two entries name the same keys in the same order.
    NamesSame,
    /// With one signer at most, key ids may be absent.
    OneSigner,
    /// A signer without a key id.
    NoKeyId {
        /// Which one, from 1.
        place: u32,
        /// Of how many.
        count: u32,
    },
    /// Every signer has a key id.
    EveryKeyId,
    /// `batch_num` and `batch_size` are 1.
    StandsAlone,
    /// They are something else.
    NotAlone {
        /// `batch_num`.
        batch_num: i32,
        /// `batch_size`.
        batch_size: i32,
    },
    /// A signature gives others than `export.bin`.
    SignatureNotAlone {
        /// Which one, from 1.
        place: u32,
    },
    /// Every field of every key is in range.
    InRange,
    /// Keys have a field out of range.
    OutOfRange {
        /// How many.
        count: u32,
        /// The first of them.
        #[cfg_attr(feature = "bindings", specta(type = String))]
        first: RefusedKey,
    },
    /// When the window starts and ends.
    FromTo {
        /// UTC seconds.
        #[cfg_attr(feature = "bindings", specta(type = String))]
        start: u64,
        /// UTC seconds.
        #[cfg_attr(feature = "bindings", specta(type = String))]
        end: u64,
    },
    /// The region.
    RegionCode {
        /// As the file has it.
        region: String,
    },
    /// The region has small letters.
    NotCapitals {
        /// As the file has it.
        region: String,
    },
    /// The region is no region code.
    NoRegionCode {
        /// As the file has it.
        region: String,
        /// Why.
        #[cfg_attr(feature = "bindings", specta(type = String))]
        problem: NameError,
    },
    /// No key stands in the file twice.
    EachOnce,
    /// Keys repeat the key data of others.
    Repeated {
        /// How many.
        count: u32,
        /// Of how many.
        all: u32,
    },
    /// Fewer than two keys have no order.
    TooFewToOrder,
    /// Sorted as Tekport does.
    ByContent,
    /// Sorted as other servers do.
    ByKeyData,
    /// Not sorted by the keys alone.
    Unordered,
    /// The time wasn't given, so the rule can't be judged.
    TimeUnknown,
    /// Every key was releasable.
    AllReleasable,
    /// Keys were released too early.
    TooEarly {
        /// How many.
        count: u32,
    },
    /// Phones match every key.
    AllMatched,
    /// Keys are too old to be matched.
    TooOld {
        /// How many.
        count: u32,
        /// Of how many.
        all: u32,
    },
    /// What makes phones refuse it.
    #[serde(skip)]
    Flaw(Flaw),
}

impl RuleFinding {
    pub(super) fn algorithm() -> Self {
        Self::OneAlgorithm { algorithm: SIGNATURE_ALGORITHM }
    }
}

impl fmt::Display for RuleFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TwoEntries => f.write_str("export.bin and export.sig, nothing else"),
            Self::Bytes { count, max } => write!(f, "{count} of at most {max} bytes"),
            Self::Keys { count, max } => write!(f, "{count} of at most {max} keys"),
            Self::Signers { count, max } => write!(f, "{count} of at most {max} signers"),
            Self::Signatures { count, max } => write!(f, "{count} of at most {max} signatures"),
            Self::EqualCounts { count } => write!(f, "signers and signatures: {count} each"),
            Self::OneAlgorithm { algorithm } => write!(f, "all {algorithm}"),
            Self::AllDer => f.write_str("all ASN.1 DER"),
            Self::NothingSigned => f.write_str("there is no signature"),
            Self::NamesDiffer { place } => {
                write!(f, "export.bin and export.sig name different keys at place {place}")
            }
            Self::NamesSame => f.write_str("export.bin and export.sig name the same keys in the same order"),
            Self::OneSigner => f.write_str("there is one signer at most"),
            Self::NoKeyId { place, count } => write!(f, "signer {place} of {count} has no key id"),
            Self::EveryKeyId => f.write_str("every signer has a key id"),
            Self::StandsAlone => f.write_str("batch_num and batch_size are 1"),
            Self::NotAlone { batch_num, batch_size } => {
                write!(f, "batch_num is {batch_num} and batch_size is {batch_size}; allowed: 1 and 1")
            }
            Self::SignatureNotAlone { place } => {
                write!(f, "signature {place} has another batch_num or batch_size than 1")
            }
            Self::InRange => f.write_str("every field of every key is in range"),
            Self::OutOfRange { count, first } => write!(f, "keys out of range: {count}; the first: {first}"),
            Self::FromTo { start, end } => write!(f, "from {start} to {end} in UTC seconds"),
            Self::RegionCode { region } => f.write_str(region),
            Self::NotCapitals { region } => write!(f, "{region:?} is not in capitals"),
            Self::NoRegionCode { region, problem } => {
                write!(f, "{region:?}: {problem}; allowed: {}", Region::ALLOWED)
            }
            Self::EachOnce => f.write_str("no key stands in the file twice"),
            Self::Repeated { count, all } => write!(f, "keys with the key data of an earlier one: {count} of {all}"),
            Self::TooFewToOrder => f.write_str("there is no order in fewer than two keys"),
            Self::ByContent => f.write_str("sorted by what the keys carry, then by key data"),
            Self::ByKeyData => f.write_str("sorted by key data"),
            Self::Unordered => f.write_str("not sorted, so that arrival or persons may show"),
            Self::TimeUnknown => f.write_str("the time isn't known"),
            Self::AllReleasable => f.write_str("every key ended two hours ago or earlier"),
            Self::TooEarly { count } => write!(f, "keys released before their end plus two hours: {count}"),
            Self::AllMatched => f.write_str("phones still match every key"),
            Self::TooOld { count, all } => write!(f, "keys too old for phones to match: {count} of {all}"),
            Self::Flaw(flaw) => flaw.fmt(f),
        }
    }
}
