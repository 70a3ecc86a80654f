//! Everything that can need a person: each kind is raised when it should be, and goes when its cause is gone.

use crate::harness::{Daemon, Member, fields, provision_key, provision_successor, register_key};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use tekport_api::UtcTime;
use tekport_api::batch::BatchFilter;
use tekport_api::client::TekFormat;
use tekport_api::page::PageQuery;
use tekport_api::people::Role;
use tekport_api::signing_key::SigningKeyDraft;
use tekport_api::signing_key::{ConfigRevision, Custody, EndRequest, Recipient, RotationStep, ShareState, ShareUpdate};
use tekport_api::status::{Attention, AttentionKind as Kind, Severity};
use tekport_keys::SigningKey;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A daemon, somebody with every role, and a config of four-hour windows that one key signs.
struct Scene {
    daemon: Daemon,
    ada: Member,
    key: String,
    config: String,
    imported: AtomicU8,
}

impl Scene {
    async fn new() -> Self {
        let daemon = Daemon::start().await;
        let ada = daemon.join("Ada", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
        let key = provision_key(&daemon, &ada, "v1").await;
        let config = config(&daemon, &ada, "mag", json!([key])).await;
        daemon.exporter().tick().await.unwrap();
        Self { daemon, ada, key, config, imported: AtomicU8::new(0) }
    }

    async fn about(&self, kind: Kind) -> Vec<Attention> {
        about(&self.ada, kind).await
    }

    /// What there is of a kind: one thing, about the resource where one is named.
    async fn raised(&self, kind: Kind, resource: Option<&str>) -> Attention {
        let mut found = self.about(kind).await;
        assert_eq!(found.len(), 1, "{kind:?}: {found:#?}");
        let found = found.remove(0);
        if let Some(resource) = resource {
            assert_eq!(found.resource_id.as_deref(), Some(resource), "{kind:?}");
        }
        found
    }

    async fn quiet(&self, kind: Kind, why: &str) {
        assert_eq!(self.about(kind).await, [], "{why}");
    }

    async fn tick(&self) {
        self.daemon.exporter().tick().await.unwrap();
    }

    async fn after(&self, seconds: i64) {
        self.daemon.clock.advance(seconds);
        self.tick().await;
    }

    /// Has a key come in that is no longer valid.
    async fn import(&self) {
        let start = (self.daemon.clock.now().unix_seconds() / DAY - 3) * 144;
        let number = self.imported.fetch_add(1, Ordering::Relaxed);
        let line = json!({
            "key": STANDARD.encode([number; 16]), "rollingStartNumber": start, "rollingPeriod": 144,
            "transmissionRisk": 3, "reportType": "confirmed",
        });
        let body = line.to_string().into_bytes();
        let regions = ["MAG".to_owned()];
        let report = self.ada.client.import_teks(TekFormat::Ndjson, body, &regions, false).await.unwrap();
        assert_eq!(report.accepted, 1, "{report:?}");
    }

    /// The id of a batch whose file is published.
    async fn published(&self) -> String {
        self.import().await;
        self.after(5 * HOUR).await;
        let list = self.ada.client.list_batches(&BatchFilter::default(), &PageQuery::default()).await.unwrap().items;
        list.into_iter().find(|batch| !batch.files.is_empty()).unwrap().id
    }

    fn out(&self) -> PathBuf {
        self.daemon.state.path().join("out")
    }

    /// Puts a file in the place of the target's folder: nothing can be written or read there.
    fn block_storage(&self) {
        std::fs::rename(self.out(), self.out().with_extension("away")).unwrap();
        std::fs::write(self.out(), "in the way").unwrap();
    }

    fn free_storage(&self) {
        std::fs::remove_file(self.out()).unwrap();
        std::fs::rename(self.out().with_extension("away"), self.out()).unwrap();
    }

    async fn attach(&self, key: &str, config: &str) {
        let revision = self.ada.client.get_export_config(config).await.unwrap().revision;
        self.ada.client.attach_signing_key(key, &[ConfigRevision { id: config.to_owned(), revision }]).await.unwrap();
    }

    /// A key that follows the scene's, signs beside it and is confirmed.
    async fn successor(&self, version: &str) -> String {
        let id = provision_successor(&self.daemon, &self.ada, version, Some(&self.key)).await;
        self.attach(&id, &self.config).await;
        for recipient in Recipient::ALL {
            self.share(&id, recipient, ShareState::Sent).await;
            self.share(&id, recipient, ShareState::Confirmed).await;
        }
        id
    }

    async fn share(&self, key: &str, recipient: Recipient, state: ShareState) {
        let update = ShareUpdate { state, at: None, note: String::new() };
        self.ada.client.record_share(key, recipient, &update).await.unwrap();
    }

    async fn end(&self, ends_at: Option<UtcTime>) {
        self.ada.client.set_key_end(&self.key, &EndRequest { ends_at, note: String::new() }).await.unwrap();
    }

    fn later(&self, seconds: i64) -> UtcTime {
        UtcTime::saturating(self.daemon.clock.now().unix_seconds() + seconds)
    }
}

async fn about(member: &Member, kind: Kind) -> Vec<Attention> {
    let attention = member.client.status().await.unwrap().attention;
    attention.into_iter().filter(|one| one.kind == kind.as_str()).collect()
}

/// Makes a config whose small batches are released; returns its id.
async fn config(daemon: &Daemon, admin: &Member, prefix: &str, keys: Value) -> String {
    let mut fields = fields(daemon, prefix, "");
    (fields["signing_key_ids"], fields["small_batch"]) = (keys, json!({ "policy": "release" }));
    let (status, config) = admin.post("export-configs", &fields).await;
    assert_eq!(status, StatusCode::CREATED, "{config}");
    config["id"].as_str().unwrap().to_owned()
}

/// Whoever adds a kind adds its test here: without one this doesn't compile.
async fn is_raised_and_goes(kind: Kind) {
    let scene = Scene::new().await;
    let Scene { daemon, ada, key, config: id, .. } = &scene;
    if !matches!(kind, Kind::KeyNotBackedUp) {
        scene.quiet(kind, "at first nothing is the matter").await;
    }
    match kind {
        Kind::BatchFailed => {
            scene.import().await;
            scene.tick().await;
            let _ = std::fs::create_dir(scene.out());
            scene.block_storage();
            scene.after(5 * HOUR).await;
            assert!(scene.raised(kind, None).await.facts.reason.unwrap().contains("storage.local"));
            scene.free_storage();
            scene.after(120).await;
        }
        Kind::BatchLate => {
            let now = daemon.clock.now().unix_seconds();
            scene.after(4 * HOUR - now.rem_euclid(4 * HOUR)).await;
            scene.import().await;
            let _ = std::fs::create_dir(scene.out());
            scene.block_storage();
            scene.after(4 * HOUR + 600).await;
            scene.after(4 * HOUR).await;
            scene.quiet(kind, "the first has failed, the second was due a short time ago").await;
            daemon.clock.advance(HOUR);
            let late = scene.raised(kind, None).await;
            assert!(late.facts.at.unwrap() < daemon.clock.now());
            scene.free_storage();
            scene.tick().await;
        }
        Kind::BatchAwaitingSignature => {
            let console_key = SigningKeyDraft {
                key_id: "310".to_owned(),
                key_version: "v2".to_owned(),
                public_key_pem: SigningKey::generate().unwrap().public_key().to_pem(),
                custody: Custody::Console,
                predecessor_id: None,
            };
            let console_key = ada.client.register_signing_key(&console_key).await.unwrap().id;
            config(daemon, ada, "two", json!([key, console_key])).await;
            scene.import().await;
            scene.after(5 * HOUR).await;
            assert_eq!(scene.raised(kind, None).await.facts.others, ["310 v2"]);
            ada.client.revoke_signing_key(&console_key, "lost").await.unwrap();
            scene.tick().await;
        }
        Kind::RegenerationFailed => {
            let batch = scene.published().await;
            scene.block_storage();
            ada.client.regenerate_batch(&batch).await.unwrap();
            scene.tick().await;
            assert_eq!(scene.raised(kind, None).await.severity, Severity::Warn, "phones have the old file");
            scene.quiet(Kind::BatchFailed, "it is said once").await;
            scene.free_storage();
            scene.after(120).await;
        }
        Kind::RegenerationLate => {
            let batch = scene.published().await;
            ada.client.regenerate_batch(&batch).await.unwrap();
            scene.quiet(kind, "it was asked for just now").await;
            let asked_at = daemon.clock.now();
            daemon.clock.advance(HOUR);
            assert_eq!(scene.raised(kind, None).await.facts.at, Some(asked_at));
            scene.tick().await;
        }
        Kind::RegenerationAwaitingSignature => {
            let batch = scene.published().await;
            let console_key = SigningKeyDraft {
                key_id: "310".to_owned(),
                key_version: "v2".to_owned(),
                public_key_pem: SigningKey::generate().unwrap().public_key().to_pem(),
                custody: Custody::Console,
                predecessor_id: Some(key.clone()),
            };
            let console_key = ada.client.register_signing_key(&console_key).await.unwrap().id;
            scene.attach(&console_key, id).await;
            ada.client.regenerate_batch(&batch).await.unwrap();
            scene.after(HOUR).await;
            let waits = scene.raised(kind, None).await;
            assert_eq!((waits.severity, waits.facts.others), (Severity::Warn, vec!["310 v2".to_owned()]));
            ada.client.revoke_signing_key(&console_key, "lost").await.unwrap();
            scene.tick().await;
        }
        Kind::WindowNotBegun => {
            daemon.clock.advance(9 * HOUR);
            scene.raised(kind, Some(id)).await;
            scene.tick().await;
        }
        Kind::NoKeysComing => {
            for _ in 0..7 {
                scene.import().await;
                daemon.clock.advance(DAY);
            }
            daemon.clock.advance(2 * DAY);
            scene.quiet(kind, "two whole days and a part of one").await;
            daemon.clock.advance(DAY);
            let silent = scene.raised(kind, Some(id)).await;
            let today = daemon.clock.now().unix_seconds().div_euclid(DAY);
            assert_eq!(silent.facts.at, Some(UtcTime::saturating((today - 3) * DAY)), "00:00 of the first day without");
            assert_eq!(silent.severity, Severity::Warn);
            ada.client.pause_export_config(id).await.unwrap();
            scene.quiet(kind, "a paused config wants none").await;
            ada.client.resume_export_config(id).await.unwrap();
            scene.import().await;
        }
        Kind::NoLiveSigningKey => {
            let unprovisioned = register_key(ada, "v2").await;
            let silent = config(daemon, ada, "two", json!([unprovisioned])).await;
            scene.raised(kind, Some(&silent)).await;
            scene.attach(key, &silent).await;
        }
        Kind::ConfigPaused => {
            ada.client.pause_export_config(id).await.unwrap();
            scene.raised(kind, Some(id)).await;
            ada.client.resume_export_config(id).await.unwrap();
        }
        Kind::KeyRotationDue => {
            ada.client.plan_rotation(key, 31).await.unwrap();
            scene.quiet(kind, "31 days are time enough").await;
            daemon.clock.advance(2 * DAY);
            assert_eq!(scene.raised(kind, Some(key)).await.severity, Severity::Warn);
            daemon.clock.advance(30 * DAY);
            assert_eq!(scene.raised(kind, Some(key)).await.severity, Severity::Bad, "overdue");
            ada.client.plan_rotation(key, 365).await.unwrap();
        }
        Kind::KeyRotationStalled => {
            scene.successor("v2").await;
            daemon.clock.advance(7 * DAY);
            scene.quiet(kind, "a week is time enough for a step").await;
            daemon.clock.advance(DAY);
            assert_eq!(scene.raised(kind, Some(key)).await.facts.step, Some(RotationStep::EndOldKey));
            scene.end(Some(scene.later(DAY))).await;
        }
        Kind::KeyEnding => {
            scene.successor("v2").await;
            scene.end(Some(scene.later(20 * DAY))).await;
            scene.quiet(kind, "twenty days are time enough").await;
            daemon.clock.advance(7 * DAY);
            scene.raised(kind, Some(key)).await;
            scene.end(None).await;
        }
        Kind::KeyEndHeld => {
            let v2 = scene.successor("v2").await;
            scene.end(Some(scene.later(DAY))).await;
            ada.client.revoke_signing_key(&v2, "lost").await.unwrap();
            scene.after(DAY).await;
            scene.raised(kind, Some(key)).await;
            scene.successor("v3").await;
            scene.tick().await;
        }
        Kind::KeyUnconfirmed => {
            scene.share(key, Recipient::Apple, ShareState::Sent).await;
            daemon.clock.advance(10 * DAY);
            scene.quiet(kind, "they may take ten days").await;
            daemon.clock.advance(2 * DAY);
            assert_eq!(scene.raised(kind, Some(key)).await.facts.others, ["Apple"]);
            scene.share(key, Recipient::Apple, ShareState::Confirmed).await;
        }
        Kind::KeyNotBackedUp => {
            scene.raised(kind, Some(key)).await;
            ada.client.note_backup(key, "").await.unwrap();
        }
        Kind::TokenUnavailable => {
            // A live key of a token that the configuration no longer names.
            let custody = async |custody: &str| {
                let mut transaction = daemon.store.begin().await.unwrap();
                let update = sqlx::query("UPDATE signing_keys SET custody = $1 WHERE id = $2");
                update.bind(custody).bind(key).execute(&mut *transaction).await.unwrap();
                transaction.commit().await.unwrap();
            };
            custody("hsm").await;
            assert_eq!(scene.raised(kind, None).await.facts.others, ["310 v1"]);
            custody("daemon").await;
        }
        Kind::StorageFailing => {
            scene.import().await;
            scene.after(5 * HOUR).await;
            scene.block_storage();
            scene.tick().await;
            scene.quiet(Kind::BatchFailed, "no batch is due: only the index can't be kept").await;
            let failing = scene.raised(kind, Some("local")).await;
            assert_eq!((failing.severity, failing.facts.name.as_deref()), (Severity::Bad, Some("local")));
            assert_eq!(failing.facts.at, Some(daemon.clock.now()));
            assert!(failing.facts.reason.unwrap().contains("index.txt"));
            let since = daemon.clock.now();
            scene.after(60).await;
            assert_eq!(scene.raised(kind, None).await.facts.at, Some(since), "it still fails");
            let (_, targets) = ada.get("storage-targets").await;
            assert_eq!(targets["items"][0]["problem"]["publishing"], json!(true), "{targets}");
            scene.free_storage();
            scene.tick().await;
        }
        Kind::StorageTestFailed => {
            scene.import().await;
            let _ = std::fs::create_dir(scene.out());
            scene.block_storage();
            assert!(!ada.client.test_storage_target("local").await.unwrap().passed);
            assert_eq!(scene.raised(kind, Some("local")).await.severity, Severity::Bad);
            scene.free_storage();
            scene.raised(kind, None).await;
            // Nobody tests it again: that a file was published says enough.
            scene.after(5 * HOUR).await;
            let (_, targets) = ada.get("storage-targets").await;
            assert_eq!(targets["items"][0]["recovered_at"], json!(daemon.clock.now()), "{targets}");
        }
        Kind::CaCertificateEnding => {
            let now = daemon.clock.now();
            let end = daemon.pki.ca_not_after().unix_seconds();
            for (days, severity) in [(100, Severity::Warn), (20, Severity::Bad)] {
                daemon.clock.set(UtcTime::saturating(end - days * DAY));
                let late = daemon.join("Late", &[Role::Viewer]).await;
                let ending = about(&late, kind).await;
                assert_eq!((ending.len(), ending[0].severity), (1, severity));
                assert_eq!(ending[0].facts.at, Some(daemon.pki.ca_not_after()));
            }
            daemon.clock.set(now);
        }
        Kind::ServerCertificateEnding => {
            let now = daemon.clock.now();
            daemon.clock.advance(170 * DAY);
            let late = daemon.join("Late", &[Role::Viewer]).await;
            let ending = about(&late, kind).await;
            assert_eq!((ending.len(), ending[0].facts.at), (1, Some(daemon.pki.server_not_after())));
            daemon.clock.set(now);
        }
        Kind::ClientCertificateEnding => {
            daemon.clock.advance(80 * DAY);
            assert_eq!(scene.raised(kind, Some(&ada.id)).await.facts.name.as_deref(), Some("Ada"));
            ada.client.renew_certificate(&SigningKey::generate().unwrap()).await.unwrap();
        }
    }
    scene.quiet(kind, "its cause is gone").await;
}

#[tokio::test]
async fn every_kind_is_raised_and_goes() {
    for kind in Kind::ALL {
        is_raised_and_goes(*kind).await;
    }
}

#[tokio::test]
async fn a_region_that_never_saw_keys_on_most_days_raises_nothing() {
    let scene = Scene::new().await;
    for _ in 0..6 {
        scene.import().await;
        scene.daemon.clock.advance(2 * DAY);
    }
    scene.import().await;
    scene.daemon.clock.advance(9 * DAY);
    assert_eq!(scene.about(Kind::NoKeysComing).await.len(), 1, "seven days of thirteen");

    let scene = Scene::new().await;
    for _ in 0..6 {
        scene.import().await;
        scene.import().await;
        scene.daemon.clock.advance(DAY);
    }
    scene.daemon.clock.advance(9 * DAY);
    scene.quiet(Kind::NoKeysComing, "six days of fourteen").await;
}

#[tokio::test]
async fn silence_is_known_after_the_keys_themselves_are_gone() {
    let scene = Scene::new().await;
    for _ in 0..8 {
        scene.import().await;
        scene.daemon.clock.advance(DAY);
    }
    // Every key is past its retention by then.
    scene.after(60 * DAY).await;
    let found = scene.about(Kind::NoKeysComing).await;
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[tokio::test]
async fn files_that_cannot_be_deleted_are_told_as_less_than_a_failure() {
    let scene = Scene::new().await;
    scene.import().await;
    scene.after(5 * HOUR).await;
    let files: Vec<_> =
        std::fs::read_dir(scene.out().join("mag")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let zip = files.iter().find(|path| path.extension().is_some_and(|ending| ending == "zip")).unwrap();
    // A folder that isn't empty in the place of the file: the index can be kept, and the file can't be deleted.
    std::fs::remove_file(zip).unwrap();
    std::fs::create_dir_all(zip.join("kept")).unwrap();
    scene.after(14 * DAY).await;
    scene.after(2 * DAY).await;
    let keeps = scene.raised(Kind::StorageFailing, Some("local")).await;
    assert_eq!(keeps.severity, Severity::Warn, "{keeps:#?}");
    assert!(keeps.title.contains("deletes nothing"), "{}", keeps.title);
    std::fs::remove_dir_all(zip).unwrap();
    scene.after(60).await;
    scene.quiet(Kind::StorageFailing, "what is gone needs no deletion").await;
}

#[tokio::test]
async fn the_status_tells_the_daemons_own_time() {
    let scene = Scene::new().await;
    scene.daemon.clock.advance(720);
    let status = scene.ada.client.status().await.unwrap();
    assert_eq!(status.now, scene.daemon.clock.now(), "a console compares it with its own and tells a skew");
}
