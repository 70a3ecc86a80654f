//! The audit log in the window: narrowed, read entry by entry, saved as files, and checked; also after somebody changed
//! an entry in the database.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::scene::{Scene, Stock};
use crate::e2e::window::Window;
use crate::e2e::{database, downloads};
use crate::eventually::eventually;
use crate::job::Member;
use crate::teks::Tek;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use tekport_api::audit::{AuditEntry, AuditFilter};
use tekport_api::page::{MAX_PAGE, PageQuery};
use tekport_api::tek_lookup::TekLookupRequest;

const LOOKUP: &str = "tek.lookup";
const CHANGE: &str = "export-config.update";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let Stock { lots, config, .. } = scene.stock(&onlooker).await?;
    let mut fields = config.fields.clone();
    fields.max_records_per_file = 400_000;
    onlooker.client.update_export_config(&config.id, config.revision, &fields).await?;
    let asked = lots.first().and_then(|lot| lot.teks.first()).context("nothing was imported")?;
    let question = TekLookupRequest { key: Some(asked.base64()), received_at: None, region: None };
    onlooker.client.look_up_tek(&question).await?;

    let window = scene.open_and_join().await?;
    checks.step("the audit log holds together", verify(&window).await)?;
    checks.step("an entry shows what was and what is", before_and_after(&window).await)?;
    let saved = save(&window, scene, &onlooker, asked).await;
    checks.step("it is saved as a table and as JSON, without the key that was looked for", saved)?;
    let entry = newest(&onlooker, CHANGE).await?;
    scene.stop_daemon().await?;
    database::tamper_with_audit(&scene.home.state, entry.sequence.into(), "Somebody else").await?;
    scene.start_daemon().await?;
    let found = broken(&window, entry.sequence).await;
    checks.step("an entry that was changed in the database is named", found)
}

async fn newest(onlooker: &Member, action: &str) -> Result<AuditEntry> {
    let filter = AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
    let entries = onlooker.client.list_audit(&filter, &PageQuery::default()).await?.items;
    entries.into_iter().next().with_context(|| format!("the log has no {action}"))
}

async fn verify(window: &Window) -> Result<()> {
    window.click("nav-audit").await?;
    window.see_within("audit-row", LIMIT).await?;
    window.click("audit-verify").await?;
    window.read_until("audit-verification", "Intact from entry 1", LIMIT).await?;
    window.shoot("intact").await
}

/// Narrows the log to changes of configs, and opens the one there is.
async fn before_and_after(window: &Window) -> Result<()> {
    window.select("audit-filter-action", CHANGE).await?;
    actions(window, &[CHANGE]).await?;
    window.click("audit-toggle").await?;
    let change = window.read_until("audit-change", "400", LIMIT).await?;
    ensure!(change.contains("750"), "the entry doesn't give what was: {change}");
    window.shoot("entry").await?;
    // The entry lies over the page until its dialog is closed.
    window.click_css(".dialog-close").await?;
    window.click("audit-filter-clear").await?;
    window.select("audit-filter-kind", "signing-key").await?;
    eventually(LIMIT, async || {
        let shown = shown(window).await?;
        let only = !shown.is_empty() && shown.iter().all(|action| action.starts_with("signing-key."));
        Ok(if only { Ok(()) } else { Err(format!("the log shows {shown:?}")) })
    })
    .await
}

async fn actions(window: &Window, wanted: &[&str]) -> Result<()> {
    eventually(LIMIT, async || {
        let shown = shown(window).await?;
        Ok(if shown == wanted { Ok(()) } else { Err(format!("the log shows {shown:?}, not {wanted:?}")) })
    })
    .await
}

async fn shown(window: &Window) -> Result<Vec<String>> {
    let mut shown = Vec::new();
    for row in window.all("audit-row").await? {
        shown.extend(row.attr("data-action").await.ok().flatten());
    }
    Ok(shown)
}

async fn save(window: &Window, scene: &Scene, onlooker: &Member, asked: &Tek) -> Result<()> {
    window.click("audit-filter-clear").await?;
    window.click("audit-export-csv").await?;
    window.see_within("audit-export-saved", LIMIT).await?;
    let table = fs::read_to_string(downloads::ending_with(&scene.station, ".csv").await?)?;
    for action in ["signing-key.register", "export-config.create", LOOKUP, "person.invite"] {
        ensure!(table.contains(action), "the table has no {action}:\n{table}");
    }
    window.click("audit-export-json").await?;
    let json = fs::read_to_string(downloads::ending_with(&scene.station, ".json").await?)?;
    for text in [&table, &json] {
        let held = text.contains(&asked.base64()) || text.contains(&hex::encode(&asked.key));
        ensure!(!held, "the file has the key that was looked for");
    }
    let page = PageQuery { cursor: None, limit: Some(MAX_PAGE) };
    let entries = onlooker.client.list_audit(&AuditFilter::default(), &page).await?.items;
    let parsed: Value = serde_json::from_str(&json).context("the file is no JSON")?;
    let hashes = strings_of(&parsed, "hash");
    // Whoever reads the log leaves no trace in it; what the console did since may have.
    let missing = entries.iter().filter(|entry| !hashes.contains(&entry.hash.as_str())).count();
    ensure!(missing <= 1, "{missing} of {} entries are not in the file", entries.len());
    Ok(())
}

/// The values of every field of that name, however deep.
fn strings_of<'a>(value: &'a Value, name: &str) -> Vec<&'a str> {
    match value {
        Value::Array(items) => items.iter().flat_map(|item| strings_of(item, name)).collect(),
        Value::Object(fields) => {
            let own = fields.get(name).and_then(Value::as_str);
            own.into_iter().chain(fields.values().flat_map(|field| strings_of(field, name))).collect()
        }
        _ => Vec::new(),
    }
}

async fn broken(window: &Window, sequence: u32) -> Result<()> {
    // The console finds its daemon again by itself.
    window.miss("not-live").await?;
    window.click("nav-overview").await?;
    window.click("nav-audit").await?;
    window.see_within("audit-row", LIMIT).await?;
    window.click("audit-verify").await?;
    let verdict = window.read_until("audit-verification", &sequence.to_string(), LIMIT).await?;
    let judgement = window.see("audit-verification").await?.attr("data-judgement").await?;
    window.shoot("broken").await?;
    ensure!(judgement.as_deref() == Some("broken"), "the console judges {judgement:?}: {verdict}");
    Ok(())
}
