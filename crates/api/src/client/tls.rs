//! TLS 1.3 with one trusted CA: found by its hash at enrolment, known by heart afterwards.

use super::ClientError;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ResolvesClientCert, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, SubjectPublicKeyInfoDer, UnixTime};
use rustls::sign::{CertifiedKey, Signer, SigningKey as TlsSigningKey, SingleCertAndKey};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, PeerIncompatible, RootCertStore,
    SignatureAlgorithm, SignatureScheme,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tekport_keys::SigningKey;

/// SHA-256 of the first certificate in a PEM text, lower-case hex.
///
/// # Errors
/// When the text holds no certificate.
pub fn certificate_sha256(pem: &str) -> Result<String, ClientError> {
    let certificate = certificate(pem)?;
    Ok(hex::encode(Sha256::digest(&certificate)))
}

/// No CA certificate that the server sent has the hash of the enrolment code.
#[derive(Debug, thiserror::Error)]
#[error("no CA certificate of the server's has the pinned hash")]
pub(super) struct NotThePinnedCa;

/// For enrolment: trusts the CA whose hash the code carries, and shows no client certificate.
pub(super) fn pinned(ca_sha256: &str) -> Result<ClientConfig, ClientError> {
    let pin: [u8; 32] = hex::decode(ca_sha256)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| ClientError::SetUp("the enrolment code's CA hash is not 32 bytes".to_owned()))?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(set_up)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(PinnedCaVerifier { pin, provider }))
        .with_no_client_auth();
    Ok(config)
}

/// For everything else: trusts the CA that was pinned, and shows the client certificate.
pub(super) fn mutual(ca_pem: &str, certificate_pem: &str, key: &SigningKey) -> Result<ClientConfig, ClientError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = verifier_for(certificate(ca_pem)?, provider.clone()).map_err(set_up)?;
    let certified = CertifiedKey::new(vec![certificate(certificate_pem)?], Arc::new(HandshakeKey::of(key)));
    certified.keys_match().map_err(set_up)?;
    let resolver: Arc<dyn ResolvesClientCert> = Arc::new(SingleCertAndKey::from(certified));
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(set_up)?
        .with_webpki_verifier(verifier)
        .with_client_cert_resolver(resolver);
    Ok(config)
}

fn set_up(error: impl std::fmt::Display) -> ClientError {
    ClientError::SetUp(error.to_string())
}

fn certificate(pem: &str) -> Result<CertificateDer<'static>, ClientError> {
    CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| set_up("it is not a certificate in PEM"))
}

fn verifier_for(
    ca: CertificateDer<'static>,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, Error> {
    let mut roots = RootCertStore::empty();
    roots.add(ca)?;
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|error| Error::General(error.to_string()))
}

/// Requires that the server sends a CA certificate with the pinned hash, then verifies the server's own
/// certificate (signature, dates, name) against that CA as usual.
#[derive(Debug)]
struct PinnedCaVerifier {
    pin: [u8; 32],
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for PinnedCaVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let ca = intermediates
            .iter()
            .find(|certificate| Sha256::digest(certificate)[..] == self.pin)
            .ok_or_else(|| CertificateError::Other(OtherError(Arc::new(NotThePinnedCa))))?;
        verifier_for(ca.clone().into_owned(), self.provider.clone())?.verify_server_cert(
            end_entity,
            &[],
            server_name,
            ocsp_response,
            now,
        )
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // Never asked: the configuration speaks TLS 1.3 only.
        Err(PeerIncompatible::Tls12NotOfferedOrEnabled.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The client key as TLS sees it: a thing that signs handshakes.
#[derive(Debug, Clone)]
struct HandshakeKey {
    key: SigningKey,
    public: Vec<u8>,
}

impl HandshakeKey {
    fn of(key: &SigningKey) -> Self {
        Self { key: key.clone(), public: key.public_key().to_der() }
    }
}

impl TlsSigningKey for HandshakeKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered.contains(&SignatureScheme::ECDSA_NISTP256_SHA256).then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(self.public.as_slice().into())
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for HandshakeKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let digest: [u8; 32] = Sha256::digest(message).into();
        self.key.sign_digest(&digest).map_err(|error| Error::General(error.to_string()))
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP256_SHA256
    }
}
