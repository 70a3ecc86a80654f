//! Every command that the pages can call. Each only forwards.

use crate::CommandError;
use crate::console::{Console, people, storage_targets};
use crate::view::{CodeSummary, Connection, ConnectionStep, DownloadedFile, SigningKeyView};
use std::sync::Arc;
use tauri::{AppHandle, State, Wry};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_specta::{Builder, collect_commands};
use tekport_api::batch::{Batch, BatchFilter};
use tekport_api::enrolment::Invitation;
use tekport_api::export_config::{ConfigPreview, ExportConfig, ExportConfigDraft, PreviewRequest};
use tekport_api::page::{Page, PageQuery};
use tekport_api::people::{Me, Person, PersonDraft};
use tekport_api::signing_key::SigningKey;
use tekport_api::status::Status;
use tekport_api::storage_target::{StorageTarget, StorageTest};
use tekport_api::verification::VerificationReport;

type Shared<'a> = State<'a, Arc<Console>>;
type Answer<T> = Result<T, CommandError>;

#[tauri::command]
#[specta::specta]
async fn connection(console: Shared<'_>) -> Answer<Connection> {
    console.connection().await
}

#[tauri::command]
#[specta::specta]
async fn inspect_code(console: Shared<'_>, code: String) -> Answer<CodeSummary> {
    console.inspect_code(&code)
}

#[tauri::command]
#[specta::specta]
async fn enrol(console: Shared<'_>, code: String) -> Answer<Connection> {
    console.enrol(&code).await
}

#[tauri::command]
#[specta::specta]
async fn leave_daemon(console: Shared<'_>) -> Answer<()> {
    console.leave_daemon().await
}

#[tauri::command]
#[specta::specta]
async fn test_connection(console: Shared<'_>) -> Answer<Vec<ConnectionStep>> {
    console.test_connection().await
}

#[tauri::command]
#[specta::specta]
async fn me(console: Shared<'_>) -> Answer<Me> {
    Ok(console.client().await?.me().await?)
}

#[tauri::command]
#[specta::specta]
async fn status(console: Shared<'_>) -> Answer<Status> {
    Ok(console.client().await?.status().await?)
}

#[tauri::command]
#[specta::specta]
async fn list_export_configs(console: Shared<'_>, cursor: Option<String>) -> Answer<Page<ExportConfig>> {
    Ok(console.client().await?.list_export_configs(&page(cursor)).await?)
}

#[tauri::command]
#[specta::specta]
async fn get_export_config(console: Shared<'_>, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.get_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn create_export_config(console: Shared<'_>, fields: ExportConfigDraft) -> Answer<ExportConfig> {
    Ok(console.client().await?.create_export_config(&fields).await?)
}

#[tauri::command]
#[specta::specta]
async fn update_export_config(
    console: Shared<'_>,
    id: String,
    revision: u32,
    fields: ExportConfigDraft,
) -> Answer<ExportConfig> {
    Ok(console.client().await?.update_export_config(&id, revision, &fields).await?)
}

#[tauri::command]
#[specta::specta]
async fn preview_export_config(
    console: Shared<'_>,
    fields: ExportConfigDraft,
    config_id: Option<String>,
) -> Answer<ConfigPreview> {
    Ok(console.client().await?.preview_export_config(&PreviewRequest { fields, config_id }).await?)
}

