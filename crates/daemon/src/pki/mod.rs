//! The daemon's private certificate authority: its own server certificate and those that people come in with.
//!
//! Every key is P-256 and lives in the store, encrypted under the root key. A stored key that can't be read is
//! an error, never a reason to make a new one: consoles have pinned the old one.

mod authority;
mod client;
mod server;
mod tls;

pub use client::{CsrError, IssuedClient};

use crate::audit::{self, Actor, Change};
use crate::store::{Store, StoreError, secrets};
use authority::Authority;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::SigningKey as _;
use serde_json::json;
use server::ServerCertificate;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use std::sync::{Arc, PoisonError, RwLock};
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::signing_key::SealingKeyStatement;
use tekport_keys::at_rest::{AtRestError, Binding, RootKey};
use tekport_keys::sealing::{SealingError, SealingKey, SealingPublicKey};
use zeroize::Zeroizing;

const SEALING_KEY: &str = "sealing-key";
/// Certificates are valid from an hour before they were made, so that a console whose clock is behind takes them.
const BACKDATED_SECONDS: i64 = 3_600;
const DAY_SECONDS: i64 = 86_400;

/// Why the authority can't do its work.
#[derive(Debug, thiserror::Error)]
pub enum PkiError {
    /// The store failed.
    #[error("the daemon's keys can't be had from the store")]
    Store(#[from] StoreError),
    /// A secret doesn't open.
    #[error(
        "the daemon's secret {name:?} can't be decrypted; is it the root key that this state folder was made with?"
    )]
    Secret {
        /// Which one.
        name: &'static str,
        /// Why.
        source: AtRestError,
    },
    /// The sealing key can't be made or read.
    #[error("the sealing key can't be used")]
    Sealing(#[from] SealingError),
    /// No random bytes.
    #[error("no key can be made")]
    NoRandomness(#[from] tekport_keys::NoRandomness),
    /// A certificate can't be made or read.
    #[error("a certificate can't be made or read")]
    Certificate(#[from] rcgen::Error),
    /// A stored certificate is damaged.
    #[error("the stored {0} can't be read")]
    Damaged(&'static str),
    /// TLS can't be set up with these certificates.
    #[error("TLS can't be set up")]
    Tls(#[from] rustls::Error),
    /// The client verifier refuses the CA.
    #[error("client certificates can't be checked against the CA")]
    Verifier(#[from] rustls::server::VerifierBuilderError),
    /// A certificate was asked for with a request that is refused.
    #[error("the certificate request is refused")]
    Csr(#[from] CsrError),
}

/// The daemon's authority, its server certificate and its sealing key.
#[derive(Debug)]
pub struct Pki {
    store: Store,
    root_key: RootKey,
    clock: Clock,
    names: Vec<String>,
    authority: Authority,
    server: Arc<RwLock<ServerCertificate>>,
    sealing_key: SealingKey,
    sealing_key_made_at: UtcTime,
}

impl Pki {
    /// Reads the authority from the store, or makes it where the store has none. `names` are the host names and
    /// IP addresses that consoles reach the daemon by; a server certificate for other names is replaced.
    ///
    /// # Errors
    /// When the store fails, a name is neither a host name nor an address, or a stored secret doesn't open.
    pub async fn load_or_create(
        store: &Store,
        root_key: &RootKey,
        clock: &Clock,
        names: &[String],
    ) -> Result<Self, PkiError> {
        let now = clock.now();
        let mut transaction = store.begin().await?;
        let vault = Vault { root_key, now };
        let (authority, sealing_key) = match Authority::load(&vault, &mut transaction).await? {
            Some(authority) => {
                let bytes = vault.read(&mut transaction, SEALING_KEY).await?.ok_or(PkiError::Damaged(SEALING_KEY))?;
                (authority, SealingKey::from_bytes(&bytes)?)
            }
            None => {
                let sealing_key = SealingKey::generate()?;
                vault.add(&mut transaction, SEALING_KEY, &sealing_key.to_bytes()).await?;
                (Authority::create(&vault, &mut transaction).await?, sealing_key)
            }
        };
        let server = match ServerCertificate::load(&vault, &mut transaction).await? {
            Some(server) if !server.is_due(now) && server.is_for(names) => server,
            Some(_) => ServerCertificate::issue(&authority, names, &vault, &mut transaction, true).await?,
            None => ServerCertificate::issue(&authority, names, &vault, &mut transaction, false).await?,
        };
        let sealing_key_made_at = secrets::created_at(&mut *transaction, SEALING_KEY).await?.unwrap_or(now);
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(Self {
            store: store.clone(),
            root_key: root_key.clone(),
            clock: clock.clone(),
            names: names.to_vec(),
            authority,
            server: Arc::new(RwLock::new(server)),
            sealing_key,
            sealing_key_made_at,
        })
    }

    /// SHA-256 of the CA certificate's DER, lower-case hex: what an enrolment code carries.
    #[must_use]
    pub fn ca_pin(&self) -> String {
        fingerprint(self.authority.certificate())
    }

    /// The CA certificate in PEM.
    #[must_use]
    pub fn ca_pem(&self) -> String {
        pem("CERTIFICATE", self.authority.certificate())
    }

    /// When the CA certificate ends.
    #[must_use]
    pub fn ca_not_after(&self) -> UtcTime {
        self.authority.not_after()
    }

    /// When the server certificate ends.
    #[must_use]
    pub fn server_not_after(&self) -> UtcTime {
        self.server.read().unwrap_or_else(PoisonError::into_inner).not_after()
    }

    /// The key that consoles seal signing keys to.
    #[must_use]
    pub fn sealing_key(&self) -> &SealingKey {
        &self.sealing_key
    }

    /// The public sealing key, signed by the CA.
    ///
    /// # Errors
    /// When the CA's key doesn't sign.
    pub fn sealing_key_statement(&self) -> Result<SealingKeyStatement, PkiError> {
        let public = self.sealing_key.public_key();
        let (public_key, created_at) = (public.to_base64(), self.sealing_key_made_at);
        let text = SealingKeyStatement::signed_text(&public_key, created_at);
        let signature = STANDARD.encode(self.authority.issuer().key().sign(text.as_bytes())?);
        Ok(SealingKeyStatement { fingerprint: public.fingerprint(), public_key, created_at, signature })
    }

    /// Replaces the sealing key in the store. Keys that were handed over stay readable: they are kept under the root
    /// key. Takes effect when the daemon starts, so none may run.
    ///
    /// # Errors
    /// When the store fails or no key can be made; the old one stays.
    pub async fn rotate_sealing_key(&self) -> Result<SealingPublicKey, PkiError> {
        let (now, fresh) = (self.clock.now(), SealingKey::generate()?);
        let mut transaction = self.store.begin().await?;
        let vault = Vault { root_key: &self.root_key, now };
        vault.replace(&mut transaction, SEALING_KEY, &fresh.to_bytes()).await?;
        let change = Change {
            action: "sealing-key.rotate",
            resource_kind: "daemon",
            resource_id: "sealing-key".to_owned(),
            before: Some(json!({ "fingerprint": self.sealing_key.public_key().fingerprint() })),
            after: Some(json!({ "fingerprint": fresh.public_key().fingerprint() })),
        };
        audit::append(&mut transaction, now, &Actor::local(), AuditResult::Ok, change).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(fresh.public_key().clone())
    }

    /// Replaces the server certificate, with a new key, once two thirds of its life have passed; returns whether
    /// it did. Connections made from then on get the new one.
    ///
    /// # Errors
    /// When the store fails or the certificate can't be made; the old one stays in use.
    pub async fn renew_server_certificate(&self) -> Result<bool, PkiError> {
        let now = self.clock.now();
        if !self.server.read().unwrap_or_else(PoisonError::into_inner).is_due(now) {
            return Ok(false);
        }
        let mut transaction = self.store.begin().await?;
        let vault = Vault { root_key: &self.root_key, now };
        let renewed = ServerCertificate::issue(&self.authority, &self.names, &vault, &mut transaction, true).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        *self.server.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(true)
    }

    /// Issues a client certificate for the key of a certificate request (PEM). The subject is `subject`,
    /// whatever the request asks for; it is valid for 90 days.
    ///
    /// # Errors
    /// [`PkiError::Csr`] when the request can't be read, is not signed by its own key, or the key isn't P-256.
    pub fn issue_client(&self, csr_pem: &str, subject: &str) -> Result<IssuedClient, PkiError> {
        client::issue(&self.authority, csr_pem, subject, self.clock.now())
    }

    /// The TLS 1.3 configuration of the admin listener: a client certificate is asked for, checked against the
    /// CA when it is sent, and not required.
    ///
    /// # Errors
    /// When rustls refuses the certificates.
    pub fn server_config(&self) -> Result<rustls::ServerConfig, PkiError> {
        tls::server_config(&self.authority, Arc::clone(&self.server), &self.clock)
    }
}

/// Reads and writes the daemon's secrets under the root key.
struct Vault<'a> {
    root_key: &'a RootKey,
    now: UtcTime,
}

impl Vault<'_> {
    fn binding(name: &str) -> Binding<'_> {
        Binding { table: secrets::TABLE, row: name, column: secrets::COLUMN }
    }

    async fn read(
        &self,
        db: &mut SqliteConnection,
        name: &'static str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, PkiError> {
        let Some(encrypted) = secrets::find(db, name).await? else { return Ok(None) };
        let secret = self.root_key.decrypt(Self::binding(name), &encrypted);
        secret.map(Some).map_err(|source| PkiError::Secret { name, source })
    }

    async fn add(&self, db: &mut SqliteConnection, name: &'static str, secret: &[u8]) -> Result<(), PkiError> {
        let encrypted = self.encrypt(name, secret)?;
        Ok(secrets::insert(db, name, &encrypted, self.now).await?)
    }

    async fn replace(&self, db: &mut SqliteConnection, name: &'static str, secret: &[u8]) -> Result<(), PkiError> {
        let encrypted = self.encrypt(name, secret)?;
        Ok(secrets::replace(db, name, &encrypted, self.now).await?)
    }

    fn encrypt(&self, name: &'static str, secret: &[u8]) -> Result<Vec<u8>, PkiError> {
        self.root_key.encrypt(Self::binding(name), secret).map_err(|source| PkiError::Secret { name, source })
    }
}

/// SHA-256 of a certificate's DER, lower-case hex.
#[must_use]
pub fn fingerprint(der: &[u8]) -> String {
    hex::encode(Sha256::digest(der))
}

/// Writes DER as PEM, 64 characters a line (RFC 7468).
fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str(&format!("-----END {label}-----\n"));
    pem
}

/// 16 random bytes, positive: rcgen's own serial comes from the key and would repeat at a renewal with the same one.
fn serial_number() -> Result<rcgen::SerialNumber, PkiError> {
    let mut bytes = [0_u8; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| tekport_keys::NoRandomness)?;
    let [first, ..] = &mut bytes;
    *first = (*first & 0x7f) | 0x40;
    Ok(rcgen::SerialNumber::from(bytes.to_vec()))
}

/// The same instant in the type that rcgen takes.
fn date(time: UtcTime) -> time::OffsetDateTime {
    time::OffsetDateTime::from_unix_timestamp(time.unix_seconds()).unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
}

/// `time` moved by some seconds.
fn moved(time: UtcTime, seconds: i64) -> UtcTime {
    UtcTime::saturating(time.unix_seconds().saturating_add(seconds))
}

#[cfg(test)]
mod tests;
