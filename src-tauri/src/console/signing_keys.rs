//! Signing keys: made here, kept in the keychain, handed over sealed.

use super::last_known::Part;
use super::{Console, Session, lists};
use crate::error::{ConsoleFault, KeyTrouble};
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, InKeychain, NewKey, SigningKeyView};
use tekport_api::client::{Client, ClientError};
use tekport_api::signing_key::{Custody, SealedKeyUpload, SigningKey, SigningKeyDraft};
use tekport_keys::sealing::{SealContext, SealingPublicKey, seal};
use tekport_keys::{NoRandomness, PublicKey, SigningKey as PrivateKey};

impl Console {
    /// Lists the signing keys, each with whether its private half is in this computer's keychain.
    ///
    /// # Errors
    /// When the daemon doesn't answer. A keychain that doesn't makes the places unknown.
    pub async fn list_signing_keys(&self) -> Result<Vec<SigningKeyView>, CommandError> {
        let session = self.session().await?;
        let keys = lists::signing_keys(&session.client).await?;
        self.keep(&session.facts.ca_sha256, Part::SigningKeys, &keys).await;
        Ok(self.with_places(keys).await)
    }

    /// Says of each key whether its private half is in this computer's keychain.
    pub(super) async fn with_places(&self, keys: Vec<SigningKey>) -> Vec<SigningKeyView> {
        let items = keys.iter().map(|key| Item::SigningKey(key.fingerprint.clone())).collect();
        let places = match self.keys.which_are_there(items).await {
            Ok(there) => {
                there.into_iter().map(|there| if there { InKeychain::Here } else { InKeychain::Elsewhere }).collect()
            }
            Err(error) => {
                tracing::warn!(%error, "the keychain does not say which signing keys it has");
                vec![InKeychain::Unknown; keys.len()]
            }
        };
        keys.into_iter().zip(places).map(|(key, in_keychain)| SigningKeyView { key, in_keychain }).collect()
    }

    /// Makes a signing key, keeps it in the keychain and registers its public half. With the custody `daemon` it
    /// hands over the private half, too, sealed: where that breaks off, the key stays in the keychain and
    /// [`provision_signing_key`](Self::provision_signing_key) goes on.
    ///
    /// # Errors
    /// When the keychain can't be used, the daemon refuses or registers another key, or it offers another sealing
    /// key than the pinned one.
    pub async fn generate_signing_key(&self, draft: NewKey) -> Result<SigningKey, CommandError> {
        let key = PrivateKey::generate().map_err(no_randomness)?;
        self.register(draft, key).await
    }

    /// Keeps a key in the keychain, registers its public half and, with the custody `daemon`, hands it over.
    pub(super) async fn register(&self, draft: NewKey, key: PrivateKey) -> Result<SigningKey, CommandError> {
        let session = self.session().await?;
        let recipient = match draft.custody {
            Custody::Daemon => Some(pinned_sealing_key(&session).await?),
            Custody::Console | Custody::Hsm => None,
        };
        let public = key.public_key();
        let draft = SigningKeyDraft {
            key_id: draft.key_id,
            key_version: draft.key_version,
            public_key_pem: public.to_pem(),
            custody: draft.custody,
            predecessor_id: draft.predecessor_id,
        };
        draft.validate().map_err(tekport_api::Problem::invalid)?;
        let item = Item::SigningKey(public.fingerprint());
        let was_there = self.keys.which_are_there(vec![item.clone()]).await? == [true];
        self.keys.keep(item.clone(), key.clone()).await?;
        let registered = match session.client.register_signing_key(&draft).await {
            Ok(registered) => registered,
            Err(error) => {
                if !was_there && never_registered(&session.client, &error, &public.fingerprint()).await {
                    self.keys.remove(item).await?;
                }
                return Err(error.into());
            }
        };
        same_key(&registered, &key)?;
        tracing::info!(id = registered.id, fingerprint = registered.fingerprint, "a signing key was registered");
        match recipient {
            Some(recipient) => hand_over(&session.client, &recipient, &registered, &key).await,
            None => Ok(registered),
        }
    }

