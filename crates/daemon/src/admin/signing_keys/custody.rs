//! Registering, handing over and revoking signing keys.

use super::predecessor;
use crate::admin::AdminState;
use crate::audit::Actor;
use crate::key_life::{self, Step};
use crate::problem::Refusal;
use crate::store::new_id;
use crate::store::signing_keys::{self, SEALED_COLUMN, SigningKeyRow, TABLE};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::message::{KeyAllowed, KeyFault, KeyRefused, Refused};
use tekport_api::signing_key::{Custody, KeyEventKind, KeyState, Revocation, SealedKeyUpload, SigningKeyDraft};
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
            name_taken(&taken)
        } else {
            Refusal::fault("public_key_pem", key_taken(&taken), KeyAllowed::NewKey)
        });
    }
    predecessor::check(&mut *db, &spec.key_id, spec.predecessor_id).await?;
    let key = signing_keys::insert(&mut *db, new_id(now), &spec, &actor.name, now).await?;
    let step = Step {
        action: "signing-key.register",
        events: &[(KeyEventKind::Generated, "")],
        before: None,
        after: &key,
        more: &Value::Null,
    };
    key_life::write_down(db, now, actor, step).await?;
    Ok(key)
}

/// Refuses a key id and version that another key has.
pub(super) fn name_taken(taken: &SigningKeyRow) -> Refusal {
    Refusal::fault("key_version", KeyFault::NameTaken { key: taken.name() }, KeyAllowed::NewVersion)
}

/// Says which key has a public half already.
pub(super) fn key_taken(taken: &SigningKeyRow) -> KeyFault {
    KeyFault::KeyTaken { key: taken.name() }
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
    if before.state() == KeyState::Retired {
        return Err(Refusal::conflict(&KeyRefused::SignsNoMore { key: before.name() }));
    }
    in_own_custody(&before)?;
    let sealing_key = state.pki.sealing_key();
    let own = sealing_key.public_key().fingerprint();
    if upload.sealed_to != own {
        let allowed = KeyAllowed::SealedHere { fingerprint: own };
        return Err(Refusal::fault("sealed_to", KeyFault::SealedElsewhere, allowed));
    }
    let row = id.to_string();
    let sealed = Sealed::from_base64(&upload.encapsulated_key, &upload.ciphertext).map_err(|e| not_opened(&e))?;
    let key = sealing_key.open(&sealed, &row, &before.public_key).map_err(|e| not_opened(&e))?;
    let pkcs8 = key.to_pkcs8_der().map_err(Refusal::internal)?;
    let binding = Binding { table: TABLE, row: &row, column: SEALED_COLUMN };
    let at_rest = state.root_key.encrypt(binding, &pkcs8).map_err(Refusal::internal)?;
    let now = state.now();
    signing_keys::provision(&mut *db, id, &at_rest, now).await?;
    if let Some(replaced) = &before.sealed {
        signing_keys::set_removed(&mut *db, id, &before.removed.with(replaced, now)).await?;
    }
    let step = Step {
        action: "signing-key.provision",
        events: &[(KeyEventKind::Provisioned, "")],
        before: Some(&before),
        after: &found(db, id).await?,
        more: &Value::Null,
    };
    key_life::write_down(db, now, actor, step).await?;
    key_life::introduce(db, now, actor).await?;
    found(db, id).await
}

/// The daemon takes private halves in its own custody alone: what an officer made to stay in a keychain or a token never
/// comes here, whoever asks for it.
fn in_own_custody(key: &SigningKeyRow) -> Result<(), Refusal> {
    match key.custody {
        Custody::Daemon => Ok(()),
        Custody::Console => Err(Refusal::conflict(&KeyRefused::StaysInKeychain { key: key.name() })),
        Custody::Hsm => Err(Refusal::conflict(&KeyRefused::StaysInToken { key: key.name() })),
    }
}

fn not_opened(error: &SealingError) -> Refusal {
    Refusal::fault("ciphertext", KeyFault::NotOpened { cause: error.to_string() }, KeyAllowed::PrivateHalf)
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
        return Err(Refusal::fault("reason", KeyFault::NoReason, KeyAllowed::Reason));
    }
    signing_keys::revoke(&mut *db, id, now).await?;
    if let Some(erased) = &before.sealed {
        signing_keys::set_removed(&mut *db, id, &before.removed.with(erased, now)).await?;
    }
    let after = found(db, id).await?;
    let step = Step {
        action: "signing-key.revoke",
        events: &[(KeyEventKind::Revoked, reason)],
        before: Some(&before),
        after: &after,
        more: &json!({ "reason": reason }),
    };
    key_life::write_down(db, now, actor, step).await?;
    Ok(after)
}

/// The key of that id, which is not revoked.
pub(super) async fn not_revoked(db: &mut SqliteConnection, id: Uuid) -> Result<SigningKeyRow, Refusal> {
    let key = found(db, id).await?;
    if key.state() == KeyState::Revoked {
        return Err(Refusal::conflict(&KeyRefused::Revoked { key: key.name() }));
    }
    Ok(key)
}

/// The key of that id.
pub(super) async fn found(db: &mut SqliteConnection, id: Uuid) -> Result<SigningKeyRow, Refusal> {
    signing_keys::find(db, id).await?.ok_or_else(|| Refusal::not_found(&Refused::NoSigningKey { id: id.to_string() }))
}
