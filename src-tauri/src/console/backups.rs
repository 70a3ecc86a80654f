//! Encrypted backups of signing keys, written from the keychain and read back into one.

use super::Console;
use super::downloads::{plain_name, save_file, saved};
use super::signing_keys::not_here;
use crate::error::KeyTrouble;
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, PassphraseStrength, PassphraseText, SavedFile};
use tekport_api::message::Nested;
use tekport_api::signing_key::SigningKey;
use tekport_keys::backup::{self, BackupError};
use tekport_keys::passphrase::{PassphraseError, strength};
use tekport_keys::{Passphrase, SigningKey as PrivateKey, import};

impl Console {
    /// Says how well a passphrase would keep a backup.
    pub fn passphrase_strength(&self, passphrase: PassphraseText) -> PassphraseStrength {
        match Passphrase::new(passphrase.into_text()) {
            Ok(passphrase) => {
                let found = strength(&passphrase);
                PassphraseStrength { score: found.score, acceptable: found.acceptable, advice: found.advice }
            }
            Err(PassphraseError::Empty) => PassphraseStrength { score: 0, acceptable: false, advice: vec![] },
            Err(error) => PassphraseStrength { score: 0, acceptable: false, advice: vec![error.to_string()] },
        }
    }

    /// Writes an encrypted backup of a key in this computer's keychain to the downloads folder, reads it back, and
    /// notes with the daemon that there is one.
    ///
    /// # Errors
    /// When the passphrase is too weak, the keychain doesn't have the key, or the file can't be saved. When only the
    /// note fails, the error says where the backup is.
    pub async fn back_up_signing_key(&self, id: &str, passphrase: PassphraseText) -> Result<SavedFile, CommandError> {
        let client = self.client().await?;
        let passphrase = Passphrase::new(passphrase.into_text()).map_err(|error| unusable(&error))?;
        let registered = client.get_signing_key(id).await?;
        let item = Item::SigningKey(registered.fingerprint.clone());
        let key = self.keys.find(item.clone()).await?.ok_or_else(|| not_here(&item))?;
        let pem = tokio::task::spawn_blocking(move || encrypted(&key, &passphrase))
            .await
            .unwrap_or(Err(BackupError::CannotEncrypt))
            .map_err(refused)?;
        let folder = self.places.downloads.clone();
        let stem = format!("{}-backup", package_name(&registered));
        let path = saved(&self.places.downloads, move || save_file(&folder, &stem, ".pem", pem.as_bytes())).await?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        tracing::info!(id = registered.id, file = name, "a backup of a signing key was written");
        if let Err(error) = client.note_backup(id, &name).await {
            let trouble =
                KeyTrouble::BackupNotNoted { path: path.display().to_string(), problem: Nested::from(&error) };
            let next_step = "keep the file, and back up again when the daemon answers";
            let (code, title) = (ErrorCode::BackupNotNoted, "The backup is written, but not noted");
            return Err(CommandError::quoting(code, title, &trouble, next_step));
        }
        Ok(SavedFile { path: path.to_string_lossy().into_owned() })
    }
}

/// What files about a key are called: `310-v2`.
pub(super) fn package_name(key: &SigningKey) -> String {
    plain_name(&format!("{}-{}", key.key_id, key.key_version))
}

/// Encrypts a key and opens the result again: a backup that doesn't open is none.
fn encrypted(key: &PrivateKey, passphrase: &Passphrase) -> Result<String, BackupError> {
    let pem = backup::encrypt(key, passphrase)?;
    match import::read(pem.as_bytes(), Some(passphrase)) {
        Ok(read) if read.public_key() == key.public_key() => Ok(pem),
        _ => Err(BackupError::CannotEncrypt),
    }
}

fn refused(error: BackupError) -> CommandError {
    match &error {
        BackupError::Weak(_) => {
            let trouble = KeyTrouble::WeakPassphrase { cause: error.to_string() };
            let next_step = "use a longer one of uncommon words";
            CommandError::quoting(ErrorCode::PassphraseWeak, "This passphrase is too weak", &trouble, next_step)
        }
        BackupError::NoRandomness(_) | BackupError::CannotEncrypt => {
            let trouble = KeyTrouble::BackupFailed { cause: error.to_string() };
            CommandError::said(ErrorCode::Internal, "The backup can't be made", &trouble)
        }
    }
}

pub(super) fn unusable(error: &PassphraseError) -> CommandError {
    let trouble = match error {
        PassphraseError::Empty => KeyTrouble::PassphraseEmpty,
        PassphraseError::TooLong(bytes) => {
            KeyTrouble::PassphraseTooLong { bytes: u32::try_from(*bytes).unwrap_or(u32::MAX) }
        }
        PassphraseError::Control => KeyTrouble::PassphraseControl,
    };
    CommandError::said(ErrorCode::PassphraseUnusable, "This can't be a passphrase", &trouble)
}
