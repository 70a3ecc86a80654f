//! The security officer's work in the real window: a rotation, and signing with a key that never leaves the keychain.
//! What comes of it is looked at through the API and with foreign tools.

use super::keyring;
use super::window::Window;
use crate::checks::Checks;
use crate::daemon::Home;
use crate::job::{self, Member};
use crate::proof::{self, Expected};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use tekport_api::batch::{Batch, BatchFilter, BatchState};
use tekport_api::export_config::ExportConfig;
use tekport_api::page::PageQuery;
use tekport_api::signing_key::{KeyState, ShareState, SigningKey};
use tokio::time::{Instant, sleep};

const LIMIT: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(250);
const DESK_REGION: &str = "MAG-DESK";
const DESK_PREFIX: &str = "mag-desk";
const PASSPHRASE: &str = "seven otters count copper buttons at dawn";

/// Rotates the key that signs, then has a batch signed in the console.
///
/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(window: &Window, home: &Home, checks: &mut Checks) -> Result<()> {
    let code = home.enroll("Onlooker", &["viewer", "operator", "admin"]).await?;
    let onlooker = job::join(&code).await?;
    rotate(window, &onlooker, checks).await?;
    checks.step("it writes a backup that openssl reads", back_up(window).await)?;
    sign_at_the_desk(window, home, &onlooker, checks).await
}

async fn rotate(window: &Window, onlooker: &Member, checks: &mut Checks) -> Result<()> {
    let old = newest_key(onlooker).await?;
    window.click("nav-signing-keys").await?;
    window.click_inside("key-row", "a").await?;
    window.click("rotation-start").await?;
    window.click("key-generate").await?;
    window.click("key-generate-confirm").await?;
    window.click("rotation-attach").await?;
    window.shoot("6-rotation-difference").await?;
    window.click("rotation-attach-confirm").await?;
    let successor =
        checks.step("a successor is made and signs beside the old key", introduced(onlooker, &old).await)?;
    checks.note("the next version was suggested", Ok(successor.key_version == "v2"));
    for (button, recipient) in [("share-google", "google"), ("share-apple", "apple")] {
        for state in ["sent", "confirmed"] {
            window.click(&format!("{button}-{state}")).await?;
            window.click("share-save").await?;
            let wanted = if state == "sent" { ShareState::Sent } else { ShareState::Confirmed };
            let recorded = until(onlooker, &successor.id, |key| {
                let share = if recipient == "google" { &key.google } else { &key.apple };
                share.state >= wanted
            });
            checks.step(&format!("{recipient} has it {state}"), recorded.await)?;
        }
    }
    window.shoot("6-rotation-confirmed").await?;
    let end = onlooker.client.key_end(&old.id).await?;
    checks.note("the old key may end once the files it signed alone are gone", Ok(end.earliest.is_some()));
    window.click("key-end-set").await?;
    window.click("key-end-save").await?;
    let ending = until(onlooker, &old.id, |key| key.state == KeyState::Retiring).await;
    checks.step("its end is set", ending)?;
    window.shoot("6-rotation-ending").await?;
    checks.note("a file made now carries both signatures, the new one first", both_sign(onlooker).await);
    Ok(())
}

/// Regenerates a published window and looks at who signed it.
async fn both_sign(onlooker: &Member) -> Result<bool> {
    let published = batches(onlooker, None, BatchState::Complete).await?;
    let batch = published.into_iter().find(|batch| !batch.files.is_empty()).context("nothing is published")?;
    let new = onlooker.client.regenerate_batch(&batch.id).await?;
    let deadline = Instant::now() + LIMIT;
    loop {
        let batch = onlooker.client.get_batch(&new.id).await?;
        if batch.state == BatchState::Complete {
            let signers = batch.files.iter().map(|file| file.signed_by.iter().map(|by| by.key_version.as_str()));
            let expected = ["v2", "v1"];
            return Ok(signers.into_iter().all(|versions| versions.eq(expected)));
        }
        ensure!(Instant::now() < deadline, "the batch is {} still", batch.state.as_str());
        sleep(POLL).await;
    }
}

/// Backs the shown key up under a passphrase; `openssl` opens the file and finds the same public key.
async fn back_up(window: &Window) -> Result<()> {
    window.click("nav-signing-keys").await?;
    window.click_inside("key-row", "a").await?;
    let pem = window.read_until("key-pem", "BEGIN PUBLIC KEY", LIMIT).await?;
    window.click("backup-open").await?;
    window.fill("backup-passphrase", PASSPHRASE).await?;
    window.fill("backup-passphrase-again", PASSPHRASE).await?;
    window.click("backup-save").await?;
    window.see_within("backup-saved", LIMIT).await?;
    window.click("backup-close").await?;
    let file = downloaded("-backup.pem").await?;
    let passphrase = format!("pass:{PASSPHRASE}");
    let read = Command::new("openssl").args(["pkey", "-pubout", "-passin", &passphrase, "-in"]).arg(&file).output()?;
    ensure!(read.status.success(), "openssl says: {}", String::from_utf8_lossy(&read.stderr));
    let same = String::from_utf8_lossy(&read.stdout).trim() == pem.trim();
    ensure!(same, "the backup holds another key than the one shown");
    Ok(())
}

