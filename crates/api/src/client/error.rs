//! Everything that can go wrong between a client and a daemon, told apart.

use super::tls::NotThePinnedCa;
use crate::{Message, Problem, Said};
use rustls::{AlertDescription, CertificateError, Error as TlsError, OtherError};
use std::error::Error;
use std::io;

/// Why a request got no good answer. Each text says what happened and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum ClientError {
    /// Not an address at all.
    #[error("{0:?} is not an address; write host:port, for instance tek.example.org:8443")]
    Address(String),
    /// DNS knows no such host.
    #[error("no host is called {0}; check the name, and that this computer is on the right network")]
    NoSuchHost(String),
    /// Something answered, and nothing listens there.
    #[error("nothing listens at {0}; check that tekportd is running and that the port is right")]
    Refused(String),
    /// The network doesn't lead there, or the connection broke.
    #[error("the connection to {address} failed: {reason}; check the network and try again")]
    Broken {
        /// `host:port`.
        address: String,
        /// What the system said.
        reason: String,
    },
    /// A step took longer than it may.
    #[error("{step} took longer than {seconds} seconds; check the network and the daemon, then try again")]
    TimedOut {
        /// `finding the host`, `connecting` or `waiting for the answer`.
        step: &'static str,
        /// The limit.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        seconds: u64,
    },
    /// TLS failed, and on which check.
    #[error(transparent)]
    #[serde(skip)]
    Tls(#[from] TlsFailure),
    /// Something answered that isn't a Tekport daemon of this version.
    #[error("what answers at {address} is not a Tekport daemon that this version understands: {detail}")]
    NotTekport {
        /// `host:port`.
        address: String,
        /// What was odd about the answer.
        detail: String,
    },
    /// The daemon refused, and says why.
    #[error(transparent)]
    #[serde(skip)]
    Problem(Box<Problem>),
    /// A certificate or key of one's own can't be used.
    #[error("the client certificate can't be used: {0}; enrol again with a new code")]
    SetUp(String),
}

impl Said for ClientError {
    const AREA: &'static str = "client";

    fn message(&self) -> Message {
        let message = || Message::in_area(Self::AREA, self);
        match self {
            Self::Tls(failure) => failure.message(),
            Self::Problem(problem) => problem.message.clone(),
            Self::Broken { reason: cause, .. } | Self::NotTekport { detail: cause, .. } | Self::SetUp(cause) => {
                message().with("cause", cause)
            }
            _ => message(),
        }
    }
}

impl Said for TlsFailure {
    const AREA: &'static str = "tls";

    fn message(&self) -> Message {
        let message = Message::in_area(Self::AREA, self);
        if let Self::Other(cause) = self { message.with("cause", cause) } else { message }
    }
}

impl From<Problem> for ClientError {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// The check of TLS that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum TlsFailure {
    /// The CA certificate isn't the one that the enrolment code names.
    #[error(
        "the server's CA certificate is not the one in the enrolment code: this is another daemon, or somebody \
         stands in between; ask for a new code, and compare it by another way than this network"
    )]
    Pin,
    /// The server's certificate isn't signed by the daemon's CA.
    #[error(
        "the server's certificate is not signed by the daemon's own CA: this is another server than the one enrolled with"
    )]
    NotSignedByCa,
    /// The server's certificate has ended.
    #[error(
        "the server's certificate has expired; check this computer's clock, then restart tekportd, which renews it"
    )]
    Expired,
    /// The server's certificate isn't valid yet.
    #[error("the server's certificate is not valid yet; check the clocks of this computer and of the server")]
    NotYetValid,
    /// The server's certificate is for another name.
    #[error(
        "the server's certificate is for another name than the one it is called by; add this name to tekportd's configuration"
    )]
    WrongName,
    /// The daemon refused the client certificate.
    #[error(
        "the daemon refuses this console's certificate: it was revoked, has expired, or is from another daemon; enrol again"
    )]
    ClientCertificate,
    /// The server offers no TLS 1.3.
    #[error("the server doesn't speak TLS 1.3, which every tekportd does; check the port")]
    Version,
    /// Anything else.
    #[error("TLS failed: {0}")]
    Other(String),
}

impl From<&TlsError> for TlsFailure {
    fn from(error: &TlsError) -> Self {
        match error {
            TlsError::InvalidCertificate(CertificateError::Other(OtherError(inner)))
                if inner.is::<NotThePinnedCa>() =>
            {
                Self::Pin
            }
            TlsError::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
                Self::Expired
            }
            TlsError::InvalidCertificate(
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
            ) => Self::NotYetValid,
            TlsError::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            ) => Self::WrongName,
            TlsError::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature) => {
                Self::NotSignedByCa
            }
            TlsError::AlertReceived(
                AlertDescription::CertificateRequired
                | AlertDescription::BadCertificate
                | AlertDescription::UnsupportedCertificate
                | AlertDescription::CertificateRevoked
                | AlertDescription::CertificateExpired
                | AlertDescription::CertificateUnknown
                | AlertDescription::UnknownCA
                | AlertDescription::DecryptError
                | AlertDescription::AccessDenied,
            ) => Self::ClientCertificate,
            TlsError::AlertReceived(AlertDescription::ProtocolVersion) | TlsError::PeerIncompatible(_) => Self::Version,
            TlsError::InvalidMessage(_) => Self::Other("the server doesn't speak TLS; check the port".to_owned()),
            other => Self::Other(other.to_string()),
        }
    }
}

/// Finds out what a failed request failed on.
pub(super) fn classify(error: &reqwest::Error, address: &super::Address, limit: std::time::Duration) -> ClientError {
    if let Some(tls) = find_tls(error) {
        return ClientError::Tls(TlsFailure::from(tls));
    }
    if error.is_timeout() {
        let (step, limit) =
            if error.is_connect() { ("connecting", super::CONNECT_LIMIT) } else { ("waiting for the answer", limit) };
        return ClientError::TimedOut { step, seconds: limit.as_secs() };
    }
    if error.is_dns() {
        return ClientError::NoSuchHost(address.host().to_owned());
    }
    match find_io(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => ClientError::Refused(address.to_string()),
        _ if error.is_decode() => ClientError::NotTekport { address: address.to_string(), detail: innermost(error) },
        _ => ClientError::Broken { address: address.to_string(), reason: innermost(error) },
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        // An io::Error's source is that of the error it wraps, not that error itself.
        next = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => error.source(),
        };
        Some(error)
    })
}

fn find_tls<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a TlsError> {
    chain(error).find_map(|error| error.downcast_ref())
}

fn find_io<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a io::Error> {
    chain(error).find_map(|error| error.downcast_ref())
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}
