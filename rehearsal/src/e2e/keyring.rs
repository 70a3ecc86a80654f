//! What the console put in the keyring, asked of the keyring itself with a tool that isn't Tekport's.

use super::workstation::Workstation;
use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::process::Command;
use tekport_keys::SigningKey;

/// Returns the signing key that the keyring holds for this fingerprint.
///
/// # Errors
/// When the keyring can't be read, or holds none or another.
pub(super) fn signing_key(station: &Workstation, fingerprint: &str) -> Result<SigningKey> {
    find(station, fingerprint)?.with_context(|| format!("the keyring holds no item {}", user(fingerprint)))
}

/// Returns the signing key of this fingerprint where the keyring holds it.
///
/// # Errors
/// When the keyring can't be read, or holds another.
pub(super) fn find(station: &Workstation, fingerprint: &str) -> Result<Option<SigningKey>> {
    let found = secret_tool(station, "lookup", fingerprint).output().context("secret-tool could not be started")?;
    if !found.status.success() {
        return Ok(None);
    }
    let pkcs8 = STANDARD.decode(found.stdout.trim_ascii()).context("the keyring's item is not base64")?;
    let key = SigningKey::from_pkcs8_der(&pkcs8)?;
    ensure!(key.public_key().fingerprint() == fingerprint, "the keyring's item {} is another key", user(fingerprint));
    Ok(Some(key))
}

/// Deletes the entry of a signing key, as somebody does who tidies up with another program.
///
/// # Errors
/// When it isn't there, or stays.
pub(super) fn delete(station: &Workstation, fingerprint: &str) -> Result<()> {
    signing_key(station, fingerprint)?;
    let done = secret_tool(station, "clear", fingerprint).status().context("secret-tool could not be started")?;
    ensure!(done.success(), "the keyring deletes no item {}", user(fingerprint));
    ensure!(find(station, fingerprint)?.is_none(), "the keyring has the item {} still", user(fingerprint));
    Ok(())
}

fn secret_tool(station: &Workstation, task: &str, fingerprint: &str) -> Command {
    let mut command = Command::new("secret-tool");
    command.args([task, "username", &user(fingerprint)]).envs(station.environment());
    command
}

fn user(fingerprint: &str) -> String {
    format!("signing-key:{fingerprint}")
}
