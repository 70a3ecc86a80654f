//! What a person does in the console, from the first start to a verified file, and what must come of it.

use super::window::Window;
use super::{E2eArguments, desktop, downloads, keyring, keys, offline, records, session};
use crate::checks::Checks;
use crate::daemon::{Daemon, Home};
use crate::job::{self, KEY_ID, KEY_VERSION, PREFIX, REGION};
use crate::proof::{self, Expected};
use crate::secrets::Needles;
use crate::teks::{Lot, Tek};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tekport_keys::PublicKey;

const BATCH_LIMIT: Duration = Duration::from_secs(90);
/// Far more than all of it takes: two minutes or so on two cores.
const STORY_LIMIT: Duration = Duration::from_secs(600);
const HOUR: i64 = 3_600;

/// Runs the whole story; every step is a check.
///
/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(arguments: &E2eArguments, checks: &mut Checks) -> Result<()> {
    let folder = &arguments.folder;
    session::unlock_keyring()?;
    let _manager = desktop::window_manager()?;
    let (home, code) = Home::init(&arguments.tekportd, &folder.join("state")).await?;
    home.allow_key_lookup()?;
    let mut daemon = Some(home.start().await?);
    let now = crate::now();
    let lots = checks.step("uploads are imported", job::import_uploads(&home, now).await)?;
    let (driver, address) = session::start_driver(&arguments.tauri_driver, &folder.join("driver.log")).await?;
    let window = checks.step("the console opens", Window::open(&address, &arguments.console, folder).await)?;

    let told = async {
        let joined = in_the_window(&window, &home, &code, now.unix_seconds(), &lots, checks).await?;
        offline::tell(&window, &home, &mut daemon, checks).await?;
        keys::tell(&window, &arguments.console, &home, checks).await?;
        Ok(joined)
    };
    // A WebDriver that never answers would hold up everything that waits for the suite.
    let told =
        tokio::time::timeout(STORY_LIMIT, told).await.unwrap_or_else(|_| bail!("the window took over 10 minutes"));
    if told.is_err() {
        let _ = window.shoot("failed").await;
        println!("The daemon's log ends:\n{}", home.log_end());
    }
    let seen = window.everything().await.unwrap_or_default();
    window.close().await?;
    drop(driver);
    checks.note("the daemon stops in order", stop(daemon).await);
    let public_pem = told?;
    checks.note("the private key lies nowhere in the clear", nowhere_in_the_clear(folder, &public_pem, &seen));
    Ok(())
}

async fn stop(daemon: Option<Daemon>) -> Result<bool> {
    daemon.context("it didn't come back after it was stopped")?.stop().await.map(|()| true)
}

/// Returns where the public key lies that the console showed.
async fn in_the_window(
    window: &Window,
    home: &Home,
    code: &str,
    now: i64,
    lots: &[Lot],
    checks: &mut Checks,
) -> Result<PathBuf> {
    checks.step("it joins the daemon with a pasted code", enrol(window, code).await)?;
    let public_pem = checks.step("it generates a signing key", generate_key(window, home).await)?;
    checks.step("it creates an export config", create_config(window, now).await)?;
    checks.step("a batch appears as published", see_the_batch(window).await)?;
    let zip = checks.step("it verifies a file and downloads it", verify_and_download(window).await)?;
    checks.note("tekportd verify agrees", {
        let verdict = home.verify(&zip.to_string_lossy(), &public_pem).await;
        verdict.and_then(|(passed, text)| if passed { Ok(true) } else { Err(anyhow::anyhow!(text)) })
    });
    let proto = proof::proto();
    let expected =
        Expected { proto: &proto, public_pem: &public_pem, key_id: KEY_ID, key_version: KEY_VERSION, region: REGION };
    let decoded = proof::check(&zip, &expected, checks)?;
    checks.note("the real keys of its window are in it, among generated ones", holds_the_keys(&decoded, lots));
    window.click("nav-overview").await?;
    window.see("nav-overview").await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    window.shoot("5-overview").await?;
    let published = decoded.keys.iter().find(|key| lots.iter().any(|lot| lot.teks.contains(key)));
    let published = published.context("no imported key is in the file")?;
    records::tell(window, &zip, published, checks).await?;
    Ok(public_pem)
}

async fn enrol(window: &Window, code: &str) -> Result<()> {
    window.see("enrol-code").await?;
    window.shoot("1-enrol").await?;
    window.fill("enrol-code", code).await?;
    window.click("enrol-check").await?;
    window.see("enrol-join").await?;
    window.shoot("1-enrol-checked").await?;
    window.click("enrol-join").await?;
    window.see("nav-signing-keys").await?;
    Ok(())
}

