//! Rotations that were begun and stand still, at the step that comes next.

use super::days_to;
use crate::key_life::rotation;
use crate::key_life::sending::Signers;
use crate::store::StoreError;
use crate::store::signing_keys::{self, SigningKeyRow};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::signing_key::{EndCheck, KeyState, Recipient, RotationStep};
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};

/// A step that is in people's own hands takes no longer. Waiting for the companies is watched key by key.
const STALLED_DAYS: i64 = 7;

/// Adds every rotation that was begun and goes no further, or that isn't done though its day has come.
pub(super) async fn list(
    db: &mut SqliteConnection,
    keys: &[SigningKeyRow],
    now: UtcTime,
    list: &mut Vec<Attention>,
) -> Result<(), StoreError> {
    let unended = keys.iter().filter(|key| key.introduced_at.is_some() && key.ends_at.is_none());
    let begun = unended.filter_map(|old| Some((old, signing_keys::successor(keys, old.id)?)));
    let begun: Vec<_> = begun.filter(|(_, new)| !new.state().is_dead()).collect();
    if begun.is_empty() {
        return Ok(());
    }
    let signers = Signers::read(&mut *db, now).await?;
    for (old, new) in begun {
        let attached = signers.configs_of(old.id).all(|config| config.spec.signing_key_ids.contains(&new.id));
        // What stands in the way of an end doesn't matter while none is set.
        let end = EndCheck { earliest: None, blockers: Vec::new() };
        let step = rotation::step(old, Some(new), attached, &end);
        list.extend(stalled(old, new, step, now));
    }
    Ok(())
}

fn stalled(old: &SigningKeyRow, new: &SigningKeyRow, step: RotationStep, now: UtcTime) -> Option<Attention> {
    let overdue = old.rotation_due_at().is_some_and(|due| due <= now);
    let shared = || Recipient::ALL.into_iter().filter_map(|to| new.share(to).at).max();
    let able = new.provisioned_at.unwrap_or(new.created_at);
    let (since, waits) = match step {
        RotationStep::Generate => (
            new.created_at,
            format!("{} is to follow it and can't sign: hand its private half over, or make another one", new.name()),
        ),
        RotationStep::SignWithBoth => (
            new.introduced_at.unwrap_or(able),
            format!("{} doesn't sign in every export config of {} yet: attach it there", new.name(), old.name()),
        ),
        RotationStep::SendPublicKey => (
            new.introduced_at.max(shared()).unwrap_or(able),
            format!(
                "{} signs everywhere and wasn't sent to both Google and Apple yet: send its public half",
                new.name()
            ),
        ),
        RotationStep::Confirm => (
            shared().unwrap_or(able),
            format!("{} was sent, and Google and Apple haven't both confirmed it: write to your contacts", new.name()),
        ),
        RotationStep::EndOldKey => (
            shared().unwrap_or(able),
            format!("Google and Apple have confirmed {}, and {} has no end yet: set it", new.name(), old.name()),
        ),
        RotationStep::Ending | RotationStep::Done => return None,
    };
    let stalled = step != RotationStep::Confirm && days_to(now, since) > STALLED_DAYS;
    if !stalled && !overdue {
        return None;
    }
    // Of a revoked key, phones wait for the successor. The companies' answer is nothing that could be done faster.
    let (severity, title) = if (overdue && step != RotationStep::Confirm) || old.state() == KeyState::Revoked {
        (Severity::Bad, format!("The rotation of {} is overdue", old.name()))
    } else {
        (Severity::Warn, format!("The rotation of {} goes no further", old.name()))
    };
    Some(Attention {
        severity,
        kind: AttentionKind::KeyRotationStalled.into(),
        title,
        detail: format!("Since {since}: {waits}"),
        resource_id: Some(old.id.to_string()),
        facts: AttentionFacts {
            name: Some(old.name()),
            others: vec![new.name()],
            at: Some(since),
            step: Some(step),
            ..AttentionFacts::default()
        },
    })
}
