//! A daemon's admin listener on a free port, with a clock that tests move, and people who enrolled with it.

use base64::{Engine, engine::general_purpose::STANDARD};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_api::client::{Address, Client, enrol};
use tekport_api::enrolment::{EnrolmentCode, Environment, IssuedCertificate};
use tekport_api::people::{PersonSpec, Role};
use tekport_api::signing_key::{Custody, SealedKeyUpload, SigningKeyDraft};
use tekport_keys::SigningKey;
use tekport_keys::at_rest::RootKey;
use tekport_keys::sealing::{SealContext, seal};
use tekportd::admin::{AdminParts, AdminState, serve};
use tekportd::audit::Actor;
use tekportd::config::Config;
use tekportd::exporter::{Exporter, Progress, Settings};
use tekportd::invitation::{CodeOrigin, invite};
use tekportd::pki::Pki;
use tekportd::signer::Signer;
use tekportd::storage::StorageTargets;
use tekportd::store::Store;
use tekportd::token::Token;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::{CancellationToken, DropGuard};

const MIN_WINDOW_AGE: u32 = 300;
const CONFIG: &str = "[storage.local]\nkind = \"folder\"\npath = \"out\"\n";

/// What every daemon of this test run has logged, at the finest level.
pub(crate) static LOG: Log = Log(Mutex::new(Vec::new()));

pub(crate) struct Log(Mutex<Vec<u8>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for &Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn keep_the_log() {
    let subscriber = tracing_subscriber::fmt().with_env_filter("tekportd=trace").with_ansi(false);
    // Only the first daemon of a run can install it; the others log to the same place.
    let _ = subscriber.with_writer(|| &LOG).try_init();
}

/// Files stay in the index so long.
pub(crate) const RETENTION_DAYS: u16 = 14;
/// Keys are kept so long.
const TEK_RETENTION_DAYS: u16 = 30;

/// A daemon that serves the admin API until it is dropped.
pub(crate) struct Daemon {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) pki: Arc<Pki>,
    pub(crate) nudge: Arc<Notify>,
    pub(crate) address: String,
    pub(crate) state: tempfile::TempDir,
    signer: Signer,
    storage: StorageTargets,
    _running: DropGuard,
}

impl Daemon {
    pub(crate) async fn start() -> Self {
        Self::build(None, false).await
    }

    /// A daemon that has a token.
    pub(crate) async fn start_with(token: Option<Token>) -> Self {
        Self::build(token, false).await
    }

    /// A daemon that lets keys be looked up.
    pub(crate) async fn with_key_lookup() -> Self {
        Self::build(None, true).await
    }

    async fn build(token: Option<Token>, key_lookup: bool) -> Self {
        keep_the_log();
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let state = tempfile::tempdir().unwrap();
        let store = Store::open(&state.path().join("tekport.db")).await.unwrap();
        // From now on, since the clients check the server's certificate by the system's clock.
        let clock = Clock::manual(Clock::system().now());
        let root_key = RootKey::generate().unwrap();
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let pki = Arc::new(Pki::load_or_create(&store, &root_key, &clock, &names).await.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let config = Config::parse(CONFIG, []).unwrap();
        let storage = StorageTargets::from_config(&config, state.path()).unwrap();
        let nudge = Arc::new(Notify::new());
        let signer = Signer::new(store.clone(), root_key.clone(), token);
        let admin = AdminState::new(AdminParts {
            store: store.clone(),
            clock: clock.clone(),
            root_key,
            signer: signer.clone(),
            pki: Arc::clone(&pki),
            storage: storage.clone(),
            nudge: Arc::clone(&nudge),
            progress: Progress::default(),
            name: "Test daemon".to_owned(),
            environment: Environment::Test,
            address: address.clone(),
            min_window_age: MIN_WINDOW_AGE,
            retention_days: RETENTION_DAYS,
            tek_retention_days: TEK_RETENTION_DAYS,
            public_url: None,
            key_lookup,
        });
        let shutdown = CancellationToken::new();
        tokio::spawn(serve(listener, admin, shutdown.clone()));
        Self { store, clock, pki, nudge, address, state, signer, storage, _running: shutdown.drop_guard() }
    }

    /// Invites somebody from the command line.
    pub(crate) async fn invite(&self, name: &str, roles: &[Role]) -> EnrolmentCode {
        let spec = PersonSpec { name: name.to_owned(), roles: roles.to_vec() };
        let origin = CodeOrigin { address: self.address.clone(), ca_pin: self.pki.ca_pin() };
        let invitation = invite(&self.store, &Actor::local(), &spec, &origin, self.clock.now()).await.unwrap();
        EnrolmentCode::parse(&invitation.code).unwrap()
    }

    /// Invites somebody and enrols them.
    pub(crate) async fn join(&self, name: &str, roles: &[Role]) -> Member {
        let code = self.invite(name, roles).await;
        let key = SigningKey::generate().unwrap();
        let issued = enrol(&code, &key).await.unwrap();
        Member::new(self, key, issued).await
    }

    /// An exporter on this daemon's store and storage, with its clock.
    pub(crate) fn exporter(&self) -> Exporter {
        let settings = Settings {
            instance: "test".to_owned(),
            min_window_age: MIN_WINDOW_AGE,
            lease_seconds: 600,
            retention_days: RETENTION_DAYS,
            tek_retention_days: TEK_RETENTION_DAYS,
        };
        let signer = self.signer.clone();
        let rng = ChaCha20Rng::seed_from_u64(1);
        Exporter::new(self.store.clone(), self.clock.clone(), rng, self.storage.clone(), signer, settings)
    }

    /// A client that trusts the daemon and shows no certificate.
    pub(crate) fn stranger(&self) -> reqwest::Client {
        http(&self.pki.ca_pem(), None)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("https://{}/admin/v1/{path}", self.address)
    }

    /// The database's bytes, its log included.
    pub(crate) fn database(&self) -> Vec<u8> {
        let mut bytes = std::fs::read(self.state.path().join("tekport.db")).unwrap();
        bytes.extend(std::fs::read(self.state.path().join("tekport.db-wal")).unwrap_or_default());
        bytes
    }
}

fn http(ca_pem: &str, identity: Option<reqwest::Identity>) -> reqwest::Client {
    let ca = reqwest::Certificate::from_pem(ca_pem.as_bytes()).unwrap();
    let mut builder = reqwest::Client::builder().tls_certs_only([ca]).https_only(true).no_proxy();
    if let Some(identity) = identity {
        builder = builder.identity(identity);
    }
    builder.build().unwrap()
}

/// Somebody who enrolled: with the typed client, and with one that sends whatever a test wants.
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) client: Client,
    pub(crate) http: reqwest::Client,
    pub(crate) key: SigningKey,
    base: String,
}

