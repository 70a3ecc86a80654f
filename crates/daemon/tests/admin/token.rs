//! Keys of a PKCS#11 token: made there or found there, registered, signed with, and never left behind unknown.

use crate::harness::{Daemon, Member, fields};
use crate::softhsm::{LABEL, SoftHsm, in_own_process};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use tekport_api::audit::AuditFilter;
use tekport_api::page::PageQuery;
use tekport_api::people::Role;
use tekport_api::signing_key::{Custody, KeyState, TokenKeyDraft, TokenState};
use tekportd::token::{Token, TokenSettings};

async fn daemon_and_officer(settings: TokenSettings) -> (Daemon, Member) {
    let daemon = Daemon::start_with(Some(Token::start(settings).unwrap())).await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    (daemon, officer)
}

fn draft(version: &str, token_key: Option<&str>) -> TokenKeyDraft {
    TokenKeyDraft {
        key_id: "310".to_owned(),
        key_version: version.to_owned(),
        predecessor_id: None,
        token_key: token_key.map(str::to_owned),
    }
}

async fn post(officer: &Member, draft: &TokenKeyDraft) -> (StatusCode, Value) {
    officer.post("signing-keys/in-token", &serde_json::to_value(draft).unwrap()).await
}

/// The refused field and why.
fn refused(answer: &(StatusCode, Value)) -> (&str, &str) {
    assert_eq!(answer.0, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.1);
    let error = &answer.1["errors"][0];
    (error["field"].as_str().unwrap(), error["reason"].as_str().unwrap())
}

/// The newest entry of the audit log with that action.
async fn audited(officer: &Member, action: &str) -> Value {
    let page = officer.client.list_audit(&AuditFilter::default(), &PageQuery::default()).await.unwrap();
    let entry = page.items.into_iter().find(|entry| entry.action == action);
    serde_json::to_value(entry.unwrap()).unwrap()
}

async fn kinds_of_attention(officer: &Member) -> Vec<String> {
    officer.client.status().await.unwrap().attention.into_iter().map(|attention| attention.kind).collect()
}

#[test]
fn a_key_is_made_in_the_token_registered_and_signs() {
    in_own_process("token::a_key_is_made_in_the_token_registered_and_signs", async |hsm| {
        let (daemon, officer) = daemon_and_officer(hsm.settings()).await;
        let key = officer.client.register_token_key(&draft("v1", None)).await.unwrap();
        assert_eq!((key.custody, key.state, key.created_by.as_str()), (Custody::Hsm, KeyState::Generated, "Olga"));
        let cka_id = key.token_key.clone().unwrap();
        assert_eq!(cka_id.len(), 32, "16 random bytes");
        let status = officer.client.token_status().await.unwrap();
        assert_eq!((status.state, status.label.as_deref()), (TokenState::Ready, Some(LABEL)));
        assert_eq!(status.keys.len(), 1);
        let found = &status.keys[0];
        assert_eq!((found.label.as_str(), &found.id, found.extractable), ("310 v1", &cka_id, false));
        assert_eq!((found.signing_key_id.as_ref(), &found.fingerprint), (Some(&key.id), &key.fingerprint));

        let generated = audited(&officer, "token-key.generate").await;
        assert_eq!((&generated["result"], &generated["resource_id"]), (&json!("ok"), &json!(cka_id)));
        let registered = audited(&officer, "signing-key.register").await;
        assert_eq!((&registered["actor_name"], &registered["after"]["token_key"]), (&json!("Olga"), &json!(cka_id)));
        let (_, history) = officer.get(&format!("signing-keys/{}/history", key.id)).await;
        assert_eq!(history[0]["kind"], "generated", "{history}");

        let (status, refused) = officer.post(&format!("signing-keys/{}/backups", key.id), &json!({ "note": "" })).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert_eq!(refused["detail"], "310 v1 never leaves its token, so there is no backup of it to note here");

        let admin = daemon.join("Ada", &[Role::Admin, Role::Viewer]).await;
        let (status, config) = admin.post("export-configs", &fields(&daemon, "us", &key.id)).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        let introduced = officer.client.get_signing_key(&key.id).await.unwrap();
        assert_eq!(introduced.state, KeyState::Introduced, "able to sign and named by a config");
    });
}

