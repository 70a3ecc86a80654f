//! The console's own settings, the tests that a person starts by hand, and what helps when help is needed.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::Member;
use anyhow::{Context, Result, ensure};
use std::fs;
use tekport_api::page::PageQuery;

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let window = scene.open_and_join().await?;
    checks.step("a storage target is tested", test_storage(&window, &onlooker, true).await)?;
    let exports = scene.home.state.join("exports");
    fs::rename(&exports, exports.with_extension("away"))?;
    fs::write(&exports, "in the way")?;
    let refused = test_storage(&window, &onlooker, false).await;
    fs::remove_file(&exports)?;
    fs::rename(exports.with_extension("away"), &exports)?;
    checks.step("and found wanting where it can't be written", refused)?;
    checks.step("the way to the daemon is tested", test_connection(&window).await)?;
    checks.step("the diagnostics are copied as they are shown, without secrets", copy(&window, scene).await)?;
    checks.step("the pages are dark, and larger", look(&window).await)?;
    checks.step("they speak German", german(&window).await)?;
    let window = scene.open().await?;
    let kept = kept(&window).await;
    checks.step("and do so still when the console was started again", kept)?;
    window.select("language", "en").await?;
    heading(&window, "Settings").await?;
    window.select("theme", "system").await?;
    window.select("zoom", "100").await
}

async fn test_storage(window: &Window, onlooker: &Member, wanted: bool) -> Result<()> {
    window.click("nav-storage").await?;
    window.click("storage-test").await?;
    eventually(LIMIT, async || {
        let targets = onlooker.client.list_storage_targets(&PageQuery::default()).await?.items;
        let passed = targets.into_iter().find_map(|target| target.last_test).map(|test| test.passed);
        Ok(if passed == Some(wanted) { Ok(()) } else { Err(format!("the last test passed: {passed:?}")) })
    })
    .await?;
    window.settled().await?;
    window.shoot(if wanted { "storage-passed" } else { "storage-failed" }).await
}

async fn test_connection(window: &Window) -> Result<()> {
    window.click("nav-settings").await?;
    window.click("connection-test").await?;
    eventually(LIMIT, async || {
        let mut outcomes = Vec::new();
        for step in window.all("step").await? {
            outcomes.push(step.attr("data-outcome").await?.unwrap_or_default());
        }
        let passed = outcomes.len() >= 4 && outcomes.iter().all(|outcome| outcome == "passed");
        Ok(if passed { Ok(()) } else { Err(format!("the steps are {outcomes:?}")) })
    })
    .await?;
    window.shoot("connection").await
}

/// Copies the diagnostics and pastes them where keys are pasted: the same text comes out.
async fn copy(window: &Window, scene: &Scene) -> Result<()> {
    window.click("diagnostics-open").await?;
    let shown = window.read_until("diagnostics-text", "Tekport", LIMIT).await?;
    window.shoot("diagnostics").await?;
    window.click("diagnostics-copy").await?;
    window.see_within("toast", LIMIT).await?;
    let copied = paste(window).await?;
    let lines = |text: &str| {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    ensure!(lines(&copied) == lines(&shown), "what was copied is\n{copied}\nand what is shown\n{shown}");
    let secret = scene.code.trim();
    for kept in [secret, "PRIVATE KEY", "BEGIN CERTIFICATE"] {
        ensure!(!copied.contains(kept), "the diagnostics hold {kept:?}");
    }
    Ok(())
}

/// What the clipboard holds, pasted by key into the field for a public key.
async fn paste(window: &Window) -> Result<String> {
    window.run("const field = document.createElement('textarea'); field.id = 'pasted'; document.body.append(field); field.focus()").await?;
    crate::e2e::desktop::press("ctrl+v").await?;
    let pasted = eventually(LIMIT, async || {
        let value = window.run("return document.getElementById('pasted').value").await?;
        let value = value.as_str().unwrap_or_default().to_owned();
        Ok(if value.is_empty() { Err("nothing is pasted".to_owned()) } else { Ok(value) })
    })
    .await?;
    window.run("document.getElementById('pasted').remove()").await?;
    Ok(pasted)
}

async fn look(window: &Window) -> Result<()> {
    window.click("nav-settings").await?;
    window.see("theme").await?;
    let before = background(window).await?;
    window.select("theme", "dark").await?;
    eventually(LIMIT, async || {
        let now = background(window).await?;
        Ok(if now == before { Err(format!("the page's ground is {now}, as it was")) } else { Ok(()) })
    })
    .await?;
    let wide = width(window).await?;
    window.select("zoom", "150").await?;
    eventually(LIMIT, async || {
        let narrow = width(window).await?;
        Ok(if narrow < wide * 3 / 4 { Ok(()) } else { Err(format!("{narrow} of {wide} pixels are in the window")) })
    })
    .await?;
    window.shoot("dark-and-large").await
}

async fn background(window: &Window) -> Result<String> {
    let ground = window.run("return getComputedStyle(document.body).backgroundColor").await?;
    Ok(ground.as_str().context("the page has no ground")?.to_owned())
}

/// How many of the pages' own pixels the window shows side by side.
async fn width(window: &Window) -> Result<i64> {
    window.run("return window.innerWidth").await?.as_i64().context("the window has no width")
}

async fn german(window: &Window) -> Result<()> {
    window.select("language", "de").await?;
    heading(window, "Einstellungen").await?;
    window.read_until("nav-overview", "Übersicht", LIMIT).await?;
    window.shoot("german").await
}

async fn kept(window: &Window) -> Result<()> {
    window.read_until("nav-overview", "Übersicht", LIMIT).await?;
    // WebDriver points at where things are in pages that aren't enlarged.
    window.run("location.hash = '#/settings'").await?;
    heading(window, "Einstellungen").await?;
    let zoom = window.see("zoom").await?.prop("value").await?;
    let theme = window.see("theme").await?.prop("value").await?;
    ensure!((zoom.as_deref(), theme.as_deref()) == (Some("150"), Some("dark")), "zoom {zoom:?}, theme {theme:?}");
    Ok(())
}

async fn heading(window: &Window, wanted: &str) -> Result<()> {
    eventually(LIMIT, async || {
        let heading = window.run("return document.querySelector('h1')?.textContent ?? ''").await?;
        let said = heading.as_str().unwrap_or_default().trim().to_owned();
        Ok(if said == wanted { Ok(()) } else { Err(format!("the page's heading is {said:?}")) })
    })
    .await
}
