//! Signs digests of export files by the custody of each key: with the copies that consoles handed over, through the
//! token, or with what a console has signed. Keys are looked up when a batch is signed, not when it was made, so a key
//! added or revoked meanwhile counts for batches already queued.

mod error;
mod sealed;
mod signatory;

pub use error::SignError;
pub use signatory::{Reach, Signatory};

use crate::audit::Actor;
use crate::store::Store;
use crate::store::signatures::{self, SignatureRow};
use crate::store::signing_keys::{self, SigningKeyRow};
use crate::token::{Token, TokenKeyId};
use tekport_api::UtcTime;
use tekport_api::message::NotLive;
use tekport_api::signing_key::{Custody, KeyState};
use tekport_export_file::{DerSignature, MAX_SIGNATURES};
use tekport_keys::at_rest::RootKey;
use uuid::Uuid;

/// Signs for configs. Cloning shares the store.
#[derive(Debug, Clone)]
pub struct Signer {
    store: Store,
    root_key: RootKey,
    token: Option<Token>,
}

impl Signer {
    /// Looks keys up in the store, opens those that were handed over under the root key, and signs with those in the
    /// token through it.
    #[must_use]
    pub fn new(store: Store, root_key: RootKey, token: Option<Token>) -> Self {
        Self { store, root_key, token }
    }

    /// Returns the keys whose signatures a config's new files have to carry now: newest first, at most ten, without
    /// those that haven't begun to sign, have ended or are revoked.
    ///
    /// # Errors
    /// When no key is left, or the store fails.
    pub async fn signers_of(&self, config_id: Uuid) -> Result<Vec<Signatory>, SignError> {
        let rows = signing_keys::of_config(self.store.pool(), config_id).await?;
        if !rows.iter().any(|row| row.state().is_live()) {
            return Err(SignError::NoLiveKey(why_not_live(&rows)));
        }
        Ok(rows.into_iter().filter(|row| row.state().is_live()).take(MAX_SIGNATURES).map(Signatory).collect())
    }

    /// Returns a key's signature over the SHA-256 digest of an `export.bin`; the same digest always gets the same
    /// one. `None` means that a console has to make it and hasn't: a key that the daemon reaches signs at once. What
    /// can't be made again as it was is stored, as made at `now`, before it is returned.
    ///
    /// # Errors
    /// When a key that should sign here can't, or a kept signature doesn't verify.
    pub async fn sign(
        &self,
        signatory: &Signatory,
        digest: &[u8; 32],
        now: UtcTime,
    ) -> Result<Option<DerSignature>, SignError> {
        match signatory.key().custody {
            Custody::Daemon => {
                let key = sealed::open(&self.root_key, signatory)?;
                sealed::sign(&key, &signatory.info(), digest).map(Some)
            }
            Custody::Console => self.kept(signatory, digest).await,
            Custody::Hsm => match self.kept(signatory, digest).await? {
                Some(signature) => Ok(Some(signature)),
                None => {
                    let signature = self.sign_in_token(signatory, digest).await?;
                    self.keep(signatory, digest, signature, now).await.map(Some)
                }
            },
        }
    }

    /// Signs what is no export file, at once: a challenge, a certificate.
    ///
    /// # Errors
    /// When the key can't sign here; one in custody of a console never can.
    pub async fn sign_other(&self, signatory: &Signatory, digest: &[u8; 32]) -> Result<DerSignature, SignError> {
        match signatory.key().custody {
            Custody::Daemon => sealed::sign(&sealed::open(&self.root_key, signatory)?, &signatory.info(), digest),
            Custody::Console => Err(SignError::InConsole(signatory.info())),
            Custody::Hsm => self.sign_in_token(signatory, digest).await,
        }
    }

    /// The token that signs for keys of custody `hsm`, where the configuration names one.
    #[must_use]
    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// Has the token sign. Its signatures are random: each is another one.
    async fn sign_in_token(&self, signatory: &Signatory, digest: &[u8; 32]) -> Result<DerSignature, SignError> {
        let name = signatory.info();
        let Some(token) = &self.token else { return Err(SignError::NoToken(name)) };
        let id: Option<TokenKeyId> = signatory.key().token_key.as_deref().and_then(|id| id.parse().ok());
        let Some(id) = id else { return Err(SignError::NotInToken(name)) };
        let signed = token.sign(id, *digest).await;
        let signature = signed.map_err(|source| SignError::Token { name: name.clone(), source })?;
        if signatory.verifies(digest, &signature) { Ok(signature) } else { Err(SignError::TokenMismatch(name)) }
    }

    /// Stores a signature before it is used: run again, the batch gets the same bytes. Returns the one that is stored,
    /// which another daemon may have been first with.
    async fn keep(
        &self,
        signatory: &Signatory,
        digest: &[u8; 32],
        signature: DerSignature,
        now: UtcTime,
    ) -> Result<DerSignature, SignError> {
        let made = SignatureRow { signature, made_at: now, made_by: Actor::daemon().name };
        let mut transaction = self.store.begin().await?;
        let kept = signatures::insert_or_same(&mut transaction, digest, signatory.key().id, &made).await?;
        transaction.commit().await?;
        Ok(kept.signature)
    }

    /// The signature that was stored for a digest, verified again: a database that was tampered with makes no file.
    async fn kept(&self, signatory: &Signatory, digest: &[u8; 32]) -> Result<Option<DerSignature>, SignError> {
        let Some(row) = signatures::find(self.store.pool(), digest, signatory.key().id).await? else {
            return Ok(None);
        };
        let valid = signatory.verifies(digest, &row.signature);
        if valid { Ok(Some(row.signature)) } else { Err(SignError::Kept(signatory.info())) }
    }
}

/// Why no key of a config signs, key by key.
fn why_not_live(rows: &[SigningKeyRow]) -> Vec<NotLive> {
    let states = rows.iter().map(|row| {
        let key = format!("{}-{}", row.key_id, row.key_version);
        match (row.state(), row.custody) {
            (KeyState::Revoked, _) => NotLive::Revoked { key },
            (KeyState::Retired, _) => NotLive::Ended { key },
            (_, Custody::Daemon) if !row.can_sign() => NotLive::NotHandedOver { key },
            _ => NotLive::NotBegun { key },
        }
    });
    let states: Vec<_> = states.collect();
    if states.is_empty() { vec![NotLive::None] } else { states }
}