#[test]
fn a_repeated_request_makes_one_key() {
    in_own_process("token::a_repeated_request_makes_one_key", async |hsm| {
        let (_daemon, officer) = daemon_and_officer(hsm.settings()).await;
        let body = serde_json::to_value(draft("v1", None)).unwrap();
        let send = async || {
            let request = officer.request(Method::POST, "signing-keys/in-token").json(&body);
            crate::harness::read(request.header("idempotency-key", "once").send().await.unwrap()).await
        };
        // At once, so that both may have a key made before either is registered.
        let (first, second) = tokio::join!(send(), send());
        let third = send().await;
        assert_eq!((first.0, &first), (StatusCode::CREATED, &second));
        assert_eq!(first, third);
        let status = officer.client.token_status().await.unwrap();
        assert_eq!(status.keys.len(), 1, "what was made twice was destroyed again: {status:?}");
        assert_eq!(status.keys[0].id, first.1["token_key"]);
    });
}

#[test]
fn a_key_that_is_there_is_used_and_unfit_ones_are_refused_with_the_reason() {
    in_own_process("token::a_key_that_is_there_is_used_and_unfit_ones_are_refused_with_the_reason", async |hsm| {
        hsm.import("P-256", "01", "made elsewhere");
        hsm.import("P-384", "02", "too large");
        let (_daemon, officer) = daemon_and_officer(hsm.settings()).await;
        let key = officer.client.register_token_key(&draft("v1", Some("01"))).await.unwrap();
        assert_eq!(key.token_key.as_deref(), Some("01"));

        let answer = post(&officer, &draft("v2", Some("02"))).await;
        assert_eq!(refused(&answer).0, "token_key");
        assert!(refused(&answer).1.contains("P-384"), "{}", answer.1);
        let answer = post(&officer, &draft("v2", Some("ff"))).await;
        assert!(refused(&answer).0 == "token_key" && refused(&answer).1.contains("no key pair"), "{}", answer.1);
        let answer = post(&officer, &draft("v2", Some("01"))).await;
        assert!(refused(&answer).0 == "token_key" && refused(&answer).1.contains("as 310 v1"), "{}", answer.1);
        let answer = post(&officer, &draft("v1", None)).await;
        assert_eq!(refused(&answer), ("key_version", "310 v1 is registered already"));
        let wrong = TokenKeyDraft { predecessor_id: Some(key.id.clone()), ..draft("v2", None) };
        let answer = post(&officer, &wrong).await;
        assert_eq!(refused(&answer).0, "predecessor_id", "it doesn't sign yet");
        let listed = officer.client.token_status().await.unwrap().keys;
        assert_eq!(listed.len(), 1, "nothing was made for a refused request: {listed:?}");
    });
}

/// Waits until the token is asked for a key, which a pipe holds.
async fn until_it_is_asked(officer: &Member) {
    loop {
        let page = officer.client.list_audit(&AuditFilter::default(), &PageQuery::default()).await.unwrap();
        if page.items.iter().any(|entry| entry.action == "token-key.generate") {
            return;
        }
        tokio::task::yield_now().await;
    }
}

fn hold(hsm: &SoftHsm) {
    let made = std::process::Command::new("mkfifo").arg(hsm.folder.join("hold")).status().unwrap();
    assert!(made.success());
}

