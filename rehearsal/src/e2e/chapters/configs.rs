//! An export config's whole life in the window: edited, in the way of somebody else, cloned, paused, ended, and carried
//! from file to daemon. What was saved is read through the API.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::onlooker::until_config;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::e2e::{desktop, downloads};
use crate::eventually::eventually;
use crate::job::{Member, PREFIX, REGION};
use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::Value;
use std::fs;
use tekport_api::audit::AuditFilter;
use tekport_api::export_config::{ConfigState, ExportConfig, Travelers};
use tekport_api::page::PageQuery;

const CLONE_REGION: &str = "MAG-CLONE";
const CLONE_PREFIX: &str = "mag-clone";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let id = scene.stock(&onlooker).await?.config.id;
    let window = scene.open_and_join().await?;
    checks.step("an edit shows its difference, and is saved", edit(&window, &onlooker, &id).await)?;
    checks.step("what somebody else saved first is kept beside it", conflict(&window, &onlooker, &id).await)?;
    let clone = checks.step("it is cloned, for another region and path", clone(&window, &onlooker, &id).await)?;
    checks.step("the list is sorted and filtered", narrow(&window).await)?;
    checks.step("one is run now", run_now(&window, &onlooker, &id).await)?;
    checks.step("one is paused and resumed", pause_and_resume(&window, &onlooker, &clone).await)?;
    checks.step("a file of them is changed and imported", through_a_file(&window, scene, &onlooker, &id).await)?;
    checks.step("one is ended", end(&window, &onlooker, &clone).await)
}

async fn open(window: &Window, region: &str) -> Result<()> {
    window.click("nav-export-configs").await?;
    open_row(window, region).await
}

async fn open_row(window: &Window, region: &str) -> Result<()> {
    window.click_in_row("config-row", region, "a").await
}

async fn edit(window: &Window, onlooker: &Member, id: &str) -> Result<()> {
    open(window, REGION).await?;
    window.fill("config-max-records", "500000").await?;
    window.click("config-review").await?;
    let change = window.read_until("config-change", "500", LIMIT).await?;
    ensure!(change.contains("750"), "the difference doesn't give what was: {change}");
    window.count("config-change", 1).await?;
    window.shoot("difference").await?;
    window.click("config-save").await?;
    until_config(onlooker, id, |config| config.fields.max_records_per_file == 500_000).await.map(drop)
}

/// Somebody else changes another field while the form is open: both changes are there in the end.
async fn conflict(window: &Window, onlooker: &Member, id: &str) -> Result<()> {
    open(window, REGION).await?;
    window.fill("config-max-records", "600000").await?;
    let mut theirs = onlooker.client.get_export_config(id).await?;
    theirs.fields.travelers = Travelers::OnlyNonTravelers;
    onlooker.client.update_export_config(id, theirs.revision, &theirs.fields).await?;
    window.click("config-review").await?;
    window.click("config-save").await?;
    window.count("config-conflict", 2).await?;
    window.shoot("conflict").await?;
    window.click("config-carry-over").await?;
    window.read_until("config-change", "600", LIMIT).await?;
    window.click("config-save").await?;
    let saved = until_config(onlooker, id, |config| config.fields.max_records_per_file == 600_000).await?;
    ensure!(saved.fields.travelers == Travelers::OnlyNonTravelers, "the other change is lost: {saved:?}");
    Ok(())
}

async fn clone(window: &Window, onlooker: &Member, id: &str) -> Result<ExportConfig> {
    open(window, REGION).await?;
    window.click("config-clone").await?;
    window.see("config-clone-note").await?;
    window.fill("config-output-region", CLONE_REGION).await?;
    window.click("config-next").await?;
    window.see("config-next-day").await?;
    window.click("config-next").await?;
    window.fill("config-prefix", CLONE_PREFIX).await?;
    window.click("config-next").await?;
    window.see("config-key").await?;
    window.click("config-next").await?;
    window.see_within("config-save", LIMIT).await?;
    window.shoot("clone").await?;
    window.click("config-save").await?;
    window.row("config-row", CLONE_REGION).await?;
    let configs = onlooker.client.list_export_configs(&PageQuery::default()).await?.items;
    let clone = configs.into_iter().find(|config| config.fields.output_region == CLONE_REGION);
    let clone = clone.context("the daemon has no clone")?;
    let origin = onlooker.client.get_export_config(id).await?.fields;
    let like = clone.fields.max_records_per_file == origin.max_records_per_file
        && clone.fields.signing_key_ids == origin.signing_key_ids
        && clone.fields.input_regions == origin.input_regions
        && clone.fields.travelers == origin.travelers;
    ensure!(like && clone.fields.path_prefix == CLONE_PREFIX, "the clone is {clone:?}");
    Ok(clone)
}

