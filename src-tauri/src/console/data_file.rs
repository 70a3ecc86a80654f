//! Files of the console's data folder: read whole, replaced whole.

use crate::error::ConsoleFault;
use crate::{CommandError, ErrorCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Returns what a file holds; `None` where there is no such file.
///
/// # Errors
/// When it is there and can't be read, or is damaged.
pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, CommandError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path, OwnData::Unreadable, &error)),
    };
    serde_json::from_slice(&bytes).map(Some).map_err(|error| failed(path, OwnData::Damaged, &error))
}

/// Writes a file so that a crash leaves the old one or the new one whole.
///
/// # Errors
/// When it can't be written.
pub(super) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), CommandError> {
    let json = serde_json::to_vec_pretty(value).map_err(|error| failed(path, OwnData::Unwritten, &error))?;
    replace(path, &json).map_err(|error| failed(path, OwnData::Unwritten, &error))
}

/// Replaces a file's bytes, so that a crash leaves the old ones or the new ones whole. Makes its folder where there is
/// none.
///
/// # Errors
/// When the file or its folder can't be written.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    swap(path, bytes)
}

/// Replaces a file's bytes like [`replace`], in a folder that is there.
///
/// # Errors
/// When the file can't be written.
pub(crate) fn swap(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let fresh = path.with_added_extension("new");
    let mut file = fs::File::create(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}

/// What is wrong with a file of the console's own data.
#[derive(Debug, Clone, Copy)]
pub(super) enum OwnData {
    Unreadable,
    Damaged,
    Unwritten,
    NotRemoved,
}

/// Says that the console's own data can't be used.
pub(super) fn failed(path: &Path, what: OwnData, error: &dyn std::error::Error) -> CommandError {
    let (path, cause) = (path.display().to_string(), error.to_string());
    let fault = match what {
        OwnData::Unreadable => ConsoleFault::DataUnreadable { path, cause },
        OwnData::Damaged => ConsoleFault::DataDamaged { path, cause },
        OwnData::Unwritten => ConsoleFault::DataUnwritten { path, cause },
        OwnData::NotRemoved => ConsoleFault::DataNotRemoved { path, cause },
    };
    CommandError::said(ErrorCode::DataFolder, "The console's own data can't be used", &fault)
}
