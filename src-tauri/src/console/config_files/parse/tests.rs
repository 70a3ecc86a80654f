use super::super::document::Document;
use super::*;
use proptest::prelude::*;
use serde_json::json;

fn config() -> serde_json::Value {
    json!({
        "id": "c1", "revision": 2, "output_region": "mag", "input_regions": ["mag", "MAG-N"],
        "excluded_regions": [], "travelers": "include", "period_minutes": 240,
        "small_batch": {"policy": "pad", "minimum": 1000, "jitter": 100}, "max_records_per_file": 100_000,
        "valid_from": "2026-10-01T00:00:00Z", "valid_through": null, "storage_target": "cdn", "path_prefix": "mag",
        "signing_keys": [{"name": "310 v2", "sha256": "AB"}, {"name": "310 v1"}],
    })
}

fn document(configs: serde_json::Value) -> Vec<u8> {
    serde_json::to_vec(&json!({"format": FORMAT, "version": 1, "configs": configs})).unwrap()
}

fn only_entry(config: serde_json::Value) -> Entry {
    ReadDocument::parse(&document(json!([config]))).unwrap().entries.remove(0)
}

/// The fields that one changed field makes wrong.
fn refused(name: &str, value: serde_json::Value) -> Vec<String> {
    let mut config = config();
    config[name] = value;
    let problems = only_entry(config).config.err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.field).collect()
}

#[test]
fn a_config_is_read_with_regions_and_digests_as_the_daemon_writes_them() {
    let entry = only_entry(config());
    let written = entry.config.unwrap();
    assert_eq!((entry.region.as_str(), written.output_region.as_str()), ("MAG", "MAG"));
    assert_eq!(written.input_regions, ["MAG", "MAG-N"]);
    assert_eq!(written.signing_keys[0].sha256.as_deref(), Some("ab"));
    assert_eq!(written.signing_keys[1].sha256, None);
    assert_eq!((written.id.as_deref(), written.revision), (Some("c1"), Some(2)));
}

#[test]
fn each_wrong_field_is_named() {
    assert_eq!(refused("period_minutes", json!("four hours")), ["period_minutes"]);
    assert_eq!(refused("period_minutes", json!(-5)), ["period_minutes"]);
    assert_eq!(refused("period_minutes", json!(4_294_967_296_u64)), ["period_minutes"]);
    assert_eq!(refused("max_records_per_file", json!(1.5)), ["max_records_per_file"]);
    assert_eq!(refused("travelers", json!("sometimes")), ["travelers"]);
    assert_eq!(refused("valid_from", json!("yesterday")), ["valid_from"]);
    assert_eq!(refused("valid_from", json!(null)), ["valid_from"]);
    assert_eq!(refused("input_regions", json!("MAG")), ["input_regions"]);
    assert_eq!(refused("input_regions", json!(["MAG", 7])), ["input_regions[1]"]);
    assert_eq!(refused("small_batch", json!({"policy": "pad", "minimum": 1})), ["small_batch.jitter"]);
    assert_eq!(refused("small_batch", json!({"policy": "melt"})), ["small_batch.policy"]);
    assert_eq!(refused("small_batch", json!({"policy": "release", "minimum": 1})), ["small_batch.minimum"]);
    assert_eq!(refused("small_batch", json!(7)), ["small_batch"]);
    assert_eq!(refused("signing_keys", json!([{"key": "310 v1"}])), ["signing_keys[0].name", "signing_keys[0].key"]);
    assert_eq!(refused("id", json!(7)), ["id"]);
    assert_eq!(refused("perod_minutes", json!(240)), ["perod_minutes"]);
}

#[test]
fn everything_wrong_with_a_config_is_told_at_once() {
    let problems = only_entry(json!({"output_region": "eu", "colour": "red"})).config.unwrap_err();
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    let expected = [
        "travelers",
        "period_minutes",
        "small_batch",
        "max_records_per_file",
        "valid_from",
        "storage_target",
        "path_prefix",
        "colour",
    ];
    assert_eq!(fields, expected);
    assert!(problems.last().unwrap().allowed.contains("path_prefix"), "it says which fields there are");
    let problems = only_entry(json!("MAG")).config.unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].reason, "it is the text \"MAG\"");
}

