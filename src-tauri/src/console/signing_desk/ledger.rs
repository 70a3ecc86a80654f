//! What this console signed: one line a file, written before the signature leaves.
//!
//! Phones tell files apart by their start and end, so a key that signed two different files of one config, region,
//! start and end vouched for both; a person may do that knowingly, unattended signing never does.

use crate::CommandError;
use crate::console::data_file::{OwnData, failed, replace};
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use tekport_api::UtcTime;

/// Lines about windows that ended longer ago than this go at the next start. Unattended signing leaves windows
/// that old to a person, so that nothing is signed twice because of it.
const KEPT_SECONDS: i64 = 60 * 86_400;

/// What makes a file one file for phones.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Place {
    /// SHA-256 of the daemon's CA certificate, lower-case hex.
    pub(super) daemon: String,
    pub(super) config_id: String,
    pub(super) region: String,
    /// `start_timestamp` in the file.
    pub(super) start: UtcTime,
    /// `end_timestamp` in the file.
    pub(super) end: UtcTime,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Signed {
    #[serde(flatten)]
    pub(super) place: Place,
    /// The key's fingerprint.
    pub(super) key: String,
    /// SHA-256 of `export.bin`, lower-case hex.
    pub(super) digest: String,
    /// When it was signed, by this computer's clock.
    pub(super) at: UtcTime,
}

/// The file that keeps them.
#[derive(Debug)]
pub(super) struct Ledger(PathBuf);

impl Ledger {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("signed-files.jsonl"))
    }

    /// Returns the digests that were signed for a place, each once.
    ///
    /// # Errors
    /// When the file can't be read, or is damaged: then nobody knows what was signed.
    pub(super) fn digests(&self, place: &Place) -> Result<Vec<String>, CommandError> {
        let mut digests: Vec<String> = self
            .parsed(&self.bytes()?)?
            .into_iter()
            .filter(|signed| signed.place == *place)
            .map(|signed| signed.digest)
            .collect();
        digests.sort();
        digests.dedup();
        Ok(digests)
    }

    /// Adds lines, on disk when this returns.
    ///
    /// # Errors
    /// When they can't be written; then nothing may be signed.
    pub(super) fn add(&self, signed: &[Signed]) -> Result<(), CommandError> {
        let lines = self.lines(signed)?;
        self.append(&lines).map_err(|error| failed(&self.0, OwnData::Unwritten, &error))
    }

    /// Drops lines about windows long past, and half a line at the end: the signature of a line that isn't whole
    /// never left.
    ///
    /// # Errors
    /// When the file can't be read or written, or is damaged.
    pub(super) fn tidy(&self, now: UtcTime) -> Result<(), CommandError> {
        let before = self.bytes()?;
        let is_kept = |signed: &Signed| signed.place.end.unix_seconds() + KEPT_SECONDS > now.unix_seconds();
        let kept: Vec<Signed> = self.parsed(&before)?.into_iter().filter(is_kept).collect();
        let after = self.lines(&kept)?;
        if after == before {
            return Ok(());
        }
        replace(&self.0, &after).map_err(|error| failed(&self.0, OwnData::Unwritten, &error))
    }

    fn append(&self, lines: &[u8]) -> std::io::Result<()> {
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(&self.0)?;
        let before = file.metadata()?.len();
        file.write_all(lines).and_then(|()| file.sync_all()).inspect_err(|_| {
            // Half a line must not run into the next one; the error that matters is the first one.
            let _ = file.set_len(before);
        })
    }

    fn bytes(&self) -> Result<Vec<u8>, CommandError> {
        match fs::read(&self.0) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(failed(&self.0, OwnData::Unreadable, &error)),
        }
    }

    /// Entries as the file has them, one line each.
    fn lines(&self, signed: &[Signed]) -> Result<Vec<u8>, CommandError> {
        let mut lines = Vec::new();
        for signed in signed {
            serde_json::to_writer(&mut lines, signed).map_err(|error| failed(&self.0, OwnData::Unwritten, &error))?;
            lines.push(b'\n');
        }
        Ok(lines)
    }

    /// The entries of the file's bytes.
    fn parsed(&self, bytes: &[u8]) -> Result<Vec<Signed>, CommandError> {
        let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        // What follows the last line end is nothing, or half a line.
        lines.pop();
        lines
            .into_iter()
            .map(|line| serde_json::from_slice(line).map_err(|error| failed(&self.0, OwnData::Damaged, &error)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(start: i64) -> Place {
        Place {
            daemon: "ca".to_owned(),
            config_id: "c1".to_owned(),
            region: "MAG".to_owned(),
            start: UtcTime::saturating(start),
            end: UtcTime::saturating(start + 300),
        }
    }

    fn signed(start: i64, digest: &str) -> Signed {
        Signed {
            place: place(start),
            key: "aa".to_owned(),
            digest: digest.to_owned(),
            at: UtcTime::saturating(start + 400),
        }
    }

    #[test]
    fn what_was_signed_for_a_place_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::in_folder(&folder.path().join("new"));
        assert!(ledger.digests(&place(0)).unwrap().is_empty());
        ledger.add(&[signed(0, "d1"), signed(300, "d2")]).unwrap();
        ledger.add(&[signed(0, "d1"), signed(0, "d3")]).unwrap();
        assert_eq!(ledger.digests(&place(0)).unwrap(), ["d1", "d3"]);
        let elsewhere = Place { region: "KRI".to_owned(), ..place(0) };
        assert!(ledger.digests(&elsewhere).unwrap().is_empty());
    }

    #[test]
    fn half_a_line_is_dropped_and_a_damaged_one_is_not_overlooked() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::in_folder(folder.path());
        ledger.add(&[signed(0, "d1")]).unwrap();
        ledger.append(b"{\"daemon\":\"ca\"").unwrap();
        assert_eq!(ledger.digests(&place(0)).unwrap(), ["d1"]);
        ledger.tidy(UtcTime::saturating(1_000)).unwrap();
        ledger.add(&[signed(300, "d2")]).unwrap();
        assert_eq!(ledger.digests(&place(300)).unwrap(), ["d2"]);
        ledger.append(b"damage\n").unwrap();
        assert_eq!(ledger.digests(&place(0)).unwrap_err().code, "data-folder");
        assert_eq!(ledger.tidy(UtcTime::saturating(1_000)).unwrap_err().code, "data-folder");
    }

    #[test]
    fn lines_go_60_days_after_their_window() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::in_folder(folder.path());
        ledger.tidy(UtcTime::saturating(0)).unwrap();
        ledger.add(&[signed(0, "d1"), signed(300, "d2")]).unwrap();
        ledger.tidy(UtcTime::saturating(300 + KEPT_SECONDS)).unwrap();
        assert!(ledger.digests(&place(0)).unwrap().is_empty());
        assert_eq!(ledger.digests(&place(300)).unwrap(), ["d2"]);
    }
}
