//! Signatures by what they sign: those that can't be made again as they were, since a token's are random, or not by
//! the daemon, since a console made them. A batch that is run again finds them here and gets the same bytes.

use super::StoreError;
use sqlx::{SqliteConnection, SqliteExecutor};
use tekport_api::UtcTime;
use tekport_export_file::DerSignature;
use uuid::Uuid;

/// A signature that was made, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureRow {
    /// The signature.
    pub signature: DerSignature,
    /// When it was made.
    pub made_at: UtcTime,
    /// The name of who made it; `tekportd` where the daemon's token did.
    pub made_by: String,
}

#[derive(sqlx::FromRow)]
struct Raw {
    signature: Vec<u8>,
    made_at: i64,
    made_by: String,
}

impl TryFrom<Raw> for SignatureRow {
    type Error = StoreError;

    fn try_from(raw: Raw) -> Result<Self, StoreError> {
        let damaged = |reason: String| StoreError::Damaged { what: "signature", reason };
        let signature = DerSignature::from_der(&raw.signature).map_err(|error| damaged(error.to_string()))?;
        Ok(Self { signature, made_at: UtcTime::saturating(raw.made_at), made_by: raw.made_by })
    }
}

/// Returns the signature of `key` over a SHA-256 digest, or `None` where it was not made yet.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    digest: &[u8; 32],
    key: Uuid,
) -> Result<Option<SignatureRow>, StoreError> {
    let raw: Option<Raw> =
        sqlx::query_as("SELECT signature, made_at, made_by FROM signatures WHERE digest = $1 AND signing_key_id = $2")
            .bind(hex::encode(digest))
            .bind(key.to_string())
            .fetch_optional(db)
            .await?;
    raw.map(SignatureRow::try_from).transpose()
}

/// Stores a signature that the caller has verified, where there is none of that key over that digest yet, and returns
/// the one that is stored: the first that was made stays, whoever comes later, so that files keep their bytes.
///
/// # Errors
/// When the database fails or the row is damaged.
pub async fn insert_or_same(
    db: &mut SqliteConnection,
    digest: &[u8; 32],
    key: Uuid,
    made: &SignatureRow,
) -> Result<SignatureRow, StoreError> {
    sqlx::query(
        "INSERT INTO signatures (digest, signing_key_id, signature, made_at, made_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (digest, signing_key_id) DO NOTHING",
    )
    .bind(hex::encode(digest))
    .bind(key.to_string())
    .bind(made.signature.to_vec())
    .bind(made.made_at.unix_seconds())
    .bind(&made.made_by)
    .execute(&mut *db)
    .await?;
    let stored = find(db, digest, key).await?;
    let reason = "it was stored and isn't there".to_owned();
    stored.ok_or(StoreError::Damaged { what: "signature", reason })
}

/// Deletes the signatures made at `before` or earlier, but those of files that await others; returns how many. Once a
/// file has left storage nothing asks for its signatures again.
///
/// # Errors
/// When the database fails.
pub async fn delete_made_before(db: impl SqliteExecutor<'_>, before: UtcTime) -> Result<u64, StoreError> {
    let deleted = sqlx::query(
        "DELETE FROM signatures
         WHERE made_at <= $1 AND NOT EXISTS (SELECT 1 FROM unsigned_files u WHERE u.digest = signatures.digest)",
    )
    .bind(before.unix_seconds())
    .execute(db)
    .await?;
    Ok(deleted.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Store, new_id, signing_keys};
    use tekport_api::signing_key::{Custody, SigningKeySpec};
    use tekport_export_file::{KeyId, KeyVersion};
    use tekport_keys::SigningKey;

    fn at(seconds: i64) -> UtcTime {
        UtcTime::saturating(1_800_000_000 + seconds)
    }

    async fn store_with_key() -> (tempfile::TempDir, Store, SigningKey, Uuid) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let key = SigningKey::generate().unwrap();
        let id = new_id(at(0));
        let spec = SigningKeySpec {
            key_id: KeyId::parse("310").unwrap(),
            key_version: KeyVersion::parse("v1").unwrap(),
            public_key: key.public_key(),
            custody: Custody::Console,
            predecessor_id: None,
        };
        signing_keys::insert(store.pool(), id, &spec, "test", at(0)).await.unwrap();
        (folder, store, key, id)
    }

    fn made(key: &SigningKey, digest: &[u8; 32], seconds: i64) -> SignatureRow {
        let signature = DerSignature::from_der(&key.sign_digest(digest).unwrap()).unwrap();
        SignatureRow { signature, made_at: at(seconds), made_by: "officer".to_owned() }
    }

    #[tokio::test]
    async fn the_first_signature_of_a_key_over_a_digest_stays() {
        let (_folder, store, key, id) = store_with_key().await;
        let digest = [1; 32];
        assert_eq!(find(store.pool(), &digest, id).await.unwrap(), None);
        let first = made(&key, &digest, 0);
        // Another signature of the same key, as a token would make for the same digest.
        let second = made(&key, &[2; 32], 5);
        let mut transaction = store.begin().await.unwrap();
        assert_eq!(insert_or_same(&mut transaction, &digest, id, &first).await.unwrap(), first);
        assert_eq!(insert_or_same(&mut transaction, &digest, id, &second).await.unwrap(), first);
        transaction.commit().await.unwrap();
        assert_eq!(find(store.pool(), &digest, id).await.unwrap(), Some(first));
        assert_eq!(find(store.pool(), &[2; 32], id).await.unwrap(), None);
    }

    #[tokio::test]
    async fn old_signatures_are_deleted() {
        let (_folder, store, key, id) = store_with_key().await;
        let mut transaction = store.begin().await.unwrap();
        for (digest, seconds) in [([1; 32], 0), ([2; 32], 10)] {
            let row = made(&key, &digest, seconds);
            insert_or_same(&mut transaction, &digest, id, &row).await.unwrap();
        }
        transaction.commit().await.unwrap();
        assert_eq!(delete_made_before(store.pool(), at(5)).await.unwrap(), 1);
        assert_eq!(find(store.pool(), &[1; 32], id).await.unwrap(), None);
        assert!(find(store.pool(), &[2; 32], id).await.unwrap().is_some());
    }
}