/// Lets the call go on that the pipe holds, or will hold.
async fn let_go(hsm: &SoftHsm) {
    let path = hsm.folder.join("hold");
    let write = move || {
        let mut pipe = std::fs::File::options().write(true).open(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        std::io::Write::write_all(&mut pipe, b"!").unwrap();
    };
    tokio::task::spawn_blocking(write).await.unwrap();
}

#[test]
fn a_key_whose_registration_is_refused_is_destroyed_again() {
    in_own_process("token::a_key_whose_registration_is_refused_is_destroyed_again", async |hsm| {
        let (_daemon, officer) = daemon_and_officer(hsm.guarded()).await;
        hold(&hsm);
        let name_goes_to_another = async {
            until_it_is_asked(&officer).await;
            crate::harness::register_key(&officer, "v1").await;
            let_go(&hsm).await;
        };
        let (answer, ()) = tokio::join!(post_patiently(&officer), name_goes_to_another);
        assert_eq!(refused(&answer).0, "key_version");
        assert_eq!(officer.client.token_status().await.unwrap().keys, []);
        let entry = audited(&officer, "token-key.generate").await;
        assert_eq!((&entry["result"], &entry["after"]), (&json!("failed"), &json!({ "destroyed": true })));
    });
}

async fn post_patiently(officer: &Member) -> (StatusCode, Value) {
    post(officer, &draft("v1", None)).await
}

#[test]
fn a_key_that_may_be_left_is_reported_with_its_id() {
    in_own_process("token::a_key_that_may_be_left_is_reported_with_its_id", async |hsm| {
        let settings = TokenSettings { time_limit: Duration::from_secs(1), ..hsm.guarded() };
        let (_daemon, officer) = daemon_and_officer(settings).await;
        hold(&hsm);
        let (status, problem) = post_patiently(&officer).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{problem}");
        let entry = audited(&officer, "token-key.generate").await;
        assert_eq!((&entry["result"], &entry["after"]["destroyed"]), (&json!("failed"), &json!(false)));
        let (detail, id) = (problem["detail"].as_str().unwrap(), entry["resource_id"].as_str().unwrap());
        assert!(detail.contains("didn't answer within 1 seconds") && detail.contains(id), "{detail}");
        let_go(&hsm).await;
        // The token is slow, not dead: what it made is destroyed once it answers again.
        loop {
            let status = officer.client.token_status().await.unwrap();
            if status.state == TokenState::Ready {
                assert_eq!(status.keys, []);
                return;
            }
        }
    });
}

#[test]
fn a_token_that_is_gone_is_said_to_whoever_needs_it() {
    in_own_process("token::a_token_that_is_gone_is_said_to_whoever_needs_it", async |hsm| {
        let (daemon, officer) = daemon_and_officer(hsm.settings()).await;
        let key = officer.client.register_token_key(&draft("v1", None)).await.unwrap();
        hsm.take_out();
        let status = officer.client.token_status().await.unwrap();
        assert_eq!((status.state, &status.keys[..]), (TokenState::Unavailable, &[][..]));
        assert!(status.detail.contains("there is no token labelled"), "{}", status.detail);
        let (status, problem) = post(&officer, &draft("v2", None)).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains("there is no token labelled"), "{problem}");
        let none = "token-unavailable".to_owned();
        assert!(!kinds_of_attention(&officer).await.contains(&none), "no live key needs it");

        let admin = daemon.join("Ada", &[Role::Admin, Role::Viewer]).await;
        assert_eq!(admin.post("export-configs", &fields(&daemon, "us", &key.id)).await.0, StatusCode::CREATED);
        assert!(kinds_of_attention(&officer).await.contains(&none));

        hsm.put_back();
        assert_eq!(officer.client.token_status().await.unwrap().state, TokenState::Ready);
        assert!(!kinds_of_attention(&officer).await.contains(&none));
    });
}

#[tokio::test]
async fn a_daemon_without_a_token_says_how_it_gets_one() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let status = officer.client.token_status().await.unwrap();
    assert_eq!((status.state, status.label), (TokenState::NotConfigured, None));
    assert!(status.detail.contains("[token]"), "{}", status.detail);
    let (status, problem) = post(&officer, &draft("v1", None)).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
}
