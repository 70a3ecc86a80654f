//! Inviting people: a person or key server, and the one-time code that lets them in.

use crate::audit::{self, Actor, Change};
use crate::store::people::{self, PersonRow};
use crate::store::{Store, StoreError, enrolments, new_id};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::enrolment::{EnrolmentCode, Invitation};
use tekport_api::people::PersonSpec;
use uuid::Uuid;
use zeroize::Zeroizing;

/// An enrolment code works for three days.
pub const CODE_LIFE_SECONDS: i64 = 3 * 86_400;
const SECRET_BYTES: usize = 32;

/// Why nobody could be invited.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// The store failed; nothing was changed.
    #[error("the invitation can't be stored")]
    Store(#[from] StoreError),
    /// No random bytes for the secret.
    #[error("no secret can be made for the code")]
    NoRandomness(#[from] tekport_keys::NoRandomness),
}

/// What every enrolment code of a daemon carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOrigin {
    /// The admin listener as consoles reach it: `host:port`.
    pub address: String,
    /// SHA-256 of the CA certificate, lower-case hex.
    pub ca_pin: String,
}

/// Adds a person and makes their enrolment code, audited, in one transaction.
///
/// # Errors
/// When the store fails or no secret can be made; then nothing was changed.
pub async fn invite(
    store: &Store,
    actor: &Actor,
    spec: &PersonSpec,
    origin: &CodeOrigin,
    now: UtcTime,
) -> Result<Invitation, InvitationError> {
    let mut transaction = store.begin().await?;
    let invitation = invite_in(&mut transaction, actor, spec, origin, now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(invitation)
}

/// As [`invite`], in a transaction of the caller's.
///
/// # Errors
/// When the store fails or no secret can be made; the transaction must then be dropped.
pub async fn invite_in(
    db: &mut SqliteConnection,
    actor: &Actor,
    spec: &PersonSpec,
    origin: &CodeOrigin,
    now: UtcTime,
) -> Result<Invitation, InvitationError> {
    let person = people::insert(&mut *db, new_id(now), spec, now).await?;
    let (code, expires_at) = new_code(&mut *db, person.id, origin, now).await?;
    write_down(&mut *db, now, actor, "person.invite", &person, expires_at).await?;
    Ok(Invitation { person: people::to_api(db, &person, now).await?, code, expires_at })
}

/// Makes another enrolment code for somebody, audited, in a transaction of the caller's. Earlier codes that were
/// not used end.
///
/// # Errors
/// When the store fails or no secret can be made; the transaction must then be dropped.
pub async fn invite_again_in(
    db: &mut SqliteConnection,
    actor: &Actor,
    person: &PersonRow,
    origin: &CodeOrigin,
    now: UtcTime,
) -> Result<Invitation, InvitationError> {
    let (code, expires_at) = new_code(&mut *db, person.id, origin, now).await?;
    write_down(&mut *db, now, actor, "person.invite-again", person, expires_at).await?;
    Ok(Invitation { person: people::to_api(db, person, now).await?, code, expires_at })
}

async fn write_down(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    action: &'static str,
    person: &PersonRow,
    expires_at: UtcTime,
) -> Result<(), StoreError> {
    let change = Change {
        action,
        resource_kind: "person",
        resource_id: person.id.to_string(),
        before: None,
        after: Some(json!({ "name": person.name, "roles": person.roles, "code_expires_at": expires_at })),
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await.map(drop)
}

/// Makes an enrolment code for a person, ends those they didn't use, and returns its text and when it ends.
/// Only the hash of its secret is stored.
///
/// # Errors
/// When the database fails or no secret can be made.
pub async fn new_code(
    db: &mut SqliteConnection,
    person: Uuid,
    origin: &CodeOrigin,
    now: UtcTime,
) -> Result<(String, UtcTime), InvitationError> {
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_| tekport_keys::NoRandomness)?;
    let secret = URL_SAFE_NO_PAD.encode(bytes.as_slice());
    let expires_at = UtcTime::saturating(now.unix_seconds().saturating_add(CODE_LIFE_SECONDS));
    enrolments::end_unused(&mut *db, person, now).await?;
    enrolments::insert(&mut *db, &secret_hash(&secret), person, now, expires_at).await?;
    let code = EnrolmentCode { address: origin.address.clone(), ca_sha256: origin.ca_pin.clone(), secret, expires_at };
    Ok((code.to_text(), expires_at))
}

/// What the store keeps of a code's secret: SHA-256 of its text, lower-case hex.
#[must_use]
pub fn secret_hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::people::Role;

    #[tokio::test]
    async fn an_invitation_is_a_person_a_code_that_works_once_and_an_audit_entry() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let now = UtcTime::saturating(1_800_000_000);
        let origin = CodeOrigin { address: "localhost:8443".to_owned(), ca_pin: "ab".repeat(32) };
        let spec = PersonSpec { name: "Ada".to_owned(), roles: vec![Role::Admin] };

        let invitation = invite(&store, &Actor::local(), &spec, &origin, now).await.unwrap();
        let code = EnrolmentCode::parse(&invitation.code).unwrap();
        assert_eq!((code.address.as_str(), code.ca_sha256.as_str()), ("localhost:8443", origin.ca_pin.as_str()));
        assert_eq!(code.expires_at.unix_seconds(), now.unix_seconds() + CODE_LIFE_SECONDS);

        let hash = secret_hash(&code.secret);
        let row = enrolments::find(store.pool(), &hash).await.unwrap().unwrap();
        assert_eq!(row.person_id.to_string(), invitation.person.id);
        assert!(enrolments::find(store.pool(), &code.secret).await.unwrap().is_none(), "the secret itself isn't kept");
        assert_eq!(audit::verify(&store).await.unwrap(), 1);

        let mut transaction = store.begin().await.unwrap();
        let (second, _) = new_code(&mut transaction, row.person_id, &origin, now).await.unwrap();
        transaction.commit().await.unwrap();
        assert!(!enrolments::use_once(store.pool(), &hash, now).await.unwrap(), "a new code ends the old one");
        let second = secret_hash(&EnrolmentCode::parse(&second).unwrap().secret);
        assert!(enrolments::use_once(store.pool(), &second, now).await.unwrap());
        assert!(!enrolments::use_once(store.pool(), &second, now).await.unwrap());
    }
}
