//! A compromised key.

use super::*;

#[tokio::test]
async fn a_compromised_key_is_revoked_replaced_and_its_files_made_anew() {
    let scene = Scene::new().await;
    scene.confirm(&scene.v1).await;
    let published = scene.publish(1).await;
    let impact = scene.ada.client.revocation_impact(&scene.v1).await.unwrap();
    assert_eq!((impact.stopped.len(), impact.files_offered, impact.files_signed_alone), (1, 1, 1), "{impact:?}");
    let path = format!("signing-keys/{}/regenerate-files", scene.v1);
    insta::assert_snapshot!(words(&scene.ada.post(&path, &Value::Null).await), @"409 Conflict 310 v1 isn't revoked; files of a key that phones may trust stay as they are");
    scene.ada.client.revoke_signing_key(&scene.v1, "seen on another machine").await.unwrap();
    insta::assert_snapshot!(words(&scene.ada.post(&path, &Value::Null).await), @"409 Conflict nothing can be made anew: no key is there to sign with in MAG; attach a successor there first");
    let v2 = scene.successor("v2").await;
    let rotation = scene.ada.client.rotation(&scene.v1).await.unwrap();
    assert_eq!(
        (rotation.step, &rotation.configs[0].after[..]),
        (RotationStep::SignWithBoth, &["310 v2".to_owned()][..])
    );
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK);
    let made = scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap();
    assert_eq!(made.batch_ids.len(), 1);
    scene.tick().await;
    let anew = scene.ada.client.get_batch(&made.batch_ids[0]).await.unwrap();
    assert_eq!(signers(&anew), ["v2"]);
    assert!(scene.ada.client.get_batch(&published.id).await.unwrap().files[0].withdrawn_at.is_some());
    assert_eq!(scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap().batch_ids.len(), 0);
    scene.confirm(&v2).await;
    assert_eq!(scene.ada.client.rotation(&scene.v1).await.unwrap().step, RotationStep::Done);
}

#[tokio::test]
async fn a_config_without_a_key_holds_back_no_other_config() {
    let scene = Scene::new().await;
    let (_, other) = scene.ada.post("export-configs", &released(&scene.daemon, "other", &scene.v1)).await;
    scene.publish(1).await;
    scene.ada.client.revoke_signing_key(&scene.v1, "seen elsewhere").await.unwrap();
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let regenerate = async || scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap().batch_ids.len();
    assert_eq!(regenerate().await, 1, "that of the config which has a key");
    let configs = json!({ "configs": [{ "id": other["id"], "revision": 1 }] });
    assert_eq!(scene.ada.post(&format!("signing-keys/{v2}/attach"), &configs).await.0, StatusCode::OK);
    assert_eq!(regenerate().await, 1, "the other one, and the first not twice");
    scene.tick().await;
    assert_eq!(scene.ada.client.revocation_impact(&scene.v1).await.unwrap().files_offered, 0);
}

#[tokio::test]
async fn the_files_of_an_ended_config_are_made_anew_too() {
    let scene = Scene::new().await;
    let ended = scene.ended().await;
    scene.ada.client.revoke_signing_key(&scene.v1, "seen elsewhere").await.unwrap();
    let v2 = scene.successor("v2").await;
    let listed = async || {
        let configs = scene.ada.client.rotation(&scene.v1).await.unwrap().configs;
        let mut listed: Vec<_> = configs.into_iter().map(|one| (one.config_id, one.ended, one.attached)).collect();
        listed.sort_by_key(|(_, ended, _)| *ended);
        listed
    };
    assert_eq!(listed().await, [(scene.config.clone(), false, false), (ended.clone(), true, false)]);
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK);
    let made = scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap();
    let without_key: Vec<String> = made.without_key.into_iter().map(|one| one.config_id).collect();
    assert_eq!((made.batch_ids.len(), without_key, made.paused), (1, vec![ended.clone()], vec![]));

    assert_eq!(listed().await, [(ended.clone(), true, false)]);
    assert_eq!(scene.ada.client.rotation(&scene.v1).await.unwrap().step, RotationStep::SignWithBoth);
    assert_eq!(scene.attach_in(&v2, &ended).await.0, StatusCode::OK);
    assert_eq!(listed().await, [], "the revoked key left the lists");
    let made = scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap();
    assert_eq!((made.batch_ids.len(), made.without_key), (1, vec![]));
    scene.tick().await;
    let anew = scene.ada.client.get_batch(&made.batch_ids[0]).await.unwrap();
    assert_eq!((anew.config_id.as_str(), signers(&anew)), (ended.as_str(), vec!["v2".to_owned()]));
    assert_eq!(scene.ada.client.revocation_impact(&scene.v1).await.unwrap().files_offered, 0);
    assert_eq!(listed().await, [], "there is nothing left to make anew");
    let v3 = provision_key(&scene.daemon, &scene.ada, "v3").await;
    assert_eq!(scene.attach_in(&v3, &ended).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_paused_config_is_named_and_its_files_are_made_anew_once_it_is_resumed() {
    let scene = Scene::new().await;
    scene.publish(1).await;
    scene.ada.client.pause_export_config(&scene.config).await.unwrap();
    scene.ada.client.revoke_signing_key(&scene.v1, "seen elsewhere").await.unwrap();
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let regenerate = async || {
        let made = scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap();
        (made.batch_ids.len(), made.paused.into_iter().map(|one| one.config_id).collect::<Vec<_>>())
    };
    assert_eq!(regenerate().await, (1, vec![scene.config.clone()]));
    scene.tick().await;
    assert_eq!(regenerate().await, (0, vec![scene.config.clone()]), "it waits, and that is said again");
    scene.ada.client.resume_export_config(&scene.config).await.unwrap();
    scene.tick().await;
    assert_eq!(scene.ada.client.revocation_impact(&scene.v1).await.unwrap().files_offered, 0);
}
