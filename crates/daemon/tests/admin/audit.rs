//! The audit log over the API: every change is in it, and the chain holds.

use crate::harness::{Daemon, fields, register_key};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tekport_api::people::Role;

#[tokio::test]
async fn every_change_is_written_down_with_who_before_and_after() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::Operator, Role::SecurityOfficer]).await;
    let key = register_key(&ada, "v1").await;
    let (_, config) = ada.post("export-configs", &fields(&daemon, "mag", &key)).await;
    let id = config["id"].as_str().unwrap();
    ada.client.pause_export_config(id).await.unwrap();
    let test = ada.client.test_storage_target("local").await.unwrap();
    assert!(test.passed, "{test:?}");
    let (_, page) = ada.get("audit").await;
    let entries: Vec<&Value> = page["items"].as_array().unwrap().iter().rev().collect();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| format!("{} {} {}", entry["actor_name"], entry["action"], entry["result"]).replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "command line person.invite ok",
            "Ada person.enrol ok",
            "Ada signing-key.register ok",
            "Ada export-config.create ok",
            "Ada export-config.pause ok",
            "Ada storage-target.test unknown",
            "Ada storage-target.test ok",
        ]
    );
    let paused = entries[4];
    assert_eq!((&paused["before"]["paused"], &paused["after"]["paused"]), (&json!(false), &json!(true)));
    assert_eq!(paused["certificate"], json!(ada.client.me().await.unwrap().certificate.fingerprint));
    assert_eq!(entries[6]["before"]["begun"], entries[5]["sequence"]);
    assert_eq!(tekportd::audit::verify(&daemon.store).await.unwrap(), 7);

    let (_, filtered) = ada.get("audit?action=export-config.pause&resource_kind=export-config").await;
    assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
    let (_, filtered) = ada.get(&format!("audit?actor_id=local&from={}", daemon.clock.now())).await;
    assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
    let (_, filtered) = ada.get(&format!("audit?until={}", daemon.clock.now())).await;
    assert_eq!(filtered["items"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_refused_change_leaves_no_entry() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let before = tekportd::audit::verify(&daemon.store).await.unwrap();
    assert_eq!(ada.post("people", &json!({ "name": "", "roles": [] })).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.post(&format!("people/{}/revoke", ada.id), &json!(null)).await.0, StatusCode::CONFLICT);
    assert_eq!(ada.post("export-configs", &json!({})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(tekportd::audit::verify(&daemon.store).await.unwrap(), before);
}
