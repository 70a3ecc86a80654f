//! The device rules of EXPORT-FORMAT ("What devices do with it"), each with a name of its own.

mod bin;
mod file;
mod finding;

use crate::open::Flaw;
pub use finding::RuleFinding;

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
    /// The figures behind it. Its sentence escapes text from the file.
    pub finding: RuleFinding,
}

impl RuleOutcome {
    /// Whether phones refuse the file for it.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.result == RuleResult::Fail && self.rule.effect() == Effect::Refused
    }
}

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
}

fn judged(passed: bool, finding: RuleFinding) -> (RuleResult, RuleFinding) {
    (if passed { RuleResult::Pass } else { RuleResult::Fail }, finding)
}

fn not_applicable(why: RuleFinding) -> (RuleResult, RuleFinding) {
    (RuleResult::NotApplicable, why)
}

/// A count as a finding writes it. The reader's limits keep every one far below the maximum.
fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn at_most(count: usize, max: usize, finding: impl FnOnce(u32, u32) -> RuleFinding) -> (RuleResult, RuleFinding) {
    judged(count <= max, finding(small(count), small(max)))
}

fn no_flaw(
    mut flaws: impl Iterator<Item = Flaw>,
    is: impl Fn(&Flaw) -> bool,
    good: impl FnOnce() -> RuleFinding,
) -> (RuleResult, RuleFinding) {
    match flaws.find(is) {
        Some(flaw) => judged(false, RuleFinding::Flaw(flaw)),
        None => judged(true, good()),
    }
}
