//! From one key to the next, step by step, whoever takes the step.

use super::*;
use tekport_api::status::Severity;

#[tokio::test]
async fn a_rotation_goes_from_one_key_to_the_next_without_a_gap() {
    let scene = Scene::new().await;
    assert_eq!(scene.state(&scene.v1).await, "introduced");
    scene.confirm(&scene.v1).await;
    assert_eq!(scene.state(&scene.v1).await, "active");
    assert_eq!(signers(&scene.publish(1).await), ["v1"]);
    let step = async || scene.ada.client.rotation(&scene.v1).await.unwrap();
    let begun = step().await;
    assert_eq!((begun.step, begun.suggested_version.as_str()), (RotationStep::Generate, "v2"));
    assert_eq!(begun.configs[0].after, ["310 v2", "310 v1"]);

    let v2 = scene.successor("v2").await;
    let generated = step().await;
    assert_eq!((generated.step, generated.successor.unwrap().id), (RotationStep::SignWithBoth, v2.clone()));
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK);
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK, "attached twice is attached");
    assert_eq!(scene.state(&v2).await, "introduced");
    assert_eq!(step().await.step, RotationStep::SendPublicKey);
    assert_eq!(signers(&scene.publish(10).await), ["v2", "v1"], "newest effective first");

    scene.share(&v2, Recipient::Google, ShareState::Sent).await;
    assert_eq!(step().await.step, RotationStep::SendPublicKey, "Apple wasn't sent it");
    scene.share(&v2, Recipient::Apple, ShareState::Sent).await;
    assert_eq!(step().await.step, RotationStep::Confirm);
    scene.confirm(&v2).await;
    let confirmed = step().await;
    assert_eq!(confirmed.step, RotationStep::EndOldKey);
    let earliest = confirmed.end.earliest.expect("only time is missing");
    let days = f64::from(u32::try_from(earliest.unix_seconds() - scene.later(0).unix_seconds()).unwrap()) / DAY as f64;
    assert!((13.0..=14.0).contains(&days), "the file that v1 signed alone leaves the index in {days} days");

    let (status, ending) = scene.end(&scene.v1, Some(earliest)).await;
    assert_eq!((status, &ending["state"]), (StatusCode::OK, &json!("retiring")), "{ending}");
    assert_eq!(step().await.step, RotationStep::Ending);
    assert_eq!(signers(&scene.publish(20).await), ["v2", "v1"]);
    scene.daemon.clock.advance(i64::from(RETENTION_DAYS) * DAY);
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retired");
    assert_eq!(step().await.step, RotationStep::Done);
    assert_eq!(signers(&scene.publish(30).await), ["v2"]);
    assert_eq!(
        scene.events(&scene.v1).await,
        [
            "generated",
            "provisioned",
            "attached",
            "introduced",
            "google",
            "google",
            "apple",
            "apple",
            "activated",
            "end-set",
            "retired"
        ]
    );
    let history = scene.ada.client.key_history(&scene.v1).await.unwrap();
    assert_eq!((history[0].by.as_str(), history[10].by.as_str()), ("Ada", "tekportd"));
}

#[tokio::test]
async fn a_key_is_not_sent_before_it_signs_everywhere() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    let send = async || {
        let body = json!({ "state": "sent", "at": null, "note": "" });
        words(&scene.put(&format!("signing-keys/{v2}/shares/google"), body).await)
    };
    insta::assert_snapshot!(send().await, @"409 Conflict 310 v2 doesn't sign yet, and phones that get it early would find no signature of it; attach it to the export configs first");
    let (_, other) = scene.ada.post("export-configs", &released(&scene.daemon, "other", &scene.v1)).await;
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK);
    insta::assert_snapshot!(send().await, @"409 Conflict 310 v2 doesn't sign in MAG yet, unlike 310 v1; attach it there first, so that phones that get it early find its signature in every new file");
    let configs = json!({ "configs": [{ "id": other["id"], "revision": other["revision"] }] });
    assert_eq!(scene.ada.post(&format!("signing-keys/{v2}/attach"), &configs).await.0, StatusCode::OK);
    assert!(send().await.starts_with("200"));
    let future = json!({ "state": "sent", "at": scene.later(HOUR), "note": "" });
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{v2}/shares/apple"), future).await), @r#"422 Unprocessable Entity "at": <time> is in the future" | "a time since the key was registered that has passed, or nothing for now""#);
    let nobody = json!({ "state": "sent", "at": null, "note": "" });
    assert_eq!(scene.put(&format!("signing-keys/{v2}/shares/amazon"), nobody).await.0, StatusCode::NOT_FOUND);
    let long = json!({ "state": "sent", "at": null, "note": "x".repeat(501) });
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{v2}/shares/apple"), long).await), @r#"422 Unprocessable Entity "note": "the note is too long or holds control characters" | "at most 500 characters""#);
}

