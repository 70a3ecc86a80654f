//! Saving to the downloads folder: whole or not at all, and never over something that is there.

use crate::error::ConsoleFault;
use crate::{CommandError, ErrorCode};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// So many of one name can lie beside each other.
const MAX_COPIES: u32 = 1_000;

/// Saves a file that only its owner may read as `<stem><ending>`, or `<stem> (2)<ending>` where that is taken.
pub(super) fn save_file(folder: &Path, stem: &str, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut file = begin(folder)?;
    file.write_all(bytes)?;
    finish(file, folder, stem, ending)
}

/// Begins a file that grows in pieces; where it isn't [finished](finish), nothing is left of it.
pub(super) fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix(".tekport-").tempfile_in(folder)
}

/// Gives a file that was [begun](begin) its name: `<stem><ending>`, or `<stem> (2)<ending>` where that is taken.
pub(super) fn finish(mut file: NamedTempFile, folder: &Path, stem: &str, ending: &str) -> io::Result<PathBuf> {
    file.as_file().sync_all()?;
    for target in names(folder, stem, ending) {
        match file.persist_noclobber(&target) {
            Ok(_) => return Ok(target),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => file = error.file,
            Err(error) => return Err(error.error),
        }
    }
    Err(too_many())
}

/// Saves a folder of files as `<name>`, or `<name> (2)` where that is taken.
pub(super) fn save_folder(folder: &Path, name: &str, files: &[(String, Vec<u8>)]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let fresh = tempfile::Builder::new().prefix(".tekport-").tempdir_in(folder)?;
    for (name, bytes) in files {
        let mut file = fs::File::create_new(fresh.path().join(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    let target = names(folder, name, "").find(|target| !target.exists()).ok_or_else(too_many)?;
    fs::rename(fresh.path(), &target)?;
    // It has another name now, so there is nothing to remove.
    let _ = fresh.keep();
    Ok(target)
}

fn names(folder: &Path, stem: &str, ending: &str) -> impl Iterator<Item = PathBuf> {
    (1..=MAX_COPIES).map(move |copy| {
        folder.join(if copy == 1 { format!("{stem}{ending}") } else { format!("{stem} ({copy}){ending}") })
    })
}

fn too_many() -> io::Error {
    io::Error::new(ErrorKind::AlreadyExists, format!("{MAX_COPIES} of that name are there"))
}

/// Runs a saving without blocking the window.
pub(super) async fn saved<T: Send + 'static>(
    folder: &Path,
    save: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, CommandError> {
    let saved = tokio::task::spawn_blocking(save).await.unwrap_or_else(|error| Err(io::Error::other(error)));
    saved.map_err(|error| {
        let fault = ConsoleFault::NotSaved { folder: folder.display().to_string(), cause: error.to_string() };
        CommandError::said(ErrorCode::DownloadsFolder, "The file can't be saved", &fault)
    })
}

/// A name that can't climb out of a folder: letters, digits, `-`, `_` and `.`, none of the last two in front.
pub(super) fn plain_name(text: &str) -> String {
    let name: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    name.trim_start_matches(['.', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_ever_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let downloads = folder.path().join("new");
        let names: Vec<String> = (0..3_u8)
            .map(|n| save_file(&downloads, "310-v1-backup", ".pem", &[n]).unwrap())
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["310-v1-backup.pem", "310-v1-backup (2).pem", "310-v1-backup (3).pem"]);
        let files = [("a.txt".to_owned(), vec![1]), ("b".to_owned(), vec![2])];
        let first = save_folder(&downloads, "310-v1", &files).unwrap();
        let second = save_folder(&downloads, "310-v1", &files).unwrap();
        assert_eq!(
            (first.file_name().unwrap(), second.file_name().unwrap()),
            ("310-v1".as_ref(), "310-v1 (2)".as_ref())
        );
        assert_eq!(fs::read(second.join("b")).unwrap(), [2]);
        assert_eq!(fs::read_dir(&downloads).unwrap().count(), 5, "nothing half is left behind");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_a_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = save_file(folder.path(), "x", ".pem", b"x").unwrap();
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_name_cannot_climb_out_of_the_folder() {
        assert_eq!(plain_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(plain_name("310 v1/\\x"), "310-v1--x");
    }
}
