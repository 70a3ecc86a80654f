//! Several daemons in one console: a second one of another environment is joined beside the first, can't be mistaken
//! for it, and is left again.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use anyhow::{Context, Result, ensure};

const FIRST: &str = "Rehearsal";
const SECOND: &str = "Health Authority of Mag";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let (_home, daemon, code) = scene.another_daemon(SECOND, "production").await?;
    let window = scene.open_and_join().await?;
    let in_test = colour(&window, FIRST, "test").await?;
    window.shoot("test").await?;
    // The code comes as a link, while the first daemon's pages are open.
    scene.start_again(&scene.station, &[format!("tekport://enrol#{code}")]).await?;
    window.click("enrol-check").await?;
    window.click("enrol-join").await?;
    let in_production = colour(&window, SECOND, "production").await;
    let in_production = checks.step("a second daemon is joined, and shown by its name", in_production)?;
    window.shoot("production").await?;
    checks.note("in a colour of its own", Ok(in_test != in_production));
    window.click("daemon-other").await?;
    let back = colour(&window, FIRST, "test").await;
    checks.note("a press leads back to the first", back.map(|colour| colour == in_test));
    window.click("daemon-other").await?;
    colour(&window, SECOND, "production").await?;
    checks.step("a production daemon isn't left by habit, and the first is still there", leave(&window).await)?;
    daemon.stop().await
}

/// Waits until the window is that daemon's; returns the colour on its top.
async fn colour(window: &Window, name: &str, environment: &str) -> Result<String> {
    window.read_until("daemon-card", name, LIMIT).await?;
    window.read_until("daemon-card", environment, LIMIT).await?;
    let script = "return getComputedStyle(document.querySelector('.frame[data-environment]')).borderTopColor";
    let colour = window.run(script).await?;
    colour.as_str().map(str::to_owned).context("the window's frame has no colour")
}

async fn leave(window: &Window) -> Result<()> {
    window.click("nav-settings").await?;
    window.click("leave").await?;
    window.fill("confirm-word", SECOND).await?;
    ensure!(!window.see("confirm").await?.is_enabled().await?, "its name is enough");
    window.fill("confirm-environment", "production").await?;
    window.shoot("leave").await?;
    window.click("confirm").await?;
    // None is shown then, and the page to join another names the one that is left.
    window.see_within("enrol-code", LIMIT).await?;
    window.shoot("left").await?;
    window.click("enrol-go").await?;
    colour(window, FIRST, "test").await.map(drop)
}
