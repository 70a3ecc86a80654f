//! The daemon's database, read and written behind its back, with the daemon stopped.

use anyhow::{Context, Result, ensure};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row, SqliteConnection};
use std::path::Path;

/// A signing key as the database has it.
pub(super) struct StoredKey {
    pub(super) fingerprint: String,
    /// `daemon`, `console` or `hsm`.
    pub(super) custody: String,
    /// Whether there is an encrypted copy of its private half.
    pub(super) has_sealed: bool,
}

/// Every signing key that was ever registered.
///
/// # Errors
/// When the database can't be read.
pub(super) async fn signing_keys(state: &Path) -> Result<Vec<StoredKey>> {
    let query = "SELECT fingerprint, custody, sealed IS NOT NULL AS has_sealed FROM signing_keys";
    let rows = sqlx::query(query).fetch_all(&mut open(state).await?).await?;
    let stored = rows.iter().map(|row| {
        Ok(StoredKey {
            fingerprint: row.try_get("fingerprint")?,
            custody: row.try_get("custody")?,
            has_sealed: row.try_get("has_sealed")?,
        })
    });
    stored.collect()
}

/// Changes what an entry of the audit log says came of something, as somebody does who covers their tracks.
///
/// # Errors
/// When there is no such entry.
pub(super) async fn tamper_with_audit(state: &Path, sequence: i64, actor_name: &str) -> Result<()> {
    let change = sqlx::query("UPDATE audit_entries SET actor_name = ? WHERE sequence = ?");
    let done = change.bind(actor_name).bind(sequence).execute(&mut open(state).await?).await?;
    ensure!(done.rows_affected() == 1, "the audit log has no entry {sequence}");
    Ok(())
}

async fn open(state: &Path) -> Result<SqliteConnection> {
    let file = state.join("tekport.db");
    let options = SqliteConnectOptions::new().filename(&file).create_if_missing(false);
    options.connect().await.with_context(|| format!("{} can't be opened", file.display()))
}
