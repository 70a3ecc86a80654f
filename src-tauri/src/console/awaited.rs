//! Commands whose signatures the pages can rely on already.

use super::Console;
use crate::CommandError;
use crate::view::*;
use tekport_api::signing_key::SigningKey;

type Answer<T> = Result<T, CommandError>;

fn later<T>() -> Answer<T> {
    Err(CommandError::new("internal", "Not in this build", "this build can't do that; update the console"))
}

impl Console {
    pub(crate) async fn export_key_package(&self, _: &str) -> Answer<SavedFolder> {
        later()
    }
    pub(crate) async fn passphrase_strength(&self, _: &PassphraseText) -> Answer<PassphraseStrength> {
        later()
    }
    pub(crate) async fn back_up_signing_key(&self, _: &str, _: PassphraseText) -> Answer<SavedFile> {
        later()
    }
    pub(crate) async fn inspect_key_file(&self, _: &str, _: Option<PassphraseText>) -> Answer<KeyFileSummary> {
        later()
    }
    pub(crate) async fn restore_signing_key(&self, _: &str, _: Option<PassphraseText>) -> Answer<SigningKeyView> {
        later()
    }
    pub(crate) async fn import_signing_key(&self, _: &str, _: Option<PassphraseText>, _: NewKey) -> Answer<SigningKey> {
        later()
    }
    pub(crate) async fn unattended_signing(&self) -> Answer<UnattendedSigning> {
        later()
    }
    pub(crate) async fn set_unattended_signing(&self, _: bool, _: Vec<String>) -> Answer<UnattendedSigning> {
        later()
    }
}
