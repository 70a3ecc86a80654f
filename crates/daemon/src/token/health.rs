//! Whether the token could be used when it was last tried.

use super::TokenError;
use std::sync::{Arc, Mutex, PoisonError};

/// What the last use of the token came to. Cloning shares it.
#[derive(Debug, Clone, Default)]
pub(super) struct TokenHealth(Arc<Mutex<Option<Result<(), TokenError>>>>);

impl TokenHealth {
    /// What the last use came to; `None` before the first.
    pub(super) fn last(&self) -> Option<Result<(), TokenError>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes what a use came to. The log hears of it when it changes.
    pub(super) fn note(&self, now: Result<(), TokenError>) {
        metrics::gauge!("tekport_token_available").set(if now.is_ok() { 1.0 } else { 0.0 });
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref() == Some(&now) {
            return;
        }
        match &now {
            Ok(()) => tracing::info!("the token can be used"),
            Err(error) => tracing::error!(%error, "the token can't be used"),
        }
        *last = Some(now);
    }
}
