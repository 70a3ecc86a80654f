//! A small daemon in the same process, behind real mutual TLS, with real sealing.

use super::awaiting::Awaiting;
use base64::{Engine, engine::general_purpose::STANDARD};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair, SigningKey as _,
};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tekport_api::UtcTime;
use tekport_api::audit::AuditEntry;
use tekport_api::enrolment::{DaemonIdentity, EnrolmentCode, EnrolmentRequest, Environment, IssuedCertificate};
use tekport_api::problem::{Problem, ProblemKind};
use tekport_api::signing_key::{
    KeyPackage, KeyState, SealedKeyUpload, SealingKeyStatement, Share, SigningKey, SigningKeyDraft,
};
use tekport_keys::sealing::SealingKey;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub(super) const SECRET: &str = "one-time-secret";
pub(super) const FILE: &[u8] = b"not a zip";

pub(in crate::console) struct FakeDaemon {
    address: String,
    ca_pem: String,
    ca_der: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
    pub(super) sealing: Mutex<SealingKey>,
    pub(super) keys: Mutex<Vec<SigningKey>>,
    /// Fingerprints of the private halves that were opened.
    pub(super) opened: Mutex<Vec<String>>,
    /// Every request's text.
    pub(super) requests: Mutex<Vec<String>>,
    pub(super) certificates_end: Mutex<UtcTime>,
    pub(super) refuses_registration: AtomicBool,
    pub(super) refuses_hand_over: AtomicBool,
    pub(super) refuses_notes: AtomicBool,
    /// Something is wrong with the daemon as a whole.
    pub(super) refuses_all: AtomicBool,
    /// What the daemon makes for Google and Apple.
    pub(super) package: Mutex<KeyPackage>,
    /// Whether the CA signs for the sealing key.
    pub(super) vouches: AtomicBool,
    /// Configs and batches that await signatures.
    pub(super) awaiting: Mutex<Awaiting>,
    /// The audit log, oldest first.
    pub(super) audit: Mutex<Vec<AuditEntry>>,
    /// The entry that it says is its last; otherwise the last one.
    pub(super) claimed_audit_head: Mutex<Option<AuditEntry>>,
    /// What needs a person, as the status says it.
    pub(super) attention: Mutex<Value>,
    /// What it answers to the next request that begins so, each once.
    faults: Mutex<Vec<(String, ProblemKind)>>,
}

