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
