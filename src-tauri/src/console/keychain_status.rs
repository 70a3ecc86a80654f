//! How this computer's keychain is, for the pages to say before anybody needs it.

use super::Console;
use crate::keychain::KeychainError;
use crate::{KeychainState, KeychainStatus};
use tekport_api::Said;

impl Console {
    /// Looks whether keys can be read and written now. Asks nobody for anything.
    pub async fn keychain_status(&self) -> KeychainStatus {
        match self.keys.check().await {
            Ok(()) => KeychainStatus {
                state: KeychainState::Ready,
                detail: "The keychain answers.".to_owned(),
                message: None,
            },
            Err(error) => {
                KeychainStatus { state: state_of(&error), detail: error.to_string(), message: Some(error.message()) }
            }
        }
    }
}

fn state_of(error: &KeychainError) -> KeychainState {
    match error {
        KeychainError::NoService(_) => KeychainState::NoService,
        KeychainError::Locked(_) => KeychainState::Locked,
        KeychainError::Denied(_) => KeychainState::Denied,
        KeychainError::Empty
        | KeychainError::NoAnswer(_)
        | KeychainError::Damaged(_)
        | KeychainError::NotKept(_)
        | KeychainError::Failed(_) => KeychainState::Failed,
    }
}
