//! The audit log over the API: every change is in it, and the chain holds.

use crate::harness::{Daemon, fields, register_key};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tekport_api::audit::AuditBreakKind;
use tekport_api::people::{PersonDraft, Role};

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
    let (_, filtered) = ada.get("audit?result=unknown").await;
    assert_eq!(filtered["items"][0]["action"], json!("storage-target.test"));
    assert_eq!(filtered["items"].as_array().unwrap().len(), 1);
    let (status, refused) = ada.get("audit?result=good").await;
    assert_eq!((status, &refused["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("result")));
}

#[tokio::test]
async fn the_log_says_what_it_can_be_filtered_by() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::SecurityOfficer]).await;
    let renamed = PersonDraft { name: "Countess".to_owned(), roles: vec!["security-officer".to_owned()] };
    ada.client.update_person(&ada.id, 1, &renamed).await.unwrap();
    register_key(&ada, "v1").await;
    let choices = ada.client.audit_choices().await.unwrap();
    let names: Vec<_> = choices.actors.iter().map(|actor| actor.name.as_str()).collect();
    assert_eq!(names, ["Countess", "command line"], "each once, by the name that they have now");
    assert_eq!(choices.actions, ["person.enrol", "person.invite", "person.update", "signing-key.register"]);
    assert_eq!(choices.resource_kinds, ["person", "signing-key"]);
}

#[tokio::test]
async fn a_log_that_was_changed_or_cut_is_found() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::SecurityOfficer]).await;
    for version in ["v1", "v2", "v3"] {
        register_key(&ada, version).await;
    }
    let whole = ada.client.verify_audit(None).await.unwrap();
    let head = whole.head.unwrap();
    assert_eq!((head.sequence, whole.broken, whole.at), (5, None, None));

    let database = sqlx::SqlitePool::connect(daemon.state.path().join("tekport.db").to_str().unwrap()).await.unwrap();
    sqlx::query("DELETE FROM audit_entries WHERE sequence = 5").execute(&database).await.unwrap();
    let cut = ada.client.verify_audit(Some(5)).await.unwrap();
    assert_eq!((cut.broken, cut.at), (None, None), "the chain holds, and only who remembers the head notices");
    register_key(&ada, "v4").await;
    let grown = ada.client.verify_audit(Some(5)).await.unwrap();
    assert_ne!(grown.at.unwrap(), head, "the entry that took its place has another hash");

    sqlx::query("UPDATE audit_entries SET action = 'nothing' WHERE sequence = 2").execute(&database).await.unwrap();
    let broken = ada.client.verify_audit(None).await.unwrap();
    assert_eq!(broken.head.unwrap().sequence, 1);
    let found = broken.broken.unwrap();
    assert_eq!((found.sequence, found.kind), (2, AuditBreakKind::Altered));
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
