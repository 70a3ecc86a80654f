//! When a key may stop signing, and what happens when its end comes.

use super::*;

#[tokio::test]
async fn an_end_is_refused_while_phones_need_the_key() {
    let scene = Scene::new().await;
    scene.publish(1).await;
    let soon = Some(scene.later(DAY));
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: no other key goes on signing there; attach a successor first. MAG: the index offers 1 file until <time> without the signature of a key that takes over; phones would refuse them. From when on it is allowed shows once that is done");
    let v2 = scene.successor("v2").await;
    insta::assert_snapshot!(words(&scene.end(&v2, soon).await), @"409 Conflict 310 v2 can't end at <time> It doesn't sign, so there is nothing to end. From when on it is allowed shows once that is done");
    scene.attach(&v2).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: Google and Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> without the signature of a key that takes over; phones would refuse them. From when on it is allowed shows once that is done");
    scene.share(&v2, Recipient::Google, ShareState::Sent).await;
    scene.share(&v2, Recipient::Google, ShareState::Confirmed).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> without the signature of a key that takes over; phones would refuse them. From when on it is allowed shows once that is done");
    scene.confirm(&v2).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: the index offers 1 file until <time> without the signature of a key that takes over; phones would refuse them. It is allowed from <time> on");
    let earliest = scene.ada.client.key_end(&scene.v1).await.unwrap().earliest;
    assert_eq!(scene.end(&scene.v1, earliest).await.0, StatusCode::OK);
    insta::assert_snapshot!(words(&scene.end(&v2, Some(scene.later(60 * DAY))).await), @"409 Conflict 310 v2 can't end at <time> MAG: no other key goes on signing there; attach a successor first. From when on it is allowed shows once that is done");
}

#[tokio::test]
async fn an_end_moves_both_ways_until_it_has_come_and_only_earlier_afterwards() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    scene.confirm(&v2).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, None).await), @"409 Conflict no end of 310 v1 is set, so there is none to take back");
    insta::assert_snapshot!(words(&scene.end(&scene.v1, Some(scene.later(-HOUR))).await), @r#"422 Unprocessable Entity "ends_at": <time> has passed" | <time> or later""#);
    for days in [3, 9, 2] {
        assert_eq!(scene.end(&scene.v1, Some(scene.later(days * DAY))).await.0, StatusCode::OK);
    }
    assert_eq!(scene.end(&scene.v1, None).await.1["state"], "introduced", "taken back, and never confirmed");
    assert_eq!(scene.end(&scene.v1, Some(scene.later(DAY))).await.0, StatusCode::OK);
    scene.daemon.clock.advance(DAY);
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retired");
    insta::assert_snapshot!(words(&scene.end(&scene.v1, None).await), @"409 Conflict 310 v1 ended at <time> and phones have had files without its signature since; an end that has come stays");
    insta::assert_snapshot!(words(&scene.end(&scene.v1, Some(scene.later(DAY))).await), @r#"422 Unprocessable Entity "ends_at": "the end of 310 v1 came at <time> an end that has come may only move earlier" | <time> or earlier""#);
    assert_eq!(scene.end(&scene.v1, Some(scene.later(-HOUR))).await.0, StatusCode::OK);
    assert_eq!(scene.state(&scene.v1).await, "retired");
    insta::assert_snapshot!(words(&scene.attach(&scene.v1).await), @"409 Conflict 310 v1 has ended and signs no more; attach the key that took over");
}

#[tokio::test]
async fn a_confirmation_that_an_end_relies_on_stays() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    scene.confirm(&v2).await;
    let back = async || {
        let body = json!({ "state": "sent", "at": null, "note": "recorded by mistake" });
        scene.put(&format!("signing-keys/{v2}/shares/apple"), body).await
    };
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    insta::assert_snapshot!(words(&back().await), @"409 Conflict the end of 310 v1 relies on Apple having confirmed 310 v2; take that end back first");
    scene.end(&scene.v1, None).await;
    assert_eq!(back().await.1["state"], "introduced");
}

#[tokio::test]
async fn an_end_that_would_silence_a_config_is_held_and_said_aloud() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    scene.confirm(&v2).await;
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    assert!(scene.attention().await.contains(&"key-ending".to_owned()));
    let revoked = scene.ada.client.revoke_signing_key(&v2, "its workstation was stolen").await.unwrap();
    assert!(revoked.revoked_at.is_some());
    scene.daemon.clock.advance(DAY);
    scene.tick().await;
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retiring", "it goes on signing");
    assert!(scene.attention().await.contains(&"key-end-held".to_owned()));
    let held = scene.events(&scene.v1).await.iter().filter(|kind| *kind == "end-held").count();
    assert_eq!(held, 1, "said once in its history");
    assert_eq!(signers(&scene.publish(1).await), ["v1"]);
}