#[tokio::test]
async fn a_successor_starts_with_what_its_predecessor_has() {
    let scene = Scene::new().await;
    let details = json!({
        "name": "Magrathea Health", "country": "US", "mcc": "310", "region": "", "android_package": "org.example.en",
        "ios_bundle_id": "org.example.en",
    });
    assert_eq!(
        scene.put(&format!("signing-keys/{}/authority", scene.v1), details.clone()).await.1["authority"],
        details
    );
    assert_eq!(
        scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 90 })).await.0,
        StatusCode::OK
    );
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 3 })).await), @r#"422 Unprocessable Entity "rotation_days": "3 days are not allowed" | "30 to 1825 days""#);
    let key = tekport_keys::SigningKey::generate().unwrap().public_key().to_pem();
    let draft = |key_id: &str, predecessor: &str| {
        json!({
            "key_id": key_id, "key_version": "v2", "public_key_pem": key, "custody": "console", "predecessor_id": predecessor,
        })
    };
    insta::assert_snapshot!(words(&scene.ada.post("signing-keys", &draft("311", &scene.v1)).await), @r#"422 Unprocessable Entity "predecessor_id": "310 v1 has another key id than 311: phones look a key up by both, so a successor keeps the id and has the next version" | "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id""#);
    let nobody = "0193f7a0-0000-7000-8000-000000000001";
    insta::assert_snapshot!(words(&scene.ada.post("signing-keys", &draft("310", nobody)).await), @r#"422 Unprocessable Entity "predecessor_id": "there is no signing key 0193f7a0-0000-7000-8000-000000000001" | "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id""#);
    let (status, v2) = scene.ada.post("signing-keys", &draft("310", &scene.v1)).await;
    assert_eq!(status, StatusCode::CREATED, "{v2}");
    assert_eq!((&v2["authority"], &v2["rotation_days"], &v2["custody"]), (&details, &json!(90), &json!("console")));
    scene.ada.client.note_backup(v2["id"].as_str().unwrap(), "in the safe").await.unwrap();
    assert_eq!(scene.events(v2["id"].as_str().unwrap()).await, ["generated", "backed-up"]);
}

#[tokio::test]
async fn two_officers_see_the_same_rotation_and_only_officers_act() {
    let scene = Scene::new().await;
    let bob = scene.daemon.join("Bob", &[Role::SecurityOfficer]).await;
    let viewer = scene.daemon.join("Vera", &[Role::Viewer]).await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let update = ShareUpdate { state: ShareState::Sent, at: None, note: "to the onboarding form".to_owned() };
    bob.client.record_share(&v2, Recipient::Google, &update).await.unwrap();
    let seen = scene.ada.client.rotation(&scene.v1).await.unwrap();
    let google = seen.successor.unwrap().google;
    assert_eq!((google.by.as_deref(), google.note.as_str()), (Some("Bob"), "to the onboarding form"));
    assert_eq!(viewer.client.rotation(&scene.v1).await.unwrap().step, RotationStep::SendPublicKey);
    let request = EndRequest { ends_at: None, note: String::new() };
    assert!(viewer.client.set_key_end(&scene.v1, &request).await.is_err());
    assert!(viewer.client.attach_signing_key(&v2, &[]).await.is_err());
}

#[tokio::test]
async fn people_are_warned_in_time() {
    let scene = Scene::new().await;
    assert_eq!(scene.attention().await, ["key-not-backed-up"]);
    scene.ada.client.note_backup(&scene.v1, "").await.unwrap();
    assert_eq!(scene.attention().await, [""; 0]);
    scene.share(&scene.v1, Recipient::Google, ShareState::Sent).await;
    scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 60 })).await;
    scene.daemon.clock.advance(12 * DAY);
    assert!(scene.attention().await.contains(&"key-unconfirmed".to_owned()));
    scene.confirm(&scene.v1).await;
    scene.daemon.clock.advance(20 * DAY);
    assert!(scene.attention().await.contains(&"key-rotation-due".to_owned()));
}

