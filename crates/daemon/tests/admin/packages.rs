//! What Google and Apple are sent, where the daemon can sign with the key.

use crate::harness::{Daemon, Member, fields, provision_key, provision_successor, register_key};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::people::Role;
use tekport_export_file::DerSignature;
use tekport_keys::{PublicKey, SigningKey};
use tekportd::store::signing_keys;

fn authority() -> Value {
    json!({
        "name": "Magrathea Health", "country": "US", "mcc": "310", "region": "US-WA",
        "android_package": "org.example.en", "ios_bundle_id": "org.example.en",
    })
}

async fn fill_in(officer: &Member, id: &str) {
    let request = officer.request(Method::PUT, &format!("signing-keys/{id}/authority")).json(&authority());
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
}

async fn package(officer: &Member, id: &str) -> (StatusCode, Value) {
    officer.post(&format!("signing-keys/{id}/package"), &json!({})).await
}

#[tokio::test]
async fn the_package_of_a_key_that_was_handed_over_proves_that_the_daemon_has_it() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let id = provision_key(&daemon, &officer, "v1").await;
    fill_in(&officer, &id).await;
    let made = officer.client.key_package(&id).await.unwrap();
    let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(made.name, "310-v1");
    assert_eq!(names, ["message.txt", "310-v1.pem", "challenge.txt", "challenge.sig", "certificate.pem"]);
    let content = |n: usize| STANDARD.decode(&made.files[n].content).unwrap();
    let message = String::from_utf8(content(0)).unwrap();
    assert!(message.contains("Android Package Name: org.example.en\n"), "{message}");
    let registered = officer.client.get_signing_key(&id).await.unwrap();
    let public = PublicKey::from_pem(&String::from_utf8(content(1)).unwrap()).unwrap();
    assert_eq!(public.fingerprint(), registered.fingerprint);
    let signature = DerSignature::from_der(&content(3)).unwrap();
    use p256::ecdsa::signature::Verifier;
    public.verifying_key().verify(&content(2), signature.signature()).unwrap();
    let (_, audit) = officer.get(&format!("audit?resource_id={id}")).await;
    assert_eq!(audit["items"][0]["action"], "signing-key.package");
    assert_eq!(audit["items"][0]["actor_name"], "Olga");
}

#[tokio::test]
async fn what_can_not_be_made_says_what_to_do() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let refused = async |id: &str, part: &str| {
        let (status, problem) = package(&officer, id).await;
        assert_eq!(status, StatusCode::CONFLICT, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(part), "{problem}");
    };
    let id = register_key(&officer, "v1").await;
    refused(&id, "nobody wrote down yet for whom").await;
    fill_in(&officer, &id).await;
    refused(&id, "hand it over from the console").await;
    officer.post(&format!("signing-keys/{id}/revoke"), &json!({ "reason": "lost" })).await;
    refused(&id, "revoked for good").await;

    let public = SigningKey::generate().unwrap().public_key().to_pem();
    let draft = json!({ "key_id": "310", "key_version": "v2", "public_key_pem": public, "custody": "console" });
    let (_, key) = officer.post("signing-keys", &draft).await;
    let id = key["id"].as_str().unwrap();
    fill_in(&officer, id).await;
    refused(id, "in the console that has it").await;
    let (status, _) = package(&officer, "0193f7a0-0000-7000-8000-000000000001").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

/// Never the other way round: a phone that gets the new key early must already find its signature in every new file.
#[tokio::test]
async fn a_successor_is_exported_only_once_it_signs_wherever_its_predecessor_does() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let v1 = provision_key(&daemon, &ada, "v1").await;
    fill_in(&ada, &v1).await;
    let config = ada.post("export-configs", &fields(&daemon, "mag", &v1)).await.1;
    let other = ada.post("export-configs", &fields(&daemon, "mag-w", &v1)).await.1;
    let v2 = provision_successor(&daemon, &ada, "v2", Some(&v1)).await;
    let refused = async |id: &str, part: &str| {
        let (status, problem) = package(&ada, id).await;
        assert_eq!(status, StatusCode::CONFLICT, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(part), "{problem}");
    };
    refused(&v2, "310 v2 doesn't sign yet, and phones that get it early").await;
    let attach = async |config: &Value| {
        let body = json!({ "configs": [{ "id": config["id"], "revision": config["revision"] }] });
        let (status, answer) = ada.post(&format!("signing-keys/{v2}/attach"), &body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    };
    attach(&config).await;
    refused(&v2, "310 v2 doesn't sign in MAG yet, unlike 310 v1").await;
    attach(&other).await;
    assert_eq!(ada.client.key_package(&v2).await.unwrap().name, "310-v2");

    let id = v1.parse().unwrap();
    let mut transaction = daemon.store.begin().await.unwrap();
    signing_keys::retire(&mut *transaction, id, daemon.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    refused(&v1, "310 v1 has ended").await;
}
