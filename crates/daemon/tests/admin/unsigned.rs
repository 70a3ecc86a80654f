//! Signatures of consoles, all over the API: what is fetched, what is taken and every way it is refused.

use crate::harness::{Daemon, Member, fields, provision_key};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::UtcTime;
use tekport_api::batch::{Batch, BatchFilter, BatchState, SignatureUpload};
use tekport_api::client::{ClientError, TekFormat};
use tekport_api::page::PageQuery;
use tekport_api::people::Role;
use tekport_api::signing_key::{Custody, SigningKeyDraft};
use tekport_api::status::{Attention, Severity};
use tekport_export_file::ExportBin;
use tekport_keys::SigningKey;

const HOUR: i64 = 3_600;

/// A daemon with a config that a key of its own and one of a console sign, an officer who has the latter, and a batch
/// that awaits it.
struct Scene {
    daemon: Daemon,
    olga: Member,
    config_id: String,
    own_key: String,
    console_key: String,
    private: SigningKey,
}

async fn console_key(officer: &Member, version: &str) -> (String, SigningKey) {
    let key = SigningKey::generate().unwrap();
    let draft = SigningKeyDraft {
        key_id: "310".to_owned(),
        key_version: version.to_owned(),
        public_key_pem: key.public_key().to_pem(),
        custody: Custody::Console,
        predecessor_id: None,
    };
    (officer.client.register_signing_key(&draft).await.unwrap().id, key)
}

async fn import(daemon: &Daemon, officer: &Member, keys: std::ops::Range<u8>) {
    let start = (daemon.clock.now().unix_seconds() / 86_400 - 3) * 144;
    let line = |i: u8| {
        json!({
            "key": STANDARD.encode([i; 16]), "rollingStartNumber": start, "rollingPeriod": 144, "transmissionRisk": 3,
            "reportType": "confirmed",
        })
    };
    let body = keys.map(|i| line(i).to_string()).collect::<Vec<_>>().join("\n").into_bytes();
    let report = officer.client.import_teks(TekFormat::Ndjson, body, &["MAG".to_owned()], false).await.unwrap();
    assert_eq!(report.refused, 0, "{report:?}");
}

impl Scene {
    async fn new() -> Self {
        let daemon = Daemon::start().await;
        let olga = daemon.join("Olga", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
        let own_key = provision_key(&daemon, &olga, "v1").await;
        let (console_key, private) = console_key(&olga, "v2").await;
        let mut fields = fields(&daemon, "mag", &own_key);
        fields["small_batch"] = json!({ "policy": "release" });
        fields["signing_key_ids"] = json!([own_key, console_key]);
        // From the next window on: the one that the keys fall into is the only one.
        let now = daemon.clock.now().unix_seconds();
        daemon.clock.advance(4 * HOUR - now.rem_euclid(4 * HOUR));
        fields["valid_from"] = json!(daemon.clock.now());
        let (status, config) = olga.post("export-configs", &fields).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        import(&daemon, &olga, 0..20).await;
        daemon.clock.advance(4 * HOUR + 600);
        daemon.exporter().tick().await.unwrap();
        let config_id = config["id"].as_str().unwrap().to_owned();
        Self { daemon, olga, config_id, own_key, console_key, private }
    }

    async fn batch(&self) -> Batch {
        let filter = BatchFilter {
            config_id: Some(self.config_id.clone()),
            state: Some("awaiting-signature".to_owned()),
            ..BatchFilter::default()
        };
        let list = self.olga.client.list_batches(&filter, &PageQuery::default()).await.unwrap().items;
        assert_eq!(list.len(), 1, "{list:#?}");
        self.olga.client.get_batch(&list[0].id).await.unwrap()
    }

    /// Fetches file 1 and signs it.
    async fn upload(&self, batch: &Batch) -> SignatureUpload {
        signed(&self.private, self.digest(batch).await)
    }

    async fn digest(&self, batch: &Batch) -> [u8; 32] {
        let bin = self.olga.client.unsigned_content(&batch.id, 1).await.unwrap();
        *ExportBin::open(&bin).unwrap().digest()
    }

    /// Sends a signature and returns the status and the answer.
    async fn put(&self, batch: &str, number: &str, key: &str, body: &Value) -> (StatusCode, Value) {
        let path = format!("batches/{batch}/unsigned/{number}/signatures/{key}");
        crate::harness::read(self.olga.request(Method::PUT, &path).json(body).send().await.unwrap()).await
    }

    async fn awaiting_attention(&self) -> Option<Attention> {
        let attention = self.olga.client.status().await.unwrap().attention;
        attention.into_iter().find(|attention| attention.kind == "batch-awaiting-signature")
    }
}

fn signed(key: &SigningKey, digest: [u8; 32]) -> SignatureUpload {
    SignatureUpload { digest: hex::encode(digest), signature: STANDARD.encode(key.sign_digest(&digest).unwrap()) }
}

#[tokio::test]
async fn a_console_reviews_signs_and_the_daemon_publishes() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    let awaiting = batch.awaiting.clone().unwrap();
    assert_eq!((batch.counts.as_ref().unwrap().new_keys, batch.files.len(), batch.error.clone()), (20, 0, None));
    assert_eq!(awaiting.since, scene.daemon.clock.now());
    let [file] = awaiting.files.as_slice() else { unreachable!("{awaiting:#?}") };
    assert_eq!((file.number, file.keys, file.revised_keys), (1, 20, 0));
    let signer = |id: &str| {
        let signer = awaiting.signers.iter().find(|signer| signer.signing_key_id == id).unwrap();
        (signer.custody, signer.signed.clone())
    };
    assert_eq!(awaiting.signers.len(), 2);
    assert_eq!(signer(&scene.console_key), (Custody::Console, vec![]));
    assert_eq!(signer(&scene.own_key), (Custody::Daemon, vec![1]));
    let [attempt] = batch.history.as_slice() else { unreachable!("{:#?}", batch.history) };
    assert_eq!((attempt.attempt, attempt.error.clone()), (1, None));

