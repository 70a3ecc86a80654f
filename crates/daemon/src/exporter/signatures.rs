//! Takes the signatures that consoles make for files that await them.

use crate::audit::{self, Actor, Change};
use crate::store::StoreError;
use crate::store::batches;
use crate::store::signatures::{self, SignatureRow};
use crate::store::signing_keys::{self, SigningKeyRow};
use crate::store::unsigned_files::{self, UnsignedRow};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use serde_json::json;
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::batch::{BatchState, SignatureUpload};
use tekport_api::message::BatchRefused;
use tekport_api::signing_key::{Custody, KeyState};
use tekport_export_file::{DerError, DerSignature};
use uuid::Uuid;

/// What a signature is for: a file of a batch, and the key that it is said to be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignaturePlace {
    /// The batch.
    pub batch_id: Uuid,
    /// The number of the file.
    pub number: u32,
    /// The signing key.
    pub signing_key_id: Uuid,
}

/// Why a signature isn't taken. Each text says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SignatureRefused {
    /// There is no such batch.
    #[error("there is no batch {0}; list them to see which there are")]
    NoBatch(Uuid),
    /// It has no such file.
    #[error("{0}")]
    NoFile(BatchRefused),
    /// The batch, the file or the key takes no signature now.
    #[error("{0}")]
    State(BatchRefused),
    /// The digest is none.
    #[error("{0:?} is no SHA-256 digest")]
    Digest(String),
    /// The signature isn't in base64.
    #[error("it is not base64: {0}")]
    Base64(base64::DecodeError),
    /// The signature is not in the one form that devices take.
    #[error("{0}")]
    Form(DerError),
    /// The signature isn't that of the key over the digest.
    #[error(
        "it doesn't verify with the registered public key of {0} over this digest: another key or another file was signed"
    )]
    Wrong(String),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for SignatureRefused {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Says that a batch takes no signatures in that state.
#[must_use]
pub fn not_awaiting(state: BatchState) -> SignatureRefused {
    SignatureRefused::State(BatchRefused::NotAwaiting { state: state.as_str().to_owned() })
}

/// Says that a batch has other unsigned files than that one.
#[must_use]
pub fn no_file(number: u32, files: &[UnsignedRow]) -> SignatureRefused {
    SignatureRefused::NoFile(match files {
        [] => BatchRefused::NoUnsignedFile { number },
        [only] => BatchRefused::OneUnsignedFile { number, only: only.number },
        [first, .., last] => BatchRefused::UnsignedFiles { number, first: first.number, last: last.number },
    })
}

/// Checks a console's signature over a file that awaits it and stores it, in a transaction of the caller's, who nudges
/// the exporter afterwards. The checks come in this order: the batch awaits signatures, it has the file, the key has to
/// sign it and is in a console's custody, the file is the one that was signed, the signature is strict DER and verifies
/// with the registered public key. A signature that is there already is taken again and changes nothing, also when its
/// batch was published meanwhile.
///
/// # Errors
/// Says which check failed, or that the store did.
pub async fn accept(
    db: &mut SqliteConnection,
    place: SignaturePlace,
    upload: &SignatureUpload,
    actor: &Actor,
    now: UtcTime,
) -> Result<(), SignatureRefused> {
    let batch = batches::find(&mut *db, place.batch_id).await?.ok_or(SignatureRefused::NoBatch(place.batch_id))?;
    if batch.state != BatchState::AwaitingSignature {
        let repeated = is_stored(db, place.signing_key_id, upload).await?;
        return if repeated { Ok(()) } else { Err(not_awaiting(batch.state)) };
    }
    let file = file_of(db, place).await?;
    let key = signer_of(db, &file, place.signing_key_id).await?;
    if digest_of(upload)? != file.digest {
        return Err(SignatureRefused::State(BatchRefused::Changed { number: file.number }));
    }
    let signature = signature_of(upload)?;
    if key.public_key.verifying_key().verify_prehash(&file.digest, signature.signature()).is_err() {
        return Err(SignatureRefused::Wrong(key.name()));
    }
    if signatures::find(&mut *db, &file.digest, key.id).await?.is_some() {
        return Ok(());
    }
    let made = SignatureRow { signature, made_at: now, made_by: actor.name.clone() };
    signatures::insert_or_same(&mut *db, &file.digest, key.id, &made).await?;
    let signed = json!({
        "file": file.number, "digest": upload.digest, "signing_key_id": key.id, "key_id": key.key_id.as_str(),
        "key_version": key.key_version.as_str(),
    });
    let change = Change {
        action: "batch.sign",
        resource_kind: "batch",
        resource_id: batch.id.to_string(),
        before: None,
        after: Some(signed),
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    Ok(())
}

async fn file_of(db: &mut SqliteConnection, place: SignaturePlace) -> Result<UnsignedRow, SignatureRefused> {
    let files = unsigned_files::of_batch(&mut *db, place.batch_id).await?;
    let file = files.iter().find(|file| file.number == place.number).cloned();
    file.ok_or_else(|| no_file(place.number, &files))
}

async fn signer_of(
    db: &mut SqliteConnection,
    file: &UnsignedRow,
    signing_key_id: Uuid,
) -> Result<SigningKeyRow, SignatureRefused> {
    let signs = file.signers.contains(&signing_key_id);
    let key = signing_keys::find(&mut *db, signing_key_id).await?.filter(|_| signs);
    let key =
        key.ok_or_else(|| SignatureRefused::State(BatchRefused::NotASigner { id: signing_key_id.to_string() }))?;
    if key.custody != Custody::Console {
        let custody = key.custody.as_str().to_owned();
        return Err(SignatureRefused::State(BatchRefused::SignsItself { key: key.name(), custody }));
    }
    match key.state() {
        state if state.is_live() => Ok(key),
        KeyState::Revoked => Err(SignatureRefused::State(BatchRefused::KeyRevoked { key: key.name() })),
        _ => Err(SignatureRefused::State(BatchRefused::KeyEnded { key: key.name() })),
    }
}

/// Whether that very signature is stored: its request came before.
async fn is_stored(
    db: &mut SqliteConnection,
    signing_key_id: Uuid,
    upload: &SignatureUpload,
) -> Result<bool, StoreError> {
    let (Ok(digest), Ok(signature)) = (digest_of(upload), signature_of(upload)) else { return Ok(false) };
    let stored = signatures::find(&mut *db, &digest, signing_key_id).await?;
    Ok(stored.is_some_and(|stored| stored.signature == signature))
}

fn digest_of(upload: &SignatureUpload) -> Result<[u8; 32], SignatureRefused> {
    let mut digest = [0; 32];
    let lower = !upload.digest.bytes().any(|byte| byte.is_ascii_uppercase());
    match hex::decode_to_slice(&upload.digest, &mut digest) {
        Ok(()) if lower => Ok(digest),
        _ => Err(SignatureRefused::Digest(upload.digest.chars().take(80).collect())),
    }
}

fn signature_of(upload: &SignatureUpload) -> Result<DerSignature, SignatureRefused> {
    let der = STANDARD.decode(&upload.signature).map_err(SignatureRefused::Base64)?;
    DerSignature::from_der(&der).map_err(SignatureRefused::Form)
}
