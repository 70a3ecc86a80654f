//! The token as people see it: in the console and at the command line.

use super::{Token, TokenKeyPair};
use crate::store::signing_keys::SigningKeyRow;
use tekport_api::Said;
use tekport_api::message::TokenFinding;
use tekport_api::signing_key::{Custody, TokenKey, TokenState, TokenStatus};

/// Looks at the token now, and tells of its keys which of `registered` they are. `None` where none is configured.
pub async fn of(token: Option<&Token>, registered: &[SigningKeyRow]) -> TokenStatus {
    let Some(token) = token else {
        return told(TokenState::NotConfigured, None, &TokenFinding::NotConfigured);
    };
    let label = Some(token.label().to_owned());
    match token.list().await {
        Ok(pairs) => TokenStatus {
            keys: pairs.iter().map(|pair| to_api(pair, registered)).collect(),
            ..told(TokenState::Ready, label, &found(pairs.len()))
        },
        Err(error) => told(TokenState::Unavailable, label, &error.finding()),
    }
}

fn told(state: TokenState, label: Option<String>, finding: &TokenFinding) -> TokenStatus {
    TokenStatus { state, label, detail: finding.to_string(), message: finding.message(), keys: Vec::new() }
}

fn found(pairs: usize) -> TokenFinding {
    match pairs {
        0 => TokenFinding::Empty,
        1 => TokenFinding::OneKey,
        more => TokenFinding::Keys { count: u32::try_from(more).unwrap_or(u32::MAX) },
    }
}

fn to_api(pair: &TokenKeyPair, registered: &[SigningKeyRow]) -> TokenKey {
    let as_which = registered.iter().find(|row| row.custody == Custody::Hsm && row.public_key == pair.public_key);
    TokenKey {
        id: pair.id.to_string(),
        label: pair.label.clone(),
        fingerprint: pair.public_key.fingerprint(),
        extractable: pair.extractable,
        signing_key_id: as_which.map(|row| row.id.to_string()),
    }
}
