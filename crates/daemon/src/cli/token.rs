//! `tekportd token`: the PKCS#11 token of the configuration and the keys in it, as `GET /admin/v1/token` shows them.

use super::open::OpenedStore;
use super::print_json;
use crate::config::{Config, Location};
use crate::root_key::CREDENTIALS_DIRECTORY;
use crate::store::signing_keys;
use crate::token::{Token, TokenSettings, status};
use anyhow::Context;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tekport_api::signing_key::{TokenState, TokenStatus};

#[derive(Debug, Args)]
pub(super) struct ShowToken {
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

impl ShowToken {
    /// Exit status 0 when the token can be used, 1 when it can't or none is configured.
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        let OpenedStore { config, state, store } = OpenedStore::open(location).await?;
        let token = start(&config, &state)?;
        let status = status::of(token.as_ref(), &signing_keys::all(store.pool()).await?).await;
        let ready = status.state == TokenState::Ready;
        if self.json {
            print_json(&status)?;
        } else {
            print!("{}", text(&status));
        }
        Ok(if ready { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

/// Talks to the configured token for as long as a command runs; it leaves a PIN alone that may be wrong.
pub(super) fn start(config: &Config, state: &Path) -> anyhow::Result<Option<Token>> {
    let Some(token) = &config.token else { return Ok(None) };
    let credentials = std::env::var_os(CREDENTIALS_DIRECTORY).map(PathBuf::from);
    let settings = TokenSettings { sparing: true, ..TokenSettings::new(token, state, credentials.as_deref()) };
    Token::start(settings).map(Some).context("the thread for the token can't be started")
}

fn text(status: &TokenStatus) -> String {
    let mut text = match &status.label {
        Some(label) => format!("token {label:?}: {}\n", status.detail),
        None => format!("{}\n", status.detail),
    };
    for key in &status.keys {
        let registered = key.signing_key_id.as_ref().map_or("not registered".to_owned(), |id| format!("is {id}"));
        let kept = if key.extractable { ", CAN BE READ OUT of the token" } else { "" };
        text.push_str(&format!(
            "  {}  {:?}  {registered}{kept}\n    fingerprint {}\n",
            key.id, key.label, key.fingerprint
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::signing_key::TokenKey;

    #[test]
    fn each_key_is_shown_with_what_it_is_registered_as() {
        let key = |id: &str, registered: Option<&str>, extractable| TokenKey {
            id: id.to_owned(),
            label: "310 v1".to_owned(),
            fingerprint: "ab".repeat(32),
            extractable,
            signing_key_id: registered.map(str::to_owned),
        };
        let status = TokenStatus {
            state: TokenState::Ready,
            label: Some("tekport".to_owned()),
            detail: "it is there and holds 2 P-256 key pairs".to_owned(),
            message: tekport_api::Message::default(),
            keys: vec![key("01", Some("0193f7a0-0000-7000-8000-000000000001"), false), key("02", None, true)],
        };
        insta::assert_snapshot!(text(&status), @r#"
        token "tekport": it is there and holds 2 P-256 key pairs
          01  "310 v1"  is 0193f7a0-0000-7000-8000-000000000001
            fingerprint abababababababababababababababababababababababababababababababab
          02  "310 v1"  not registered, CAN BE READ OUT of the token
            fingerprint abababababababababababababababababababababababababababababababab
        "#);
    }
}
