//! The token, where live signing keys are in it and it can't be used.

use crate::admin::AdminState;
use crate::store::{StoreError, signing_keys};
use tekport_api::Said;
use tekport_api::message::TokenFinding;
use tekport_api::signing_key::Custody;
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};

/// Adds that the token can't be used, where a live key needs it.
pub(super) async fn unavailable(state: &AdminState, list: &mut Vec<Attention>) -> Result<(), StoreError> {
    let keys = signing_keys::all(state.store.pool()).await?;
    let needing: Vec<String> =
        keys.iter().filter(|key| key.custody == Custody::Hsm && key.state().is_live()).map(|key| key.name()).collect();
    if needing.is_empty() {
        return Ok(());
    }
    let (why, label) = match state.signer.token() {
        None => (TokenFinding::Gone, None),
        Some(token) => match token.last_error() {
            None => return Ok(()),
            Some(error) => (error.finding(), Some(token.label().to_owned())),
        },
    };
    list.push(Attention {
        severity: Severity::Bad,
        kind: AttentionKind::TokenUnavailable.into(),
        title: "The token can't be used".to_owned(),
        detail: format!(
            "{why}. Until it can, nothing is published that {} has to sign; batches are tried again by themselves",
            needing.join(", ")
        ),
        facts: AttentionFacts {
            name: label.clone(),
            others: needing,
            reason: Some(why.to_string()),
            reason_message: Some(why.message()),
            ..AttentionFacts::default()
        },
        resource_id: label,
    });
    Ok(())
}
