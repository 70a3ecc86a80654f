//! The life of a signing key: what may follow what, and the writing down of every step in the audit log and in the
//! key's history, in the transaction of the step itself.

pub mod ending;
pub mod facts;
pub mod package;
pub mod retirement;
pub mod rotation;
pub mod sending;

use crate::audit::{self, Actor, Change};
use crate::store::configs::ConfigRow;
use crate::store::signing_keys::{self, SigningKeyRow, events};
use crate::store::{StoreError, batches};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::signing_key::{KeyEvent, KeyEventKind};
use uuid::Uuid;

/// A step of a key's life that was just taken.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// As the audit log names it: `signing-key.revoke`.
    pub action: &'static str,
    /// What the key's history shows, in this order; none where the step is of no interest there.
    pub events: &'a [(KeyEventKind, &'a str)],
    /// The key before; `None` where it is new.
    pub before: Option<&'a SigningKeyRow>,
    /// The key after.
    pub after: &'a SigningKeyRow,
    /// More about it, without secrets: members that the audit log shows beside those of the key. `Null` for none.
    pub more: &'a Value,
}

/// Writes a step down in the audit log and in the key's history, in the transaction that takes it.
///
/// # Errors
/// When the database fails; the transaction must then be dropped.
pub async fn write_down(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    step: Step<'_>,
) -> Result<(), StoreError> {
    let mut after = key_json(step.after);
    if let (Value::Object(members), Value::Object(more)) = (&mut after, step.more) {
        members.extend(more.clone());
    }
    let change = Change {
        action: step.action,
        resource_kind: "signing-key",
        resource_id: step.after.id.to_string(),
        before: step.before.map(key_json),
        after: Some(after),
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    for (kind, note) in step.events {
        remember(db, now, actor, step.after.id, *kind, note).await?;
    }
    Ok(())
}

/// What the audit log keeps of a key: nothing of its private half.
fn key_json(key: &SigningKeyRow) -> Value {
    json!({
        "key_id": key.key_id.as_str(), "key_version": key.key_version.as_str(),
        "fingerprint": key.public_key.fingerprint(), "custody": key.custody, "state": key.state(),
        "predecessor_id": key.predecessor_id, "provisioned_at": key.provisioned_at,
        "introduced_at": key.introduced_at, "google": key.google, "apple": key.apple, "ends_at": key.ends_at,
        "retired_at": key.retired_at, "revoked_at": key.revoked_at, "rotation_days": key.rotation_days,
        "backed_up_at": key.backed_up_at, "authority": key.authority,
    })
}

async fn remember(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    id: Uuid,
    kind: KeyEventKind,
    note: &str,
) -> Result<(), StoreError> {
    events::append(db, id, &KeyEvent { at: now, by: actor.name.clone(), kind, note: note.to_owned() }).await
}

/// Introduces every key that has just become able to sign and is named by a config, or the other way round: from now
/// on its signature is in every new file. To be called wherever either happens, in the same transaction.
///
/// # Errors
/// When the database fails; the transaction must then be dropped.
pub async fn introduce(db: &mut SqliteConnection, now: UtcTime, actor: &Actor) -> Result<(), StoreError> {
    for id in signing_keys::introduce_ready(&mut *db, now).await? {
        let Some(after) = signing_keys::find(&mut *db, id).await? else { continue };
        let before = SigningKeyRow { introduced_at: None, ..after.clone() };
        let step = Step {
            action: "signing-key.introduce",
            events: &[(KeyEventKind::Introduced, "")],
            before: Some(&before),
            after: &after,
            more: &Value::Null,
        };
        write_down(db, now, actor, step).await?;
        for config_id in signing_keys::config_ids(&mut *db, id).await? {
            try_again(db, now, config_id).await?;
        }
    }
    Ok(())
}

/// Has a config's failed batches tried again at once instead of when their pause is over: other keys sign them now.
async fn try_again(db: &mut SqliteConnection, now: UtcTime, config_id: Uuid) -> Result<(), StoreError> {
    for batch in batches::unfinished(&mut *db, Some(config_id)).await? {
        batches::steps::retry(&mut *db, batch.id, now).await?;
    }
    Ok(())
}

/// Remembers with each key that a change of a config put it there or took it away (the audit log has that with the
/// config), and [introduces](introduce) those that can now sign.
///
/// # Errors
/// When the database fails; the transaction must then be dropped.
pub async fn follow_config(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    before: Option<&ConfigRow>,
    after: &ConfigRow,
) -> Result<(), StoreError> {
    let (old, new) =
        (before.map_or(&[][..], |config| &config.spec.signing_key_ids[..]), &after.spec.signing_key_ids[..]);
    let config = format!("{} ({})", after.spec.output_region, after.spec.path_prefix.as_str());
    for id in new.iter().filter(|id| !old.contains(id)) {
        remember(db, now, actor, *id, KeyEventKind::Attached, &config).await?;
    }
    for id in old.iter().filter(|id| !new.contains(id)) {
        remember(db, now, actor, *id, KeyEventKind::Detached, &config).await?;
    }
    if old != new {
        try_again(db, now, after.id).await?;
    }
    introduce(db, now, actor).await
}
