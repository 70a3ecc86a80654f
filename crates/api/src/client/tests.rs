//! The client against a small TLS server in the same process.

use super::*;
use crate::enrolment::{DaemonIdentity, EnrolmentCode, Environment, IssuedCertificate};
use crate::{Problem, UtcTime, problem::ProblemKind};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

struct Ca {
    pem: String,
    der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Ca {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self { pem: certificate.pem(), der: certificate.der().clone(), issuer: Issuer::new(params, key) }
    }

    fn pin(&self) -> String {
        hex::encode(Sha256::digest(&self.der))
    }

    fn client_certificate(&self, key: &SigningKey) -> String {
        let request = rcgen::CertificateSigningRequestParams::from_pem(&csr_pem(key).unwrap()).unwrap();
        request.signed_by(&self.issuer).unwrap().pem()
    }
}

/// What a server certificate can have wrong with it.
#[derive(Clone, Copy, PartialEq)]
enum Leaf {
    Good,
    Expired,
    NotYetValid,
    AnotherName,
}

/// Answers every request with `status` and `body`; returns its port and what it was asked.
async fn serve(ca: &Ca, leaf: Leaf, clients: Option<&Ca>, status: u16, body: String) -> (Address, Asked) {
    let key = KeyPair::generate().unwrap();
    let name = if leaf == Leaf::AnotherName { "elsewhere.example" } else { "127.0.0.1" };
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    match leaf {
        Leaf::Expired => params.not_after = rcgen::date_time_ymd(2001, 1, 1),
        Leaf::NotYetValid => params.not_before = rcgen::date_time_ymd(4000, 1, 1),
        Leaf::Good | Leaf::AnotherName => {}
    }
    let chain = vec![params.signed_by(&key, &ca.issuer).unwrap().der().clone(), ca.der.clone()];
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap();
    let builder = match clients {
        Some(clients) => {
            let mut roots = RootCertStore::empty();
            roots.add(clients.der.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
            builder.with_client_cert_verifier(verifier)
        }
        None => builder.with_no_client_auth(),
    };
    let config = builder.with_single_cert(chain, PrivatePkcs8KeyDer::from(key.serialize_der()).into()).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = Address::parse(&listener.local_addr().unwrap().to_string()).unwrap();
    let asked = Asked::default();
    let record = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = vec![0; 8_192];
            let length = stream.read(&mut request).await.unwrap_or(0);
            record.0.lock().unwrap().push(String::from_utf8_lossy(&request[..length]).into_owned());
            if status == 0 {
                continue;
            }
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (address, asked)
}

/// The requests a server got, as text.
#[derive(Debug, Clone, Default)]
struct Asked(Arc<Mutex<Vec<String>>>);

fn code(address: &Address, pin: String) -> EnrolmentCode {
    EnrolmentCode {
        address: address.to_string(),
        ca_sha256: pin,
        secret: "the-secret".to_owned(),
        expires_at: UtcTime::saturating(0),
    }
}

fn issued(ca: &Ca) -> IssuedCertificate {
    IssuedCertificate {
        certificate_pem: "PEM".to_owned(),
        ca_pem: ca.pem.clone(),
        not_after: UtcTime::saturating(1_800_000_000),
        daemon: DaemonIdentity {
            name: "demo".to_owned(),
            environment: Environment::Test,
            sealing_public_key: String::new(),
            sealing_fingerprint: String::new(),
        },
    }
}

fn client(address: Address, trusted: &Ca, issued_by: &Ca) -> Client {
    let key = SigningKey::generate().unwrap();
    Client::new(address, &trusted.pem, &issued_by.client_certificate(&key), &key).unwrap()
}

#[tokio::test]
async fn a_code_lets_one_in_when_the_pin_fits() {
    let ca = Ca::new();
    let answer = serde_json::to_string(&issued(&ca)).unwrap();
    let (address, asked) = serve(&ca, Leaf::Good, None, 201, answer).await;
    let key = SigningKey::generate().unwrap();
    assert_eq!(enrol(&code(&address, ca.pin()), &key).await.unwrap(), issued(&ca));
    let request = asked.0.lock().unwrap().join("");
    assert!(request.starts_with("POST /admin/v1/enrolments HTTP/1.1"), "{request}");
    assert!(request.contains("the-secret") && request.contains("BEGIN CERTIFICATE REQUEST"), "{request}");
}

#[tokio::test]
async fn the_secret_is_not_sent_to_a_server_that_fails_a_check() {
    let ca = Ca::new();
    let key = SigningKey::generate().unwrap();
    for (leaf, pin, failure) in [
        (Leaf::Good, Ca::new().pin(), TlsFailure::Pin),
        (Leaf::Expired, ca.pin(), TlsFailure::Expired),
        (Leaf::NotYetValid, ca.pin(), TlsFailure::NotYetValid),
        (Leaf::AnotherName, ca.pin(), TlsFailure::WrongName),
    ] {
        let (address, asked) = serve(&ca, leaf, None, 201, String::new()).await;
        assert_eq!(enrol(&code(&address, pin), &key).await, Err(ClientError::Tls(failure)));
        assert!(asked.0.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_enrolled_client_shows_its_certificate_and_knows_the_daemon() {
    let ca = Ca::new();
    let (address, asked) =
        serve(&ca, Leaf::Good, Some(&ca), 200, r#"{"items":[],"next_cursor":null}"#.to_owned()).await;
    let page = client(address, &ca, &ca).list_people(&crate::page::PageQuery { limit: Some(7), cursor: None }).await;
    assert!(page.unwrap().items.is_empty());
    assert!(asked.0.lock().unwrap().join("").starts_with("GET /admin/v1/people?limit=7 HTTP/1.1"));
}

#[tokio::test]
async fn each_failure_has_its_own_name() {
    let (ca, other) = (Ca::new(), Ca::new());
    let (address, _) = serve(&ca, Leaf::Good, Some(&ca), 200, "{}".to_owned()).await;
    let error = client(address.clone(), &other, &ca).me().await.unwrap_err();
    assert_eq!(error, ClientError::Tls(TlsFailure::NotSignedByCa));
    let error = client(address.clone(), &ca, &other).me().await.unwrap_err();
    assert_eq!(error, ClientError::Tls(TlsFailure::ClientCertificate));
    let error = client(address, &ca, &ca).me().await.unwrap_err();
    assert!(matches!(error, ClientError::NotTekport { .. }), "{error}");

    let problem = Problem::of_machine(ProblemKind::Forbidden, "ask a security officer");
    let (address, _) = serve(&ca, Leaf::Good, Some(&ca), 403, serde_json::to_string(&problem).unwrap()).await;
    let error = client(address, &ca, &ca).me().await.unwrap_err();
    assert_eq!(error, ClientError::from(problem));

    let (address, _) = serve(&ca, Leaf::Good, Some(&ca), 404, "<html>".to_owned()).await;
    let error = client(address, &ca, &ca).me().await.unwrap_err();
    assert!(matches!(&error, ClientError::NotTekport { detail, .. } if detail.contains("404")), "{error}");

    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = client(Address::parse(&closed.to_string()).unwrap(), &ca, &ca).me().await.unwrap_err();
    assert_eq!(error, ClientError::Refused(closed.to_string()));

    let nowhere = Address::parse("no-such-host.invalid:8443").unwrap();
    let error = client(nowhere, &ca, &ca).me().await.unwrap_err();
    assert_eq!(error, ClientError::NoSuchHost("no-such-host.invalid".to_owned()));
}

#[tokio::test]
async fn a_broken_create_is_sent_again_with_the_same_idempotency_key() {
    let ca = Ca::new();
    let (address, asked) = serve(&ca, Leaf::Good, Some(&ca), 0, String::new()).await;
    let error = client(address, &ca, &ca).new_enrolment_code("person").await.err().unwrap();
    assert!(matches!(error, ClientError::Broken { .. }), "{error}");
    let keys: Vec<String> = asked
        .0
        .lock()
        .unwrap()
        .iter()
        .map(|request| request.lines().find(|line| line.starts_with("idempotency-key")).unwrap().to_owned())
        .collect();
    assert_eq!((keys.len(), &keys[0]), (2, &keys[1]));
}

#[tokio::test]
async fn an_edit_carries_the_revision_and_is_not_repeated() {
    let ca = Ca::new();
    let (address, asked) = serve(&ca, Leaf::Good, Some(&ca), 0, String::new()).await;
    let draft = crate::people::PersonDraft { name: "A".to_owned(), roles: vec!["viewer".to_owned()] };
    client(address, &ca, &ca).update_person("id", 3, &draft).await.unwrap_err();
    let asked = asked.0.lock().unwrap();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].contains("if-match: \"3\""), "{}", asked[0]);
}

#[tokio::test]
async fn the_diagnosis_stops_at_the_step_that_fails() {
    let (ca, other) = (Ca::new(), Ca::new());
    let (address, _) = serve(&ca, Leaf::Good, Some(&ca), 404, String::new()).await;
    for (client, steps) in [
        (client(Address::parse("no-such-host.invalid:1").unwrap(), &ca, &ca), "dns"),
        (client(address.clone(), &other, &ca), "dns tcp tls"),
        (client(address, &ca, &other), "dns tcp tls client-certificate"),
    ] {
        let found = diagnose(&client).await;
        let names: Vec<&str> = found.iter().map(|found| found.step.as_str()).collect();
        assert_eq!(names.join(" "), steps);
        assert!(found.last().unwrap().outcome.is_err());
        assert!(found.iter().rev().skip(1).all(|found| found.outcome.is_ok()), "{found:?}");
    }
}

#[test]
fn a_key_that_is_not_the_certificates_is_refused_at_once() {
    let ca = Ca::new();
    let certificate = ca.client_certificate(&SigningKey::generate().unwrap());
    let address = Address::parse("127.0.0.1:1").unwrap();
    let error = Client::new(address, &ca.pem, &certificate, &SigningKey::generate().unwrap()).unwrap_err();
    assert!(matches!(error, ClientError::SetUp(_)), "{error}");
}
