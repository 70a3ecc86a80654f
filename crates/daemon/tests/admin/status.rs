//! What needs a person, as the overview asks for it.

use crate::harness::{Daemon, Member, fields, provision_key};
use reqwest::StatusCode;
use serde_json::json;
use tekport_api::UtcTime;
use tekport_api::people::Role;
use tekport_api::status::{Attention, Severity};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A daemon with a config of four-hour windows that began a day ago, whose first windows are made.
async fn start() -> (Daemon, Member, String) {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
    let key = provision_key(&daemon, &ada, "v1").await;
    let (status, config) = ada.post("export-configs", &fields(&daemon, "mag", &key)).await;
    assert_eq!(status, StatusCode::CREATED, "{config}");
    (daemon, ada, config["id"].as_str().unwrap().to_owned())
}

async fn about(member: &Member, kind: &str) -> Vec<Attention> {
    let attention = member.client.status().await.unwrap().attention;
    attention.into_iter().filter(|one| one.kind == kind).collect()
}

#[tokio::test]
async fn a_window_that_nothing_works_on_raises_an_alarm_in_time() {
    let (daemon, ada, config_id) = start().await;
    assert_eq!(about(&ada, "window-not-begun").await, [], "the config has only just been made");
    daemon.exporter().tick().await.unwrap();
    let due = ada.client.status().await.unwrap().configs[0].next_due_at.unwrap();
    daemon.clock.set(UtcTime::saturating(due.unix_seconds() + 1_800));
    assert_eq!(about(&ada, "window-not-begun").await, [], "a tick and its retries may take as long");
    daemon.clock.advance(1);
    let alarms = about(&ada, "window-not-begun").await;
    let [alarm] = alarms.as_slice() else { unreachable!("{alarms:#?}") };
    assert_eq!((alarm.severity, alarm.resource_id.as_deref()), (Severity::Bad, Some(config_id.as_str())));
    assert_eq!((alarm.facts.region.as_deref(), alarm.facts.at), (Some("MAG"), Some(due)));
    ada.client.pause_export_config(&config_id).await.unwrap();
    assert_eq!(about(&ada, "window-not-begun").await, [], "that is what pausing is for");
    ada.client.resume_export_config(&config_id).await.unwrap();
    assert_eq!(about(&ada, "window-not-begun").await, [], "it has only just been resumed");
    daemon.clock.advance(1_801);
    assert_eq!(about(&ada, "window-not-begun").await.len(), 1);
    daemon.exporter().tick().await.unwrap();
    assert_eq!(about(&ada, "window-not-begun").await, []);
}

#[tokio::test]
async fn facts_name_what_the_texts_name() {
    let (daemon, ada, config_id) = start().await;
    let unsaved = about(&ada, "key-not-backed-up").await;
    assert_eq!(unsaved[0].facts.name.as_deref(), Some("310 v1"));
    ada.client.pause_export_config(&config_id).await.unwrap();
    assert_eq!(about(&ada, "config-paused").await[0].facts.region.as_deref(), Some("MAG"));
    assert_eq!(about(&ada, "client-certificate-ending").await, []);
    daemon.clock.advance(80 * DAY);
    let ending = about(&ada, "client-certificate-ending").await;
    let [ending] = ending.as_slice() else { unreachable!("{ending:#?}") };
    assert_eq!((ending.facts.name.as_deref(), ending.resource_id.as_deref()), (Some("Ada"), Some(ada.id.as_str())));
    let until = ending.facts.at.unwrap().unix_seconds() - daemon.clock.now().unix_seconds();
    assert!((9 * DAY..=10 * DAY).contains(&until), "{until}");
    // No fact says more than the texts do, and each text holds its facts.
    for one in ada.client.status().await.unwrap().attention {
        let text = format!("{} {}", one.title, one.detail);
        let said = |fact: &str| assert!(text.contains(fact), "{fact:?} is not in {text:?}");
        one.facts.region.iter().chain(&one.facts.name).chain(&one.facts.others).for_each(|fact| said(fact));
        one.facts.at.iter().for_each(|at| said(&at.to_string()));
    }
}

#[tokio::test]
async fn keys_per_batch_are_those_of_a_config_that_is_there() {
    let (daemon, ada, config_id) = start().await;
    assert_eq!(ada.client.keys_per_batch(&config_id).await.unwrap().batches, []);
    let (status, problem) = ada.get("export-configs/0193f7a0-0000-7000-8000-000000000001/keys-per-batch").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{problem}");
    daemon.exporter().tick().await.unwrap();
    let made = ada.client.keys_per_batch(&config_id).await.unwrap().batches.len();
    assert!(made > 0);
    daemon.clock.advance(15 * DAY);
    assert_eq!(ada.client.keys_per_batch(&config_id).await.unwrap().batches, [], "older than 14 days");
    assert_eq!(ada.get("export-configs/nonsense/keys-per-batch").await.1["status"], json!(404));
}
