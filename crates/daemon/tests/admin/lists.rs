//! Cursors: nothing twice, nothing left out, whatever shares a second.

use crate::harness::{Daemon, Member, register_key};
use reqwest::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;
use tekport_api::people::Role;

/// Every id of a list, page by page.
async fn walk(member: &Member, path: &str, limit: u32) -> Vec<String> {
    let mut ids = Vec::new();
    let mut cursor = String::new();
    loop {
        let (status, page) = member.get(&format!("{path}?limit={limit}&cursor={cursor}")).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit as usize);
        ids.extend(
            items.iter().map(|item| {
                item.get("id").or(item.get("sequence")).or(item.get("name")).map(Value::to_string).unwrap()
            }),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn pages_of_rows_from_one_second_repeat_and_skip_nothing() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    // The clock stands still: all of these share their second.
    for i in 0..7 {
        register_key(&officer, &format!("v{i}")).await;
        daemon.invite(&format!("Person {i}"), &[Role::Viewer]).await;
    }
    for (path, count) in [("signing-keys", 7), ("people", 8), ("audit", 16), ("storage-targets", 1), ("batches", 0)] {
        let whole = walk(&officer, path, 500).await;
        assert_eq!(whole.len(), count, "{path}");
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), count, "{path}");
        for limit in [1, 2, 3] {
            assert_eq!(walk(&officer, path, limit).await, whole, "{path} by {limit}");
        }
    }
}

#[tokio::test]
async fn rows_that_come_meanwhile_do_not_shift_the_pages() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    for i in 0..4 {
        register_key(&officer, &format!("v{i}")).await;
    }
    let (_, first) = officer.get("signing-keys?limit=2").await;
    daemon.clock.advance(1);
    register_key(&officer, "v9").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let (_, second) = officer.get(&format!("signing-keys?limit=2&cursor={cursor}")).await;
    let ids = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|key| key["key_version"].to_string()).collect()
    };
    let seen: BTreeSet<String> = ids(&first).into_iter().chain(ids(&second)).collect();
    assert_eq!(seen.len(), 4);
    assert!(!seen.contains("\"v9\""));
}

#[tokio::test]
async fn a_bad_query_names_the_parameter() {
    let daemon = Daemon::start().await;
    let viewer = daemon.join("Vic", &[Role::Viewer]).await;
    daemon.invite("Eve", &[Role::Viewer]).await;
    let (_, page) = viewer.get("people?limit=1").await;
    let cursor_of_people = page["next_cursor"].as_str().unwrap();
    for (path, field) in [
        ("people?limit=0".to_owned(), "limit"),
        ("people?limit=501".to_owned(), "limit"),
        ("people?limit=many".to_owned(), "limit"),
        ("people?cursor=nonsense".to_owned(), "cursor"),
        (format!("signing-keys?cursor={cursor_of_people}"), "cursor"),
        ("people?limit=1&limit=2".to_owned(), "limit"),
        ("people?page=2".to_owned(), "page"),
        ("batches?state=done".to_owned(), "state"),
        ("batches?config_id=x".to_owned(), "config_id"),
        ("audit?from=yesterday".to_owned(), "from"),
    ] {
        let (status, problem) = viewer.get(&path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{path}: {problem}");
    }
}
