//! Private keys in the operating system's keychain, one item a key.
//!
//! An item that isn't there and a keychain that can't be asked are never the same: the first is an `Option`, the
//! second an error that says what to do.

#[cfg(test)]
pub(crate) mod memory;
#[cfg(target_os = "linux")]
mod secret_service;
mod store;
mod system;

pub use store::KeyStore;
pub use system::SystemKeychain;

use std::fmt;
use tekport_api::{Message, Said};
use zeroize::Zeroizing;

/// Which private key an item holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// This console's own key for a daemon, named by the SHA-256 of the daemon's CA certificate, and by a name of this
    /// console's, since two consoles may share a keychain.
    ClientKey(String),
    /// A signing key, named by its public half's fingerprint.
    SigningKey(String),
}

/// The item's user name in the keychain.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClientKey(ca_sha256) => write!(f, "client-key:{ca_sha256}"),
            Self::SigningKey(fingerprint) => write!(f, "signing-key:{fingerprint}"),
        }
    }
}

/// Why the keychain can't be used. Each text says what happened and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, specta::Type)]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum KeychainError {
    /// Nothing of the kind runs on this computer.
    #[error(
        "no keychain answers on this computer ({0}); start one that offers the Secret Service, such as GNOME Keyring or \
         KWallet, in this desktop session, then start the console again"
    )]
    NoService(String),
    /// It is there and locked.
    #[error("the keychain is locked ({0}); unlock it, in GNOME with “Passwords and Keys”, then try again")]
    Locked(String),
    /// It is there and has no place to keep anything.
    #[error(
        "the keychain has no keyring to keep keys in; make one, in GNOME with “Passwords and Keys”, and set it as the \
         default, then try again"
    )]
    Empty,
    /// It asked, and was told no; or it had no way to ask.
    #[error(
        "the keychain is locked, and its question was dismissed or could not be shown ({0}); try again and type the \
         keychain's password when the system asks"
    )]
    Denied(String),
    /// It doesn't say anything.
    #[error(
        "the keychain did not answer within {0} seconds; look for a window of its that asks for something, or log out \
         and in again, then try again"
    )]
    NoAnswer(#[specta(type = u32)] u64),
    /// An item is there and isn't what was stored.
    #[error(
        "the keychain's item {0} is there, but doesn't hold a key that can be read; nothing was changed: restore it from \
         a backup of the keychain, or remove it there by hand"
    )]
    Damaged(String),
    /// What was stored isn't what came back.
    #[error(
        "the keychain's item {0} did not come back as it was stored; nothing was sent to the daemon: try again, and look at the keychain's own log"
    )]
    NotKept(String),
    /// Anything else.
    #[error("the keychain failed: {0}; try again, and look at the keychain's own log")]
    Failed(String),
}

impl Said for KeychainError {
    const AREA: &'static str = "keychain";

    fn message(&self) -> Message {
        let message = Message::in_area(Self::AREA, self);
        match self {
            Self::NoService(cause) | Self::Locked(cause) | Self::Denied(cause) | Self::Failed(cause) => {
                message.with("cause", cause)
            }
            _ => message,
        }
    }
}

/// A place that keeps secrets. Calls may block, even for a person to answer.
pub trait Keychain: Send + Sync {
    /// Returns an item's secret; `None` where the keychain says that there is no such item.
    ///
    /// # Errors
    /// When the keychain can't be asked.
    fn read(&self, item: &Item) -> Result<Option<Zeroizing<String>>, KeychainError>;

    /// Returns whether an item is there, without reading its secret; on Linux without unlocking anything, either.
    ///
    /// # Errors
    /// When the keychain can't be asked.
    fn has(&self, item: &Item) -> Result<bool, KeychainError>;

    /// Stores an item, in place of one that was there.
    ///
    /// # Errors
    /// When the keychain can't be asked or refuses.
    fn write(&self, item: &Item, secret: &str) -> Result<(), KeychainError>;

    /// Removes an item; none being there is no error.
    ///
    /// # Errors
    /// When the keychain can't be asked or refuses.
    fn remove(&self, item: &Item) -> Result<(), KeychainError>;

    /// Succeeds where keys can be read and written now, without asking a person for anything.
    ///
    /// # Errors
    /// Why they can't.
    fn check(&self) -> Result<(), KeychainError>;
}