    let answer =
        scene.olga.request(Method::GET, &format!("batches/{}/unsigned/1/content", batch.id)).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/octet-stream");
    let bin = answer.bytes().await.unwrap();
    assert_eq!((bin.len(), tekportd::pki::fingerprint(&bin)), (file.size_bytes as usize, file.digest.clone()));
    assert_eq!(scene.awaiting_attention().await.unwrap().severity, Severity::Warn);

    let upload = scene.upload(&batch).await;
    let after = scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap();
    assert!(after.awaiting.unwrap().signers.iter().all(|signer| signer.signed == [1]));
    assert!(scene.awaiting_attention().await.is_none(), "everybody has signed");
    tokio::time::timeout(std::time::Duration::from_secs(10), scene.daemon.nudge.notified()).await.unwrap();
    scene.daemon.exporter().tick().await.unwrap();
    let complete = scene.olga.client.get_batch(&batch.id).await.unwrap();
    assert_eq!((complete.state, complete.awaiting, complete.history.len()), (BatchState::Complete, None, 2));
    assert_eq!(complete.files[0].signed_by.len(), 2);

    let repeated = scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap();
    assert_eq!(repeated.state, BatchState::Complete, "the same signature again is no error");
    let (_, audit) = scene.olga.get("audit").await;
    let signings: Vec<_> =
        audit["items"].as_array().unwrap().iter().filter(|entry| entry["action"] == "batch.sign").collect();
    assert_eq!(signings.len(), 1, "it is written down once: {audit}");
    assert_eq!(signings[0]["resource_id"], json!(batch.id));
    assert_eq!(signings[0]["after"]["digest"], json!(file.digest));
    assert_eq!(signings[0]["after"]["key_version"], json!("v2"));
    let list = scene.olga.client.list_batches(&BatchFilter::default(), &PageQuery::default()).await.unwrap();
    assert!(list.items.iter().all(|batch| batch.history.is_empty()), "lists carry no history");
}

#[tokio::test]
async fn a_signature_that_is_repeated_gets_the_same_answer() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    let upload = scene.upload(&batch).await;
    let first = scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap();
    let again = scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap();
    assert_eq!(first, again);
}