#[tokio::test]
async fn what_the_daemon_calls_now_is_a_good_end_a_moment_later() {
    let scene = Scene::rotating().await;
    let earliest = scene.ada.client.key_end(&scene.v1).await.unwrap().earliest;
    scene.daemon.clock.advance(20);
    let (status, ended) = scene.end(&scene.v1, earliest).await;
    assert_eq!((status, &ended["ends_at"]), (StatusCode::OK, &json!(scene.later(0))), "{ended}");
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retired");
}

#[tokio::test]
async fn an_end_that_has_come_and_is_held_stays_until_its_reason_is_gone() {
    let scene = Scene::rotating().await;
    let v2 = scene.successor_of(&scene.v1).await;
    let end = scene.later(DAY);
    scene.end(&scene.v1, Some(end)).await;
    scene.ada.client.revoke_signing_key(&v2, "lost").await.unwrap();
    scene.daemon.clock.advance(DAY);
    scene.tick().await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, None).await), @"409 Conflict the end of 310 v1 came at <time> and stays; the key stops signing as soon as nothing stands in the way");
    insta::assert_snapshot!(words(&scene.end(&scene.v1, Some(scene.later(DAY))).await), @r#"422 Unprocessable Entity "ends_at": "the end of 310 v1 came at <time> an end that has come may only move earlier" | <time> or earlier""#);
    assert_eq!(scene.end(&scene.v1, Some(scene.later(-HOUR))).await.0, StatusCode::OK, "earlier it may move");

    // A rotation of its own leads out.
    assert_eq!(scene.ada.client.rotation(&scene.v1).await.unwrap().step, RotationStep::Generate);

    // Another successor takes over, and the end that was held comes by itself.
    let v3 = scene.successor("v3").await;
    assert_eq!(scene.ada.client.rotation(&scene.v1).await.unwrap().step, RotationStep::SignWithBoth);
    scene.confirm_attached(&v3).await;
    assert_eq!(scene.ada.client.rotation(&scene.v1).await.unwrap().step, RotationStep::Ending);
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retired");
    assert!(!scene.attention().await.contains(&"key-end-held".to_owned()));
    assert_eq!(scene.events(&scene.v1).await.iter().filter(|kind| *kind == "end-held").count(), 1);
}

#[tokio::test]
async fn the_same_request_again_changes_nothing() {
    let scene = Scene::rotating().await;
    let v2 = scene.successor_of(&scene.v1).await;
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    let revision = |answer: (StatusCode, Value)| (answer.0, answer.1["revision"].clone());
    let before = revision(scene.ada.get(&format!("signing-keys/{}", scene.v1)).await);
    assert_eq!(revision(scene.end(&scene.v1, Some(scene.later(DAY))).await), before);
    let seen = scene.events(&v2).await;
    scene.share(&v2, Recipient::Google, ShareState::Confirmed).await;
    assert_eq!(scene.events(&v2).await, seen);
}

