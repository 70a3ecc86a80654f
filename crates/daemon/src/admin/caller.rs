//! Who calls: the peer of a connection, looked up in the store at every request, so that a revocation takes
//! effect at the next one.

use super::AdminState;
use crate::audit::Actor;
use crate::problem::Refusal;
use crate::store::people::{self, CertificateRow, PersonRow};
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::net::SocketAddr;
use tekport_api::message::Refused;
use tekport_api::problem::ProblemKind;

/// A person's `last_seen_at` is written at most this often.
const SEEN_SECONDS: i64 = 60;

/// The other end of a connection.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    /// Where it comes from.
    pub(super) address: SocketAddr,
    /// SHA-256 of the client certificate that TLS has checked; `None` where none was sent.
    pub(super) certificate: Option<String>,
}

/// The person behind a request, and the certificate it came with.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) person: PersonRow,
    pub(super) certificate: CertificateRow,
}

impl Caller {
    /// Looks the peer's certificate up.
    pub(super) async fn identify(state: &AdminState, peer: Option<&Peer>) -> Result<Self, Refusal> {
        let Some(fingerprint) = peer.and_then(|peer| peer.certificate.as_deref()) else {
            return Err(unauthenticated(&Refused::NoCertificate));
        };
        let now = state.now();
        let Some(certificate) = people::certificate(state.store.pool(), fingerprint).await? else {
            return Err(unauthenticated(&Refused::UnknownCertificate));
        };
        let Some(person) = people::find(state.store.pool(), certificate.person_id).await? else {
            return Err(unauthenticated(&Refused::NobodysCertificate));
        };
        if certificate.revoked_at.is_some() || person.revoked_at.is_some() {
            return Err(unauthenticated(&Refused::CertificateRevoked));
        }
        if now < certificate.not_before || now >= certificate.not_after {
            return Err(unauthenticated(&Refused::CertificateEnded));
        }
        if person.last_seen_at.is_none_or(|seen| now.unix_seconds() - seen.unix_seconds() >= SEEN_SECONDS) {
            people::set_last_seen(state.store.pool(), person.id, now).await?;
        }
        Ok(Self { person, certificate })
    }

    /// The caller as the audit log names them.
    pub(super) fn actor(&self) -> Actor {
        Actor {
            id: self.person.id.to_string(),
            name: self.person.name.clone(),
            certificate: Some(self.certificate.fingerprint.clone()),
        }
    }
}

fn unauthenticated(said: &Refused) -> Refusal {
    Refusal::new(ProblemKind::Unauthenticated, said)
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        // The gate puts it there; without the gate nobody is let in.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| unauthenticated(&Refused::NotIdentified))
    }
}
