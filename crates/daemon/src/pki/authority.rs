//! The certificate authority itself: one self-signed certificate for ten years.

use super::{BACKDATED_SECONDS, DAY_SECONDS, PkiError, Vault, date, moved, serial_number};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;

const KEY: &str = "ca-key";
const CERTIFICATE: &str = "ca-certificate";
const LIFE_DAYS: i64 = 3_652;

/// The authority's certificate and the key that signs for it.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    not_after: UtcTime,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority").field("key", &"<redacted>").field("not_after", &self.not_after).finish()
    }
}

impl Authority {
    /// Reads the authority; `None` where the store has none yet.
    pub(super) async fn load(vault: &Vault<'_>, db: &mut SqliteConnection) -> Result<Option<Self>, PkiError> {
        let Some(key) = vault.read(db, KEY).await? else { return Ok(None) };
        let certificate = vault.read(db, CERTIFICATE).await?.ok_or(PkiError::Damaged(CERTIFICATE))?;
        Self::from_parts(&key, CertificateDer::from(certificate.to_vec())).map(Some)
    }

    /// Makes a new authority and stores it.
    pub(super) async fn create(vault: &Vault<'_>, db: &mut SqliteConnection) -> Result<Self, PkiError> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let mut params = CertificateParams::default();
        params.serial_number = Some(serial_number()?);
        params.not_before = date(moved(vault.now, -BACKDATED_SECONDS));
        params.not_after = date(moved(vault.now, LIFE_DAYS * DAY_SECONDS));
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "Tekport private CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key)?;
        vault.add(db, KEY, key.serialized_der()).await?;
        vault.add(db, CERTIFICATE, certificate.der()).await?;
        Self::from_parts(key.serialized_der(), certificate.der().clone())
    }

    fn from_parts(key: &[u8], certificate: CertificateDer<'static>) -> Result<Self, PkiError> {
        let key = KeyPair::from_pkcs8_der_and_sign_algo(&PrivatePkcs8KeyDer::from(key), &PKCS_ECDSA_P256_SHA256)?;
        let (_, parsed) =
            x509_parser::parse_x509_certificate(&certificate).map_err(|_| PkiError::Damaged(CERTIFICATE))?;
        let not_after = UtcTime::saturating(parsed.validity().not_after.timestamp());
        Ok(Self { issuer: Issuer::from_ca_cert_der(&certificate, key)?, certificate, not_after })
    }

    pub(super) fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    pub(super) fn issuer(&self) -> &Issuer<'static, KeyPair> {
        &self.issuer
    }

    pub(super) fn not_after(&self) -> UtcTime {
        self.not_after
    }
}
