//! `tekportd rotate`: new keys for a daemon that is stopped, and that starts with them.

use crate::home::Home;
use crate::job::{Joined, batches, config, downloads_verify, enrolment_code, hand_over, hand_over_to, import_keys};
use base64::{Engine, engine::general_purpose::STANDARD};
use p256::ecdsa::signature::Verifier;
use tekport_api::batch::Batch;
use tekport_api::enrolment::EnrolmentCode;
use tekport_api::signing_key::{KeyState, SealingKeyStatement};
use tekport_keys::SigningKey;
use tekport_keys::sealing::SealingPublicKey;

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

/// Somebody who joined the daemon while it ran, and a signing key that was handed over to it then.
async fn with_a_signing_key(home: &Home) -> (Joined, SigningKey, String) {
    // Some other test of this process may have been first.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let served = home.serve();
    let code = EnrolmentCode::parse(&enrolment_code(home)).unwrap();
    let joined = Joined::with(&code).await;
    let key = SigningKey::generate().unwrap();
    let id = hand_over(&joined.at(&code.address), &joined.issued.daemon, &key).await;
    assert_eq!(served.stop().0, 0);
    (joined, key, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_rotated_root_key_the_daemon_signs_with_what_was_handed_over_before() {
    let home = Home::new();
    let (joined, key, id) = with_a_signing_key(&home).await;
    let ran = home.run(&["rotate", "root-key"]).succeeded();
    assert!(ran.stdout.contains("and 1 signing keys"), "{}", ran.stdout);

    let served = home.serve();
    let client = joined.at(&served.admin.to_string());
    let now = tekport_api::Clock::system().now().unix_seconds();
    import_keys(&home, now);
    let config = client.create_export_config(&config(now, id)).await.unwrap();
    client.run_export_config(&config.id).await.unwrap();
    let batches = batches(&client, &config.id).await;
    let published = batches.iter().flat_map(|batch: &Batch| &batch.files).next().unwrap();
    let pem = home.write("public.pem", key.public_key().to_pem());
    downloads_verify(&served, &published.path, &pem).await;
}

/// What the console does, too: it believes the new sealing key since the CA that it pinned signed for it.
#[tokio::test(flavor = "multi_thread")]
async fn under_a_rotated_sealing_key_a_key_is_handed_over_once_the_new_one_is_accepted() {
    let home = Home::new();
    let (joined, key, id) = with_a_signing_key(&home).await;
    let said = home.run(&["rotate", "sealing-key"]).succeeded().stdout;

    let served = home.serve();
    let client = joined.at(&served.admin.to_string());
    let registered = client.get_signing_key(&id).await.unwrap();
    assert!(registered.provisioned_at.is_some() && registered.state == KeyState::Generated, "what was there stays");
    let pinned = SealingPublicKey::from_base64(&joined.issued.daemon.sealing_public_key).unwrap();
    let refused = hand_over_to(&client, &pinned, &registered, &key).await.unwrap_err().to_string();
    assert!(refused.contains("the key was sealed to another daemon"), "{refused}");

    let statement = client.sealing_key().await.unwrap();
    assert!(said.contains(&statement.fingerprint), "{said}");
    let (_, pem) = x509_parser::pem::parse_x509_pem(joined.issued.ca_pem.as_bytes()).unwrap();
    let ca = pem.parse_x509().unwrap().public_key().subject_public_key.data.to_vec();
    let ca = p256::ecdsa::VerifyingKey::from_sec1_bytes(&ca).unwrap();
    let text = SealingKeyStatement::signed_text(&statement.public_key, statement.created_at);
    let signature = p256::ecdsa::DerSignature::try_from(&STANDARD.decode(&statement.signature).unwrap()[..]).unwrap();
    ca.verify(text.as_bytes(), &signature).unwrap();

    let accepted = SealingPublicKey::from_base64(&statement.public_key).unwrap();
    assert_ne!(accepted.fingerprint(), pinned.fingerprint());
    hand_over_to(&client, &accepted, &registered, &key).await.unwrap();
}
