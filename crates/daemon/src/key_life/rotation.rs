//! How far the rotation of a key is: read off the old key and its successor.

use crate::store::signing_keys::SigningKeyRow;
use tekport_api::signing_key::{EndCheck, Recipient, RotationStep, ShareState};

/// What has to be done next. Never the other way round: the successor signs everywhere before it is sent.
///
/// `attached`: every config of the old key names the successor. `end`: what stands in the way of the old key's end.
#[must_use]
pub fn step(old: &SigningKeyRow, successor: Option<&SigningKeyRow>, attached: bool, end: &EndCheck) -> RotationStep {
    let at_least = |key: &SigningKeyRow, state| Recipient::ALL.iter().all(|to| key.share(*to).state >= state);
    // An end that waits for people, for instance since the successor was revoked, waits for a successor.
    let ends = old.ends_at.is_some() && end.earliest.is_some();
    match (old, successor) {
        (SigningKeyRow { retired_at: Some(_), .. }, _) => RotationStep::Done,
        (SigningKeyRow { revoked_at: None, .. }, _) if ends => RotationStep::Ending,
        (_, None) => RotationStep::Generate,
        (_, Some(new)) if !new.can_sign() => RotationStep::Generate,
        (_, Some(new)) if !new.state().is_live() || !attached => RotationStep::SignWithBoth,
        (_, Some(new)) if !at_least(new, ShareState::Sent) => RotationStep::SendPublicKey,
        (_, Some(new)) if !at_least(new, ShareState::Confirmed) => RotationStep::Confirm,
        // A revoked key signs nothing any more: there is no end to set.
        (SigningKeyRow { revoked_at: Some(_), .. }, _) => RotationStep::Done,
        (SigningKeyRow { ends_at: Some(_), .. }, _) => RotationStep::Ending,
        _ => RotationStep::EndOldKey,
    }
}
