//! By keyboard alone: the palette, the shortcuts and their sheet; and how the window was left, after a restart.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::desktop;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::REGION;
use anyhow::{Result, ensure};

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let config = scene.stock(&onlooker).await?.config;
    let window = scene.open_and_join().await?;
    window.read_until("overview-config", REGION, LIMIT).await?;
    checks.step("Ctrl+K and some letters lead to a page", palette(&window, "audit", "#/audit").await)?;
    let to_config = palette(&window, REGION, &format!("#/export-configs/{}", config.id)).await;
    checks.step("and to a thing", to_config)?;
    checks.step("two letters lead to a page", by_letters(&window).await)?;
    checks.step("the sheet of shortcuts comes and goes by key", help(&window).await)?;
    let size = (1_100, 760);
    desktop::resize(size.0, size.1).await?;
    desktop::sized(size).await?;
    desktop::close_window().await?;
    checks.step("closing the window ends the console", desktop::window_shown(false).await)?;
    scene.left().await?;
    let window = scene.open().await?;
    window.see_within("who-am-i", LIMIT).await?;
    checks.step("started again, the window is as it was left", desktop::sized(size).await)?;
    window.shoot("restarted").await
}

async fn palette(window: &Window, letters: &str, wanted: &str) -> Result<()> {
    desktop::press("ctrl+k").await?;
    window.see("palette-input").await?;
    desktop::type_text(letters).await?;
    // What is offered is read while the palette is there.
    eventually(LIMIT, async || {
        let script = "return document.querySelector('[role=option][aria-selected=true]')?.textContent ?? ''";
        let chosen = window.run(script).await?.as_str().unwrap_or_default().to_lowercase();
        let wanted = letters.to_lowercase();
        Ok(if chosen.contains(&wanted) { Ok(()) } else { Err(format!("the palette offers {chosen:?}")) })
    })
    .await?;
    window.shoot("palette").await?;
    desktop::press("Return").await?;
    window.miss("palette").await?;
    at(window, wanted).await
}

async fn by_letters(window: &Window) -> Result<()> {
    for (letter, page) in [("b", "#/batches"), ("k", "#/signing-keys"), ("o", "#/")] {
        desktop::press_in_turn(&["g", letter]).await?;
        at(window, page).await?;
    }
    Ok(())
}

async fn help(window: &Window) -> Result<()> {
    desktop::press("question").await?;
    window.see("help-sheet").await?;
    window.shoot("shortcuts").await?;
    desktop::press("Escape").await?;
    window.miss("help-sheet").await
}

async fn at(window: &Window, wanted: &str) -> Result<()> {
    eventually(LIMIT, async || {
        let address = window.run("return location.hash || '#/'").await?;
        Ok(if address == wanted { Ok(()) } else { Err(format!("the page is {address}, not {wanted}")) })
    })
    .await?;
    ensure!(!window.text().await.is_empty(), "the page is empty");
    Ok(())
}
