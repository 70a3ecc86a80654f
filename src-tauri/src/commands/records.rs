//! The audit log, and where a key is.

use super::{Answer, AtDaemon, page};
use crate::view::{AuditCheck, AuditFormat, SavedRecords};
use tekport_api::audit::{AuditChoices, AuditEntry, AuditFilter};
use tekport_api::page::Page;
use tekport_api::tek_lookup::{TekLookup, TekLookupRequest};

#[tauri::command]
#[specta::specta]
pub(super) async fn list_audit(
    console: AtDaemon,
    filter: AuditFilter,
    cursor: Option<String>,
) -> Answer<Page<AuditEntry>> {
    console.list_audit(&filter, &page(cursor)).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn audit_choices(console: AtDaemon) -> Answer<AuditChoices> {
    console.audit_choices().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn verify_audit(console: AtDaemon, accept: bool) -> Answer<AuditCheck> {
    console.verify_audit(accept).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn export_audit(console: AtDaemon, filter: AuditFilter, format: AuditFormat) -> Answer<SavedRecords> {
    console.export_audit(&filter, format).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn look_up_tek(console: AtDaemon, request: TekLookupRequest) -> Answer<TekLookup> {
    Ok(console.client().await?.look_up_tek(&request).await?)
}
