//! The whole main job without a window: over the daemon's own doors, with the real client.

use crate::home::{Home, Served, run};
use crate::secrets::{Forms, files_below};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tekport_api::UtcTime;
use tekport_api::batch::{Batch, BatchFilter, BatchState};
use tekport_api::client::{Address, Client, ClientError, enrol};
use tekport_api::enrolment::{DaemonIdentity, EnrolmentCode, IssuedCertificate};
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy, Travelers};
use tekport_api::page::PageQuery;
use tekport_api::signing_key::{
    AuthorityDetails, Custody, SealedKeyUpload, SigningKey as RegisteredKey, SigningKeyDraft,
};
use tekport_api::tek_lookup::{LookupOutcome, TekLookupRequest};
use tekport_keys::SigningKey;
use tekport_keys::sealing::{SealContext, SealingPublicKey, seal};

const HOUR: i64 = 3_600;
const KEYS: u8 = 20;
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody who joined, and whom a daemon knows again that was started anew on another port.
pub(crate) struct Joined {
    key: SigningKey,
    pub(crate) issued: IssuedCertificate,
}

impl Joined {
    pub(crate) async fn with(code: &EnrolmentCode) -> Self {
        let key = SigningKey::generate().unwrap();
        Self { issued: enrol(code, &key).await.unwrap(), key }
    }

    pub(crate) fn at(&self, address: &str) -> Client {
        let address = Address::parse(address).unwrap();
        Client::new(address, &self.issued.ca_pem, &self.issued.certificate_pem, &self.key).unwrap()
    }
}

pub(crate) async fn join(code: &str) -> (Client, DaemonIdentity) {
    let code = EnrolmentCode::parse(code).unwrap();
    let joined = Joined::with(&code).await;
    (joined.at(&code.address), joined.issued.daemon)
}

pub(crate) async fn hand_over(client: &Client, daemon: &DaemonIdentity, key: &SigningKey) -> String {
    let draft = SigningKeyDraft {
        key_id: "310".to_owned(),
        key_version: "v1".to_owned(),
        public_key_pem: key.public_key().to_pem(),
        custody: Custody::Daemon,
        predecessor_id: None,
    };
    let registered = client.register_signing_key(&draft).await.unwrap();
    let recipient = SealingPublicKey::from_base64(&daemon.sealing_public_key).unwrap();
    hand_over_to(client, &recipient, &registered, key).await.unwrap();
    registered.id
}

/// Seals a registered key to `recipient` and sends it.
pub(crate) async fn hand_over_to(
    client: &Client,
    recipient: &SealingPublicKey,
    registered: &RegisteredKey,
    key: &SigningKey,
) -> Result<RegisteredKey, ClientError> {
    let context = SealContext { signing_key_id: &registered.id, fingerprint: &registered.fingerprint };
    let sealed = seal(recipient, key, context).unwrap();
    client.provision_signing_key(&registered.id, &SealedKeyUpload::new(&sealed, recipient)).await
}

/// Keys of the day before yesterday, received ten hours ago.
pub(crate) fn import_keys(home: &Home, now: i64) {
    let start = (now / 86_400 - 2) * 144;
    let line = |byte: u8| {
        let key = STANDARD.encode([byte; 16]);
        json!({ "key": key, "rollingStartNumber": start, "rollingPeriod": 144, "transmissionRisk": 3, "reportType": 1 })
    };
    let lines: Vec<String> = (1..=KEYS).map(|byte| line(byte).to_string()).collect();
    let file = home.write("keys.ndjson", lines.join("\n"));
    let received_at = UtcTime::saturating(now - 10 * HOUR).to_string();
    home.run(&["import", &file, "--region", "MAG", "--received-at", &received_at]).succeeded();
}

pub(crate) fn config(now: i64, signing_key_id: String) -> ExportConfigDraft {
    ExportConfigDraft {
        output_region: "MAG".to_owned(),
        input_regions: Vec::new(),
        excluded_regions: Vec::new(),
        travelers: Travelers::Include,
        storage_target: "local".to_owned(),
        path_prefix: "mag".to_owned(),
        period_minutes: 240,
        valid_from: UtcTime::saturating(now / HOUR * HOUR - 24 * HOUR),
        valid_through: None,
        signing_key_ids: vec![signing_key_id],
        max_records_per_file: 750_000,
        small_batch: SmallBatchPolicy::Release,
    }
}

