//! What Google and Apple are sent for a key, saved as a folder.

use super::Console;
use super::backups::package_name;
use super::downloads::{plain_name, save_folder, saved};
use crate::error::KeyTrouble;
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, SavedFolder};
use base64::{Engine, engine::general_purpose::STANDARD};
use tekport_api::client::Client;
use tekport_api::signing_key::{AuthorityDetails, Custody, SigningKey};
use tekport_keys::package::{Authority, Subject, make};
use tekport_keys::{PublicKey, SigningKey as PrivateKey};

/// The files by name, in the order in which to read them.
type Files = Vec<(String, Vec<u8>)>;

impl Console {
    /// Saves what Google and Apple are sent for a key as a folder in the downloads folder. It is made here where the
    /// keychain has the key, otherwise by the daemon.
    ///
    /// # Errors
    /// When the key shouldn't be sent or not yet, it isn't said for whom it signs, nobody here or there can sign with it,
    /// or the folder can't be saved.
    pub async fn export_key_package(&self, id: &str) -> Result<SavedFolder, CommandError> {
        let client = self.client().await?;
        let key = client.get_signing_key(id).await?;
        may_be_exported(&key)?;
        let authority = key.authority.clone().ok_or_else(no_authority)?;
        let item = Item::SigningKey(key.fingerprint.clone());
        // Asking for the secret may unlock the keychain; a key that isn't there is no reason to.
        let here = self.keys.which_are_there(vec![item.clone()]).await? == [true];
        let private = if here { self.keys.find(item.clone()).await? } else { None };
        let files = match private {
            Some(private) => made_here(&key, &authority, &private, self.clock.now().unix_seconds())?,
            None if key.custody == Custody::Console => return Err(super::signing_keys::not_here(&item)),
            None => made_by_daemon(&client, id).await?,
        };
        let names = files.iter().map(|(name, _)| name.clone()).collect();
        let (folder, name) = (self.places.downloads.clone(), package_name(&key));
        let path = saved(&self.places.downloads, move || save_folder(&folder, &name, &files)).await?;
        tracing::info!(id = key.id, "what Google and Apple are sent for a signing key was saved");
        Ok(SavedFolder { path: path.to_string_lossy().into_owned(), files: names })
    }
}

/// Keeps a key here that no phone may get yet, by the daemon's rule.
fn may_be_exported(key: &SigningKey) -> Result<(), CommandError> {
    let Some(why) = key.not_to_send.as_ref().filter(|why| !why.may_be_exported) else { return Ok(()) };
    Err(CommandError::reported(ErrorCode::KeyNotToSend, "This key is not sent", &why.reason, &why.message))
}

fn made_here(
    key: &SigningKey,
    authority: &AuthorityDetails,
    private: &PrivateKey,
    made_at: i64,
) -> Result<Files, CommandError> {
    let failed = |cause: String| {
        let (code, title) = (ErrorCode::AnotherKey, "The daemon has another key under this id");
        CommandError::said(code, title, &KeyTrouble::PackageFailed { cause })
    };
    let public = PublicKey::from_pem(&key.public_key_pem).map_err(|error| failed(error.to_string()))?;
    let subject = Subject {
        key_id: &key.key_id,
        key_version: &key.key_version,
        public_key: &public,
        authority: Authority {
            name: &authority.name,
            country: &authority.country,
            mcc: &authority.mcc,
            region: &authority.region,
            android_package: &authority.android_package,
            ios_bundle_id: &authority.ios_bundle_id,
        },
    };
    let package =
        make(&subject, made_at, |digest| private.sign_digest(digest)).map_err(|error| failed(error.to_string()))?;
    Ok(package.files.into_iter().map(|file| (file.name, file.content)).collect())
}

/// The daemon's files are taken only under plain names: it names no place on this computer.
async fn made_by_daemon(client: &Client, id: &str) -> Result<Files, CommandError> {
    let package = client.key_package(id).await?;
    let files = package.files.into_iter().map(|file| {
        let content = STANDARD.decode(&file.content).ok().filter(|_| plain_name(&file.name) == file.name);
        content.map(|content| (file.name, content)).ok_or_else(|| {
            let (code, title) = (ErrorCode::NotTekport, "The daemon's package can't be used");
            CommandError::said(code, title, &KeyTrouble::PackageUnfit)
        })
    });
    files.collect()
}

fn no_authority() -> CommandError {
    CommandError::said(ErrorCode::AuthorityMissing, "For whom does this key sign?", &KeyTrouble::NoAuthority)
}
