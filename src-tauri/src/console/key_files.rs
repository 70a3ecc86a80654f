//! Key files that people bring: what they hold, and how their key gets into the keychain.

use super::backups::unusable;
use super::{Console, lists};
use crate::error::{ConsoleFault, KeyTrouble};
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, InKeychain, KeyFileSummary, NewKey, PassphraseText, SigningKeyView};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tekport_api::signing_key::SigningKey;
use tekport_keys::import::{self, ImportError, KeyFile};
use tekport_keys::{Passphrase, SigningKey as PrivateKey};
use zeroize::Zeroizing;

/// A byte more than any key file has: a longer file is refused as such without being read.
const MOST_BYTES: u64 = 65_537;

/// A file as far as it could be read: without its passphrase, an encrypted key stays unknown.
type Opened = (KeyFile, Option<PrivateKey>);

impl Console {
    /// Says what a key file holds; changes nothing.
    ///
    /// # Errors
    /// When the file can't be read, gives no signing key, or isn't opened by the passphrase; when the daemon doesn't
    /// answer.
    pub async fn inspect_key_file(
        &self,
        path: &str,
        passphrase: Option<PassphraseText>,
    ) -> Result<KeyFileSummary, CommandError> {
        let client = self.client().await?;
        let (file, key) = open(path, passphrase).await?;
        let public = key.map(|key| key.public_key());
        let fingerprint = public.as_ref().map(|public| public.fingerprint());
        let registered = match &fingerprint {
            Some(fingerprint) => registered_as(lists::signing_keys(&client).await?, fingerprint),
            None => None,
        };
        let in_keychain = match &fingerprint {
            Some(fingerprint) => self.place_of(fingerprint).await,
            None => InKeychain::Unknown,
        };
        Ok(KeyFileSummary {
            encrypted: file.is_encrypted(),
            format: match file.encryption {
                Some(encryption) => format!("{}, {encryption}", file.format),
                None => format!("{}, not encrypted", file.format),
            },
            public_key_pem: public.map(|public| public.to_pem()),
            fingerprint,
            registered,
            in_keychain,
        })
    }

    /// Puts the key of a file back into this computer's keychain. The daemon has to know its public half.
    ///
    /// # Errors
    /// When the file gives no key, the daemon doesn't know it, or the keychain can't be used.
    pub async fn restore_signing_key(
        &self,
        path: &str,
        passphrase: Option<PassphraseText>,
    ) -> Result<SigningKeyView, CommandError> {
        let client = self.client().await?;
        let key = private_key(path, passphrase).await?;
        let fingerprint = key.public_key().fingerprint();
        let registered = registered_as(lists::signing_keys(&client).await?, &fingerprint).ok_or_else(|| {
            let trouble = KeyTrouble::NotRegistered { fingerprint: fingerprint.clone() };
            CommandError::said(ErrorCode::KeyNotRegistered, "The daemon does not know this key", &trouble)
        })?;
        self.keys.keep(Item::SigningKey(fingerprint), key).await?;
        tracing::info!(id = registered.id, "a signing key was restored to the keychain");
        Ok(SigningKeyView { key: registered, in_keychain: InKeychain::Here })
    }

    /// Brings a key that was made elsewhere: keeps it in the keychain, registers its public half and, with the
    /// custody `daemon`, hands it over.
    ///
    /// # Errors
    /// When the file gives no key, the daemon knows it already or refuses it, or the keychain can't be used.
    pub async fn import_signing_key(
        &self,
        path: &str,
        passphrase: Option<PassphraseText>,
        draft: NewKey,
    ) -> Result<SigningKey, CommandError> {
        let client = self.client().await?;
        let key = private_key(path, passphrase).await?;
        if let Some(known) = registered_as(lists::signing_keys(&client).await?, &key.public_key().fingerprint()) {
            let trouble = KeyTrouble::Registered { key: format!("{} {}", known.key_id, known.key_version) };
            return Err(CommandError::said(ErrorCode::KeyRegistered, "The daemon has this key already", &trouble));
        }
        self.register(draft, key).await
    }