impl FakeDaemon {
    pub(super) async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ca_key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca = params.self_signed(&ca_key).unwrap();
        let daemon = Arc::new(Self {
            address: listener.local_addr().unwrap().to_string(),
            ca_pem: ca.pem(),
            ca_der: ca.der().clone(),
            issuer: Issuer::new(params, ca_key),
            sealing: Mutex::new(SealingKey::generate().unwrap()),
            keys: Mutex::default(),
            opened: Mutex::default(),
            requests: Mutex::default(),
            certificates_end: Mutex::new(UtcTime::saturating(2_000_000_000)),
            refuses_registration: AtomicBool::new(false),
            refuses_hand_over: AtomicBool::new(false),
            refuses_notes: AtomicBool::new(false),
            refuses_all: AtomicBool::new(false),
            package: Mutex::new(KeyPackage { name: "310-v1".to_owned(), files: vec![] }),
            vouches: AtomicBool::new(true),
            awaiting: Mutex::default(),
            audit: Mutex::default(),
            claimed_audit_head: Mutex::default(),
            attention: Mutex::new(json!([])),
            faults: Mutex::default(),
        });
        let acceptor = TlsAcceptor::from(Arc::new(daemon.tls()));
        let serving = daemon.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let known = stream.get_ref().1.peer_certificates().is_some();
                let (head, body) = read_request(&mut stream).await;
                serving.requests.lock().unwrap().push(format!("{head}{}", String::from_utf8_lossy(&body)));
                let (status, answer) = serving.answer(&head, &body, known);
                let head =
                    format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
                let _ = stream.write_all(&[head.as_bytes(), &answer].concat()).await;
                let _ = stream.shutdown().await;
            }
        });
        daemon
    }

    fn tls(&self) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        let leaf = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(self.ca_der.clone()).unwrap();
        let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
            .allow_unauthenticated()
            .build()
            .unwrap();
        ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_client_cert_verifier(clients)
            .with_single_cert(vec![leaf, self.ca_der.clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
            .unwrap()
    }

    pub(super) fn pin(&self) -> String {
        hex::encode(Sha256::digest(&self.ca_der))
    }

    pub(super) fn code(&self) -> String {
        EnrolmentCode {
            address: self.address.clone(),
            ca_sha256: self.pin(),
            secret: SECRET.to_owned(),
            expires_at: UtcTime::saturating(1_000_600),
        }
        .to_text()
    }

    fn identity(&self) -> DaemonIdentity {
        let public = self.sealing.lock().unwrap().public_key().clone();
        DaemonIdentity {
            name: "rehearsal".to_owned(),
            environment: Environment::Test,
            sealing_public_key: public.to_base64(),
            sealing_fingerprint: public.fingerprint(),
        }
    }

    /// Has the next request that begins with `head` fail, as often as this is called: `PUT /admin/v1/batches/b1/`.
    pub(super) fn fail_next(&self, head: &str, kind: ProblemKind) {
        self.faults.lock().unwrap().push((head.to_owned(), kind));
    }

    fn fault(&self, head: &str) -> Option<ProblemKind> {
        let mut faults = self.faults.lock().unwrap();
        let at = faults.iter().position(|(begins, _)| head.starts_with(begins.as_str()))?;
        Some(faults.remove(at).1)
    }

    fn answer(&self, head: &str, body: &[u8], known: bool) -> (u16, Vec<u8>) {
        let mut words = head.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let route = path.trim_start_matches("/admin/v1/").split('?').next().unwrap_or_default();
        let parts: Vec<&str> = route.split('/').collect();
        if self.refuses_all.load(Ordering::SeqCst) {
            return problem(ProblemKind::Internal);
        }
        if !known && route != "enrolments" {
            return problem(ProblemKind::Unauthenticated);
        }
        if let Some(kind) = self.fault(head) {
            return problem(kind);
        }
        if let Some(answer) = self.signing_answer(method, &parts, body).or_else(|| self.audit_answer(&parts, path)) {
            return answer;
        }
        match (method, parts.as_slice()) {
            ("POST", ["enrolments"]) => {
                let request: EnrolmentRequest = serde_json::from_slice(body).unwrap();
                if request.secret == SECRET {
                    self.issue(&request.csr_pem)
                } else {
                    problem(ProblemKind::Unauthenticated)
                }
            }
            ("POST", ["me", "certificate"]) => {
                let request: Value = serde_json::from_slice(body).unwrap();
                self.issue(request["csr_pem"].as_str().unwrap())
            }
            ("GET", ["me"]) => ok(&json!({"person": person(), "certificate": certificate()})),
            ("GET", ["status"]) => ok(&json!({
                "daemon": self.identity(), "version": "0.1.0", "started_at": TIME, "now": TIME,
                "min_window_age_seconds": 0, "ca_not_after": TIME, "public_url": null, "key_lookup": false,
                "attention": *self.attention.lock().unwrap(), "configs": [], "days": [],
            })),
            ("GET", ["sealing-key"]) => ok(&self.sealing_statement()),
            ("GET", ["signing-keys"]) => ok(&json!({"items": *self.keys.lock().unwrap(), "next_cursor": null})),
            ("POST", ["signing-keys"]) => self.register(&serde_json::from_slice(body).unwrap()),
            ("GET", ["signing-keys", id]) => match self.keys.lock().unwrap().iter().find(|key| key.id == *id) {
                Some(key) => ok(key),
                None => problem(ProblemKind::NotFound),
            },
            ("POST", ["signing-keys", id, "backups"]) if !self.refuses_notes.load(Ordering::SeqCst) => {
                let mut keys = self.keys.lock().unwrap();
                let key = keys.iter_mut().find(|key| key.id == *id).unwrap();
                key.backed_up_at = Some(UtcTime::saturating(1_000_000));
                ok(key)
            }
            ("POST", ["signing-keys", _, "package"]) => ok(&*self.package.lock().unwrap()),
            ("PUT", ["signing-keys", id, "sealed"]) => self.take_over(id, &serde_json::from_slice(body).unwrap()),
            ("GET", ["batches", "b1"]) => ok(&batch()),
            ("GET", ["batches", "b1", "files", _, "content"]) => (200, FILE.to_vec()),
            _ => problem(ProblemKind::NotFound),
        }
    }

    /// Signed by the CA, or by a stranger where the test wants one.
    fn sealing_statement(&self) -> SealingKeyStatement {
        let public = self.sealing.lock().unwrap().public_key().clone();
        let created_at = UtcTime::saturating(1_000_000);
        let text = SealingKeyStatement::signed_text(&public.to_base64(), created_at);
        let stranger = KeyPair::generate().unwrap();
        let signer = if self.vouches.load(Ordering::SeqCst) { self.issuer.key() } else { &stranger };
        SealingKeyStatement {
            fingerprint: public.fingerprint(),
            public_key: public.to_base64(),
            created_at,
            signature: STANDARD.encode(signer.sign(text.as_bytes()).unwrap()),
        }
    }

    fn issue(&self, csr_pem: &str) -> (u16, Vec<u8>) {
        let request = CertificateSigningRequestParams::from_pem(csr_pem).unwrap();
        ok(&IssuedCertificate {
            certificate_pem: request.signed_by(&self.issuer).unwrap().pem(),
            ca_pem: self.ca_pem.clone(),
            not_after: *self.certificates_end.lock().unwrap(),
            daemon: self.identity(),
        })
    }

    fn register(&self, draft: &SigningKeyDraft) -> (u16, Vec<u8>) {
        if self.refuses_registration.load(Ordering::SeqCst) {
            return problem(ProblemKind::Conflict);
        }
        let spec = draft.validate().unwrap();
        let mut keys = self.keys.lock().unwrap();
        let key = SigningKey {
            id: format!("key-{}", keys.len() + 1),
            key_id: draft.key_id.clone(),
            key_version: draft.key_version.clone(),
            public_key_pem: draft.public_key_pem.clone(),
            fingerprint: spec.public_key.fingerprint(),
            custody: draft.custody,
            state: KeyState::Generated,
            revision: 1,
            predecessor_id: draft.predecessor_id.clone(),
            created_at: UtcTime::saturating(0),
            created_by: "Key officer".to_owned(),
            provisioned_at: None,
            introduced_at: None,
            google: Share::default(),
            apple: Share::default(),
            ends_at: None,
            retired_at: None,
            revoked_at: None,
            rotation_days: 365,
            rotation_due_at: None,
            backed_up_at: None,
            authority: None,
            token_key: None,
            removed_copy: None,
            config_ids: vec![],
            not_to_send: None,
        };
        keys.push(key.clone());
        ok(&key)
    }

    fn take_over(&self, id: &str, upload: &SealedKeyUpload) -> (u16, Vec<u8>) {
        if self.refuses_hand_over.load(Ordering::SeqCst) {
            return problem(ProblemKind::Unavailable);
        }
        let mut keys = self.keys.lock().unwrap();
        let key = keys.iter_mut().find(|key| key.id == id).unwrap();
        let expected = tekport_keys::PublicKey::from_pem(&key.public_key_pem).unwrap();
        let sealing = self.sealing.lock().unwrap();
        assert_eq!(upload.sealed_to, sealing.public_key().fingerprint());
        let opened = sealing.open(&upload.to_sealed().unwrap(), id, &expected).unwrap();
        self.opened.lock().unwrap().push(opened.public_key().fingerprint());
        key.state = KeyState::Introduced;
        ok(key)
    }
}

