use crate::home::{Home, run};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tekport_api::enrolment::EnrolmentCode;
use tekportd::config::{Config, Location};

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn init_makes_a_private_folder_a_configuration_and_a_code_that_fits() {
    let home = Home::empty();
    let made = home.init(&["--name", "MAG health", "--json"]).succeeded().json();
    assert_eq!(mode(&home.state), 0o700);
    assert_eq!(mode(&home.state.join("root.key")), 0o600);
    assert_eq!(made["config"], home.state.join("tekportd.toml").to_str().unwrap());

    let config = Config::load(&Location::new(None, Some(home.state.clone())), []).unwrap();
    assert_eq!(config.daemon.name, "MAG health");
    assert_eq!(config.admin.listen.to_string(), "127.0.0.1:8443");

    let code = EnrolmentCode::parse(made["enrolment"]["code"].as_str().unwrap()).unwrap();
    assert_eq!(code.address, "127.0.0.1:8443");
    assert_eq!(made["ca_sha256"], code.ca_sha256);
    let roles = &made["enrolment"]["person"]["roles"];
    assert_eq!(roles, &serde_json::json!(["operator", "admin", "security-officer"]));
}

#[test]
fn init_says_what_to_do_next_with_paths() {
    let home = Home::empty();
    let text = home.init(&[]).succeeded().stdout;
    let state = home.state.to_str().unwrap();
    for expected in
        [&format!("tekportd serve --state {state}"), &format!("tekportd doctor --state {state}"), "keep a copy"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let code = text.lines().find(|line| line.starts_with("tekport-enrol-1.")).unwrap();
    EnrolmentCode::parse(code).unwrap();
}

#[test]
fn an_existing_state_folder_is_refused_and_stays_as_it_is() {
    let home = Home::new();
    let before = contents(&home.state);
    let again = home.init(&[]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("exists already and was not touched"), "{}", again.stderr);
    assert_eq!(contents(&home.state), before);

    let other = Home::empty();
    std::fs::create_dir(&other.state).unwrap();
    std::fs::write(other.state.join("thesis.doc"), "mine").unwrap();
    assert_eq!(other.init(&[]).code, 2);
    assert_eq!(contents(&other.state), [("thesis.doc".to_owned(), b"mine".to_vec())]);
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    for (arguments, expected) in [
        (&["--name", ""][..], "daemon.name"),
        (&["--health-listen", "0.0.0.0:1"], "health.listen"),
        (&["--admin-listen", "nonsense"], "--admin-listen"),
        (&["--environment", "prod"], "possible values: production, staging, test"),
        (&["--min-window-age", "soon"], "is not a length of time"),
        (&["--person", ""], "--person"),
        (&["--root-key", "credential"], "LoadCredential=tekport-root-key:"),
        (&["--root-key", "keychain"], "keychain"),
    ] {
        let home = Home::empty();
        let refused = home.init(arguments);
        assert_eq!(refused.code, 2, "{arguments:?}");
        assert!(refused.stderr.contains(expected), "{arguments:?}: {}", refused.stderr);
        assert!(!home.state.exists(), "{arguments:?}");
    }
    let home = Home::empty();
    std::fs::create_dir(&home.state).unwrap();
    assert_eq!(home.init(&["--root-key", "credential"]).code, 2);
    assert_eq!(contents(&home.state), [], "a folder that was there stays, empty");
}

#[test]
fn enroll_prints_a_code_of_its_own_for_each_person() {
    let home = Home::empty();
    home.init(&["--admin-address", "127.0.0.1:8443"]).succeeded();
    let code = |arguments: &[&str]| {
        let json = home.run(&[&["enroll", "--json"], arguments].concat()).succeeded().json();
        (json["code"].as_str().unwrap().to_owned(), json["person"]["roles"].clone())
    };
    let (first, roles) = code(&["Ada", "--role", "viewer", "--role", "operator"]);
    assert_eq!(roles, serde_json::json!(["viewer", "operator"]));
    let (second, _) = code(&["--name", "Key server", "--role", "ingest"]);
    let secret = |code: &str| EnrolmentCode::parse(code).unwrap().secret;
    assert_ne!(secret(&first), secret(&second));
    let refused = home.run(&["enroll", "Ada", "--role", "boss"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("viewer, operator, admin, security-officer or ingest"), "{}", refused.stderr);
}

#[test]
fn without_a_state_folder_every_command_says_what_to_do() {
    let home = Home::empty();
    for arguments in [&["serve"][..], &["enroll", "Ada", "--role", "viewer"], &["import", "x"], &["config", "check"]] {
        let refused = home.run(arguments);
        assert_eq!(refused.code, 2, "{arguments:?}");
        assert!(refused.stderr.contains("tekportd init"), "{arguments:?}: {}", refused.stderr);
    }
    assert!(!home.state.exists(), "looking must not make it");
}

#[test]
fn the_configuration_can_be_looked_at() {
    let home = Home::new();
    assert_eq!(home.run(&["config", "check"]).succeeded().stderr, "");
    assert_eq!(home.run(&["config", "show"]).succeeded().json()["schedule"]["tick"], "1s");
    home.edit_config("retention_days = 14", "retention_dais = 14");
    let refused = home.run(&["config", "check"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("schedule.retention_dais: there is no such option; known here:"),
        "{}",
        refused.stderr
    );
    assert!(run(&["config", "default"]).succeeded().stdout.contains("[root_key]"));
    let schema = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("config.schema.json")).unwrap();
    assert_eq!(run(&["config", "schema"]).succeeded().stdout, schema);
}

#[test]
fn openapi_prints_the_document_of_the_admin_api() {
    let document = run(&["openapi"]).succeeded().json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(document["paths"].as_object().unwrap().len() > 10);
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}
