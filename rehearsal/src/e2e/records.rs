//! What the console answers about what has happened: where a key is, what is in a file, who was let in, and whether
//! the audit log still tells the truth.

use super::window::Window;
use super::{desktop, downloads};
use crate::checks::Checks;
use crate::job;
use crate::teks::Tek;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

/// Looks for `published`, a key that is in the file `zip`, opens that file in the viewer, invites somebody who joins,
/// and has the audit log checked and saved.
///
/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(window: &Window, zip: &Path, published: &Tek, checks: &mut Checks) -> Result<()> {
    checks.step("it finds a key that was published", find(window, published).await)?;
    checks.step("the viewer opens the file from the disk", view(window, zip).await)?;
    checks.step("somebody it invites can join", invite(window).await)?;
    checks.step("the audit log holds together", verify_audit(window).await)?;
    checks.step("and is saved as a table, without the key that was looked for", save_audit(window, published).await)
}

/// Asks in both ways in which keys are written down.
async fn find(window: &Window, tek: &Tek) -> Result<()> {
    for key in [hex::encode(&tek.key), tek.base64()] {
        window.click("nav-overview").await?;
        window.click("nav-find-a-key").await?;
        window.fill("find-key", &key).await?;
        window.click("find-ask").await?;
        window.see_within("find-batch", LIMIT).await?;
    }
    window.shoot("9-find-a-key").await
}

async fn view(window: &Window, zip: &Path) -> Result<()> {
    window.click("nav-viewer").await?;
    window.click("viewer-choose").await?;
    desktop::choose_file(zip).await?;
    window.read_until("viewer-region", job::REGION, LIMIT).await?;
    window.shoot("9-viewer").await
}

async fn invite(window: &Window) -> Result<()> {
    window.click("nav-people").await?;
    window.click("person-invite").await?;
    window.fill("person-name", "Newcomer").await?;
    window.click("person-invite-confirm").await?;
    let code = window.read_until("invitation-code", "tekport", LIMIT).await?;
    window.see("invitation-qr").await?;
    window.shoot("9-invitation").await?;
    job::join(code.trim()).await?.client.me().await.context("the newcomer isn't let in")?;
    window.click("invitation-done").await?;
    window.read_until("person-row", "Newcomer", LIMIT).await.map(drop)
}

async fn verify_audit(window: &Window) -> Result<()> {
    window.click("nav-audit").await?;
    window.see_within("audit-row", LIMIT).await?;
    window.click("audit-verify").await?;
    window.read_until("audit-verification", "Intact from entry 1", LIMIT).await?;
    window.shoot("9-audit").await
}

async fn save_audit(window: &Window, tek: &Tek) -> Result<()> {
    window.click("audit-export-csv").await?;
    window.see_within("audit-export-saved", LIMIT).await?;
    let table = fs::read_to_string(downloads::ending_with(".csv").await?)?;
    for action in ["signing-key.register", "export-config.create", "tek.lookup", "person.invite"] {
        ensure!(table.contains(action), "the table has no {action}:\n{table}");
    }
    ensure!(!table.contains(&tek.base64()) && !table.contains(&hex::encode(&tek.key)), "the table has the key");
    Ok(())
}
