//! Finding a key: whether it was received, when it may be released, and in which file it is or which rule keeps
//! it out.
//!
//! A generated key (padding) gets the answer that a real one would get: everything here is also true of real keys,
//! and when a key came in is told only while it waits, which a generated key never does. So nobody learns by
//! asking which keys of a file were generated.

use crate::batch::BatchState;
use crate::message::{Allowed, Fault};
use crate::{FieldProblem, UtcTime};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};
use std::fmt;
use tekport_export_file::Region;
use zeroize::Zeroizing;

/// Keys are written by many programs: with padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// `POST /admin/v1/tek-lookup`: a key, or a time and a region. A body and not an address, so that no log of
/// addresses ever holds a key.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TekLookupRequest {
    /// The key: 16 bytes as base64 or as 32 hexadecimal digits. Absent where a time and a region are asked about.
    pub key: Option<String>,
    /// When keys were received; with `region`.
    pub received_at: Option<UtcTime>,
    /// A region that they were tagged with, alone or among others; with `received_at`.
    pub region: Option<String>,
}

impl fmt::Debug for TekLookupRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TekLookupRequest")
            .field("key", &self.key.as_ref().map(|_| "<redacted>"))
            .field("received_at", &self.received_at)
            .field("region", &self.region)
            .finish()
    }
}

/// A validated [`TekLookupRequest`].
pub enum TekQuestion {
    /// Where this key is.
    Key(Zeroizing<[u8; 16]>),
    /// How many keys of that region came in then, and where they went.
    Receipt {
        /// When.
        at: UtcTime,
        /// Tagged with this region, alone or among others.
        region: Region,
    },
}

impl TekLookupRequest {
    /// Checks that one thing is asked, and reads it.
    ///
    /// # Errors
    /// Every refused field with its reason. No reason repeats the key.
    pub fn validate(&self) -> Result<TekQuestion, Vec<FieldProblem>> {
        match (&self.key, self.received_at, &self.region) {
            (Some(key), None, None) => read_key(key).map(TekQuestion::Key),
            (None, Some(at), Some(region)) => match Region::parse(region) {
                Ok(region) => Ok(TekQuestion::Receipt { at, region }),
                Err(error) => Err(vec![FieldProblem::new("region", error, Allowed::Region)]),
            },
            (None, None, Some(_)) => Err(missing("received_at", Fault::RegionAlone)),
            (None, Some(_), None) => Err(missing("region", Fault::TimeAlone)),
            (None, None, None) => Err(missing("key", Fault::NothingAsked)),
            (Some(_), _, _) => Err(missing("key", Fault::KeyAndMore)),
        }
    }
}

fn missing(field: &str, reason: Fault) -> Vec<FieldProblem> {
    vec![FieldProblem::new(field, reason, Allowed::KeyOrReceipt)]
}

fn read_key(text: &str) -> Result<Zeroizing<[u8; 16]>, Vec<FieldProblem>> {
    let refused = |reason: Fault| Err(vec![FieldProblem::new("key", reason, Allowed::Tek)]);
    let text = Zeroizing::new(text.trim().replace('-', "+").replace('_', "/"));
    let bytes = if text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        hex::decode(text.as_str()).ok()
    } else {
        BASE64.decode(text.as_str()).ok()
    };
    let Some(bytes) = bytes.map(Zeroizing::new) else { return refused(Fault::NoEncoding) };
    match <[u8; 16]>::try_from(bytes.as_slice()) {
        Ok(key) => Ok(Zeroizing::new(key)),
        Err(_) => refused(Fault::NoTek),
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TekLookup {
    /// When this was so.
    pub answered_at: UtcTime,
    /// Keys are deleted so many days after their release: an older one can't be told from one that never came.
    pub kept_days: u16,
    /// What came in around the time asked about; absent where a key was asked about.
    pub receipts: Option<LookupReceipts>,
    /// The states of the key, oldest first: the first report, then each revision. Empty where the daemon doesn't
    /// have the key. About a time and a region there is one for each [group](TekState::group) of keys, without what
    /// only a key has: at least one of keys that were no longer valid when they came, and one of those that still were.
    pub states: Vec<TekState>,
}

/// How many keys came in around a time, with a region among theirs. Generated keys never came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupReceipts {
    /// Counted from then on, inclusive: ten minutes that hold the time asked about.
    pub from: UtcTime,
    /// Up to then, exclusive.
    pub until: UtcTime,
    /// How many came in and are still kept, changes of keys counted like first reports.
    pub keys: u32,
}

