//! The desktop around the window, and files that lie on it.

use super::{Answer, Shared};
use crate::dialog;
use crate::settings::{ConsoleSettings, SettingsFile};
use crate::view::ExportView;
use crate::wishes::{Wish, Wishes};
use std::sync::Arc;
use tauri::{AppHandle, State};

/// Waits for the next thing that the desktop asks for; `None` once another page waits for it.
#[tauri::command]
#[specta::specta]
pub(super) async fn next_wish(wishes: State<'_, Arc<Wishes>>) -> Answer<Option<Wish>> {
    Ok(wishes.next().await)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn choose_export_file(app: AppHandle) -> Answer<Option<String>> {
    dialog::choose_file(&app, "zip", &["zip"]).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn view_export(console: Shared<'_>, path: String, public_pem: Option<String>) -> Answer<ExportView> {
    console.view_export(&path, public_pem.as_deref()).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn settings(settings: State<'_, Arc<SettingsFile>>) -> Answer<ConsoleSettings> {
    Ok(settings.get())
}

/// Keeps the settings; the menus speak the new language at once.
#[tauri::command]
#[specta::specta]
pub(super) async fn save_settings(
    app: AppHandle,
    settings: State<'_, Arc<SettingsFile>>,
    fields: ConsoleSettings,
) -> Answer<()> {
    settings.set(&fields)?;
    if let Err(error) = crate::show_menu(&app, fields.spoken()) {
        tracing::warn!(%error, "the menus stay as they are");
    }
    Ok(())
}
