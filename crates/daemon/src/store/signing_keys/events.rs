//! What happened to each key, for people: who, when, and a few words. The audit log has it all too, chained.

use crate::store::StoreError;
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use tekport_api::signing_key::{KeyEvent, KeyEventKind};
use uuid::Uuid;

/// Adds an event at the end of a key's history.
///
/// # Errors
/// When the database fails.
pub async fn append(db: impl SqliteExecutor<'_>, signing_key_id: Uuid, event: &KeyEvent) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO signing_key_events (signing_key_id, sequence, at, by_name, kind, note)
         VALUES ($1, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM signing_key_events WHERE signing_key_id = $1),
                 $2, $3, $4, $5)",
    )
    .bind(signing_key_id.to_string())
    .bind(event.at.unix_seconds())
    .bind(&event.by)
    .bind(kind_to_text(event.kind)?)
    .bind(&event.note)
    .execute(db)
    .await?;
    Ok(())
}

/// Returns a key's history, oldest first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn of_key(db: impl SqliteExecutor<'_>, signing_key_id: Uuid) -> Result<Vec<KeyEvent>, StoreError> {
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(
        "SELECT at, by_name, kind, note FROM signing_key_events WHERE signing_key_id = $1 ORDER BY sequence",
    )
    .bind(signing_key_id.to_string())
    .fetch_all(db)
    .await?;
    let event = |(at, by, kind, note): (i64, String, String, String)| {
        Ok(KeyEvent { at: UtcTime::saturating(at), by, kind: kind_from_text(kind)?, note })
    };
    rows.into_iter().map(event).collect()
}

fn damaged(reason: String) -> StoreError {
    StoreError::Damaged { what: "event of a signing key", reason }
}

/// The kind as the API writes it.
fn kind_to_text(kind: KeyEventKind) -> Result<String, StoreError> {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        other => Err(damaged(format!("the kind {other:?}"))),
    }
}

fn kind_from_text(text: String) -> Result<KeyEventKind, StoreError> {
    serde_json::from_value(text.into()).map_err(|error| damaged(error.to_string()))
}
