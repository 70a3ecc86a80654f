//! Refusals as callers read them: always RFC 9457.

use crate::harness::{Daemon, Member, fields, register_key};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tekport_api::people::Role;

async fn problem(response: Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json", "{response:?}");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let status = response.status();
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["status"], status.as_u16());
    problem
}

async fn send(member: &Member, method: Method, path: &str, content_type: &str, body: &str) -> Value {
    let request = member.request(method, path).header("content-type", content_type).body(body.to_owned());
    problem(request.send().await.unwrap()).await
}

#[tokio::test]
async fn problems_say_what_was_wrong_and_what_is_allowed() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    const JSON: &str = "application/json";
    let (post, get) = (Method::POST, Method::GET);
    let told = json!({
        "unknown path": send(&ada, get.clone(), "elsewhere", JSON, "").await,
        "unknown method": send(&ada, Method::DELETE, "people", JSON, "").await,
        "no id": send(&ada, get.clone(), "export-configs/seven", JSON, "").await,
        "nothing of that id": send(&ada, get.clone(), "export-configs/0193f7a0-0000-7000-8000-000000000001", JSON, "").await,
        "not JSON": send(&ada, post.clone(), "people", JSON, "{\"name\": ").await,
        "a wrong type": send(&ada, post.clone(), "people", JSON, "{\"name\": 5, \"roles\": []}").await,
        "an unknown field": send(&ada, post.clone(), "people", JSON, "{\"name\": \"a\", \"roles\": [], \"rank\": 1}").await,
        "an unknown role": send(&ada, post.clone(), "people", JSON, "{\"name\": \"a\", \"roles\": [\"king\"]}").await,
        "another content type": send(&ada, post.clone(), "people", "text/plain", "hello").await,
        "another content type for TEKs": send(&ada, post.clone(), "teks", "text/plain", "hello").await,
        "TEKs that are no JSON": send(&ada, post.clone(), "teks", JSON, "[").await,
        "too large": send(&ada, post.clone(), "people", JSON, &" ".repeat(300_000)).await,
        "not this role": send(&ada, post.clone(), "storage-targets/local/test", JSON, "").await,
        "no certificate": problem(daemon.stranger().get(daemon.url("status")).send().await.unwrap()).await,
    });
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn a_config_with_many_mistakes_names_each() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let key = register_key(&ada, "v1").await;
    let mut fields = fields(&daemon, "Not/Allowed", &key);
    fields["output_region"] = json!("United States");
    fields["excluded_regions"] = json!(["US", "n o"]);
    fields["period_minutes"] = json!(7);
    fields["max_records_per_file"] = json!(5);
    fields["signing_key_ids"] = json!([]);
    let (status, problem) = ada.post("export-configs", &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_json_snapshot!(problem);
}
