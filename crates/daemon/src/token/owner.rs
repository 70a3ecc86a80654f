//! The one thread that talks to the token. It keeps a session, opens it anew when it was lost, and never tries a PIN
//! again that the token refused.

use super::connection::{Connection, Module};
use super::error::{LoginFailure, login_failure};
use super::health::TokenHealth;
use super::pin::Pin;
use super::{TokenError, TokenSettings};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often an idle token is looked at, so that one that is gone is known before a batch needs it.
const CHECK_EVERY: Duration = Duration::from_secs(30);

/// Something to do on the thread.
pub(super) type Request = Box<dyn FnOnce(&mut Owner) + Send>;

/// What the thread keeps.
#[derive(Debug)]
pub(super) struct Owner {
    settings: TokenSettings,
    connection: Option<Connection>,
    /// A PIN that the token refused, and what to say of it.
    refused: Option<(Pin, TokenError)>,
    health: TokenHealth,
}

impl Owner {
    pub(super) fn new(settings: TokenSettings, health: TokenHealth) -> Self {
        Self { settings, connection: None, refused: None, health }
    }

    /// Does what is asked until nobody can ask any more.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        loop {
            match requests.recv_timeout(CHECK_EVERY) {
                Ok(request) => request(&mut self),
                Err(RecvTimeoutError::Timeout) => {
                    // Its health is noted; the next request says why it can't be met.
                    let _ = self.with(|_| Ok(()));
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Acts over the connection, opened where there is none. A connection that turns out to be lost is opened anew,
    /// and the act done again, once: everything that is done here may be done twice.
    pub(super) fn with<T>(&mut self, act: impl Fn(&Connection) -> Result<T, TokenError>) -> Result<T, TokenError> {
        let kept = self.connection.is_some();
        let mut result = self.attempt(&act);
        if kept && self.connection.is_none() {
            result = self.attempt(&act);
        }
        self.health.note(match &result {
            Err(error) if self.connection.is_none() => Err(error.clone()),
            _ => Ok(()),
        });
        result
    }

    /// Acts once; the connection is given up where it, and not the key, was the trouble.
    fn attempt<T>(&mut self, act: impl Fn(&Connection) -> Result<T, TokenError>) -> Result<T, TokenError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = connection.check().and_then(|()| act(&connection));
        if !matches!(
            result,
            Err(TokenError::Failed(_) | TokenError::Absent { .. } | TokenError::Ambiguous { .. } | TokenError::Ended)
        ) {
            self.connection = Some(connection);
        }
        result
    }

    fn open(&mut self) -> Result<Connection, TokenError> {
        let label = self.settings.label.clone();
        let module = Module::load(&self.settings.module)?;
        let (slot, info) = module.find(&label)?;
        let place = self.settings.pin.described();
        if info.user_pin_locked() {
            return Err(TokenError::PinLocked { label, place });
        }
        let pin = self.settings.pin.read()?;
        if let Some((refused, error)) = &self.refused
            && *refused == pin
        {
            return Err(error.clone());
        }
        // A program by itself never uses up a token's last attempt; one that is run by hand, and forgets what was
        // refused, not even an earlier one.
        if info.user_pin_final_try() || (self.settings.sparing && info.user_pin_count_low()) {
            return Err(TokenError::PinSpared { label, place, last: info.user_pin_final_try() });
        }
        let connection = Connection::open(module, slot, &label)?;
        let Err(error) = connection.log_in(&pin.secret) else {
            self.refused = None;
            return Ok(connection);
        };
        let refused = match login_failure(&error) {
            None => return Err(error.into()),
            Some(LoginFailure::Unset) => return Err(TokenError::NoUserPin(label)),
            Some(LoginFailure::Refused) => TokenError::PinRefused { label, place },
            Some(LoginFailure::Locked) => TokenError::PinLocked { label, place },
        };
        self.refused = Some((pin, refused.clone()));
        Err(refused)
    }
}
