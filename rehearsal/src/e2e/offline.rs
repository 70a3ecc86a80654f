//! The daemon goes away under the window, and comes back: what the console says meanwhile, and that it finds back.

use super::window::Window;
use crate::checks::Checks;
use crate::daemon::{Daemon, Home};
use crate::eventually::eventually;
use crate::job::REGION;
use anyhow::{Context, Result, ensure};
use std::time::Duration;

/// The console asks every ten seconds while all is well, and every five while it isn't.
const LIMIT: Duration = Duration::from_secs(40);

/// Stops the daemon that `slot` holds, looks at the pages, and starts it again.
///
/// # Errors
/// When the console doesn't notice, shows nothing of what it knew, or doesn't find back.
pub(super) async fn tell(window: &Window, home: &Home, slot: &mut Option<Daemon>, checks: &mut Checks) -> Result<()> {
    slot.take().context("no daemon runs")?.stop().await?;
    checks.step("without the daemon the pages show what was last known", not_live(window).await)?;
    *slot = Some(home.start().await?);
    checks.step("once it is back the console finds it by itself", live_again(window).await)
}

async fn not_live(window: &Window) -> Result<()> {
    window.see_within("not-live", LIMIT).await?;
    window.read_until("overview-config", REGION, LIMIT).await?;
    window.shoot("6-not-live").await?;
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