/// Keys that came in around a time and go the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptGroup {
    /// How many came in; 0 where the answer is what would have become of one.
    pub keys: u32,
    /// Whether phones still sent them out when they came in, so that they had to wait for their release.
    pub still_valid: bool,
    /// Whether their owners traveled.
    pub traveler: bool,
}

/// One state of a key: the first report, or what a revision made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TekState {
    /// 0 for the first report, 1 for the first revision, and so on.
    pub revision: u32,
    /// Which keys of a time are meant; absent where a key was asked about.
    pub group: Option<ReceiptGroup>,
    /// Phones sent the key out from then; absent where no key was asked about.
    pub valid_from: Option<UtcTime>,
    /// And before then.
    pub valid_until: Option<UtcTime>,
    /// It may not be released before: two hours after its validity (EXPORT-FORMAT, devices). Of a group that was still
    /// valid the time from which all of it may be; absent of one that wasn't, which may be released at once.
    pub releasable_at: Option<UtcTime>,
    /// When it came in; told only while it waits for its release.
    pub received_at: Option<UtcTime>,
    /// It waits until then; absent once that has passed.
    pub waits_until: Option<UtcTime>,
    /// The regions it is tagged with.
    pub regions: Vec<String>,
    /// What every export config makes of it, by output region.
    pub configs: Vec<LookupInConfig>,
}

/// What one export config makes of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupInConfig {
    /// The config.
    pub config_id: String,
    /// Its output region.
    pub output_region: String,
    /// Where the key is, or what keeps it out.
    pub outcome: LookupOutcome,
    /// The window that it belongs to; absent where it belongs to none.
    pub window: Option<LookupWindow>,
    /// Windows before this one that carried it over, because they were too small.
    pub held_windows: u32,
    /// The batch of that window; absent before it is made.
    pub batch_id: Option<String>,
    /// Where the batch stands.
    pub batch_state: Option<BatchState>,
    /// The files that hold it. Those that were deleted from storage can't be looked through: where it isn't in the
    /// others, all of them are named. About a time and a region: the files of the batch.
    pub files: Vec<LookupFile>,
}

/// A window that a key belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupWindow {
    /// Inclusive.
    pub start: UtcTime,
    /// Exclusive.
    pub end: UtcTime,
    /// When it is due to be exported.
    pub due_at: UtcTime,
}

/// A file that holds a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupFile {
    /// The file.
    pub file_id: String,
    /// Its path, as the index names it.
    pub path: String,
    /// Whether the key stands among the revised keys.
    pub revised: bool,
    /// When the index first named it; absent before.
    pub published_at: Option<UtcTime>,
    /// When it left the index; absent while it is there.
    pub withdrawn_at: Option<UtcTime>,
}

