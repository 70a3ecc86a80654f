//! The device rules of EXPORT-FORMAT ("What devices do with it"), each with a name of its own.

use crate::header::{MAX_SIGNATURES, SIGNATURE_ALGORITHM};
use crate::limits::{MAX_FILE_BYTES, MAX_KEYS};
use crate::make::BATCH;
use crate::open::{ExportFile, Flaw};
use crate::{Region, Tek, file_order};

/// A device rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The archive has exactly `export.bin` and `export.sig`.
    Entries,
    /// The zip is at most 16 MB.
    FileSize,
    /// There are at most 750,000 keys.
    KeyCount,
    /// There is a signature, and as many as signature infos.
    SignatureCount,
    /// Each algorithm is the OID of ECDSA with SHA-256.
    SignatureAlgorithm,
    /// Each signature is DER.
    SignatureForm,
    /// `export.sig` names the signers of `export.bin` in the same order.
    SignatureNames,
    /// Each signer has a key id where there is more than one.
    KeyIds,
    /// `batch_num` and `batch_size` are 1.
    BatchNumbers,
    /// Each key's fields are in range.
    KeyRanges,
    /// There are at most 10 signatures.
    SignatureMaximum,
    /// The window starts before it ends.
    Timestamps,
    /// The region is a region code.
    Region,
    /// No key stands in the file twice.
    KeysUnique,
    /// The keys stand in an order that comes from the keys alone.
    KeyOrder,
    /// No key is released before its end plus two hours.
    Embargo,
    /// Some key is young enough to be matched.
    KeyAge,
}

/// What a phone makes of a file that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It refuses the file, or drops keys of it.
    Refused,
    /// It takes the file; the rule is there for privacy or for tidiness.
    Advice,
}

/// How a file stands to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleResult {
    /// It keeps the rule.
    Pass,
    /// It breaks the rule.
    Fail,
    /// The rule says nothing about such a file, or what it needs to know wasn't given.
    NotApplicable,
}

/// One rule and how a file stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: Rule,
    /// How the file stands to it.
    pub result: RuleResult,
    /// The figures behind it, in a sentence. Text from the file is escaped.
    pub detail: String,
}

impl RuleOutcome {
    /// Whether phones refuse the file for it.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.result == RuleResult::Fail && self.rule.effect() == Effect::Refused
    }
}

/// For how long phones match a key: 14 days.
const MATCHED_SECONDS: i64 = 14 * 24 * 60 * 60;