#[test]
fn a_document_that_cannot_be_used_says_which_part_of_it() {
    let parse = |value: serde_json::Value| ReadDocument::parse(&serde_json::to_vec(&value).unwrap()).unwrap_err();
    let version = parse(json!({"format": FORMAT, "version": 2, "configs": []}));
    assert!(matches!(&version, DocumentError::Version(found) if found == "version 2"), "{version}");
    assert!(matches!(parse(json!({"format": FORMAT, "configs": []})), DocumentError::Version(_)));
    assert!(matches!(parse(json!({"version": 1, "configs": []})), DocumentError::Format(_)));
    assert!(matches!(parse(json!([])), DocumentError::Format(_)));
    let unknown = parse(json!({"format": FORMAT, "version": 1, "configs": [], "extra": 1}));
    assert!(unknown.to_string().starts_with("extra: there is no such field"), "{unknown}");
    let daemon = json!({"name": "x", "environment": "moon", "ca_sha256": ""});
    let daemon = parse(json!({"format": FORMAT, "version": 1, "configs": [], "daemon": daemon}));
    assert!(daemon.to_string().starts_with("daemon.environment: it is \"moon\""), "{daemon}");
    assert!(matches!(parse(json!({"format": FORMAT, "version": 1})), DocumentError::Fields(_)));
    let many = document(json!(vec![config(); MOST_CONFIGS + 1]));
    assert_eq!(ReadDocument::parse(&many).unwrap_err(), DocumentError::TooMany(201));
    let doubled = br#"{"format": "tekport-export-configs", "version": 1, "configs": [], "configs": []}"#;
    assert!(matches!(ReadDocument::parse(doubled).unwrap_err(), DocumentError::NoJson(why) if why.contains("twice")));
}

#[test]
fn a_config_with_thousands_of_problems_tells_some() {
    let mut config = config();
    config["input_regions"] = json!(vec![7; 10_000]);
    for i in 0..10_000 {
        config[format!("field{i}")] = json!(i);
    }
    assert_eq!(only_entry(config).config.unwrap_err().len(), 50);
}

/// A fixed document: what was written once has to be readable for ever.
#[test]
fn the_first_version_stays_readable() {
    let document = ReadDocument::parse(include_bytes!("version_1.json")).unwrap();
    assert_eq!(document.daemon.unwrap().environment, Environment::Staging);
    let written = document.entries[0].config.clone().unwrap();
    assert_eq!((written.output_region.as_str(), written.small_batch), ("MAG", SmallBatchPolicy::Hold { minimum: 500 }));
}

fn small_batches() -> impl Strategy<Value = SmallBatchPolicy> {
    prop_oneof![
        (any::<u32>(), any::<u32>()).prop_map(|(minimum, jitter)| SmallBatchPolicy::Pad { minimum, jitter }),
        any::<u32>().prop_map(|minimum| SmallBatchPolicy::Hold { minimum }),
        Just(SmallBatchPolicy::Release),
    ]
}

prop_compose! {
    fn any_written()(
        id in proptest::option::of(".*"),
        revision in any::<Option<u32>>(),
        output_region in "[A-Z0-9-]{0,20}",
        input_regions in prop::collection::vec("[A-Z0-9-]{1,20}", 0..4),
        travelers in prop_oneof![
            Just(Travelers::Include), Just(Travelers::OnlyNonTravelers), Just(Travelers::Ignore)
        ],
        numbers in any::<(u32, u32)>(),
        small_batch in small_batches(),
        times in (0_i64..253_402_207_200, proptest::option::of(0_i64..253_402_207_200)),
        place in (".*", ".*"),
        signing_keys in prop::collection::vec((".*", proptest::option::of("[0-9a-f]{0,64}")), 0..4),
    ) -> Written {
        Written {
            id,
            revision,
            output_region,
            excluded_regions: input_regions.clone(),
            input_regions,
            travelers,
            period_minutes: numbers.0,
            small_batch,
            max_records_per_file: numbers.1,
            valid_from: UtcTime::saturating(times.0),
            valid_through: times.1.map(UtcTime::saturating),
            storage_target: place.0,
            path_prefix: place.1,
            signing_keys: signing_keys.into_iter().map(|(name, sha256)| NamedSigner { name, sha256 }).collect(),
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_the_same(written in any_written()) {
        let daemon = WrittenBy { name: "x".to_owned(), environment: Environment::Test, ca_sha256: String::new() };
        let document = Document {
            format: FORMAT,
            version: VERSION,
            written_at: Some(written.valid_from),
            daemon: Some(daemon.clone()),
            configs: vec![written.clone()],
        };
        let read = ReadDocument::parse(&serde_json::to_vec_pretty(&document).unwrap()).unwrap();
        prop_assert_eq!(read.written_at, Some(written.valid_from));
        prop_assert_eq!(read.daemon, Some(daemon));
        prop_assert_eq!(&read.entries[0].config, &Ok(written));
    }

    #[test]
    fn a_damaged_document_is_refused_or_read_but_never_breaks(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = document(json!([config(), config()]));
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _ = ReadDocument::parse(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(ReadDocument::parse(&bytes).is_err());
    }

    #[test]
    fn any_text_is_refused_without_breaking(text in ".*") {
        prop_assert!(ReadDocument::parse(text.as_bytes()).is_err());
    }
}
