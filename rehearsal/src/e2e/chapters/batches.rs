//! Batches: one that failed for want of its storage and is tried again, and one that is made anew for phones.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::onlooker::{batches, published};
use crate::e2e::scene::{Scene, Stock};
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::{self, Member, REGION};
use anyhow::{Context, Result, ensure};
use std::fs;
use tekport_api::batch::{Batch, BatchState};
use tekport_api::export_config::ExportConfig;

const REGION_WITHOUT_STORAGE: &str = "MAG-LATE";
const PREFIX_WITHOUT_STORAGE: &str = "mag-late";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let stock = scene.stock(&onlooker).await?;
    let window = scene.open_and_join().await?;
    let regenerated = regenerate(&window, scene, &onlooker, &stock).await;
    checks.step("a batch is made anew; its line goes and a new one comes last", regenerated)?;
    // Where a folder should come to lie there is a file: root's writing is refused by nothing less.
    let obstacle = scene.home.state.join("exports").join(PREFIX_WITHOUT_STORAGE);
    fs::write(&obstacle, "in the way")?;
    let (region, prefix) = (REGION_WITHOUT_STORAGE, PREFIX_WITHOUT_STORAGE);
    let config = job::create_config(&onlooker, region, prefix, &stock.key.id, crate::now()).await?;
    let failed = failed(&onlooker, &config).await;
    let failed = checks.step("a batch fails where its files can't be put", failed)?;
    checks.step("the overview says so, and leads there", notice(&window, &failed).await)?;
    checks.step("the list narrowed to failed ones shows it", narrow(&window, &failed).await)?;
    fs::remove_file(&obstacle)?;
    checks.step("once that is mended, a retry publishes it", retry(&window, &onlooker, &failed).await)
}

async fn regenerate(window: &Window, scene: &Scene, onlooker: &Member, stock: &Stock) -> Result<()> {
    let before = scene.index().await?;
    let batch = stock.batches.iter().find(|batch| !batch.files.is_empty()).context("no batch has a file")?;
    let old: Vec<String> = batch.files.iter().map(|file| file.path.clone()).collect();
    open(window, batch).await?;
    window.see_within("file-row", LIMIT).await?;
    window.shoot("published").await?;
    window.click("batch-regenerate").await?;
    window.see("regenerate-phones").await?;
    window.fill("confirm-word", REGION).await?;
    window.shoot("regenerate").await?;
    window.click("confirm").await?;
    let all = eventually(LIMIT, async || {
        let complete = batches(onlooker, Some(&stock.config), BatchState::Complete).await?;
        let anew = complete.into_iter().find(|one| one.generation == 1 && one.window_start == batch.window_start);
        Ok(anew.ok_or_else(|| "there is no new generation".to_owned()))
    });
    let anew = all.await?;
    window.read_until("batch-state", "published", LIMIT).await?;
    let new: Vec<String> = anew.files.iter().map(|file| file.path.clone()).collect();
    let expected: Vec<String> = before.into_iter().filter(|line| !old.contains(line)).chain(new).collect();
    eventually(LIMIT, async || {
        let index = scene.index().await?;
        Ok(if index == expected { Ok(()) } else { Err(format!("the index is {index:?}, not {expected:?}")) })
    })
    .await
}

/// Opens a batch from the list, which is narrowed to its config.
async fn open(window: &Window, batch: &Batch) -> Result<()> {
    window.click("nav-batches").await?;
    window.select("batch-filter-config", &batch.config_id).await?;
    window.see_within("timeline", LIMIT).await?;
    window.shoot("list").await?;
    let link = format!("[data-testid=\"batch-row\"][data-batch=\"{}\"] a", batch.id);
    window.click_css(&link).await
}

async fn failed(onlooker: &Member, config: &ExportConfig) -> Result<Batch> {
    eventually(LIMIT, async || {
        let failed = batches(onlooker, Some(config), BatchState::Failed).await?;
        let why: Vec<_> = failed.iter().map(|batch| batch.error.clone()).collect();
        Ok(failed.into_iter().next().filter(|batch| batch.error.is_some()).ok_or_else(|| format!("{why:?} failed")))
    })
    .await
}

async fn notice(window: &Window, failed: &Batch) -> Result<()> {
    window.click("nav-overview").await?;
    let row = window.read_until("attention-row", REGION_WITHOUT_STORAGE, LIMIT).await?;
    window.shoot("attention").await?;
    window.click_in_row("attention-row", REGION_WITHOUT_STORAGE, "[data-testid=\"attention-open\"]").await?;
    let error = window.see_within("batch-error", LIMIT).await.with_context(|| format!("{row:?} leads elsewhere"))?;
    ensure!(!error.text().await?.is_empty(), "the page doesn't say why");
    let address = window.run("return location.hash").await?;
    ensure!(address.as_str().is_some_and(|hash| hash.contains(&failed.id)), "{row:?} leads to {address}");
    Ok(())
}

async fn narrow(window: &Window, failed: &Batch) -> Result<()> {
    window.click("nav-batches").await?;
    window.select("batch-filter-config", "all").await?;
    window.select("batch-filter-state", "failed").await?;
    window.read_until("batch-state", "failed", LIMIT).await?;
    eventually(LIMIT, async || {
        let mut regions = Vec::new();
        for row in window.all("batch-row").await? {
            regions.push(row.text().await.unwrap_or_default());
        }
        let only = !regions.is_empty() && regions.iter().all(|region| region.contains(REGION_WITHOUT_STORAGE));
        Ok(if only { Ok(()) } else { Err(format!("the list shows {regions:?}")) })
    })
    .await?;
    window.shoot("failed-ones").await?;
    window.click_css(&format!("[data-testid=\"batch-row\"][data-batch=\"{}\"] a", failed.id)).await
}

async fn retry(window: &Window, onlooker: &Member, failed: &Batch) -> Result<()> {
    window.see_within("batch-error", LIMIT).await?;
    window.shoot("failed-batch").await?;
    window.click("batch-retry").await?;
    window.click("confirm").await?;
    let batch = published(onlooker, &failed.id).await?;
    ensure!(batch.error.is_none() && batch.attempts > failed.attempts, "the batch is {batch:?}");
    window.read_until("batch-state", "published", LIMIT).await?;
    let outcomes = window.all("attempt").await?.len();
    ensure!(outcomes >= 2, "the page tells of {outcomes} attempts");
    window.shoot("retried").await
}
