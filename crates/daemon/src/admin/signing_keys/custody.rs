//! Registering, handing over and revoking signing keys.

use crate::admin::AdminState;
use crate::audit::{self, Actor, Change};
use crate::problem::Refusal;
use crate::store::new_id;
use crate::store::signing_keys::{self, SEALED_COLUMN, SigningKeyRow, TABLE};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::problem::ProblemKind;
use tekport_api::signing_key::{KeyState, Revocation, SealedKeyUpload, SigningKeyDraft};
use tekport_keys::at_rest::Binding;
use tekport_keys::sealing::{Sealed, SealingError};
use uuid::Uuid;

/// Registers the public half of a key.
pub(super) async fn register(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    draft: &SigningKeyDraft,
) -> Result<SigningKeyRow, Refusal> {
    let spec = draft.validate().map_err(Refusal::fields)?;
    if let Some(taken) = signing_keys::conflicting(&mut *db, &spec).await? {
        return Err(if taken.key_id == spec.key_id && taken.key_version == spec.key_version {
            let reason = format!("{} {} is registered already", taken.key_id, taken.key_version);
            Refusal::field("key_version", reason, "a version that this key id doesn't have yet")
        } else {
            let reason = format!("this key is registered already, as {} {}", taken.key_id, taken.key_version);
            Refusal::field("public_key_pem", reason, "a newly generated key")
        });
    }
    let key = signing_keys::insert(&mut *db, new_id(now), &spec, &actor.name, now).await?;
    write_down(db, now, actor, "signing-key.register", None, &key, None).await?;
    Ok(key)
}

/// Opens the sealed private half, checks that it is that of the registered key, and keeps it under the root key.
pub(super) async fn provision(
    db: &mut SqliteConnection,
    state: &AdminState,
    actor: &Actor,
    id: Uuid,
    upload: &SealedKeyUpload,
) -> Result<SigningKeyRow, Refusal> {
    let before = not_revoked(db, id).await?;
    let sealing_key = state.pki.sealing_key();
    let own = sealing_key.public_key().fingerprint();
    if upload.sealed_to != own {
        return Err(Refusal::field("sealed_to", "the key was sealed to another daemon", own));
    }
    let row = id.to_string();
    let sealed = Sealed::from_base64(&upload.encapsulated_key, &upload.ciphertext).map_err(|e| not_opened(&e))?;
    let key = sealing_key.open(&sealed, &row, &before.public_key).map_err(|e| not_opened(&e))?;
    let pkcs8 = key.to_pkcs8_der().map_err(Refusal::internal)?;
    let binding = Binding { table: TABLE, row: &row, column: SEALED_COLUMN };
    let at_rest = state.root_key.encrypt(binding, &pkcs8).map_err(Refusal::internal)?;
    let now = state.now();
    signing_keys::provision(&mut *db, id, &at_rest, now).await?;
    signing_keys::introduce_ready(&mut *db, now).await?;
    let after = signing_keys::find(&mut *db, id).await?.ok_or_else(|| Refusal::not_found("signing key", id))?;
    write_down(db, now, actor, "signing-key.provision", Some(&before), &after, None).await?;
    Ok(after)
}

fn not_opened(error: &SealingError) -> Refusal {
    Refusal::field(
        "ciphertext",
        error.to_string(),
        "the PKCS#8 of the registered key, sealed to this daemon for this key's id",
    )
}

/// Revokes a key, with the reason in the audit log.
pub(super) async fn revoke(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    id: Uuid,
    revocation: &Revocation,
) -> Result<SigningKeyRow, Refusal> {
    let before = not_revoked(db, id).await?;
    let reason = revocation.reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Err(Refusal::field("reason", "the reason is empty or too long", "1 to 500 characters"));
    }
    signing_keys::revoke(&mut *db, id, now).await?;
    let after = SigningKeyRow { revision: before.revision + 1, sealed: None, revoked_at: Some(now), ..before.clone() };
    write_down(db, now, actor, "signing-key.revoke", Some(&before), &after, Some(reason)).await?;
    Ok(after)
}

async fn not_revoked(db: &mut SqliteConnection, id: Uuid) -> Result<SigningKeyRow, Refusal> {
    let key = signing_keys::find(db, id).await?.ok_or_else(|| Refusal::not_found("signing key", id))?;
    if key.state() == KeyState::Revoked {
        let detail = format!("{} {} was revoked for good; generate a new key", key.key_id, key.key_version);
        return Err(Refusal::new(ProblemKind::Conflict, detail));
    }
    Ok(key)
}

async fn write_down(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    action: &'static str,
    before: Option<&SigningKeyRow>,
    after: &SigningKeyRow,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let mut value = key_json(after);
    if let (Some(reason), Value::Object(members)) = (reason, &mut value) {
        members.insert("reason".to_owned(), reason.into());
    }
    let change = Change {
        action,
        resource_kind: "signing-key",
        resource_id: after.id.to_string(),
        before: before.map(key_json),
        after: Some(value),
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    Ok(())
}

/// What the audit log keeps of a key: nothing of its private half.
fn key_json(key: &SigningKeyRow) -> Value {
    json!({
        "key_id": key.key_id.as_str(), "key_version": key.key_version.as_str(),
        "fingerprint": key.public_key.fingerprint(), "custody": key.custody, "state": key.state(),
        "provisioned_at": key.provisioned_at, "revoked_at": key.revoked_at,
    })
}