impl Rule {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 17] = [
        Self::Entries,
        Self::FileSize,
        Self::KeyCount,
        Self::SignatureCount,
        Self::SignatureAlgorithm,
        Self::SignatureForm,
        Self::SignatureNames,
        Self::KeyIds,
        Self::BatchNumbers,
        Self::KeyRanges,
        Self::SignatureMaximum,
        Self::Timestamps,
        Self::Region,
        Self::KeysUnique,
        Self::KeyOrder,
        Self::Embargo,
        Self::KeyAge,
    ];

    /// The stable name of the rule, in kebab-case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::FileSize => "file-size",
            Self::KeyCount => "key-count",
            Self::SignatureCount => "signature-count",
            Self::SignatureAlgorithm => "signature-algorithm",
            Self::SignatureForm => "signature-form",
            Self::SignatureNames => "signature-names",
            Self::KeyIds => "key-ids",
            Self::BatchNumbers => "batch-numbers",
            Self::KeyRanges => "key-ranges",
            Self::SignatureMaximum => "signature-maximum",
            Self::Timestamps => "timestamps",
            Self::Region => "region",
            Self::KeysUnique => "keys-unique",
            Self::KeyOrder => "key-order",
            Self::Embargo => "embargo",
            Self::KeyAge => "key-age",
        }
    }

    /// What a phone makes of a file that breaks the rule.
    #[must_use]
    pub fn effect(self) -> Effect {
        match self {
            Self::Entries
            | Self::FileSize
            | Self::KeyCount
            | Self::SignatureCount
            | Self::SignatureAlgorithm
            | Self::SignatureForm
            | Self::SignatureNames
            | Self::KeyIds
            | Self::BatchNumbers
            | Self::KeyRanges => Effect::Refused,
            Self::SignatureMaximum
            | Self::Timestamps
            | Self::Region
            | Self::KeysUnique
            | Self::KeyOrder
            | Self::Embargo
            | Self::KeyAge => Effect::Advice,
        }
    }

    fn check(self, file: &ExportFile, now: Option<i64>) -> (RuleResult, String) {
        match self {
            // A file with other entries can't be read at all.
            Self::Entries => (RuleResult::Pass, "export.bin and export.sig, nothing else".to_owned()),
            Self::FileSize => at_most(file.file_bytes(), MAX_FILE_BYTES, "bytes"),
            Self::KeyCount => {
                let keys = file.keys().len() + file.revised_keys().len() + file.refused_count();
                at_most(keys, MAX_KEYS, "keys")
            }
            Self::SignatureCount => {
                let broken = |flaw: &Flaw| matches!(flaw, Flaw::NoSignature | Flaw::SignatureCount { .. });
                no_flaw(file, broken, || format!("signers and signatures: {} each", file.signatures().len()))
            }
            Self::SignatureAlgorithm => {
                no_flaw(file, |flaw| matches!(flaw, Flaw::Algorithm { .. }), || format!("all {SIGNATURE_ALGORITHM}"))
            }
            Self::SignatureForm if file.signatures().is_empty() => not_applicable("there is no signature"),
            Self::SignatureForm => {
                no_flaw(file, |flaw| matches!(flaw, Flaw::SignatureForm { .. }), || "all ASN.1 DER".to_owned())
            }
            Self::SignatureNames => signature_names(file),
            Self::KeyIds => key_ids(file),
            Self::BatchNumbers => batch_numbers(file),
            Self::KeyRanges => key_ranges(file),
            Self::SignatureMaximum => at_most(file.signatures().len(), MAX_SIGNATURES, "signatures"),
            Self::Timestamps => {
                let (start, end) = (file.header().start, file.header().end);
                let detail = format!("from {start} to {end} in UTC seconds");
                judged(start > 0 && start < end && i64::try_from(end).is_ok(), detail)
            }
            Self::Region => region(&file.header().region),
            Self::KeysUnique => keys_unique(file),
            Self::KeyOrder => key_order(file),
            Self::Embargo => embargo(file, now),
            Self::KeyAge => key_age(file, now),
        }
    }
}

impl ExportFile {
    /// Holds the file against every device rule, in the order of [`Rule::ALL`]. `now` in UTC seconds serves the
    /// rules about time; without it they don't apply. An old file breaks no rule by its age.
    #[must_use]
    pub fn device_rules(&self, now: Option<i64>) -> Vec<RuleOutcome> {
        Rule::ALL
            .into_iter()
            .map(|rule| {
                let (result, detail) = rule.check(self, now);
                RuleOutcome { rule, result, detail }
            })
            .collect()
    }
}

fn judged(passed: bool, detail: String) -> (RuleResult, String) {
    (if passed { RuleResult::Pass } else { RuleResult::Fail }, detail)
}

fn not_applicable(why: &str) -> (RuleResult, String) {
    (RuleResult::NotApplicable, why.to_owned())
}

fn at_most(count: usize, max: usize, what: &str) -> (RuleResult, String) {
    judged(count <= max, format!("{count} of at most {max} {what}"))
}

fn no_flaw(file: &ExportFile, is: impl Fn(&Flaw) -> bool, good: impl FnOnce() -> String) -> (RuleResult, String) {
    match file.flaws().find(is) {
        Some(flaw) => judged(false, flaw.to_string()),
        None => judged(true, good()),
    }
}

fn signature_names(file: &ExportFile) -> (RuleResult, String) {
    let named = &file.header().signature_infos;
    let signed = file.signatures();
    let differs = named.iter().zip(signed).position(|(info, signature)| *info != signature.info);
    match differs {
        _ if signed.is_empty() => not_applicable("there is no signature"),
        Some(place) => judged(false, format!("export.bin and export.sig name different keys at place {}", place + 1)),
        None => judged(true, "export.bin and export.sig name the same keys in the same order".to_owned()),
    }
}

fn key_ids(file: &ExportFile) -> (RuleResult, String) {
    let infos = &file.header().signature_infos;
    match infos.iter().position(|info| info.key_id.is_empty()) {
        _ if infos.len() < 2 => not_applicable("there is one signer at most"),
        Some(place) => judged(false, format!("signer {} of {} has no key id", place + 1, infos.len())),
        None => judged(true, "every signer has a key id".to_owned()),
    }
}

