//! The daemon's server certificate: 180 days, renewed by the daemon itself after two thirds of that.

use super::{Authority, BACKDATED_SECONDS, DAY_SECONDS, PkiError, Vault, date, moved, serial_number};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256};
use rustls::sign::CertifiedKey;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;
use tekport_api::UtcTime;
use x509_parser::extensions::GeneralName;

const KEY: &str = "server-key";
const CERTIFICATE: &str = "server-certificate";
const LIFE_DAYS: i64 = 180;

/// The certificate in use, its key, and what it says of itself.
#[derive(Debug)]
pub(super) struct ServerCertificate {
    key: Arc<dyn rustls::sign::SigningKey>,
    certificate: CertificateDer<'static>,
    names: BTreeSet<String>,
    not_before: UtcTime,
    not_after: UtcTime,
}

impl ServerCertificate {
    /// Reads the certificate; `None` where the store has none yet.
    pub(super) async fn load(vault: &Vault<'_>, db: &mut SqliteConnection) -> Result<Option<Self>, PkiError> {
        let Some(key) = vault.read(db, KEY).await? else { return Ok(None) };
        let certificate = vault.read(db, CERTIFICATE).await?.ok_or(PkiError::Damaged(CERTIFICATE))?;
        Self::from_parts(&key, CertificateDer::from(certificate.to_vec())).map(Some)
    }

    /// Makes a certificate for `names` with a new key and stores both, in the place of older ones where `replaces`.
    pub(super) async fn issue(
        authority: &Authority,
        names: &[String],
        vault: &Vault<'_>,
        db: &mut SqliteConnection,
        replaces: bool,
    ) -> Result<Self, PkiError> {
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let mut params = CertificateParams::new(names.to_vec())?;
        params.serial_number = Some(serial_number()?);
        params.not_before = date(moved(vault.now, -BACKDATED_SECONDS));
        params.not_after = date(moved(vault.now, LIFE_DAYS * DAY_SECONDS).min(authority.not_after()));
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "tekportd");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, authority.issuer())?;
        for (name, value) in [(KEY, key.serialized_der()), (CERTIFICATE, certificate.der().as_ref())] {
            if replaces {
                vault.replace(db, name, value).await?;
            } else {
                vault.add(db, name, value).await?;
            }
        }
        Self::from_parts(key.serialized_der(), certificate.der().clone())
    }

    fn from_parts(key: &[u8], certificate: CertificateDer<'static>) -> Result<Self, PkiError> {
        let key = PrivatePkcs8KeyDer::from(key.to_vec()).into();
        let key = rustls::crypto::aws_lc_rs::sign::any_ecdsa_type(&key)?;
        let (_, parsed) =
            x509_parser::parse_x509_certificate(&certificate).map_err(|_| PkiError::Damaged(CERTIFICATE))?;
        let alternatives = parsed.subject_alternative_name().map_err(|_| PkiError::Damaged(CERTIFICATE))?;
        let names = alternatives.map(|san| san.value.general_names.iter().filter_map(name_text).collect());
        let (not_before, not_after) =
            (parsed.validity().not_before.timestamp(), parsed.validity().not_after.timestamp());
        Ok(Self {
            key,
            names: names.unwrap_or_default(),
            not_before: UtcTime::saturating(not_before),
            not_after: UtcTime::saturating(not_after),
            certificate,
        })
    }

    /// The chain that clients are sent, leaf first and the CA after it, with the key.
    pub(super) fn certified_key(&self, ca: &CertificateDer<'static>) -> Arc<CertifiedKey> {
        Arc::new(CertifiedKey::new(vec![self.certificate.clone(), ca.clone()], Arc::clone(&self.key)))
    }

    /// Whether two thirds of its life have passed, or the clock stands before its start.
    pub(super) fn is_due(&self, now: UtcTime) -> bool {
        let (start, end) = (self.not_before.unix_seconds(), self.not_after.unix_seconds());
        now.unix_seconds() >= start + (end - start) / 3 * 2 || now.unix_seconds() < start
    }

    /// Whether it was made for exactly these names.
    pub(super) fn is_for(&self, names: &[String]) -> bool {
        self.names == names.iter().cloned().collect()
    }

    pub(super) fn not_after(&self) -> UtcTime {
        self.not_after
    }
}

fn name_text(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => {
            let address = <[u8; 4]>::try_from(*bytes).map(IpAddr::from);
            address.or_else(|_| <[u8; 16]>::try_from(*bytes).map(IpAddr::from)).ok().map(|ip| ip.to_string())
        }
        _ => None,
    }
}
