//! The root key in the operating system's keychain, where this build has one.

use super::RootKeyError;
use super::slots::Entries;
use tekport_keys::at_rest::RootKey;

/// The entries of the keychain of whoever runs tekportd.
#[derive(Debug, Clone, Copy)]
pub(super) struct SystemKeychain;

pub(super) fn read(account: &str) -> Result<RootKey, RootKeyError> {
    match SystemKeychain.find(account)? {
        Some(key) => Ok(key),
        None => Err(not_there(account)),
    }
}

/// Makes a new key; one that is there already stays.
pub(super) fn create(account: &str) -> Result<RootKey, RootKeyError> {
    if let Some(key) = SystemKeychain.find(account)? {
        return Ok(key);
    }
    let key = RootKey::generate()?;
    SystemKeychain.write(account, &key)?;
    Ok(key)
}

#[cfg(feature = "keychain")]
fn not_there(account: &str) -> RootKeyError {
    RootKeyError::NotInKeychain(account.to_owned())
}

#[cfg(not(feature = "keychain"))]
fn not_there(_: &str) -> RootKeyError {
    RootKeyError::NoKeychainInBuild
}

#[cfg(feature = "keychain")]
impl Entries for SystemKeychain {
    fn find(&self, account: &str) -> Result<Option<RootKey>, RootKeyError> {
        let secret = entry(account)?.get_secret().map(zeroize::Zeroizing::new);
        match secret {
            Ok(secret) => super::parse("in the keychain", &secret).map(Some),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(in_words(error)),
        }
    }

    fn write(&self, account: &str, key: &RootKey) -> Result<(), RootKeyError> {
        entry(account)?.set_secret(key.to_base64().as_bytes()).map_err(in_words)
    }

    fn remove(&self, account: &str) -> Result<(), RootKeyError> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(in_words(error)),
        }
    }
}

#[cfg(feature = "keychain")]
fn entry(account: &str) -> Result<keyring::Entry, RootKeyError> {
    keyring::Entry::new(super::KEYCHAIN_SERVICE, account).map_err(in_words)
}

/// In words alone: some of the keychain's errors carry the bytes that they are about.
#[cfg(feature = "keychain")]
fn in_words(error: keyring::Error) -> RootKeyError {
    RootKeyError::Keychain(error.to_string())
}

#[cfg(not(feature = "keychain"))]
impl Entries for SystemKeychain {
    fn find(&self, _: &str) -> Result<Option<RootKey>, RootKeyError> {
        Err(RootKeyError::NoKeychainInBuild)
    }

    fn write(&self, _: &str, _: &RootKey) -> Result<(), RootKeyError> {
        Err(RootKeyError::NoKeychainInBuild)
    }

    fn remove(&self, _: &str) -> Result<(), RootKeyError> {
        Err(RootKeyError::NoKeychainInBuild)
    }
}
