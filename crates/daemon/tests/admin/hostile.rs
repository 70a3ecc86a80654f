//! Whatever a client sends, no answer is a fault of the daemon's own.

use crate::harness::{Daemon, fields, register_key};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reqwest::Method;
use serde_json::{Map, Value, json};
use tekport_api::people::Role;
use tekportd::admin::access::ENDPOINTS;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        Just(json!("0193f7a0-0000-7000-8000-000000000001")),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-z_]{1,12}", inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// A body that is right but for one member.
fn spoilt(whole: &Value, runner: &mut TestRunner) -> Value {
    let mut body = whole.clone();
    if let Value::Object(members) = &mut body {
        let index = (0..members.len().max(1)).new_tree(runner).unwrap().current();
        if let Some(member) = members.values_mut().nth(index) {
            *member = any_json().new_tree(runner).unwrap().current();
        }
    }
    body
}

#[tokio::test]
async fn no_json_in_any_post_or_put_is_a_fault_of_the_daemons() {
    let daemon = Daemon::start().await;
    let roles = [Role::Operator, Role::Admin, Role::SecurityOfficer];
    let ada = daemon.join("Ada", &roles).await;
    let key = register_key(&ada, "v1").await;
    let config = fields(&daemon, "mag", &key);
    let (_, created) = ada.post("export-configs", &config).await;
    let config_id = created["id"].as_str().unwrap();
    let pem = tekport_keys::SigningKey::generate().unwrap().public_key().to_pem();
    let right = [
        json!({ "secret": "s", "csr_pem": tekport_api::client::csr_pem(&ada.key).unwrap() }),
        json!({ "name": "Eve", "roles": ["viewer"] }),
        json!({ "key_id": "310", "key_version": "v2", "public_key_pem": pem, "custody": "daemon" }),
        json!({ "sealed_to": "", "encapsulated_key": "AAAA", "ciphertext": "AAAA" }),
        json!({ "fields": config, "config_id": config_id }),
        json!({ "temporaryExposureKeys": [{ "key": "AAECAwQFBgcICQoLDA0ODw==", "rollingStartNumber": 1 }] }),
        config,
    ];
    let mut runner = TestRunner::deterministic();
    for (method, path, _) in ENDPOINTS.iter().filter(|(method, ..)| *method != "GET") {
        let id = if path.contains("export-configs") {
            config_id
        } else if path.contains("signing-keys") {
            &key
        } else {
            "0193f7a0-0000-7000-8000-000000000001"
        };
        let path = path.trim_start_matches("/admin/v1/").replace("{id}", id).replace("{name}", "local");
        for round in 0..24 {
            let body = match round % 3 {
                0 => any_json().new_tree(&mut runner).unwrap().current(),
                _ => spoilt(&right[round % right.len()], &mut runner),
            };
            let method: Method = method.parse().unwrap();
            let request = ada.request(method, &path).header("if-match", "\"1\"").json(&body);
            let status = request.send().await.unwrap().status();
            assert!(!status.is_server_error(), "{path} with {body}: {status}");
        }
    }
    assert!(tekportd::audit::verify(&daemon.store).await.unwrap() > 0);
}

#[tokio::test]
async fn bytes_that_are_no_http_and_handshakes_that_stop_leave_the_listener_up() {
    use tokio::io::AsyncWriteExt;
    let daemon = Daemon::start().await;
    let mut silent = Vec::new();
    for bytes in [b"GET / HTTP/1.1\r\n\r\n".as_slice(), &[0x16, 3, 1, 0xff, 0xff], &[0; 64], b""] {
        let mut stream = tokio::net::TcpStream::connect(&daemon.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        silent.push(stream);
    }
    let ada = daemon.join("Ada", &[Role::Admin]).await;
    assert!(ada.client.status().await.is_ok(), "others are served meanwhile");
}