pub(super) const TIME: &str = "2026-11-23T20:00:00Z";

fn certificate() -> Value {
    json!({"fingerprint": "ab", "not_before": TIME, "not_after": TIME, "revoked_at": null})
}

fn person() -> Value {
    json!({"id": "p1", "name": "Key officer", "roles": ["security-officer"], "revision": 1, "created_at": TIME,
           "last_seen_at": null, "revoked_at": null, "certificates": []})
}

/// A batch with a file as published, `f1`, and one whose bytes in storage are others, `f2`.
fn batch() -> Value {
    let file = |id: &str, sha256: String| {
        json!({"id": id, "path": "mag/1-2-00001.zip", "url": null, "start_timestamp": TIME, "end_timestamp": TIME,
               "keys": 1, "revised_keys": 0, "size_bytes": FILE.len(), "sha256": sha256, "signed_by": [],
               "published_at": TIME, "withdrawn_at": null, "deleted_at": null})
    };
    json!({"id": "b1", "config_id": "c1", "output_region": "MAG", "window_start": TIME, "window_end": TIME,
           "state": "complete", "attempts": 1, "error": null, "next_attempt_at": null, "completed_at": TIME,
           "counts": null, "generation": 0, "awaiting": null, "history": [],
           "files": [file("f1", hex::encode(Sha256::digest(FILE))), file("f2", "00".repeat(32))]})
}

pub(super) fn ok(body: &impl serde::Serialize) -> (u16, Vec<u8>) {
    (200, serde_json::to_vec(body).unwrap())
}

pub(super) fn problem(kind: ProblemKind) -> (u16, Vec<u8>) {
    (kind.status(), serde_json::to_vec(&Problem::of_machine(kind, "as asked for by the test")).unwrap())
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return (String::new(), Vec::new());
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = bytes.split_off(head);
    while body.len() < length {
        if stream.read_buf(&mut body).await.unwrap_or(0) == 0 {
            break;
        }
    }
    (text, body)
}
