use crate::export;
use crate::home::{Home, Ran, run};
use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;

/// Verifies in the folder of `home`, so that what is printed holds no path of this machine.
fn verify(home: &Home, arguments: &[&str]) -> Ran {
    let mut command = crate::home::tekportd();
    command.arg("verify").args(arguments).current_dir(home.beside(""));
    command.output().unwrap().into()
}

/// A folder with a public key, and an index of three windows.
fn published() -> Home {
    let home = Home::empty();
    home.write("public.pem", export::signing_key().public_key().to_pem());
    std::fs::create_dir(home.beside("mag")).unwrap();
    for n in 0..3 {
        home.write(&path(n), export::window(n));
    }
    write_index(&home, &[0, 1, 2]);
    home
}

fn path(n: i64) -> String {
    let start = export::START + n * export::PERIOD;
    format!("mag/{start}-{}-00001.zip", start + export::PERIOD)
}

fn write_index(home: &Home, windows: &[i64]) {
    home.write("mag/index.txt", windows.iter().map(|n| path(*n) + "\n").collect::<String>());
}

fn failed_checks(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let checks = json["results"][0]["report"]["checks"].as_array().unwrap().clone();
    checks.iter().filter(|check| check["passed"] == false).map(|c| c["check"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_good_file_is_accepted() {
    let home = published();
    let human = verify(&home, &[&path(0), "--key", "public.pem"]);
    assert_eq!(human.code, 0);
    insta::assert_snapshot!("good_file", human.stdout);
    let json = verify(&home, &[&path(0), "--key", "public.pem", "--json"]);
    assert_eq!(json.code, 0);
    insta::assert_snapshot!("good_file_json", json.stdout);
}

#[test]
fn without_a_key_that_made_a_signature_a_file_is_refused() {
    let home = published();
    let keyless = verify(&home, &[&path(0)]);
    assert_eq!(keyless.code, 1);
    assert!(keyless.stdout.contains("no public key was given: name one with --key PUBLIC.pem"), "{}", keyless.stdout);
    let other = tekport_keys::SigningKey::generate().unwrap().public_key().to_pem();
    home.write("other.pem", other);
    assert_eq!(verify(&home, &[&path(0), "--key", "other.pem"]).code, 1);
    assert_eq!(verify(&home, &[&path(0), "--key", "other.pem", "--key", "public.pem"]).code, 0);
}

#[test]
fn what_cannot_be_read_is_status_2() {
    let home = published();
    home.write("picture.png", b"\x89PNG\r\n\x1a\n");
    for (arguments, expected) in [
        (&["missing.zip"][..], "missing.zip: it isn't there"),
        (&["picture.png"], "picture.png: it can't be read"),
        (&["mag"], "mag: it can't be read"),
        (&["missing/index.txt"], "it isn't there"),
        (&["http://127.0.0.1:1/index.txt"], "it can't be read"),
        (&["http://"], "it is no address"),
    ] {
        let ran = verify(&home, &[arguments, &["--key", "public.pem"]].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stdout.contains(expected), "{arguments:?}: {}", ran.stdout);
    }
    let ran = verify(&home, &[&path(0), "--key", "picture.png"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--key picture.png"), "{}", ran.stderr);
    let mixed = verify(&home, &[&path(0), "missing.zip", "--key", "public.pem", "--json"]);
    assert_eq!((mixed.code, &mixed.json()["accepted"]), (2, &Value::Bool(false)));
}

#[test]
fn a_whole_index_is_accepted() {
    let home = published();
    let human = verify(&home, &["mag/index.txt", "--key", "public.pem"]);
    assert_eq!(human.code, 0, "{}", human.stdout);
    insta::assert_snapshot!("good_index", human.stdout);
    assert_eq!(verify(&home, &["mag/index.txt", "--key", "public.pem", "--json"]).json()["accepted"], true);
}

#[test]
fn each_fault_of_an_index_is_named() {
    let index = ["mag/index.txt", "--key", "public.pem", "--json"];
    let home = published();
    write_index(&home, &[0, 2, 1]);
    let ran = verify(&home, &index);
    assert_eq!((ran.code, failed_checks(&ran)), (1, vec!["time-order".to_owned()]));

    write_index(&home, &[0, 1, 2, 7]);
    let ran = verify(&home, &index);
    assert_eq!((ran.code, failed_checks(&ran)), (1, vec!["present".to_owned()]));

    write_index(&home, &[0, 1, 2]);
    home.write(&path(1), export::window(0));
    let ran = verify(&home, &index);
    assert_eq!((ran.code, failed_checks(&ran)), (1, vec!["unique".to_owned()]));

    let mut damaged = export::window(1);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    home.write(&path(1), damaged);
    let ran = verify(&home, &index);
    assert_eq!((ran.code, failed_checks(&ran)), (1, vec!["verifying".to_owned()]));

    home.write("mag/index.txt", "../../../etc/passwd\n");
    let ran = verify(&home, &index);
    assert_eq!((ran.code, failed_checks(&ran)), (1, vec!["present".to_owned()]));
}

#[test]
fn a_file_of_another_implementation_is_accepted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/reference-export");
    let (zip, key) = (folder.join("export.zip"), folder.join("public.pem"));
    if !zip.is_file() {
        println!("skipped: {} isn't there", folder.display());
        return;
    }
    let ran = run(&["verify", zip.to_str().unwrap(), "--key", key.to_str().unwrap(), "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert_eq!(ran.json()["results"][0]["report"]["contents"]["keys"], 2);
}

proptest! {
    // Each case starts a process.
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_bytes_the_answer_is_a_status_and_json(
        cut in 0_usize..1_000, flip in 0_usize..1_000, noise in proptest::collection::vec(any::<u8>(), 0..64),
    ) {
        let home = Home::empty();
        let mut bytes = export::window(0);
        let length = bytes.len();
        if let Some(byte) = bytes.get_mut(flip % length) {
            *byte ^= 0x55;
        }
        bytes.truncate(cut);
        bytes.extend(noise);
        home.write("index.txt", &bytes);
        home.write("export.zip", &bytes);
        let ran = verify(&home, &["export.zip", "index.txt", "--json"]);
        prop_assert!(ran.code == 1 || ran.code == 2, "{}: {}", ran.code, ran.stderr);
        prop_assert_eq!(&ran.json()["accepted"], &Value::Bool(false));
    }
}
