//! Orders, splits and signs a batch's keys: from a collection to the bytes of its files.

use super::collect::Collection;
use super::{BatchError, Exporter, Step};
use crate::signer::LiveKeys;
use crate::store::batches::BatchRow;
use crate::store::files::{self, FileRow};
use crate::store::new_id;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::sync::Arc;
use tekport_api::UtcTime;
use tekport_export_file::{FileHeader, Tek, UnsignedExport, Window, order, split};

/// A file, not yet in storage.
#[derive(Debug)]
pub(super) struct MadeFile {
    /// What the store records of it.
    pub(super) row: FileRow,
    /// The zip.
    pub(super) bytes: Bytes,
    /// The keys it was signed with.
    pub(super) signed_with: Arc<LiveKeys>,
}

impl Exporter {
    /// Makes the files of a batch, on a thread of their own: it takes a second for each 500,000 keys or so.
    pub(super) async fn make_files(
        &self,
        batch: &BatchRow,
        collection: Collection,
        keys: LiveKeys,
    ) -> Result<Vec<MadeFile>, BatchError> {
        let last = files::last_number(self.0.store.pool(), batch.config_id, batch.window.start(), batch.id).await?;
        let (batch, now) = (batch.clone(), self.0.clock.now());
        let work = move || make(&batch, collection, &Arc::new(keys), last, now);
        let made = tokio::task::spawn_blocking(work).await.map_err(|_| BatchError::Cancelled)??;
        self.reached(Step::Signed)?;
        Ok(made)
    }
}

fn make(
    batch: &BatchRow,
    collection: Collection,
    signed_with: &Arc<LiveKeys>,
    last_number: u32,
    now: UtcTime,
) -> Result<Vec<MadeFile>, BatchError> {
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
        let header = FileHeader::new(window, end_offset, batch.spec.output_region.clone(), signed_with.infos())?;
        // Revised keys follow the first releases; a part may hold the end of one list and the start of the other.
        let revised = part.start.saturating_sub(keys.len())..part.end.saturating_sub(keys.len());
        let (keys, revised_keys) = (within(&keys, part), within(&revised_keys, revised));
        let export = UnsignedExport::new(&header, keys, revised_keys)?;
        let signatures = signed_with.sign(&export.digest())?;
        let bytes = export.finish(&signatures)?;
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let row = FileRow {
            id: new_id(now),
            batch_id: batch.id,
            config_id: batch.config_id,
            storage_target: batch.spec.storage_target.clone(),
            path: path(batch, number),
            number,
            start: UtcTime::saturating(header.start()),
            end: UtcTime::saturating(header.end()),
            keys: count(keys.len()),
            revised_keys: count(revised_keys.len()),
            size_bytes: count(bytes.len()),
            sha256: hex::encode(Sha256::digest(&bytes)),
            signed_by: signed_with.signers(),
            created_at: now,
            position: None,
            published_at: None,
            withdrawn_at: None,
            deleted_at: None,
        };
        made.push(MadeFile { row, bytes: bytes.into(), signed_with: Arc::clone(signed_with) });
    }
    Ok(made)
}

fn within(keys: &[Tek], part: Range<usize>) -> &[Tek] {
    keys.get(part.start.min(keys.len())..part.end.min(keys.len())).unwrap_or_default()
}

/// `<prefix>/<start>-<end>-<n>.zip`, zero-padded, so that names sort by time.
fn path(batch: &BatchRow, number: u32) -> String {
    let (start, end) = (batch.window.start().unix_seconds(), batch.window.end().unix_seconds());
    format!("{}/{start:010}-{end:010}-{number:05}.zip", batch.spec.path_prefix.as_str())
}