async fn narrow(window: &Window) -> Result<()> {
    regions(window, &[REGION, CLONE_REGION]).await?;
    window.click("config-sort-region").await?;
    regions(window, &[CLONE_REGION, REGION]).await?;
    window.fill("config-search", CLONE_PREFIX).await?;
    regions(window, &[CLONE_REGION]).await?;
    window.fill("config-search", "nowhere").await?;
    window.see("state-empty").await?;
    window.shoot("none-found").await?;
    window.click("nav-export-configs").await?;
    regions(window, &[REGION, CLONE_REGION]).await
}

/// Waits until the list shows these regions, in this order.
async fn regions(window: &Window, wanted: &[&str]) -> Result<()> {
    eventually(LIMIT, async || {
        let mut shown = Vec::new();
        for row in window.all("config-row").await? {
            // A row that is drawn anew while it is read is read with the next look.
            if let Ok(name) = row.find(Locator::Css("a")).await {
                shown.push(name.text().await.unwrap_or_default());
            }
        }
        Ok(if shown == wanted { Ok(()) } else { Err(format!("the list shows {shown:?}, not {wanted:?}")) })
    })
    .await
}

async fn run_now(window: &Window, onlooker: &Member, id: &str) -> Result<()> {
    window.click("nav-export-configs").await?;
    // Of the two, the first by region is the one that was there first.
    window.click("config-run").await?;
    let filter = AuditFilter {
        action: Some("export-config.run".to_owned()),
        resource_id: Some(id.to_owned()),
        resource_kind: Some("export-config".to_owned()),
        ..AuditFilter::default()
    };
    eventually(LIMIT, async || {
        let entries = onlooker.client.list_audit(&filter, &PageQuery::default()).await?.items;
        Ok(if entries.is_empty() { Err("nobody has run it".to_owned()) } else { Ok(()) })
    })
    .await
}

async fn pause_and_resume(window: &Window, onlooker: &Member, config: &ExportConfig) -> Result<()> {
    window.click("nav-export-configs").await?;
    window.click_in_row("config-row", CLONE_REGION, "[data-testid=\"config-pause\"]").await?;
    window.click("confirm").await?;
    until_config(onlooker, &config.id, |config| config.state == ConfigState::Paused).await?;
    window.see_within("config-resume", LIMIT).await?;
    window.shoot("paused").await?;
    window.click("config-resume").await?;
    until_config(onlooker, &config.id, |config| config.state != ConfigState::Paused).await.map(drop)
}

/// Saves all configs, changes one in the file as a reviewer does, and imports it.
async fn through_a_file(window: &Window, scene: &Scene, onlooker: &Member, id: &str) -> Result<()> {
    window.click("nav-export-configs").await?;
    window.click("config-save-file").await?;
    let saved = downloads::ending_with(&scene.station, ".json").await?;
    let mut file: Value = serde_json::from_str(&fs::read_to_string(&saved)?).context("the file is no JSON")?;
    let records = find_mut(&mut file, &|fields| {
        fields.get("output_region").and_then(Value::as_str) == Some(REGION)
            && fields.get("max_records_per_file").is_some()
    });
    let records = records.context("the file doesn't have the config")?;
    if let Some(fields) = records.as_object_mut() {
        fields.insert("max_records_per_file".to_owned(), 700_000.into());
    }
    let reviewed = scene.folder.join("reviewed.json");
    fs::write(&reviewed, serde_json::to_string_pretty(&file)?)?;
    window.click("config-import").await?;
    window.click("import-choose").await?;
    desktop::choose_file(&reviewed).await?;
    window.see_within("import-summary", LIMIT).await?;
    window.count("import-unchanged", 1).await?;
    window.read_until("import-field", "700", LIMIT).await?;
    window.shoot("import").await?;
    window.click("import-apply").await?;
    window.see_within("import-done", LIMIT).await?;
    let config = until_config(onlooker, id, |config| config.fields.max_records_per_file == 700_000).await?;
    ensure!(config.fields.path_prefix == PREFIX, "another config was changed: {config:?}");
    Ok(())
}

/// The first object in the file, however deep, for which something holds.
fn find_mut<'a>(value: &'a mut Value, holds: &impl Fn(&Value) -> bool) -> Option<&'a mut Value> {
    if holds(value) {
        return Some(value);
    }
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| find_mut(item, holds)),
        Value::Object(fields) => fields.values_mut().find_map(|field| find_mut(field, holds)),
        _ => None,
    }
}

async fn end(window: &Window, onlooker: &Member, config: &ExportConfig) -> Result<()> {
    open(window, CLONE_REGION).await?;
    window.click("config-end").await?;
    window.select("config-end-when", "now").await?;
    window.fill("confirm-word", CLONE_REGION).await?;
    window.shoot("end").await?;
    window.click("confirm").await?;
    let ended = until_config(onlooker, &config.id, |config| config.fields.valid_through.is_some()).await?;
    let through = ended.fields.valid_through.context("it has no end")?;
    ensure!(through <= onlooker.client.status().await?.now, "it goes on until {through}");
    window.row("config-row", CLONE_REGION).await.map(drop)
}