#[tokio::test]
async fn a_key_that_has_ended_takes_no_further_step() {
    let scene = Scene::rotating().await;
    scene.end(&scene.v1, Some(scene.later(0))).await;
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retired");
    let v1 = &scene.v1;
    let sent = json!({ "state": "sent", "at": null, "note": "" });
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{v1}/shares/google"), sent).await), @"409 Conflict 310 v1 has ended; send the key that took over");
    let sealed = json!({ "sealed_to": "", "encapsulated_key": "", "ciphertext": "" });
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{v1}/sealed"), sealed).await), @"409 Conflict 310 v1 has ended: nothing is signed with it any more");
    insta::assert_snapshot!(words(&scene.register("v9", v1).await), @r#"422 Unprocessable Entity "predecessor_id": "310 v1 has ended, and another key took over" | "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id""#);
}

#[tokio::test]
async fn a_revoked_key_takes_no_further_step() {
    let scene = Scene::rotating().await;
    let v2 = scene.successor_of(&scene.v1).await;
    let revoke = format!("signing-keys/{v2}/revoke");
    for reason in ["", "  ", &"x".repeat(501)] {
        let refused = words(&scene.ada.post(&revoke, &json!({ "reason": reason })).await);
        let expected =
            r#"422 Unprocessable Entity "reason": "the reason is empty or too long" | "1 to 500 characters""#;
        assert_eq!(refused, expected);
    }
    let reason = json!({ "reason": "lost" });
    assert_eq!(scene.ada.post(&revoke, &reason).await.1["state"], "revoked");
    let put = async |what: &str, body: Value| words(&scene.put(&format!("signing-keys/{v2}/{what}"), body).await);
    let details = json!({
        "name": "Magrathea Health", "country": "US", "mcc": "310", "region": "", "android_package": "org.example.en",
        "ios_bundle_id": "org.example.en",
    });
    let refused = [
        words(&scene.ada.post(&revoke, &reason).await),
        words(&scene.attach(&v2).await),
        words(&scene.end(&v2, Some(scene.later(DAY))).await),
        words(&scene.end(&v2, None).await),
        put("shares/google", json!({ "state": "not-sent", "at": null, "note": "" })).await,
        put("plan", json!({ "rotation_days": 90 })).await,
        put("authority", details).await,
        put("sealed", json!({ "sealed_to": "", "encapsulated_key": "", "ciphertext": "" })).await,
    ];
    for words in refused {
        assert_eq!(words, "409 Conflict 310 v2 was revoked for good; generate a new key");
    }
    assert_eq!(scene.events(&v2).await.last().unwrap(), "revoked");
}

#[tokio::test]
async fn a_key_is_revoked_while_it_ends_and_after_it_has_ended() {
    for ended in [false, true] {
        let scene = Scene::rotating().await;
        scene.end(&scene.v1, Some(scene.later(HOUR))).await;
        if ended {
            scene.daemon.clock.advance(HOUR);
            scene.tick().await;
        }
        assert_eq!(scene.state(&scene.v1).await, if ended { "retired" } else { "retiring" });
        let revoked = scene.ada.client.revoke_signing_key(&scene.v1, "an old disk was found").await.unwrap();
        assert!(revoked.revoked_at.is_some(), "{revoked:?}");
        assert_eq!(scene.state(&scene.v1).await, "revoked");
        assert_eq!(scene.ada.client.rotation(&scene.v1).await.unwrap().step, RotationStep::Done);
        scene.daemon.clock.advance(2 * HOUR);
        scene.tick().await;
        assert_eq!(scene.events(&scene.v1).await.last().unwrap(), "revoked", "its end means nothing any more");
        assert_eq!(signers(&scene.publish(1).await), ["v2"]);
    }
}

/// Its predecessor is confirmed as well, but iPhones hold one key at a time.
#[tokio::test]
async fn the_newest_key_of_iphones_ends_only_after_its_successor_is_confirmed() {
    let scene = Scene::new().await;
    scene.confirm(&scene.v1).await;
    let v2 = scene.successor("v2").await;
    scene.confirm_attached(&v2).await;
    assert_eq!(signers(&scene.publish(1).await), ["v2", "v1"]);
    insta::assert_snapshot!(words(&scene.end(&v2, Some(scene.later(60 * DAY))).await), @"409 Conflict 310 v2 can't end at <time> MAG: only keys from before 310 v2 go on signing there, such as 310 v1, and Apple gives iPhones one key at a time, the newest: those that hold 310 v2 would refuse every new file; attach a successor first. MAG: the index offers 1 file until <time> without the signature of a key that takes over; phones would refuse them. From when on it is allowed shows once that is done");
    let impact = scene.ada.client.revocation_impact(&v2).await.unwrap();
    assert_eq!((impact.unconfirmed.len(), impact.unaffected.len()), (1, 0), "{impact:?}");
    assert_eq!(scene.ada.client.revocation_impact(&scene.v1).await.unwrap().unaffected.len(), 1);

    scene.daemon.clock.advance(1);
    let v3 = provision_successor(&scene.daemon, &scene.ada, "v3", Some(&v2)).await;
    scene.attach(&v3).await;
    insta::assert_snapshot!(words(&scene.end(&v2, Some(scene.later(60 * DAY))).await), @"409 Conflict 310 v2 can't end at <time> MAG: Google and Apple didn't confirm 310 v3 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> without the signature of a key that takes over; phones would refuse them. From when on it is allowed shows once that is done");
    scene.confirm(&v3).await;
    assert_eq!(scene.end(&v2, Some(scene.later(60 * DAY))).await.0, StatusCode::OK);
}

#[tokio::test]
async fn every_step_is_in_the_audit_log_and_in_the_history() {
    let scene = Scene::rotating().await;
    scene.end(&scene.v1, Some(scene.later(0))).await;
    scene.tick().await;
    let (_, page) = scene.ada.get(&format!("audit?resource_id={}", scene.v1)).await;
    let entries: Vec<String> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .map(|entry| {
            format!("{} {} {}", entry["actor_name"], entry["action"], entry["after"]["state"]).replace('"', "")
        })
        .collect();
    insta::assert_snapshot!(entries.join("\n"), @"
    Ada signing-key.register generated
    Ada signing-key.provision generated
    Ada signing-key.introduce introduced
    Ada signing-key.end retiring
    tekportd signing-key.retire retired
    ");
    tekportd::audit::verify(&scene.daemon.store).await.unwrap();
    let history = scene.ada.client.key_history(&scene.v1).await.unwrap();
    let told: Vec<String> = history.iter().map(|event| format!("{} {:?}", event.by, event.kind)).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    Ada Generated
    Ada Provisioned
    Ada Attached
    Ada Introduced
    Ada EndSet
    tekportd Retired
    ");
}
