//! What a check of the desk found: a stable code with its figures, and the sentence in English.

use super::terms::Term;
use serde::{Serialize, Serializer};
use specta::Type;
use std::fmt;
use tekport_api::{Message, Said, UtcTime};
use tekport_export_file::{BinError, NameError, OpenError, RuleOutcome};

/// The figures behind a check. Texts from a file are cut short and escaped.
#[derive(Debug, Serialize, Type)]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub(crate) enum DeskFinding {
    /// The digest of the bytes is the one announced.
    Digest { sha256: String },
    /// It is another one.
    DigestDiffers { sha256: String, announced: String },
    /// The bytes are those that Tekport writes.
    Canonical { bytes: u32 },
    /// They can't be read, or no phone would take them.
    #[serde(skip)]
    Unreadable(OpenError),
    /// A name in them breaks its rule.
    Name {
        what: &'static str,
        text: String,
        #[specta(type = String)]
        problem: NameError,
    },
    /// They say more than their header and keys do, or in another form.
    Form,
    /// No file can have this header or these keys.
    Impossible { cause: String },
    /// A list of keys isn't in the file's order.
    Unordered { list: &'static str },
    /// The region in the file.
    Region { region: String },
    /// The window in the file and that of the batch.
    Window { start: UtcTime, end: UtcTime, batch_start: UtcTime, batch_end: UtcTime },
    /// What the file holds, and what the daemon says of it.
    Counts { keys: u32, revised: u32, bytes: u32, said_keys: u32, said_revised: u32, said_bytes: u32 },
    /// How many keys there are.
    Keys { count: u32, max: u32 },
    /// The keys are in the file's order.
    Ordered,
    /// Every device rule is kept.
    RulesKept { count: u32 },
    /// Some are not.
    RulesBroken {
        #[specta(type = Vec<String>)]
        rules: Vec<BrokenRule>,
    },
    /// Whom the file names and whom the batch awaits.
    Signers { named: Vec<String>, awaited: Vec<String> },
    /// Nothing was signed here for this window.
    NothingSigned,
    /// The same bytes were.
    SameSigned,
    /// Other bytes were.
    OthersSigned { digests: Vec<String> },
    /// The daemon didn't take its signature, so many times in a row.
    Refused { times: u32, cause: String },
    /// The regions of the batch and of its config.
    Config { batch: String, config: String },
    /// Nobody approved the config here.
    NotApproved,
    /// It is as it was approved.
    AsApproved { at: UtcTime },
    /// It was changed since.
    ChangedSince {
        at: UtcTime,
        #[specta(type = Vec<String>)]
        fields: Vec<Term>,
    },
    /// When the window ends and what the clock says.
    Closes { end: UtcTime, now: UtcTime },
    /// The window, and how long windows are.
    Within { start: UtcTime, end: UtcTime, minutes: u32 },
    /// The window, and how far windows are apart.
    Grid { start: UtcTime, end: UtcTime, minutes: u32 },
    /// When the window ended.
    Ended { at: UtcTime },
    /// The batch names nobody.
    NobodySigns,
    /// Somebody has to sign who is no signer of the config.
    Stranger { name: String, fingerprint: String },
    /// Who has to sign.
    Known { names: Vec<String> },
    /// The numbers of the files.
    Files { numbers: Vec<u32> },
}

/// A rule that a file breaks; among the values of a finding it stands as the message of what was found.
#[derive(Debug)]
pub(crate) struct BrokenRule(pub(super) RuleOutcome);

impl Serialize for BrokenRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.finding.message().serialize(serializer)
    }
}

impl Said for DeskFinding {
    const AREA: &'static str = "desk";

    fn message(&self) -> Message {
        if let Self::Unreadable(error) = self {
            return error.message();
        }
        let message = Message::in_area(Self::AREA, self);
        match self {
            Self::Name { problem, .. } => message.with("problem", problem.message()),
            Self::ChangedSince { fields, .. } => {
                message.with("fields", fields.iter().map(Said::message).collect::<Vec<_>>())
            }
            _ => message,
        }
    }
}