/// Where a key is, or what keeps it out. In the order in which the daemon looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LookupOutcome {
    /// The config takes none of the key's regions.
    RegionNotTaken,
    /// The key carries a region that the config excludes.
    RegionExcluded,
    /// The config takes no travelers' keys.
    Traveler,
    /// Its release lies before the config's start.
    BeforeStart,
    /// Its release lies after the config's end.
    Ended,
    /// The key may still be valid: it waits.
    Embargoed,
    /// Its window is not closed yet, or was closed just now.
    WindowOpen,
    /// Its window is due, and the config is paused.
    Paused,
    /// Its batch isn't complete.
    Waiting,
    /// Its window was too small; the next one carries it, when it comes.
    HeldOver,
    /// A later state of the key goes out instead.
    Superseded,
    /// It was revoked before it was ever released.
    RevokedBeforeRelease,
    /// It is in files that the index offers.
    Published,
    /// It was in files that have left the index.
    Withdrawn,
    /// It should be in the batch's files and isn't: the daemon's log and its storage need a look.
    Missing,
    /// The batch has no file, since no key came in that it would export. Only of a time and a region.
    NoFile,
}

impl LookupOutcome {
    /// The outcome as the API and the audit log write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RegionNotTaken => "region-not-taken",
            Self::RegionExcluded => "region-excluded",
            Self::Traveler => "traveler",
            Self::BeforeStart => "before-start",
            Self::Ended => "ended",
            Self::Embargoed => "embargoed",
            Self::WindowOpen => "window-open",
            Self::Paused => "paused",
            Self::Waiting => "waiting",
            Self::HeldOver => "held-over",
            Self::Superseded => "superseded",
            Self::RevokedBeforeRelease => "revoked-before-release",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Missing => "missing",
            Self::NoFile => "no-file",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ask(key: Option<&str>, at: Option<i64>, region: Option<&str>) -> Result<TekQuestion, Vec<FieldProblem>> {
        let request = TekLookupRequest {
            key: key.map(str::to_owned),
            received_at: at.map(UtcTime::saturating),
            region: region.map(str::to_owned),
        };
        request.validate()
    }

    fn key(text: &str) -> Option<[u8; 16]> {
        match ask(Some(text), None, None) {
            Ok(TekQuestion::Key(key)) => Some(*key),
            _ => None,
        }
    }

    #[test]
    fn a_key_is_read_in_every_way_that_programs_write_one() {
        let bytes = [0xfb, 0xff, 0xbe, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        for text in [
            "+/++AwQFBgcICQoLDA0ODw==",
            "+/++AwQFBgcICQoLDA0ODw",
            "-_--AwQFBgcICQoLDA0ODw==",
            " fbffbe030405060708090a0b0c0d0e0f\n",
            "FBFFBE030405060708090A0B0C0D0E0F",
        ] {
            assert_eq!(key(text), Some(bytes), "{text}");
        }
    }

    #[test]
    fn what_is_asked_is_one_thing_and_whole() {
        let refused = |question: Result<TekQuestion, Vec<FieldProblem>>| question.err().unwrap()[0].field.clone();
        assert_eq!(refused(ask(None, None, None)), "key");
        assert_eq!(refused(ask(Some("00"), None, None)), "key");
        assert_eq!(refused(ask(Some("AwQFBgcICQoLDA0ODw=="), Some(1), Some("US"))), "key");
        assert_eq!(refused(ask(None, Some(1), None)), "region");
        assert_eq!(refused(ask(None, None, Some("US"))), "received_at");
        assert_eq!(refused(ask(None, Some(1), Some("U S"))), "region");
        assert!(matches!(ask(None, Some(1), Some("us")), Ok(TekQuestion::Receipt { .. })));
    }

    #[test]
    fn the_key_is_neither_printed_nor_repeated() {
        let request = TekLookupRequest { key: Some("c2VjcmV0".to_owned()), received_at: None, region: None };
        assert!(!format!("{request:?}").contains("c2VjcmV0"));
        let problems = request.validate().err().unwrap();
        assert!(!problems[0].reason.contains("c2VjcmV0"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,64}") {
            let _ = key(&text);
        }

        #[test]
        fn hex_and_base64_of_a_key_read_the_same(bytes: [u8; 16]) {
            prop_assert_eq!(key(&hex::encode(bytes)), Some(bytes));
            prop_assert_eq!(key(&BASE64.encode(bytes)), Some(bytes));
        }
    }
}
