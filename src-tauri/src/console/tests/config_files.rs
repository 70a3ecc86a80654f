//! Export configs in files: written, changed by others, and compared with what the daemon has meanwhile.

use super::*;
use crate::{ConfigImport, ImportOutcome};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tekport_api::signing_key::SigningKey;

/// A desk whose daemon has the configs `c1` and `c2`, signed by one key.
async fn desk() -> (Desk, SigningKey) {
    let desk = Desk::enrolled().await;
    let key = desk.console.generate_signing_key(new_key("310", "v1", Custody::Console)).await.unwrap();
    desk.daemon.add_config("c1", &[&key]);
    desk.daemon.add_config("c2", &[&key]);
    (desk, key)
}

/// Saves all configs and returns the file with what it says.
async fn saved(desk: &Desk) -> (PathBuf, Value) {
    let path = PathBuf::from(desk.console.save_config_file(None).await.unwrap().path);
    let value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    (path, value)
}

async fn inspect(desk: &Desk, path: &Path) -> ConfigImport {
    desk.console.inspect_config_file(path.to_str().unwrap()).await.unwrap()
}

async fn inspect_value(desk: &Desk, value: &Value) -> ConfigImport {
    let path = desk.folder.path().join("changed.json");
    std::fs::write(&path, serde_json::to_vec(value).unwrap()).unwrap();
    inspect(desk, &path).await
}

fn outcomes(import: &ConfigImport) -> Vec<ImportOutcome> {
    import.entries.iter().map(|entry| entry.outcome).collect()
}

#[tokio::test]
async fn what_was_saved_is_unchanged_when_it_is_read_again() {
    let (desk, key) = desk().await;
    let (path, value) = saved(&desk).await;
    assert!(path.ends_with("downloads/export-configs-rehearsal.json"), "{}", path.display());
    assert_eq!(value["configs"][0]["signing_keys"], json!([{"name": "310 v1", "sha256": key.fingerprint}]));
    assert_eq!(value["daemon"]["environment"], "test");
    let import = inspect(&desk, &path).await;
    assert_eq!(outcomes(&import), [ImportOutcome::Unchanged, ImportOutcome::Unchanged]);
    assert!(import.same_daemon);
    assert_eq!(import.daemon.as_deref(), Some("rehearsal"));
    let asked = desk.daemon.requests.lock().unwrap().iter().any(|request| request.contains("preview"));
    assert!(!asked, "what is unchanged isn't asked about");
}

#[tokio::test]
async fn one_config_is_saved_under_its_region() {
    let (desk, _) = desk().await;
    let saved = desk.console.save_config_file(Some(&["c2".to_owned()])).await.unwrap();
    assert!(saved.path.ends_with("export-config-mag.json"), "{}", saved.path);
    let value: Value = serde_json::from_slice(&std::fs::read(saved.path).unwrap()).unwrap();
    assert_eq!(value["configs"].as_array().unwrap().len(), 1);
    assert_eq!(desk.console.save_config_file(Some(&["c3".to_owned()])).await.unwrap_err().code, "not-found");
}

#[tokio::test]
async fn each_config_says_what_importing_it_would_do() {
    let (desk, key) = desk().await;
    let (_, mut value) = saved(&desk).await;
    value["configs"][0]["period_minutes"] = json!(360);
    let mut new = value["configs"][1].clone();
    new["path_prefix"] = json!("mag-s");
    new.as_object_mut().unwrap().remove("id");
    let mut unsigned = new.clone();
    unsigned["path_prefix"] = json!("mag-t");
    unsigned["signing_keys"] = json!([]);
    value["configs"].as_array_mut().unwrap().extend([new, unsigned]);
    let import = inspect_value(&desk, &value).await;
    use ImportOutcome::{Change, Create, Refused, Unchanged};
    assert_eq!(outcomes(&import), [Change, Unchanged, Create, Refused]);
    let [change, _, create, refused] = import.entries.as_slice() else { unreachable!("there are four") };
    assert_eq!(change.existing.as_ref().map(|config| config.revision), Some(1));
    assert_eq!(create.fields.as_ref().unwrap().signing_key_ids, [key.id]);
    assert_eq!(create.warnings[0].field, "small_batch");
    assert_eq!(refused.problems[0].field, "signing_keys", "the file's name for the daemon's field");
}

/// The revision that is compared is the one that an import is applied over, so what changes between is a conflict;
/// what changed before is told.
#[tokio::test]
async fn a_config_that_changed_since_the_file_was_written_is_told_apart() {
    let (desk, _) = desk().await;
    let (_, mut value) = saved(&desk).await;
    value["configs"][0]["period_minutes"] = json!(360);
    {
        let mut there = desk.daemon.awaiting.lock().unwrap();
        there.configs[0].revision = 4;
        there.configs[0].fields.max_records_per_file = 500;
    }
    let import = inspect_value(&desk, &value).await;
    assert_eq!(import.entries[0].outcome, ImportOutcome::Outdated);
    assert_eq!(import.entries[0].file_revision, Some(1));
    assert_eq!(import.entries[0].existing.as_ref().unwrap().revision, 4);
}

#[tokio::test]
async fn ids_and_revisions_of_another_daemon_mean_nothing() {
    let (desk, _) = desk().await;
    let (_, mut value) = saved(&desk).await;
    value["daemon"]["ca_sha256"] = json!("00".repeat(32));
    value["daemon"]["name"] = json!("elsewhere");
    value["configs"][0]["revision"] = json!(9);
    value["configs"][0]["period_minutes"] = json!(360);
    value["configs"][1]["path_prefix"] = json!("another");
    let import = inspect_value(&desk, &value).await;
    assert!(!import.same_daemon);
    assert_eq!(outcomes(&import), [ImportOutcome::Change, ImportOutcome::Create], "by their paths");
    assert_eq!(import.entries[0].file_revision, None);
}

#[tokio::test]
async fn a_file_that_is_none_says_why_and_asks_nobody() {
    let (desk, _) = desk().await;
    let path = desk.folder.path().join("other.json");
    let before = desk.daemon.requests.lock().unwrap().len();
    let cases = [
        (b"no json".to_vec(), "config-file"),
        (br#"{"format": "tekport-export-configs", "version": 2}"#.to_vec(), "config-file-version"),
        (vec![b' '; 1_048_577], "config-file"),
    ];
    for (bytes, code) in cases {
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(desk.console.inspect_config_file(path.to_str().unwrap()).await.unwrap_err().code, code);
    }
    let gone = desk.folder.path().join("gone.json");
    let error = desk.console.inspect_config_file(gone.to_str().unwrap()).await.unwrap_err();
    assert_eq!(error.code, "file-unreadable");
    assert_eq!(desk.daemon.requests.lock().unwrap().len(), before);
}

#[tokio::test]
async fn a_key_of_the_same_name_with_another_fingerprint_is_refused() {
    let (desk, key) = desk().await;
    let (_, mut value) = saved(&desk).await;
    value["configs"][0]["signing_keys"][0]["sha256"] = json!("00".repeat(32));
    value["configs"][1]["signing_keys"][0].as_object_mut().unwrap().remove("sha256");
    let import = inspect_value(&desk, &value).await;
    assert_eq!(outcomes(&import), [ImportOutcome::Refused, ImportOutcome::Unchanged]);
    let problem = &import.entries[0].problems[0];
    assert_eq!(problem.field, "signing_keys[0]");
    assert!(problem.reason.contains(&key.fingerprint), "{}", problem.reason);
}