impl Member {
    pub(crate) async fn new(daemon: &Daemon, key: SigningKey, issued: IssuedCertificate) -> Self {
        let address = Address::parse(&daemon.address).unwrap();
        let client = Client::new(address, &issued.ca_pem, &issued.certificate_pem, &key).unwrap();
        let pem = format!("{}{}", issued.certificate_pem, *key.to_pkcs8_pem().unwrap());
        let identity = reqwest::Identity::from_pem(pem.as_bytes()).unwrap();
        let id = client.me().await.unwrap().person.id;
        Self { id, client, http: http(&issued.ca_pem, Some(identity)), key, base: daemon.url("") }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        read(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }
}

/// An answer's status and JSON.
pub(crate) async fn read(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let bytes = response.bytes().await.unwrap();
    let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    people_can_be_told(&json);
    (status, json)
}

/// What a person may be refused has a code, by which a console words it. How a program has to ask has none.
fn people_can_be_told(answer: &Value) {
    let kind = answer["type"].as_str().and_then(|kind| kind.strip_prefix("urn:tekport:problem:"));
    let to_a_program = match kind {
        None | Some("malformed" | "method-not-allowed" | "precondition-required") => true,
        Some("unsupported-media-type" | "too-large") => true,
        Some(_) => answer["detail"].as_str().is_some_and(|detail| detail.contains("leads nowhere")),
    };
    assert!(to_a_program || answer["code"] != "", "it can't be said in another language: {answer}");
}

/// Registers a fresh signing key and returns its id.
pub(crate) async fn register_key(officer: &Member, version: &str) -> String {
    let key = SigningKey::generate().unwrap().public_key().to_pem();
    let draft = json!({ "key_id": "310", "key_version": version, "public_key_pem": key, "custody": "daemon" });
    let (status, key) = officer.post("signing-keys", &draft).await;
    assert_eq!(status, StatusCode::CREATED, "{key}");
    key["id"].as_str().unwrap().to_owned()
}

/// Registers a fresh signing key that follows none, hands it over and returns its id.
pub(crate) async fn provision_key(daemon: &Daemon, officer: &Member, version: &str) -> String {
    provision_successor(daemon, officer, version, None).await
}

/// Registers a fresh signing key that follows `predecessor`, hands it over and returns its id.
pub(crate) async fn provision_successor(
    daemon: &Daemon,
    officer: &Member,
    version: &str,
    predecessor: Option<&str>,
) -> String {
    let key = SigningKey::generate().unwrap();
    let draft = SigningKeyDraft {
        key_id: "310".to_owned(),
        key_version: version.to_owned(),
        public_key_pem: key.public_key().to_pem(),
        custody: Custody::Daemon,
        predecessor_id: predecessor.map(str::to_owned),
    };
    let id = officer.client.register_signing_key(&draft).await.unwrap().id;
    let recipient = daemon.pki.sealing_key().public_key();
    let fingerprint = key.public_key().fingerprint();
    let sealed = seal(recipient, &key, SealContext { signing_key_id: &id, fingerprint: &fingerprint }).unwrap();
    let upload = SealedKeyUpload {
        sealed_to: recipient.fingerprint(),
        encapsulated_key: STANDARD.encode(sealed.encapsulated_key),
        ciphertext: STANDARD.encode(sealed.ciphertext),
    };
    officer.client.provision_signing_key(&id, &upload).await.unwrap();
    id
}

/// The fields of a config that is right.
pub(crate) fn fields(daemon: &Daemon, prefix: &str, key: &str) -> Value {
    let yesterday = UtcTime::saturating(daemon.clock.now().unix_seconds() - 86_400);
    json!({
        "output_region": "MAG", "input_regions": [], "excluded_regions": ["US"], "travelers": "ignore",
        "storage_target": "local", "path_prefix": prefix, "period_minutes": 240, "valid_from": yesterday,
        "valid_through": null, "signing_key_ids": [key], "max_records_per_file": 10_000,
        "small_batch": { "policy": "hold", "minimum": 10 },
    })
}
