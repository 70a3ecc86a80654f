//! Which key a new one may follow.

use crate::problem::Refusal;
use crate::store::signing_keys;
use sqlx::SqliteConnection;
use tekport_api::signing_key::KeyState;
use tekport_export_file::KeyId;
use uuid::Uuid;

const ALLOWED: &str =
    "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id";

/// Refuses a predecessor that can't be followed: one that isn't there, of another key id, that never signed, that has
/// ended, or whose rotation was begun already.
pub(super) async fn check(
    db: &mut SqliteConnection,
    key_id: &KeyId,
    predecessor_id: Option<Uuid>,
) -> Result<(), Refusal> {
    let Some(id) = predecessor_id else { return Ok(()) };
    let refused = |reason: String| Refusal::field("predecessor_id", reason, ALLOWED);
    let rows = signing_keys::all(&mut *db).await?;
    let Some(predecessor) = rows.iter().find(|row| row.id == id) else {
        return Err(refused(format!("there is no signing key {id}")));
    };
    let name = predecessor.name();
    if predecessor.key_id != *key_id {
        return Err(refused(format!(
            "{name} has another key id than {}: phones look a key up by both, so a successor keeps the id and has the next version",
            key_id
        )));
    }
    match predecessor.state() {
        KeyState::Retired => return Err(refused(format!("{name} has ended, and another key took over"))),
        KeyState::Generated => return Err(refused(format!("{name} doesn't sign yet, so there is nothing to rotate"))),
        KeyState::Revoked if predecessor.introduced_at.is_none() => {
            return Err(refused(format!("{name} was revoked before it ever signed, so there is nothing to take over")));
        }
        // Revoked while it signed: the emergency path.
        KeyState::Introduced | KeyState::Active | KeyState::Retiring | KeyState::Revoked => {}
    }
    match signing_keys::successor(&rows, id) {
        Some(successor) => Err(refused(format!(
            "{} follows {name} already: go on with that rotation, or revoke {} first",
            successor.name(),
            successor.name()
        ))),
        None => Ok(()),
    }
}
