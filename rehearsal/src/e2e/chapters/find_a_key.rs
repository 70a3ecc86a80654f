//! Where is this key? Asked by the key in both ways in which keys are written down, by time and region, and of a daemon
//! that doesn't allow it.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::scene::{Scene, Stock};
use crate::e2e::window::Window;
use crate::job::REGION;
use crate::teks::Tek;
use anyhow::{Context, Result, ensure};

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let Stock { lots, batches, .. } = scene.stock(&onlooker).await?;
    let through = batches.last().context("there is no batch")?.window_end.unix_seconds();
    let lot = lots.first().context("nothing was imported")?;
    let published = lot.teks.iter().find(|tek| tek.release_at(lot.received_at) < through);
    let published = published.context("no key is published")?;
    let window = scene.open_and_join().await?;
    checks.step("a key that was published is found, as hex and as base64", by_key(&window, published).await)?;
    checks.step("one that never came isn't", nowhere(&window).await)?;
    let received = by_receipt(&window, &super::as_typed(lot.received_at)).await;
    checks.step("keys of a time and a region are found", received)?;
    scene.stop_daemon().await?;
    scene.home.allow_key_lookup(false)?;
    scene.start_daemon().await?;
    checks.step("where the daemon doesn't allow it, the page says how", turned_off(&window).await)
}

async fn ask_anew(window: &Window) -> Result<()> {
    window.click("nav-overview").await?;
    window.click("nav-find-a-key").await
}

async fn by_key(window: &Window, tek: &Tek) -> Result<()> {
    for key in [hex::encode(&tek.key), tek.base64()] {
        ask_anew(window).await?;
        window.fill("find-key", &key).await?;
        window.click("find-ask").await?;
        let found = window.see_within("find-config", LIMIT).await?.attr("data-outcome").await?;
        ensure!(found.as_deref() == Some("published"), "the key's outcome is {found:?}");
        window.see("find-batch").await?;
    }
    window.shoot("by-key").await
}

async fn nowhere(window: &Window) -> Result<()> {
    ask_anew(window).await?;
    window.fill("find-key", &"0".repeat(32)).await?;
    window.click("find-ask").await?;
    window.see_within("find-none", LIMIT).await.map(drop)
}

async fn by_receipt(window: &Window, time: &str) -> Result<()> {
    ask_anew(window).await?;
    window.tick("find-kind-receipt", true).await?;
    window.fill("find-time", time).await?;
    window.fill("find-region", REGION).await?;
    window.click("find-ask").await?;
    window.see_within("find-state", LIMIT).await?;
    window.read_until("find-config", REGION, LIMIT).await?;
    window.shoot("by-receipt").await
}

async fn turned_off(window: &Window) -> Result<()> {
    window.miss("not-live").await?;
    ask_anew(window).await?;
    window.see_within("find-off", LIMIT).await?;
    ensure!(window.all("find-ask").await?.is_empty(), "it can be asked all the same");
    window.shoot("off").await
}
