//! The TLS side of the admin listener.

use super::server::ServerCertificate;
use super::{Authority, PkiError};
use rustls::server::{ClientHello, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::{CertificateDer, UnixTime};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tekport_api::Clock;

pub(super) fn server_config(
    authority: &Authority,
    server: Arc<RwLock<ServerCertificate>>,
    clock: &Clock,
) -> Result<ServerConfig, PkiError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate().clone())?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .allow_unauthenticated()
        .build()?;
    let resolver = Resolver { server, ca: authority.certificate().clone() };
    let mut config = ServerConfig::builder_with_details(provider, Arc::new(ClockTime(clock.clone())))
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(verifier)
        .with_cert_resolver(Arc::new(resolver));
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    // No resumption: every connection shows its certificate.
    config.send_tls13_tickets = 0;
    Ok(config)
}

/// Hands out the server certificate that is in use at the time of each handshake.
#[derive(Debug)]
struct Resolver {
    server: Arc<RwLock<ServerCertificate>>,
    ca: CertificateDer<'static>,
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.server.read().unwrap_or_else(PoisonError::into_inner).certified_key(&self.ca))
    }
}

/// The daemon's clock, for rustls.
#[derive(Debug)]
struct ClockTime(Clock);

impl TimeProvider for ClockTime {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from(self.0.now().unix_seconds()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}
