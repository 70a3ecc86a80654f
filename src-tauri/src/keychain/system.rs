//! The operating system's own keychain: Secret Service, macOS Keychain or Windows Credential Manager.

use super::{Item, Keychain, KeychainError};
use keyring::{Entry, Error};
use zeroize::Zeroizing;

/// The service name that every item carries.
const SERVICE: &str = "tekport";

/// The keychain of the person who is logged in. On Linux the Secret Service alone: the kernel's keyring forgets
/// at a reboot and is never used.
#[derive(Debug, Clone, Copy)]
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn read(&self, item: &Item) -> Result<Option<Zeroizing<String>>, KeychainError> {
        absent_as_none(item, entry(item)?.get_password().map(Zeroizing::new))
    }

    fn has(&self, item: &Item) -> Result<bool, KeychainError> {
        absent_as_none(item, entry(item)?.inner.get_credential()).map(|found| found.is_some())
    }

    fn write(&self, item: &Item, secret: &str) -> Result<(), KeychainError> {
        entry(item)?.set_password(secret).map_err(|error| explain(item, error))
    }

    fn remove(&self, item: &Item) -> Result<(), KeychainError> {
        absent_as_none(item, entry(item)?.delete_credential()).map(|_| ())
    }
}

fn entry(item: &Item) -> Result<Entry, KeychainError> {
    Entry::new(SERVICE, &item.to_string()).map_err(|error| explain(item, error))
}

fn absent_as_none<T>(item: &Item, outcome: Result<T, Error>) -> Result<Option<T>, KeychainError> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(explain(item, error)),
    }
}

fn explain(item: &Item, error: Error) -> KeychainError {
    match error {
        Error::NoDefaultStore => {
            let cause = Entry::store_status().as_ref().err().map(ToString::to_string).unwrap_or_default();
            KeychainError::NoService(cause)
        }
        Error::NoStorageAccess(cause) => {
            let cause = cause.to_string();
            // The Secret Service's prompt was dismissed; everything else behind this error is a lock.
            if cause.to_lowercase().contains("prompt") {
                KeychainError::Denied(cause)
            } else {
                KeychainError::Locked(cause)
            }
        }
        // These carry the secret's bytes, which no message may hold.
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
            KeychainError::Damaged(item.to_string())
        }
        other => KeychainError::Failed(other.to_string()),
    }
}
