//! The desktop around the window, and files that lie on it.

use super::{Answer, Local};
use crate::diagnostics::{Failures, System};
use crate::dialog;
use crate::settings::{ConsoleSettings, Language, SettingsFile};
use crate::start::Start;
use crate::view::{ExportView, Report};
use crate::wishes::{Wish, Wishes};
use std::sync::Arc;
use tauri::{AppHandle, Manager, State};

/// Waits for the next thing that the desktop asks for; `None` once another page waits for it.
#[tauri::command]
#[specta::specta]
pub(super) async fn next_wish(wishes: State<'_, Arc<Wishes>>) -> Answer<Option<Wish>> {
    let wish = wishes.next().await;
    if let Some(Wish::Go { page }) = &wish {
        tracing::info!(page, "the pages go where the desktop asked for");
    }
    Ok(wish)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn choose_export_file(app: AppHandle) -> Answer<Option<String>> {
    dialog::choose_file(&app, "zip", &["zip"]).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn view_export(console: Local<'_>, path: String, public_pem: Option<String>) -> Answer<ExportView> {
    console.view_export(&path, public_pem.as_deref()).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn settings(settings: State<'_, Arc<SettingsFile>>) -> Answer<ConsoleSettings> {
    Ok(settings.get())
}

/// Keeps the settings; menus, tray and title speak the new language and the pages have the new size at once.
#[tauri::command]
#[specta::specta]
pub(super) async fn save_settings(
    app: AppHandle,
    settings: State<'_, Arc<SettingsFile>>,
    fields: ConsoleSettings,
) -> Answer<()> {
    settings.set(&fields)?;
    crate::set_zoom(&app, fields.zoom);
    Ok(())
}

/// Says which language the pages speak: menus, tray and notifications speak it too.
#[tauri::command]
#[specta::specta]
pub(super) async fn pages_speak(settings: State<'_, Arc<SettingsFile>>, language: Language) -> Answer<()> {
    settings.hear(language);
    Ok(())
}

/// Says that somebody can work with the first page.
#[tauri::command]
#[specta::specta]
pub(super) async fn pages_usable(start: State<'_, Arc<Start>>) -> Answer<()> {
    start.usable();
    Ok(())
}

/// Notes that a command failed, by its name and the error's code.
#[tauri::command]
#[specta::specta]
pub(super) async fn note_failure(failures: State<'_, Arc<Failures>>, command: String, code: String) -> Answer<()> {
    failures.note(&command, &code);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(super) async fn diagnostics(
    app: AppHandle,
    console: Local<'_>,
    failures: State<'_, Arc<Failures>>,
) -> Answer<Report> {
    let home = app.path().home_dir().ok();
    let diagnostics = console.diagnostics(System::look(), &failures, home.as_deref()).await;
    Ok(Report { text: diagnostics.to_string(), log: console.log().to_string_lossy().into_owned() })
}
