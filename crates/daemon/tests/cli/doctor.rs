use crate::home::{Home, Ran};
use std::os::unix::fs::PermissionsExt;

/// What one check found, by its name.
fn finding(ran: &Ran, check: &str) -> (String, String) {
    let json = ran.json();
    let found = json["findings"].as_array().unwrap().iter().find(|finding| finding["check"] == check);
    let found = found.unwrap_or_else(|| panic!("no finding {check}: {json:#}"));
    (found["health"].as_str().unwrap().to_owned(), format!("{} {}", found["found"], found["next_step"]))
}

fn doctor(home: &Home) -> Ran {
    home.run(&["doctor", "--json"])
}

#[test]
fn a_new_daemon_is_healthy() {
    let home = Home::new();
    let ran = doctor(&home);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let checks: Vec<_> = ran.json()["findings"].as_array().unwrap().iter().map(|f| f["check"].clone()).collect();
    assert_eq!(
        checks,
        [
            "configuration",
            "state-folder",
            "root-key",
            "database",
            "secrets",
            "ca-certificate",
            "server-certificate",
            "clock",
            "audit-log",
            "storage.local",
            "admin.listen",
            "public.listen",
            "health.listen"
        ]
    );
    assert!(home.run(&["doctor"]).succeeded().stdout.ends_with("13 good, 0 to look at, 0 bad\n"));
}

#[test]
fn a_root_key_that_others_can_read_is_bad() {
    let home = Home::new();
    std::fs::set_permissions(home.state.join("root.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let ran = doctor(&home);
    assert_eq!(ran.code, 1);
    let (health, text) = finding(&ran, "root-key");
    assert!(health == "bad" && text.contains("chmod 600"), "{text}");
}

#[test]
fn another_root_key_opens_nothing_and_is_named() {
    let home = Home::new();
    let key = home.state.join("root.key");
    std::fs::write(&key, [9; 32]).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    let ran = doctor(&home);
    assert_eq!(ran.code, 1);
    let (health, text) = finding(&ran, "secrets");
    assert!(health == "bad" && text.contains("Put back the root key"), "{text}");
    let served = home.run(&["serve"]);
    assert_eq!(served.code, 2);
    assert!(served.stderr.contains("can't be decrypted"), "{}", served.stderr);
}

#[test]
fn a_wrong_option_is_found_with_what_is_allowed() {
    let home = Home::new();
    home.edit_config("retention_days = 14", "retention_days = 99");
    let ran = doctor(&home);
    assert_eq!(ran.code, 1);
    let (health, text) = finding(&ran, "configuration");
    assert!(health == "bad" && text.contains("schedule.retention_days") && text.contains("1 to 30 days"), "{text}");
}

#[test]
fn storage_that_cannot_be_made_is_found() {
    let home = Home::new();
    std::fs::write(home.state.join("exports"), "a file where the folder should be").unwrap();
    let ran = doctor(&home);
    assert_eq!(ran.code, 1);
    assert_eq!(finding(&ran, "storage").0, "bad");
}

#[test]
fn a_damaged_or_missing_database_is_found_and_none_is_made() {
    let home = Home::new();
    let database = home.state.join("tekport.db");
    for left in ["tekport.db-wal", "tekport.db-shm"] {
        // There only while the last connection wasn't closed in order.
        let _ = std::fs::remove_file(home.state.join(left));
    }
    std::fs::write(&database, "no database").unwrap();
    let ran = doctor(&home);
    assert_eq!((ran.code, finding(&ran, "database").0.as_str()), (1, "bad"));
    std::fs::remove_file(&database).unwrap();
    assert_eq!(doctor(&home).code, 1);
    assert!(!database.exists());
}

#[test]
fn a_port_of_another_program_is_found() {
    let home = Home::new();
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let ran: Ran = home
        .command(&["doctor", "--json"])
        .env("TEKPORT_PUBLIC__LISTEN", other.local_addr().unwrap().to_string())
        .output()
        .unwrap()
        .into();
    let (health, text) = finding(&ran, "public.listen");
    assert!(ran.code == 1 && health == "bad" && text.contains("Stop the program"), "{text}");
}

#[test]
fn a_running_daemon_is_found_healthy() {
    let home = Home::new();
    let served = home.serve();
    let ran = doctor(&home);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(finding(&ran, "admin.listen").1.contains("the daemon answers"), "{}", ran.stdout);
    assert_eq!(served.stop().0, 0);
}
