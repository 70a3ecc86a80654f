//! Orders and splits a batch's keys into files, and finishes those that everybody has signed: from a collection to the
//! bytes that go into storage.

use super::collect::Collection;
use super::{BatchError, Exporter, Step};
use crate::signer::Signatory;
use crate::store::batches::BatchRow;
use crate::store::files::{self, FileRow};
use crate::store::new_id;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::sync::Arc;
use tekport_api::UtcTime;
use tekport_export_file::{
    DerSignature, FileHeader, KnownKey, SignatureInfo, Tek, UnsignedExport, Window, order, split,
};

/// A file that lacks its signatures.
#[derive(Debug)]
pub(super) struct Draft {
    /// *n* of its name.
    pub(super) number: u32,
    /// `start_timestamp` in the file.
    pub(super) start: UtcTime,
    /// `end_timestamp` in the file.
    pub(super) end: UtcTime,
    /// When it was made.
    pub(super) made_at: UtcTime,
    /// Its contents.
    pub(super) export: UnsignedExport,
}

/// A file, not yet in storage.
#[derive(Debug)]
pub(super) struct MadeFile {
    /// What the store records of it.
    pub(super) row: FileRow,
    /// The zip.
    pub(super) bytes: Bytes,
    /// The registered public keys of who signed it.
    pub(super) signed_with: Arc<[KnownKey]>,
}

impl Exporter {
    /// Makes the files of a batch, on a thread of their own: it takes a second for each 500,000 keys or so.
    pub(super) async fn make_files(
        &self,
        batch: &BatchRow,
        collection: Collection,
        signatories: &[Signatory],
    ) -> Result<Vec<Draft>, BatchError> {
        let last = files::last_number(self.0.store.pool(), batch.config_id, batch.window.start(), batch.id).await?;
        let (batch, now) = (batch.clone(), self.0.clock.now());
        let infos = signatories.iter().map(Signatory::info).collect();
        let work = move || make(&batch, collection, infos, last, now);
        let made = tokio::task::spawn_blocking(work).await.map_err(|_| BatchError::Cancelled)??;
        self.reached(Step::FilesMade)?;
        Ok(made)
    }

    /// Finishes files of a batch with the signatures of everybody who has to sign, in the order of the signatories.
    pub(super) async fn finish_files(
        &self,
        batch: &BatchRow,
        signed: Vec<(Draft, Vec<DerSignature>)>,
        signatories: &[Signatory],
    ) -> Result<Vec<MadeFile>, BatchError> {
        let (batch, now) = (batch.clone(), self.0.clock.now());
        let signatories = signatories.to_vec();
        let work = move || {
            let known: Arc<[KnownKey]> = signatories.iter().map(Signatory::known_key).collect();
            let finish = |(draft, signatures)| finish(&batch, draft, signatures, &signatories, &known, now);
            signed.into_iter().map(finish).collect::<Result<Vec<_>, BatchError>>()
        };
        let made = tokio::task::spawn_blocking(work).await.map_err(|_| BatchError::Cancelled)??;
        self.reached(Step::Signed)?;
        Ok(made)
    }
}

fn make(
    batch: &BatchRow,
    collection: Collection,
    infos: Vec<SignatureInfo>,
    last_number: u32,
    now: UtcTime,
) -> Result<Vec<Draft>, BatchError> {
    let Collection { mut keys, mut revised_keys, .. } = collection;
    order(&mut keys);
    order(&mut revised_keys);
    let max = usize::try_from(batch.spec.max_records_per_file).unwrap_or(usize::MAX);
    let parts = split(keys.len() + revised_keys.len(), max);
    let window = Window::new(batch.window.start().unix_seconds(), batch.window.end().unix_seconds())?;
    let alone = parts.len() == 1 && last_number == 0;
    let mut made = Vec::with_capacity(parts.len());
    for (number, part) in (last_number.saturating_add(1)..).zip(parts) {
        let end_offset = if alone { 0 } else { number };
        let header = FileHeader::new(window, end_offset, batch.spec.output_region.clone(), infos.clone())?;
        // Revised keys follow the first releases; a part may hold the end of one list and the start of the other.
        let revised = part.start.saturating_sub(keys.len())..part.end.saturating_sub(keys.len());
        let export = UnsignedExport::new(&header, within(&keys, part), within(&revised_keys, revised))?;
        let (start, end) = (UtcTime::saturating(header.start()), UtcTime::saturating(header.end()));
        made.push(Draft { number, start, end, made_at: now, export });
    }
    Ok(made)
}

fn within(keys: &[Tek], part: Range<usize>) -> &[Tek] {
    keys.get(part.start.min(keys.len())..part.end.min(keys.len())).unwrap_or_default()
}

fn finish(
    batch: &BatchRow,
    draft: Draft,
    signatures: Vec<DerSignature>,
    signatories: &[Signatory],
    known: &Arc<[KnownKey]>,
    now: UtcTime,
) -> Result<MadeFile, BatchError> {
    let Draft { number, start, end, export, .. } = draft;
    let (keys, revised_keys) = export.counts();
    let signatures: Vec<_> = signatories.iter().map(Signatory::info).zip(signatures).collect();
    let bytes = export.finish(&signatures)?;
    let row = FileRow {
        id: new_id(now),
        batch_id: batch.id,
        config_id: batch.config_id,
        storage_target: batch.spec.storage_target.clone(),
        path: path(batch, number),
        number,
        start,
        end,
        keys: count(keys),
        revised_keys: count(revised_keys),
        size_bytes: count(bytes.len()),
        sha256: hex::encode(Sha256::digest(&bytes)),
        signed_by: signatories.iter().map(Signatory::file_signer).collect(),
        created_at: now,
        position: None,
        published_at: None,
        withdrawn_at: None,
        deleted_at: None,
    };
    Ok(MadeFile { row, bytes: bytes.into(), signed_with: Arc::clone(known) })
}

/// A length as the store keeps it; files are far below its limit.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// `<prefix>/<start>-<end>-<n>.zip`, zero-padded, so that names sort by time.
fn path(batch: &BatchRow, number: u32) -> String {
    let (start, end) = (batch.window.start().unix_seconds(), batch.window.end().unix_seconds());
    format!("{}/{start:010}-{end:010}-{number:05}.zip", batch.spec.path_prefix.as_str())
}
