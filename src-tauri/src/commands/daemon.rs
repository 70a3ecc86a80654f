//! The daemon, this console's place at it, and the clipboard.

use super::{Answer, AtDaemon, Local};
use crate::error::ConsoleFault;
use crate::view::{CodeSummary, Connection, ConnectionStep, KeychainStatus, LastKnown, SealingKeyOffer};
use crate::{CommandError, ErrorCode};
use tauri::AppHandle;
use tauri_plugin_clipboard_manager::ClipboardExt;
use tekport_api::people::Me;
use tekport_api::status::{KeysPerBatch, Status};
use tekport_api::storage_target::{StorageTarget, StorageTest};

#[tauri::command]
#[specta::specta]
pub(super) async fn connection(app: AppHandle, console: Local<'_>) -> Answer<Connection> {
    let shown = console.connection().await;
    crate::show_title(&app);
    shown
}

#[tauri::command]
#[specta::specta]
pub(super) async fn inspect_code(console: Local<'_>, code: String) -> Answer<CodeSummary> {
    console.inspect_code(&code)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn enrol(app: AppHandle, console: Local<'_>, code: String) -> Answer<Connection> {
    let joined = console.enrol(&code).await?;
    crate::show_title(&app);
    Ok(joined)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn leave_daemon(app: AppHandle, console: AtDaemon) -> Answer<()> {
    console.leave_daemon().await?;
    crate::show_title(&app);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(super) async fn list_daemons(console: Local<'_>) -> Answer<Vec<Connection>> {
    console.list_daemons()
}

#[tauri::command]
#[specta::specta]
pub(super) async fn switch_daemon(app: AppHandle, console: Local<'_>, ca_sha256: String) -> Answer<Connection> {
    let shown = console.switch_daemon(&ca_sha256).await?;
    crate::show_title(&app);
    Ok(shown)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn mark_daemon(app: AppHandle, console: AtDaemon, mark: String) -> Answer<Connection> {
    let marked = console.mark_daemon(&mark).await?;
    crate::show_title(&app);
    Ok(marked)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn test_connection(console: AtDaemon) -> Answer<Vec<ConnectionStep>> {
    console.test_connection().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn me(console: AtDaemon) -> Answer<Me> {
    Ok(console.client().await?.me().await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn status(console: AtDaemon) -> Answer<Status> {
    console.status().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn last_known(console: AtDaemon) -> Answer<LastKnown> {
    console.last_known().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn keys_per_batch(console: AtDaemon, config_id: String) -> Answer<KeysPerBatch> {
    Ok(console.client().await?.keys_per_batch(&config_id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn inspect_sealing_key(console: AtDaemon) -> Answer<SealingKeyOffer> {
    console.inspect_sealing_key().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn accept_sealing_key(console: AtDaemon) -> Answer<Connection> {
    console.accept_sealing_key().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn keychain_status(console: Local<'_>) -> Answer<KeychainStatus> {
    Ok(console.keychain_status().await)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn list_storage_targets(console: AtDaemon) -> Answer<Vec<StorageTarget>> {
    console.list_storage_targets().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn test_storage_target(console: AtDaemon, name: String) -> Answer<StorageTest> {
    Ok(console.client().await?.test_storage_target(&name).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn copy_text(app: AppHandle, text: String) -> Answer<()> {
    app.clipboard().write_text(text).map_err(|error| {
        let fault = ConsoleFault::NotCopied { cause: error.to_string() };
        CommandError::said(ErrorCode::Clipboard, "The text was not copied", &fault)
    })
}
