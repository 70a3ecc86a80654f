use super::*;
use proptest::prelude::*;

fn problems(text: &str) -> String {
    Config::parse(text, []).unwrap_err().join("\n")
}

#[test]
fn an_empty_file_means_the_defaults() {
    assert_eq!(Config::parse("", []), Ok(Config::default()));
}

#[test]
fn an_unknown_option_is_named_with_those_that_are_known() {
    insta::assert_snapshot!(problems("[admin]\nlisten_on = \"127.0.0.1:1\""), @"admin.listen_on: there is no such option; known here: listen, names, address");
    assert!(
        problems("[amdin]\nlisten = \"127.0.0.1:1\"")
            .starts_with("amdin: there is no such option; known here: daemon, admin")
    );
}

#[test]
fn a_wrong_value_names_its_option_and_what_is_allowed() {
    for (text, expected) in [
        ("[health]\nlisten = \"0.0.0.0:9464\"", "health.listen: it would be reachable"),
        ("[schedule]\nretention_days = 20", "schedule.tek_retention_days: it is out of range"),
        ("[schedule]\ntick = \"0s\"", "schedule.tick: it is 0s; allowed: 1s to 1h"),
        ("[schedule]\ntick = \"soon\"", "schedule.tick: \"soon\" is not a length of time"),
        ("[schedule]\nretention_days = \"x\"", "schedule.retention_days: found string \"x\""),
        ("[admin]\naddress = \"tekport.example.org\"", "admin.address: \"tekport.example.org\" has no host or no port"),
        ("[admin]\nlisten = \"0.0.0.0:8443\"", "admin.address: admin.listen is every interface"),
        ("[admin]\nnames = [\"a b\"]", "admin.names: \"a b\" is no host name"),
        (
            "[daemon]\nenvironment = \"prod\"",
            "daemon.environment: \"prod\" is not allowed; allowed: production, staging, test",
        ),
        ("[log]\nlevel = \"=\"", "log.level:"),
        ("[storage.A]\nkind = \"folder\"", "storage.A: the name isn't allowed"),
        ("[storage]\n", "storage: there is no storage target"),
        ("[daemon]\nname = \"\"", "daemon.name: it is empty"),
        ("[token]\nlabel = \"t\"\npin_file = \"p\"", "token.module: it is missing"),
        (
            "[token]\nmodule = \"libsofthsm2.so\"\nlabel = \"t\"\npin_file = \"p\"",
            "token.module: it is no absolute path",
        ),
        ("[token]\nmodule = \"/m.so\"\nlabel = \"\"\npin_file = \"p\"", "token.label: it is empty"),
        (
            "[token]\nmodule = \"/m.so\"\nlabel = \"t\"",
            "token: the place of the PIN is missing or given twice; allowed: one of pin_file and pin_credential",
        ),
        (
            "[token]\nmodule = \"/m.so\"\nlabel = \"t\"\npin_file = \"p\"\npin_credential = \"c\"",
            "token: the place of the PIN is missing or given twice",
        ),
        (
            "[token]\nmodule = \"/m.so\"\nlabel = \"t\"\npin_credential = \"../c\"",
            "token.pin_credential: it is no credential's name",
        ),
        ("[token]\nmodule = \"/m.so\"\nlabel = \"t\"\npin = \"1234\"", "token.pin: there is no such option"),
        ("nonsense", "expected"),
    ] {
        let found = problems(text);
        assert!(found.contains(expected), "{text}: {found}");
    }
}

#[test]
fn a_secret_is_given_once_and_is_never_shown() {
    let s3 = "[storage.cdn]\nkind = \"s3\"\nbucket = \"b\"\nregion = \"r\"\nsecret_access_key = \"hunter2\"\n";
    let config = Config::parse(s3, []).unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(!toml::to_string(&config).unwrap().contains("hunter2"));
    let twice = format!("{s3}secret_access_key_file = \"f\"");
    assert!(problems(&twice).contains("storage.cdn.secret_access_key: the secret is given twice"));
}

#[test]
fn the_environment_wins_and_is_named_when_it_is_wrong() {
    let set = |name: &str, value: &str| [(name.to_owned(), value.to_owned())];
    let file = "[schedule]\ntick = \"30s\"";
    let config = Config::parse(file, set("TEKPORT_SCHEDULE__TICK", "5s")).unwrap();
    assert_eq!(config.schedule.tick.seconds(), 5);
    assert_eq!(Config::parse(file, set("TEKPORT_STATE", "elsewhere")).unwrap().schedule.tick.seconds(), 30);
    let wrong = Config::parse("", set("TEKPORT_ADMIN__LISTEN", "here")).unwrap_err().join("\n");
    assert!(wrong.contains("admin.listen") && wrong.contains("TEKPORT_ADMIN__LISTEN"), "{wrong}");
    let unknown = Config::parse("", set("TEKPORT_ADMIN__LISEN", "x")).unwrap_err().join("\n");
    assert!(unknown.contains("admin.lisen: there is no such option"), "{unknown}");
}

#[test]
fn the_state_folder_is_the_one_asked_for_then_the_configured_one_then_the_files_own() {
    let mut config = Config::default();
    let by_file = Location::new(Some("/etc/tekport/tekportd.toml".into()), None);
    assert_eq!(by_file.state_folder(&config), Path::new("/etc/tekport"));
    config.daemon.state = Some("/srv/tekport".into());
    assert_eq!(by_file.state_folder(&config), Path::new("/srv/tekport"));
    let by_state = Location::new(None, Some("/home/t".into()));
    assert_eq!(
        (by_state.config.as_path(), by_state.state_folder(&config).as_path()),
        (Path::new("/home/t/tekportd.toml"), Path::new("/home/t"))
    );
    assert_eq!(Location::new(None, None).config, Path::new("/var/lib/tekportd/tekportd.toml"));
}

proptest! {
    #[test]
    fn any_text_is_a_configuration_or_refused_with_reasons(text in "\\PC*(\n\\PC*){0,3}") {
        if let Err(problems) = Config::parse(&text, []) {
            prop_assert!(!problems.is_empty());
        }
    }
}
