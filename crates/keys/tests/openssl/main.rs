//! Keys, backups and packages against the real `openssl`: what it writes is read here, what is written here it reads.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail loudly")]

mod backup;
mod import;
#[cfg(feature = "package")]
mod package;
mod tool;
