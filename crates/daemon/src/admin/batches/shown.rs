//! A batch as the API shows it: with its files, what it awaits, and what each attempt came to.

use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::problem::Refusal;
use crate::store::batches::{self, BatchRow};
use crate::store::files::{self, FileRow};
use crate::store::signing_keys::SigningKeyRow;
use crate::store::unsigned_files::{self, UnsignedRow};
use crate::store::{StoreError, signatures, signing_keys};
use std::collections::BTreeMap;
use tekport_api::batch::{AwaitedSigner, AwaitingSignature, Batch, BatchAttempt, BatchState};
use tekport_api::message::Refused;
use tekport_api::signing_key::Custody;
use uuid::Uuid;

/// Answers with one batch.
pub(super) async fn answer(state: &AdminState, id: Uuid) -> Result<Answer, Refusal> {
    let row = batches::find(state.store.pool(), id)
        .await?
        .ok_or_else(|| Refusal::not_found(&Refused::NoBatch { id: id.to_string() }))?;
    let attempts = batches::attempts(state.store.pool(), id).await?.into_iter();
    let history = attempts.map(|attempt| BatchAttempt {
        attempt: attempt.attempt,
        at: attempt.at,
        error: attempt.error,
        error_message: attempt.error_message,
    });
    let files = files::of_batch(state.store.pool(), id).await?;
    let batch = without_history(state, &row, files).await?;
    Answer::ok(&Batch { history: history.collect(), ..batch })
}

/// Batches as lists show them: without their history. Their files are read at once, not batch by batch.
pub(super) async fn in_list(state: &AdminState, rows: &[BatchRow]) -> Result<Vec<Batch>, Refusal> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut files = BTreeMap::<Uuid, Vec<FileRow>>::new();
    for file in files::of_batches(state.store.pool(), &ids).await? {
        files.entry(file.batch_id).or_default().push(file);
    }
    let mut batches = Vec::with_capacity(rows.len());
    for row in rows {
        batches.push(without_history(state, row, files.remove(&row.id).unwrap_or_default()).await?);
    }
    Ok(batches)
}

async fn without_history(state: &AdminState, row: &BatchRow, files: Vec<FileRow>) -> Result<Batch, Refusal> {
    let url = |file: &FileRow| state.storage.get(&file.storage_target).ok()?.url_of(&file.path);
    let batch = row.to_api(files.iter().map(|file| file.to_api(url(file))).collect());
    Ok(Batch { awaiting: awaiting(state, row).await?, progress: state.progress.of(row.id), ..batch })
}

/// What has to be signed, and by whom, where the batch awaits signatures.
pub(in crate::admin) async fn awaiting(
    state: &AdminState,
    batch: &BatchRow,
) -> Result<Option<AwaitingSignature>, StoreError> {
    if batch.state != BatchState::AwaitingSignature {
        return Ok(None);
    }
    let files = unsigned_files::of_batch(state.store.pool(), batch.id).await?;
    // Between two statements the batch may have been published.
    let Some(first) = files.first() else { return Ok(None) };
    let mut signers = Vec::with_capacity(first.signers.len());
    for id in &first.signers {
        if let Some(key) = signing_keys::find(state.store.pool(), *id).await? {
            let signed = signed_by(state, &key, &files).await?;
            signers.push(AwaitedSigner {
                signing_key_id: id.to_string(),
                key_id: key.key_id.to_string(),
                key_version: key.key_version.to_string(),
                fingerprint: key.public_key.fingerprint(),
                custody: key.custody,
                signed,
            });
        }
    }
    let since = first.created_at;
    Ok(Some(AwaitingSignature { since, files: files.iter().map(UnsignedRow::to_api).collect(), signers }))
}

/// The numbers of the files that a key has signed. The daemon's own signatures aren't kept: it made them when it made
/// the files, and makes the same ones again.
async fn signed_by(state: &AdminState, key: &SigningKeyRow, files: &[UnsignedRow]) -> Result<Vec<u32>, StoreError> {
    let mut signed = Vec::with_capacity(files.len());
    for file in files {
        let here = key.custody == Custody::Daemon;
        if here || signatures::find(state.store.pool(), &file.digest, key.id).await?.is_some() {
            signed.push(file.number);
        }
    }
    Ok(signed)
}
