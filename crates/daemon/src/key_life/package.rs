//! The files that Google and Apple are sent for a key, made with whatever the daemon can sign for it.

use super::sending::Signers;
use super::{Step, write_down};
use crate::audit::Actor;
use crate::signer::{SignError, Signatory, Signer};
use crate::store::signing_keys::SigningKeyRow;
use crate::store::{Store, StoreError};
use tekport_api::UtcTime;
use tekport_api::message::{KeyRefused, NotToSend};
use tekport_keys::package::{self, Authority, KeyPackage, PackageError, Subject};
use tokio::runtime::Handle;
use tokio::task::{self, JoinError};

/// Why no package was made. Each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PackageRefused {
    /// Nobody should be sent the key, or not yet.
    #[error("{0}")]
    NotToSend(NotToSend),
    /// The message can't be filled in, or the token or the database gave another key.
    #[error("{0}")]
    State(KeyRefused),
    /// The key doesn't sign here.
    #[error(transparent)]
    Sign(SignError),
    /// The files can't be written, which they always can.
    #[error("the files can't be made: {0}")]
    Broken(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The files, and what whoever sends them has to know first.
#[derive(Debug)]
pub struct Made {
    /// The files.
    pub package: KeyPackage,
    /// What is to be done before any phone gets the key; `None` where nothing is.
    pub warning: Option<NotToSend>,
}

/// Makes the files to send for a key, and notes in the audit log who had it sign them. The files of an
/// authority's first key may be made before it signs, since nothing was published that phones would check with it: then
/// there is a warning.
///
/// # Errors
/// When the key shouldn't be sent or not yet, can't sign here, or nobody filled in for whom it signs.
pub async fn make(
    store: &Store,
    signer: &Signer,
    key: SigningKeyRow,
    actor: &Actor,
    now: UtcTime,
) -> Result<Made, PackageRefused> {
    let mut connection = store.pool().acquire().await.map_err(StoreError::from)?;
    let warning = Signers::read(&mut connection, now).await?.not_to_send(&key);
    drop(connection);
    if let Some(why) = warning.clone().filter(|why| !why.may_be_exported()) {
        return Err(PackageRefused::NotToSend(why));
    }
    let no_authority = || PackageRefused::State(KeyRefused::NoAuthority { key: key.name() });
    let authority = key.authority.clone().ok_or_else(no_authority)?;
    let (signer, signatory, runtime) = (signer.clone(), Signatory::from(key.clone()), Handle::current());
    // Off the async threads: the certificate's maker asks for its signature and waits for it.
    let making = task::spawn_blocking(move || {
        let row = signatory.key();
        let subject = Subject {
            key_id: row.key_id.as_str(),
            key_version: row.key_version.as_str(),
            public_key: &row.public_key,
            authority: Authority::from(&authority),
        };
        package::make(&subject, now.unix_seconds(), |digest| {
            runtime.block_on(signer.sign_other(&signatory, digest)).map(|signature| signature.to_vec())
        })
    });
    let package = making.await.map_err(broken)?.map_err(|error| match error {
        PackageError::Sign(SignError::Store(error)) => PackageRefused::Store(error),
        PackageError::Sign(error) => PackageRefused::Sign(error),
        PackageError::AnotherKey => PackageRefused::State(KeyRefused::AnotherSigned { key: key.name() }),
        PackageError::Certificate(_) | PackageError::Time(_) => PackageRefused::Broken(error.to_string()),
    })?;
    let step = Step {
        action: "signing-key.package",
        events: &[],
        before: Some(&key),
        after: &key,
        more: &serde_json::Value::Null,
    };
    let mut transaction = store.begin().await?;
    write_down(&mut transaction, now, actor, step).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(Made { package, warning })
}

fn broken(error: JoinError) -> PackageRefused {
    PackageRefused::Broken(error.to_string())
}
