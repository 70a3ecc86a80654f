//! A daemon with a PKCS#11 token, through the real binary.

use crate::home::{Home, Ran, Served, run};
use crate::job::{authority, batches, config, enrolment_code, import_keys, join, plain_get, possession};
use crate::softhsm::{LABEL, PIN, SoftHsm, module};
use std::path::Path;
use tekport_api::signing_key::{KeyState, TokenKeyDraft, TokenState, TokenStatus};

/// A state folder whose configuration names the token by these lines, beside its label.
fn home_with(module: &Path, pin: &str) -> Home {
    let home = Home::new();
    let section = format!("[token]\nmodule = {:?}\nlabel = {LABEL:?}\n{pin}\n\n[log]", module.to_str().unwrap());
    home.edit_config("\n[log]", &format!("\n{section}"));
    home
}

fn pin_file(hsm: &SoftHsm) -> String {
    format!("pin_file = {:?}", hsm.pin_file().to_str().unwrap())
}

fn ran(home: &Home, hsm: &SoftHsm, arguments: &[&str]) -> Ran {
    home.command(arguments).envs([hsm.environment()]).output().unwrap().into()
}

fn status(ran: &Ran) -> TokenStatus {
    serde_json::from_value(ran.json()).unwrap()
}

/// What doctor finds of the token: how it is, and what to do.
fn finding(ran: &Ran) -> (String, String) {
    let json = ran.json();
    let found = json["findings"].as_array().unwrap().iter().find(|finding| finding["check"] == "token").unwrap();
    (found["health"].as_str().unwrap().to_owned(), format!("{} {}", found["found"], found["next_step"]))
}

async fn token_metric(served: &Served) -> String {
    let metrics = String::from_utf8(plain_get(served.health, "/metrics").await.1).unwrap();
    metrics.lines().find(|line| line.starts_with("tekport_token_available")).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daemon_signs_in_its_token_loses_it_and_goes_on() {
    // Some other test of this process may have been first.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let now = tekport_api::Clock::system().now().unix_seconds();
    let hsm = SoftHsm::new();
    let home = home_with(&module(), &pin_file(&hsm));
    home.edit_config("level = \"info\"", "level = \"trace\"");
    let (name, value) = hsm.environment();
    let served = home.serve_with(name, value);
    let (client, _) = join(&enrolment_code(&home)).await;
    let draft =
        TokenKeyDraft { key_id: "310".to_owned(), key_version: "v1".to_owned(), predecessor_id: None, token_key: None };
    let key = client.register_token_key(&draft).await.unwrap();
    import_keys(&home, now);
    let made = client.create_export_config(&config(now, key.id.clone())).await.unwrap();
    client.run_export_config(&made.id).await.unwrap();
    let batches = batches(&client, &made.id).await;
    let file = batches.iter().flat_map(|batch| &batch.files).next().unwrap();
    let pem = home.write("public.pem", &key.public_key_pem);
    let url = format!("http://{}/exports/local/{}", served.public, file.path);
    run(&["verify", &url, "--key", &pem]).succeeded();
    assert_eq!(client.get_signing_key(&key.id).await.unwrap().state, KeyState::Introduced);

    // Beside the running daemon, as somebody who looks after it would.
    let shown = ran(&home, &hsm, &["token", "--json"]).succeeded();
    assert_eq!(status(&shown), client.token_status().await.unwrap());
    assert_eq!(status(&shown).keys[0].signing_key_id, Some(key.id.clone()));
    let doctor = ran(&home, &hsm, &["doctor", "--json"]).succeeded();
    assert_eq!(finding(&doctor).0, "good");
    let said = ran(&home, &hsm, &["token"]).succeeded().stdout;
    assert!(said.contains(&format!("is {}", key.id)), "{said}");
    client.set_authority(&key.id, &authority()).await.unwrap();
    let out = home.beside("out");
    let export = ["key", "export", "310-v1", "--to", out.to_str().unwrap()];
    ran(&home, &hsm, &export).succeeded();
    assert_eq!(possession(&out.join("310-v1")), "Verified OK");

    hsm.take_out();
    std::fs::remove_dir_all(&out).unwrap();
    let refused = ran(&home, &hsm, &export);
    assert!(refused.code != 0 && refused.stderr.contains("token"), "{}", refused.stderr);
    assert!(!out.exists(), "nothing is half-written");
    assert_eq!(client.token_status().await.unwrap().state, TokenState::Unavailable);
    assert_eq!(token_metric(&served).await, "tekport_token_available 0");
    let doctor = ran(&home, &hsm, &["doctor", "--json"]);
    let (health, text) = finding(&doctor);
    assert!(doctor.code == 1 && health == "bad" && text.contains("310 v1 needs it"), "{text}");
    let attention = client.status().await.unwrap().attention;
    assert!(attention.iter().any(|attention| attention.kind == "token-unavailable"), "{attention:?}");

    hsm.put_back();
    assert_eq!(client.token_status().await.unwrap().state, TokenState::Ready);
    assert_eq!(token_metric(&served).await, "tekport_token_available 1");

    let (code, output) = served.stop();
    assert_eq!(code, 0, "{output}");
    assert!(output.contains("the token can't be used") && !output.contains(PIN), "the PIN stands in the output");
}

#[test]
fn a_pin_comes_from_a_credential_and_is_never_in_the_configuration() {
    let hsm = SoftHsm::new();
    let home = home_with(&module(), "pin_credential = \"token.pin\"");
    let without = ran(&home, &hsm, &["token", "--json"]);
    assert_eq!((without.code, status(&without).state), (1, TokenState::Unavailable));
    assert!(status(&without).detail.contains("LoadCredential=token.pin:"), "{}", status(&without).detail);
    let mut command = home.command(&["token", "--json"]);
    let with: Ran =
        command.envs([hsm.environment()]).env("CREDENTIALS_DIRECTORY", &hsm.folder).output().unwrap().into();
    assert_eq!(status(&with.succeeded()).state, TokenState::Ready);

    let home = home_with(&module(), &format!("pin = {PIN:?}"));
    let refused = home.run(&["config", "check"]);
    assert!(refused.code == 2 && refused.stderr.contains("token.pin: there is no such option"), "{}", refused.stderr);
}

#[test]
fn commands_that_are_run_again_and_again_do_not_lock_a_token() {
    let hsm = SoftHsm::new();
    let module = hsm.guarded().module;
    let home = home_with(&module, &pin_file(&hsm));
    hsm.write_pin("000000");
    let first = ran(&home, &hsm, &["doctor", "--json"]);
    assert!(first.code == 1 && finding(&first).1.contains("refused the PIN"), "{}", first.stdout);
    for _ in 0..3 {
        for arguments in [&["doctor", "--json"][..], &["token"]] {
            let again = ran(&home, &hsm, arguments);
            assert!(again.code == 1 && again.stdout.contains("had wrong PINs lately"), "{}", again.stdout);
        }
    }
    assert_eq!(hsm.logins(), ["wrong"]);
}

#[test]
fn without_a_token_the_command_says_how_to_get_one() {
    let ran = Home::new().run(&["token"]);
    assert!(ran.code == 1 && ran.stdout.contains("`[token]` section"), "{}", ran.stdout);
}