async fn sign_at_the_desk(window: &Window, home: &Home, onlooker: &Member, checks: &mut Checks) -> Result<()> {
    window.click("nav-signing-keys").await?;
    window.click("key-generate").await?;
    window.fill("key-id", "311").await?;
    window.fill("key-version", "v1").await?;
    window.click("key-custody-console").await?;
    window.click("key-generate-confirm").await?;
    window.read_until("key-pem", "BEGIN PUBLIC KEY", LIMIT).await?;
    let key = newest_key(onlooker).await?;
    checks.note("the daemon has no private half of it", Ok(key.provisioned_at.is_none()));
    checks.note("the keychain has it", keyring::signing_key(&key.fingerprint).map(|_| true));
    // The keys that were imported come out a second time, for another region.
    let config = job::create_config(onlooker, DESK_REGION, DESK_PREFIX, &key.id, crate::now()).await?;
    onlooker.client.run_export_config(&config.id).await?;
    let waiting = awaiting(onlooker, &config).await;
    let waiting = checks.step("its batch waits for a signature", waiting)?;
    window.click("nav-signing-desk").await?;
    window.see_within("desk-task", LIMIT).await?;
    window.shoot("7-signing-desk").await?;
    for _ in 0..waiting {
        window.click("nav-signing-desk").await?;
        if window.see_within("desk-review", Duration::from_secs(10)).await.is_err() {
            break;
        }
        window.click("desk-review").await?;
        window.see_within("desk-check", LIMIT).await?;
        if !window.all("desk-approve").await?.is_empty() {
            window.click("desk-approve").await?;
        }
        window.read_until("desk-verdict", "approved", LIMIT).await?;
        window.shoot("7-signing-review").await?;
        window.click("desk-sign").await?;
        window.see_within("nav-signing-desk", LIMIT).await?;
    }
    let published = checks.step("what was signed is published", published_all(onlooker, &config).await)?;
    let public_pem = home.state.with_extension("desk.pem");
    fs::write(&public_pem, &key.public_key_pem)?;
    let zip = home.state.with_extension("desk.zip");
    fs::write(&zip, job::fetch(&format!("{}/{}", home.download_url(), published)).await?)?;
    let proto = proof::proto();
    let expected =
        Expected { proto: &proto, public_pem: &public_pem, key_id: "311", key_version: "v1", region: DESK_REGION };
    proof::check(&zip, &expected, checks)?;
    Ok(())
}

/// The key that was registered last.
async fn newest_key(onlooker: &Member) -> Result<SigningKey> {
    let keys = onlooker.client.list_signing_keys(&PageQuery::default()).await?.items;
    keys.into_iter().next().context("no signing key is registered")
}

/// Waits until the successor of `old` signs wherever `old` does.
async fn introduced(onlooker: &Member, old: &SigningKey) -> Result<SigningKey> {
    let deadline = Instant::now() + LIMIT;
    loop {
        let rotation = onlooker.client.rotation(&old.id).await?;
        let everywhere = rotation.configs.iter().all(|config| config.attached);
        match rotation.successor {
            Some(key) if everywhere && key.state.is_live() => return Ok(key),
            other if Instant::now() > deadline => bail!("the successor is {other:?}"),
            _ => sleep(POLL).await,
        }
    }
}

async fn until(onlooker: &Member, id: &str, holds: impl Fn(&SigningKey) -> bool) -> Result<SigningKey> {
    let deadline = Instant::now() + LIMIT;
    loop {
        let key = onlooker.client.get_signing_key(id).await?;
        if holds(&key) {
            return Ok(key);
        }
        ensure!(Instant::now() < deadline, "the key stays {:?}", key.state);
        sleep(POLL).await;
    }
}

async fn batches(onlooker: &Member, config: Option<&ExportConfig>, state: BatchState) -> Result<Vec<Batch>> {
    let filter = BatchFilter {
        config_id: config.map(|config| config.id.clone()),
        state: Some(state.as_str().to_owned()),
        ..BatchFilter::default()
    };
    let page = PageQuery { cursor: None, limit: Some(tekport_api::page::MAX_PAGE) };
    Ok(onlooker.client.list_batches(&filter, &page).await?.items)
}

/// Waits until every batch with keys in it waits for signatures, and returns how many do. Windows without keys wait
/// for their turn behind them.
async fn awaiting(onlooker: &Member, config: &ExportConfig) -> Result<usize> {
    let deadline = Instant::now() + LIMIT;
    loop {
        let waiting = batches(onlooker, Some(config), BatchState::AwaitingSignature).await?.len();
        if waiting == job::UPLOADS {
            return Ok(waiting);
        }
        ensure!(Instant::now() < deadline, "{waiting} batches wait");
        sleep(POLL).await;
    }
}

/// Waits until nothing of the config waits any more, and returns the path of a file that was published.
async fn published_all(onlooker: &Member, config: &ExportConfig) -> Result<String> {
    let deadline = Instant::now() + LIMIT;
    loop {
        let waiting = batches(onlooker, Some(config), BatchState::AwaitingSignature).await?;
        let complete = batches(onlooker, Some(config), BatchState::Complete).await?;
        let file = complete.into_iter().flat_map(|batch| batch.files).find(|file| file.published_at.is_some());
        match file {
            Some(file) if waiting.is_empty() => return Ok(file.path),
            _ => ensure!(Instant::now() < deadline, "{} batches wait still", waiting.len()),
        }
        sleep(POLL).await;
    }
}

/// Waits for a file in the downloads folder whose name ends so.
async fn downloaded(ending: &str) -> Result<PathBuf> {
    let downloads = PathBuf::from(std::env::var_os("HOME").context("HOME is not set")?).join("Downloads");
    let deadline = Instant::now() + LIMIT;
    loop {
        let entries = fs::read_dir(&downloads).into_iter().flatten().flatten().map(|entry| entry.path());
        if let Some(found) = entries.into_iter().find(|path| path.to_string_lossy().ends_with(ending)) {
            return Ok(found);
        }
        ensure!(Instant::now() < deadline, "nothing that ends with {ending} came to {}", downloads.display());
        sleep(POLL).await;
    }
}
