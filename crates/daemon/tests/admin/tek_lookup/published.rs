//! Keys that are in a file, were in one, or should be.

use super::{DAY, HOUR, Scene, key, look_up};
use serde_json::json;
use tekport_api::batch::{Batch, BatchFilter, BatchState};
use tekport_api::page::PageQuery;
use tekport_api::people::Role;
use tekport_api::tek_lookup::{LookupOutcome as Outcome, TekLookupRequest};

async fn with_files(scene: &Scene) -> Vec<Batch> {
    let batches = scene.ada.client.list_batches(&BatchFilter::default(), &PageQuery::default()).await.unwrap();
    batches.items.into_iter().filter(|batch| !batch.files.is_empty()).collect()
}

#[tokio::test]
async fn a_published_key_is_in_the_file_that_holds_it_among_several() {
    let scene = Scene::new().await;
    scene.config("mag", json!({ "max_records_per_file": 100 })).await;
    let keys: Vec<_> = (0..150).map(|number| (number, json!({}))).collect();
    scene.receive(3, &["MAG"], &keys).await;
    let received = scene.daemon.clock.now();
    scene.next_windows().await;
    let [batch] = &with_files(&scene).await[..] else { unreachable!() };
    assert_eq!(batch.files.len(), 2);
    for number in [0, 77, 149] {
        let found = scene.only(number).await;
        assert_eq!((found.outcome, found.batch_id.as_ref()), (Outcome::Published, Some(&batch.id)));
        let [file] = &found.files[..] else { unreachable!("{found:?}") };
        let zip = scene.ada.client.download_file(&batch.id, &file.file_id).await.unwrap();
        let export = tekport_export_file::ExportFile::open(&zip).unwrap();
        assert!(export.keys().iter().any(|tek| *tek.key_data() == [number; 16]), "{number}");
        assert!(batch.files.iter().any(|listed| listed.id == file.file_id && listed.path == file.path));
    }
    let of_receipt = scene.received(received, "MAG").await;
    assert_eq!((of_receipt.outcome, of_receipt.files.len()), (Outcome::Published, 2));
    let nothing = scene.received(tekport_api::UtcTime::saturating(received.unix_seconds() - 6 * HOUR), "MAG").await;
    assert_eq!((nothing.outcome, nothing.batch_state), (Outcome::NoFile, Some(BatchState::Complete)));
}

#[tokio::test]
async fn a_key_is_asked_for_in_hex_as_in_base64() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(7, json!({}))]).await;
    let request = TekLookupRequest { key: Some("07".repeat(16)), received_at: None, region: None };
    assert_eq!(scene.ada.client.look_up_tek(&request).await.unwrap(), look_up(&scene.ada, 7).await);
}

#[tokio::test]
async fn a_revision_of_a_released_key_is_among_the_revised_keys() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    scene.next_windows().await;
    scene.receive(3, &["MAG"], &[(1, json!({ "reportType": "revoked", "rollingStartNumber": start(&scene) }))]).await;
    scene.next_windows().await;
    let states = scene.states(1).await;
    let files: Vec<_> = states.iter().map(|state| &state.configs[0].files[0]).collect();
    assert_eq!((files[0].revised, files[1].revised), (false, true));
    assert_ne!(files[0].file_id, files[1].file_id);
}

/// The rolling start of keys of three days before the scene began: windows may have gone past midnight since.
fn start(scene: &Scene) -> i64 {
    ((scene.daemon.clock.now().unix_seconds() - 5 * HOUR) / DAY - 3) * 144
}

#[tokio::test]
async fn a_small_window_carries_its_keys_to_the_next_one() {
    let scene = Scene::new().await;
    scene.config("mag", json!({ "small_batch": { "policy": "hold", "minimum": 3 } })).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    let received = scene.daemon.clock.now();
    scene.next_windows().await;
    let held = scene.only(1).await;
    assert_eq!((held.outcome, held.batch_id), (Outcome::HeldOver, None));
    assert!(held.held_windows >= 1 && held.window.unwrap().end > scene.daemon.clock.now());
    assert_eq!(scene.received(received, "MAG").await.outcome, Outcome::HeldOver);
    scene.receive(3, &["MAG"], &[(2, json!({})), (3, json!({}))]).await;
    scene.next_windows().await;
    let [batch] = &with_files(&scene).await[..] else { unreachable!() };
    for (number, held_windows) in [(1, held.held_windows), (2, 0)] {
        let found = scene.only(number).await;
        assert_eq!((found.outcome, found.held_windows), (Outcome::Published, held_windows));
        assert_eq!((found.batch_id.as_ref(), &found.files[0].file_id), (Some(&batch.id), &batch.files[0].id));
    }
}

#[tokio::test]
async fn a_regenerated_window_answers_with_the_file_that_phones_see() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    scene.next_windows().await;
    let first = scene.only(1).await;
    let new = scene.ada.client.regenerate_batch(first.batch_id.as_ref().unwrap()).await.unwrap();
    assert_eq!(scene.only(1).await, first, "until the new file is there");
    scene.tick().await;
    let second = scene.only(1).await;
    assert_eq!((second.outcome, second.batch_id), (Outcome::Published, Some(new.id)));
    assert_ne!(second.files[0].file_id, first.files[0].file_id);
}

#[tokio::test]
async fn a_key_leaves_the_index_then_storage_then_the_database() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    scene.next_windows().await;
    let published = scene.only(1).await;
    assert!(published.files[0].withdrawn_at.is_none());
    scene.daemon.clock.advance(14 * DAY);
    scene.tick().await;
    let withdrawn = scene.only(1).await;
    assert_eq!((withdrawn.outcome, withdrawn.batch_state), (Outcome::Withdrawn, Some(BatchState::Expired)));
    assert_eq!(withdrawn.files[0].file_id, published.files[0].file_id);
    scene.daemon.clock.advance(DAY);
    scene.tick().await;
    assert_eq!(scene.only(1).await, withdrawn, "deleted from storage, and still known to have been in it");
    scene.daemon.clock.advance(20 * DAY);
    scene.tick().await;
    let ona = scene.daemon.join("Ona", &[Role::Operator]).await;
    let gone = look_up(&ona, 1).await;
    assert_eq!((gone.states, gone.kept_days), (Vec::new(), 30));
}

#[tokio::test]
async fn a_file_that_lost_the_key_is_noticed() {
    let scene = Scene::new().await;
    scene.config("mag", json!({})).await;
    scene.receive(3, &["MAG"], &[(1, json!({}))]).await;
    scene.next_windows().await;
    let path = scene.daemon.state.path().join("out").join(&scene.only(1).await.files[0].path);
    std::fs::remove_file(&path).unwrap();
    let missing = scene.only(1).await;
    assert_eq!((missing.outcome, &missing.files), (Outcome::Missing, &Vec::new()));
    std::fs::write(&path, "not a zip").unwrap();
    let request = json!({ "key": key(1) });
    let (status, problem) = scene.ada.post("tek-lookup", &request).await;
    assert_eq!(status, reqwest::StatusCode::SERVICE_UNAVAILABLE, "{problem}");
}
