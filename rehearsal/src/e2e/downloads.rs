//! What the console saved in the downloads folder of this session's home.

use crate::eventually::eventually;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

/// Waits for a file whose name ends so.
///
/// # Errors
/// When none comes.
pub(super) async fn ending_with(ending: &str) -> Result<PathBuf> {
    found(|path| path.to_string_lossy().ends_with(ending), ending).await
}

/// Waits for a folder of that name, or one numbered behind it, that holds a file; returns the file.
///
/// # Errors
/// When none comes.
pub(super) async fn in_folder(folder: &str, file: &str) -> Result<PathBuf> {
    let named = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(folder) && path.join(file).is_file()
    };
    Ok(found(named, folder).await?.join(file))
}

async fn found(wanted: impl Fn(&Path) -> bool, what: &str) -> Result<PathBuf> {
    let downloads = PathBuf::from(std::env::var_os("HOME").context("HOME is not set")?).join("Downloads");
    eventually(LIMIT, async || {
        let mut entries = fs::read_dir(&downloads).into_iter().flatten().flatten().map(|entry| entry.path());
        let there = entries.find(|path| wanted(path));
        Ok(there.ok_or_else(|| format!("no {what} came to {}", downloads.display())))
    })
    .await
}
