//! A keychain in memory, for tests.

use super::{Item, Keychain, KeychainError};
use std::collections::HashMap;
use std::sync::Mutex;
use zeroize::Zeroizing;

#[derive(Default)]
pub(crate) struct MemoryKeychain {
    pub(crate) items: Mutex<HashMap<Item, String>>,
    /// Says that it stores, and doesn't.
    pub(crate) forgets: bool,
    /// What every call answers, where it is set.
    pub(crate) error: Mutex<Option<KeychainError>>,
}

impl MemoryKeychain {
    fn fails(&self) -> Result<(), KeychainError> {
        self.error.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

impl Keychain for MemoryKeychain {
    fn read(&self, item: &Item) -> Result<Option<Zeroizing<String>>, KeychainError> {
        self.fails()?;
        Ok(self.items.lock().unwrap().get(item).cloned().map(Zeroizing::new))
    }

    fn has(&self, item: &Item) -> Result<bool, KeychainError> {
        self.fails()?;
        Ok(self.items.lock().unwrap().contains_key(item))
    }

    fn write(&self, item: &Item, secret: &str) -> Result<(), KeychainError> {
        self.fails()?;
        if !self.forgets {
            self.items.lock().unwrap().insert(item.clone(), secret.to_owned());
        }
        Ok(())
    }

    fn remove(&self, item: &Item) -> Result<(), KeychainError> {
        self.fails()?;
        self.items.lock().unwrap().remove(item);
        Ok(())
    }

    fn check(&self) -> Result<(), KeychainError> {
        self.fails()
    }
}
