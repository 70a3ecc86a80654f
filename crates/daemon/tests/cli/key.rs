//! `tekportd key`: what the command line says of signing keys, and the files that it writes for them.

use crate::home::{Home, Served};
use crate::job::{authority, enrolment_code, hand_over, join, possession};
use tekport_api::client::Client;
use tekport_keys::SigningKey;

/// A daemon that runs and has the key `310 v1`.
async fn with_a_key(home: &Home) -> (Served, Client, String, SigningKey) {
    // Some other test of this process may have been first.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let served = home.serve();
    let (client, daemon) = join(&enrolment_code(home)).await;
    let key = SigningKey::generate().unwrap();
    let id = hand_over(&client, &daemon, &key).await;
    (served, client, id, key)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_listed_and_exported_beside_the_running_daemon() {
    let home = Home::new();
    let (_served, client, id, key) = with_a_key(&home).await;
    let listed = home.run(&["key", "list"]).succeeded().stdout;
    let line = listed.lines().nth(1).unwrap();
    assert!(line.starts_with("310-v1") && line.contains("generated"), "{listed}");
    assert!(line.ends_with(&key.public_key().fingerprint()), "{listed}");
    let json = home.run(&["key", "list", "--json"]).succeeded().json();
    assert_eq!((json[0]["id"].as_str(), json[0]["custody"].as_str()), (Some(id.as_str()), Some("daemon")));

    let out = home.beside("out");
    let to = out.to_str().unwrap();
    let refused = home.run(&["key", "export", "310-v1", "--to", to]);
    assert!(refused.code == 2 && refused.stderr.contains("for whom"), "{}", refused.stderr);
    assert!(!out.exists(), "nothing is half-written");
    client.set_authority(&id, &authority()).await.unwrap();
    let said = home.run(&["key", "export", "310-v1", "--to", to]).succeeded().stdout;
    assert!(said.contains("message.txt"), "{said}");
    // The first key of an authority may be exported before it signs, and whoever sends it is told.
    assert!(said.contains("310 v1 doesn't sign yet; its files may be made already"), "{said}");
    assert_eq!(possession(&out.join("310-v1")), "Verified OK");

    let again = home.run(&["key", "export", &id, "--to", to]);
    assert!(again.code == 2 && again.stderr.contains("was not touched"), "{}", again.stderr);
    let elsewhere = home.beside("elsewhere");
    let json = home.run(&["key", "export", &id, "--to", elsewhere.to_str().unwrap(), "--json"]).succeeded().json();
    assert_eq!(json["files"].as_array().unwrap().len(), 5, "{json}");
    assert!(json["warning"].as_str().unwrap().contains("doesn't sign yet"), "{json}");
}

#[test]
fn a_key_that_is_not_there_is_named() {
    let home = Home::new();
    let listed = home.run(&["key", "list"]).succeeded();
    assert!(listed.stdout.contains("There are no signing keys"), "{}", listed.stdout);
    let refused = home.run(&["key", "export", "310-v9"]);
    assert!(refused.code == 2 && refused.stderr.contains("no signing keys"), "{}", refused.stderr);
}
