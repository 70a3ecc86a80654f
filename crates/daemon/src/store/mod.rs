//! The store: every query of the daemon, one file per table family. Nothing else writes SQL.

pub mod audit;
pub mod batches;
pub mod configs;
pub mod enrolments;
pub mod files;
pub mod health;
pub mod idempotency;
pub mod overview;
pub mod people;
pub mod receipt_days;
pub mod region_sets;
pub mod secrets;
pub mod signatures;
pub mod signing_keys;
pub mod teks;
pub mod traces;
pub mod unsigned_files;
pub mod watermarks;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tekport_api::UtcTime;
use uuid::Uuid;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// Why the store can't do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or is out of reach.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The schema can't be brought up to date; an older binary on a newer database, most likely.
    #[error("the database's schema doesn't fit this version of tekportd")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds what this version can't read.
    #[error("the database holds a {what} that can't be read: {reason}")]
    Damaged {
        /// What it is.
        what: &'static str,
        /// Why it can't be read.
        reason: String,
    },
}

/// Reads an id as the store writes it.
pub(crate) fn stored_id(what: &'static str, text: &str) -> Result<Uuid, StoreError> {
    Uuid::parse_str(text).map_err(|error| StoreError::Damaged { what, reason: format!("its id: {error}") })
}

/// Makes the id of a new row: a UUIDv7 of `now`, so that rows sort by when they were made.
#[must_use]
pub fn new_id(now: UtcTime) -> Uuid {
    let seconds = u64::try_from(now.unix_seconds()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, 0))
}

/// So long a writer waits for another.
const BUSY: Duration = Duration::from_secs(10);

/// A handle on the database; cloning shares the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    path: PathBuf,
}

impl Store {
    /// Opens the SQLite database at `path`, making it where it isn't, and brings its schema up to date.
    ///
    /// # Errors
    /// When the file can't be opened, or its schema is newer than this version of tekportd.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Full, not normal: a TEK that was acknowledged survives a power cut (invariant 1).
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten: a private half that was taken back leaves nothing behind.
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY);
        // Connections to a file don't grow stale. Without an age there is no task that looks for it, and sqlx's can spin
        // for ever: it counts up to the number of idle connections, which between two threads is less than none for a
        // moment, and that number has no sign.
        let pool = SqlitePoolOptions::new()
            .max_connections(8)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        MIGRATIONS.run(&pool).await?;
        Ok(Self { pool, path: path.to_owned() })
    }

    /// Begins a transaction that holds the write lock from its start, so that what it reads can't change
    /// before it writes.
    ///
    /// # Errors
    /// When the lock isn't had within ten seconds.
    pub async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Folds the write-ahead log into the database's file and empties it, as far as nothing reads it that began before.
    ///
    /// # Errors
    /// When the database fails.
    async fn empty_log(&self) -> Result<(), StoreError> {
        let mut connection = self.pool.acquire().await?;
        // It waits for readers as long as a write waits for its lock, which is longer than anybody should wait for this.
        sqlx::query("PRAGMA busy_timeout = 1000").execute(&mut *connection).await?;
        let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut *connection).await;
        sqlx::query("PRAGMA busy_timeout = 10000").execute(&mut *connection).await?;
        emptied?;
        Ok(())
    }

    /// Closes the connections; the last one folds the write-ahead log into the database's file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The database's file.
    fn path(&self) -> &Path {
        &self.path
    }

    /// The connections, for reads that need no transaction.
    pub(crate) fn pool(&self) -> &SqlitePool {
        &self.pool
    }
}
