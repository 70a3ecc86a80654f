//! The typed client of the admin API over mutual TLS.
//!
//! It trusts one CA, the daemon's own, and nothing of the system's. Every step has a name and a time limit, and
//! every way to fail is its own [`ClientError`].

mod address;
mod diagnosis;
mod enrol;
mod error;
mod request;
mod routes;
#[cfg(test)]
mod tests;
mod tls;

pub use address::Address;
pub use diagnosis::{Diagnosis, Step, StepFinding, diagnose};
pub use enrol::{csr_pem, enrol};
pub use error::{ClientError, TlsFailure};
pub use routes::TekFormat;
pub use tls::certificate_sha256;

use std::time::Duration;
use tekport_keys::SigningKey;

/// DNS, TCP and TLS together may take this long.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// A whole request may take this long, connecting included.
const REQUEST_LIMIT: Duration = Duration::from_secs(30);
/// A download or an upload may take this long.
const TRANSFER_LIMIT: Duration = Duration::from_secs(300);

/// A connection to one daemon as one person. Cloning shares the open connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    address: Address,
}

impl Client {
    /// Prepares a client; nothing is sent before the first request.
    ///
    /// `ca_pem` is the daemon's CA certificate as [`enrol`] returned it, `key` the private half of
    /// `certificate_pem`. The key only signs handshakes: its bytes are not copied.
    ///
    /// # Errors
    /// When a certificate can't be read or doesn't belong to the key.
    pub fn new(address: Address, ca_pem: &str, certificate_pem: &str, key: &SigningKey) -> Result<Self, ClientError> {
        let tls = tls::mutual(ca_pem, certificate_pem, key)?;
        Ok(Self { http: http_client(tls)?, address })
    }

    /// Where the daemon listens.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }
}

fn http_client(tls: rustls::ClientConfig) -> Result<reqwest::Client, ClientError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .https_only(true)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT_LIMIT)
        .timeout(REQUEST_LIMIT)
        .user_agent(concat!("tekport/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| ClientError::SetUp(error.to_string()))
}
