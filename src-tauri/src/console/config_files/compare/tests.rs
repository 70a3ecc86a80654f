use super::*;
use tekport_api::UtcTime;
use tekport_api::export_config::{ConfigState, SmallBatchPolicy, Travelers};

fn fields(prefix: &str, minutes: u32) -> ExportConfigDraft {
    ExportConfigDraft {
        output_region: "MAG".to_owned(),
        input_regions: vec!["MAG-N".to_owned(), "MAG".to_owned()],
        excluded_regions: vec![],
        travelers: Travelers::Ignore,
        storage_target: "cdn".to_owned(),
        path_prefix: prefix.to_owned(),
        period_minutes: minutes,
        valid_from: UtcTime::saturating(0),
        valid_through: None,
        signing_key_ids: vec![],
        max_records_per_file: 1_000,
        small_batch: SmallBatchPolicy::Release,
    }
}

fn config(id: &str, prefix: &str, revision: u32) -> ExportConfig {
    ExportConfig {
        id: id.to_owned(),
        revision,
        state: ConfigState::Active,
        fields: fields(prefix, 240),
        created_at: UtcTime::saturating(0),
        updated_at: UtcTime::saturating(0),
        windows_through: None,
    }
}

fn entry(id: Option<&str>, revision: Option<u32>, fields: &ExportConfigDraft) -> Entry {
    let written = Written::of(fields, vec![]);
    Entry { region: "MAG".to_owned(), config: Ok(Written { id: id.map(str::to_owned), revision, ..written }) }
}

fn outcomes(entries: Vec<Entry>, configs: &[ExportConfig], same_daemon: bool) -> Vec<ImportOutcome> {
    let there = There { configs, keys: &[], same_daemon };
    compare(entries, &there).into_iter().map(|entry| entry.outcome).collect()
}

#[test]
fn the_order_of_regions_is_no_change() {
    let mut same = fields("mag", 240);
    same.input_regions.reverse();
    let configs = [config("c1", "mag", 2)];
    assert_eq!(outcomes(vec![entry(Some("c1"), Some(2), &same)], &configs, true), [ImportOutcome::Unchanged]);
}

#[test]
fn a_newer_revision_matters_only_where_something_would_change() {
    let configs = [config("c1", "mag", 3)];
    let entries = |minutes| vec![entry(Some("c1"), Some(2), &fields("mag", minutes))];
    assert_eq!(outcomes(entries(240), &configs, true), [ImportOutcome::Unchanged]);
    assert_eq!(outcomes(entries(120), &configs, true), [ImportOutcome::Outdated]);
    assert_eq!(outcomes(entries(120), &configs, false), [ImportOutcome::Change]);
    let unsaid = vec![entry(Some("c1"), None, &fields("mag", 120))];
    assert_eq!(outcomes(unsaid, &configs, true), [ImportOutcome::Change]);
}

#[test]
fn a_config_is_found_by_its_id_then_by_its_path() {
    let configs = [config("c1", "mag", 1), config("c2", "mag-n", 1)];
    let moved = compare(
        vec![entry(Some("c1"), None, &fields("v2/mag", 240)), entry(None, None, &fields("mag-n", 120))],
        &There { configs: &configs, keys: &[], same_daemon: true },
    );
    let found: Vec<&str> = moved.iter().map(|entry| entry.existing.as_ref().unwrap().id.as_str()).collect();
    assert_eq!(found, ["c1", "c2"]);
    assert_eq!(outcomes(vec![entry(Some("c9"), None, &fields("new", 240))], &configs, true), [ImportOutcome::Create]);
}

#[test]
fn a_config_that_is_there_twice_is_refused_the_second_time() {
    let configs = [config("c1", "mag", 1)];
    let twice = |first: Entry, second: Entry| outcomes(vec![first, second], &configs, true)[1];
    let by_path = || entry(None, None, &fields("new", 120));
    assert_eq!(twice(by_path(), by_path()), ImportOutcome::Refused);
    let by_id = entry(Some("c1"), None, &fields("mag", 120));
    assert_eq!(twice(by_id, entry(Some("c1"), None, &fields("other", 120))), ImportOutcome::Refused);
}

#[test]
fn a_key_that_is_not_registered_is_named() {
    let mut problems = Vec::new();
    let signer = NamedSigner { name: "310 v9".to_owned(), sha256: None };
    assert!(signing_key_ids(&[signer], &[], &mut problems).is_empty());
    assert_eq!(problems[0].field, "signing_keys[0]");
}
