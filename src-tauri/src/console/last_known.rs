//! What was last heard of each daemon, on disk: so that the pages show something, with its age, while the daemon is
//! out of reach, also after a restart. Only what pages list of configs, batches, public keys and storage targets: no
//! secret, no TEK, nobody's person record.

use super::data_file::{failed, read_json, replace};
use super::{Console, lists};
use crate::{CommandError, Heard, LastKnown};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tekport_api::UtcTime;
use tekport_api::batch::{Batch, BatchFilter};
use tekport_api::export_config::ExportConfig;
use tekport_api::page::{Page, PageQuery};
use tekport_api::signing_key::SigningKey;
use tekport_api::status::Status;
use tekport_api::storage_target::StorageTarget;

/// Pages ask again every few seconds; the disk gets one copy of each part in this time.
const PAUSE_SECONDS: i64 = 60;
/// A part that is longer than this is not kept: no authority's daemon says that much.
const MAX_BYTES: usize = 1_000_000;

/// One of the things that are kept, each in its own file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Status,
    ExportConfigs,
    Batches,
    SigningKeys,
    StorageTargets,
}

impl Part {
    fn file(self) -> &'static str {
        match self {
            Self::Status => "status.json",
            Self::ExportConfigs => "export-configs.json",
            Self::Batches => "batches.json",
            Self::SigningKeys => "signing-keys.json",
            Self::StorageTargets => "storage-targets.json",
        }
    }
}

/// The folder that keeps it: one folder a daemon, named after its CA's SHA-256.
#[derive(Debug)]
pub(super) struct LastKnownFiles {
    folder: PathBuf,
    /// When each part was written last.
    written: Mutex<BTreeMap<(String, Part), UtcTime>>,
}

impl LastKnownFiles {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.join("last-known"), written: Mutex::default() }
    }

    /// Keeps a part, unless that was done less than a minute ago. Not being able to is no reason for a page to fail.
    fn keep(&self, daemon: &str, part: Part, now: UtcTime, value: &impl Serialize) {
        let slot = (daemon.to_owned(), part);
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |at: &UtcTime| (0..PAUSE_SECONDS).contains(&(now.unix_seconds() - at.unix_seconds()));
        if written.get(&slot).is_some_and(fresh) {
            return;
        }
        written.insert(slot, now);
        let path = self.path(daemon, part);
        let json = serde_json::to_vec(&HeardRef { at: now, value }).unwrap_or_default();
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
    fn read<T: DeserializeOwned>(&self, daemon: &str, part: Part) -> Option<Heard<T>> {
        let path = self.path(daemon, part);
        read_json(&path).unwrap_or_else(|error| {
            tracing::info!(error = error.detail, "a copy of what the daemon said is of no use");
            None
        })
    }

    /// Forgets a daemon.
    ///
    /// # Errors
    /// When its folder can't be removed.
    pub(super) fn forget(&self, daemon: &str) -> Result<(), CommandError> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, _), _| of != daemon);
        let folder = self.folder.join(daemon);
        gone(fs::remove_dir_all(&folder)).map_err(|error| failed(&folder, "can't be removed", &error))
    }

    fn path(&self, daemon: &str, part: Part) -> PathBuf {
        self.folder.join(daemon).join(part.file())
    }
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

impl Console {
    /// Returns what was last heard of the daemon that is shown, without asking it.
    ///
    /// # Errors
    /// When the console's own data can't be read, or this console belongs to no daemon.
    pub async fn last_known(&self) -> Result<LastKnown, CommandError> {
        let daemon = self.facts.read()?.ok_or_else(super::not_enrolled)?.ca_sha256;
        let keys: Option<Heard<Vec<SigningKey>>> = self.last_known.read(&daemon, Part::SigningKeys);
        let signing_keys = match keys {
            Some(Heard { at, value }) => Some(Heard { at, value: self.with_places(value).await }),
            None => None,
        };
        Ok(LastKnown {
            status: self.last_known.read(&daemon, Part::Status),
            export_configs: self.last_known.read(&daemon, Part::ExportConfigs),
            batches: self.last_known.read(&daemon, Part::Batches),
            storage_targets: self.last_known.read(&daemon, Part::StorageTargets),
            signing_keys,
        })
    }

    /// Keeps what a daemon said, where this console still belongs to it.
    pub(super) async fn keep(&self, daemon: &str, part: Part, value: &impl Serialize) {
        // Leaving a daemon holds the session, too: nothing of it is written once it is gone.
        let session = self.session.lock().await;
        if session.as_ref().is_some_and(|session| session.facts.ca_sha256 == daemon) {
            self.last_known.keep(daemon, part, self.clock.now(), value);
        }
    }

    /// Returns the daemon's state at a glance.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn status(&self) -> Result<Status, CommandError> {
        let session = self.session().await?;
        let status = session.client.status().await?;
        self.keep(&session.facts.ca_sha256, Part::Status, &status).await;
        Ok(status)
    }

    /// Returns a page of export configs. A list that one page holds whole is kept.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_export_configs(&self, page: &PageQuery) -> Result<Page<ExportConfig>, CommandError> {
        let session = self.session().await?;
        let configs = session.client.list_export_configs(page).await?;
        if page.cursor.is_none() && configs.next_cursor.is_none() {
            self.keep(&session.facts.ca_sha256, Part::ExportConfigs, &configs.items).await;
        }
        Ok(configs)
    }

    /// Returns a page of batches. The newest ones of all configs are kept.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_batches(&self, filter: &BatchFilter, page: &PageQuery) -> Result<Page<Batch>, CommandError> {
        let session = self.session().await?;
        let batches = session.client.list_batches(filter, page).await?;
        if page.cursor.is_none() && *filter == BatchFilter::default() {
            self.keep(&session.facts.ca_sha256, Part::Batches, &batches).await;
        }
        Ok(batches)
    }

    /// Returns every storage target.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_storage_targets(&self) -> Result<Vec<StorageTarget>, CommandError> {
        let session = self.session().await?;
        let targets = lists::storage_targets(&session.client).await?;
        self.keep(&session.facts.ca_sha256, Part::StorageTargets, &targets).await;
        Ok(targets)
    }
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
