//! How long the real window takes to be usable, and from page to page. The limits are wide: they catch what has gone
//! wrong, not what has become a little slower.

use crate::checks::Checks;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use anyhow::{Context, Result};
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(10);
const SWITCH_LIMIT: Duration = Duration::from_secs(2);
const PAGES: [&str; 9] =
    ["export-configs", "batches", "viewer", "signing-keys", "signing-desk", "people", "audit", "storage", "settings"];

/// # Errors
/// When the window can't be used at all.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    scene.stock(&onlooker).await?;
    scene.open_and_join().await?;
    scene.leave().await?;
    let start = Instant::now();
    let window = scene.open().await?;
    window.see("who-am-i").await?;
    window.see("overview-config").await?;
    let took = start.elapsed();
    let what = format!("start to usable, with WebDriver's own share: {} ms, at most {START_LIMIT:?}", took.as_millis());
    checks.note(&what, Ok(took <= START_LIMIT));
    let mut slowest = Duration::ZERO;
    let mut times = Vec::new();
    for page in PAGES.into_iter().chain(PAGES) {
        let took = switch(&window, page).await?;
        times.push(format!("{page} {}", took.as_millis()));
        slowest = slowest.max(took);
    }
    println!("          {} (ms)", times.join(", "));
    let what =
        format!("from page to page: {} ms where it takes longest, at most {SWITCH_LIMIT:?}", slowest.as_millis());
    checks.note(&what, Ok(slowest <= SWITCH_LIMIT));
    Ok(())
}

/// Goes to a page, and returns the time until its heading is there and nothing is being read, measured in the page.
async fn switch(window: &Window, page: &str) -> Result<Duration> {
    let script = format!(
        "const heading = () => document.querySelector('h1')?.textContent; \
         const before = heading(); \
         const start = performance.now(); \
         document.querySelector('[data-testid=\"nav-{page}\"]').click(); \
         while (heading() === before || document.querySelector('[data-testid=\"state-loading\"]')) {{ \
             if (performance.now() - start > 20_000) throw new Error('the page doesn’t come'); \
             await new Promise(requestAnimationFrame); \
         }} \
         return performance.now() - start"
    );
    let took = window.run(&script).await?.as_f64().context("the page measured nothing")?;
    Ok(Duration::from_secs_f64(took / 1_000.0))
}
