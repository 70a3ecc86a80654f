//! Putting keys into configs and taking them out.

use super::*;

#[tokio::test]
async fn a_config_keeps_the_keys_that_phones_need() {
    let scene = Scene::new().await;
    scene.publish(1).await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let edit = async |keys: Value| scene.edit(keys).await;
    insta::assert_snapshot!(words(&edit(json!([v2])).await), @r#"422 Unprocessable Entity "signing_key_ids": "310 v1 can't be taken out. MAG: Google and Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> without the signature of a key that takes over; phones would refuse them. From when on it is allowed shows once that is done" | "keys that sign stay until their rotation ends them""#);
    let third = register_key(&scene.ada, "v3").await;
    assert_eq!(edit(json!([scene.v1, v2, third])).await.0, StatusCode::OK);
    assert_eq!(edit(json!([scene.v1, v2])).await.0, StatusCode::OK, "one that signed nothing may go");
    scene.ada.client.revoke_signing_key(&v2, "lost").await.unwrap();
    assert_eq!(edit(json!([scene.v1, v2])).await.0, StatusCode::OK, "a revoked key holds up no other edit");
    assert_eq!(edit(json!([scene.v1])).await.0, StatusCode::OK);
    insta::assert_snapshot!(words(&edit(json!([scene.v1, v2])).await), @r#"422 Unprocessable Entity "signing_key_ids[1]": "310 v2 was revoked" | "a signing key that is registered and hasn't ended""#);
}

#[tokio::test]
async fn attaching_is_all_or_nothing_at_the_revisions_that_were_looked_at() {
    let scene = Scene::new().await;
    let (_, other) = scene.ada.post("export-configs", &released(&scene.daemon, "other", &scene.v1)).await;
    let v2 = scene.successor("v2").await;
    let path = format!("signing-keys/{v2}/attach");
    let named = |id: &Value, revision: u32| json!({ "id": id, "revision": revision });
    let first = json!(scene.config);
    let stale = json!({ "configs": [named(&other["id"], 1), named(&first, 7)] });
    let answer = scene.ada.post(&path, &stale).await;
    assert_eq!(answer.0, StatusCode::PRECONDITION_FAILED);
    insta::assert_snapshot!(words(&answer), @"412 Precondition Failed the export config of MAG was changed since it was looked at: it has revision 1 now. Nothing was attached; look at the difference again, then repeat it");
    assert_eq!(scene.state(&v2).await, "generated", "nothing was attached");
    insta::assert_snapshot!(words(&scene.ada.post(&path, &json!({ "configs": [] })).await), @r#"422 Unprocessable Entity "configs": "no config is named" | "at least one, each once""#);
    let unknown = json!({ "configs": [named(&json!("nowhere"), 1)] });
    insta::assert_snapshot!(words(&scene.ada.post(&path, &unknown).await), @r#"422 Unprocessable Entity "configs[0].id": "there is no export config \"nowhere\"" | "the id of an export config, as lists show it""#);
    for revisions in [[1, 2], [1, 1]] {
        let twice = json!({ "configs": revisions.map(|revision| named(&first, revision)) });
        assert_eq!(
            words(&scene.ada.post(&path, &twice).await),
            r#"422 Unprocessable Entity "configs[1].id": "the config is named twice" | "each config once""#
        );
    }
    assert_eq!(scene.state(&v2).await, "generated");
}

#[tokio::test]
async fn an_eleventh_key_is_refused_and_dead_ones_make_room() {
    let scene = Scene::new().await;
    for version in 2..=10 {
        let id = provision_key(&scene.daemon, &scene.ada, &format!("v{version}")).await;
        assert_eq!(scene.attach(&id).await.0, StatusCode::OK, "{version}");
    }
    let eleventh = provision_key(&scene.daemon, &scene.ada, "v11").await;
    insta::assert_snapshot!(words(&scene.attach(&eleventh).await), @"409 Conflict the export config of MAG has 10 keys that sign or will, and devices take no more signatures; end one of them first");
    scene.ada.client.revoke_signing_key(&scene.v1, "old").await.unwrap();
    assert_eq!(scene.attach(&eleventh).await.0, StatusCode::OK);
    let keys = scene.ada.client.get_export_config(&scene.config).await.unwrap().fields.signing_key_ids;
    assert!(keys.len() == 10 && !keys.contains(&scene.v1), "{keys:?}");
    assert_eq!(signers(&scene.publish(1).await).len(), 10);
}

#[tokio::test]
async fn of_two_officers_who_attach_at_once_one_looks_again() {
    let scene = Scene::new().await;
    let bob = scene.daemon.join("Bob", &[Role::SecurityOfficer]).await;
    let (v2, v3) =
        (provision_key(&scene.daemon, &scene.ada, "v2").await, provision_key(&scene.daemon, &scene.ada, "v3").await);
    let body = json!({ "configs": [{ "id": scene.config, "revision": 1 }] });
    let paths = [format!("signing-keys/{v2}/attach"), format!("signing-keys/{v3}/attach")];
    let (first, second) = tokio::join!(scene.ada.post(&paths[0], &body), bob.post(&paths[1], &body));
    let mut statuses = [first.0, second.0];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::PRECONDITION_FAILED]);
    let named = scene.ada.client.get_export_config(&scene.config).await.unwrap().fields.signing_key_ids;
    assert_eq!(named.len(), 2);
}

#[tokio::test]
async fn a_key_that_ends_is_attached_nowhere_else() {
    let scene = Scene::rotating().await;
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    insta::assert_snapshot!(words(&scene.attach(&scene.v1).await), @"409 Conflict 310 v1 ends at <time> attach its successor, or take its end back first");
}

#[tokio::test]
async fn a_config_that_has_ended_takes_no_key_and_no_config_takes_a_revoked_one() {
    let scene = Scene::new().await;
    let other = scene.ended().await;
    let (v2, v3) = (scene.successor("v2").await, provision_key(&scene.daemon, &scene.ada, "v3").await);
    insta::assert_snapshot!(words(&scene.attach_in(&v2, &other).await), @"409 Conflict the export config of MAG has ended and makes no more files; leave it out");
    scene.ada.client.revoke_signing_key(&v3, "lost").await.unwrap();
    insta::assert_snapshot!(words(&scene.attach(&v3).await), @"409 Conflict 310 v3 was revoked for good; generate a new key");
}

/// After a rotation the old key stays confirmed until it ends, while iPhones hold the new one alone.
#[tokio::test]
async fn a_config_does_not_do_without_the_key_that_iphones_hold() {
    let scene = Scene::new().await;
    scene.confirm(&scene.v1).await;
    let v2 = scene.successor("v2").await;
    let create = async |prefix: &str, keys: Value| {
        let mut fields = released(&scene.daemon, prefix, &scene.v1);
        fields["signing_key_ids"] = keys;
        words(&scene.ada.post("export-configs", &fields).await)
    };
    assert!(create("a", json!([scene.v1])).await.starts_with("201"), "nobody was sent v2");
    let (_, configs) = scene.ada.get("export-configs").await;
    for config in configs["items"].as_array().unwrap() {
        assert_eq!(scene.attach_in(&v2, config["id"].as_str().unwrap()).await.0, StatusCode::OK);
    }
    scene.share(&v2, Recipient::Google, ShareState::Sent).await;
    insta::assert_snapshot!(create("b", json!([scene.v1])).await, @r#"422 Unprocessable Entity "signing_key_ids": "310 v1 is named without 310 v2, which came after it and was sent to Google or Apple: phones that hold 310 v2 would find no signature of it in the files of this config" | "310 v2 as well, beside or instead of 310 v1""#);
    scene.confirm(&v2).await;
    insta::assert_snapshot!(create("b", json!([scene.v1])).await, @r#"422 Unprocessable Entity "signing_key_ids": "310 v1 is named without 310 v2, which came after it and was sent to Google or Apple: phones that hold 310 v2 would find no signature of it in the files of this config" | "310 v2 as well, beside or instead of 310 v1""#);
    assert!(create("c", json!([scene.v1, v2])).await.starts_with("201"));
    assert!(create("d", json!([v2])).await.starts_with("201"));
    insta::assert_snapshot!(words(&scene.edit(json!([scene.v1])).await), @r#"422 Unprocessable Entity "signing_key_ids": "310 v2 can't be taken out. MAG: only keys from before 310 v2 go on signing there, such as 310 v1, and Apple gives iPhones one key at a time, the newest: those that hold 310 v2 would refuse every new file; attach a successor first. From when on it is allowed shows once that is done" | "keys that sign stay until their rotation ends them""#);
    assert_eq!(scene.edit(json!([v2])).await.0, StatusCode::OK, "iPhones hold v2, Android phones both");

    let third = register_key(&scene.ada, "v3").await;
    let mut fields = released(&scene.daemon, "e", &third);
    fields["signing_key_ids"] = json!([third]);
    let (_, other) = scene.ada.post("export-configs", &fields).await;
    let other = other["id"].as_str().unwrap();
    insta::assert_snapshot!(words(&scene.attach_in(&scene.v1, other).await), @"409 Conflict in MAG, 310 v1 is named without 310 v2, which came after it and was sent to Google and Apple: phones that Google and Apple gave 310 v2 would find no signature of it in the files of this config; attach 310 v2 there first");
    assert_eq!(scene.attach_in(&v2, other).await.0, StatusCode::OK);
    assert_eq!(scene.attach_in(&scene.v1, other).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_key_that_ends_is_named_by_no_other_config() {
    let scene = Scene::rotating().await;
    let v2 = scene.successor_of(&scene.v1).await;
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    let mut fields = released(&scene.daemon, "other", &scene.v1);
    fields["signing_key_ids"] = json!([v2, scene.v1]);
    insta::assert_snapshot!(words(&scene.ada.post("export-configs", &fields).await), @r#"422 Unprocessable Entity "signing_key_ids[1]": "310 v1 ends at <time> name its successor, or have that end taken back" | "a signing key that is registered and hasn't ended""#);
    assert_eq!(scene.edit(json!([v2, scene.v1])).await.0, StatusCode::OK, "where it is named it may stay");
}

#[tokio::test]
async fn failed_batches_of_every_config_are_tried_again_once_a_key_signs() {
    let scene = Scene::new().await;
    let (_, other) = scene.ada.post("export-configs", &released(&scene.daemon, "other", &scene.v1)).await;
    scene.upload(1).await;
    scene.ada.client.revoke_signing_key(&scene.v1, "lost").await.unwrap();
    scene.daemon.clock.advance(5 * HOUR);
    // Often enough that the pause after a failure is long.
    for _ in 0..6 {
        assert_ne!(scene.daemon.exporter().tick().await.unwrap().failed, []);
        scene.daemon.clock.advance(HOUR);
    }
    assert_ne!(scene.daemon.exporter().tick().await.unwrap().failed, []);
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let configs = json!({ "configs": [{ "id": other["id"], "revision": 1 }] });
    assert_eq!(scene.ada.post(&format!("signing-keys/{v2}/attach"), &configs).await.0, StatusCode::OK);
    scene.tick().await;
    for config in [json!(scene.config), other["id"].clone()] {
        let filter = BatchFilter {
            config_id: config.as_str().map(str::to_owned),
            state: Some("failed".to_owned()),
            ..BatchFilter::default()
        };
        let failed = scene.ada.client.list_batches(&filter, &PageQuery::default()).await.unwrap().items;
        assert_eq!(failed, [], "of {config}");
    }
}
