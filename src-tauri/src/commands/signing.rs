//! The signing desk: batches that wait for a key of this computer's keychain.

use super::{Answer, AtDaemon};
use crate::desktop::Tray;
use crate::view::{ConfigApproval, SigningReview, SigningTask, SigningTerms, UnattendedSigning};
use std::sync::Arc;
use tauri::State;
use tekport_api::batch::Batch;

#[tauri::command]
#[specta::specta]
pub(super) async fn signing_tasks(console: AtDaemon) -> Answer<Vec<SigningTask>> {
    console.signing_tasks().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn review_batch(console: AtDaemon, batch_id: String) -> Answer<SigningReview> {
    console.review_batch(&batch_id).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn sign_batch(console: AtDaemon, batch_id: String, digests: Vec<String>) -> Answer<Batch> {
    console.sign_batch(&batch_id, &digests).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn config_approval(console: AtDaemon, config_id: String) -> Answer<ConfigApproval> {
    console.config_approval(&config_id).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn approve_config(console: AtDaemon, terms: SigningTerms) -> Answer<ConfigApproval> {
    console.approve_config(terms).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn unattended_signing(console: AtDaemon, tray: State<'_, Arc<Tray>>) -> Answer<UnattendedSigning> {
    console.unattended_signing(tray.is_there())
}

#[tauri::command]
#[specta::specta]
pub(super) async fn set_unattended_signing(
    console: AtDaemon,
    tray: State<'_, Arc<Tray>>,
    enabled: bool,
    config_ids: Vec<String>,
) -> Answer<UnattendedSigning> {
    console.set_unattended_signing(enabled, config_ids).await?;
    console.unattended_signing(tray.is_there())
}
