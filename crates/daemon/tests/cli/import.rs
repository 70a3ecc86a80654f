use crate::export;
use crate::home::Home;
use serde_json::json;

/// A line of NDJSON for a key whose day ended some days ago.
fn line(byte: u8, days_ago: i64, period: i64) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let now = tekport_api::Clock::system().now().unix_seconds();
    let start = (now / 86_400 - days_ago) * 144;
    let key = STANDARD.encode([byte; 16]);
    json!({ "key": key, "rollingStartNumber": start, "rollingPeriod": period, "transmissionRisk": 3 }).to_string()
}

#[test]
fn every_key_is_taken_and_a_second_time_none_is_new() {
    let home = Home::new();
    let file = home.write("keys.ndjson", format!("{}\n{}\n", line(1, 3, 144), line(2, 4, 144)));
    let first = home.run(&["import", &file, "--region", "mag", "--json"]).succeeded().json();
    assert_eq!(first[0]["report"]["accepted"], 2);
    let again = home.run(&["import", &file, "--region", "MAG"]).succeeded();
    assert!(again.stdout.contains("2 keys read: 0 new, 0 revised, 2 already there, 0 refused"), "{}", again.stdout);
}

#[test]
fn a_refused_key_is_named_with_its_line_and_loses_none_of_the_others() {
    let home = Home::new();
    let lines = [line(1, 3, 144), line(2, 3, 145), "nonsense".to_owned(), line(3, 40, 144), line(4, 3, 144)];
    let file = home.write("keys.ndjson", lines.join("\n"));
    let ran = home.run(&["import", &file, "--region", "MAG"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("5 keys read: 2 new, 0 revised, 0 already there, 3 refused"), "{}", ran.stdout);
    for expected in ["line 2: rollingPeriod:", "line 3: ", "line 4: rollingStartNumber:", "--allow-old"] {
        assert!(ran.stdout.contains(expected), "{expected}: {}", ran.stdout);
    }
    let allowed = home.run(&["import", &file, "--region", "MAG", "--allow-old", "--json"]).json();
    assert_eq!((&allowed[0]["report"]["accepted"], &allowed[0]["report"]["duplicates"]), (&json!(1), &json!(2)));
}

#[test]
fn an_export_file_is_imported_with_its_own_region() {
    let home = Home::new();
    let file = home.write("export.zip", export::window(0));
    let report = home.run(&["import", &file, "--allow-old", "--json"]).succeeded().json();
    assert_eq!(report[0]["report"]["accepted"], 3);
}

#[test]
fn what_cannot_be_read_is_status_2_and_the_other_files_are_still_taken() {
    let home = Home::new();
    let good = home.write("keys.ndjson", line(1, 3, 144));
    let binary = home.write("picture.png", [0x89, b'P', b'N', b'G', 0xff, 0xfe]);
    let ran = home.run(&["import", "missing.ndjson", &binary, &good, "--region", "MAG", "--json"]);
    assert_eq!(ran.code, 2);
    let json = ran.json();
    assert!(json[0]["problem"].as_str().unwrap().contains("can't be read"), "{json}");
    assert!(json[1]["problem"].is_string(), "{json}");
    assert_eq!(json[2]["report"]["accepted"], 1);
}

#[test]
fn a_wrong_option_is_refused_before_anything_is_stored() {
    let home = Home::new();
    let file = home.write("keys.ndjson", line(1, 3, 144));
    for (arguments, expected) in [
        (&["--region", "M A G"][..], "' ' is not allowed in it"),
        (&["--received-at", "yesterday"], "2026-11-23T20:00:00Z"),
        (&["--received-at", "2999-01-01T00:00:00Z", "--region", "MAG"], "lies in the future"),
    ] {
        let ran = home.run(&[&["import", file.as_str()], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(
            format!("{}{}", ran.stdout, ran.stderr).contains(expected),
            "{arguments:?}: {}{}",
            ran.stdout,
            ran.stderr
        );
    }
    let report = home.run(&["import", &file, "--region", "MAG", "--json"]).succeeded().json();
    assert_eq!(report[0]["report"]["accepted"], 1, "nothing was stored before");
}

#[test]
fn keys_come_in_while_the_daemon_runs() {
    let home = Home::new();
    let served = home.serve();
    let file = home.write("keys.ndjson", line(1, 3, 144));
    home.run(&["import", &file, "--region", "MAG"]).succeeded();
    assert_eq!(served.stop().0, 0);
}
