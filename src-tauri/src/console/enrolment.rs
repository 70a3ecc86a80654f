//! Joining a daemon and leaving it.

use super::{Console, Facts};
use crate::error::ConsoleFault;
use crate::keychain::Item;
use crate::{CodeSummary, CommandError, Connection, ErrorCode};
use sha2::{Digest, Sha256};
use tekport_api::client::enrol;
use tekport_api::enrolment::{CODE_PREFIX, CodeError, EnrolmentCode};
use tekport_keys::SigningKey;
use tekport_keys::sealing::SealingPublicKey;

impl Console {
    /// Reads an enrolment code without using it.
    ///
    /// # Errors
    /// When the text is no code, or one cut off.
    pub fn inspect_code(&self, code: &str) -> Result<CodeSummary, CommandError> {
        let code = parse(code)?;
        Ok(CodeSummary { address: code.address, ca_sha256: code.ca_sha256, expires_at: code.expires_at })
    }

    /// Joins the daemon that a code names: makes the client key in the keychain, has it certified and pins the
    /// daemon's CA and sealing key.
    ///
    /// # Errors
    /// When this console belongs to that daemon already, the keychain can't be used, or the daemon isn't reached,
    /// isn't the one in the code, or refuses the code.
    pub async fn enrol(&self, code: &str) -> Result<Connection, CommandError> {
        let code = parse(code)?;
        if let Some(facts) = self.facts.all()?.into_iter().find(|facts| facts.ca_sha256 == code.ca_sha256) {
            let fault = ConsoleFault::AlreadyEnrolled { address: facts.address };
            let (code, title) = (ErrorCode::AlreadyEnrolled, "This console belongs to this daemon already");
            return Err(CommandError::said(code, title, &fault));
        }
        if self.clock.now() >= code.expires_at {
            let fault = ConsoleFault::CodeExpired { time: code.expires_at };
            return Err(CommandError::said(ErrorCode::CodeExpired, "This enrolment code has expired", &fault));
        }
        let key = self.client_key(&code).await?;
        let issued_at = self.clock.now();
        let issued = enrol(&code, &key).await?;
        let pinned = SealingPublicKey::from_base64(&issued.daemon.sealing_public_key);
        if !pinned.is_ok_and(|key| key.fingerprint() == issued.daemon.sealing_fingerprint) {
            let (code, title) = (ErrorCode::SealingKeyInvalid, "The daemon's sealing key can't be used");
            return Err(CommandError::said(code, title, &ConsoleFault::SealingKeyUnfit));
        }
        let mut facts = Facts {
            address: code.address.clone(),
            client_key: Some(self.client_key_name(&code)),
            ca_sha256: code.ca_sha256,
            ca_pem: issued.ca_pem,
            certificate_pem: issued.certificate_pem,
            certificate_issued_at: issued_at,
            certificate_not_after: issued.not_after,
            daemon: issued.daemon,
            person: None,
            mark: None,
        };
        {
            // Held until it is shown: what was begun at the daemon that was shown before is refused from now on.
            let mut session = self.session.lock().await;
            self.facts.add(&facts)?;
            *session = None;
        }
        tracing::info!(address = facts.address, "joined a daemon");
        self.look_again();
        // The name is for show: not getting it now is no failure of the enrolment.
        match self.client().await?.me().await {
            Ok(me) => {
                facts.person = Some(me.person.name);
                self.facts.update(&facts)?;
                *self.session.lock().await = None;
            }
            Err(error) => tracing::warn!(%error, "the daemon did not say who this console belongs to"),
        }
        self.as_shown(Some(facts))
    }

    /// Forgets the daemon that is shown, what was heard of it and this console's key for it. Signing keys stay in the
    /// keychain.
    ///
    /// # Errors
    /// When the keychain can't be asked; then this console still belongs to the daemon.
    pub async fn leave_daemon(&self) -> Result<(), CommandError> {
        let mut session = self.session.lock().await;
        if let Some(facts) = self.shown()? {
            self.last_known.forget(&facts.ca_sha256)?;
            self.keys.remove(facts.client_key_item()).await?;
            self.facts.remove(&facts.ca_sha256)?;
            tracing::info!(address = facts.address, "left the daemon");
        }
        *session = None;
        self.look_again();
        Ok(())
    }

    /// What this console's key for a daemon is called in the keychain. Two consoles that share a keychain have two
    /// data folders; if they shared a key, leaving the daemon with one would shut out the other.
    fn client_key_name(&self, code: &EnrolmentCode) -> String {
        let place = hex::encode(Sha256::digest(self.places.data.as_os_str().as_encoded_bytes()));
        format!("{}:{}", code.ca_sha256, place.chars().take(16).collect::<String>())
    }

    /// The key of an enrolment that broke off, or a new one.
    async fn client_key(&self, code: &EnrolmentCode) -> Result<SigningKey, CommandError> {
        let item = Item::ClientKey(self.client_key_name(code));
        if let Some(key) = self.keys.find(item.clone()).await? {
            return Ok(key);
        }
        let key = SigningKey::generate().map_err(super::signing_keys::no_randomness)?;
        self.keys.keep(item, key.clone()).await?;
        Ok(key)
    }
}

fn parse(text: &str) -> Result<EnrolmentCode, CommandError> {
    EnrolmentCode::parse(text).map_err(|error| no_code(&error, "This is not an enrolment code"))
}

/// Says why a text is no enrolment code.
pub(super) fn no_code(error: &CodeError, title: &str) -> CommandError {
    let fault = match error {
        CodeError::Prefix => ConsoleFault::CodePrefix { prefix: CODE_PREFIX.to_owned() },
        CodeError::Damaged => ConsoleFault::CodeDamaged,
    };
    CommandError::said(ErrorCode::CodeInvalid, title, &fault)
}
