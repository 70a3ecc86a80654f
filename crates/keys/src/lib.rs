//! P-256 signing keys: generate, read, back up, fingerprint, sealing to a daemon, encryption at rest.
//!
//! A private key here is a thing that signs, not bytes that travel: its bytes leave only encrypted or inside a
//! type that wipes itself, prints `<redacted>` and refuses to serialise.

mod algorithm;
pub mod at_rest;
pub mod backup;
mod cbc;
pub mod import;
#[cfg(feature = "package")]
pub mod package;
pub mod passphrase;
mod pbes2;
mod pem;
mod public;
pub mod sealing;
mod signing;
mod traditional;

pub use passphrase::Passphrase;
pub use public::{PublicKey, PublicKeyError};
pub use signing::{SigningKey, SigningKeyError};

/// The operating system gave no random bytes; no key is made without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system's random generator gave no bytes")]
pub struct NoRandomness;
