//! The system's own file dialog.

use crate::error::ConsoleFault;
use crate::{CommandError, ErrorCode};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// Lets a person choose a file with a key; `None` where they don't.
pub(crate) async fn choose_key_file(app: &AppHandle) -> Result<Option<String>, CommandError> {
    choose_file(app, "PEM", &["pem", "key"]).await
}

/// Lets a person choose a file, those with certain endings first; `None` where they don't.
pub(crate) async fn choose_file(app: &AppHandle, kind: &str, endings: &[&str]) -> Result<Option<String>, CommandError> {
    let mut dialog = app.dialog().file().add_filter(kind, endings).add_filter("*", &["*"]);
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    let (answer, chosen) = oneshot::channel();
    dialog.pick_file(move |path| {
        // Nobody waits any more where the window was closed meanwhile.
        let _ = answer.send(path);
    });
    let chosen = chosen
        .await
        .map_err(|_| CommandError::said(ErrorCode::Dialog, "No file can be chosen", &ConsoleFault::NoDialog))?;
    Ok(chosen.as_ref().and_then(FilePath::as_path).map(|path| path.to_string_lossy().into_owned()))
}
