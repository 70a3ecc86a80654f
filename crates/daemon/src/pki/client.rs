//! Client certificates: 90 days, for a P-256 key that never left its owner.

use super::{Authority, BACKDATED_SECONDS, DAY_SECONDS, PkiError, date, fingerprint, moved, pem, serial_number};
use rcgen::{
    CertificateParams, CertificateSigningRequestParams, DnType, ExtendedKeyUsagePurpose, KeyUsagePurpose, PublicKeyData,
};
use tekport_api::UtcTime;

const LIFE_DAYS: i64 = 90;

/// Why a certificate request is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsrError {
    /// It isn't a PKCS#10 request in PEM, or asks for what this daemon doesn't know.
    #[error("it is not a certificate request that can be read")]
    Unreadable,
    /// Its signature isn't by its own key.
    #[error("its signature is not made by the key it asks a certificate for")]
    Signature,
    /// Its key is of another kind.
    #[error("its key is not a P-256 key")]
    NotP256,
}

/// A client certificate, ready to be stored and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedClient {
    /// The certificate in PEM.
    pub certificate_pem: String,
    /// SHA-256 of its DER, lower-case hex.
    pub fingerprint: String,
    /// Valid from.
    pub not_before: UtcTime,
    /// Valid until.
    pub not_after: UtcTime,
}

pub(super) fn issue(
    authority: &Authority,
    csr_pem: &str,
    subject: &str,
    now: UtcTime,
) -> Result<IssuedClient, PkiError> {
    let request = CertificateSigningRequestParams::from_pem(csr_pem).map_err(|error| match error {
        rcgen::Error::InvalidCertificationRequestSignature => CsrError::Signature,
        rcgen::Error::UnsupportedSignatureAlgorithm => CsrError::NotP256,
        _ => CsrError::Unreadable,
    })?;
    // The signature's algorithm says nothing of the curve: the point must be one of P-256.
    let point = request.public_key.der_bytes();
    if point.len() != 65 || p256::PublicKey::from_sec1_bytes(point).is_err() {
        return Err(CsrError::NotP256.into());
    }
    let not_before = moved(now, -BACKDATED_SECONDS);
    let not_after = moved(now, LIFE_DAYS * DAY_SECONDS).min(authority.not_after());
    let mut params = CertificateParams::default();
    params.serial_number = Some(serial_number()?);
    params.not_before = date(not_before);
    params.not_after = date(not_after);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, subject);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params.use_authority_key_identifier_extension = true;
    let certificate = params.signed_by(&request.public_key, authority.issuer())?;
    Ok(IssuedClient {
        certificate_pem: pem("CERTIFICATE", certificate.der()),
        fingerprint: fingerprint(certificate.der()),
        not_before,
        not_after,
    })
}
