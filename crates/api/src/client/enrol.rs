//! Joining a daemon with a one-time code.

use super::request::{Call, send};
use super::{Address, ClientError, http_client, tls};
use crate::enrolment::{EnrolmentCode, EnrolmentRequest, IssuedCertificate};
use sha2::{Digest, Sha256};
use tekport_keys::SigningKey;

/// Sends a certificate request for `key` to the daemon that the code names, and returns what it issued.
///
/// The daemon must show the CA certificate whose hash the code carries; the secret isn't sent before that.
///
/// # Errors
/// When the daemon isn't reached or isn't the one in the code, or refuses the code.
pub async fn enrol(code: &EnrolmentCode, key: &SigningKey) -> Result<IssuedCertificate, ClientError> {
    let address = Address::parse(&code.address)?;
    let http = http_client(tls::pinned(&code.ca_sha256)?)?;
    let request = EnrolmentRequest { secret: code.secret.clone(), csr_pem: csr_pem(key)? };
    let issued: IssuedCertificate = send(&http, &address, Call::post("enrolments").json(&request)?).await?;
    if tls::certificate_sha256(&issued.ca_pem)? != code.ca_sha256.to_ascii_lowercase() {
        return Err(super::TlsFailure::Pin.into());
    }
    Ok(issued)
}

/// Writes a PKCS#10 certificate request (PEM) for a key. The daemon sets the subject itself.
///
/// # Errors
/// Never for a key that was generated or read.
pub fn csr_pem(key: &SigningKey) -> Result<String, ClientError> {
    let set_up = |error: rcgen::Error| ClientError::SetUp(error.to_string());
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(rcgen::DnType::CommonName, "tekport client");
    params.serialize_request(&RequestKey::of(key)).and_then(|request| request.pem()).map_err(set_up)
}

/// A signing key as a certificate request needs it.
struct RequestKey<'a> {
    key: &'a SigningKey,
    point: Vec<u8>,
}

impl<'a> RequestKey<'a> {
    fn of(key: &'a SigningKey) -> Self {
        let point = key.public_key().verifying_key().to_sec1_point(false).as_bytes().to_vec();
        Self { key, point }
    }
}

impl rcgen::PublicKeyData for RequestKey<'_> {
    fn der_bytes(&self) -> &[u8] {
        &self.point
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

impl rcgen::SigningKey for RequestKey<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        self.key.sign_digest(&Sha256::digest(message).into()).map_err(|_| rcgen::Error::RemoteKeyError)
    }
}
