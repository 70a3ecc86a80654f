//! The token as people see it: in the console and at the command line.

use super::{Token, TokenKeyPair};
use crate::store::signing_keys::SigningKeyRow;
use tekport_api::signing_key::{Custody, TokenKey, TokenState, TokenStatus};

/// Looks at the token now, and tells of its keys which of `registered` they are. `None` where none is configured.
pub async fn of(token: Option<&Token>, registered: &[SigningKeyRow]) -> TokenStatus {
    let Some(token) = token else {
        let detail =
            "the configuration names no token; a [token] section in tekportd.toml does, then start tekportd again";
        return TokenStatus {
            state: TokenState::NotConfigured,
            label: None,
            detail: detail.to_owned(),
            keys: Vec::new(),
        };
    };
    let label = Some(token.label().to_owned());
    match token.list().await {
        Ok(pairs) => TokenStatus {
            state: TokenState::Ready,
            label,
            detail: found(pairs.len()),
            keys: pairs.iter().map(|pair| to_api(pair, registered)).collect(),
        },
        Err(error) => {
            TokenStatus { state: TokenState::Unavailable, label, detail: error.to_string(), keys: Vec::new() }
        }
    }
}

fn found(pairs: usize) -> String {
    match pairs {
        0 => "it is there and holds no P-256 key pair yet".to_owned(),
        1 => "it is there and holds one P-256 key pair".to_owned(),
        more => format!("it is there and holds {more} P-256 key pairs"),
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
