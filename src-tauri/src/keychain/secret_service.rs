//! What the Secret Service says without asking its person, and what the keyring crates leave out: a look that doesn't
//! unlock, a first keyring, and a connection that comes back.

use super::{Item, KeychainError, system::SERVICE};
use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error};
use std::collections::HashMap;

/// What a new keyring is called, where there is none to keep keys in.
const FIRST_KEYRING: &str = "Default keyring";

/// Succeeds where keys can be read and written without asking anybody.
pub(super) fn check() -> Result<(), KeychainError> {
    let service = connect()?;
    match service.get_default_collection() {
        Ok(collection) if !collection.is_locked().map_err(explain)? => Ok(()),
        Ok(_) => Err(KeychainError::Locked("it asks for its password when a key is needed".to_owned())),
        Err(Error::NoResult) => Err(KeychainError::Empty),
        Err(error) => Err(explain(error)),
    }
}

/// Returns whether an item is there, in a locked keyring, too.
pub(super) fn has(item: &Item) -> Result<bool, KeychainError> {
    let service = connect()?;
    let user = item.to_string();
    let attributes = HashMap::from([("service", SERVICE), ("username", user.as_str())]);
    let found = service.search_items(attributes).map_err(explain)?;
    Ok(!found.unlocked.is_empty() || !found.locked.is_empty())
}

/// Makes the keyring that new items go to, where there is none: its person is asked for a password.
pub(super) fn make_first_keyring() -> Result<(), KeychainError> {
    let service = connect()?;
    match service.get_default_collection() {
        Err(Error::NoResult) => service.create_collection(FIRST_KEYRING, "default").map(drop).map_err(explain),
        _ => Ok(()),
    }
}

/// Connects the keyring crates anew: a Secret Service that was started again, or only now, doesn't know the session
/// that they hold.
pub(super) fn reconnect() -> Result<(), KeychainError> {
    let store =
        zbus_secret_service_keyring_store::Store::new().map_err(|error| KeychainError::NoService(error.to_string()))?;
    keyring_core::set_default_store(store);
    Ok(())
}

/// No secret goes over this connection, so it needs no encryption of its own.
fn connect() -> Result<SecretService<'static>, KeychainError> {
    SecretService::connect(EncryptionType::Plain).map_err(|error| KeychainError::NoService(error.to_string()))
}

fn explain(error: Error) -> KeychainError {
    match error {
        Error::Prompt => KeychainError::Denied(error.to_string()),
        Error::Locked => KeychainError::Locked(error.to_string()),
        Error::Unavailable => KeychainError::NoService(error.to_string()),
        other => KeychainError::Failed(other.to_string()),
    }
}