#[tokio::test]
async fn each_signature_that_is_not_one_is_refused_with_the_reason() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    let digest = scene.digest(&batch).await;
    let good = serde_json::to_value(scene.upload(&batch).await).unwrap();
    let with = |field: &str, value: &str| {
        let mut body = good.clone();
        body[field] = json!(value);
        body
    };
    let raw = scene.private.sign_digest(&digest).unwrap();
    let stranger = SigningKey::generate().unwrap();
    let bodies = [
        (with("digest", "abc"), 422, Some("digest"), "\"abc\" is no SHA-256 digest"),
        (with("digest", &hex::encode_upper(digest)), 422, Some("digest"), "is no SHA-256 digest"),
        (with("digest", &hex::encode([7; 32])), 409, None, "it was made anew. Fetch and review it again"),
        (with("signature", "###"), 422, Some("signature"), "it is not base64"),
        (with("signature", &STANDARD.encode([0x11; 64])), 422, Some("signature"), "raw r||s"),
        (with("signature", &STANDARD.encode([&raw[..], &[0]].concat())), 422, Some("signature"), "bytes after the two"),
        (
            serde_json::to_value(signed(&stranger, digest)).unwrap(),
            422,
            Some("signature"),
            "doesn't verify with the registered public key of 310 v2",
        ),
        (
            with("signature", &STANDARD.encode(scene.private.sign_digest(&[7; 32]).unwrap())),
            422,
            Some("signature"),
            "another key or another file was signed",
        ),
    ];
    for (body, status, field, text) in bodies {
        let (answered, problem) = scene.put(&batch.id, "1", &scene.console_key, &body).await;
        assert_eq!(answered.as_u16(), status, "{body}: {problem}");
        assert_eq!(problem["errors"][0]["field"].as_str(), field, "{problem}");
        let reason = problem["errors"][0]["reason"].as_str().or(problem["detail"].as_str()).unwrap();
        assert!(reason.contains(text), "{problem}");
    }
    let (status, _) = scene.put(&batch.id, "1", &scene.console_key, &json!({ "digest": "x" })).await;
    assert!(status.is_client_error());
    assert_eq!(scene.batch().await.awaiting, batch.awaiting, "nothing was taken");
}

#[tokio::test]
async fn a_file_or_a_key_that_does_not_await_it_is_refused_before_the_signature_is_looked_at() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    let (outsider, _) = console_key(&scene.olga, "v9").await;
    let nobody = "0193f7a0-0000-7000-8000-000000000001";
    // Nothing in it is right: what is refused first is what is named.
    let wrong = json!({ "digest": "", "signature": "" });
    for (id, number, key, status, text) in [
        (nobody, "1", scene.console_key.as_str(), 404, "there is no batch"),
        (batch.id.as_str(), "2", scene.console_key.as_str(), 404, "the batch has no unsigned file 2; it has file 1"),
        (batch.id.as_str(), "one", scene.console_key.as_str(), 404, "is not the number of a file"),
        (batch.id.as_str(), "1", nobody, 409, "isn't among those that have to sign this file"),
        (batch.id.as_str(), "1", outsider.as_str(), 409, "isn't among those that have to sign this file"),
        (batch.id.as_str(), "1", scene.own_key.as_str(), 409, "adds the signature of 310 v1 by itself"),
        (batch.id.as_str(), "1", "no-id", 404, "is not an id"),
    ] {
        let (answered, problem) = scene.put(id, number, key, &wrong).await;
        assert_eq!(answered.as_u16(), status, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(text), "{problem}");
    }
    for (id, number, status) in [(nobody, "1", 404), (batch.id.as_str(), "2", 404)] {
        let (answered, problem) = scene.olga.get(&format!("batches/{id}/unsigned/{number}/content")).await;
        assert_eq!(answered.as_u16(), status, "{problem}");
    }
}

