//! Which key a new one may follow.

use crate::problem::Refusal;
use crate::store::signing_keys;
use sqlx::SqliteConnection;
use tekport_api::message::{KeyAllowed, KeyFault};
use tekport_api::signing_key::KeyState;
use tekport_export_file::KeyId;
use uuid::Uuid;

/// Refuses a predecessor that can't be followed: one that isn't there, of another key id, that never signed, that has
/// ended, or whose rotation was begun already.
pub(super) async fn check(
    db: &mut SqliteConnection,
    key_id: &KeyId,
    predecessor_id: Option<Uuid>,
) -> Result<(), Refusal> {
    let Some(id) = predecessor_id else { return Ok(()) };
    let refused = |reason: KeyFault| Err(Refusal::fault("predecessor_id", reason, KeyAllowed::Predecessor));
    let rows = signing_keys::all(&mut *db).await?;
    let Some(predecessor) = rows.iter().find(|row| row.id == id) else {
        return refused(KeyFault::NoPredecessor { id: id.to_string() });
    };
    let key = predecessor.name();
    if predecessor.key_id != *key_id {
        return refused(KeyFault::OtherKeyId { key, key_id: key_id.to_string() });
    }
    match predecessor.state() {
        KeyState::Retired => return refused(KeyFault::TakenOver { key }),
        KeyState::Generated => return refused(KeyFault::NothingToRotate { key }),
        KeyState::Revoked if predecessor.introduced_at.is_none() => return refused(KeyFault::NeverSigned { key }),
        // Revoked while it signed: the emergency path.
        KeyState::Introduced | KeyState::Active | KeyState::Retiring | KeyState::Revoked => {}
    }
    match signing_keys::successor(&rows, id) {
        Some(successor) => refused(KeyFault::Followed { successor: successor.name(), key }),
        None => Ok(()),
    }
}
