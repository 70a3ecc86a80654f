//! Putting keys into configs and taking them out.

use super::*;

#[tokio::test]
async fn a_config_keeps_the_keys_that_phones_need() {
    let scene = Scene::new().await;
    scene.publish(1).await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let edit = async |keys: Value| {
        let config = scene.ada.client.get_export_config(&scene.config).await.unwrap();
        let mut fields = serde_json::to_value(&config.fields).unwrap();
        fields["signing_key_ids"] = keys;
        let request = scene.ada.request(Method::PUT, &format!("export-configs/{}", scene.config));
        read(request.header("if-match", format!("\"{}\"", config.revision)).json(&fields).send().await.unwrap()).await
    };
    insta::assert_snapshot!(words(&edit(json!([v2])).await), @r#"422 Unprocessable Entity "signing_key_ids": "310 v1 can't be taken out. MAG: Google and Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> that no other confirmed key signed; phones would refuse them. From when on it is allowed shows once that is done" | "keys that sign stay until their rotation ends them""#);
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
    let twice = json!({ "configs": [named(&first, 1), named(&first, 2)] });
    assert!(matches!(
        scene.ada.post(&path, &twice).await.0,
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::PRECONDITION_FAILED
    ));
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
