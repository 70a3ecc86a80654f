//! The console's log file: what it did and what failed, never a secret.

use anyhow::Context;
use std::fs::{self, OpenOptions};
use std::path::Path;
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// A log that has grown past this is put aside at the next start; the one put aside before goes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Begins to log to `console.log` in the data folder, which is made where it isn't.
pub(crate) fn start(data: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(data).with_context(|| format!("the folder {} can't be made", data.display()))?;
    let path = data.join("console.log");
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > MAX_BYTES) {
        fs::rename(&path, data.join("console.log.1")).context("the old log can't be put aside")?;
    }
    let file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .with_context(|| format!("the log {} can't be opened", path.display()))?;
    let filter = EnvFilter::try_from_env("TEKPORT_LOG").unwrap_or_else(|_| EnvFilter::new("warn,tekport_console=info"));
    // Errs only when a log was begun before, which then goes on.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Mutex::new(file)).try_init();
    Ok(())
}