/// What the status says of rotations: how urgent, at which step.
async fn stalled(scene: &Scene) -> Vec<(Severity, RotationStep)> {
    let attention = scene.ada.client.status().await.unwrap().attention;
    let stalled = attention.into_iter().filter(|one| one.kind == "key-rotation-stalled");
    stalled.map(|one| (one.severity, one.facts.step.unwrap())).collect()
}

#[tokio::test]
async fn a_rotation_that_goes_no_further_is_said_at_every_step() {
    let scene = Scene::new().await;
    let later = async || {
        assert_eq!(stalled(&scene).await, [], "it has only just come so far");
        scene.daemon.clock.advance(9 * DAY);
        stalled(&scene).await
    };
    let unable = scene.register("u2", &scene.v1).await.1["id"].as_str().unwrap().to_owned();
    assert_eq!(later().await, [(Severity::Warn, RotationStep::Generate)]);
    scene.ada.client.revoke_unused_signing_key(&unable, "made elsewhere").await.unwrap();
    let v2 = scene.successor("v2").await;
    assert_eq!(later().await, [(Severity::Warn, RotationStep::SignWithBoth)]);
    scene.attach(&v2).await;
    assert_eq!(later().await, [(Severity::Warn, RotationStep::SendPublicKey)]);
    scene.share(&v2, Recipient::Google, ShareState::Sent).await;
    assert_eq!(later().await, [(Severity::Warn, RotationStep::SendPublicKey)], "Apple wasn't sent it");
    let told = scene.ada.client.status().await.unwrap().attention;
    let told = told.into_iter().find(|one| one.kind == "key-rotation-stalled").unwrap();
    assert_eq!((told.facts.name.as_deref(), &told.facts.others[..]), (Some("310 v1"), &["310 v2".to_owned()][..]));
    assert!(
        told.detail
            .ends_with("310 v2 signs everywhere and wasn't sent to both Google and Apple yet: send its public half"),
        "{told:?}"
    );
    scene.share(&v2, Recipient::Apple, ShareState::Sent).await;
    assert_eq!(later().await, [], "the answer is waited for, which is said of the key");
    scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 30 })).await;
    assert_eq!(stalled(&scene).await, [(Severity::Warn, RotationStep::Confirm)], "though it should be done by now");
    scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 1_000 })).await;
    scene.confirm(&v2).await;
    assert_eq!(later().await, [(Severity::Warn, RotationStep::EndOldKey)]);
    scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 30 })).await;
    assert_eq!(stalled(&scene).await, [(Severity::Bad, RotationStep::EndOldKey)]);
    assert!(!scene.attention().await.contains(&"key-rotation-due".to_owned()), "said once");
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    assert_eq!(stalled(&scene).await, []);
}

#[tokio::test]
async fn the_successor_of_a_revoked_key_is_waited_for() {
    let scene = Scene::new().await;
    scene.ada.client.revoke_signing_key(&scene.v1, "seen elsewhere").await.unwrap();
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    assert_eq!(stalled(&scene).await, []);
    scene.daemon.clock.advance(9 * DAY);
    assert_eq!(stalled(&scene).await, [(Severity::Bad, RotationStep::SendPublicKey)]);
    scene.confirm(&v2).await;
    assert_eq!(stalled(&scene).await, []);
}

