//! Signing keys on their way in and out of this computer's keychain.

use super::InKeychain;
use serde::{Deserialize, Serialize};
use specta::Type;
use tekport_api::signing_key::{Custody, SigningKey};
use tekport_api::{Message, UtcTime};

/// The name and the custody of a key to come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
pub struct NewKey {
    /// `[a-zA-Z0-9_]+`, at most 64 characters.
    pub key_id: String,
    /// `[a-zA-Z0-9_]+`, at most 64 characters.
    pub key_version: String,
    /// `daemon` or `console`; a key in a token is registered by a command of its own.
    pub custody: Custody,
    /// The key that it follows; absent for the first of its key id.
    pub predecessor_id: Option<String>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SavedFile {
    /// Where it lies.
    pub path: String,
}

/// A folder that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SavedFolder {
    /// Where it lies.
    pub path: String,
    /// The names of its files, in the order in which to read them.
    pub files: Vec<String>,
}

/// How well a passphrase keeps a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PassphraseStrength {
    /// 0 (guessed at once) to 4 (not guessed).
    pub score: u8,
    /// Whether a backup may be written under it.
    pub acceptable: bool,
    /// What would make it better; empty where nothing has to.
    pub advice: Vec<String>,
}

/// A file that holds a private key, or should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct KeyFileSummary {
    /// What the file is, in words: `PKCS#8, encrypted`.
    pub format: String,
    /// Whether it takes a passphrase.
    pub encrypted: bool,
    /// SubjectPublicKeyInfo, PEM; absent while the file is encrypted and no passphrase was given.
    pub public_key_pem: Option<String>,
    /// SHA-256 of the SubjectPublicKeyInfo DER, lower-case hex; absent like the key.
    pub fingerprint: Option<String>,
    /// The key that it is registered as; absent for none.
    pub registered: Option<SigningKey>,
    /// Whether this computer's keychain has it.
    pub in_keychain: InKeychain,
}

/// How this computer's keychain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum KeychainState {
    /// It answers.
    Ready,
    /// It is there and locked.
    Locked,
    /// Nothing of the kind runs.
    NoService,
    /// It asked, and was told no.
    Denied,
    /// Anything else.
    Failed,
}

/// How this computer's keychain is, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct KeychainStatus {
    /// How it is.
    pub state: KeychainState,
    /// What was found, or what is wrong and what to do.
    pub detail: String,
    /// What is wrong, with its code and values.
    #[specta(optional)]
    pub message: Option<Message>,
}

/// The sealing key that this console pinned, and the one that the daemon offers now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SealingKeyOffer {
    /// SHA-256 of the pinned key, lower-case hex.
    pub pinned_fingerprint: String,
    /// SHA-256 of the offered key, lower-case hex.
    pub offered_fingerprint: String,
    /// When the daemon made it.
    pub created_at: UtcTime,
    /// Whether the offered key is another one than the pinned.
    pub changed: bool,
    /// Whether the CA that this console pinned at enrolment vouches for the offered key.
    pub vouched: bool,
}
