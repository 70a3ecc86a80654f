//! Export configs: creating, editing with revisions, what may no longer change, previews.

use crate::harness::{Daemon, Member, fields, read, register_key};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::UtcTime;
use tekport_api::people::Role;

async fn start() -> (Daemon, Member, String) {
    let daemon = Daemon::start().await;
    let admin = daemon.join("Ada", &[Role::Admin, Role::Operator, Role::SecurityOfficer]).await;
    let key = register_key(&admin, "v1").await;
    (daemon, admin, key)
}

async fn put(admin: &Member, id: &str, if_match: Option<&str>, fields: &Value) -> (StatusCode, Value) {
    let mut request = admin.request(Method::PUT, &format!("export-configs/{id}")).json(fields);
    if let Some(tag) = if_match {
        request = request.header("if-match", tag);
    }
    read(request.send().await.unwrap()).await
}

fn with(fields: &Value, name: &str, value: Value) -> Value {
    let mut fields = fields.clone();
    fields[name] = value;
    fields
}

fn refused_fields(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_edit_needs_the_revision_it_started_from() {
    let (daemon, admin, key) = start().await;
    let fields = fields(&daemon, "mag", &key);
    let response = admin.request(Method::POST, "export-configs").json(&fields).send().await.unwrap();
    assert_eq!(response.headers()["etag"], "\"1\"");
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let (status, config) = read(response).await;
    assert_eq!(status, StatusCode::CREATED, "{config}");
    let id = config["id"].as_str().unwrap();
    assert_eq!(location, format!("/admin/v1/export-configs/{id}"));

    let hourly = with(&fields, "period_minutes", json!(60));
    assert_eq!(put(&admin, id, None, &hourly).await.0, StatusCode::PRECONDITION_REQUIRED);
    let (status, changed) = put(&admin, id, Some("\"1\""), &hourly).await;
    assert_eq!((status, changed["revision"].as_u64()), (StatusCode::OK, Some(2)), "{changed}");
    let (status, problem) = put(&admin, id, Some("\"1\""), &fields).await;
    assert_eq!(status, StatusCode::PRECONDITION_FAILED, "{problem}");
    let (_, now) = admin.get(&format!("export-configs/{id}")).await;
    assert_eq!(now["fields"]["period_minutes"], 60);
}

#[tokio::test]
async fn what_a_config_names_must_exist_and_a_prefix_has_one_owner_for_ever() {
    let (daemon, admin, key) = start().await;
    let good = fields(&daemon, "mag", &key);
    let gone = register_key(&admin, "v2").await;
    admin.client.revoke_signing_key(&gone, "test").await.unwrap();
    let ages_ago = UtcTime::saturating(daemon.clock.now().unix_seconds() - 31 * 86_400);
    for (name, value, field) in [
        ("storage_target", json!("elsewhere"), "storage_target"),
        ("signing_key_ids", json!([gone]), "signing_key_ids[0]"),
        ("signing_key_ids", json!([key, "0193f7a0-0000-7000-8000-000000000001"]), "signing_key_ids[1]"),
        ("valid_from", json!(ages_ago), "valid_from"),
        ("period_minutes", json!(7), "period_minutes"),
    ] {
        let (status, problem) = admin.post("export-configs", &with(&good, name, value)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {problem}");
        assert_eq!(refused_fields(&problem), [field]);
    }
    assert_eq!(admin.post("export-configs", &good).await.0, StatusCode::CREATED);
    let (_, problem) = admin.post("export-configs", &good).await;
    assert_eq!(refused_fields(&problem), ["path_prefix"], "{problem}");
}

#[tokio::test]
async fn once_a_batch_was_made_its_windows_and_its_place_stay() {
    let (daemon, admin, key) = start().await;
    let good = fields(&daemon, "mag", &key);
    let (_, config) = admin.post("export-configs", &good).await;
    let id = config["id"].as_str().unwrap();
    let now = daemon.clock.now().unix_seconds();
    let mut transaction = daemon.store.begin().await.unwrap();
    let through = UtcTime::saturating(now - 3_600);
    tekportd::store::configs::set_windows_through(&mut *transaction, id.parse().unwrap(), through).await.unwrap();
    transaction.commit().await.unwrap();

    let before = UtcTime::saturating(now - 7_200);
    let mut moved = with(&good, "path_prefix", json!("other"));
    moved["valid_from"] = json!(before);
    let (_, problem) = put(&admin, id, Some("\"1\""), &moved).await;
    assert_eq!(refused_fields(&problem), ["valid_from", "path_prefix"], "{problem}");
    let (_, problem) = put(&admin, id, Some("\"1\""), &with(&good, "valid_through", json!(before))).await;
    assert_eq!(refused_fields(&problem), ["valid_through"], "{problem}");
    let (status, ended) = put(&admin, id, Some("\"1\""), &with(&good, "valid_through", json!(through))).await;
    assert_eq!((status, &ended["state"]), (StatusCode::OK, &json!("ended")), "{ended}");
    let (status, _) = admin.post(&format!("export-configs/{id}/pause"), &json!(null)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let deleted = admin.request(Method::DELETE, &format!("export-configs/{id}")).send().await.unwrap();
    assert_eq!(deleted.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(deleted.headers()["allow"], "GET, PUT");
}

#[tokio::test]
async fn a_config_is_paused_resumed_and_run() {
    let (daemon, admin, key) = start().await;
    let (_, config) = admin.post("export-configs", &fields(&daemon, "mag", &key)).await;
    let id = config["id"].as_str().unwrap();
    let paused = admin.client.pause_export_config(id).await.unwrap();
    assert_eq!(json!(paused.state), json!("paused"));
    assert_eq!(admin.post(&format!("export-configs/{id}/run"), &json!(null)).await.0, StatusCode::CONFLICT);
    let status = admin.client.status().await.unwrap();
    let kinds: Vec<_> = status.attention.iter().map(|a| a.kind.as_str()).collect();
    assert_eq!(kinds, ["no-live-signing-key", "config-paused"]);
    let again = admin.client.pause_export_config(id).await.unwrap();
    assert_eq!(again.revision, paused.revision, "pausing twice changes nothing");
    assert_eq!(json!(admin.client.resume_export_config(id).await.unwrap().state), json!("active"));
    // The permit of the resumption is taken, so that the next one can only be the run's.
    daemon.nudge.notified().await;
    admin.client.run_export_config(id).await.unwrap();
    daemon.nudge.notified().await;
}

#[tokio::test]
async fn a_preview_names_problems_or_shows_windows_and_warnings_and_makes_nothing() {
    let (daemon, admin, key) = start().await;
    let good = fields(&daemon, "mag", &key);
    let preview = |fields: Value| {
        let admin = &admin;
        async move { admin.post("export-configs/preview", &json!({ "fields": fields, "config_id": null })).await.1 }
    };
    let answer = preview(with(&good, "path_prefix", json!("../up"))).await;
    assert_eq!(answer["problems"][0]["field"], "path_prefix");
    assert_eq!(answer["files_a_day"], json!(6), "the windows don't depend on the path");
    assert_eq!(answer["warnings"], json!([]));
    let answer = preview(with(&good, "period_minutes", json!(7))).await;
    assert_eq!(answer["problems"][0]["field"], "period_minutes");
    assert_eq!((&answer["windows"], &answer["load"]), (&json!([]), &json!(null)));

    let answer = preview(with(&good, "period_minutes", json!(60))).await;
    assert_eq!((&answer["problems"], &answer["files_a_day"]), (&json!([]), &json!(24)));
    let warnings: Vec<_> =
        answer["warnings"].as_array().unwrap().iter().map(|w| w["field"].as_str().unwrap()).collect();
    assert_eq!(warnings, ["period_minutes", "signing_key_ids"]);
    assert!(answer["warnings"][0]["reason"].as_str().unwrap().contains("Android (20)"), "{answer}");
    let windows = answer["windows"].as_array().unwrap();
    assert!((24..=25).contains(&windows.len()), "{windows:?}");
    for pair in windows.windows(2) {
        assert_eq!(pair[0]["end"], pair[1]["start"]);
    }
    assert_eq!(admin.client.list_export_configs(&Default::default()).await.unwrap().items, []);
}