async fn generate_key(window: &Window, home: &Home) -> Result<PathBuf> {
    window.click("nav-signing-keys").await?;
    window.click("key-generate").await?;
    window.fill("key-id", KEY_ID).await?;
    window.fill("key-version", KEY_VERSION).await?;
    window.click("key-generate-confirm").await?;
    let pem = window.read_until("key-pem", "BEGIN PUBLIC KEY", Duration::from_secs(20)).await?;
    let public = PublicKey::from_pem(&pem).context("what the console shows is no public key")?;
    let shown: String =
        window.see("key-fingerprint").await?.text().await?.chars().filter(char::is_ascii_hexdigit).collect();
    ensure!(
        public.fingerprint().starts_with(&shown.to_lowercase()) && shown.len() >= 8,
        "the fingerprint shown, {shown}, is not the key's, {}",
        public.fingerprint()
    );
    window.shoot("2-signing-key").await?;
    let path = home.state.with_extension("public.pem");
    fs::write(&path, public.to_pem())?;
    window.click("nav-signing-keys").await?;
    window.read_until("key-row", KEY_VERSION, Duration::from_secs(20)).await?;
    window.shoot("2-signing-keys").await?;
    Ok(path)
}

async fn create_config(window: &Window, now: i64) -> Result<()> {
    window.click("nav-export-configs").await?;
    window.click("config-new").await?;
    window.fill("config-output-region", REGION).await?;
    window.click("config-next").await?;
    window.fill("config-valid-from", &as_typed(now / HOUR * HOUR - 24 * HOUR)).await?;
    window.see("config-next-day").await?;
    window.shoot("3-config").await?;
    window.click("config-next").await?;
    window.see("config-storage").await?.select_by_value("local").await?;
    window.fill("config-prefix", PREFIX).await?;
    window.click("config-next").await?;
    let key = window.see("config-key").await?;
    if !key.is_selected().await? {
        key.click().await?;
    }
    window.click("config-next").await?;
    window.see("config-save").await?;
    window.shoot("3-config-review").await?;
    window.click("config-save").await?;
    window.click("nav-export-configs").await?;
    window.read_until("config-row", REGION, Duration::from_secs(20)).await?;
    window.shoot("3-configs").await
}

async fn see_the_batch(window: &Window) -> Result<()> {
    window.click("nav-batches").await?;
    window.read_until("batch-state", "published", BATCH_LIMIT).await?;
    window.shoot("4-batches").await
}

/// Returns the newest file in the downloads folder of this session's home.
async fn verify_and_download(window: &Window) -> Result<PathBuf> {
    open_a_batch_with_files(window).await?;
    window.click("file-verify").await?;
    let verdict = window.see_within("verify-result", Duration::from_secs(30)).await?;
    window.shoot("4-verified").await?;
    let accepted = verdict.attr("data-accepted").await?;
    ensure!(accepted.as_deref() == Some("true"), "the console says:\n{}", window.text().await);
    window.click("file-download").await?;
    downloads::ending_with(".zip").await
}

/// Windows in which nothing came in have no file; opens the first batch in the list that has one.
async fn open_a_batch_with_files(window: &Window) -> Result<()> {
    let rows = window.all("batch-row").await?.len();
    for row in 0..rows {
        let batch = window.all("batch-row").await?.into_iter().nth(row).context("the list of batches shrank")?;
        batch.find(fantoccini::Locator::Css("a")).await?.click().await?;
        if window.see_within("file-row", Duration::from_secs(3)).await.is_ok() {
            return Ok(());
        }
        window.click("nav-batches").await?;
        window.see("batch-row").await?;
    }
    anyhow::bail!("none of {rows} batches shows a file; the page shows:\n{}", window.text().await)
}

/// Whether the file holds every imported key that was due in its window, and no imported key that wasn't.
fn holds_the_keys(decoded: &proof::Decoded, lots: &[Lot]) -> Result<bool> {
    let window = decoded.start..decoded.end;
    let inside: BTreeSet<&Tek> = decoded.keys.iter().collect();
    let (mut due, mut wrong) = (0, 0);
    for lot in lots {
        for tek in &lot.teks {
            let is_due = window.contains(&tek.release_at(lot.received_at));
            due += u32::from(is_due);
            wrong += u32::from(is_due != inside.contains(tek));
        }
    }
    ensure!(due > 0, "no imported key was due in this window");
    ensure!(wrong == 0, "{wrong} keys are missing or should not be there");
    Ok(true)
}

/// The state folder, every log, the console's own files and the page: none may hold the private key.
fn nowhere_in_the_clear(folder: &Path, public_pem: &Path, page: &str) -> Result<bool> {
    let fingerprint = PublicKey::from_pem(&fs::read_to_string(public_pem)?)?.fingerprint();
    let needles = Needles::of_key(&keyring::signing_key(&fingerprint)?)?;
    ensure!(!page.is_empty(), "the page could not be read");
    ensure!(!needles.found_in(page.as_bytes()), "the page holds the private key");
    let home = PathBuf::from(std::env::var_os("HOME").context("HOME is not set")?);
    for place in [folder.to_owned(), home] {
        let (files, holding) = needles.search(&place)?;
        ensure!(files > 0, "{} holds no file", place.display());
        ensure!(holding.is_empty(), "the private key lies in {holding:?}");
    }
    Ok(true)
}

/// A time as a person types it into a field: `2026-11-23 20:00`.
fn as_typed(seconds: i64) -> String {
    tekport_api::UtcTime::saturating(seconds).to_string().replace('T', " ").chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_typed_to_the_minute() {
        assert_eq!(as_typed(1_790_000_000), "2026-09-21 14:13");
    }
}
