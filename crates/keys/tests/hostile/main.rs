//! Files and signatures that somebody made to do harm, or that were damaged on the way.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what the tests share may fail loudly")]

mod costs;
mod damage;
mod der;
#[cfg(feature = "package")]
mod signatures;

// The same table that the export file's own reader is held against.
#[cfg(feature = "package")]
#[path = "../../../export-file/tests/export_file/malformed.rs"]
mod malformed;
