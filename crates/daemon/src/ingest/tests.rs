use super::*;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use tekport_export_file::ReportType;

const DAY: i64 = 86_400;
/// A UTC midnight, and an interval number that begins there.
const NOW: i64 = 20_000 * DAY;
const TODAY: i64 = NOW / 600;

fn now() -> UtcTime {
    UtcTime::saturating(NOW)
}

fn options() -> ImportOptions {
    ImportOptions { regions: BTreeSet::from([Region::parse("us").unwrap()]), ..ImportOptions::default() }
}

fn read_text(text: &str) -> Result<Reading, IngestError> {
    read(text.as_bytes(), &options(), now())
}

/// A key's object; `more` is added to it.
fn key(byte: u8, more: &str) -> String {
    use base64::engine::general_purpose::STANDARD;
    let key = base64::Engine::encode(&STANDARD, [byte; 16]);
    format!(r#"{{"key":"{key}","rollingStartNumber":{},"rollingPeriod":144,"transmissionRisk":3{more}}}"#, TODAY - 144)
}

async fn store() -> (tempfile::TempDir, Store, Clock) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
    (folder, store, Clock::manual(now()))
}

#[test]
fn a_publish_request_is_read_with_the_lines_of_its_keys() {
    let text = format!(
        "{{\n \"temporaryExposureKeys\": [\n  {},\n  {}, {},\n  {}\n ],\n \"padding\": \"x\", \"healthAuthorityID\": 7\n}}",
        key(1, ""),
        key(2, r#","rollingPeriod2":1"#),
        key(3, "").replace("144", "145"),
        "{\n \"rollingPeriod\": 1}"
    );
    let reading = read_text(&text).unwrap();
    assert_eq!(reading.read, 4);
    assert_eq!(reading.keys.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4]);
    let refused: Vec<_> = reading.refusals.iter().map(|r| (r.line, r.field.as_str(), r.reason.as_str())).collect();
    assert_eq!(refused, [(4, "rollingPeriod", "it is 145"), (5, "key", "it is missing")]);
    assert_eq!(reading.refusals[0].allowed, "1 to 144, in 10-minute intervals");
}

