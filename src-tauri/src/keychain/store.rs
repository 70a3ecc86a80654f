//! Keys in and out of a keychain, without blocking the window.

use super::{Item, Keychain, KeychainError};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::sync::Arc;
use tekport_keys::SigningKey;
use zeroize::Zeroizing;

/// A keychain that keeps keys: each as PKCS#8 in base64.
#[derive(Clone)]
pub struct KeyStore(Arc<dyn Keychain>);

impl KeyStore {
    /// Keeps keys in that keychain.
    #[must_use]
    pub fn new(keychain: Arc<dyn Keychain>) -> Self {
        Self(keychain)
    }

    /// Returns the key of an item; `None` where there is no such item.
    ///
    /// # Errors
    /// When the keychain can't be asked, or the item holds something else.
    pub async fn find(&self, item: Item) -> Result<Option<SigningKey>, KeychainError> {
        self.run(move |keychain| read_key(keychain, &item)).await
    }

    /// Returns for each item whether it is there, without reading a secret. Asks no further after the first
    /// error, so that a locked keychain asks its person once.
    ///
    /// # Errors
    /// When the keychain can't be asked.
    pub async fn which_are_there(&self, items: Vec<Item>) -> Result<Vec<bool>, KeychainError> {
        self.run(move |keychain| items.iter().map(|item| keychain.has(item)).collect()).await
    }

    /// Stores a key and reads it back, so that a key in use is never only in memory.
    ///
    /// # Errors
    /// When the keychain can't be asked, refuses, or gives back something else.
    pub async fn keep(&self, item: Item, key: SigningKey) -> Result<(), KeychainError> {
        self.run(move |keychain| {
            keychain.write(&item, &encode(&item, &key)?)?;
            match read_key(keychain, &item)? {
                Some(kept) if kept.public_key() == key.public_key() => Ok(()),
                _ => Err(KeychainError::NotKept(item.to_string())),
            }
        })
        .await
    }

    /// Removes an item; none being there is no error.
    ///
    /// # Errors
    /// When the keychain can't be asked or refuses.
    pub async fn remove(&self, item: Item) -> Result<(), KeychainError> {
        self.run(move |keychain| keychain.remove(&item)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, KeychainError> {
        let keychain = self.0.clone();
        tokio::task::spawn_blocking(move || work(keychain.as_ref()))
            .await
            .unwrap_or_else(|error| Err(KeychainError::Failed(error.to_string())))
    }
}

fn read_key(keychain: &dyn Keychain, item: &Item) -> Result<Option<SigningKey>, KeychainError> {
    let Some(text) = keychain.read(item)? else { return Ok(None) };
    let damaged = || KeychainError::Damaged(item.to_string());
    let pkcs8 = Zeroizing::new(STANDARD.decode(text.as_bytes()).map_err(|_| damaged())?);
    SigningKey::from_pkcs8_der(&pkcs8).map(Some).map_err(|_| damaged())
}

fn encode(item: &Item, key: &SigningKey) -> Result<Zeroizing<String>, KeychainError> {
    let pkcs8 = key.to_pkcs8_der().map_err(|_| KeychainError::Damaged(item.to_string()))?;
    Ok(Zeroizing::new(STANDARD.encode(pkcs8.as_slice())))
}

#[cfg(test)]
mod tests {
    use super::super::memory::MemoryKeychain;
    use super::*;

    fn item() -> Item {
        Item::SigningKey("ab".to_owned())
    }

    #[tokio::test]
    async fn a_key_comes_back_as_it_was_stored() {
        let store = KeyStore::new(Arc::new(MemoryKeychain::default()));
        let key = SigningKey::generate().unwrap();
        assert!(store.find(item()).await.unwrap().is_none());
        store.keep(item(), key.clone()).await.unwrap();
        assert_eq!(store.find(item()).await.unwrap().unwrap().public_key(), key.public_key());
        assert_eq!(store.which_are_there(vec![item(), Item::ClientKey("ab".to_owned())]).await.unwrap(), [true, false]);
        store.remove(item()).await.unwrap();
        store.remove(item()).await.unwrap();
        assert!(store.find(item()).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_keychain_that_forgets_is_found_out() {
        let keychain = MemoryKeychain { forgets: true, ..MemoryKeychain::default() };
        let store = KeyStore::new(Arc::new(keychain));
        let outcome = store.keep(item(), SigningKey::generate().unwrap()).await;
        assert_eq!(outcome, Err(KeychainError::NotKept("signing-key:ab".to_owned())));
    }

    #[tokio::test]
    async fn an_item_that_cannot_be_read_is_an_error_and_not_absent() {
        let keychain = MemoryKeychain::default();
        keychain.write(&item(), "not a key").unwrap();
        let store = KeyStore::new(Arc::new(keychain));
        assert_eq!(store.find(item()).await.unwrap_err(), KeychainError::Damaged("signing-key:ab".to_owned()));
    }
}
