//! People: edits with revisions, and the last security officer.

use crate::harness::{Daemon, read};
use reqwest::{Method, StatusCode};
use serde_json::json;
use tekport_api::enrolment::EnrolmentCode;
use tekport_api::page::PageQuery;
use tekport_api::people::{PersonDraft, Role};

#[tokio::test]
async fn the_last_security_officer_stays_until_another_has_enrolled() {
    let daemon = Daemon::start().await;
    let olga = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let code = daemon.invite("Oscar", &[Role::SecurityOfficer]).await;
    let (status, problem) = olga.post(&format!("people/{}/revoke", olga.id), &json!(null)).await;
    assert_eq!(status, StatusCode::CONFLICT, "an invitation is no officer: {problem}");
    let viewer = PersonDraft { name: "Olga".to_owned(), roles: vec!["viewer".to_owned()] };
    let error = olga.client.update_person(&olga.id, 1, &viewer).await.unwrap_err();
    assert!(error.to_string().contains("last security officer"), "{error}");

    tekport_api::client::enrol(&code, &tekport_keys::SigningKey::generate().unwrap()).await.unwrap();
    let revoked = olga.client.revoke_person(&olga.id).await.unwrap();
    assert!(revoked.revoked_at.is_some() && revoked.certificates.iter().all(|c| c.revoked_at.is_some()));
    assert_eq!(olga.get("me").await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_edit_of_a_person_needs_their_revision() {
    let daemon = Daemon::start().await;
    let olga = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let eve = daemon.join("Eve", &[Role::Viewer]).await;
    let draft = json!({ "name": "Eve B.", "roles": ["operator"] });
    let put = |tag: Option<&'static str>| {
        let mut request = olga.request(Method::PUT, &format!("people/{}", eve.id)).json(&draft);
        if let Some(tag) = tag {
            request = request.header("if-match", tag);
        }
        async move { read(request.send().await.unwrap()).await }
    };
    assert_eq!(put(None).await.0, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(put(Some("\"7\"")).await.0, StatusCode::PRECONDITION_FAILED);
    let (status, person) = put(Some("\"1\"")).await;
    assert_eq!((status, &person["name"], &person["revision"]), (StatusCode::OK, &json!("Eve B."), &json!(2)));
}

#[tokio::test]
async fn another_code_ends_the_one_before() {
    let daemon = Daemon::start().await;
    let olga = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let draft = PersonDraft { name: "Eve".to_owned(), roles: vec!["viewer".to_owned()] };
    let first = olga.client.invite_person(&draft).await.unwrap();
    daemon.clock.advance(60);
    let second = olga.client.new_enrolment_code(&first.person.id).await.unwrap();
    assert!(second.expires_at > first.expires_at);
    assert_eq!(second.person.code_expires_at, Some(second.expires_at));
    let enrol = |code: String| async move {
        let key = tekport_keys::SigningKey::generate().unwrap();
        tekport_api::client::enrol(&EnrolmentCode::parse(&code).unwrap(), &key).await
    };
    assert!(enrol(first.code).await.is_err());
    enrol(second.code).await.unwrap();
    let people = olga.client.list_people(&PageQuery::default()).await.unwrap().items;
    let eve = people.iter().find(|person| person.id == first.person.id).unwrap();
    assert_eq!((eve.code_expires_at, eve.certificates.len()), (None, 1), "the code was used");
}
