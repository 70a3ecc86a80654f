//! `tekportd rotate`: new keys for a daemon that is stopped, and that starts with them.

use crate::home::Home;

/// A daemon whose codes need no running one.
fn with_an_address() -> Home {
    let home = Home::new();
    home.edit_config("# address = \"tekport.example.org:8443\"", "address = \"tekport.example.org:8443\"");
    home
}

#[test]
fn a_rotated_root_key_opens_everything_and_the_old_one_nothing() {
    let home = with_an_address();
    let path = home.state.join("root.key");
    let old = std::fs::read_to_string(&path).unwrap();
    let ran = home.run(&["rotate", "root-key"]).succeeded();
    assert!(ran.stdout.contains("Encrypted anew"), "{}", ran.stdout);
    let new = std::fs::read_to_string(&path).unwrap();
    assert_ne!(old, new);
    assert!(!ran.stdout.contains(new.trim()) && !ran.stderr.contains(new.trim()), "the key is never printed");
    home.run(&["enroll", "Ada", "--role", "viewer"]).succeeded();
    drop(home.serve());
    std::fs::write(&path, old).unwrap();
    let refused = home.run(&["enroll", "Bob", "--role", "viewer"]);
    assert!(refused.code == 2 && refused.stderr.contains("can't be decrypted"), "{}", refused.stderr);
}

#[test]
fn a_rotated_sealing_key_is_a_new_one_under_the_same_ca() {
    let home = Home::new();
    let first = home.run(&["rotate", "sealing-key"]).succeeded().stdout;
    let second = home.run(&["rotate", "sealing-key"]).succeeded().stdout;
    assert!(first.contains("fingerprint") && first != second, "{first}");
    drop(home.serve());
}

#[test]
fn nothing_is_rotated_under_a_running_daemon() {
    let home = Home::new();
    let served = home.serve();
    for what in ["root-key", "sealing-key"] {
        let refused = home.run(&["rotate", what]);
        assert!(refused.code == 2 && refused.stderr.contains("stop it first"), "{}", refused.stderr);
    }
    drop(served);
}

#[test]
fn the_key_of_a_credential_goes_to_the_file_that_is_named() {
    let home = with_an_address();
    let credentials = home.beside("credentials");
    std::fs::create_dir(&credentials).unwrap();
    std::fs::copy(home.state.join("root.key"), credentials.join("tekport-root-key")).unwrap();
    home.edit_config("source = \"file\"", "source = \"credential\"");
    let run = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        crate::home::Ran::from(command.env("CREDENTIALS_DIRECTORY", &credentials).output().unwrap())
    };
    let refused = run(&["rotate", "root-key"]);
    assert!(refused.code == 2 && refused.stderr.contains("--to"), "{}", refused.stderr);
    let fresh = home.beside("fresh.key");
    run(&["rotate", "root-key", "--to", fresh.to_str().unwrap()]).succeeded();
    assert_eq!(run(&["enroll", "Ada", "--role", "viewer"]).code, 2, "the credential is the old key still");
    std::fs::copy(&fresh, credentials.join("tekport-root-key")).unwrap();
    run(&["enroll", "Ada", "--role", "viewer"]).succeeded();
}
