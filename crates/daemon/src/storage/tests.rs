use super::*;
use tekport_api::Clock;
use tekport_api::UtcTime;

fn targets(toml: &str, state: &Path) -> Result<StorageTargets, StorageError> {
    let config = Config::parse(toml, []).unwrap();
    StorageTargets::from_config(&config, state)
}

#[tokio::test]
async fn what_is_put_is_read_back_and_deleted_twice_without_fuss() {
    let state = tempfile::tempdir().unwrap();
    let targets = targets("[storage.local]\nkind = \"folder\"\npath = \"out\"\n", state.path()).unwrap();
    let target = targets.get("local").unwrap();
    target.put("mag/index.txt", Bytes::from_static(b"a\n"), Kind::Index).await.unwrap();
    assert_eq!(std::fs::read(state.path().join("out/mag/index.txt")).unwrap(), b"a\n");
    assert_eq!(target.get("mag/index.txt").await.unwrap(), Some(Bytes::from_static(b"a\n")));
    target.delete("mag/index.txt").await.unwrap();
    target.delete("mag/index.txt").await.unwrap();
    assert_eq!(target.get("mag/index.txt").await.unwrap(), None);
}

#[tokio::test]
async fn a_test_says_which_step_failed_and_is_remembered() {
    let state = tempfile::tempdir().unwrap();
    let clock = Clock::manual(UtcTime::saturating(1_790_000_000));
    let targets = targets("[storage.local]\nkind = \"folder\"\npath = \"out\"\n", state.path()).unwrap();
    let target = targets.get("local").unwrap();
    let test = target.test(&clock).await;
    assert!(test.passed, "{test:?}");
    let names: Vec<_> = test.steps.iter().map(|step| step.step.as_str()).collect();
    assert_eq!(names, ["write", "read", "compare", "delete"]);
    assert_eq!(target.to_api().last_test, Some(test));
    assert_eq!(std::fs::read_dir(state.path().join("out")).unwrap().count(), 0, "the test leaves nothing behind");

    std::fs::remove_dir(state.path().join("out")).unwrap();
    std::fs::write(state.path().join("out"), b"in the way").unwrap();
    let test = target.test(&clock).await;
    assert!(!test.passed);
    assert_eq!((test.steps[0].step.as_str(), test.steps.len()), ("write", 1));
    assert!(test.steps[0].detail.contains("may write there"), "{}", test.steps[0].detail);
    let message = test.steps[0].message.as_ref().unwrap();
    assert_eq!((message.code.as_str(), &message.params["target"]), ("storage.writing", &"local".into()));
}

#[test]
fn an_unknown_target_and_a_kind_not_built_in_say_what_to_do() {
    let state = tempfile::tempdir().unwrap();
    let opened = targets("[storage.local]\nkind = \"folder\"\n", state.path()).unwrap();
    assert!(opened.get("cdn").unwrap_err().to_string().contains("[storage.cdn]"));
    if cfg!(not(feature = "gcp")) {
        let error = targets("[storage.cdn]\nkind = \"gcs\"\nbucket = \"b\"\n", state.path()).unwrap_err();
        assert!(error.to_string().contains("feature `gcp`"), "{error}");
    }
}

#[test]
fn a_target_says_where_phones_download_from() {
    let state = tempfile::tempdir().unwrap();
    let toml = "[storage.local]\nkind = \"folder\"\npublic_url = \"https://exports.example.org/v1/\"\n";
    let targets = targets(toml, state.path()).unwrap();
    let target = targets.get("local").unwrap();
    assert_eq!(target.url_of("mag/1.zip").as_deref(), Some("https://exports.example.org/v1/mag/1.zip"));
    assert!(target.to_api().location.ends_with("exports"));
}
