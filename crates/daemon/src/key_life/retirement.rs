//! Ends keys whose end has come, after looking at the rules once more: what was safe when the end was set may not be
//! any longer, for instance since the successor was revoked.

use super::{Step, facts, write_down};
use crate::audit::Actor;
use crate::store::StoreError;
use crate::store::signing_keys::{self, events};
use serde_json::Value;
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::message::EndReason;
use tekport_api::signing_key::{KeyEventKind, KeyState};

/// Retires every key whose end has come. One whose end would leave phones without a signature goes on signing, which
/// its history says once and the status all the time.
///
/// # Errors
/// When the database fails; the transaction must then be dropped.
pub async fn retire_due(db: &mut SqliteConnection, now: UtcTime, retention_days: u16) -> Result<(), StoreError> {
    for key in signing_keys::all(&mut *db).await? {
        if key.state() != KeyState::Retiring || key.ends_at.is_none_or(|end| end > now) {
            continue;
        }
        let check = facts::read(&mut *db, now, retention_days).await?.end_of(&key.name(), now);
        let actor = Actor::daemon();
        if check.blockers.is_empty() {
            tracing::info!(key = key.name(), "the end of a signing key has come: it signs no more");
            let after = signing_keys::retire(&mut *db, key.id, now).await?;
            let events = &[(KeyEventKind::Retired, "")];
            let (before, more) = (Some(&key), &Value::Null);
            write_down(db, now, &actor, Step { action: "signing-key.retire", events, before, after: &after, more })
                .await?;
        } else if !is_held(db, key.id).await? {
            let why = EndReason::all(&check).to_string();
            tracing::error!(key = key.name(), why, "the end of a signing key has come and is held: it goes on signing");
            let events = &[(KeyEventKind::EndHeld, why.as_str())];
            let (before, more) = (Some(&key), &Value::Null);
            write_down(db, now, &actor, Step { action: "signing-key.hold-end", events, before, after: &key, more })
                .await?;
        }
    }
    Ok(())
}

/// Whether the history says that the present end is held.
async fn is_held(db: &mut SqliteConnection, id: uuid::Uuid) -> Result<bool, StoreError> {
    let history = events::of_key(db, id).await?;
    let last = history.iter().rev().find(|event| matches!(event.kind, KeyEventKind::EndSet | KeyEventKind::EndHeld));
    Ok(last.is_some_and(|event| event.kind == KeyEventKind::EndHeld))
}
