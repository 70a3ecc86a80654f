//! Batches that need a person: failed, late, never begun, or waiting for signatures.

use super::regenerations;
use crate::admin::AdminState;
use crate::admin::batches::shown;
use crate::schedule::Schedule;
use crate::store::StoreError;
use crate::store::batches::{BatchRow, unfinished};
use crate::store::configs::ConfigRow;
use tekport_api::UtcTime;
use tekport_api::batch::{AwaitingSignature, BatchState};
use tekport_api::export_config::ConfigState;
use tekport_api::signing_key::Custody;
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};

/// A batch that isn't complete this long after it was due is late.
pub(super) const LATE_SECONDS: i64 = 1_800;

/// Adds what needs a person about batches that aren't complete.
pub(super) async fn batches(state: &AdminState, now: UtcTime, list: &mut Vec<Attention>) -> Result<(), StoreError> {
    for batch in unfinished(state.store.pool(), None).await? {
        // Without a file, behind one that awaits signatures: that one says so.
        if batch.waits_its_turn() {
            continue;
        }
        if batch.generation > 0 {
            list.extend(regenerations::attention(state, &batch, now).await?);
            continue;
        }
        let region = &batch.spec.output_region;
        let (start, end) = (batch.window.start(), batch.window.end());
        let due = batch.window.due_at(state.min_window_age).unix_seconds();
        let late = now.unix_seconds() - due > LATE_SECONDS;
        let waiting = "Phones get neither this window's keys nor those of later ones until it is complete";
        if batch.state == BatchState::Failed {
            let error = batch.error.as_deref().unwrap_or("it gave no reason");
            list.push(Attention {
                severity: Severity::Bad,
                kind: AttentionKind::BatchFailed.into(),
                title: format!("{region}: a batch failed"),
                detail: format!(
                    "The window {start} to {end} failed: {error}. {waiting}. Remove the cause, then retry it"
                ),
                resource_id: Some(batch.id.to_string()),
                facts: AttentionFacts {
                    reason: batch.error.clone(),
                    reason_message: batch.error_message.clone(),
                    ..about(&batch)
                },
            });
        } else if batch.state == BatchState::AwaitingSignature {
            list.extend(awaiting(state, &batch, late).await?);
        } else if late {
            list.push(Attention {
                severity: Severity::Bad,
                kind: AttentionKind::BatchLate.into(),
                title: format!("{region}: a batch is late"),
                detail: format!(
                    "The window {start} to {end} was due {} minutes ago. {waiting}. See whether an earlier window failed or awaits signatures, and the daemon's log",
                    (now.unix_seconds() - due) / 60
                ),
                resource_id: Some(batch.id.to_string()),
                facts: AttentionFacts { at: Some(UtcTime::saturating(due)), ..about(&batch) },
            });
        }
    }
    Ok(())
}

/// Names the keys in custody of consoles whose signatures a batch lacks; `None` where it lacks none.
pub(super) async fn missing_signatures(
    state: &AdminState,
    batch: &BatchRow,
) -> Result<Option<Vec<String>>, StoreError> {
    let Some(AwaitingSignature { files, signers, .. }) = shown::awaiting(state, batch).await? else { return Ok(None) };
    let consoles = signers.iter().filter(|signer| signer.custody == Custody::Console);
    let missing = consoles.filter(|signer| signer.signed.len() < files.len());
    let missing: Vec<_> = missing.map(|signer| format!("{} {}", signer.key_id, signer.key_version)).collect();
    Ok(Some(missing).filter(|missing| !missing.is_empty()))
}

/// Names the keys whose signatures a batch lacks. One that everybody has signed waits for the batches before it, of
/// which one says so.
async fn awaiting(state: &AdminState, batch: &BatchRow, late: bool) -> Result<Option<Attention>, StoreError> {
    let Some(missing) = missing_signatures(state, batch).await? else { return Ok(None) };
    let (start, end) = (batch.window.start(), batch.window.end());
    let waits = match late {
        true => "The window is late: phones get neither its keys nor those of later ones until then",
        false => "Until then phones get neither its keys nor those of later windows",
    };
    Ok(Some(Attention {
        severity: if late { Severity::Bad } else { Severity::Warn },
        kind: AttentionKind::BatchAwaitingSignature.into(),
        title: format!("{}: a batch awaits signatures", batch.spec.output_region),
        detail: format!(
            "The files of the window {start} to {end} are made and lack the signature of {}. {waits}. Review and sign them on a console that has the key",
            missing.join(" and ")
        ),
        resource_id: Some(batch.id.to_string()),
        facts: AttentionFacts { others: missing, ..about(batch) },
    }))
}

/// A config whose window was due long ago and has no batch: nothing works on this daemon's exports. A config that
/// was just made, resumed or edited, and a daemon that has just started, get the same time to begin.
pub(super) fn not_begun(state: &AdminState, config: &ConfigRow, now: UtcTime) -> Option<Attention> {
    if config.state(now) != ConfigState::Active {
        return None;
    }
    let schedule = Schedule::from(&config.spec);
    let window = schedule.closed_windows(config.windows_through, now, state.min_window_age).into_iter().next()?;
    let due = window.due_at(state.min_window_age);
    let could = due.max(config.updated_at).max(state.started_at);
    if now.unix_seconds() - could.unix_seconds() <= LATE_SECONDS {
        return None;
    }
    let (region, start, end) = (&config.spec.output_region, window.start(), window.end());
    Some(Attention {
        severity: Severity::Bad,
        kind: AttentionKind::WindowNotBegun.into(),
        title: format!("{region}: a window was never begun"),
        detail: format!(
            "The window {start} to {end} was due at {due} and has no batch, so the daemon makes no exports. Phones get neither its keys nor those of later windows. See the daemon's log, run tekportd doctor, and start it again"
        ),
        resource_id: Some(config.id.to_string()),
        facts: AttentionFacts {
            region: Some(region.to_string()),
            window_start: Some(start),
            window_end: Some(end),
            at: Some(due),
            ..AttentionFacts::default()
        },
    })
}

pub(super) fn about(batch: &BatchRow) -> AttentionFacts {
    AttentionFacts {
        region: Some(batch.spec.output_region.to_string()),
        window_start: Some(batch.window.start()),
        window_end: Some(batch.window.end()),
        ..AttentionFacts::default()
    }
}
