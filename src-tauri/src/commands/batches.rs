//! Batches and their files.

use super::{Answer, AtDaemon, page};
use crate::view::DownloadedFile;
use tekport_api::batch::{Batch, BatchFilter};
use tekport_api::batch_days::ConfigDays;
use tekport_api::page::Page;
use tekport_api::verification::VerificationReport;

#[tauri::command]
#[specta::specta]
pub(super) async fn list_batches(
    console: AtDaemon,
    filter: BatchFilter,
    cursor: Option<String>,
) -> Answer<Page<Batch>> {
    console.list_batches(&filter, &page(cursor)).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn batch_days(console: AtDaemon) -> Answer<Vec<ConfigDays>> {
    console.batch_days().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn get_batch(console: AtDaemon, id: String) -> Answer<Batch> {
    console.get_batch(&id).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn retry_batch(console: AtDaemon, id: String) -> Answer<Batch> {
    Ok(console.client().await?.retry_batch(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn regenerate_batch(console: AtDaemon, id: String) -> Answer<Batch> {
    Ok(console.client().await?.regenerate_batch(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn download_file(console: AtDaemon, batch_id: String, file_id: String) -> Answer<DownloadedFile> {
    console.download_file(&batch_id, &file_id).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn verify_file(console: AtDaemon, batch_id: String, file_id: String) -> Answer<VerificationReport> {
    console.verify_file(&batch_id, &file_id).await
}
