//! Letting somebody in: what an enrolment code is exchanged for.

use super::AdminState;
use crate::audit::{self, Actor, Change};
use crate::invitation::secret_hash;
use crate::pki::{IssuedClient, PkiError};
use crate::problem::Refusal;
use crate::store::enrolments;
use crate::store::people::{self, CertificateRow, PersonRow};
use serde_json::json;
use sqlx::SqliteConnection;
use tekport_api::audit::AuditResult;
use tekport_api::enrolment::EnrolmentRequest;
use tekport_api::message::{Allowed, Fault};

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
    let hash = secret_hash(&request.secret);
    let mut transaction = state.store.begin().await?;
    let code = enrolments::find(&mut *transaction, &hash).await?;
    let code = code.ok_or_else(|| bad_code(Fault::NoSuchCode))?;
    if code.used_at.is_some() {
        return Err(bad_code(Fault::CodeUsed));
    }
    if code.expires_at <= now {
        return Err(bad_code(Fault::CodeExpired));
    }
    let person = people::find(&mut *transaction, code.person_id).await?;
    let person = person.filter(|person| person.revoked_at.is_none());
    let person = person.ok_or_else(|| bad_code(Fault::InvitedShutOut))?;
    // The request is looked at before the code is used up: a mistake in it costs no code.
    let issued = issue(state, &mut transaction, &person, &request.csr_pem, "person.enrol").await?;
    if !enrolments::use_once(&mut *transaction, &hash, now).await? {
        return Err(bad_code(Fault::CodeUsed));
    }
    transaction.commit().await?;
    Ok(issued)
}

fn bad_code(reason: Fault) -> NotEnrolled {
    NotEnrolled::Code(Refusal::fault("secret", reason, Allowed::FreshCode))
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
        PkiError::Csr(error) => Refusal::field_of_machine(
            "csr_pem",
            error.to_string(),
            "a PKCS#10 request in PEM for a P-256 key, signed by that key",
        ),
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
