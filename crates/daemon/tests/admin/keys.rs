//! Signing keys: registered, handed over sealed, revoked.

use crate::harness::{Daemon, Member, fields, provision_key, read, register_key};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tekport_api::people::Role;
use tekport_api::signing_key::KeyState;
use tekport_keys::SigningKey;
use tekport_keys::sealing::{SealContext, SealingPublicKey, seal};
use tekportd::store::signing_keys;

fn draft(key: &SigningKey, version: &str) -> Value {
    json!({ "key_id": "310", "key_version": version, "public_key_pem": key.public_key().to_pem(), "custody": "daemon" })
}

/// What a console sends of `key` for the registration `id` of `registered`.
fn sealed(recipient: &SealingPublicKey, key: &SigningKey, id: &str, registered: &SigningKey) -> Value {
    let fingerprint = registered.public_key().fingerprint();
    let sealed = seal(recipient, key, SealContext { signing_key_id: id, fingerprint: &fingerprint }).unwrap();
    json!({
        "sealed_to": recipient.fingerprint(), "encapsulated_key": STANDARD.encode(sealed.encapsulated_key),
        "ciphertext": STANDARD.encode(sealed.ciphertext),
    })
}

async fn put(officer: &Member, id: &str, body: &Value) -> (StatusCode, Value) {
    let request = officer.request(Method::PUT, &format!("signing-keys/{id}/sealed")).json(body);
    read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_key_is_registered_handed_over_and_revoked_for_good() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let key = SigningKey::generate().unwrap();
    let (status, registered) = officer.post("signing-keys", &draft(&key, "v1")).await;
    assert_eq!((status, &registered["state"]), (StatusCode::CREATED, &json!("generated")), "{registered}");
    assert_eq!(registered["created_by"], "Olga");
    let id = registered["id"].as_str().unwrap();
    let recipient = daemon.pki.sealing_key().public_key();

    let (status, provisioned) = put(&officer, id, &sealed(recipient, &key, id, &key)).await;
    assert_eq!((status, &provisioned["state"]), (StatusCode::OK, &json!("generated")), "{provisioned}");
    assert!(provisioned["provisioned_at"].is_string(), "{provisioned}");
    let pkcs8 = key.to_pkcs8_der().unwrap();
    let database = daemon.database();
    assert!(
        !database.windows(32).any(|part| pkcs8.windows(32).any(|secret| part == secret)),
        "the key is in the clear"
    );

    let (status, revoked) = officer.post(&format!("signing-keys/{id}/revoke"), &json!({ "reason": "lost" })).await;
    assert_eq!((status, &revoked["state"]), (StatusCode::OK, &json!("revoked")), "{revoked}");
    let (status, _) = put(&officer, id, &sealed(recipient, &key, id, &key)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (_, audit) = officer.get(&format!("audit?resource_id={id}")).await;
    let actions: Vec<_> = audit["items"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap()).collect();
    let steps = ["signing-key.search-copies", "signing-key.revoke", "signing-key.provision", "signing-key.register"];
    assert_eq!(actions, steps);
    assert_eq!(audit["items"][1]["after"]["reason"], "lost");
    // Its copy is gone with it, which a search showed, and shows again whenever somebody asks.
    let erased = officer.client.get_signing_key(id).await.unwrap().removed_copy.unwrap();
    assert_eq!(erased.shown_gone_at, Some(daemon.clock.now()));
    let again = officer.client.search_removed_copies(id).await.unwrap();
    assert_eq!((again.found, again.ciphertext_sha256), (0, erased.ciphertext_sha256));
}

#[tokio::test]
async fn a_key_is_introduced_once_it_can_sign_and_a_config_names_it() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let state = async |id: &str| ada.get(&format!("signing-keys/{id}")).await.1["state"].clone();
    let first = provision_key(&daemon, &ada, "v1").await;
    assert_eq!(state(&first).await, "generated", "no config names it");
    let key = SigningKey::generate().unwrap();
    let (_, registered) = ada.post("signing-keys", &draft(&key, "v2")).await;
    let second = registered["id"].as_str().unwrap();
    let mut both = fields(&daemon, "mag", &first);
    both["signing_key_ids"] = json!([first, second]);
    assert_eq!(ada.post("export-configs", &both).await.0, StatusCode::CREATED);
    assert_eq!(state(&first).await, "introduced");
    assert_eq!(state(second).await, "generated", "the daemon can't sign with it");
    put(&ada, second, &sealed(daemon.pki.sealing_key().public_key(), &key, second, &key)).await;
    assert_eq!(state(second).await, "introduced");
}

