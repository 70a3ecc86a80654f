//! Whether the database answers, and which schema it has.

use super::{MIGRATIONS, Store, StoreError};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use tekport_api::UtcTime;

/// Which migrations a database has, beside which this version of tekportd knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaVersion {
    /// The last migration the database has; none before the first.
    pub applied: Option<i64>,
    /// The last migration this version knows.
    pub known: Option<i64>,
}

impl Store {
    /// Asks the database for the least it can answer.
    ///
    /// # Errors
    /// When it doesn't answer.
    pub async fn answers(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(self.pool()).await?;
        Ok(())
    }

    /// Returns the newest instant that the audit log has; `None` while it is empty.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest_instant(&self) -> Result<Option<UtcTime>, StoreError> {
        let newest: Option<i64> =
            sqlx::query_scalar("SELECT max(at) FROM audit_entries").fetch_one(self.pool()).await?;
        Ok(newest.map(UtcTime::saturating))
    }
}

/// Reads which schema the SQLite database at `path` has, without changing it.
///
/// # Errors
/// When the file isn't there, can't be opened or is no database.
pub async fn schema_version(path: &Path) -> Result<SchemaVersion, StoreError> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(false);
    let mut db: SqliteConnection = options.connect().await?;
    let applied =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success").fetch_one(&mut db).await;
    db.close().await?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max();
    Ok(SchemaVersion { applied: applied?, known })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_store_that_was_just_opened_has_the_known_schema() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tekport.db");
        assert!(schema_version(&path).await.is_err(), "no file yet");
        assert!(!path.exists(), "looking must not make one");
        Store::open(&path).await.unwrap().answers().await.unwrap();
        let version = schema_version(&path).await.unwrap();
        assert_eq!(version.applied, version.known);
        assert!(version.known.is_some());
    }
}
