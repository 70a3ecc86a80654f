//! Signs with the keys that consoles handed over, opened under the root key. Keys are looked up when a batch is
//! signed, not when it was made, so a key added or revoked meanwhile counts for batches already queued.

use crate::store::signing_keys::{self, SEALED_COLUMN, SigningKeyRow, TABLE};
use crate::store::{Store, StoreError};
use tekport_api::batch::FileSigner;
use tekport_api::signing_key::KeyState;
use tekport_export_file::{DerError, DerSignature, KnownKey, MAX_SIGNATURES, SignatureInfo};
use tekport_keys::at_rest::{AtRestError, Binding, RootKey};
use tekport_keys::{PublicKey, SigningKey, SigningKeyError};

use uuid::Uuid;

/// Why nothing can be signed. Each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// No key of the config can sign.
    #[error(
        "no live signing key, so nothing was published: {0}; hand a key over from the console, or give the config another one"
    )]
    NoLiveKey(String),
    /// A key is there and can't be opened. Never treated as absent: a file would go out with fewer signatures.
    #[error(
        "the signing key {name} can't be opened: {source}; check that the daemon has the root key it had when the key was handed over, or hand the key over again"
    )]
    Sealed {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: AtRestError,
    },
    /// What was opened is not a signing key, or doesn't sign.
    #[error("the signing key {name} can't be used: {source}; hand it over again from the console")]
    Unusable {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: SigningKeyError,
    },
    /// The private half belongs to another public key than the registered one.
    #[error("the private half of the signing key {0} isn't that of its registered public key; hand it over again")]
    Mismatch(SignatureInfo),
    /// A signature of ours can't be read.
    #[error("the signing key {name} made a signature that can't be read: {source}")]
    Signature {
        /// The key's id and version.
        name: SignatureInfo,
        /// Why.
        source: DerError,
    },
    /// The keys can't be looked up.
    #[error("the signing keys can't be looked up")]
    Store(#[from] StoreError),
}

/// Opens the signing keys of configs.
#[derive(Debug, Clone)]
pub struct Signer {
    store: Store,
    root_key: RootKey,
}

impl Signer {
    /// Looks keys up in the store and opens them under the root key.
    #[must_use]
    pub fn new(store: Store, root_key: RootKey) -> Self {
        Self { store, root_key }
    }

    /// Opens the keys that a config's files are to be signed with now: newest first, at most ten, without
    /// revoked ones and those not handed over.
    ///
    /// # Errors
    /// When no key is left, or one that should sign can't be opened.
    pub async fn live_keys(&self, config_id: Uuid) -> Result<LiveKeys, SignError> {
        let rows = signing_keys::of_config(self.store.pool(), config_id).await?;
        let live = rows.iter().filter(|row| row.state().is_live()).take(MAX_SIGNATURES);
        let keys = live.map(|row| self.open(row)).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            let states = rows.iter().map(|row| match row.state() {
                KeyState::Revoked => format!("{} is revoked", name(row)),
                KeyState::Retired => format!("{} has ended", name(row)),
                _ => format!("{} was not handed to the daemon", name(row)),
            });
            let states = states.collect::<Vec<_>>().join(", ");
            return Err(SignError::NoLiveKey(if states.is_empty() {
                "the config names none".to_owned()
            } else {
                states
            }));
        }
        Ok(LiveKeys(keys))
    }

    fn open(&self, row: &SigningKeyRow) -> Result<LiveKey, SignError> {
        let name = name(row);
        let id = row.id.to_string();
        let binding = Binding { table: TABLE, row: &id, column: SEALED_COLUMN };
        let der = self
            .root_key
            .decrypt(binding, row.sealed.as_deref().unwrap_or_default())
            .map_err(|source| SignError::Sealed { name: name.clone(), source })?;
        let key =
            SigningKey::from_pkcs8_der(&der).map_err(|source| SignError::Unusable { name: name.clone(), source })?;
        if key.public_key() != row.public_key {
            return Err(SignError::Mismatch(name));
        }
        Ok(LiveKey { name, key, registered: row.public_key.clone() })
    }
}

fn name(row: &SigningKeyRow) -> SignatureInfo {
    SignatureInfo { key_id: row.key_id.clone(), key_version: row.key_version.clone() }
}

#[derive(Debug)]
struct LiveKey {
    name: SignatureInfo,
    key: SigningKey,
    registered: PublicKey,
}

/// The keys that sign a file, newest first; one to ten. The private halves are wiped when it is dropped.
#[derive(Debug)]
pub struct LiveKeys(Vec<LiveKey>);

impl LiveKeys {
    /// Who signs, in the order of a file.
    #[must_use]
    pub fn infos(&self) -> Vec<SignatureInfo> {
        self.0.iter().map(|key| key.name.clone()).collect()
    }

    /// The same, as the API shows it.
    #[must_use]
    pub fn signers(&self) -> Vec<FileSigner> {
        let signer = |key: &LiveKey| FileSigner {
            key_id: key.name.key_id.to_string(),
            key_version: key.name.key_version.to_string(),
        };
        self.0.iter().map(signer).collect()
    }

    /// The registered public keys, to verify with.
    #[must_use]
    pub fn known_keys(&self) -> Vec<KnownKey> {
        let known = |key: &LiveKey| KnownKey { name: Some(key.name.clone()), key: *key.registered.verifying_key() };
        self.0.iter().map(known).collect()
    }

    /// Signs a digest with every key; the same digest always gets the same signatures (RFC 6979).
    ///
    /// # Errors
    /// When a key doesn't sign.
    pub fn sign(&self, digest: &[u8; 32]) -> Result<Vec<(SignatureInfo, DerSignature)>, SignError> {
        let sign = |key: &LiveKey| {
            let name = key.name.clone();
            let der =
                key.key.sign_digest(digest).map_err(|source| SignError::Unusable { name: name.clone(), source })?;
            let signature =
                DerSignature::from_der(&der).map_err(|source| SignError::Signature { name: name.clone(), source })?;
            Ok((name, signature))
        };
        self.0.iter().map(sign).collect()
    }
}
