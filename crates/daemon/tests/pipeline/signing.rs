//! Who signs, and what happens when nobody can.

use crate::world::{HOUR, World, draft, line};
use tekport_api::batch::BatchState;
use tekport_keys::SigningKey;
use tekport_keys::at_rest::RootKey;

fn versions(world: &World, line: usize) -> Vec<String> {
    let file = world.open(&world.index("us")[line]);
    file.signatures().iter().map(|signature| signature.info.key_version.clone()).collect()
}

#[tokio::test]
async fn without_a_live_key_nothing_is_published_and_the_batch_says_so() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&draft("us", &[key])).await;
    world.import(&[line(1, "")]).await;
    world.revoke_key(key).await;
    world.tick_at(2 * HOUR).await;
    let batch = world.batches(config).await.remove(0);
    assert_eq!(batch.state, BatchState::Failed);
    let error = batch.error.unwrap();
    assert!(error.starts_with("no live signing key, so nothing was published: 310-v1 is revoked"), "{error}");
    assert_eq!(world.files(batch.id).await, []);
    assert!(!world.exports().join("us").exists());
}

#[tokio::test]
async fn signatures_stand_newest_key_first() {
    let world = World::new().await;
    let mut keys = Vec::new();
    for version in ["v1", "v2", "v3"] {
        keys.push(world.signing_key(version).await);
        world.clock.advance(10);
    }
    world.config(&draft("us", &[keys[1], keys[0], keys[2]])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(2 * HOUR).await;
    assert_eq!(versions(&world, 0), ["v3", "v2", "v1"]);
}

#[tokio::test]
async fn a_key_added_or_revoked_reaches_batches_already_made() {
    let world = World::new().await;
    let (first, _) = world.registered_key("v1").await;
    let config = world.config(&draft("us", &[first])).await;
    world.import(&[line(1, "")]).await;
    world.clock.advance(HOUR);
    world.import(&[line(2, "")]).await;
    // The first attempt makes both batches and fails: storage is blocked.
    std::fs::create_dir_all(world.exports()).unwrap();
    std::fs::write(world.exports().join("us"), b"in the way").unwrap();
    world.tick_at(3 * HOUR).await;
    std::fs::remove_file(world.exports().join("us")).unwrap();
    let second = world.signing_key("v2").await;
    world.edit(config, &draft("us", &[first, second])).await;
    world.revoke_key(first).await;
    world.exporter().run_now(config).await.unwrap();
    world.tick().await;
    assert_eq!((versions(&world, 0), versions(&world, 1)), (vec!["v2".to_owned()], vec!["v2".to_owned()]));
}

#[tokio::test]
async fn a_key_that_cannot_be_opened_is_an_error_and_not_absent() {
    let mut world = World::new().await;
    let key = world.signing_key("v1").await;
    world.root_key = RootKey::from_bytes(&[8; 32]).unwrap();
    let other = world.signing_key("v2").await;
    let config = world.config(&draft("us", &[key, other])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(2 * HOUR).await;
    let error = world.batches(config).await.remove(0).error.unwrap();
    assert!(error.contains("310-v1 can't be opened") && error.contains("root key"), "{error}");
}

#[tokio::test]
async fn a_private_half_of_another_key_signs_nothing() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    world.hand_over(key, &SigningKey::generate().unwrap()).await;
    let config = world.config(&draft("us", &[key])).await;
    world.import(&[line(1, "")]).await;
    world.tick_at(2 * HOUR).await;
    let error = world.batches(config).await.remove(0).error.unwrap();
    assert!(error.contains("isn't that of its registered public key"), "{error}");
}
