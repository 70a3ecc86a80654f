//! P-256 signing keys: generate, PKCS#8 and PEM, fingerprint, sealing to a daemon, encryption at rest.
//!
//! A private key here is a thing that signs, not bytes that travel: its bytes leave only encrypted or inside a
//! type that wipes itself, prints `<redacted>` and refuses to serialise.

pub mod at_rest;
mod public;
pub mod sealing;
mod signing;

pub use public::{PublicKey, PublicKeyError};
pub use signing::{SigningKey, SigningKeyError};

/// The operating system gave no random bytes; no key is made without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system's random generator gave no bytes")]
pub struct NoRandomness;
