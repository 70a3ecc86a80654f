//! The text for somebody who helps: what it says, and that no secret can be in it.

use super::*;
use crate::diagnostics::{Failures, System};
use serde_json::json;

impl Desk {
    async fn diagnosed(&self, failures: &Failures) -> String {
        self.console.diagnostics(System::unknown(), failures, Some(self.folder.path())).await.to_string()
    }
}

fn no_failures(desk: &Desk) -> Failures {
    Failures::new(desk.clock.clone())
}

#[tokio::test]
async fn a_daemon_is_told_by_its_state() {
    let desk = Desk::new().await;
    assert!(desk.diagnosed(&no_failures(&desk)).await.contains("daemon      none is shown\n"));
    desk.console.enrol(&desk.daemon.code()).await.unwrap();
    let text = desk.diagnosed(&no_failures(&desk)).await;
    assert!(text.contains("version 0.1.0") && text.contains("keychain    ready\n"), "{text}");
    assert!(text.contains("data        ~/data\n"), "{text}");
    desk.break_keychain();
    let restarted = desk.restarted(None);
    let text = restarted.diagnostics(System::unknown(), &no_failures(&desk), None).await.to_string();
    assert!(text.contains("daemon      can't be asked: keychain-locked\n"), "{text}");
}

/// Everything that names somebody or opens something is put where it could get in.
#[tokio::test]
async fn no_secret_and_no_name_is_in_the_text() {
    let desk = Desk::enrolled().await;
    generate(&desk.console).await.unwrap();
    let facts = desk.console.facts.read().unwrap().unwrap();
    let code = desk.daemon.code();
    let (path, pem) = ("/home/anna/key.pem", "-----BEGIN PRIVATE KEY-----");
    let hostile = |kind: &str| {
        json!({
            "severity": "bad", "kind": kind, "title": code, "detail": pem, "resource_id": path,
            "facts": {
                "region": pem, "window_start": null, "window_end": null, "at": null, "name": facts.address,
                "others": [code], "reason": path,
            },
        })
    };
    *desk.daemon.attention.lock().unwrap() = json!([hostile("batch-failed"), hostile(&code), hostile("batch-failed")]);
    let failures = no_failures(&desk);
    for hostile in [code.as_str(), path, pem, facts.address.as_str(), "Key officer"] {
        failures.note(hostile, "offline");
        failures.note("enrol", hostile);
    }
    let text = desk.diagnosed(&failures).await;
    assert!(text.contains("attention   batch-failed (2), (left out) (1)\n"), "{text}");

    let mut secrets = vec![code, path.to_owned(), pem.to_owned(), facts.address.clone(), facts.ca_pem.clone()];
    secrets.extend([facts.certificate_pem.clone(), facts.ca_sha256.clone(), facts.daemon.name.clone()]);
    secrets.extend(facts.person.clone());
    secrets.extend([desk.folder.path().display().to_string(), facts.daemon.sealing_fingerprint.clone()]);
    secrets.extend(
        desk.keychain.items.lock().unwrap().iter().flat_map(|(item, secret)| [item.to_string(), String::clone(secret)]),
    );
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret} is in:\n{text}");
    }
}
