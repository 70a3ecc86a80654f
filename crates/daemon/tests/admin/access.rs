//! Every endpoint × every role, no certificate, and a revoked one.

use crate::harness::{Daemon, Member, read};
use reqwest::{Method, StatusCode};
use serde_json::json;
use tekport_api::people::Role;
use tekportd::admin::access::{Access, ENDPOINTS};

const SOME_ID: &str = "0193f7a0-0000-7000-8000-000000000001";

/// An address of the endpoint, below `/admin/v1/`.
fn path(template: &str) -> String {
    template
        .trim_start_matches("/admin/v1/")
        .replace("{id}", SOME_ID)
        .replace("{file_id}", SOME_ID)
        .replace("{signing_key_id}", SOME_ID)
        .replace("{number}", "1")
        .replace("{name}", "nowhere")
}

/// A request that changes nothing: what it names isn't there, or its body is refused.
async fn status(client: &reqwest::Client, method: &str, url: &str) -> StatusCode {
    let method: Method = method.parse().unwrap();
    let body = (method != Method::GET).then(|| json!({}));
    let mut request = client.request(method, url).header("if-match", "\"1\"");
    if let Some(body) = body {
        request = request.json(&body);
    }
    let (status, body) = read(request.send().await.unwrap()).await;
    assert!(status.is_success() || body["detail"].is_string(), "{url}: {status} without a problem");
    status
}

#[tokio::test]
async fn every_endpoint_answers_the_roles_of_its_row_and_nobody_else() {
    let daemon = Daemon::start().await;
    let mut members: Vec<(Role, Member)> = Vec::new();
    for role in Role::ALL {
        members.push((role, daemon.join(role.as_str(), &[role]).await));
    }
    for (method, template, access) in ENDPOINTS {
        let url = daemon.url(&path(template));
        for (role, member) in &members {
            let status = status(&member.http, method, &url).await;
            let may = match access {
                Access::Anybody => true,
                Access::Roles(roles) => roles.contains(role),
            };
            assert_eq!(status != StatusCode::FORBIDDEN, may, "{method} {template} as {role}: {status}");
            assert_ne!(status, StatusCode::UNAUTHORIZED, "{method} {template} as {role}");
        }
        let stranger = status(&daemon.stranger(), method, &url).await;
        let open = *access == Access::Anybody;
        assert_eq!(stranger != StatusCode::UNAUTHORIZED, open, "{method} {template} without a certificate: {stranger}");
    }
}

#[tokio::test]
async fn a_revoked_person_is_refused_everywhere_on_the_connection_that_is_open() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let all = [Role::Viewer, Role::Operator, Role::Admin, Role::SecurityOfficer];
    let leaver = daemon.join("Lee", &all).await;
    assert_eq!(leaver.get("status").await.0, StatusCode::OK);
    officer.client.revoke_person(&leaver.id).await.unwrap();
    for (method, template, access) in ENDPOINTS {
        if *access != Access::Anybody {
            let status = status(&leaver.http, method, &daemon.url(&path(template))).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {template}");
        }
    }
    let (_, problem) = leaver.get("me").await;
    assert!(problem["detail"].as_str().unwrap().contains("revoked"), "{problem}");
}

#[test]
fn the_roles_of_each_endpoint() {
    let table: Vec<String> = ENDPOINTS
        .iter()
        .map(|(method, path, access)| {
            let who = match access {
                Access::Anybody => "anybody".to_owned(),
                Access::Roles(roles) => roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" "),
            };
            format!("{method:<5}{path}: {who}")
        })
        .collect();
    insta::assert_snapshot!(table.join("\n"));
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_at_the_next_request() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let admin = daemon.join("Ada", &[Role::Admin]).await;
    let draft = tekport_api::people::PersonDraft { name: "Ada".to_owned(), roles: vec!["ingest".to_owned()] };
    assert_eq!(admin.get("audit").await.0, StatusCode::OK);
    officer.client.update_person(&admin.id, 1, &draft).await.unwrap();
    assert_eq!(admin.get("audit").await.0, StatusCode::FORBIDDEN);
    assert_eq!(admin.get("me").await.0, StatusCode::OK);
}