#[tauri::command]
#[specta::specta]
async fn pause_export_config(console: Shared<'_>, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.pause_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn resume_export_config(console: Shared<'_>, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.resume_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn run_export_config(console: Shared<'_>, id: String) -> Answer<ExportConfig> {
    Ok(console.client().await?.run_export_config(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn list_signing_keys(console: Shared<'_>) -> Answer<Vec<SigningKeyView>> {
    console.list_signing_keys().await
}

#[tauri::command]
#[specta::specta]
async fn generate_signing_key(console: Shared<'_>, key_id: String, key_version: String) -> Answer<SigningKey> {
    console.generate_signing_key(key_id, key_version).await
}

#[tauri::command]
#[specta::specta]
async fn provision_signing_key(console: Shared<'_>, id: String) -> Answer<SigningKey> {
    console.provision_signing_key(&id).await
}

#[tauri::command]
#[specta::specta]
async fn revoke_signing_key(console: Shared<'_>, id: String, reason: String) -> Answer<SigningKey> {
    Ok(console.client().await?.revoke_signing_key(&id, &reason).await?)
}

#[tauri::command]
#[specta::specta]
async fn list_storage_targets(console: Shared<'_>) -> Answer<Vec<StorageTarget>> {
    storage_targets(&console.client().await?).await
}

#[tauri::command]
#[specta::specta]
async fn test_storage_target(console: Shared<'_>, name: String) -> Answer<StorageTest> {
    Ok(console.client().await?.test_storage_target(&name).await?)
}

#[tauri::command]
#[specta::specta]
async fn list_people(console: Shared<'_>) -> Answer<Vec<Person>> {
    people(&console.client().await?).await
}

#[tauri::command]
#[specta::specta]
async fn invite_person(console: Shared<'_>, name: String, roles: Vec<String>) -> Answer<Invitation> {
    Ok(console.client().await?.invite_person(&PersonDraft { name, roles }).await?)
}

#[tauri::command]
#[specta::specta]
async fn revoke_person(console: Shared<'_>, id: String) -> Answer<Person> {
    Ok(console.client().await?.revoke_person(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn list_batches(console: Shared<'_>, filter: BatchFilter, cursor: Option<String>) -> Answer<Page<Batch>> {
    Ok(console.client().await?.list_batches(&filter, &page(cursor)).await?)
}

#[tauri::command]
#[specta::specta]
async fn get_batch(console: Shared<'_>, id: String) -> Answer<Batch> {
    Ok(console.client().await?.get_batch(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn retry_batch(console: Shared<'_>, id: String) -> Answer<Batch> {
    Ok(console.client().await?.retry_batch(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn regenerate_batch(console: Shared<'_>, id: String) -> Answer<Batch> {
    Ok(console.client().await?.regenerate_batch(&id).await?)
}

#[tauri::command]
#[specta::specta]
async fn download_file(console: Shared<'_>, batch_id: String, file_id: String) -> Answer<DownloadedFile> {
    console.download_file(&batch_id, &file_id).await
}

#[tauri::command]
#[specta::specta]
async fn verify_file(console: Shared<'_>, batch_id: String, file_id: String) -> Answer<VerificationReport> {
    console.verify_file(&batch_id, &file_id).await
}

#[tauri::command]
#[specta::specta]
async fn copy_text(app: AppHandle, text: String) -> Answer<()> {
    app.clipboard().write_text(text).map_err(|error| {
        let text = format!("the clipboard did not take the text: {error}; select the text and copy it by hand");
        CommandError::new("clipboard", "The text was not copied", &text)
    })
}

fn page(cursor: Option<String>) -> PageQuery {
    PageQuery { cursor, limit: None }
}

/// Every command, for Tauri to call and for the bindings to name.
pub(crate) fn collect() -> Builder<Wry> {
    Builder::new().disable_serde_phases().commands(collect_commands![
        connection,
        inspect_code,
        enrol,
        leave_daemon,
        test_connection,
        me,
        status,
        list_export_configs,
        get_export_config,
        create_export_config,
        update_export_config,
        preview_export_config,
        pause_export_config,
        resume_export_config,
        run_export_config,
        list_signing_keys,
        generate_signing_key,
        provision_signing_key,
        revoke_signing_key,
        list_storage_targets,
        test_storage_target,
        list_people,
        invite_person,
        revoke_person,
        list_batches,
        get_batch,
        retry_batch,
        regenerate_batch,
        download_file,
        verify_file,
        copy_text,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// `UPDATE_BINDINGS=1` writes the file anew.
    #[test]
    fn the_committed_bindings_are_those_of_the_commands() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        let header = "// Generated from the console's commands by `cargo test -p tekport-console bindings`; not edited by hand.\n";
        collect().export(specta_typescript::Typescript::default().header(header), &fresh).unwrap();
        let fresh = std::fs::read_to_string(&fresh).unwrap();
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings.ts");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(&committed, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(&committed).unwrap_or_default();
        assert!(
            committed == fresh,
            "ui/src/bindings.ts is out of date: run UPDATE_BINDINGS=1 cargo test -p tekport-console bindings"
        );
    }
}
