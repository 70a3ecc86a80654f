//! The operating system's own keychain: Secret Service, macOS Keychain or Windows Credential Manager.

#[cfg(target_os = "linux")]
use super::secret_service;
use super::{Item, Keychain, KeychainError};
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

/// The service name that every item carries.
pub(super) const SERVICE: &str = "tekport";

/// The keychain of the person who is logged in. On Linux the Secret Service alone: the kernel's keyring forgets
/// at a reboot and is never used.
#[derive(Debug, Clone, Copy)]
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn read(&self, item: &Item) -> Result<Option<Zeroizing<String>>, KeychainError> {
        absent_as_none(with_entry(item, |entry| entry.get_password().map(Zeroizing::new)))
    }

    #[cfg(target_os = "linux")]
    fn has(&self, item: &Item) -> Result<bool, KeychainError> {
        secret_service::has(item)
    }

    #[cfg(not(target_os = "linux"))]
    fn has(&self, item: &Item) -> Result<bool, KeychainError> {
        absent_as_none(with_entry(item, |entry| entry.get_credential().map(drop))).map(|found| found.is_some())
    }

    fn write(&self, item: &Item, secret: &str) -> Result<(), KeychainError> {
        #[cfg(target_os = "linux")]
        secret_service::make_first_keyring()?;
        with_entry(item, |entry| entry.set_password(secret)).map_err(Failure::into_error)
    }

    fn remove(&self, item: &Item) -> Result<(), KeychainError> {
        absent_as_none(with_entry(item, Entry::delete_credential)).map(|_| ())
    }

    #[cfg(target_os = "linux")]
    fn check(&self) -> Result<(), KeychainError> {
        secret_service::check()
    }

    /// Looks for an item that nobody has: the system answers, or says why it doesn't.
    #[cfg(not(target_os = "linux"))]
    fn check(&self) -> Result<(), KeychainError> {
        self.has(&Item::SigningKey("none".to_owned())).map(drop)
    }
}

/// An item that isn't there is no error yet.
enum Failure {
    Absent(String),
    Error(KeychainError),
}

impl Failure {
    fn into_error(self) -> KeychainError {
        match self {
            Self::Absent(item) => KeychainError::NotKept(item),
            Self::Error(error) => error,
        }
    }
}

fn absent_as_none<T>(outcome: Result<T, Failure>) -> Result<Option<T>, KeychainError> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(Failure::Absent(_)) => Ok(None),
        Err(Failure::Error(error)) => Err(error),
    }
}

/// Does something with an item; once more on a new connection where the old one was lost.
fn with_entry<T>(item: &Item, work: impl Fn(&Entry) -> Result<T, Error>) -> Result<T, Failure> {
    let attempt = || entry(item).and_then(|entry| work(&entry));
    let outcome = match attempt() {
        #[cfg(target_os = "linux")]
        Err(Error::NoDefaultStore | Error::PlatformFailure(_)) => {
            secret_service::reconnect().map_err(Failure::Error)?;
            attempt()
        }
        outcome => outcome,
    };
    outcome.map_err(|error| match error {
        Error::NoEntry => Failure::Absent(item.to_string()),
        error => Failure::Error(explain(item, error)),
    })
}

fn entry(item: &Item) -> Result<Entry, Error> {
    // The first call connects to the system's keychain, and a failure of it is remembered for ever.
    match keyring::Entry::new(SERVICE, &item.to_string()) {
        Ok(entry) => Ok(entry.inner),
        Err(Error::NoDefaultStore) => Entry::new(SERVICE, &item.to_string()),
        Err(error) => Err(error),
    }
}

fn explain(item: &Item, error: Error) -> KeychainError {
    match error {
        Error::NoDefaultStore => {
            let cause = keyring::Entry::store_status().as_ref().err().map(ToString::to_string).unwrap_or_default();
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
