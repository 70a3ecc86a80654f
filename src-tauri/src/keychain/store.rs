//! Keys in and out of a keychain, without blocking the window.

use super::{Item, Keychain, KeychainError};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::sync::Arc;
use std::time::Duration;
use tekport_keys::SigningKey;
use zeroize::Zeroizing;

/// A keychain that asks its person may take this long to answer.
const LIMIT: Duration = Duration::from_secs(180);

/// A keychain that keeps keys: each as PKCS#8 in base64.
#[derive(Clone)]
pub struct KeyStore {
    keychain: Arc<dyn Keychain>,
    limit: Duration,
}

impl KeyStore {
    /// Keeps keys in that keychain.
    #[must_use]
    pub fn new(keychain: Arc<dyn Keychain>) -> Self {
        Self { keychain, limit: LIMIT }
    }

    /// Succeeds where keys can be read and written now, without asking a person for anything.
    ///
    /// # Errors
    /// Why they can't.
    pub async fn check(&self) -> Result<(), KeychainError> {
        self.run(|keychain| keychain.check()).await
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
        let keychain = self.keychain.clone();
        let working = tokio::task::spawn_blocking(move || work(keychain.as_ref()));
        match tokio::time::timeout(self.limit, working).await {
            Ok(outcome) => outcome.unwrap_or_else(|error| Err(KeychainError::Failed(error.to_string()))),
            Err(_) => Err(KeychainError::NoAnswer(self.limit.as_secs())),
        }
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

    /// Says nothing until it is let go.
    struct Silent(std::sync::Mutex<std::sync::mpsc::Receiver<()>>);

    impl Keychain for Silent {
        fn read(&self, _: &Item) -> Result<Option<Zeroizing<String>>, KeychainError> {
            Ok(None)
        }
        fn has(&self, _: &Item) -> Result<bool, KeychainError> {
            Ok(false)
        }
        fn write(&self, _: &Item, _: &str) -> Result<(), KeychainError> {
            Ok(())
        }
        fn remove(&self, _: &Item) -> Result<(), KeychainError> {
            Ok(())
        }
        fn check(&self) -> Result<(), KeychainError> {
            // Errs when the test is over.
            let _ = self.0.lock().unwrap().recv();
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_keychain_that_says_nothing_is_not_waited_for_without_end() {
        let (let_go, held) = std::sync::mpsc::channel();
        let mut store = KeyStore::new(Arc::new(Silent(std::sync::Mutex::new(held))));
        store.limit = Duration::ZERO;
        assert_eq!(store.check().await, Err(KeychainError::NoAnswer(0)));
        drop(let_go);
    }

    #[tokio::test]
    async fn an_item_that_cannot_be_read_is_an_error_and_not_absent() {
        let keychain = MemoryKeychain::default();
        keychain.write(&item(), "not a key").unwrap();
        let store = KeyStore::new(Arc::new(keychain));
        assert_eq!(store.find(item()).await.unwrap_err(), KeychainError::Damaged("signing-key:ab".to_owned()));
    }
}
