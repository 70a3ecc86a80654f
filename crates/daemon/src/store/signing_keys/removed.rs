//! What the daemon destroyed of its copies of a private half, so that a search can show at any time that it is gone.

use super::row::{Raw, SigningKeyRow};
use crate::store::StoreError;
use crate::store::traces::{TraceSearch, Traces};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use tekport_api::signing_key::RemovedCopy;
use uuid::Uuid;

/// No more are remembered; the oldest goes.
const MOST: usize = 10;

/// The copies of a key that were destroyed, oldest first: taken back, erased by its revocation, or replaced by another
/// hand-over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RemovedCopies(Vec<Removed>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Removed {
    /// Of the ciphertext, lower-case hex.
    sha256: String,
    traces: Traces,
    at: UtcTime,
    /// When a search found nothing of it.
    gone_at: Option<UtcTime>,
}

impl RemovedCopies {
    /// With one more, whose ciphertext is about to go.
    #[must_use]
    pub fn with(&self, ciphertext: &[u8], now: UtcTime) -> Self {
        let removed = Removed { sha256: digest(ciphertext), traces: Traces::of(ciphertext), at: now, gone_at: None };
        let kept = self.0.iter().skip((self.0.len() + 1).saturating_sub(MOST)).cloned();
        Self(kept.chain([removed]).collect())
    }

    /// After a search for all of them.
    #[must_use]
    pub fn searched(&self, search: TraceSearch, now: UtcTime) -> Self {
        let gone_at = (search.found == 0).then_some(now);
        Self(self.0.iter().map(|removed| Removed { gone_at, ..removed.clone() }).collect())
    }

    /// What to search for; `None` where nothing was destroyed.
    #[must_use]
    pub fn traces(&self) -> Option<Traces> {
        let traces = Traces::of_all(self.0.iter().map(|removed| &removed.traces));
        Some(traces).filter(|_| !self.0.is_empty())
    }

    /// The last one, as the API shows it: gone once all are.
    #[must_use]
    pub fn to_api(&self) -> Option<RemovedCopy> {
        let last = self.0.last()?;
        let all_gone = self.0.iter().all(|removed| removed.gone_at.is_some());
        Some(RemovedCopy {
            ciphertext_sha256: last.sha256.clone(),
            removed_at: last.at,
            shown_gone_at: last.gone_at.filter(|_| all_gone),
        })
    }
}

fn digest(ciphertext: &[u8]) -> String {
    hex::encode(Sha256::digest(ciphertext))
}

/// Notes which copies of a key were destroyed, and what a search for them came to; returns the key as it is then.
///
/// # Errors
/// When the database fails.
pub async fn set_removed(
    db: impl SqliteExecutor<'_>,
    id: Uuid,
    removed: &RemovedCopies,
) -> Result<SigningKeyRow, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged { what: "signing key", reason: error.to_string() };
    let removed = serde_json::to_string(removed).map_err(damaged)?;
    let raw: Raw = sqlx::query_as(
        "UPDATE signing_keys SET revision = revision + 1, removed_copies = $2 WHERE id = $1 RETURNING *",
    )
    .bind(id.to_string())
    .bind(removed)
    .fetch_one(db)
    .await?;
    raw.try_into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_gone_once_a_search_found_none_of_them() {
        let now = UtcTime::saturating(1_000);
        let first = RemovedCopies::default().with(&[1; 100], now);
        assert_eq!(first.to_api().unwrap().shown_gone_at, None);
        let found = TraceSearch { found: 1, ..TraceSearch::default() };
        assert_eq!(first.searched(found, now).to_api().unwrap().shown_gone_at, None);
        let gone = first.searched(TraceSearch::default(), now);
        assert_eq!(gone.to_api().unwrap().shown_gone_at, Some(now));
        let second = gone.with(&[2; 100], now);
        assert_eq!(second.to_api().unwrap().ciphertext_sha256, digest(&[2; 100]));
        assert_eq!(second.to_api().unwrap().shown_gone_at, None);
        assert_eq!(RemovedCopies::default().traces(), None);
        let many = (0..20).fold(second, |copies, i: u8| copies.with(&[i; 100], now));
        assert_eq!(many.0.len(), MOST);
    }
}
