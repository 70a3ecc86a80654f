//! The Exposure Notification export format: encode, order, split, sign, zip; open and verify.
//!
//! No I/O and no clock: everything here is a function of its arguments, so the same keys give the same bytes
//! on every machine and on every run.

mod archive;
mod header;
mod limits;
mod make;
mod message;
mod names;
mod open;
mod order;
mod rules;
mod signature;
mod tek;
mod verify;

pub use archive::ArchiveError;
pub use header::{FileHeader, HeaderError, MAX_SIGNATURES, SIGNATURE_ALGORITHM, SignatureInfo, Window};
pub use limits::{
    MAX_FILE_BYTES, MAX_KEYS, MAX_READ_BIN_BYTES, MAX_READ_FILE_BYTES, MAX_READ_KEYS, MAX_READ_SIG_BYTES,
    MAX_READ_SIGNATURES,
};
pub use make::{MakeError, UnsignedExport};
pub use names::{KeyId, KeyVersion, NameError, Region};
pub use open::{
    BinError, ExportBin, ExportFile, Flaw, KeyList, OpenError, ReadHeader, ReadSignature, ReadSignatureInfo, RefusedKey,
};
pub use order::{file_order, order, split};
pub use rules::{Effect, Rule, RuleFinding, RuleOutcome, RuleResult};
pub use signature::{DerError, DerSignature};
pub use tek::{INTERVAL_SECONDS, RELEASE_DELAY_SECONDS, ReportType, Tek, TekError, TekFields};
pub use verify::{KnownKey, SignatureOutcome, Verdict};
