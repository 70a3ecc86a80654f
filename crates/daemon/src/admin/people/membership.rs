//! Changing what people may do, and shutting them out. A daemon never loses its last security officer.

use crate::admin::ids::IfMatch;
use crate::audit::{self, Actor, Change};
use crate::problem::Refusal;
use crate::store::people::{self, PersonRow};
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::audit::AuditResult;
use tekport_api::message::Refused;
use tekport_api::people::{PersonDraft, Role};
use uuid::Uuid;

/// Returns a person who may come in.
pub(super) async fn present(db: &mut SqliteConnection, id: Uuid) -> Result<PersonRow, Refusal> {
    let person =
        people::find(db, id).await?.ok_or_else(|| Refusal::not_found(&Refused::NoPerson { id: id.to_string() }))?;
    if person.revoked_at.is_some() {
        return Err(Refusal::conflict(&Refused::ShutOut { person: person.name }));
    }
    Ok(person)
}

/// Replaces a person's name and roles.
pub(super) async fn change(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    id: Uuid,
    if_match: &IfMatch,
    draft: &PersonDraft,
) -> Result<PersonRow, Refusal> {
    let before = present(db, id).await?;
    if_match.check(before.revision, |etag| Refused::PersonChanged { etag })?;
    let spec = draft.validate().map_err(Refusal::fields)?;
    if !spec.roles.contains(&Role::SecurityOfficer) {
        keep_an_officer(db, now, &before, |person| Refused::LastOfficerKeepsRole { person }).await?;
    }
    people::update(&mut *db, id, before.revision, &spec).await?;
    let after = PersonRow { revision: before.revision + 1, name: spec.name, roles: spec.roles, ..before.clone() };
    write_down(db, now, actor, "person.update", &before, &after).await?;
    Ok(after)
}

/// Shuts a person out.
pub(super) async fn revoke(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    id: Uuid,
) -> Result<PersonRow, Refusal> {
    let before = present(db, id).await?;
    keep_an_officer(db, now, &before, |person| Refused::LastOfficerStays { person }).await?;
    people::revoke(db, id, now).await?;
    let after = PersonRow { revision: before.revision + 1, revoked_at: Some(now), ..before.clone() };
    write_down(db, now, actor, "person.revoke", &before, &after).await?;
    Ok(after)
}

/// Refuses where `leaving` is the last security officer who could come in.
async fn keep_an_officer(
    db: &mut SqliteConnection,
    now: UtcTime,
    leaving: &PersonRow,
    said: impl FnOnce(String) -> Refused,
) -> Result<(), Refusal> {
    if !leaving.roles.contains(&Role::SecurityOfficer) {
        return Ok(());
    }
    for other in people::not_revoked(&mut *db).await? {
        if other.id != leaving.id && other.roles.contains(&Role::SecurityOfficer) {
            let certificates = people::certificates(&mut *db, other.id).await?;
            // Somebody who was only invited doesn't count: their code may never be used.
            if certificates.iter().any(|c| c.revoked_at.is_none() && c.not_after > now) {
                return Ok(());
            }
        }
    }
    Err(Refusal::conflict(&said(leaving.name.clone())))
}

async fn write_down(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    action: &'static str,
    before: &PersonRow,
    after: &PersonRow,
) -> Result<(), Refusal> {
    let change = Change {
        action,
        resource_kind: "person",
        resource_id: after.id.to_string(),
        before: Some(person_json(before)),
        after: Some(person_json(after)),
    };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    Ok(())
}

/// What the audit log keeps of a person.
fn person_json(person: &PersonRow) -> Value {
    json!({ "name": person.name, "roles": person.roles, "revoked_at": person.revoked_at })
}
