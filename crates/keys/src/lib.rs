//! P-256 signing keys: generate, PKCS#8 and PEM, fingerprint, sealing to a daemon, encryption at rest.
//!
//! A private key here is a thing that signs, not bytes that travel: its bytes leave only encrypted or inside a
//! type that wipes itself, prints `<redacted>` and refuses to serialise.

mod public;

pub use public::{PublicKey, PublicKeyError};
