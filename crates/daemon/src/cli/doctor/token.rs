//! Whether the token can be used and holds the keys that sign.

use super::Finding;
use crate::cli::token::start;
use crate::config::Config;
use crate::store::Store;
use crate::store::signing_keys::{self, SigningKeyRow};
use crate::token::status;
use std::path::Path;
use tekport_api::signing_key::{Custody, TokenState};

const CHECK: &str = "token";

/// What there is to say of the token; nothing where none is configured and no key needs one.
pub(super) async fn token(config: &Config, state: &Path, store: &Store) -> Option<Finding> {
    let keys = match signing_keys::all(store.pool()).await {
        Ok(keys) => keys,
        Err(error) => {
            let next = "See the finding on the database.";
            return Some(Finding::bad(CHECK, format!("the signing keys can't be read: {error}"), next));
        }
    };
    let live: Vec<&SigningKeyRow> =
        keys.iter().filter(|key| key.custody == Custody::Hsm && key.state().is_live()).collect();
    let names = |keys: &[&SigningKeyRow]| keys.iter().map(|key| key.name()).collect::<Vec<_>>().join(", ");
    if config.token.is_none() && live.is_empty() {
        return None;
    }
    let token = match start(config, state) {
        Ok(token) => token,
        Err(error) => return Some(Finding::bad(CHECK, format!("{error:#}"), "Run doctor again.")),
    };
    let status = status::of(token.as_ref(), &keys).await;
    let needed = if live.is_empty() { "No key needs it yet".to_owned() } else { format!("{} needs it", names(&live)) };
    if status.state != TokenState::Ready {
        let next = format!("{needed}. Remove the cause; the daemon goes on by itself once the token can be used.");
        return Some(Finding::bad(CHECK, status.detail, next));
    }
    let there = |key: &&SigningKeyRow| {
        status.keys.iter().any(|found| found.signing_key_id.as_deref() == Some(key.id.to_string().as_str()))
    };
    let missing: Vec<&SigningKeyRow> = live.iter().copied().filter(|key| !there(key)).collect();
    Some(if missing.is_empty() {
        Finding::good(CHECK, status.detail)
    } else {
        let found = format!("{}, but not {}, which has to sign", status.detail, names(&missing));
        Finding::bad(
            CHECK,
            found,
            "Put in the token that the key was registered from, or revoke the key and replace it.",
        )
    })
}
