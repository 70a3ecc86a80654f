//! Who may ask, how often, and what stays behind of a question.

use super::{HOUR, Scene, key, look_up};
use crate::harness::{Daemon, LOG, read};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::UtcTime;
use tekport_api::people::Role;
use tekport_api::tek_lookup::{TekLookupRequest, TekState};

#[tokio::test]
async fn it_is_off_unless_the_configuration_turns_it_on() {
    let daemon = Daemon::start().await;
    let ona = daemon.join("Ona", &[Role::Operator]).await;
    let (status, problem) = ona.post("tek-lookup", &json!({ "key": key(1) })).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("enabled = true under `[key_lookup]`"), "{detail}");
    assert_eq!(ona.get("audit?action=tek.lookup").await.1["items"], json!([]));
    assert!(!ona.client.status().await.unwrap().key_lookup);
    assert!(Scene::new().await.ada.client.status().await.unwrap().key_lookup);
}

#[tokio::test]
async fn operators_and_admins_ask_and_nobody_else() {
    let scene = Scene::new().await;
    for role in Role::ALL {
        let member = scene.daemon.join(role.as_str(), &[role]).await;
        let (status, _) = member.post("tek-lookup", &json!({ "key": key(1) })).await;
        let may = matches!(role, Role::Operator | Role::Admin);
        assert_eq!(status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{}", role.as_str());
    }
}

#[tokio::test]
async fn thirty_questions_an_hour_and_a_refused_one_costs_nothing() {
    let scene = Scene::new().await;
    let ona = scene.daemon.join("Ona", &[Role::Operator]).await;
    let ask = async |body: &Value| {
        let response = ona.request(Method::POST, "tek-lookup").json(body).send().await.unwrap();
        let after = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        (read(response).await.0, after)
    };
    let (good, bad) = (json!({ "key": key(1) }), json!({ "key": "AAAA" }));
    for _ in 0..30 {
        assert_eq!(ask(&bad).await.0, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(ask(&good).await.0, StatusCode::OK);
    }
    scene.daemon.clock.advance(600);
    assert_eq!(ask(&good).await, (StatusCode::TOO_MANY_REQUESTS, Some("3000".to_owned())));
    look_up(&scene.ada, 1).await;
    scene.daemon.clock.advance(HOUR - 600);
    assert_eq!(ask(&good).await.0, StatusCode::OK);
    let (_, entries) = ona.get(&format!("audit?action=tek.lookup&actor_id={}", ona.id)).await;
    assert_eq!(entries["items"].as_array().unwrap().len(), 31, "an entry for each answer, and for nothing else");
}

#[tokio::test]
async fn a_question_leaves_who_when_and_the_kind_of_answer_and_nothing_of_the_key() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(0xa7, json!({}))]).await;
    let states = scene.states(0xa7).await;
    scene.states(0xb9).await;
    let now = scene.daemon.clock.now();
    scene.received(now, "MAG").await;
    let bad = json!({ "key": format!("{}x", "a7".repeat(16)) });
    let (status, refused) = scene.ada.post("tek-lookup", &bad).await;
    assert_eq!((status, &refused["errors"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("key")));

    let (_, log) = scene.ada.get("audit?action=tek.lookup").await;
    let entries = log["items"].as_array().unwrap();
    let whole: Vec<_> = entries
        .iter()
        .map(|entry| (&entry["actor_id"], &entry["at"], &entry["resource_id"], &entry["before"], &entry["after"]))
        .collect();
    let (ada, at, none) = (json!(scene.ada.id), json!(now), Value::Null);
    let open = |outcomes: &Value, found: bool| json!({ "found": found, "outcomes": outcomes });
    let receipt = json!({ "found": true, "outcomes": ["window-open"], "received_at": now, "region": "MAG" });
    let (unknown, known) = (open(&json!([]), false), open(&json!(["window-open"]), true));
    assert_eq!(
        whole,
        [
            (&ada, &at, &json!("by-receipt"), &none, &receipt),
            (&ada, &at, &json!("by-key"), &none, &unknown),
            (&ada, &at, &json!("by-key"), &none, &known),
        ]
    );
    let (_, everything) = scene.ada.get("audit?limit=200").await;
    let answers = format!("{everything}{refused}{}", serde_json::to_string(&states).unwrap());
    for text in [key(0xa7), key(0xb9), "a7a7a7a7".to_owned(), "b9b9b9b9".to_owned(), "p6enp6en".to_owned()] {
        assert!(!answers.to_lowercase().contains(&text.to_lowercase()), "{text}");
        assert!(!LOG.text().to_lowercase().contains(&text.to_lowercase()), "{text} is logged");
    }
}

/// What is told of a key beside what its own file says of it.
fn told(state: &TekState) -> Value {
    let mut told = serde_json::to_value(state).unwrap();
    for own in ["valid_from", "valid_until", "releasable_at"] {
        told[own].take();
    }
    told
}

#[tokio::test]
async fn a_generated_key_gets_the_answer_of_a_real_one() {
    let scene = Scene::new().await;
    scene.config("pad", json!({ "small_batch": { "policy": "pad", "minimum": 12, "jitter": 0 } })).await;
    // A second config has the same keys in windows of its own.
    scene.config("all", json!({ "period_minutes": 1_440 })).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    scene.next_windows().await;
    let real = scene.states(1).await;
    let in_file = real[0].configs.iter().find(|found| !found.files.is_empty()).unwrap();
    let (batch, file) = (in_file.batch_id.as_ref().unwrap(), &in_file.files[0].file_id);
    let zip = scene.ada.client.download_file(batch, file).await.unwrap();
    let export = tekport_export_file::ExportFile::open(&zip).unwrap();
    assert_eq!(export.keys().len(), 12, "eleven of them generated");
    for tek in export.keys() {
        let request = TekLookupRequest { key: Some(STANDARD.encode(tek.key_data())), received_at: None, region: None };
        let states = scene.ada.client.look_up_tek(&request).await.unwrap().states;
        assert_eq!(states.iter().map(told).collect::<Vec<_>>(), real.iter().map(told).collect::<Vec<_>>());
        let end = UtcTime::saturating(tek.validity_end_seconds());
        assert_eq!((states[0].valid_until, states[0].received_at), (Some(end), None));
    }
}
