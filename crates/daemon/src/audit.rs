//! The audit log: every change, who made it, what was before and after, chained by hashes.
//!
//! An entry is appended in the transaction of the change itself, so there is no change without one. An act
//! that is no single transaction is [begun](begin) with the result `unknown` and closed with a second entry.

use crate::store::{Store, StoreError, audit};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::{AuditBreak, AuditEntry, AuditResult, Chain, NO_ENTRY};

/// Entries read at once while the chain is checked.
const CHECKED_AT_ONCE: u32 = 500;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// A person's id, `local` or `daemon`.
    pub id: String,
    /// Their name at this time.
    pub name: String,
    /// SHA-256 of the certificate they came with.
    pub certificate: Option<String>,
}

impl Actor {
    /// Whoever runs the daemon's own command line on its machine.
    #[must_use]
    pub fn local() -> Self {
        Self { id: "local".to_owned(), name: "command line".to_owned(), certificate: None }
    }

    /// The daemon by itself.
    #[must_use]
    pub fn daemon() -> Self {
        Self { id: "daemon".to_owned(), name: "tekportd".to_owned(), certificate: None }
    }
}

/// What was done to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// `export-config.create`, `signing-key.provision`, …
    pub action: &'static str,
    /// `export-config`, `person`, …
    pub resource_kind: &'static str,
    /// Its id.
    pub resource_id: String,
    /// The thing before, without secrets.
    pub before: Option<Value>,
    /// The thing after, without secrets.
    pub after: Option<Value>,
}

/// Appends an entry for a change that `db`'s transaction makes; returns its sequence.
///
/// # Errors
/// When the database fails; the caller's transaction must then be dropped, so that nothing changes unaudited.
pub async fn append(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    result: AuditResult,
    change: Change,
) -> Result<u32, StoreError> {
    let (sequence, previous_hash) = match audit::last(&mut *db).await? {
        Some((last, hash)) => (last + 1, hash),
        None => (1, NO_ENTRY.to_owned()),
    };
    let mut entry = AuditEntry {
        sequence,
        at: now,
        actor_id: actor.id.clone(),
        actor_name: actor.name.clone(),
        certificate: actor.certificate.clone(),
        action: change.action.to_owned(),
        resource_kind: change.resource_kind.to_owned(),
        resource_id: change.resource_id,
        result,
        before: change.before,
        after: change.after,
        previous_hash,
        hash: String::new(),
    };
    entry.hash = entry.computed_hash();
    audit::insert(db, &entry).await?;
    Ok(sequence)
}

/// An act that was begun and not yet closed. Where the daemon stops meanwhile, the `unknown` entry stays alone.
#[derive(Debug)]
#[must_use = "an act that is begun must be closed"]
pub struct Begun {
    sequence: u32,
    actor: Actor,
    action: &'static str,
    resource_kind: &'static str,
    resource_id: String,
}

/// Writes down that an act begins, before it does.
///
/// # Errors
/// When the database fails; the act must then not begin.
pub async fn begin(store: &Store, now: UtcTime, actor: &Actor, change: Change) -> Result<Begun, StoreError> {
    let (action, resource_kind, resource_id) = (change.action, change.resource_kind, change.resource_id.clone());
    let mut transaction = store.begin().await?;
    let sequence = append(&mut transaction, now, actor, AuditResult::Unknown, change).await?;
    transaction.commit().await?;
    Ok(Begun { sequence, actor: actor.clone(), action, resource_kind, resource_id })
}

