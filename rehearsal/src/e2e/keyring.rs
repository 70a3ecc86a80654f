//! What the console put in the keyring, asked of the keyring itself with a tool that isn't Tekport's.

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::process::Command;
use tekport_keys::SigningKey;

/// Returns the signing key that the keyring holds for this fingerprint.
///
/// # Errors
/// When the keyring can't be read, or holds none or another.
pub(super) fn signing_key(fingerprint: &str) -> Result<SigningKey> {
    let user = format!("signing-key:{fingerprint}");
    let found = Command::new("secret-tool").args(["lookup", "username", &user]).output();
    let found = found.context("secret-tool could not be started")?;
    ensure!(found.status.success(), "the keyring holds no item {user}");
    let pkcs8 = STANDARD.decode(found.stdout.trim_ascii()).context("the keyring's item is not base64")?;
    let key = SigningKey::from_pkcs8_der(&pkcs8)?;
    ensure!(key.public_key().fingerprint() == fingerprint, "the keyring's item {user} is another key");
    Ok(key)
}

/// Deletes the entry of a signing key, as somebody does who tidies up with another program.
///
/// # Errors
/// When it isn't there, or stays.
pub(super) fn delete(fingerprint: &str) -> Result<()> {
    signing_key(fingerprint)?;
    let user = format!("signing-key:{fingerprint}");
    let done = Command::new("secret-tool").args(["clear", "username", &user]).status();
    ensure!(done.context("secret-tool could not be started")?.success(), "the keyring deletes no item {user}");
    ensure!(signing_key(fingerprint).is_err(), "the keyring has the item {user} still");
    Ok(())
}
