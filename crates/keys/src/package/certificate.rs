//! A self-signed X.509 certificate over a signing key, for those who ask for one instead of a bare public key.

use super::{PackageError, Subject};
use crate::PublicKey;
use rcgen::{CertificateParams, DnType, IsCa, KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, PublicKeyData};
use rcgen::{SerialNumber, SignatureAlgorithm, SigningKey};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use time::{Duration, OffsetDateTime};

pub(super) const NAME: &str = "certificate.pem";

/// How long the certificate is valid: the longest period that a rotation can be planned for.
const VALID_DAYS: i64 = 1825;

/// Writes the certificate: subject and issuer are the key's name, the authority and its country; for digital
/// signatures alone, and no CA.
pub(super) fn pem<E>(
    subject: &Subject<'_>,
    made_at: OffsetDateTime,
    sign: impl Fn(&[u8]) -> Result<Vec<u8>, PackageError<E>>,
) -> Result<String, PackageError<E>> {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, subject.authority.country);
    params.distinguished_name.push(DnType::OrganizationName, subject.authority.name);
    params.distinguished_name.push(DnType::CommonName, subject.name());
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.not_before = made_at;
    params.not_after = made_at.checked_add(Duration::days(VALID_DAYS)).unwrap_or(made_at);
    params.serial_number = Some(serial(subject.public_key, made_at));
    let signer = Signer { point: subject.public_key.to_point(), sign, refusal: RefCell::new(None) };
    match params.self_signed(&signer) {
        Ok(certificate) => Ok(certificate.pem()),
        Err(error) => Err(signer.refusal.take().unwrap_or(PackageError::Certificate(error))),
    }
}

/// Sixteen bytes that differ from certificate to certificate of one key; positive and not zero (RFC 5280, 4.1.2.2).
fn serial(key: &PublicKey, made_at: OffsetDateTime) -> SerialNumber {
    let hash = Sha256::new().chain_update(key.to_der()).chain_update(made_at.unix_timestamp().to_be_bytes());
    let mut bytes: Vec<u8> = hash.finalize().iter().copied().take(16).collect();
    if let Some(first) = bytes.first_mut() {
        *first = *first & 0x7f | 0x40;
    }
    SerialNumber::from(bytes)
}

/// A key that is elsewhere: rcgen hands over what is to be signed.
struct Signer<F, E> {
    point: Vec<u8>,
    sign: F,
    /// Why it didn't sign; rcgen's own error has no room for it.
    refusal: RefCell<Option<PackageError<E>>>,
}

impl<F, E> PublicKeyData for Signer<F, E> {
    fn der_bytes(&self) -> &[u8] {
        &self.point
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

impl<F: Fn(&[u8]) -> Result<Vec<u8>, PackageError<E>>, E> SigningKey for Signer<F, E> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        (self.sign)(message).map_err(|error| {
            self.refusal.replace(Some(error));
            rcgen::Error::RemoteKeyError
        })
    }
}
