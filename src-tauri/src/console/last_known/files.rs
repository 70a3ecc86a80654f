//! The files: one folder a daemon, one file a part, each with the time at which its content was heard.

use crate::console::data_file::{OwnData, failed, read_json, replace};
use crate::{CommandError, Heard};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tekport_api::UtcTime;

/// Pages ask again every few seconds; the disk gets one copy of each part in this time.
const PAUSE_SECONDS: i64 = 60;
/// A part that is longer than this is not kept: no authority's daemon says that much.
const MAX_BYTES: usize = 1_000_000;
/// So many of the things that have a page each are kept: those that were looked at last.
const MAX_PAGES: usize = 32;

/// One of the things that are kept, each in its own file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::console) enum Part {
    Status,
    ExportConfigs,
    Batches,
    BatchDays,
    SigningKeys,
    StorageTargets,
    People,
    Audit,
    AuditChoices,
    /// Batches whose pages were looked at.
    BatchPages,
    /// Rotations whose pages were looked at.
    Rotations,
}

impl Part {
    fn file(self) -> &'static str {
        match self {
            Self::Status => "status.json",
            Self::ExportConfigs => "export-configs.json",
            Self::Batches => "batches.json",
            Self::BatchDays => "batch-days.json",
            Self::SigningKeys => "signing-keys.json",
            Self::StorageTargets => "storage-targets.json",
            Self::People => "people.json",
            Self::Audit => "audit.json",
            Self::AuditChoices => "audit-choices.json",
            Self::BatchPages => "batch-pages.json",
            Self::Rotations => "rotations.json",
        }
    }
}

/// A part of a daemon, or one thing of it that has a page of its own.
type Slot = (String, Part, String);

/// The folder that keeps it: one folder a daemon, named after its CA's SHA-256.
#[derive(Debug)]
pub(in crate::console) struct LastKnownFiles {
    folder: PathBuf,
    /// When each part was written last.
    written: Mutex<BTreeMap<Slot, UtcTime>>,
}

/// One of the things that have a page each.
#[derive(Debug, Serialize, Deserialize)]
struct Viewed<T> {
    id: String,
    #[serde(flatten)]
    heard: Heard<T>,
}

impl LastKnownFiles {
    pub(in crate::console) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.join("last-known"), written: Mutex::default() }
    }

    /// Keeps a part, unless that was done less than a minute ago. Not being able to is no reason for a page to fail.
    pub(super) fn keep(&self, daemon: &str, part: Part, now: UtcTime, value: &impl Serialize) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if is_due(&mut written, (daemon.to_owned(), part, String::new()), now) {
            self.write(daemon, part, &HeardRef { at: now, value });
        }
    }

    /// Keeps one of the things that have a page each, beside those that were kept last, in the same way.
    pub(super) fn keep_page<T>(&self, daemon: &str, part: Part, id: &str, now: UtcTime, value: &T)
    where
        T: Serialize + DeserializeOwned + Clone,
    {
        // Held until the file is written: two pages at once would lose one of them.
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_due(&mut written, (daemon.to_owned(), part, id.to_owned()), now) {
            return;
        }
        let mut pages = self.viewed::<T>(daemon, part);
        pages.retain(|page| page.id != id);
        pages.insert(0, Viewed { id: id.to_owned(), heard: Heard { at: now, value: value.clone() } });
        pages.truncate(MAX_PAGES);
        self.write(daemon, part, &pages);
    }

    fn write(&self, daemon: &str, part: Part, content: &impl Serialize) {
        let path = self.path(daemon, part);
        let json = serde_json::to_vec(content).unwrap_or_default();
        let kept = if json.is_empty() || json.len() > MAX_BYTES {
            // The copy from before would look like the newest that is known.
            gone(fs::remove_file(&path))
        } else {
            owners_alone(&self.folder).and_then(|()| replace(&path, &json))
        };
        if let Err(error) = kept {
            tracing::warn!(%error, part = part.file(), "what was heard of the daemon is not kept for later");
        }
    }

    /// Returns a part; `None` where there is none that can be used.
    pub(super) fn read<T: DeserializeOwned>(&self, daemon: &str, part: Part) -> Option<Heard<T>> {
        self.content(daemon, part)
    }

    /// Returns the things that have a page each and were looked at last, the newest first.
    pub(super) fn read_pages<T: DeserializeOwned>(&self, daemon: &str, part: Part) -> Vec<Heard<T>> {
        self.viewed(daemon, part).into_iter().map(|page| page.heard).collect()
    }

    fn viewed<T: DeserializeOwned>(&self, daemon: &str, part: Part) -> Vec<Viewed<T>> {
        self.content(daemon, part).unwrap_or_default()
    }

    fn content<T: DeserializeOwned>(&self, daemon: &str, part: Part) -> Option<T> {
        read_json(&self.path(daemon, part)).unwrap_or_else(|error| {
            tracing::info!(error = error.detail, "a copy of what the daemon said is of no use");
            None
        })
    }

    /// Forgets a daemon.
    ///
    /// # Errors
    /// When its folder can't be removed.
    pub(in crate::console) fn forget(&self, daemon: &str) -> Result<(), CommandError> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, ..), _| of != daemon);
        let folder = self.folder.join(daemon);
        gone(fs::remove_dir_all(&folder)).map_err(|error| failed(&folder, OwnData::NotRemoved, &error))
    }

    fn path(&self, daemon: &str, part: Part) -> PathBuf {
        self.folder.join(daemon).join(part.file())
    }
}

