//! Private keys in the operating system's keychain, one item a key.
//!
//! An item that isn't there and a keychain that can't be asked are never the same: the first is an `Option`, the
//! second an error that says what to do.

#[cfg(test)]
pub(crate) mod memory;
mod store;
mod system;

pub use store::KeyStore;
pub use system::SystemKeychain;

use std::fmt;
use zeroize::Zeroizing;

/// Which private key an item holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// This console's own key for a daemon, named by the SHA-256 of the daemon's CA certificate.
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
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    /// It asked, and was told no.
    #[error("access to the keychain was refused ({0}); try again and allow it when the system asks")]
    Denied(String),
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

/// A place that keeps secrets. Calls may block, even for a person to answer.
pub trait Keychain: Send + Sync {
    /// Returns an item's secret; `None` where the keychain says that there is no such item.
    ///
    /// # Errors
    /// When the keychain can't be asked.
    fn read(&self, item: &Item) -> Result<Option<Zeroizing<String>>, KeychainError>;

    /// Returns whether an item is there, without reading its secret.
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
}
