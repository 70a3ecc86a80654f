//! The PKCS#11 token that holds signing keys of custody `hsm`. Calls of a module block and hang with their device, so
//! one thread makes them all; everything here asks it and waits for the answer, for a limited time.
//!
//! ```text
//!  Token ──requests──► owner.rs        the thread: opens, keeps, re-opens; remembers a refused PIN
//!                        connection.rs the module, the token's slot, the session
//!                        objects.rs    list, find, generate, sign, destroy
//!                        pin.rs        where the PIN comes from
//! ```

mod connection;
mod error;
mod health;
mod key;
mod objects;
mod owner;
mod pin;
pub mod status;

pub use error::TokenError;
pub use key::{NotATokenKeyId, TokenKeyId, TokenKeyPair};
pub use pin::{PinError, PinPlace};

use crate::config::TokenConfig;
use connection::Connection;
use health::TokenHealth;
use owner::{Owner, Request};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;
use tekport_export_file::DerSignature;
use tokio::sync::oneshot;

/// A token has this long for an answer where nothing else is set: smart cards take seconds to make a key.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// A module that is put away gets this long to close its session. Two at once, or one while the process ends, would
/// meet in the module's own state.
const END_LIMIT: Duration = Duration::from_secs(5);

/// Which token, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSettings {
    /// The PKCS#11 module.
    pub module: PathBuf,
    /// The token's label.
    pub label: String,
    /// Where its PIN is read from.
    pub pin: PinPlace,
    /// Whether a token that had a wrong PIN lately is left alone: for commands that are run again and again, each a
    /// process that knows nothing of the one before.
    pub sparing: bool,
    /// The token has this long for an answer.
    pub time_limit: Duration,
}

impl TokenSettings {
    /// What a configuration says. `state` is for relative paths, `credentials` the folder of systemd's credentials.
    #[must_use]
    pub fn new(config: &TokenConfig, state: &Path, credentials: Option<&Path>) -> Self {
        let pin = PinPlace::new(config, state, credentials);
        Self { module: config.module.clone(), label: config.label.clone(), pin, sparing: false, time_limit: TIME_LIMIT }
    }
}

/// The token. Cloning shares the thread that talks to it, which ends with the last clone.
#[derive(Debug, Clone)]
pub struct Token(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    label: String,
    time_limit: Duration,
    /// `None` once the thread is to end.
    requests: Option<mpsc::Sender<Request>>,
    /// Hears of the thread's end.
    ended: Mutex<mpsc::Receiver<()>>,
    health: TokenHealth,
}

impl Drop for Shared {
    /// Waits until the session is closed. A module that hangs is left to itself.
    fn drop(&mut self) {
        self.requests = None;
        let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
        if ended.recv_timeout(END_LIMIT) == Err(mpsc::RecvTimeoutError::Timeout) {
            tracing::warn!("the token's module didn't let go of its session");
        }
    }
}

impl Token {
    /// Starts the thread that talks to the token. It looks at it at once: [`last_error`](Self::last_error) tells.
    ///
    /// # Errors
    /// When no thread can be started. A token that isn't there is no error here: it may come.
    pub fn start(settings: TokenSettings) -> std::io::Result<Self> {
        let (requests, received) = mpsc::channel();
        let (label, time_limit) = (settings.label.clone(), settings.time_limit);
        let health = TokenHealth::default();
        let owner = Owner::new(settings, health.clone());
        // Never sent on: its end is the thread's, after everything that the thread owned.
        let (alive, ended) = mpsc::channel::<()>();
        let work = move || {
            let _alive = alive;
            owner.run(&received);
        };
        std::thread::Builder::new().name("token".to_owned()).spawn(work)?;
        // It was just started and waits for it.
        let _ = requests.send(Box::new(|owner| drop(owner.with(|_| Ok(())))));
        let (requests, ended) = (Some(requests), Mutex::new(ended));
        Ok(Self(Arc::new(Shared { label, time_limit, requests, ended, health })))
    }

    /// The token's label.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.0.label
    }

    /// Why the token couldn't be used when it was last tried, at most 30 seconds ago while nothing asks; `None` where
    /// it could, or was not tried yet.
    #[must_use]
    pub fn last_error(&self) -> Option<TokenError> {
        self.0.health.last().and_then(Result::err)
    }

    /// Returns the key pairs with which files can be signed, by their labels.
    ///
    /// # Errors
    /// When the token can't be used.
    pub async fn list(&self) -> Result<Vec<TokenKeyPair>, TokenError> {
        self.ask(Connection::list, |_, _| ()).await
    }

    /// Returns one key pair.
    ///
    /// # Errors
    /// When the token can't be used, has no such key, or has one that can't sign files: the error says why.
    pub async fn find(&self, id: TokenKeyId) -> Result<TokenKeyPair, TokenError> {
        self.ask(move |connection| connection.find(&id), |_, _| ()).await
    }

    /// Signs a SHA-256 digest. Each signature is another one: ECDSA in tokens is random.
    ///
    /// # Errors
    /// When the token can't be used, has no such key, or makes a signature that doesn't verify.
    pub async fn sign(&self, id: TokenKeyId, digest: [u8; 32]) -> Result<DerSignature, TokenError> {
        self.ask(move |connection| connection.sign(&id, &digest), |_, _| ()).await
    }

    /// Makes a P-256 key pair whose private half never leaves the token. Where the caller has stopped waiting for it,
    /// it is destroyed again.
    ///
    /// # Errors
    /// When the token can't be used, or doesn't make such a key.
    pub async fn generate(&self, id: TokenKeyId, label: String) -> Result<TokenKeyPair, TokenError> {
        let made = id.clone();
        let unwanted = move |owner: &mut Owner, result: Result<TokenKeyPair, TokenError>| {
            if result.is_ok()
                && let Err(error) = owner.with(|connection| connection.destroy(&made))
            {
                tracing::error!(token_key = %made, %error, "a key pair that nobody waited for is left in the token");
            }
        };
        self.ask(move |connection| connection.generate(&id, &label), unwanted).await
    }

    /// Destroys a key pair. One that isn't there is destroyed already.
    ///
    /// # Errors
    /// When the token can't be used, or doesn't destroy it.
    pub async fn destroy(&self, id: TokenKeyId) -> Result<(), TokenError> {
        self.ask(move |connection| connection.destroy(&id), |_, _| ()).await
    }

    /// Has the thread act and waits for what comes of it. `unwanted` gets what nobody waited for any more.
    async fn ask<T: Send + 'static>(
        &self,
        act: impl Fn(&Connection) -> Result<T, TokenError> + Send + 'static,
        unwanted: impl FnOnce(&mut Owner, Result<T, TokenError>) + Send + 'static,
    ) -> Result<T, TokenError> {
        let (reply, answer) = oneshot::channel();
        let request: Request = Box::new(move |owner| {
            if reply.is_closed() {
                return;
            }
            if let Err(result) = reply.send(owner.with(act)) {
                unwanted(owner, result);
            }
        });
        let requests = self.0.requests.as_ref().ok_or(TokenError::Ended)?;
        requests.send(request).map_err(|_| TokenError::Ended)?;
        match tokio::time::timeout(self.0.time_limit, answer).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(TokenError::Ended),
            Err(_) => {
                let error = TokenError::NoAnswer(self.0.time_limit.as_secs());
                self.0.health.note(Err(error.clone()));
                Err(error)
            }
        }
    }
}
