//! What the console saved in the downloads folder of a workstation.

use super::workstation::Workstation;
use crate::eventually::eventually;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

/// Waits for a file whose name ends so.
///
/// # Errors
/// When none comes.
pub(super) async fn ending_with(station: &Workstation, ending: &str) -> Result<PathBuf> {
    found(station, |path| path.to_string_lossy().ends_with(ending), ending).await
}

/// Waits for a folder of that name, or one numbered behind it, that holds a file; returns the file.
///
/// # Errors
/// When none comes.
pub(super) async fn in_folder(station: &Workstation, folder: &str, file: &str) -> Result<PathBuf> {
    let named = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(folder) && path.join(file).is_file()
    };
    Ok(found(station, named, folder).await?.join(file))
}

async fn found(station: &Workstation, wanted: impl Fn(&Path) -> bool, what: &str) -> Result<PathBuf> {
    let downloads = station.home().join("Downloads");
    eventually(LIMIT, async || {
        let mut entries = fs::read_dir(&downloads).into_iter().flatten().flatten().map(|entry| entry.path());
        let there = entries.find(|path| wanted(path));
        Ok(there.ok_or_else(|| format!("no {what} came to {}", downloads.display())))
    })
    .await
}