impl Begun {
    /// Writes down how the act ended, with the sequence of its beginning.
    ///
    /// # Errors
    /// When the database fails; the beginning stays in the log as `unknown`.
    pub async fn close(
        self,
        store: &Store,
        now: UtcTime,
        result: AuditResult,
        outcome: Value,
    ) -> Result<(), StoreError> {
        let change = Change {
            action: self.action,
            resource_kind: self.resource_kind,
            resource_id: self.resource_id,
            before: Some(json!({ "begun": self.sequence })),
            after: Some(outcome),
        };
        let mut transaction = store.begin().await?;
        append(&mut transaction, now, &self.actor, result, change).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Checks the whole chain.
///
/// # Errors
/// When the log can't be read. A chain that doesn't hold is an answer, with the first entry that is missing, altered
/// or out of place. Entries cut off the end leave no trace in the chain itself: compare the head with a copy kept
/// elsewhere.
pub async fn check(store: &Store) -> Result<Chain, StoreError> {
    let mut chain = Chain::default();
    loop {
        let entries = audit::following(store.pool(), chain.entries(), CHECKED_AT_ONCE).await?;
        if entries.is_empty() {
            return Ok(chain);
        }
        if !entries.iter().all(|entry| chain.follow(entry)) {
            return Ok(chain);
        }
    }
}

/// Why a log can't be taken as whole.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
    /// The log can't be read.
    #[error("the audit log can't be read")]
    Store(#[from] StoreError),
    /// The chain doesn't hold.
    #[error("{}", .0.detail)]
    Broken(AuditBreak),
}

/// Checks the whole chain; returns how many entries it has.
///
/// # Errors
/// Where it can't be read, or [doesn't hold](check).
pub async fn verify(store: &Store) -> Result<u32, ChainError> {
    let chain = check(store).await?;
    let entries = chain.entries();
    chain.broken.map_or(Ok(entries), |broken| Err(ChainError::Broken(broken)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::audit::AuditBreakKind;

    async fn log_of_three() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        for (i, result) in [AuditResult::Ok, AuditResult::Failed, AuditResult::Ok].into_iter().enumerate() {
            let mut transaction = store.begin().await.unwrap();
            let change = Change {
                action: "person.create",
                resource_kind: "person",
                resource_id: format!("p{i}"),
                before: None,
                after: Some(json!({ "z": 1, "a": [true, null, { "name": "Ünal \"x\"" }] })),
            };
            let now = UtcTime::saturating(1_800_000_000);
            append(&mut transaction, now, &Actor::local(), result, change).await.unwrap();
            transaction.commit().await.unwrap();
        }
        (folder, store)
    }

    async fn tamper(store: &Store, statement: &'static str) -> (AuditBreakKind, u32) {
        sqlx::query(statement).execute(store.pool()).await.unwrap();
        let chain = check(store).await.unwrap();
        let broken = chain.broken.unwrap();
        assert_eq!(chain.head.unwrap().sequence + 1, broken.sequence, "the head is the last entry that holds");
        (broken.kind, broken.sequence)
    }

    #[tokio::test]
    async fn an_untouched_chain_verifies() {
        let (_folder, store) = log_of_three().await;
        assert_eq!(verify(&store).await.unwrap(), 3);
        let head = check(&store).await.unwrap().head.unwrap();
        assert_eq!(Some(head.hash), audit::hash_at(store.pool(), 3).await.unwrap());
    }

    #[tokio::test]
    async fn an_altered_entry_is_found() {
        let (_folder, store) = log_of_three().await;
        let found = tamper(&store, "UPDATE audit_entries SET actor_name = 'nobody' WHERE sequence = 2").await;
        assert_eq!(found, (AuditBreakKind::Altered, 2));
    }

    #[tokio::test]
    async fn a_deleted_entry_is_found() {
        let (_folder, store) = log_of_three().await;
        let found = tamper(&store, "DELETE FROM audit_entries WHERE sequence = 2").await;
        assert_eq!(found, (AuditBreakKind::Missing, 2));
    }

    #[tokio::test]
    async fn entries_that_close_the_gap_are_found() {
        let (_folder, store) = log_of_three().await;
        sqlx::query("DELETE FROM audit_entries WHERE sequence = 2").execute(store.pool()).await.unwrap();
        let found = tamper(&store, "UPDATE audit_entries SET sequence = 2 WHERE sequence = 3").await;
        assert_eq!(found, (AuditBreakKind::OutOfPlace, 2));
    }
}
