//! Whether a key is in the files of a batch: read from storage, as phones read them.

use super::WhereaboutsError;
use super::in_config::{Found, shown};
use crate::storage::StorageTargets;
use crate::store::files::FileRow;
use tekport_api::tek_lookup::{LookupFile, LookupInConfig, LookupOutcome};
use tekport_export_file::ExportFile;

/// Completes an answer with the file that holds the key. Files that were deleted can't be looked through: where it is
/// in none of the others, it was in one of them.
pub(super) async fn search(
    targets: &StorageTargets,
    key: &[u8; 16],
    found: Found,
) -> Result<LookupInConfig, WhereaboutsError> {
    let Found { mut answer, files } = found;
    if answer.outcome != LookupOutcome::Published {
        return Ok(answer);
    }
    let (deleted, stored): (Vec<FileRow>, Vec<FileRow>) = files.into_iter().partition(|file| file.deleted_at.is_some());
    for file in &stored {
        if let Some(revised) = holds(targets, file, key).await? {
            answer.files = vec![shown(file, revised)];
            break;
        }
    }
    if answer.files.is_empty() {
        answer.files = deleted.iter().map(|file| shown(file, false)).collect();
    }
    let offered = |file: &LookupFile| file.withdrawn_at.is_none();
    answer.outcome = match answer.files.first() {
        None => LookupOutcome::Missing,
        Some(file) if offered(file) => LookupOutcome::Published,
        Some(_) => LookupOutcome::Withdrawn,
    };
    Ok(answer)
}

/// Returns whether a file holds the key among its revised ones; `None` where it doesn't hold it, or isn't there.
async fn holds(targets: &StorageTargets, file: &FileRow, key: &[u8; 16]) -> Result<Option<bool>, WhereaboutsError> {
    let Some(bytes) = targets.get(&file.storage_target)?.get(&file.path).await? else { return Ok(None) };
    let key = zeroize::Zeroizing::new(*key);
    let look = move || {
        ExportFile::open(&bytes).map(|export| {
            let within = |teks: &[tekport_export_file::Tek]| teks.iter().any(|tek| *tek.key_data() == *key);
            if within(export.keys()) { Some(false) } else { within(export.revised_keys()).then_some(true) }
        })
    };
    let looked = tokio::task::spawn_blocking(look).await.map_err(|_| WhereaboutsError::Cancelled)?;
    looked.map_err(|source| WhereaboutsError::Unreadable { path: file.path.clone(), source })
}