fn batch_numbers(file: &ExportFile) -> (RuleResult, String) {
    let (num, size) = (file.header().batch_num, file.header().batch_size);
    let other = |number: &Option<i32>| number.is_some_and(|number| number != BATCH);
    let odd =
        file.signatures().iter().position(|signature| other(&signature.batch_num) || other(&signature.batch_size));
    match odd {
        _ if (num, size) != (BATCH, BATCH) => {
            judged(false, format!("batch_num is {num} and batch_size is {size}; allowed: 1 and 1"))
        }
        Some(place) => judged(false, format!("signature {} has another batch_num or batch_size than 1", place + 1)),
        None => judged(true, "batch_num and batch_size are 1".to_owned()),
    }
}

fn key_ranges(file: &ExportFile) -> (RuleResult, String) {
    match file.refused_keys().first() {
        Some(first) => judged(false, format!("keys out of range: {}; the first: {first}", file.refused_count())),
        None => judged(true, "every field of every key is in range".to_owned()),
    }
}

fn region(text: &str) -> (RuleResult, String) {
    let shown: String = text.chars().take(64).collect();
    match Region::parse(text) {
        Ok(region) if region.as_str() == text => judged(true, shown),
        Ok(_) => judged(false, format!("{shown:?} is not in capitals")),
        Err(error) => judged(false, format!("{shown:?}: {error}; allowed: {}", Region::ALLOWED)),
    }
}

fn all_keys(file: &ExportFile) -> impl Iterator<Item = &Tek> {
    file.keys().iter().chain(file.revised_keys())
}

/// Sorts an eighth of the key data at a time: two bytes a key instead of sixteen.
fn keys_unique(file: &ExportFile) -> (RuleResult, String) {
    const PARTS: u128 = 8;
    let count = file.keys().len() + file.revised_keys().len();
    let mut data: Vec<u128> = Vec::with_capacity(count / 7);
    let mut again = 0;
    for part in 0..PARTS {
        data.clear();
        let all = all_keys(file).map(|tek| u128::from_be_bytes(*tek.key_data()));
        data.extend(all.filter(|data| data >> 125 == part));
        data.sort_unstable();
        again += data.len();
        data.dedup();
        again -= data.len();
    }
    match again {
        0 => judged(true, "no key stands in the file twice".to_owned()),
        _ => judged(false, format!("keys with the key data of an earlier one: {again} of {count}")),
    }
}

fn key_order(file: &ExportFile) -> (RuleResult, String) {
    let lists = [file.keys(), file.revised_keys()];
    let by_content = lists.iter().all(|list| list.is_sorted_by(|left, right| file_order(left, right).is_le()));
    let by_data = lists.iter().all(|list| list.is_sorted_by_key(Tek::key_data));
    match (by_content, by_data) {
        _ if lists.iter().all(|list| list.len() < 2) => not_applicable("there is no order in fewer than two keys"),
        (true, _) => judged(true, "sorted by what the keys carry, then by key data".to_owned()),
        (_, true) => judged(true, "sorted by key data".to_owned()),
        _ => judged(false, "not sorted, so that arrival or persons may show".to_owned()),
    }
}

fn embargo(file: &ExportFile, now: Option<i64>) -> (RuleResult, String) {
    let Some(now) = now else { return not_applicable("the time isn't known") };
    let early = all_keys(file).filter(|tek| tek.releasable_at_seconds() > now).count();
    match early {
        0 => judged(true, "every key ended two hours ago or earlier".to_owned()),
        _ => judged(false, format!("keys released before their end plus two hours: {early}")),
    }
}

fn key_age(file: &ExportFile, now: Option<i64>) -> (RuleResult, String) {
    let Some(now) = now else { return not_applicable("the time isn't known") };
    let old = all_keys(file).filter(|tek| tek.validity_end_seconds().saturating_add(MATCHED_SECONDS) < now).count();
    let all = file.keys().len() + file.revised_keys().len();
    match old {
        0 => judged(true, "phones still match every key".to_owned()),
        // Old files are no failure: every file grows old in the index.
        _ => not_applicable(&format!("keys too old for phones to match: {old} of {all}")),
    }
}
