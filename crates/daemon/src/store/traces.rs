//! Shows that something deleted is gone from the database's files, not only from its tables.

use super::{Store, StoreError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A trace is this many bytes of what was deleted: so many random ones don't occur by chance.
const TRACE_BYTES: usize = 32;
/// Read at once.
const BLOCK_BYTES: usize = 1 << 18;

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

/// By what something is found after it was deleted, without being it: of any 32 consecutive bytes of it that begin at a
/// multiple of 32, their SHA-256, and 16 bits by which to look for them. Of a ciphertext with a random nonce nothing can
/// be made of that, not even with its key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Traces(Vec<Trace>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Trace {
    sum: u16,
    /// Lower-case hex.
    sha256: String,
}

impl Traces {
    /// Those of something that is about to be deleted.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        let trace = |part: &[u8]| Trace { sum: RollingSum::of(part).short(), sha256: sha256(part) };
        Self(content.chunks_exact(TRACE_BYTES).map(trace).collect())
    }

    /// Those of several things.
    #[must_use]
    pub fn of_all<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        Self(all.into_iter().flat_map(|traces| traces.0.iter().cloned()).collect())
    }
}

impl Store {
    /// Folds the write-ahead log into the database and empties it, then searches both files. Deleted rows are overwritten
    /// with zeros (`secure_delete`), and earlier versions of pages are in the log alone; what the file system keeps of a
    /// log that was cut off is beyond this search.
    ///
    /// # Errors
    /// When the database fails or a file can't be read.
    pub async fn search_for_traces(&self, traces: Traces) -> Result<TraceSearch, StoreError> {
        self.empty_log().await?;
        let path = self.path().to_owned();
        let searched = tokio::task::spawn_blocking(move || search(&path, &traces)).await;
        searched.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(|error| sqlx::Error::Io(error).into())
    }
}

fn sha256(part: &[u8]) -> String {
    hex::encode(Sha256::digest(part))
}

/// The sum of the last 32 bytes, which follows them byte by byte (Rabin and Karp).
#[derive(Debug, Clone, Copy, Default)]
struct RollingSum(u32);

impl RollingSum {
    const FACTOR: u32 = 0x0100_0193;
    /// The weight of a byte that leaves: the factor to the power of a trace's length.
    const LEAVING: u32 = Self::FACTOR.wrapping_pow(32);

    fn of(window: &[u8]) -> Self {
        window.iter().fold(Self::default(), |sum, byte| sum.with(*byte))
    }

    fn with(self, entering: u8) -> Self {
        // One more than the byte: runs of zeros, of which databases are full, are told apart from nothing at all.
        Self(self.0.wrapping_mul(Self::FACTOR).wrapping_add(u32::from(entering) + 1))
    }

    fn without(self, leaving: u8) -> Self {
        Self(self.0.wrapping_sub((u32::from(leaving) + 1).wrapping_mul(Self::LEAVING)))
    }

    fn short(self) -> u16 {
        let [high, low, _, _] = self.0.wrapping_mul(0x9e37_79b1).to_be_bytes();
        u16::from_be_bytes([high, low])
    }
}

fn search(database: &Path, traces: &Traces) -> io::Result<TraceSearch> {
    let mut by_sum: HashMap<u16, Vec<String>> = HashMap::new();
    for trace in &traces.0 {
        by_sum.entry(trace.sum).or_default().push(trace.sha256.clone());
    }
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
        result.found = result.found.saturating_add(found_in(file, &by_sum)?);
        result.files += 1;
        result.kilobytes = result.kilobytes.saturating_add(u32::try_from(kilobytes).unwrap_or(u32::MAX));
    }
    Ok(result)
}

fn found_in(mut file: impl Read, by_sum: &HashMap<u16, Vec<String>>) -> io::Result<u32> {
    // Most windows are ruled out by one look here.
    let mut hot = vec![false; 1 << 16];
    for sum in by_sum.keys() {
        if let Some(place) = hot.get_mut(usize::from(*sum)) {
            *place = true;
        }
    }
    let mut found = 0_u32;
    let mut block = Vec::with_capacity(BLOCK_BYTES + TRACE_BYTES);
    loop {
        let read = file.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block)?;
        if read == 0 {
            return Ok(found);
        }
        let mut before: Option<(RollingSum, u8)> = None;
        for window in block.windows(TRACE_BYTES) {
            let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
            let sum = match before {
                Some((sum, leaving)) => sum.with(*last).without(leaving),
                None => RollingSum::of(window),
            };
            before = Some((sum, *first));
            if hot.get(usize::from(sum.short())).is_some_and(|hot| *hot) {
                let hit = by_sum.get(&sum.short()).is_some_and(|known| known.contains(&sha256(window)));
                found = found.saturating_add(u32::from(hit));
            }
        }
        // What begins in this block may end in the next.
        block.drain(..block.len().saturating_sub(TRACE_BYTES - 1));
    }
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
        let traces = Traces::of(&secret);
        let before = store.search_for_traces(traces.clone()).await.unwrap();
        assert!(before.found >= 8 && before.files == 2 && before.kilobytes > 4, "{before:?}");
        sqlx::query("DELETE FROM secrets").execute(store.pool()).await.unwrap();
        let after = store.search_for_traces(traces).await.unwrap();
        assert_eq!((after.found, after.files), (0, 2), "{after:?}");
    }

    #[test]
    fn a_trace_is_found_wherever_it_lies_and_a_changed_one_is_not() {
        let secret: Vec<u8> = (0..64).map(|i: u8| i.wrapping_mul(37) ^ 0x5a).collect();
        let mut by_sum: HashMap<u16, Vec<String>> = HashMap::new();
        for trace in Traces::of(&secret).0 {
            by_sum.entry(trace.sum).or_default().push(trace.sha256);
        }
        // Before, at and behind the border between two blocks, and at either end.
        for at in [0, 1, BLOCK_BYTES - 40, BLOCK_BYTES - 31, BLOCK_BYTES, 2 * BLOCK_BYTES - 64] {
            let mut file = vec![0_u8; 2 * BLOCK_BYTES];
            file[at..at + 64].copy_from_slice(&secret);
            assert_eq!(found_in(file.as_slice(), &by_sum).unwrap(), 2, "{at}");
            file[at + 5] ^= 1;
            assert_eq!(found_in(file.as_slice(), &by_sum).unwrap(), 1, "{at}");
        }
        assert_eq!(found_in(&[0_u8; 100][..], &HashMap::new()).unwrap(), 0);
    }

    #[test]
    fn what_is_kept_to_search_by_holds_nothing_of_what_was_deleted() {
        let secret: Vec<u8> = (0..200).map(|i: u8| i.wrapping_mul(91) ^ 0x33).collect();
        let traces = Traces::of(&secret);
        let kept = serde_json::to_string(&traces).unwrap();
        assert!(secret.windows(4).all(|part| !kept.contains(&hex::encode(part))), "{kept}");
        assert_eq!(serde_json::from_str::<Traces>(&kept).unwrap(), traces);
    }
}
