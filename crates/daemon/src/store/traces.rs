//! Shows that something deleted is gone from the database's files, not only from its tables.

use super::{Store, StoreError};
use aho_corasick::AhoCorasick;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A trace is this many bytes of what was deleted: so many random ones don't occur by chance.
const TRACE_BYTES: usize = 32;

/// What a search came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TraceSearch {
    /// The files that were searched.
    pub files: u32,
    /// How many kilobytes (1,000 bytes) they hold.
    pub kilobytes: u32,
    /// How often a trace was found.
    pub found: u32,
}

impl Store {
    /// Folds the write-ahead log into the database and empties it, then searches both files for any 32 consecutive
    /// bytes of `deleted` that begin at a multiple of 32. Deleted rows are overwritten with zeros (`secure_delete`), and
    /// earlier versions of pages are in the log alone; what the file system keeps of a log that was cut off is beyond
    /// this search.
    ///
    /// # Errors
    /// When the database fails or a file can't be read.
    pub async fn search_for_traces(&self, deleted: &[u8]) -> Result<TraceSearch, StoreError> {
        // Waits for readers as long as a write waits for its lock; where some are left, the search tells.
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(self.pool()).await?;
        let traces: Vec<Vec<u8>> = deleted.chunks_exact(TRACE_BYTES).map(<[u8]>::to_vec).collect();
        let path = self.path().to_owned();
        let searched = tokio::task::spawn_blocking(move || search(&path, &traces)).await;
        searched.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(|error| sqlx::Error::Io(error).into())
    }
}

fn search(database: &Path, traces: &[Vec<u8>]) -> io::Result<TraceSearch> {
    let automaton = AhoCorasick::new(traces).map_err(io::Error::other)?;
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    let mut result = TraceSearch::default();
    for path in [database.to_owned(), PathBuf::from(log)] {
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        let kilobytes = file.metadata()?.len().div_ceil(1_000);
        for found in automaton.stream_find_iter(file) {
            found?;
            result.found = result.found.saturating_add(1);
        }
        result.files += 1;
        result.kilobytes = result.kilobytes.saturating_add(u32::try_from(kilobytes).unwrap_or(u32::MAX));
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::secrets;
    use tekport_api::UtcTime;

    #[tokio::test]
    async fn what_is_there_is_found_and_what_was_deleted_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let secret: Vec<u8> = (0..=255).rev().collect();
        secrets::insert(store.pool(), "test", &secret, UtcTime::saturating(0)).await.unwrap();
        let before = store.search_for_traces(&secret).await.unwrap();
        assert!(before.found >= 8 && before.files == 2 && before.kilobytes > 4, "{before:?}");
        sqlx::query("DELETE FROM secrets").execute(store.pool()).await.unwrap();
        let after = store.search_for_traces(&secret).await.unwrap();
        assert_eq!((after.found, after.files), (0, 2), "{after:?}");
    }
}