#[tokio::test]
async fn a_revoked_keys_signature_is_refused_and_the_file_is_made_anew() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    let upload = scene.upload(&batch).await;
    scene.olga.client.revoke_signing_key(&scene.console_key, "lost").await.unwrap();
    let refused = scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap_err();
    assert!(refused.to_string().contains("310 v2 is revoked; the file is made anew without it"), "{refused}");
    scene.daemon.exporter().tick().await.unwrap();
    let complete = scene.olga.client.get_batch(&batch.id).await.unwrap();
    assert_eq!((complete.state, complete.files[0].signed_by.len()), (BatchState::Complete, 1));
    let refused = scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap_err();
    let ClientError::Problem(problem) = refused else { unreachable!("{refused}") };
    assert_eq!(problem.status, 409);
    assert!(
        problem.detail.contains("the batch is complete; only a batch that awaits signatures"),
        "{}",
        problem.detail
    );
    let (status, _) = scene.olga.get(&format!("batches/{}/unsigned/1/content", batch.id)).await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_signature_over_the_file_before_it_was_made_anew_is_refused() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    let upload = scene.upload(&batch).await;
    let (second, private) = console_key(&scene.olga, "v3").await;
    let config = scene.olga.client.get_export_config(&scene.config_id).await.unwrap();
    let mut fields = config.fields;
    fields.signing_key_ids.push(second.clone());
    scene.olga.client.update_export_config(&scene.config_id, config.revision, &fields).await.unwrap();
    scene.daemon.exporter().tick().await.unwrap();
    let anew = scene.batch().await;
    let refused = scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap_err();
    assert!(refused.to_string().contains("made anew. Fetch and review it again"), "{refused}");

    let digest = scene.digest(&anew).await;
    for (key, private) in [(&scene.console_key, &scene.private), (&second, &private)] {
        scene.olga.client.add_signature(&anew.id, 1, key, &signed(private, digest)).await.unwrap();
    }
    scene.daemon.exporter().tick().await.unwrap();
    let complete = scene.olga.client.get_batch(&batch.id).await.unwrap();
    assert_eq!((complete.state, complete.files[0].signed_by.len()), (BatchState::Complete, 3));
}

#[tokio::test]
async fn a_window_that_waits_long_is_an_alarm_and_the_next_one_is_the_one_that_waits() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    scene.daemon.clock.advance(HOUR);
    let late = scene.awaiting_attention().await.unwrap();
    assert_eq!((late.severity, late.resource_id), (Severity::Bad, Some(batch.id.clone())));
    assert!(late.detail.contains("lack the signature of 310 v2") && late.detail.contains("late"), "{}", late.detail);
    let status = scene.olga.client.status().await.unwrap();
    let kinds: Vec<_> = status.attention.iter().map(|attention| attention.kind.as_str()).collect();
    assert!(!kinds.contains(&"batch-late"), "it is said once: {kinds:?}");
    assert_eq!(status.configs[0].next_window_end, Some(batch.window_end));
    assert_eq!((status.configs[0].last_window_end, status.configs[0].files_last_24_hours), (None::<UtcTime>, 0));
    assert_eq!(status.days.iter().map(|day| day.new_keys).sum::<u32>(), 0, "published keys are counted, not made ones");
}

/// A window made anew holds nothing up: phones have its old files, and get later windows.
#[tokio::test]
async fn a_regeneration_that_waits_or_fails_is_no_alarm_that_phones_get_nothing() {
    let scene = Scene::new().await;
    let batch = scene.batch().await;
    let upload = scene.upload(&batch).await;
    scene.olga.client.add_signature(&batch.id, 1, &scene.console_key, &upload).await.unwrap();
    scene.daemon.exporter().tick().await.unwrap();
    // Its window was due half a day ago.
    scene.daemon.clock.advance(12 * HOUR);
    scene.olga.client.regenerate_batch(&batch.id).await.unwrap();
    scene.daemon.exporter().tick().await.unwrap();
    let about = async || {
        let attention = scene.olga.client.status().await.unwrap().attention;
        let about = |one: &Attention| one.kind.starts_with("batch-") || one.kind.starts_with("regeneration-");
        attention.into_iter().filter(about).collect::<Vec<_>>()
    };
    let [waits] = about().await.try_into().unwrap();
    let anew = scene.batch().await;
    assert_eq!((waits.kind.as_str(), waits.severity), ("regeneration-awaiting-signature", Severity::Warn));
    assert_eq!((waits.facts.others.as_slice(), &waits.resource_id), (["310 v2".to_owned()].as_slice(), &Some(anew.id)));
    assert!(waits.detail.contains("the old files stay offered") && !waits.detail.contains("phones get neither"));

    for key in [&scene.console_key, &scene.own_key] {
        scene.olga.client.revoke_signing_key(key, "lost").await.unwrap();
    }
    scene.daemon.exporter().tick().await.unwrap();
    let [failed] = about().await.try_into().unwrap();
    assert_eq!((failed.kind.as_str(), failed.severity), ("regeneration-failed", Severity::Warn), "{}", failed.detail);
    assert!(failed.facts.reason.is_some() && failed.detail.contains("later windows go out as usual"));
}
