//! Signing with a key that never leaves the keychain: by hand, and unattended behind a closed window.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::onlooker::{batches, newest_key, published, regenerated, signed_by};
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::e2e::{desktop, keyring};
use crate::eventually::eventually;
use crate::job::{self, Member};
use crate::proof::{self, Expected};
use anyhow::Result;
use std::fs;
use std::time::Duration;
use tekport_api::batch::BatchState;
use tekport_api::export_config::ExportConfig;

const DESK_REGION: &str = "MAG-DESK";
const DESK_PREFIX: &str = "mag-desk";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    job::import_uploads(&scene.home, crate::now()).await?;
    let window = scene.open_and_join().await?;
    let config = sign_by_hand(&window, scene, &onlooker, checks).await?;
    sign_unattended(&window, scene, &onlooker, &config, checks).await
}

/// Returns the config whose batches only a console can sign.
async fn sign_by_hand(window: &Window, scene: &Scene, onlooker: &Member, checks: &mut Checks) -> Result<ExportConfig> {
    let home = &scene.home;
    window.click("nav-signing-keys").await?;
    window.click("key-generate").await?;
    window.fill("key-id", "311").await?;
    window.fill("key-version", "v1").await?;
    window.click("key-custody-console").await?;
    window.click("key-generate-confirm").await?;
    window.read_until("key-pem", "BEGIN PUBLIC KEY", LIMIT).await?;
    let key = newest_key(onlooker).await?;
    checks.note("the daemon has no private half of it", Ok(key.provisioned_at.is_none()));
    checks.note("the keychain has it", keyring::signing_key(&scene.station, &key.fingerprint).map(|_| true));
    // The keys that were imported come out a second time, for another region.
    let config = job::create_config(onlooker, DESK_REGION, DESK_PREFIX, &key.id, crate::now()).await?;
    onlooker.client.run_export_config(&config.id).await?;
    let waiting = awaiting(onlooker, &config).await;
    let waiting = checks.step("its batch waits for a signature", waiting)?;
    window.click("nav-signing-desk").await?;
    window.see_within("desk-task", LIMIT).await?;
    window.shoot("signing-desk").await?;
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
        window.shoot("signing-review").await?;
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
    Ok(config)
}

/// Turns unattended signing on, closes the window, and has a batch signed behind it; then takes all that back.
async fn sign_unattended(
    window: &Window,
    scene: &Scene,
    onlooker: &Member,
    config: &ExportConfig,
    checks: &mut Checks,
) -> Result<()> {
    window.click("nav-signing-desk").await?;
    window.click(&format!("unattended-config-{}", config.id)).await?;
    window.click("unattended-switch").await?;
    window.see_within("unattended-result", LIMIT).await?;
    window.shoot("unattended-on").await?;
    desktop::close_window().await?;
    checks.step("closing the window takes it out of sight", desktop::window_shown(false).await)?;
    let batch = regenerated(onlooker, Some(config)).await?;
    let signed = published(onlooker, &batch.id).await;
    let batch = checks.step("what comes meanwhile is signed unattended and published", signed)?;
    checks.note("with the key of this keychain", Ok(signed_by(&batch).iter().all(|versions| *versions == ["v1"])));
    // Starting it once more brings the window back: it is the same console.
    let again = scene.start_again(&scene.station, &[] as &[&str]).await?;
    checks.note("a second start ends at once", Ok(again));
    checks.step("and shows the window again", desktop::window_shown(true).await)?;
    window.read_until("unattended-result", "1 batch signed", LIMIT).await?;
    window.shoot("unattended-signed").await?;
    window.click("unattended-switch").await?;
    window.read_until("unattended-state", "off", LIMIT).await.map(drop)
}

/// Waits until every batch with keys in it waits for signatures, and returns how many do: by the time of day, keys that
/// were valid when they came in are released in a window of their own, or in that of another upload. Windows without
/// keys wait for their turn behind them.
async fn awaiting(onlooker: &Member, config: &ExportConfig) -> Result<usize> {
    eventually(LIMIT, async || {
        let open = batches(onlooker, Some(config), BatchState::Open).await?;
        let looked_at = open.iter().all(|batch| batch.counts.is_some());
        let made = batches(onlooker, Some(config), BatchState::Leased).await?.is_empty();
        let waiting = batches(onlooker, Some(config), BatchState::AwaitingSignature).await?.len();
        let all = waiting > 0 && looked_at && made;
        Ok(if all { Ok(waiting) } else { Err(format!("{waiting} batches wait, and not all are made")) })
    })
    .await
}

/// Waits until nothing of the config waits any more, and returns the path of a file that was published.
async fn published_all(onlooker: &Member, config: &ExportConfig) -> Result<String> {
    eventually(LIMIT, async || {
        let waiting = batches(onlooker, Some(config), BatchState::AwaitingSignature).await?;
        let complete = batches(onlooker, Some(config), BatchState::Complete).await?;
        let file = complete.into_iter().flat_map(|batch| batch.files).find(|file| file.published_at.is_some());
        Ok(match file {
            Some(file) if waiting.is_empty() => Ok(file.path),
            _ => Err(format!("{} batches wait", waiting.len())),
        })
    })
    .await
}