#[tokio::test]
async fn what_is_not_the_registered_key_sealed_to_this_daemon_is_refused() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let (key, other) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
    let (_, registered) = officer.post("signing-keys", &draft(&key, "v1")).await;
    let id = registered["id"].as_str().unwrap();
    let own = daemon.pki.sealing_key().public_key();
    let strange = tekport_keys::sealing::SealingKey::generate().unwrap();
    let mut wrong_name = sealed(strange.public_key(), &key, id, &key);
    assert_eq!(put(&officer, id, &wrong_name).await.1["errors"][0]["field"], "sealed_to");
    wrong_name["sealed_to"] = json!(own.fingerprint());
    let another_row = sealed(own, &key, "0193f7a0-0000-7000-8000-000000000001", &key);
    let another_key = sealed(own, &other, id, &key);
    let mut not_base64 = sealed(own, &key, id, &key);
    not_base64["ciphertext"] = json!("%");
    for body in [wrong_name, another_row, another_key, not_base64] {
        let (status, problem) = put(&officer, id, &body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert_eq!(problem["errors"][0]["field"], "ciphertext", "{problem}");
    }
    let (_, still) = officer.get(&format!("signing-keys/{id}")).await;
    assert_eq!(still["state"], "generated");
}

/// Whatever the page offers: a key that an officer made to stay in a keychain or a token never comes to the daemon.
#[tokio::test]
async fn a_key_in_another_custody_is_never_taken_over_and_a_stray_copy_can_be_removed() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let key = SigningKey::generate().unwrap();
    let mut console = draft(&key, "v1");
    console["custody"] = json!("console");
    let (_, registered) = ada.post("signing-keys", &console).await;
    let id = registered["id"].as_str().unwrap();
    let recipient = daemon.pki.sealing_key().public_key();
    let (status, problem) = put(&ada, id, &sealed(recipient, &key, id, &key)).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("never leaves the keychain"), "{problem}");
    assert_eq!(ada.client.get_signing_key(id).await.unwrap().provisioned_at, None);

    // A copy that an earlier version took over, of a key that signs.
    assert_eq!(ada.post("export-configs", &fields(&daemon, "mag", id)).await.0, StatusCode::CREATED);
    let mut transaction = daemon.store.begin().await.unwrap();
    signing_keys::provision(&mut *transaction, id.parse().unwrap(), &[7; 200], daemon.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let gone = ada.client.unprovision_signing_key(id).await.unwrap();
    assert_eq!((gone.found, gone.key.provisioned_at, gone.key.state), (0, None, KeyState::Introduced));
}

#[tokio::test]
async fn a_name_and_a_key_are_registered_once() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let key = SigningKey::generate().unwrap();
    officer.post("signing-keys", &draft(&key, "v1")).await;
    let (_, problem) = officer.post("signing-keys", &draft(&SigningKey::generate().unwrap(), "v1")).await;
    assert_eq!(problem["errors"][0]["field"], "key_version", "{problem}");
    let (_, problem) = officer.post("signing-keys", &draft(&key, "v2")).await;
    assert_eq!(problem["errors"][0]["field"], "public_key_pem", "{problem}");
}

#[tokio::test]
async fn a_private_half_is_taken_back_and_the_database_shows_no_trace_of_it() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let id = provision_key(&daemon, &ada, "v1").await;
    let gone = ada.client.unprovision_signing_key(&id).await.unwrap();
    assert_eq!((gone.found, gone.files_searched, gone.key.provisioned_at), (0, 2, None));
    assert!(gone.kilobytes_searched > 100, "{gone:?}");
    let again = ada.client.unprovision_signing_key(&id).await.unwrap();
    assert_eq!((again.found, &again.ciphertext_sha256), (0, &gone.ciphertext_sha256), "it can be shown again");
    let (_, audit) = ada.get(&format!("audit?resource_id={id}")).await;
    assert_eq!(audit["items"][0]["action"], "signing-key.search-copies");
    for entry in &audit["items"].as_array().unwrap()[..3] {
        assert_eq!(entry["after"]["ciphertext_sha256"], json!(gone.ciphertext_sha256), "{entry}");
    }
    let never = register_key(&ada, "v0").await;
    let never = ada.request(Method::DELETE, &format!("signing-keys/{never}/sealed")).send().await.unwrap();
    let (status, problem) = read(never).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("knows of no copy"), "{problem}");

    let signing = provision_key(&daemon, &ada, "v2").await;
    assert_eq!(ada.post("export-configs", &fields(&daemon, "mag", &signing)).await.0, StatusCode::CREATED);
    let refused = ada.request(Method::DELETE, &format!("signing-keys/{signing}/sealed")).send().await.unwrap();
    let (status, problem) = read(refused).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(problem["detail"].as_str().unwrap().contains("End it in its rotation, or revoke it"), "{problem}");
}

