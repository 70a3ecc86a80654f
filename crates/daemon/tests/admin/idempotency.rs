//! Creating requests, repeated.

use crate::harness::{Daemon, Member, fields, read, register_key};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::people::Role;

async fn post(member: &Member, path: &str, key: &str, body: &Value) -> (StatusCode, Option<String>, Value) {
    let request = member.request(Method::POST, path).header("idempotency-key", key).json(body);
    let response = request.send().await.unwrap();
    let etag = response.headers().get("etag").map(|value| value.to_str().unwrap().to_owned());
    let (status, body) = read(response).await;
    (status, etag, body)
}

#[tokio::test]
async fn the_same_request_gets_the_same_answer_and_does_nothing_again() {
    let daemon = Daemon::start().await;
    let admin = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let key = register_key(&admin, "v1").await;
    let config = fields(&daemon, "mag", &key);
    let first = post(&admin, "export-configs", "a", &config).await;
    assert_eq!(first.0, StatusCode::CREATED, "{first:?}");
    assert_eq!(post(&admin, "export-configs", "a", &config).await, first);
    assert_eq!(admin.client.list_export_configs(&Default::default()).await.unwrap().items.len(), 1);

    let person = json!({ "name": "Eve", "roles": ["viewer"] });
    let invitation = post(&admin, "people", "b", &person).await;
    assert_eq!(post(&admin, "people", "b", &person).await, invitation, "the same code, not another one");
    assert_eq!(admin.client.list_people(&Default::default()).await.unwrap().items.len(), 2);
}

#[tokio::test]
async fn a_key_stands_for_one_request_of_one_person_for_a_day() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::SecurityOfficer]).await;
    let bob = daemon.join("Bob", &[Role::SecurityOfficer]).await;
    let (eve, eva) = (json!({ "name": "Eve", "roles": ["viewer"] }), json!({ "name": "Eva", "roles": ["viewer"] }));
    let first = post(&ada, "people", "k", &eve).await;
    let other = post(&ada, "people", "k", &eva).await;
    assert_eq!(other.0, StatusCode::CONFLICT, "{other:?}");
    let person_id = first.2["person"]["id"].as_str().unwrap();
    let other = post(&ada, &format!("people/{person_id}/enrolment-codes"), "k", &json!(null)).await;
    assert_eq!(other.0, StatusCode::CONFLICT, "another path: {other:?}");
    assert_ne!(post(&bob, "people", "k", &eve).await.2, first.2, "another person's key");
    daemon.clock.advance(86_401);
    assert_ne!(post(&ada, "people", "k", &eve).await.2, first.2, "forgotten after a day");
}

#[tokio::test]
async fn a_refused_request_can_be_corrected_under_its_key() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::SecurityOfficer]).await;
    let refused = post(&ada, "people", "k", &json!({ "name": "", "roles": ["viewer"] })).await;
    assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY);
    let good = post(&ada, "people", "k", &json!({ "name": "Eve", "roles": ["viewer"] })).await;
    assert_eq!(good.0, StatusCode::CREATED);
    for key in ["", "two words", "ü", &"x".repeat(256)] {
        let body = json!({ "name": "Eve", "roles": ["viewer"] });
        let (status, _, problem) = post(&ada, "people", key, &body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{key:?}: {problem}");
        assert_eq!(problem["errors"][0]["field"], "Idempotency-Key");
    }
}

#[tokio::test]
async fn teks_sent_again_under_their_key_get_the_first_report() {
    let daemon = Daemon::start().await;
    let server = daemon.join("key server", &[Role::Ingest]).await;
    let start = (daemon.clock.now().unix_seconds() - 3 * 86_400) / 86_400 * 144;
    let key = json!({
        "key": "AAECAwQFBgcICQoLDA0ODw==", "rollingStartNumber": start, "rollingPeriod": 144, "transmissionRisk": 3,
    });
    let body = json!({ "temporaryExposureKeys": [key], "regions": ["MAG"] });
    let (status, _, report) = post(&server, "teks", "t", &body).await;
    assert_eq!((status, &report["accepted"]), (StatusCode::OK, &json!(1)), "{report}");
    assert_eq!(post(&server, "teks", "t", &body).await.2, report);
    assert_eq!(post(&server, "teks", "u", &body).await.2["duplicates"], 1);
}
