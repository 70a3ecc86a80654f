//! People and their invitations.

use super::{Answer, Shared};
use crate::console::people;
use tekport_api::enrolment::Invitation;
use tekport_api::people::{Person, PersonDraft};

#[tauri::command]
#[specta::specta]
pub(super) async fn list_people(console: Shared<'_>) -> Answer<Vec<Person>> {
    people(&console.client().await?).await
}

#[tauri::command]
#[specta::specta]
pub(super) async fn invite_person(console: Shared<'_>, name: String, roles: Vec<String>) -> Answer<Invitation> {
    Ok(console.client().await?.invite_person(&PersonDraft { name, roles }).await?)
}

#[tauri::command]
#[specta::specta]
pub(super) async fn revoke_person(console: Shared<'_>, id: String) -> Answer<Person> {
    Ok(console.client().await?.revoke_person(&id).await?)
}