impl From<BinError> for DeskFinding {
    fn from(error: BinError) -> Self {
        match error {
            BinError::Open(error) => Self::Unreadable(error),
            BinError::Name { what, text, problem } => Self::Name { what, text, problem },
            BinError::NotOrdered(list) => Self::Unordered { list },
            BinError::Form => Self::Form,
            BinError::Header(error) => Self::Impossible { cause: error.to_string() },
            BinError::Make(error) => Self::Impossible { cause: error.to_string() },
        }
    }
}

impl fmt::Display for DeskFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Digest { sha256 } => write!(f, "SHA-256 {sha256}"),
            Self::DigestDiffers { sha256, announced } => {
                write!(f, "the bytes have the SHA-256 {sha256}, the daemon says {announced}")
            }
            Self::Canonical { bytes } => {
                write!(f, "export.bin of {bytes} bytes, and nothing but its header and keys")
            }
            Self::Unreadable(error) => error.fmt(f),
            Self::Name { what, text, problem } => write!(f, "{what} {text:?} of export.bin: {problem}"),
            Self::Form => f.write_str(
                "export.bin is not written as Tekport writes it: fields that are unknown, repeated or in another form",
            ),
            Self::Impossible { cause } => write!(f, "export.bin: {cause}"),
            Self::Unordered { list } => {
                write!(f, "the {list} are not in order, so that arrival or persons may show")
            }
            Self::Region { region } => f.write_str(region),
            Self::Window { start, end, batch_start, batch_end } => {
                write!(f, "from {start} to {end}; the batch is from {batch_start} to {batch_end}")
            }
            Self::Counts { keys, revised, bytes, said_keys, said_revised, said_bytes } => write!(
                f,
                "{keys} keys and {revised} revised ones in {bytes} bytes; the daemon says {said_keys} and {said_revised} in {said_bytes}"
            ),
            Self::Keys { count, max } => write!(f, "{count} of at most {max} keys"),
            Self::Ordered => f.write_str("by what the keys carry, then by key data"),
            Self::RulesKept { count } => write!(f, "{count} rules kept"),
            Self::RulesBroken { rules } => {
                let rules = rules.iter().map(|BrokenRule(rule)| format!("{}: {}", rule.rule.name(), rule.finding));
                f.write_str(&rules.collect::<Vec<_>>().join("; "))
            }
            Self::Signers { named, awaited } => {
                write!(f, "the file names {}; the batch awaits {}", named.join(", "), awaited.join(", "))
            }
            Self::NothingSigned => f.write_str("this console signed nothing for this window yet"),
            Self::SameSigned => f.write_str("this console signed the same bytes before"),
            Self::OthersSigned { digests } => {
                write!(f, "this console signed other bytes for this window before: {}", digests.join(", "))
            }
            Self::Refused { times, cause } => {
                write!(f, "{times} tries in a row failed, the last one so: {cause}")
            }
            Self::Config { batch, config } => write!(f, "the batch is of {batch}, the config of {config}"),
            Self::NotApproved => f.write_str("nobody approved this config on this computer"),
            Self::AsApproved { at } => write!(f, "as approved at {at}"),
            Self::ChangedSince { at, fields } => {
                let fields: Vec<_> = fields.iter().map(|term| term.name()).collect();
                write!(f, "changed since it was approved at {at}: {}", fields.join(", "))
            }
            Self::Closes { end, now } => {
                write!(f, "the window ends at {end}, this computer's clock says {now}")
            }
            Self::Within { start, end, minutes } => {
                write!(f, "from {start} to {end}; windows are {minutes} minutes at most")
            }
            Self::Grid { start, end, minutes } => write!(f, "from {start} to {end}, every {minutes} minutes"),
            Self::Ended { at } => write!(f, "the window ended at {at}; 30 days are recent"),
            Self::NobodySigns => f.write_str("the batch names nobody who has to sign"),
            Self::Stranger { name, fingerprint } => write!(f, "{name} ({fingerprint}) is no signer of the config"),
            Self::Known { names } => f.write_str(&names.join(", ")),
            Self::Files { numbers } => {
                let numbers: Vec<_> = numbers.iter().map(u32::to_string).collect();
                write!(f, "files: {}", numbers.join(", "))
            }
        }
    }
}
