//! Signing keys that need a person: before their rotation is due, before they end, while nobody confirms them.

use crate::admin::AdminState;
use crate::key_life::ending::words::{names, reasons};
use crate::key_life::facts;
use crate::store::StoreError;
use crate::store::signing_keys::{self, SigningKeyRow};
use tekport_api::UtcTime;
use tekport_api::signing_key::{Custody, Recipient, ShareState};
use tekport_api::status::{Attention, Severity};

const DAY_SECONDS: i64 = 86_400;
/// A rotation takes some weeks: both companies have to answer.
const ROTATION_WARNING_DAYS: i64 = 30;
const END_WARNING_DAYS: i64 = 14;
/// Longer than the companies usually take (EXPORT-FORMAT: 7 to 10 days).
const UNCONFIRMED_DAYS: i64 = 10;

/// Adds what needs a person.
pub(super) async fn list(state: &AdminState, now: UtcTime, list: &mut Vec<Attention>) -> Result<(), StoreError> {
    let mut snapshot = state.store.pool().begin().await?;
    let keys = signing_keys::all(&mut *snapshot).await?;
    let facts = facts::read(&mut snapshot, now, state.retention_days).await?;
    for key in keys.iter().filter(|key| key.state().is_live()) {
        rotation_due(key, &keys, now, list);
        unconfirmed(key, now, list);
        not_backed_up(key, list);
        let Some(end) = key.ends_at else { continue };
        let check = facts.end_of(&key.name(), now);
        if end <= now && !check.blockers.is_empty() {
            list.push(attention(
                Severity::Bad,
                "key-end-held",
                key,
                format!("{} should have ended", key.name()),
                format!(
                    "Its end was {end}. It goes on signing, since phones would refuse files without it. {}",
                    reasons(&check)
                ),
            ));
        } else if days_to(end, now) < END_WARNING_DAYS {
            list.push(attention(Severity::Warn, "key-ending", key, format!("{} ends soon", key.name()), format!(
                "It signs until {end}. Nothing is to be done where its successor signs everywhere; otherwise move the end"
            )));
        }
    }
    Ok(())
}

fn rotation_due(key: &SigningKeyRow, all: &[SigningKeyRow], now: UtcTime, list: &mut Vec<Attention>) {
    let Some(due) = key.rotation_due_at().filter(|due| days_to(*due, now) < ROTATION_WARNING_DAYS) else { return };
    // A rotation that is under way says by itself what is missing.
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
    list.push(attention(severity, "key-rotation-due", key, title, detail));
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
    list.push(attention(Severity::Warn, "key-unconfirmed", key, title, detail));
}

fn not_backed_up(key: &SigningKeyRow, list: &mut Vec<Attention>) {
    if key.backed_up_at.is_some() || key.custody == Custody::Hsm {
        return;
    }
    let detail = "If the keychain that holds it is lost, so is the key, and phones accept nothing new until another one \
                  is rolled out. Write an encrypted backup from the console that generated it";
    list.push(attention(
        Severity::Warn,
        "key-not-backed-up",
        key,
        format!("{} has no backup", key.name()),
        detail.to_owned(),
    ));
}

fn attention(severity: Severity, kind: &str, key: &SigningKeyRow, title: String, detail: String) -> Attention {
    Attention { severity, kind: kind.to_owned(), title, detail, resource_id: Some(key.id.to_string()) }
}

fn days_to(end: UtcTime, now: UtcTime) -> i64 {
    (end.unix_seconds() - now.unix_seconds()).div_euclid(DAY_SECONDS)
}