#[tokio::test]
async fn a_successor_that_nobody_can_sign_with_is_replaced() {
    let scene = Scene::new().await;
    let v2 = scene.register("v2", &scene.v1).await.1["id"].as_str().unwrap().to_owned();
    scene.ada.client.revoke_unused_signing_key(&v2, "its private half is elsewhere").await.unwrap();
    let begun = scene.ada.client.rotation(&scene.v1).await.unwrap();
    assert_eq!((begun.step, begun.suggested_version.as_str()), (RotationStep::Generate, "v3"));
    let v3 = scene.successor("v3").await;
    assert_eq!(scene.successor_of(&scene.v1).await, v3);
    scene.attach(&v3).await;
    let body = json!({ "reason": "a page that is out of date", "only_unused": true });
    insta::assert_snapshot!(words(&scene.ada.post(&format!("signing-keys/{v3}/revoke"), &body).await), @"409 Conflict 310 v3 signs or was sent meanwhile, so nothing replaces it; go on with its rotation");
    assert_eq!(scene.state(&v3).await, "introduced");
}

/// Whichever key it follows: phones look a key up by its id, so every config with a key of that id is concerned.
#[tokio::test]
async fn a_key_without_a_predecessor_is_not_sent_before_it_signs_everywhere_either() {
    let scene = Scene::new().await;
    let (_, other) = scene.ada.post("export-configs", &released(&scene.daemon, "other", &scene.v1)).await;
    scene.daemon.clock.advance(1);
    let v2 = provision_key(&scene.daemon, &scene.ada, "v2").await;
    scene.attach(&v2).await;
    let sent = json!({ "state": "sent", "at": null, "note": "" });
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{v2}/shares/apple"), sent).await), @"409 Conflict 310 v2 doesn't sign in MAG yet, unlike 310 v1; attach it there first, so that phones that get it early find its signature in every new file");
    assert_eq!(scene.attach_in(&v2, other["id"].as_str().unwrap()).await.0, StatusCode::OK);
    scene.confirm(&v2).await;
}

#[tokio::test]
async fn a_rotation_is_begun_once_and_with_a_key_that_signs() {
    let scene = Scene::new().await;
    let unsent = register_key(&scene.ada, "u1").await;
    insta::assert_snapshot!(words(&scene.register("u2", &unsent).await), @r#"422 Unprocessable Entity "predecessor_id": "310 u1 doesn't sign yet, so there is nothing to rotate" | "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id""#);
    scene.ada.client.revoke_signing_key(&unsent, "test").await.unwrap();
    insta::assert_snapshot!(words(&scene.register("u2", &unsent).await), @r#"422 Unprocessable Entity "predecessor_id": "310 u1 was revoked before it ever signed, so there is nothing to take over" | "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id""#);
    insta::assert_snapshot!(words(&scene.register("v2", "v1").await), @r#"422 Unprocessable Entity "predecessor_id": "\"v1\" is not an id" | "the id of a signing key, or nothing""#);

    // Two officers begin at once: one of them does.
    let bob = scene.daemon.join("Bob", &[Role::SecurityOfficer]).await;
    let drafts = [scene.draft("v2", &scene.v1), scene.draft("v3", &scene.v1)];
    let (first, second) =
        tokio::join!(scene.ada.post("signing-keys", &drafts[0]), bob.post("signing-keys", &drafts[1]));
    let (made, refused) = if first.0 == StatusCode::CREATED { (first, second) } else { (second, first) };
    assert_eq!((made.0, refused.0), (StatusCode::CREATED, StatusCode::UNPROCESSABLE_ENTITY), "{refused:?}");
    assert!(words(&refused).contains("follows 310 v1 already: go on with that rotation"), "{refused:?}");
    scene.ada.client.revoke_signing_key(made.1["id"].as_str().unwrap(), "made by mistake").await.unwrap();
    assert_eq!(scene.register("v4", &scene.v1).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn a_date_of_a_share_is_one_that_can_be() {
    let scene = Scene::new().await;
    let at = async |at: UtcTime| {
        let body = json!({ "state": "sent", "at": at, "note": "" });
        scene.put(&format!("signing-keys/{}/shares/google", scene.v1), body).await
    };
    insta::assert_snapshot!(words(&at(scene.later(-DAY)).await), @r#"422 Unprocessable Entity "at": "310 v1 wasn't registered yet at <time> | "a time since the key was registered that has passed, or nothing for now""#);
    assert_eq!(at(scene.later(60)).await.1["google"]["at"], json!(scene.later(0)), "a clock that is a little ahead");
    scene.daemon.clock.advance(2 * DAY);
    assert_eq!(at(scene.later(-DAY)).await.1["google"]["at"], json!(scene.later(-DAY)));
}
