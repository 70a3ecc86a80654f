//! People and their invitations.

use super::{Answer, AtDaemon};
use crate::console::code_qr;
use crate::view::QrCode;
use tekport_api::enrolment::Invitation;
use tekport_api::people::{Person, PersonDraft};

#[tauri::command]
#[specta::specta]
pub(super) async fn list_people(console: AtDaemon) -> Answer<Vec<Person>> {
    console.list_people().await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn invite_person(console: AtDaemon, name: String, roles: Vec<String>) -> Answer<Invitation> {
    Ok(console.client().await?.invite_person(&PersonDraft { name, roles }).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn revoke_person(console: AtDaemon, id: String) -> Answer<Person> {
    Ok(console.client().await?.revoke_person(&id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn update_person(
    console: AtDaemon,
    id: String,
    revision: u32,
    name: String,
    roles: Vec<String>,
) -> Answer<Person> {
    Ok(console.client().await?.update_person(&id, revision, &PersonDraft { name, roles }).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn new_enrolment_code(console: AtDaemon, person_id: String) -> Answer<Invitation> {
    Ok(console.client().await?.new_enrolment_code(&person_id).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn enrolment_code_qr(code: String) -> Answer<QrCode> {
    code_qr(&code)
}
