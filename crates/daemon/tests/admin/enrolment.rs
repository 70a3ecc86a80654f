//! Joining with a code, and certificates afterwards.

use crate::harness::{Daemon, Member, read};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tekport_api::client::{ClientError, TlsFailure, csr_pem, enrol};
use tekport_api::enrolment::EnrolmentCode;
use tekport_api::people::Role;
use tekport_keys::SigningKey;

const DAY: i64 = 86_400;

async fn send(daemon: &Daemon, secret: &str, csr_pem: &str) -> (StatusCode, Value) {
    let body = json!({ "secret": secret, "csr_pem": csr_pem });
    read(daemon.stranger().post(daemon.url("enrolments")).json(&body).send().await.unwrap()).await
}

fn fresh_csr() -> String {
    csr_pem(&SigningKey::generate().unwrap()).unwrap()
}

fn field_problem(error: ClientError) -> (String, String) {
    match error {
        ClientError::Problem(problem) => (problem.errors[0].field.clone(), problem.errors[0].reason.clone()),
        other => unreachable!("{other}"),
    }
}

#[tokio::test]
async fn a_code_lets_one_person_in_once() {
    let daemon = Daemon::start().await;
    let code = daemon.invite("Ada", &[Role::Admin]).await;
    let key = SigningKey::generate().unwrap();
    let issued = enrol(&code, &key).await.unwrap();
    assert_eq!(issued.not_after.unix_seconds() - daemon.clock.now().unix_seconds(), 90 * DAY);
    assert_eq!(issued.daemon.sealing_fingerprint, daemon.pki.sealing_key().public_key().fingerprint());
    let ada = Member::new(&daemon, key, issued).await;
    let me = ada.client.me().await.unwrap();
    assert_eq!((me.person.name.as_str(), me.person.roles.as_slice()), ("Ada", [Role::Admin].as_slice()));

    let again = enrol(&code, &SigningKey::generate().unwrap()).await.unwrap_err();
    assert_eq!(field_problem(again), ("secret".to_owned(), "the code was used already".to_owned()));
}

#[tokio::test]
async fn of_two_who_use_a_code_at_once_one_comes_in() {
    let daemon = Daemon::start().await;
    let code = daemon.invite("Ada", &[Role::Admin]).await;
    let (first, second) = (fresh_csr(), fresh_csr());
    let (a, b) = tokio::join!(send(&daemon, &code.secret, &first), send(&daemon, &code.secret, &second));
    let mut statuses = [a.0, b.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::UNPROCESSABLE_ENTITY]);
}

#[tokio::test]
async fn an_expired_a_wrong_and_a_revoked_persons_code_are_refused() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let code = daemon.invite("Ada", &[Role::Admin]).await;
    let wrong = EnrolmentCode { secret: "A".repeat(43), ..code.clone() };
    let error = enrol(&wrong, &SigningKey::generate().unwrap()).await.unwrap_err();
    assert_eq!(field_problem(error).1, "this daemon made no such code");

    let people = officer.client.list_people(&Default::default()).await.unwrap().items;
    let ada = people.iter().find(|person| person.name == "Ada").unwrap();
    officer.client.revoke_person(&ada.id).await.unwrap();
    let error = enrol(&code, &SigningKey::generate().unwrap()).await.unwrap_err();
    assert_eq!(field_problem(error).1, "the code has expired");

    let late = daemon.invite("Lea", &[Role::Viewer]).await;
    daemon.clock.advance(late.expires_at.unix_seconds() - daemon.clock.now().unix_seconds());
    let error = enrol(&late, &SigningKey::generate().unwrap()).await.unwrap_err();
    assert_eq!(field_problem(error).1, "the code has expired");
}

#[tokio::test]
async fn a_daemon_with_another_ca_is_not_told_the_secret() {
    let daemon = Daemon::start().await;
    let code = EnrolmentCode { ca_sha256: "ab".repeat(32), ..daemon.invite("Ada", &[Role::Admin]).await };
    let error = enrol(&code, &SigningKey::generate().unwrap()).await.unwrap_err();
    assert_eq!(error, ClientError::Tls(TlsFailure::Pin));
    let right = EnrolmentCode { ca_sha256: daemon.pki.ca_pin(), ..code };
    enrol(&right, &SigningKey::generate().unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_bad_request_costs_no_code() {
    let daemon = Daemon::start().await;
    let code = daemon.invite("Ada", &[Role::Admin]).await;
    let p384 = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
    let p384 = rcgen::CertificateParams::default().serialize_request(&p384).unwrap().pem().unwrap();
    let mut forged = pem_bytes(&fresh_csr());
    *forged.last_mut().unwrap() ^= 1;
    for csr in
        ["", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", &p384, &to_pem(&forged)]
    {
        let (status, problem) = send(&daemon, &code.secret, csr).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert_eq!(problem["errors"][0]["field"], "csr_pem", "{problem}");
    }
    enrol(&code, &SigningKey::generate().unwrap()).await.unwrap();
}

#[tokio::test]
async fn too_many_wrong_codes_close_the_door_for_a_while() {
    let daemon = Daemon::start().await;
    let csr = fresh_csr();
    for _ in 0..10 {
        assert_eq!(send(&daemon, "wrong", &csr).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let code = daemon.invite("Ada", &[Role::Admin]).await;
    let (status, problem) = send(&daemon, &code.secret, &csr).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{problem}");
    daemon.clock.advance(900);
    assert_eq!(send(&daemon, &code.secret, &csr).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn a_certificate_is_renewed_and_refused_after_its_end() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin]).await;
    daemon.clock.advance(60 * DAY);
    let renewed = ada.client.renew_certificate(&ada.key).await.unwrap();
    assert_eq!(renewed.not_after.unix_seconds() - daemon.clock.now().unix_seconds(), 90 * DAY);
    // On a connection that stays open, no handshake tells that the certificate has ended.
    daemon.clock.advance(30 * DAY);
    let (status, problem) = ada.get("me").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "{problem}");
}

#[tokio::test]
async fn neither_the_code_nor_a_key_of_the_daemon_is_in_the_database() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let draft = json!({ "name": "Ada", "roles": ["admin"] });
    let request = officer.request(reqwest::Method::POST, "people").header("idempotency-key", "k").json(&draft);
    let (_, invitation) = read(request.send().await.unwrap()).await;
    let code = invitation["code"].as_str().unwrap();
    let secret = EnrolmentCode::parse(code).unwrap().secret;
    let sealing = daemon.pki.sealing_key().to_bytes();
    let database = daemon.database();
    for (what, needle) in [("code", code.as_bytes()), ("secret", secret.as_bytes()), ("sealing key", &sealing)] {
        assert!(!database.windows(needle.len()).any(|part| part == needle), "the {what} is in the database");
    }
    assert!(database.windows(3).any(|part| part == b"Ada"), "the test reads what the daemon wrote");
}

fn pem_bytes(pem: &str) -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(text).unwrap()
}

fn to_pem(der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    format!("-----BEGIN CERTIFICATE REQUEST-----\n{}\n-----END CERTIFICATE REQUEST-----\n", STANDARD.encode(der))
}
