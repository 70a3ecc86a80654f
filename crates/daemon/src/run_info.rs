//! What a running daemon leaves in its state folder: a lock, and where it listens.

use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tekport_api::UtcTime;

const LOCK: &str = "tekportd.lock";
const RUN_INFO: &str = "run.json";

/// The lock that keeps a second daemon off a state folder; the system frees it when the process ends.
#[derive(Debug)]
pub struct StateLock(#[expect(dead_code, reason = "held open for its lock")] File);

impl StateLock {
    /// Takes the lock of a state folder; `None` where a daemon has it.
    ///
    /// # Errors
    /// When the lock file can't be made or locked.
    pub fn take(state: &Path) -> std::io::Result<Option<Self>> {
        let file = File::options().create(true).truncate(false).write(true).open(state.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// Where a running daemon listens: `run.json` in its state folder, there from when it is ready until it stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunInfo {
    /// Its process.
    pub pid: u32,
    /// When it was ready.
    pub started_at: UtcTime,
    /// The admin listener, with the real port.
    pub admin: SocketAddr,
    /// The public listener, with the real port.
    pub public: SocketAddr,
    /// The health listener, with the real port.
    pub health: SocketAddr,
}

impl RunInfo {
    /// Returns what the daemon that runs on a state folder wrote; `None` where none runs, even when one that
    /// was killed left its file.
    ///
    /// # Errors
    /// When the lock or the file can't be read.
    pub fn of_running(state: &Path) -> std::io::Result<Option<Self>> {
        if StateLock::take(state)?.is_some() {
            return Ok(None);
        }
        match std::fs::read(state.join(RUN_INFO)) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(std::io::Error::other),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the file in one step: a reader sees all of it or none.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn write(&self, state: &Path) -> std::io::Result<WrittenRunInfo> {
        let (path, draft) = (state.join(RUN_INFO), state.join(format!("{RUN_INFO}.new")));
        let mut file = File::create(&draft)?;
        serde_json::to_writer_pretty(&mut file, self).map_err(std::io::Error::other)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        std::fs::rename(&draft, &path)?;
        Ok(WrittenRunInfo(path))
    }
}

/// The file of a running daemon; gone when this is dropped.
#[derive(Debug)]
pub struct WrittenRunInfo(PathBuf);

impl Drop for WrittenRunInfo {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(%error, path = %self.0.display(), "run.json can't be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_daemon_has_the_state_folder_and_says_where_it_listens() {
        let state = tempfile::tempdir().unwrap();
        let address = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let started_at = UtcTime::saturating(1_800_000_000);
        let info = RunInfo { pid: 7, started_at, admin: address(1), public: address(2), health: address(3) };

        let lock = StateLock::take(state.path()).unwrap().expect("nobody has it");
        let written = info.write(state.path()).unwrap();
        assert!(StateLock::take(state.path()).unwrap().is_none(), "a second daemon must not get it");
        assert_eq!(RunInfo::of_running(state.path()).unwrap(), Some(info));

        drop(lock);
        assert_eq!(RunInfo::of_running(state.path()).unwrap(), None, "a file without its daemon says nothing");
        drop(written);
        assert!(!state.path().join(RUN_INFO).exists());
    }
}
