//! The daemon's sealing key: pinned at enrolment, replaced only where the pinned CA vouches for the next one.

use super::{Console, Session};
use crate::error::ConsoleFault;
use crate::{CommandError, Connection, ErrorCode, SealingKeyOffer};
use base64::{Engine, engine::general_purpose::STANDARD};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tekport_api::signing_key::SealingKeyStatement;
use tekport_keys::sealing::SealingPublicKey;
use webpki::EndEntityCert;
use webpki::aws_lc_rs::ECDSA_P256_SHA256;

impl Console {
    /// Returns the pinned sealing key and the one that the daemon offers, and whether the CA vouches for the latter.
    ///
    /// # Errors
    /// When the daemon doesn't answer.
    pub async fn inspect_sealing_key(&self) -> Result<SealingKeyOffer, CommandError> {
        let session = self.session().await?;
        let statement = session.client.sealing_key().await?;
        let pinned = session.facts.daemon.sealing_fingerprint.clone();
        Ok(SealingKeyOffer {
            changed: pinned != statement.fingerprint,
            vouched: vouched_key(&statement, &session.facts.ca_pem).is_some(),
            pinned_fingerprint: pinned,
            offered_fingerprint: statement.fingerprint,
            created_at: statement.created_at,
        })
    }

    /// Pins the sealing key that the daemon offers, in place of the one pinned before. The CA that was pinned at
    /// enrolment has to vouch for it.
    ///
    /// # Errors
    /// When it doesn't, the daemon doesn't answer, or the console's own data can't be written.
    pub async fn accept_sealing_key(&self) -> Result<Connection, CommandError> {
        let Session { mut facts, client, .. } = self.session().await?;
        let statement = client.sealing_key().await?;
        let Some(key) = vouched_key(&statement, &facts.ca_pem) else {
            let (code, title) = (ErrorCode::SealingKeyNotVouched, "Nobody vouches for this sealing key");
            return Err(CommandError::said(code, title, &ConsoleFault::NotVouched));
        };
        tracing::info!(
            old = facts.daemon.sealing_fingerprint,
            new = key.fingerprint(),
            "another sealing key is pinned"
        );
        facts.daemon.sealing_public_key = key.to_base64();
        facts.daemon.sealing_fingerprint = key.fingerprint();
        self.facts.update(&facts)?;
        *self.session.lock().await = None;
        self.as_shown(Some(facts))
    }
}

/// Returns the key of a statement; `None` where the CA didn't sign exactly this statement, or the key and its
/// fingerprint don't belong together.
fn vouched_key(statement: &SealingKeyStatement, ca_pem: &str) -> Option<SealingPublicKey> {
    let key = SealingPublicKey::from_base64(&statement.public_key).ok()?;
    let ca = CertificateDer::from_pem_slice(ca_pem.as_bytes()).ok()?;
    let text = SealingKeyStatement::signed_text(&statement.public_key, statement.created_at);
    let signature = STANDARD.decode(&statement.signature).ok()?;
    let ca = EndEntityCert::try_from(&ca).ok()?;
    ca.verify_signature(ECDSA_P256_SHA256, text.as_bytes(), &signature).ok()?;
    (key.fingerprint() == statement.fingerprint).then_some(key)
}
