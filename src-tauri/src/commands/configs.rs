//! Export configs.

use super::{Answer, AtDaemon, page};
use crate::view::{ConfigImport, SavedFile};
use tauri::AppHandle;
use tekport_api::export_config::{ConfigPreview, ExportConfig, ExportConfigDraft, PreviewRequest};
use tekport_api::page::Page;

#[tauri::command]
#[specta::specta]
pub(super) async fn list_export_configs(console: AtDaemon, cursor: Option<String>) -> Answer<Page<ExportConfig>> {
    console.list_export_configs(&page(cursor)).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn get_export_config(console: AtDaemon, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.get_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn create_export_config(console: AtDaemon, fields: ExportConfigDraft) -> Answer<ExportConfig> {
    Ok(console.client().await?.create_export_config(&fields).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn update_export_config(
    console: AtDaemon,
    id: String,
    revision: u32,
    fields: ExportConfigDraft,
) -> Answer<ExportConfig> {
    Ok(console.client().await?.update_export_config(&id, revision, &fields).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn preview_export_config(
    console: AtDaemon,
    fields: ExportConfigDraft,
    config_id: Option<String>,
) -> Answer<ConfigPreview> {
    Ok(console.client().await?.preview_export_config(&PreviewRequest { fields, config_id }).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn pause_export_config(console: AtDaemon, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.pause_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn resume_export_config(console: AtDaemon, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.resume_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn run_export_config(console: AtDaemon, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.run_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn save_config_file(console: AtDaemon, ids: Option<Vec<String>>) -> Answer<SavedFile> {
    console.save_config_file(ids.as_deref()).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn choose_config_file(app: AppHandle) -> Answer<Option<String>> {
    crate::dialog::choose_file(&app, "JSON", &["json"]).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn inspect_config_file(console: AtDaemon, path: String) -> Answer<ConfigImport> {
    console.inspect_config_file(&path).await
}
