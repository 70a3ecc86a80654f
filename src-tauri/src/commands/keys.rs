//! Signing keys: made, handed over, taken back, backed up, brought in and sent out.

use super::{Answer, AtDaemon, Local};
use crate::view::{KeyFileSummary, NewKey, PassphraseStrength, PassphraseText, SavedFile, SavedFolder, SigningKeyView};
use tauri::AppHandle;
use tekport_api::signing_key::{SigningKey, TokenKeyDraft, TokenStatus, Unprovisioned};

#[tauri::command]
#[specta::specta]
pub(super) async fn list_signing_keys(console: AtDaemon) -> Answer<Vec<SigningKeyView>> {
    console.list_signing_keys().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn generate_signing_key(console: AtDaemon, draft: NewKey) -> Answer<SigningKey> {
    console.generate_signing_key(draft).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn register_token_key(console: AtDaemon, draft: TokenKeyDraft) -> Answer<SigningKey> {
    Ok(console.client().await?.register_token_key(&draft).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn token_status(console: AtDaemon) -> Answer<TokenStatus> {
    Ok(console.client().await?.token_status().await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn provision_signing_key(console: AtDaemon, id: String) -> Answer<SigningKey> {
    console.provision_signing_key(&id).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn unprovision_signing_key(console: AtDaemon, id: String) -> Answer<Unprovisioned> {
    Ok(console.client().await?.unprovision_signing_key(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn search_removed_copies(console: AtDaemon, id: String) -> Answer<Unprovisioned> {
    Ok(console.client().await?.search_removed_copies(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn export_key_package(console: AtDaemon, id: String) -> Answer<SavedFolder> {
    console.export_key_package(&id).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn passphrase_strength(console: Local<'_>, passphrase: PassphraseText) -> Answer<PassphraseStrength> {
    Ok(console.passphrase_strength(passphrase))
}

#[tauri::command]
#[specta::specta]
pub(super) async fn back_up_signing_key(
    console: AtDaemon,
    id: String,
    passphrase: PassphraseText,
) -> Answer<SavedFile> {
    console.back_up_signing_key(&id, passphrase).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn choose_key_file(app: AppHandle) -> Answer<Option<String>> {
    crate::dialog::choose_key_file(&app).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn inspect_key_file(
    console: AtDaemon,
    path: String,
    passphrase: Option<PassphraseText>,
) -> Answer<KeyFileSummary> {
    console.inspect_key_file(&path, passphrase).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn restore_signing_key(
    console: AtDaemon,
    path: String,
    passphrase: Option<PassphraseText>,
) -> Answer<SigningKeyView> {
    console.restore_signing_key(&path, passphrase).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn import_signing_key(
    console: AtDaemon,
    path: String,
    passphrase: Option<PassphraseText>,
    draft: NewKey,
) -> Answer<SigningKey> {
    console.import_signing_key(&path, passphrase, draft).await
}
