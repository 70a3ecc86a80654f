//! Signing keys that need a person: before their rotation is due, before they end, while nobody confirms them.

use super::{days_to, rotations};
use crate::admin::AdminState;
use crate::key_life::ending::words::names;
use crate::key_life::facts;
use crate::store::StoreError;
use crate::store::signing_keys::{self, SigningKeyRow};
use tekport_api::UtcTime;
use tekport_api::message::EndReason;
use tekport_api::signing_key::{Custody, EndCheck, Recipient, ShareState};
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};

/// A rotation takes some weeks: both companies have to answer.
const ROTATION_WARNING_DAYS: i64 = 30;
const END_WARNING_DAYS: i64 = 14;
/// Longer than the companies usually take (EXPORT-FORMAT: 7 to 10 days).
const UNCONFIRMED_DAYS: i64 = 10;

/// Adds what needs a person.
pub(super) async fn list(state: &AdminState, now: UtcTime, list: &mut Vec<Attention>) -> Result<(), StoreError> {
    let mut snapshot = state.store.pool().begin().await?;
    let keys = signing_keys::all(&mut *snapshot).await?;
    for key in keys.iter().filter(|key| key.state().is_live()) {
        rotation_due(key, &keys, now, list);
        unconfirmed(key, now, list);
        not_backed_up(key, list);
        if let Some(end) = key.ends_at.filter(|end| *end > now) {
            list.extend(ending(key, end, now));
        }
    }
    rotations::list(&mut snapshot, &keys, now, list).await?;
    let has_come = |key: &&SigningKeyRow| key.state().is_live() && key.ends_at.is_some_and(|end| end <= now);
    let due: Vec<_> = keys.iter().filter(has_come).collect();
    if !due.is_empty() {
        // What may keep a key from its end takes a look at every config and file: only where an end has come.
        let facts = facts::read(&mut snapshot, now, state.retention_days).await?;
        list.extend(due.into_iter().filter_map(|key| end_held(key, &facts.end_of(&key.name(), now))));
    }
    Ok(())
}

fn ending(key: &SigningKeyRow, end: UtcTime, now: UtcTime) -> Option<Attention> {
    if days_to(end, now) >= END_WARNING_DAYS {
        return None;
    }
    let title = format!("{} ends soon", key.name());
    let detail = format!(
        "It signs until {end}. Nothing is to be done where its successor signs everywhere; otherwise move the end"
    );
    let facts = AttentionFacts { at: Some(end), ..AttentionFacts::default() };
    Some(attention(Severity::Warn, AttentionKind::KeyEnding, key, (title, detail), facts))
}

/// A key whose end has come and that something keeps; without anything it ends with the next tick.
fn end_held(key: &SigningKeyRow, check: &EndCheck) -> Option<Attention> {
    let end = key.ends_at.filter(|_| !check.blockers.is_empty())?;
    let reasons = EndReason::all(check);
    let title = format!("{} should have ended", key.name());
    let detail =
        format!("Its end was {end}. It goes on signing, since phones would refuse files without it. {reasons}");
    let facts = AttentionFacts {
        at: Some(end),
        reason: Some(reasons.to_string()),
        reason_message: Some(reasons.message().clone()),
        ..AttentionFacts::default()
    };
    Some(attention(Severity::Bad, AttentionKind::KeyEndHeld, key, (title, detail), facts))
}

fn rotation_due(key: &SigningKeyRow, all: &[SigningKeyRow], now: UtcTime, list: &mut Vec<Attention>) {
    let Some(due) = key.rotation_due_at().filter(|due| days_to(*due, now) < ROTATION_WARNING_DAYS) else { return };
    // A rotation that is under way is watched step by step.
    if signing_keys::successor(all, key.id).is_some() {
        return;
    }
    let (severity, title) = if due <= now {
        (Severity::Bad, format!("The rotation of {} is overdue", key.name()))
    } else {
        (Severity::Warn, format!("{} should be rotated soon", key.name()))
    };
    let detail = format!(
        "Its rotation is planned for {due}. The older a key, the more people and machines may have seen it. Begin the \
         rotation: it takes some weeks until Google and Apple have confirmed the successor"
    );
    let facts = AttentionFacts { at: Some(due), ..AttentionFacts::default() };
    list.push(attention(severity, AttentionKind::KeyRotationDue, key, (title, detail), facts));
}

fn unconfirmed(key: &SigningKeyRow, now: UtcTime, list: &mut Vec<Attention>) {
    let late = |recipient: &Recipient| {
        let share = key.share(*recipient);
        share.state == ShareState::Sent && share.at.is_some_and(|at| days_to(now, at) > UNCONFIRMED_DAYS)
    };
    let late: Vec<Recipient> = Recipient::ALL.into_iter().filter(late).collect();
    if late.is_empty() {
        return;
    }
    let title = format!("{} didn't confirm {}", names(&late), key.name());
    let detail = format!(
        "It was sent more than {UNCONFIRMED_DAYS} days ago. Until it is confirmed, no other key can rely on it. Write to \
         your contact, or record the confirmation"
    );
    let facts = AttentionFacts { others: late.iter().map(ToString::to_string).collect(), ..AttentionFacts::default() };
    list.push(attention(Severity::Warn, AttentionKind::KeyUnconfirmed, key, (title, detail), facts));
}

fn not_backed_up(key: &SigningKeyRow, list: &mut Vec<Attention>) {
    if key.backed_up_at.is_some() || key.custody == Custody::Hsm {
        return;
    }
    let detail = "If the keychain that holds it is lost, so is the key, and phones accept nothing new until another one \
                  is rolled out. Write an encrypted backup from the console that generated it";
    let text = (format!("{} has no backup", key.name()), detail.to_owned());
    list.push(attention(Severity::Warn, AttentionKind::KeyNotBackedUp, key, text, AttentionFacts::default()));
}

fn attention(
    severity: Severity,
    kind: AttentionKind,
    key: &SigningKeyRow,
    (title, detail): (String, String),
    facts: AttentionFacts,
) -> Attention {
    let facts = AttentionFacts { name: Some(key.name()), ..facts };
    Attention { severity, kind: kind.into(), title, detail, resource_id: Some(key.id.to_string()), facts }
}
