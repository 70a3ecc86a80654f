//! The whole life of a signing key over the API: every transition, and every refusal with its words.

mod attaching;
mod emergency;
mod ends;
mod rotation;

use crate::harness::{Daemon, Member, RETENTION_DAYS, fields, provision_key, provision_successor, read, register_key};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::UtcTime;
use tekport_api::batch::{Batch, BatchFilter};
use tekport_api::client::TekFormat;
use tekport_api::page::PageQuery;
use tekport_api::people::Role;
use tekport_api::signing_key::{EndRequest, Recipient, RotationStep, ShareState, ShareUpdate};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A daemon, somebody with every role, and a config of four-hour windows that `v1` signs.
struct Scene {
    daemon: Daemon,
    ada: Member,
    v1: String,
    config: String,
}

impl Scene {
    async fn new() -> Self {
        let daemon = Daemon::start().await;
        let ada = daemon.join("Ada", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
        let v1 = provision_key(&daemon, &ada, "v1").await;
        let (status, config) = ada.post("export-configs", &released(&daemon, "mag", &v1)).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        Self { daemon, ada, v1, config: config["id"].as_str().unwrap().to_owned() }
    }

    async fn put(&self, path: &str, body: Value) -> (StatusCode, Value) {
        read(self.ada.request(Method::PUT, path).json(&body).send().await.unwrap()).await
    }

    async fn state(&self, id: &str) -> Value {
        self.ada.get(&format!("signing-keys/{id}")).await.1["state"].clone()
    }

    /// A successor of `v1`, with the daemon.
    async fn successor(&self, version: &str) -> String {
        // What begins to sign in the same second is in no order that a test could tell.
        self.daemon.clock.advance(1);
        provision_successor(&self.daemon, &self.ada, version, Some(&self.v1)).await
    }

    /// A scene whose `v1` is followed by a `v2` that signs beside it and that both have confirmed.
    async fn rotating() -> Self {
        let scene = Self::new().await;
        let v2 = scene.successor("v2").await;
        scene.confirm_attached(&v2).await;
        scene
    }

    /// The id of the key that follows `id`.
    async fn successor_of(&self, id: &str) -> String {
        self.ada.client.rotation(id).await.unwrap().successor.unwrap().id
    }

    async fn confirm_attached(&self, id: &str) {
        assert_eq!(self.attach(id).await.0, StatusCode::OK);
        self.confirm(id).await;
    }

    /// What a console sends of a fresh key that follows `predecessor`.
    fn draft(&self, version: &str, predecessor: &str) -> Value {
        json!({
            "key_id": "310", "key_version": version, "custody": "daemon", "predecessor_id": predecessor,
            "public_key_pem": tekport_keys::SigningKey::generate().unwrap().public_key().to_pem(),
        })
    }

    async fn register(&self, version: &str, predecessor: &str) -> (StatusCode, Value) {
        self.ada.post("signing-keys", &self.draft(version, predecessor)).await
    }

    async fn attach(&self, id: &str) -> (StatusCode, Value) {
        self.attach_in(id, &self.config).await
    }

    async fn attach_in(&self, id: &str, config: &str) -> (StatusCode, Value) {
        let revision = self.ada.client.get_export_config(config).await.unwrap().revision;
        let body = json!({ "configs": [{ "id": config, "revision": revision }] });
        self.ada.post(&format!("signing-keys/{id}/attach"), &body).await
    }

    /// Gives the config other keys.
    async fn edit(&self, keys: Value) -> (StatusCode, Value) {
        let config = self.ada.client.get_export_config(&self.config).await.unwrap();
        let mut fields = serde_json::to_value(&config.fields).unwrap();
        fields["signing_key_ids"] = keys;
        let request = self.ada.request(Method::PUT, &format!("export-configs/{}", self.config));
        read(request.header("if-match", format!("\"{}\"", config.revision)).json(&fields).send().await.unwrap()).await
    }

    /// Another config that `v1` signed, which has published and ended; its id.
    async fn ended(&self) -> String {
        let mut fields = released(&self.daemon, "ended", &self.v1);
        fields["valid_through"] = json!(self.later(8 * HOUR));
        let (status, config) = self.ada.post("export-configs", &fields).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        self.publish(1).await;
        self.daemon.clock.advance(8 * HOUR);
        self.tick().await;
        let id = config["id"].as_str().unwrap();
        assert_eq!(self.ada.get(&format!("export-configs/{id}")).await.1["state"], "ended");
        id.to_owned()
    }

    async fn share(&self, id: &str, recipient: Recipient, state: ShareState) {
        let update = ShareUpdate { state, at: None, note: String::new() };
        self.ada.client.record_share(id, recipient, &update).await.unwrap();
    }

    async fn confirm(&self, id: &str) {
        for recipient in Recipient::ALL {
            self.share(id, recipient, ShareState::Sent).await;
            self.share(id, recipient, ShareState::Confirmed).await;
        }
    }

    async fn end(&self, id: &str, ends_at: Option<UtcTime>) -> (StatusCode, Value) {
        self.put(&format!("signing-keys/{id}/end"), json!({ "ends_at": ends_at, "note": "" })).await
    }

    fn later(&self, seconds: i64) -> UtcTime {
        UtcTime::saturating(self.daemon.clock.now().unix_seconds() + seconds)
    }

    /// Uploads three keys.
    async fn upload(&self, first: u8) {
        let start = (self.daemon.clock.now().unix_seconds() / 86_400 - 3) * 144;
        let lines: Vec<String> = (first..first + 3)
            .map(|i| {
                use base64::{Engine, engine::general_purpose::STANDARD};
                let key = json!({
                    "key": STANDARD.encode([i; 16]), "rollingStartNumber": start, "rollingPeriod": 144,
                    "transmissionRisk": 3, "reportType": "confirmed",
                });
                key.to_string()
            })
            .collect();
        let body = lines.join("\n").into_bytes();
        let report = self.ada.client.import_teks(TekFormat::Ndjson, body, &["MAG".to_owned()], false).await.unwrap();
        assert_eq!(report.accepted, 3, "{report:?}");
    }

    /// Uploads keys, waits until their window is exported, and returns its batch.
    async fn publish(&self, first: u8) -> Batch {
        self.upload(first).await;
        self.daemon.clock.advance(5 * HOUR);
        let ticked = self.daemon.exporter().tick().await.unwrap();
        assert_eq!(ticked.failed, [], "{ticked:?}");
        let filter = BatchFilter {
            config_id: Some(self.config.clone()),
            state: Some("complete".to_owned()),
            ..BatchFilter::default()
        };
        let batches = self.ada.client.list_batches(&filter, &PageQuery::default()).await.unwrap().items;
        batches.into_iter().find(|batch| !batch.files.is_empty()).unwrap()
    }

    async fn tick(&self) {
        self.daemon.exporter().tick().await.unwrap();
    }

    async fn attention(&self) -> Vec<String> {
        self.ada.client.status().await.unwrap().attention.into_iter().map(|one| one.kind).collect()
    }

    async fn events(&self, id: &str) -> Vec<String> {
        let history = self.ada.client.key_history(id).await.unwrap();
        history
            .into_iter()
            .map(|event| serde_json::to_value(event.kind).unwrap().as_str().unwrap().to_owned())
            .collect()
    }
}

fn released(daemon: &Daemon, prefix: &str, key: &str) -> Value {
    let mut fields = fields(daemon, prefix, key);
    fields["small_batch"] = json!({ "policy": "release" });
    fields["excluded_regions"] = json!([]);
    fields
}

fn signers(batch: &Batch) -> Vec<String> {
    batch.files[0].signed_by.iter().map(|by| by.key_version.clone()).collect()
}

/// A refusal's words, with the times in it named.
fn words(answer: &(StatusCode, Value)) -> String {
    let (status, problem) = answer;
    let field = &problem["errors"][0];
    let text = if field.is_null() {
        problem["detail"].as_str().unwrap_or_default().to_owned()
    } else {
        assert!(field["code"] != "" && field["allowed_message"]["code"] != "", "{field}");
        format!("{}: {} | {}", field["field"], field["reason"], field["allowed"])
    };
    let words = text.split(' ').map(|word| if word.contains("T") && word.contains("Z") { "<time>" } else { word });
    format!("{status} {}", words.collect::<Vec<_>>().join(" "))
}