/// Whether a part is to be written now; if so, that is noted.
fn is_due(written: &mut BTreeMap<Slot, UtcTime>, slot: Slot, now: UtcTime) -> bool {
    let fresh = |at: &UtcTime| (0..PAUSE_SECONDS).contains(&(now.unix_seconds() - at.unix_seconds()));
    let due = !written.get(&slot).is_some_and(fresh);
    if due {
        written.insert(slot, now);
    }
    due
}

/// [`Heard`] of something that is not owned.
#[derive(Serialize)]
struct HeardRef<'a, T> {
    at: UtcTime,
    value: &'a T,
}

fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Makes a folder that only its owner can look into, where the system has such a thing.
fn owners_alone(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CA: &str = "ab";

    fn at(second: i64) -> UtcTime {
        UtcTime::saturating(second)
    }

    fn read(files: &LastKnownFiles) -> Option<(UtcTime, String)> {
        files.read::<String>(CA, Part::Status).map(|heard| (heard.at, heard.value))
    }

    #[test]
    fn a_part_is_written_once_a_minute_and_read_with_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let files = LastKnownFiles::in_folder(folder.path());
        assert_eq!(read(&files), None);
        files.keep(CA, Part::Status, at(100), &"first");
        files.keep(CA, Part::Status, at(159), &"too early");
        assert_eq!(read(&files), Some((at(100), "first".to_owned())));
        files.keep(CA, Part::Status, at(160), &"second");
        assert_eq!(read(&LastKnownFiles::in_folder(folder.path())), Some((at(160), "second".to_owned())));
        files.keep(CA, Part::Status, at(50), &"the clock was set back");
        assert_eq!(read(&files).map(|(at, _)| at), Some(at(50)));
        assert!(
            files.read::<String>("cd", Part::Status).is_none() && files.read::<String>(CA, Part::Batches).is_none()
        );
    }

    #[test]
    fn the_pages_that_were_looked_at_last_are_kept_each_with_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let files = LastKnownFiles::in_folder(folder.path());
        let kept = |files: &LastKnownFiles| -> Vec<(i64, String)> {
            let pages = files.read_pages::<String>(CA, Part::BatchPages);
            pages.into_iter().map(|page| (page.at.unix_seconds(), page.value)).collect()
        };
        let keep = |id: &str, second, value: &str| {
            files.keep_page(CA, Part::BatchPages, id, at(second), &value.to_owned());
        };
        keep("a", 100, "a");
        keep("b", 110, "b");
        keep("a", 120, "too early");
        assert_eq!(kept(&files), [(110, "b".to_owned()), (100, "a".to_owned())]);
        keep("a", 160, "a again");
        assert_eq!(kept(&files), [(160, "a again".to_owned()), (110, "b".to_owned())]);
        for n in 0..MAX_PAGES {
            keep(&format!("more {n}"), 200, "more");
        }
        let kept = kept(&LastKnownFiles::in_folder(folder.path()));
        assert_eq!((kept.len(), kept.iter().filter(|(_, value)| value != "more").count()), (MAX_PAGES, 0));
    }

    #[test]
    fn what_is_too_long_takes_away_the_older_copy() {
        let folder = tempfile::tempdir().unwrap();
        let files = LastKnownFiles::in_folder(folder.path());
        files.keep(CA, Part::Status, at(0), &"x".repeat(MAX_BYTES - 100));
        assert!(read(&files).is_some());
        files.keep(CA, Part::Status, at(60), &"x".repeat(MAX_BYTES));
        assert_eq!(read(&files), None);
    }

    #[test]
    fn a_damaged_copy_is_no_copy_and_a_folder_that_can_not_be_written_stops_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let files = LastKnownFiles::in_folder(folder.path());
        files.keep(CA, Part::Status, at(0), &"whole");
        fs::write(files.path(CA, Part::Status), "{").unwrap();
        assert_eq!(read(&files), None);
        fs::write(folder.path().join("file"), "").unwrap();
        let files = LastKnownFiles::in_folder(&folder.path().join("file"));
        files.keep(CA, Part::Status, at(0), &"nowhere");
        assert_eq!(read(&files), None);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_look_into_the_folder() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let files = LastKnownFiles::in_folder(folder.path());
        files.keep(CA, Part::Status, at(0), &"mine");
        assert_eq!(fs::metadata(&files.folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
