//! Windows that are made anew and need a person. Nothing waits for one: the files that it is to replace stay offered,
//! and later windows go out without it.

use super::stuck::{LATE_SECONDS, about, missing_signatures};
use crate::admin::AdminState;
use crate::store::StoreError;
use crate::store::batches::BatchRow;
use tekport_api::UtcTime;
use tekport_api::batch::BatchState;
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};

/// What an unfinished regeneration needs a person for, if it does.
pub(super) async fn attention(
    state: &AdminState,
    batch: &BatchRow,
    now: UtcTime,
) -> Result<Option<Attention>, StoreError> {
    let region = &batch.spec.output_region;
    let (start, end) = (batch.window.start(), batch.window.end());
    let meanwhile = "Until then the old files stay offered as they are, and later windows go out as usual";
    let asked_at = batch.created_at;
    let warn = |kind: AttentionKind, title: String, detail: String, facts: AttentionFacts| {
        let resource_id = Some(batch.id.to_string());
        Some(Attention { severity: Severity::Warn, kind: kind.into(), title, detail, resource_id, facts })
    };
    Ok(match batch.state {
        BatchState::Failed => warn(
            AttentionKind::RegenerationFailed,
            format!("{region}: making a window anew failed"),
            format!(
                "The window {start} to {end} is made anew, which failed: {}. {meanwhile}. Remove the cause, then retry it",
                batch.error.as_deref().unwrap_or("it gave no reason")
            ),
            AttentionFacts {
                reason: batch.error.clone(),
                reason_message: batch.error_message.clone(),
                ..about(batch)
            },
        ),
        BatchState::AwaitingSignature => missing_signatures(state, batch).await?.and_then(|missing| {
            let detail = format!(
                "The window {start} to {end} is made anew; its new files lack the signature of {}. {meanwhile}. Review and sign them on a console that has the key",
                missing.join(" and ")
            );
            let title = format!("{region}: a window made anew awaits signatures");
            let facts = AttentionFacts { others: missing, ..about(batch) };
            warn(AttentionKind::RegenerationAwaitingSignature, title, detail, facts)
        }),
        _ if now.unix_seconds() - asked_at.unix_seconds() > LATE_SECONDS => warn(
            AttentionKind::RegenerationLate,
            format!("{region}: a window is still not made anew"),
            format!(
                "The window {start} to {end} has been due to be made anew since {asked_at}. {meanwhile}. See whether the config is paused, and the daemon's log"
            ),
            AttentionFacts { at: Some(asked_at), ..about(batch) },
        ),
        _ => None,
    })
}
