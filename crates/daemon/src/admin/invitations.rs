//! Letting somebody in: enrolment codes, and what a code is exchanged for.

use super::AdminState;
use crate::audit::{self, Actor, Change};
use crate::pki::{IssuedClient, Pki, PkiError};
use crate::problem::Refusal;
use crate::store::people::{self, CertificateRow, PersonRow};
use crate::store::{StoreError, enrolments, new_id};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::enrolment::{EnrolmentCode, EnrolmentRequest, Invitation};
use tekport_api::people::PersonSpec;
use tekport_keys::NoRandomness;
use zeroize::Zeroizing;

/// A code works for a day.
pub const CODE_LIFE_SECONDS: i64 = 86_400;

/// Why no code could be made.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    /// The store failed.
    #[error("the invitation can't be stored")]
    Store(#[from] StoreError),
    /// No secret could be made.
    #[error("no enrolment code can be made")]
    NoRandomness(#[from] NoRandomness),
}

impl From<InvitationError> for Refusal {
    fn from(error: InvitationError) -> Self {
        match error {
            InvitationError::Store(error) => error.into(),
            InvitationError::NoRandomness(error) => Self::internal(error),
        }
    }
}

/// What an enrolment code says of the daemon.
#[derive(Debug, Clone, Copy)]
pub struct Door<'a> {
    /// Where it listens: `host:port`.
    pub address: &'a str,
    /// Its authority, whose pin the code carries.
    pub pki: &'a Pki,
}

/// Makes a person and a first enrolment code for them, in the caller's transaction.
///
/// # Errors
/// When the store fails or no secret can be made.
pub async fn invite(
    db: &mut SqliteConnection,
    door: Door<'_>,
    now: UtcTime,
    actor: &Actor,
    spec: &PersonSpec,
) -> Result<Invitation, InvitationError> {
    let person = people::insert(&mut *db, new_id(now), spec, now).await?;
    let change = Change {
        action: "person.invite",
        resource_kind: "person",
        resource_id: person.id.to_string(),
        before: None,
        after: Some(person_json(&person)),
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    code_for(db, door, now, person).await
}

/// Makes another enrolment code for somebody, in the caller's transaction. Earlier ones that were not used end.
///
/// # Errors
/// When the store fails or no secret can be made.
pub async fn invite_again(
    db: &mut SqliteConnection,
    door: Door<'_>,
    now: UtcTime,
    actor: &Actor,
    person: PersonRow,
) -> Result<Invitation, InvitationError> {
    enrolments::end_unused(&mut *db, person.id, now).await?;
    let change = Change {
        action: "person.invite-again",
        resource_kind: "person",
        resource_id: person.id.to_string(),
        before: None,
        after: None,
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    code_for(db, door, now, person).await
}

async fn code_for(
    db: &mut SqliteConnection,
    door: Door<'_>,
    now: UtcTime,
    person: PersonRow,
) -> Result<Invitation, InvitationError> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_| NoRandomness)?;
    let expires_at = UtcTime::saturating(now.unix_seconds() + CODE_LIFE_SECONDS);
    let code = EnrolmentCode {
        address: door.address.to_owned(),
        ca_sha256: door.pki.ca_pin(),
        secret: URL_SAFE_NO_PAD.encode(bytes.as_slice()),
        expires_at,
    };
    enrolments::insert(&mut *db, &hash_of(&code.secret), person.id, now, expires_at).await?;
    let certificates = people::certificates(db, person.id).await?;
    Ok(Invitation { person: person.to_api(certificates), code: code.to_text(), expires_at })
}

/// What the store knows of a secret: its SHA-256, lower-case hex.
fn hash_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Whether an enrolment was refused because of the code, which counts against the address it came from.
#[derive(Debug)]
pub(super) enum NotEnrolled {
    /// The code is unknown, used or has expired.
    Code(Refusal),
    /// Anything else.
    Other(Refusal),
}

impl<E: Into<Refusal>> From<E> for NotEnrolled {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// Exchanges a code's secret for a client certificate: once, and before the code's end.
pub(super) async fn enrol(state: &AdminState, request: &EnrolmentRequest) -> Result<IssuedClient, NotEnrolled> {
    let now = state.now();
    let hash = hash_of(&request.secret);
    let mut transaction = state.store.begin().await?;
    let code = enrolments::find(&mut *transaction, &hash).await?;
    let code = code.ok_or_else(|| bad_code("this daemon made no such code"))?;
    if code.used_at.is_some() {
        return Err(bad_code("the code was used already"));
    }
    if code.expires_at <= now {
        return Err(bad_code("the code has expired"));
    }
    let person = people::find(&mut *transaction, code.person_id).await?;
    let person = person.filter(|person| person.revoked_at.is_none());
    let person = person.ok_or_else(|| bad_code("the person it was made for is shut out"))?;
    // The request is looked at before the code is used up: a mistake in it costs no code.
    let issued = issue(state, &mut transaction, &person, &request.csr_pem, "person.enrol").await?;
    if !enrolments::use_once(&mut *transaction, &hash, now).await? {
        return Err(bad_code("the code was used already"));
    }
    transaction.commit().await?;
    Ok(issued)
}

fn bad_code(reason: &str) -> NotEnrolled {
    NotEnrolled::Code(Refusal::field(
        "secret",
        reason,
        "a code that was neither used nor has expired; ask a security officer for a new one",
    ))
}

/// Issues a certificate to a person, stores and audits it in the caller's transaction.
pub(super) async fn issue(
    state: &AdminState,
    db: &mut SqliteConnection,
    person: &PersonRow,
    csr_pem: &str,
    action: &'static str,
) -> Result<IssuedClient, Refusal> {
    let now = state.now();
    let issued = state.pki.issue_client(csr_pem, &person.id.to_string()).map_err(|error| match error {
        PkiError::Csr(error) => {
            Refusal::field("csr_pem", error.to_string(), "a PKCS#10 request in PEM for a P-256 key, signed by that key")
        }
        other => Refusal::internal(other),
    })?;
    let row = CertificateRow {
        fingerprint: issued.fingerprint.clone(),
        person_id: person.id,
        not_before: issued.not_before,
        not_after: issued.not_after,
        issued_at: now,
        revoked_at: None,
    };
    people::insert_certificate(&mut *db, &row).await?;
    let actor =
        Actor { id: person.id.to_string(), name: person.name.clone(), certificate: Some(issued.fingerprint.clone()) };
    let change = Change {
        action,
        resource_kind: "person",
        resource_id: person.id.to_string(),
        before: None,
        after: Some(json!({ "certificate": row.fingerprint, "not_after": row.not_after })),
    };
    audit::append(db, now, &actor, AuditResult::Ok, change).await?;
    Ok(issued)
}

/// What the audit log keeps of a person.
pub(super) fn person_json(person: &PersonRow) -> serde_json::Value {
    json!({ "name": person.name, "roles": person.roles, "revoked_at": person.revoked_at })
}
