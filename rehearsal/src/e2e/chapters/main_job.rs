//! From the first start to a verified file: what a person does in the console, and what must come of it.

use crate::checks::Checks;
use crate::daemon::Home;
use crate::e2e::downloads;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::e2e::workstation::Workstation;
use crate::job::{self, KEY_ID, KEY_VERSION, PREFIX, REGION};
use crate::proof::{self, Expected};
use crate::teks::{Lot, Tek};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use tekport_api::UtcTime;
use tekport_keys::PublicKey;

const BATCH_LIMIT: Duration = Duration::from_secs(90);
const HOUR: i64 = 3_600;

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let now = crate::now();
    let lots = checks.step("uploads are imported", job::import_uploads(&scene.home, now).await)?;
    let window = checks.step("the console opens", scene.open().await)?;
    let home = &scene.home;
    checks.step("it joins the daemon with a pasted code", enrol(&window, &scene.code).await)?;
    let public_pem = checks.step("it generates a signing key", generate_key(&window, home).await)?;
    checks.step("it creates an export config", create_config(&window, now.unix_seconds()).await)?;
    checks.step("a batch appears as published", see_the_batch(&window).await)?;
    let zip = verify_and_download(&window, &scene.station).await;
    let zip = checks.step("it verifies a file and downloads it", zip)?;
    checks.note("tekportd verify agrees", {
        let verdict = home.verify(&zip.to_string_lossy(), &public_pem).await;
        verdict.and_then(|(passed, text)| if passed { Ok(true) } else { Err(anyhow::anyhow!(text)) })
    });
    let proto = proof::proto();
    let expected =
        Expected { proto: &proto, public_pem: &public_pem, key_id: KEY_ID, key_version: KEY_VERSION, region: REGION };
    let decoded = proof::check(&zip, &expected, checks)?;
    checks.note("the real keys of its window are in it, among generated ones", holds_the_keys(&decoded, &lots));
    window.click("nav-overview").await?;
    window.read_until("overview-config", REGION, BATCH_LIMIT).await?;
    window.shoot("overview").await
}

async fn enrol(window: &Window, code: &str) -> Result<()> {
    window.see("enrol-code").await?;
    window.shoot("enrol").await?;
    window.fill("enrol-code", code).await?;
    window.click("enrol-check").await?;
    window.see("enrol-join").await?;
    window.shoot("enrol-checked").await?;
    window.click("enrol-join").await?;
    window.see("nav-signing-keys").await?;
    Ok(())
}

async fn generate_key(window: &Window, home: &Home) -> Result<PathBuf> {
    let pem = super::generate_key(window, KEY_ID, KEY_VERSION).await?;
    let public = PublicKey::from_pem(&pem).context("what the console shows is no public key")?;
    let shown: String =
        window.see("key-fingerprint").await?.text().await?.chars().filter(char::is_ascii_hexdigit).collect();
    ensure!(
        public.fingerprint().starts_with(&shown.to_lowercase()) && shown.len() >= 8,
        "the fingerprint shown, {shown}, is not the key's, {}",
        public.fingerprint()
    );
    window.shoot("signing-key").await?;
    let path = home.state.with_extension("public.pem");
    fs::write(&path, public.to_pem())?;
    window.click("nav-signing-keys").await?;
    window.read_until("key-row", KEY_VERSION, Duration::from_secs(20)).await?;
    window.shoot("signing-keys").await?;
    Ok(path)
}

async fn create_config(window: &Window, now: i64) -> Result<()> {
    window.click("nav-export-configs").await?;
    window.click("config-new").await?;
    window.fill("config-output-region", REGION).await?;
    window.click("config-next").await?;
    window.fill("config-valid-from", &super::as_typed(UtcTime::saturating(now / HOUR * HOUR - 24 * HOUR))).await?;
    window.see("config-next-day").await?;
    window.shoot("config").await?;
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
    window.shoot("config-review").await?;
    window.click("config-save").await?;
    window.click("nav-export-configs").await?;
    window.read_until("config-row", REGION, Duration::from_secs(20)).await?;
    window.shoot("configs").await
}

async fn see_the_batch(window: &Window) -> Result<()> {
    window.click("nav-batches").await?;
    window.read_until("batch-state", "published", BATCH_LIMIT).await?;
    window.shoot("batches").await
}

/// Returns the newest file in the downloads folder.
async fn verify_and_download(window: &Window, station: &Workstation) -> Result<PathBuf> {
    open_a_batch_with_files(window).await?;
    window.click("file-verify").await?;
    let verdict = window.see_within("verify-result", Duration::from_secs(30)).await?;
    window.shoot("verified").await?;
    let accepted = verdict.attr("data-accepted").await?;
    ensure!(accepted.as_deref() == Some("true"), "the console says:\n{}", window.text().await);
    window.click("file-download").await?;
    downloads::ending_with(station, ".zip").await
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
    bail!("none of {rows} batches shows a file; the page shows:\n{}", window.text().await)
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
