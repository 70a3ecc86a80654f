//! The viewer of export files: without any daemon, with a key that is pasted, and with those that the daemon knows.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::desktop;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use tekport_keys::SigningKey;

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let stock = scene.stock(&onlooker).await?;
    let line = scene.index().await?.pop().context("the index is empty")?;
    let bytes = job::fetch(&format!("{}/{line}", scene.home.download_url())).await?;
    let (zip, damaged) = (scene.folder.join("export.zip"), scene.folder.join("damaged.zip"));
    fs::write(&zip, &bytes)?;
    let mut changed = bytes;
    // Somewhere in the middle, where the keys are.
    let middle = changed.len() / 2;
    *changed.get_mut(middle).context("the file is empty")? ^= 0xff;
    fs::write(&damaged, changed)?;
    let own = fs::read_to_string(&stock.key.public_pem)?;
    let other = SigningKey::generate()?.public_key().to_pem();

    let window = scene.open().await?;
    window.click("enrol-viewer").await?;
    checks.step("without a daemon a file is opened from the disk", choose(&window, &zip).await)?;
    checks.note("with no key to go by it isn't accepted", accepted(&window).await.map(|accepted| !accepted));
    window.shoot("no-key").await?;
    checks.step("the signer's public key, pasted, verifies it", paste(&window, &own, true).await)?;
    window.shoot("own-key").await?;
    checks.step("another one doesn't", paste(&window, &other, false).await)?;
    let shown = damaged_is_shown(&window, &damaged).await;
    checks.step("a damaged file is said to be damaged", shown)?;
    window.shoot("damaged").await?;
    window.click("viewer-back").await?;
    window.join(&scene.code).await?;
    let path = zip.canonicalize()?;
    scene.start_again(&scene.station, &[&path]).await?;
    window.read_until("viewer-region", job::REGION, LIMIT).await?;
    let known = until_accepted(&window, true).await;
    checks.step("opened with the desktop, and joined, the daemon's keys verify it", known)?;
    window.shoot("known-key").await
}

async fn choose(window: &Window, file: &Path) -> Result<()> {
    window.click("viewer-choose").await?;
    desktop::choose_file(file).await?;
    window.read_until("viewer-region", job::REGION, LIMIT).await.map(drop)
}

async fn paste(window: &Window, pem: &str, wanted: bool) -> Result<()> {
    // As a paste does it: WebDriver's typing would leave the line breaks to chance.
    window.set("viewer-pem", pem).await?;
    window.click("viewer-again").await?;
    until_accepted(window, wanted).await
}

async fn accepted(window: &Window) -> Result<bool> {
    let verdict = window.see_within("verify-result", LIMIT).await?.attr("data-accepted").await?;
    Ok(verdict.as_deref() == Some("true"))
}

async fn until_accepted(window: &Window, wanted: bool) -> Result<()> {
    eventually(LIMIT, async || {
        let found = accepted(window).await?;
        Ok(if found == wanted { Ok(()) } else { Err(format!("accepted: {found}; {}", window.text().await)) })
    })
    .await
}

async fn damaged_is_shown(window: &Window, file: &Path) -> Result<()> {
    window.click("viewer-choose").await?;
    desktop::choose_file(file).await?;
    eventually(LIMIT, async || {
        let error = !window.all("viewer-error").await?.is_empty();
        let name = window.text().await.contains("damaged.zip");
        Ok(if error || name { Ok(()) } else { Err("the page says nothing of it".to_owned()) })
    })
    .await?;
    if window.all("viewer-error").await?.is_empty() {
        ensure!(!accepted(window).await?, "it is accepted");
    }
    Ok(())
}
