//! The client certificate renews itself once two thirds of its life have passed.

use super::{Console, Facts, Session};
use crate::CommandError;
use tekport_api::UtcTime;
use tekport_api::client::{Address, Client};

/// After a renewal that failed, the next attempt waits this long.
const RETRY_SECONDS: i64 = 3_600;

/// When two thirds of the certificate's life have passed.
pub(super) fn due_at(facts: &Facts) -> UtcTime {
    let (from, to) = (facts.certificate_issued_at.unix_seconds(), facts.certificate_not_after.unix_seconds());
    UtcTime::saturating(from + (to - from).max(0) / 3 * 2)
}

impl Console {
    /// Returns the session with a new certificate where one was due. A renewal that fails is logged and tried
    /// again later: until its end the old certificate still serves.
    pub(super) async fn renewed_if_due(&self, mut session: Session) -> Session {
        let now = self.clock.now();
        if now < session.renew_at {
            return session;
        }
        match self.renew(&session).await {
            Ok(renewed) => {
                tracing::info!(not_after = %renewed.facts.certificate_not_after, "the client certificate was renewed");
                renewed
            }
            Err(error) => {
                tracing::warn!(code = %error.code, detail = error.detail, "the client certificate was not renewed");
                session.renew_at = UtcTime::saturating(now.unix_seconds() + RETRY_SECONDS);
                session
            }
        }
    }

    async fn renew(&self, session: &Session) -> Result<Session, CommandError> {
        let old = &session.facts;
        let key = self.keys.find(old.client_key_item()).await?.ok_or_else(super::not_enrolled)?;
        let issued = session.client.renew_certificate(&key).await?;
        let facts = Facts {
            certificate_pem: issued.certificate_pem,
            certificate_issued_at: self.clock.now(),
            certificate_not_after: issued.not_after,
            ..old.clone()
        };
        let client = Client::new(Address::parse(&facts.address)?, &facts.ca_pem, &facts.certificate_pem, &key)?;
        self.facts.update(&facts)?;
        let renew_at = due_at(&facts);
        Ok(Session { facts, client, renew_at })
    }
}
