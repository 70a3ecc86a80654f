//! The OpenAPI document: committed, complete, and served as committed.

use crate::harness::Daemon;
use serde_json::Value;
use std::collections::BTreeSet;
use tekport_api::people::Role;
use tekportd::admin::access::ENDPOINTS;

#[test]
fn the_committed_document_is_the_generated_one() {
    let generated = tekportd::admin::openapi::document().unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == generated,
        "openapi.json is out of date: run this test with UPDATE_OPENAPI=1 and review the change"
    );
}

#[test]
fn the_document_describes_every_endpoint_of_the_access_table_and_no_other() {
    let document: Value = serde_json::from_str(&tekportd::admin::openapi::document().unwrap()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let table: BTreeSet<_> = ENDPOINTS.iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    assert_eq!(described, table);
}

#[tokio::test]
async fn the_document_is_served() {
    let daemon = Daemon::start().await;
    let viewer = daemon.join("Vic", &[Role::Viewer]).await;
    let served = viewer.request(reqwest::Method::GET, "openapi.json").send().await.unwrap();
    assert_eq!(served.headers()["content-type"], "application/json");
    assert_eq!(served.text().await.unwrap(), tekportd::admin::openapi::document().unwrap());
}