/// Something reads the database all the while, a backup for instance: then its log can't be emptied.
#[tokio::test]
async fn a_copy_of_which_traces_are_left_is_searched_for_again_until_it_is_gone() {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Admin, Role::SecurityOfficer]).await;
    let taken_back = provision_key(&daemon, &ada, "v1").await;
    let revoked = provision_key(&daemon, &ada, "v2").await;
    let mut reader =
        SqliteConnectOptions::new().filename(daemon.state.path().join("tekport.db")).connect().await.unwrap();
    sqlx::query("BEGIN").execute(&mut reader).await.unwrap();
    sqlx::query("SELECT COUNT(*) FROM signing_keys").fetch_one(&mut reader).await.unwrap();

    let delete = async |id: &str| {
        read(ada.request(Method::DELETE, &format!("signing-keys/{id}/sealed")).send().await.unwrap()).await
    };
    let (status, problem) = delete(&taken_back).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("traces of it are left"), "{problem}");
    let key = ada.client.get_signing_key(&taken_back).await.unwrap();
    assert_eq!((key.provisioned_at, key.removed_copy.unwrap().shown_gone_at), (None, None));
    let key = ada.client.revoke_signing_key(&revoked, "lost").await.unwrap();
    assert_eq!((key.state, key.removed_copy.unwrap().shown_gone_at), (KeyState::Revoked, None));
    assert_eq!(delete(&revoked).await.0, StatusCode::SERVICE_UNAVAILABLE);

    sqlx::query("COMMIT").execute(&mut reader).await.unwrap();
    for id in [&taken_back, &revoked] {
        let gone = ada.client.search_removed_copies(id).await.unwrap();
        assert_eq!(gone.found, 0);
        let shown = gone.key.removed_copy.unwrap();
        assert_eq!((shown.shown_gone_at, shown.ciphertext_sha256), (Some(daemon.clock.now()), gone.ciphertext_sha256));
    }
}

/// A hand-over that replaces a copy leaves that one behind in the log, too.
#[tokio::test]
async fn a_replaced_copy_is_searched_for_with_the_last_one() {
    let daemon = Daemon::start().await;
    let officer = daemon.join("Olga", &[Role::SecurityOfficer]).await;
    let key = SigningKey::generate().unwrap();
    let (_, registered) = officer.post("signing-keys", &draft(&key, "v1")).await;
    let id = registered["id"].as_str().unwrap();
    let upload = || sealed(daemon.pki.sealing_key().public_key(), &key, id, &key);
    assert_eq!(put(&officer, id, &upload()).await.0, StatusCode::OK);
    assert_eq!(put(&officer, id, &upload()).await.0, StatusCode::OK);
    let replaced = officer.client.get_signing_key(id).await.unwrap().removed_copy.unwrap();
    assert_eq!(replaced.shown_gone_at, None, "nobody has looked yet");
    let gone = officer.client.unprovision_signing_key(id).await.unwrap();
    assert_ne!(gone.ciphertext_sha256, replaced.ciphertext_sha256);
    assert!(gone.key.removed_copy.unwrap().shown_gone_at.is_some());
}

#[tokio::test]
async fn the_ca_vouches_for_the_sealing_key() {
    use p256::ecdsa::signature::Verifier;
    let daemon = Daemon::start().await;
    let vera = daemon.join("Vera", &[Role::Viewer]).await;
    let statement = vera.client.sealing_key().await.unwrap();
    assert_eq!(statement.fingerprint, daemon.pki.sealing_key().public_key().fingerprint());
    let (_, pem) = x509_parser::pem::parse_x509_pem(daemon.pki.ca_pem().as_bytes()).unwrap();
    let certificate = pem.parse_x509().unwrap();
    let ca = p256::ecdsa::VerifyingKey::from_sec1_bytes(&certificate.public_key().subject_public_key.data).unwrap();
    let text = tekport_api::signing_key::SealingKeyStatement::signed_text(&statement.public_key, statement.created_at);
    let signature = p256::ecdsa::DerSignature::try_from(&STANDARD.decode(&statement.signature).unwrap()[..]).unwrap();
    ca.verify(text.as_bytes(), &signature).unwrap();
    assert!(ca.verify(b"another text", &signature).is_err());
}
