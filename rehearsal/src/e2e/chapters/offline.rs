//! The daemon goes away under the window, and comes back: what the console says meanwhile, and that it finds back.

use crate::checks::Checks;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::REGION;
use anyhow::{Result, ensure};
use std::time::Duration;

/// The console asks every ten seconds while all is well, and every five while it isn't.
const LIMIT: Duration = Duration::from_secs(40);

/// # Errors
/// When the console doesn't notice, shows nothing of what it knew, or doesn't find back.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    scene.stock(&onlooker).await?;
    let window = scene.open_and_join().await?;
    // What was never read can't be shown, either.
    window.click("nav-storage").await?;
    window.see_within("storage-test", LIMIT).await?;
    window.click("nav-overview").await?;
    window.read_until("overview-config", REGION, LIMIT).await?;
    scene.stop_daemon().await?;
    checks.step("without the daemon the pages show what was last known", not_live(&window).await)?;
    scene.start_daemon().await?;
    checks.step("once it is back the console finds it by itself", live_again(&window).await)
}

async fn not_live(window: &Window) -> Result<()> {
    window.see_within("not-live", LIMIT).await?;
    window.read_until("overview-config", REGION, LIMIT).await?;
    window.shoot("not-live").await?;
    window.click("nav-storage").await?;
    let off = window.see("storage-test").await?.attr("aria-disabled").await?;
    ensure!(off.as_deref() == Some("true"), "the test of a storage target is offered without the daemon");
    window.click("nav-overview").await
}

async fn live_again(window: &Window) -> Result<()> {
    eventually(LIMIT, async || {
        let marks = window.all("not-live").await?.len() + window.all("state-offline").await?.len();
        Ok(if marks == 0 { Ok(()) } else { Err(format!("{marks} marks say that the page is not live")) })
    })
    .await
}