#[test]
fn what_the_request_says_for_all_counts_where_a_key_does_not_say_otherwise() {
    let text = format!(
        r#"{{"regions":["mx","us-wa"],"traveler":true,"reportType":"likely","temporaryExposureKeys":[{},{}]}}"#,
        key(1, ""),
        key(2, r#","regions":["CA"],"traveler":false,"reportType":"confirmed","daysSinceOnsetOfSymptoms":-3"#)
    );
    let keys = read_text(&text).unwrap().keys;
    let codes = |key: &NewTek| key.regions.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (first, second) = (&keys[0].1, &keys[1].1);
    assert_eq!((codes(first), first.traveler), (vec!["MX".to_owned(), "US-WA".to_owned()], true));
    assert_eq!(first.tek.report_type(), ReportType::ConfirmedClinicalDiagnosis);
    assert_eq!((codes(second), second.traveler), (vec!["CA".to_owned()], false));
    assert_eq!((second.tek.report_type(), second.tek.days_since_onset()), (ReportType::ConfirmedTest, Some(-3)));
}

#[test]
fn every_wrong_field_is_named_with_its_line_and_the_rest_is_kept() {
    let wrong = [
        ("not json", "", "not an object"),
        ("[\"AAAA\",1]", "", "not an object"),
        ("{\"key\"", "", "EOF while parsing"),
        (r#"{"key":5}"#, "key", "5 can't stand here"),
        (r#"{"key":"AAAA"}"#, "rollingStartNumber", "it is missing"),
        (r#"{"key":"AAAA","rollingStartNumber":1}"#, "key", "it has 3 bytes"),
        (r#"{"key":"A*==","rollingStartNumber":1}"#, "key", "it is not base64"),
        (r#"{"key":"AAAA","rollingStartNumber":"1"}"#, "rollingStartNumber", "\"1\" can't stand here"),
        (r#"{"key":"AAAA","rollingStartNumber":99999999999999999999}"#, "rollingStartNumber", "can't stand here"),
        (&key(1, "").replace(":3", ":9"), "transmissionRisk", "it is 9"),
        (&key(1, r#","reportType":"maybe""#), "reportType", "\"maybe\" is no report type"),
        (&key(1, r#","daysSinceOnsetOfSymptoms":15"#), "daysSinceOnsetOfSymptoms", "it is 15"),
        (&key(1, r#","regions":["US","U S"]"#), "regions[1]", "' ' is not allowed in it"),
        (&key(1, r#","traveler":"no""#), "traveler", "\"no\" can't stand here"),
        (
            &key(1, "").replace(&(TODAY - 144).to_string(), &(TODAY + 1).to_string()),
            "rollingStartNumber",
            "in the future",
        ),
        (
            &key(1, "").replace(&(TODAY - 144).to_string(), &(TODAY - 17 * 144).to_string()),
            "rollingStartNumber",
            "15 days ago",
        ),
        (&key(1, "").replace(&(TODAY - 144).to_string(), "2147483648"), "rollingStartNumber", "it is 2147483648"),
        (&key(1, "").replace(&(TODAY - 144).to_string(), "-1"), "rollingStartNumber", "it is -1"),
    ];
    for (text, field, reason) in wrong {
        let reading = read_text(&format!("{}\n\n{text}\n{}\n", key(8, ""), key(9, ""))).unwrap();
        assert_eq!(reading.keys.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 4], "{text}");
        let [refusal] = reading.refusals.as_slice() else { panic!("{text}: {:?}", reading.refusals) };
        assert_eq!((refusal.line, refusal.field.as_str()), (3, field), "{text}: {refusal:?}");
        assert!(refusal.reason.contains(reason), "{text}: {refusal:?}");
        assert!(!refusal.allowed.is_empty());
    }
}

#[test]
fn a_key_without_any_region_is_refused() {
    let reading = read(key(1, "").as_bytes(), &ImportOptions::default(), now()).unwrap();
    assert_eq!((reading.keys.len(), reading.refusals[0].field.as_str()), (0, "regions"));
}

#[test]
fn shapes_are_told_apart() {
    let publish = format!(r#"{{"temporaryExposureKeys":[{}]}}"#, key(1, ""));
    assert_eq!(Shape::detect(publish.as_bytes()), Shape::Publish);
    assert_eq!(Shape::detect(format!("\n{{\n \"temporaryExposureKeys\": [{},", key(1, "")).as_bytes()), Shape::Publish);
    assert_eq!(Shape::detect(format!("{}\n{}\n", key(1, ""), key(2, "")).as_bytes()), Shape::Ndjson);
    assert_eq!(Shape::detect(b"PK\x03\x04"), Shape::ExportFile);
    assert_eq!(Shape::detect(b""), Shape::Ndjson);
}

#[test]
fn an_input_that_is_wrong_as_a_whole_says_where() {
    let cut = format!("{{\n\"temporaryExposureKeys\": [\n{},\n", key(1, ""));
    assert_eq!(
        read_text(&cut).unwrap_err().to_string(),
        "line 4: the JSON can't be read: EOF while parsing a value; expected an object with temporaryExposureKeys"
    );
    let regions = r#"{"temporaryExposureKeys":[],"regions":["U_S"]}"#;
    assert!(read_text(regions).unwrap_err().to_string().starts_with("regions[0]: "));
    assert!(matches!(read(b"\xff", &options(), now()), Err(IngestError::NotText(0))));
    assert!(matches!(read(b"PK junk", &options(), now()), Err(IngestError::ExportFile(_))));
    let long = format!("{{\"key\":\"{}\"}}", "A".repeat(20_000));
    assert!(read_text(&long).unwrap().refusals[0].reason.contains("bytes long"));
}

#[tokio::test]
async fn an_import_reports_what_became_of_every_key() {
    let (_folder, store, clock) = store().await;
    let embargoed = key(3, "").replace(&(TODAY - 144).to_string(), &(TODAY - 100).to_string());
    let text = [key(1, ""), key(1, ""), key(2, ""), embargoed, "x".to_owned()].join("\n");
    let report = import(&store, &clock, text.as_bytes(), &options()).await.unwrap();
    assert_eq!((report.received, report.accepted, report.duplicates, report.refused), (5, 3, 1, 1));
    assert_eq!((report.embargoed, report.refusals[0].line), (3, 5), "keys that ended just now wait two hours");
    clock.advance(DAY);
    let text = [key(2, r#","reportType":"revoked""#), key(2, "").replace(":3", ":4")].join("\n");
    let report = import(&store, &clock, text.as_bytes(), &options()).await.unwrap();
    assert_eq!((report.revised, report.refused), (1, 1));
    assert_eq!((report.refusals[0].line, report.refusals[0].field.as_str()), (2, "key"));
    let early = ImportOptions { received_at: Some(UtcTime::saturating(NOW + 2 * DAY)), ..options() };
    assert!(matches!(import(&store, &clock, b"", &early).await, Err(IngestError::ReceivedInFuture)));
}

fn fixture(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures").join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
    }
    path.exists().then_some(path)
}

#[test]
fn the_reference_export_and_the_json_it_was_made_from_hold_the_same_keys() {
    let Some(folder) = fixture("reference-export") else { return };
    let old = ImportOptions { allow_old: true, ..options() };
    let by_file = |name: &str| read(&std::fs::read(folder.join(name)).unwrap(), &old, now()).unwrap();
    let (json, zip) = (by_file("keys.json"), by_file("export.zip"));
    assert_eq!((json.refusals, zip.refusals.clone()), (vec![], vec![]));
    assert_eq!(json.keys.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 9]);
    let mut data: Vec<_> = json.keys.iter().map(|(_, key)| key.tek).collect();
    let mut exported: Vec<_> = zip.keys.iter().map(|(_, key)| key.tek).collect();
    data.sort_by_key(|tek| *tek.key_data());
    exported.sort_by_key(|tek| *tek.key_data());
    assert_eq!(data, exported);
    let strict = read(&std::fs::read(folder.join("keys.json")).unwrap(), &options(), now()).unwrap();
    assert_eq!(strict.refusals.len(), 2, "older than 15 days");
}

#[test]
fn the_keys_of_a_peers_file_get_its_region_unless_another_is_given() {
    let Some(path) = fixture("device-sample/export.zip") else { return };
    let zip = std::fs::read(path).unwrap();
    let old = ImportOptions { allow_old: true, ..ImportOptions::default() };
    let own = read(&zip, &old, now()).unwrap();
    assert_eq!(own.keys.len(), 140);
    let given = read(&zip, &ImportOptions { allow_old: true, ..options() }, now()).unwrap();
    assert_eq!(given.keys[0].1.regions.iter().map(Region::as_str).collect::<Vec<_>>(), ["US"]);
}

proptest! {
    #[test]
    fn no_bytes_make_the_readers_panic(bytes: Vec<u8>) {
        for shape in [Shape::Publish, Shape::Ndjson, Shape::ExportFile] {
            let _ = read(&bytes, &ImportOptions { shape: Some(shape), ..options() }, now());
        }
    }

    #[test]
    fn every_line_is_a_key_or_a_refusal(lines in prop::collection::vec(prop_oneof![
        "\\PC{0,40}", Just(key(1, "")), any::<i64>().prop_map(|n| key(2, "").replace("144", &n.to_string())),
    ], 0..20)) {
        let reading = read(lines.join("\n").as_bytes(), &ImportOptions { shape: Some(Shape::Ndjson), ..options() }, now()).unwrap();
        let filled = lines.join("\n").lines().filter(|line| !line.trim().trim_start_matches('\u{feff}').is_empty()).count();
        prop_assert_eq!(reading.keys.len() + reading.refusals.len(), filled);
        prop_assert_eq!(reading.read as usize, filled);
    }

    #[test]
    fn any_window_of_validity_is_judged_without_overflow(start: i64, period: i64, received in any::<i64>().prop_map(UtcTime::saturating)) {
        let text = key(1, "").replace(&format!(":{}", TODAY - 144), &format!(":{start}")).replace(":144", &format!(":{period}"));
        let reading = read(text.as_bytes(), &options(), received).unwrap();
        prop_assert_eq!(reading.read, 1);
        for (_, key) in reading.keys {
            prop_assert!(i64::from(key.tek.rolling_start()) * 600 <= received.unix_seconds());
            prop_assert!(key.tek.validity_end_seconds() >= received.unix_seconds() - 15 * DAY);
        }
    }
}
