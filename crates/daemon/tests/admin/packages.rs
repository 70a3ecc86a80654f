//! What Google and Apple are sent, where the daemon can sign with the key.

use crate::harness::{Daemon, Member, provision_key, register_key};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::people::Role;
use tekport_export_file::DerSignature;
use tekport_keys::{PublicKey, SigningKey};

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