/// Waits until a batch has a file, and no batch is open any more.
pub(crate) async fn batches(client: &Client, config_id: &str) -> Vec<Batch> {
    let filter = BatchFilter { config_id: Some(config_id.to_owned()), ..BatchFilter::default() };
    let page = PageQuery { cursor: None, limit: Some(tekport_api::page::MAX_PAGE) };
    let until = Instant::now() + PATIENCE;
    loop {
        let batches = client.list_batches(&filter, &page).await.unwrap().items;
        let complete = batches.iter().all(|batch| batch.state == BatchState::Complete);
        if complete && batches.iter().any(|batch| !batch.files.is_empty()) {
            return batches;
        }
        assert!(Instant::now() < until, "{batches:#?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

pub(crate) fn enrolment_code(home: &Home) -> String {
    let roles = ["--role", "admin", "--role", "security-officer", "--role", "operator"];
    let json = home.run(&[&["enroll", "Ada", "--json"], &roles[..]].concat()).succeeded().json();
    json["code"].as_str().unwrap().to_owned()
}

pub(crate) async fn plain_get(address: std::net::SocketAddr, path: &str) -> (u16, Vec<u8>) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(format!("http://{address}{path}")).send().await.unwrap();
    (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
}

/// The key that is looked up.
fn found_key() -> String {
    STANDARD.encode([7; 16])
}

/// The configuration lets keys be looked up, and one of those that were imported is in the batch's file.
async fn a_key_is_found(client: &Client, batch: &Batch) {
    let request = TekLookupRequest { key: Some(found_key()), received_at: None, region: None };
    let answer = client.look_up_tek(&request).await.unwrap();
    let found = &answer.states[0].configs[0];
    assert_eq!((found.outcome, found.batch_id.as_ref()), (LookupOutcome::Published, Some(&batch.id)));
    assert_eq!(found.files[0].path, batch.files[0].path);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_init_to_a_file_that_verifies_and_the_private_key_nowhere() {
    // Some other test of this process may have been first.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let now = tekport_api::Clock::system().now().unix_seconds();
    let home = Home::new();
    // Everything is logged, so that what could leak does.
    home.edit_config("level = \"info\"", "level = \"trace\"");
    home.edit_config("enabled = false", "enabled = true");
    let served = home.serve();
    let (client, daemon) = join(&enrolment_code(&home)).await;
    let signing_key = SigningKey::generate().unwrap();
    let signing_key_id = hand_over(&client, &daemon, &signing_key).await;
    import_keys(&home, now);
    let config = client.create_export_config(&config(now, signing_key_id)).await.unwrap();
    client.run_export_config(&config.id).await.unwrap();
    let batches = batches(&client, &config.id).await;

    let with_files: Vec<&Batch> = batches.iter().filter(|batch| !batch.files.is_empty()).collect();
    assert_eq!(with_files.len(), 1, "all keys were received in one window: {batches:#?}");
    assert_eq!(with_files[0].files[0].keys, u32::from(KEYS));

    let pem = home.write("public.pem", signing_key.public_key().to_pem());
    downloads_verify(&served, &with_files[0].files[0].path, &pem).await;
    health_and_metrics_answer(&served).await;
    a_key_is_found(&client, with_files[0]).await;
    let doctor = home.run(&["doctor"]);
    assert_eq!(doctor.code, 0, "{}", doctor.stdout);

    let (code, output) = served.stop();
    assert_eq!(code, 0, "{output}");
    assert!(!home.state.join("run.json").exists());

    let forms = Forms::of(&signing_key);
    assert!(output.len() > 1_000, "the log is there to be searched: {output}");
    assert!(!forms.stand_in(output.as_bytes()), "the private key stands in the output");
    assert!(!output.contains(&found_key()), "the key that was looked up stands in the output");
    assert!(!forms.stand_in(format!("{}{}", doctor.stdout, doctor.stderr).as_bytes()));
    let files = files_below(&home.state);
    assert!(files.iter().any(|file| file.ends_with("tekport.db")), "{files:?}");
    for file in files {
        assert!(!forms.stand_in(&std::fs::read(&file).unwrap()), "the private key stands in {}", file.display());
    }
}

pub(crate) async fn downloads_verify(served: &Served, path: &str, pem: &str) {
    let index = format!("/exports/local/{}/index.txt", path.rsplit_once('/').unwrap().0);
    let (status, body) = plain_get(served.public, &index).await;
    assert_eq!((status, String::from_utf8(body).unwrap()), (200, format!("{path}\n")));
    for target in [index, format!("/exports/local/{path}")] {
        let url = format!("http://{}{target}", served.public);
        let verified = run(&["verify", &url, "--key", pem]);
        assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
    }
    assert_eq!(plain_get(served.public, "/admin/v1/status").await.0, 404);
}

async fn health_and_metrics_answer(served: &Served) {
    for path in ["/healthz", "/readyz"] {
        assert_eq!(plain_get(served.health, path).await.0, 200, "{path}");
    }
    let expected = [
        "tekport_ticks_total{result=\"ok\"}",
        "tekport_batches_total{result=\"complete\"}",
        "tekport_published_files_total 1",
        &format!("tekport_exported_keys_total {KEYS}"),
        "tekport_tick_age_seconds",
        "tekport_http_requests_total{listener=\"admin\",status=\"200\"}",
        "tekport_http_requests_total{listener=\"public\",status=\"200\"}",
    ];
    // A batch is complete a moment before the tick that completed it ends and is counted.
    let until = Instant::now() + PATIENCE;
    loop {
        let metrics = String::from_utf8(plain_get(served.health, "/metrics").await.1).unwrap();
        if expected.iter().all(|line| metrics.contains(line)) {
            return;
        }
        assert!(Instant::now() < until, "{metrics}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// For whom a key signs.
pub(crate) fn authority() -> AuthorityDetails {
    AuthorityDetails {
        name: "Magrathea Health".to_owned(),
        country: "US".to_owned(),
        mcc: "310".to_owned(),
        region: String::new(),
        android_package: "org.example.en".to_owned(),
        ios_bundle_id: "org.example.en".to_owned(),
    }
}

/// What `openssl` says of the proof of possession in a folder that was exported for `310-v1`.
pub(crate) fn possession(folder: &Path) -> String {
    let verify = ["dgst", "-sha256", "-verify", "310-v1.pem", "-signature", "challenge.sig", "challenge.txt"];
    let verified = Command::new("openssl").args(verify).current_dir(folder).output().unwrap();
    String::from_utf8_lossy(&verified.stdout).trim().to_owned()
}