    /// Hands a registered key's private half to the daemon, from this computer's keychain.
    ///
    /// # Errors
    /// When the key isn't in the daemon's custody, the keychain doesn't have it, the daemon refuses, or it offers another
    /// sealing key than the pinned one.
    pub async fn provision_signing_key(&self, id: &str) -> Result<SigningKey, CommandError> {
        let session = self.session().await?;
        let registered = session.client.get_signing_key(id).await?;
        in_daemons_custody(&registered)?;
        let recipient = pinned_sealing_key(&session).await?;
        let item = Item::SigningKey(registered.fingerprint.clone());
        let key = self.keys.find(item.clone()).await?.ok_or_else(|| not_here(&item))?;
        hand_over(&session.client, &recipient, &registered, &key).await
    }
}

/// Refuses to hand over what is to stay where it is, before anything reads it.
fn in_daemons_custody(key: &SigningKey) -> Result<(), CommandError> {
    if key.custody == Custody::Daemon {
        return Ok(());
    }
    let name = format!("{} {}", key.key_id, key.key_version);
    let trouble = KeyTrouble::Stays { key: name, custody: key.custody.as_str().to_owned() };
    Err(CommandError::said(ErrorCode::KeyStays, "This key is not handed over", &trouble))
}

/// Returns the sealing key that was pinned at enrolment, if the daemon still has that one.
async fn pinned_sealing_key(session: &Session) -> Result<SealingPublicKey, CommandError> {
    let pinned = SealingPublicKey::from_base64(&session.facts.daemon.sealing_public_key)
        .map_err(|error| changed(&KeyTrouble::SealingKeyUnreadable { cause: error.to_string() }))?;
    let offered = session.client.status().await?.daemon.sealing_fingerprint;
    if pinned.fingerprint() == offered {
        Ok(pinned)
    } else {
        Err(changed(&KeyTrouble::SealingKeyChanged { pinned: pinned.fingerprint(), offered }))
    }
}

fn changed(how: &KeyTrouble) -> CommandError {
    CommandError::said(ErrorCode::SealingKeyChanged, "The daemon has another sealing key than before", how)
}

/// Whether a key that was to be registered is certainly not, so that nobody will ever ask for it.
///
/// A refusal alone doesn't say so: a request that broke off and was sent again may be refused because the first one
/// came through.
async fn never_registered(client: &Client, error: &ClientError, fingerprint: &str) -> bool {
    let refused = matches!(error, ClientError::Problem(_));
    refused && lists::signing_keys(client).await.is_ok_and(|keys| keys.iter().all(|key| key.fingerprint != fingerprint))
}

/// Makes sure that what the daemon registered is the public half of this key.
fn same_key(registered: &SigningKey, key: &PrivateKey) -> Result<(), CommandError> {
    let public = key.public_key();
    let same_pem = PublicKey::from_pem(&registered.public_key_pem).is_ok_and(|registered| registered == public);
    if same_pem && registered.fingerprint == public.fingerprint() {
        return Ok(());
    }
    let (code, title) = (ErrorCode::AnotherKey, "The daemon has another key under this id");
    Err(CommandError::said(code, title, &KeyTrouble::AnotherRegistered))
}

async fn hand_over(
    client: &Client,
    recipient: &SealingPublicKey,
    registered: &SigningKey,
    key: &PrivateKey,
) -> Result<SigningKey, CommandError> {
    same_key(registered, key)?;
    let fingerprint = key.public_key().fingerprint();
    let context = SealContext { signing_key_id: &registered.id, fingerprint: &fingerprint };
    let sealed = seal(recipient, key, context).map_err(|error| {
        let trouble = KeyTrouble::NotSealed { cause: error.to_string() };
        CommandError::said(ErrorCode::Internal, "The key can't be sealed", &trouble)
    })?;
    let upload = SealedKeyUpload::new(&sealed, recipient);
    let provisioned = client.provision_signing_key(&registered.id, &upload).await?;
    tracing::info!(id = provisioned.id, "a signing key was handed over");
    Ok(provisioned)
}

pub(super) fn not_here(item: &Item) -> CommandError {
    let trouble = KeyTrouble::NotHere { item: item.to_string() };
    CommandError::said(ErrorCode::KeyNotHere, "This key is not in this computer's keychain", &trouble)
}

pub(super) fn no_randomness(error: NoRandomness) -> CommandError {
    let fault = ConsoleFault::NoRandomness { cause: error.to_string() };
    CommandError::said(ErrorCode::Internal, "No key can be made", &fault)
}
