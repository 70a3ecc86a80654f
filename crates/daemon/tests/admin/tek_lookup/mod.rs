//! Where is this key? Each answer over the API, with the exporter's ticks between.

mod guarded;
mod published;
mod receipts;
mod rules;

use crate::harness::{Daemon, Member, fields, provision_key};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tekport_api::UtcTime;
use tekport_api::client::TekFormat;
use tekport_api::people::Role;
use tekport_api::tek_lookup::{LookupInConfig, LookupOutcome, TekLookup, TekLookupRequest, TekState};

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// A daemon that lets keys be looked up, with somebody who may do everything and a signing key.
struct Scene {
    daemon: Daemon,
    ada: Member,
    signing_key: String,
}

impl Scene {
    async fn new() -> Self {
        let daemon = Daemon::with_key_lookup().await;
        let ada = daemon.join("Ada", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
        let signing_key = provision_key(&daemon, &ada, "v1").await;
        Self { daemon, ada, signing_key }
    }

    /// Makes a config of MAG that excludes US, in windows of four hours since yesterday, with some fields changed;
    /// returns its id.
    async fn config(&self, prefix: &str, changes: Value) -> String {
        let mut fields = fields(&self.daemon, prefix, &self.signing_key);
        fields["small_batch"] = json!({ "policy": "release" });
        for (name, value) in changes.as_object().unwrap() {
            fields[name] = value.clone();
        }
        let (status, config) = self.ada.post("export-configs", &fields).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        config["id"].as_str().unwrap().to_owned()
    }

    /// Has keys come in that were valid `days_ago`, tagged with regions, each with more of its fields.
    async fn receive(&self, days_ago: i64, regions: &[&str], keys: &[(u8, Value)]) {
        let start = (self.daemon.clock.now().unix_seconds() / DAY - days_ago) * 144;
        let line = |(number, more): &(u8, Value)| {
            let mut line = json!({
                "key": key(*number), "rollingStartNumber": start, "rollingPeriod": 144, "transmissionRisk": 3,
                "reportType": "confirmed",
            });
            for (name, value) in more.as_object().into_iter().flatten() {
                line[name] = value.clone();
            }
            line.to_string()
        };
        let body = keys.iter().map(line).collect::<Vec<_>>().join("\n").into_bytes();
        let regions: Vec<String> = regions.iter().map(ToString::to_string).collect();
        let report = self.ada.client.import_teks(TekFormat::Ndjson, body, &regions, false).await.unwrap();
        assert_eq!((report.refused, report.duplicates), (0, 0), "{report:?}");
    }

    async fn tick(&self) {
        self.daemon.exporter().tick().await.unwrap();
    }

    /// Lets every window close that is open now, and has it exported.
    async fn next_windows(&self) {
        self.daemon.clock.advance(5 * HOUR);
        self.tick().await;
    }

    async fn states(&self, number: u8) -> Vec<TekState> {
        look_up(&self.ada, number).await.states
    }

    /// What the only config makes of the only state of a key.
    async fn only(&self, number: u8) -> LookupInConfig {
        let mut states = self.states(number).await;
        assert_eq!((states.len(), states[0].configs.len()), (1, 1), "{states:?}");
        states.remove(0).configs.remove(0)
    }

    async fn outcome(&self, number: u8) -> LookupOutcome {
        self.only(number).await.outcome
    }

    /// What came in at a time, tagged with a region.
    async fn receipts(&self, at: UtcTime, region: &str) -> TekLookup {
        let request = TekLookupRequest { key: None, received_at: Some(at), region: Some(region.to_owned()) };
        self.ada.client.look_up_tek(&request).await.unwrap()
    }

    /// Where keys went that came in at a time, tagged with a region alone, and were no longer valid: what the only
    /// config says.
    async fn received(&self, at: UtcTime, region: &str) -> LookupInConfig {
        let mut states = self.receipts(at, region).await.states;
        states.retain(|state| !state.group.unwrap().still_valid && state.regions == [region]);
        assert_eq!((states.len(), states[0].configs.len()), (1, 1), "{states:?}");
        states.remove(0).configs.remove(0)
    }
}

fn key(number: u8) -> String {
    STANDARD.encode([number; 16])
}

async fn look_up(member: &Member, number: u8) -> TekLookup {
    let request = TekLookupRequest { key: Some(key(number)), received_at: None, region: None };
    member.client.look_up_tek(&request).await.unwrap()
}
