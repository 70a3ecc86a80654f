//! No secret in a log, a problem or the audit log.

use crate::harness::{Daemon, LOG, provision_key, read};
use reqwest::Method;
use serde_json::json;
use tekport_api::client::csr_pem;
use tekport_api::people::Role;
use tekport_keys::SigningKey;

#[tokio::test]
async fn no_secret_is_logged_audited_or_answered() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let code = daemon.invite("Ada", &[Role::Admin]).await;
    let mut answers = Vec::new();
    let stranger = daemon.stranger();
    // Refused for the request, refused for its shape, accepted, refused for the code.
    let good = csr_pem(&SigningKey::generate().unwrap()).unwrap();
    for body in [
        json!({ "secret": code.secret, "csr_pem": "no" }),
        json!({ "secret": code.secret, "csr_pem": good, "more": 1 }),
        json!({ "secret": code.secret, "csr_pem": good }),
        json!({ "secret": code.secret, "csr_pem": good }),
    ] {
        let response = stranger.post(daemon.url("enrolments")).json(&body).send().await.unwrap();
        answers.push(read(response).await.1.to_string());
    }
    let key = provision_key(&daemon, &officer, "v1").await;
    let sealed = json!({ "sealed_to": "x", "encapsulated_key": "c2VjcmV0LWtleQ", "ciphertext": "c2VjcmV0LXRleHQ" });
    let request = officer.request(Method::PUT, &format!("signing-keys/{key}/sealed")).json(&sealed);
    answers.push(read(request.send().await.unwrap()).await.1.to_string());
    let (_, audit) = officer.get("audit").await;
    answers.push(audit.to_string());
    let log = LOG.text();
    assert!(log.contains("an enrolment was refused"), "the log is read: {log}");
    for secret in [code.secret.as_str(), "c2VjcmV0LWtleQ", "c2VjcmV0LXRleHQ"] {
        assert!(!log.contains(secret), "a secret was logged");
        assert!(answers.iter().all(|answer| !answer.contains(secret)), "a secret was answered: {answers:?}");
    }
}
