//! Signing what was reviewed, and nothing else.

use super::ledger::{Ledger, Place, Signed};
use super::review::Reviewed;
use super::terms::key_name;
use super::{Console, Session};
use crate::error::KeyTrouble;
use crate::keychain::Item;
use crate::{CommandError, ErrorCode, ReviewCheck, SigningReview};
use base64::{Engine, engine::general_purpose::STANDARD};
use tekport_api::batch::{AwaitedSigner, Batch, SignatureUpload};
use tekport_api::message::{List, Nested};
use tekport_keys::SigningKey as PrivateKey;

impl Console {
    /// Signs a batch's files with every key of this computer's keychain that it waits for. `digests` are those of the
    /// review that the officer looked at, in its order. The files are fetched and checked anew; where anything
    /// differs, or a blocking check fails, nothing is signed.
    ///
    /// # Errors
    /// When the files are other ones than those reviewed, a blocking check fails, no awaited key is here, the
    /// keychain or the console's own data can't be used, or the daemon refuses.
    pub async fn sign_batch(&self, batch_id: &str, digests: &[String]) -> Result<Batch, CommandError> {
        let session = self.session().await?;
        let ledger = self.desk.ledger.lock().await;
        ledger.tidy(self.clock.now())?;
        let reviewed = self.review(&session, &ledger, batch_id).await?;
        if !reviewed.review.files.iter().map(|file| &file.digest).eq(digests) {
            let (code, title) = (ErrorCode::ReviewOutdated, "The files changed since the review");
            return Err(CommandError::said(code, title, &KeyTrouble::ReviewOutdated));
        }
        self.sign(&session, &ledger, reviewed).await
    }

    /// Signs a batch that was reviewed just now.
    pub(super) async fn sign(
        &self,
        session: &Session,
        ledger: &Ledger,
        reviewed: Reviewed,
    ) -> Result<Batch, CommandError> {
        let Reviewed { review, awaiting, signers } = reviewed;
        may_be_signed(&review)?;
        let mut batch = review.batch;
        for signer in &signers {
            let key = self.private_key_of(signer).await?;
            for file in review.files.iter().filter(|file| !signer.signed.contains(&file.number)) {
                // The line is on disk before the signature exists.
                ledger.add(&[Signed {
                    place: Place::of(session, &batch, file),
                    key: signer.fingerprint.clone(),
                    digest: file.digest.clone(),
                    at: self.clock.now(),
                }])?;
                let upload = SignatureUpload { digest: file.digest.clone(), signature: sign(&key, &file.digest)? };
                batch = session.client.add_signature(&batch.id, file.number, &signer.signing_key_id, &upload).await?;
            }
            let name = key_name(&signer.key_id, &signer.key_version);
            tracing::info!(batch = batch.id, key = name, files = awaiting.files.len(), "a batch was signed");
        }
        Ok(batch)
    }

    /// The key of an awaited signer, from the keychain: it has to be the one whose fingerprint the batch names.
    async fn private_key_of(&self, signer: &AwaitedSigner) -> Result<PrivateKey, CommandError> {
        let item = Item::SigningKey(signer.fingerprint.clone());
        let key = self.keys.find(item.clone()).await?.ok_or_else(|| super::super::signing_keys::not_here(&item))?;
        if key.public_key().fingerprint() == signer.fingerprint {
            Ok(key)
        } else {
            let trouble = KeyTrouble::ItemDiffers { item: item.to_string() };
            Err(CommandError::said(ErrorCode::KeychainDamaged, "An item of the keychain can't be read", &trouble))
        }
    }
}

fn may_be_signed(review: &SigningReview) -> Result<(), CommandError> {
    if review.acceptable {
        return Ok(());
    }
    let failed = failed_checks(review, |check| check.blocking);
    if failed.is_empty() {
        let (code, title) = (ErrorCode::KeyNotHere, "This key is not in this computer's keychain");
        return Err(CommandError::said(code, title, &KeyTrouble::NothingHere));
    }
    let named = |check: &ReviewCheck| Nested::new(format!("{}: {}", check.name, check.detail), check.message.clone());
    let trouble = KeyTrouble::ChecksFailed { checks: List(failed.iter().map(named).collect()) };
    let next_step = "find out what the daemon made of this batch before anybody signs it";
    Err(CommandError::quoting(ErrorCode::ReviewFailed, "This batch must not be signed", &trouble, next_step))
}

/// The failed checks of a review, each name once.
pub(super) fn failed_checks(review: &SigningReview, counts: impl Fn(&ReviewCheck) -> bool) -> Vec<ReviewCheck> {
    let mut failed: Vec<ReviewCheck> = Vec::new();
    for check in review.checks.iter().chain(review.files.iter().flat_map(|file| &file.checks)) {
        if !check.passed && counts(check) && failed.iter().all(|known| known.name != check.name) {
            failed.push(check.clone());
        }
    }
    failed
}

/// The signature of a digest in lower-case hex: DER in base64.
fn sign(key: &PrivateKey, digest: &str) -> Result<String, CommandError> {
    let failed = |cause: String| {
        CommandError::said(ErrorCode::Internal, "The file can't be signed", &KeyTrouble::NotSigned { cause })
    };
    let digest: [u8; 32] = hex::decode(digest)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| failed("the digest is not 32 bytes".to_owned()))?;
    key.sign_digest(&digest).map(|der| STANDARD.encode(der)).map_err(|error| failed(error.to_string()))
}