    async fn place_of(&self, fingerprint: &str) -> InKeychain {
        match self.keys.which_are_there(vec![Item::SigningKey(fingerprint.to_owned())]).await.as_deref() {
            Ok([true]) => InKeychain::Here,
            Ok(_) => InKeychain::Elsewhere,
            Err(_) => InKeychain::Unknown,
        }
    }
}

fn registered_as(keys: Vec<SigningKey>, fingerprint: &str) -> Option<SigningKey> {
    keys.into_iter().find(|key| key.fingerprint == fingerprint)
}

async fn private_key(path: &str, passphrase: Option<PassphraseText>) -> Result<PrivateKey, CommandError> {
    open(path, passphrase).await?.1.ok_or_else(|| refused(&ImportError::PassphraseNeeded))
}

async fn open(path: &str, passphrase: Option<PassphraseText>) -> Result<Opened, CommandError> {
    let path = PathBuf::from(path);
    let passphrase = passphrase.map(|text| Passphrase::new(text.into_text())).transpose();
    let passphrase = passphrase.map_err(|error| unusable(&error))?;
    // Opening an encrypted key takes a second on purpose.
    tokio::task::spawn_blocking(move || read(&path, passphrase.as_ref())).await.unwrap_or_else(|error| {
        let fault = ConsoleFault::BrokeOff { cause: error.to_string() };
        Err(CommandError::said(ErrorCode::Internal, "The file can't be read", &fault))
    })
}

fn read(path: &Path, passphrase: Option<&Passphrase>) -> Result<Opened, CommandError> {
    // Room for everything from the start: a buffer that grows would leave a copy of the key behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_BYTES as usize + 1));
    File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes)).map_err(|error| {
        let fault = ConsoleFault::Unreadable { path: path.display().to_string(), cause: error.to_string() };
        CommandError::said(ErrorCode::FileUnreadable, "The file can't be read", &fault)
    })?;
    let file = import::inspect(&bytes).map_err(|error| refused(&error))?;
    if file.is_encrypted() && passphrase.is_none() {
        return Ok((file, None));
    }
    let key = import::read(&bytes, passphrase).map_err(|error| refused(&error))?;
    Ok((file, Some(key)))
}

fn refused(error: &ImportError) -> CommandError {
    let (code, title) = match error {
        ImportError::PassphraseNeeded => (ErrorCode::PassphraseNeeded, "This key is encrypted"),
        ImportError::WrongPassphrase => (ErrorCode::PassphraseWrong, "The passphrase does not open this key"),
        _ => (ErrorCode::KeyFile, "This file gives no signing key"),
    };
    CommandError::said(code, title, &trouble(error))
}

fn trouble(error: &ImportError) -> KeyTrouble {
    let small = |number: &usize| u32::try_from(*number).unwrap_or(u32::MAX);
    match error {
        ImportError::TooLong(bytes) => KeyTrouble::FileTooLong { bytes: small(bytes) },
        ImportError::NotPem(cause) => KeyTrouble::NotPem { cause: (*cause).to_owned() },
        ImportError::NoPrivateKey(cause) => KeyTrouble::NoPrivateKey { cause: cause.clone() },
        ImportError::SeveralKeys(count) => KeyTrouble::SeveralKeys { count: small(count) },
        ImportError::AnotherKind(kind) => KeyTrouble::AnotherKind { kind: kind.clone() },
        ImportError::NoCurve => KeyTrouble::NoCurve,
        ImportError::PassphraseNeeded => KeyTrouble::PassphraseNeeded,
        ImportError::WrongPassphrase => KeyTrouble::PassphraseWrong,
        ImportError::UnsupportedEncryption(name) => KeyTrouble::Encryption { name: name.clone() },
        ImportError::TooCostly(cause) => KeyTrouble::TooCostly { cause: cause.clone() },
        ImportError::Damaged(cause) => KeyTrouble::FileDamaged { cause: (*cause).to_owned() },
        ImportError::DamagedPem(cause) => KeyTrouble::FileDamaged { cause: cause.clone() },
    }
}
