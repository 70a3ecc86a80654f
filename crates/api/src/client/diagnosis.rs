//! A connection test that tells the steps apart.

use super::{Address, Client, ClientError, TlsFailure};
use crate::problem::ProblemKind;
use crate::sentences;
use serde::Serialize;
use std::future::Future;
use std::time::Duration;

/// Each step may take this long.
const STEP_LIMIT: Duration = Duration::from_secs(5);

/// A step on the way to a daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The host's name leads to an address.
    Dns,
    /// Something listens there.
    Tcp,
    /// It is the daemon that was enrolled with.
    Tls,
    /// It knows this client's certificate.
    ClientCertificate,
    /// It speaks this version's language.
    Version,
}

impl Step {
    /// The step's name: `dns`, `tcp`, `tls`, `client-certificate` or `version`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::ClientCertificate => "client-certificate",
            Self::Version => "version",
        }
    }
}

/// How one step went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The step.
    pub step: Step,
    /// What was found, or why it failed.
    pub outcome: Result<StepFinding, ClientError>,
}

sentences! {
    /// What a step found that passed.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum StepFinding in "step" {
        Host { address: String } => "{address}",
        Answers { address: String } => "{address} answers",
        OwnCa => "TLS 1.3, the daemon's own CA",
        KnownAs { name: String } => "known as {name}",
        Version { version: String } => "tekportd {version}",
    }
}

/// Takes the steps to a daemon one by one, each within 5 seconds, and stops after the first that fails.
pub async fn diagnose(client: &Client) -> Vec<Diagnosis> {
    let mut steps = Vec::new();
    let address = client.address();
    if !push(&mut steps, Step::Dns, within("finding the host", resolve(address)).await) {
        return steps;
    }
    if !push(&mut steps, Step::Tcp, within("connecting", connect(address)).await) {
        return steps;
    }
    // In TLS 1.3 the server judges the client's certificate after the client's handshake is done: only the
    // first answer tells. So one request stands for both steps, and the error says which of them it was.
    let me = within("waiting for the answer", client.me()).await;
    let tls_failed = matches!(&me, Err(error) if !about_the_certificate(error) && !answered(error));
    let tls = if tls_failed { me.clone().map(|_| StepFinding::OwnCa) } else { Ok(StepFinding::OwnCa) };
    if !push(&mut steps, Step::Tls, tls) {
        return steps;
    }
    if !push(&mut steps, Step::ClientCertificate, me.map(|me| StepFinding::KnownAs { name: me.person.name })) {
        return steps;
    }
    let status = within("waiting for the answer", client.status()).await;
    push(&mut steps, Step::Version, status.map(|status| StepFinding::Version { version: status.version }));
    steps
}

fn push(steps: &mut Vec<Diagnosis>, step: Step, outcome: Result<StepFinding, ClientError>) -> bool {
    let passed = outcome.is_ok();
    steps.push(Diagnosis { step, outcome });
    passed
}

fn about_the_certificate(error: &ClientError) -> bool {
    match error {
        ClientError::Tls(failure) => *failure == TlsFailure::ClientCertificate,
        ClientError::Problem(problem) => problem.kind == ProblemKind::Unauthenticated,
        _ => false,
    }
}

fn answered(error: &ClientError) -> bool {
    matches!(error, ClientError::Problem(_) | ClientError::NotTekport { .. })
}

async fn within<T>(step: &'static str, work: impl Future<Output = Result<T, ClientError>>) -> Result<T, ClientError> {
    tokio::time::timeout(STEP_LIMIT, work)
        .await
        .unwrap_or(Err(ClientError::TimedOut { step, seconds: STEP_LIMIT.as_secs() }))
}

async fn resolve(address: &Address) -> Result<StepFinding, ClientError> {
    let unknown = || ClientError::NoSuchHost(address.host().to_owned());
    let mut found = tokio::net::lookup_host(address.to_string()).await.map_err(|_| unknown())?;
    found.next().map(|found| StepFinding::Host { address: found.ip().to_string() }).ok_or_else(unknown)
}

async fn connect(address: &Address) -> Result<StepFinding, ClientError> {
    match tokio::net::TcpStream::connect(address.to_string()).await {
        Ok(_) => Ok(StepFinding::Answers { address: address.to_string() }),
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Err(ClientError::Refused(address.to_string()))
        }
        Err(error) => Err(ClientError::Broken { address: address.to_string(), reason: error.to_string() }),
    }
}
