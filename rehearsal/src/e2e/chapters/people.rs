//! People: let in, given other roles and another code, shut out; and what somebody sees who may only look.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::{self, Member};
use anyhow::{Context, Result, bail, ensure};
use tekport_api::page::PageQuery;
use tekport_api::people::{Person, Role};

const NAME: &str = "Newcomer";
const READER: &str = "Reader";
/// What changes something, on every page that somebody may open who may only look.
const CHANGING: [(&str, &[&str]); 9] = [
    ("nav-overview", &[]),
    ("nav-export-configs", &["config-new", "config-import", "config-run", "config-pause", "config-resume"]),
    ("nav-batches", &[]),
    ("nav-signing-keys", &["key-generate", "key-import", "key-restore"]),
    ("nav-signing-desk", &["unattended-switch", "desk-sign"]),
    ("nav-people", &["person-invite", "person-new-code"]),
    ("nav-audit", &[]),
    ("nav-storage", &["storage-test"]),
    ("nav-settings", &[]),
];

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    scene.stock(&onlooker).await?;
    let window = scene.open_and_join().await?;
    let first = checks.step("somebody is invited, with a code to paste and to scan", invite(&window).await)?;
    checks.step("their roles are edited", edit(&window, &onlooker).await)?;
    let second = checks.step("they get another code", another_code(&window, &first).await)?;
    checks.note("the code before no longer lets anybody in", Ok(job::join(&first).await.is_err()));
    let newcomer = checks.step("the new one does", job::join(&second).await)?;
    checks.step("they are shut out", shut_out(&window, &onlooker).await)?;
    checks.note("and their next request is refused", Ok(newcomer.client.me().await.is_err()));
    let code = scene.home.enroll(READER, &["viewer"]).await?;
    let window = checks.step("somebody joins by a link", join_by_link(scene, &code).await)?;
    checks.step("who may only look is offered nothing that changes", only_looks(&window).await)?;
    let reader = person(&onlooker, READER).await?;
    onlooker.client.revoke_person(&reader.id).await?;
    checks.step("shut out, they are told so with the next look", told_to_be_out(&window).await)
}

async fn person(onlooker: &Member, name: &str) -> Result<Person> {
    let people = onlooker.client.list_people(&PageQuery::default()).await?.items;
    people.into_iter().find(|person| person.name == name).with_context(|| format!("the daemon knows no {name}"))
}

async fn invite(window: &Window) -> Result<String> {
    window.click("nav-people").await?;
    window.click("person-invite").await?;
    window.fill("person-name", NAME).await?;
    window.click("person-invite-confirm").await?;
    let code = window.read_until("invitation-code", "tekport", LIMIT).await?;
    window.see("invitation-qr").await?;
    window.shoot("invitation").await?;
    window.click("invitation-done").await?;
    window.row("person-row", NAME).await?;
    Ok(code.trim().to_owned())
}

async fn edit(window: &Window, onlooker: &Member) -> Result<()> {
    let before = person(onlooker, NAME).await?;
    ensure!(!before.roles.contains(&Role::Operator), "they are an operator already");
    window.click_in_row("person-row", NAME, "a").await?;
    window.click("person-edit").await?;
    window.tick("role-operator", true).await?;
    window.shoot("roles").await?;
    window.click("person-save").await?;
    eventually(LIMIT, async || {
        let roles = person(onlooker, NAME).await?.roles;
        Ok(if roles.contains(&Role::Operator) { Ok(()) } else { Err(format!("their roles are {roles:?}")) })
    })
    .await
}

async fn another_code(window: &Window, first: &str) -> Result<String> {
    window.click("person-new-code").await?;
    window.click("person-new-code-confirm").await?;
    let code = window.read_until("invitation-code", "tekport", LIMIT).await?.trim().to_owned();
    window.click("invitation-done").await?;
    ensure!(code != first, "it is the same code");
    Ok(code)
}

async fn shut_out(window: &Window, onlooker: &Member) -> Result<()> {
    window.click("person-revoke").await?;
    window.fill("confirm-word", NAME).await?;
    window.shoot("shut-out").await?;
    window.click("confirm").await?;
    eventually(LIMIT, async || {
        let out = person(onlooker, NAME).await?.revoked_at.is_some();
        Ok(if out { Ok(()) } else { Err("they are still in".to_owned()) })
    })
    .await
}

/// At a workstation of their own: the console runs, and a link from a mail starts it a second time.
async fn join_by_link(scene: &mut Scene, code: &str) -> Result<Window> {
    let station = scene.another_station().await?;
    let window = scene.open_at(&station, &[]).await?;
    window.see("enrol-code").await?;
    ensure!(scene.start_again(&station, &[format!("tekport://enrol#{code}")]).await?, "the second start ended badly");
    eventually(LIMIT, async || {
        let field = window.see("enrol-code").await?.prop("value").await?.unwrap_or_default();
        Ok(if field == code { Ok(()) } else { Err(format!("the field holds {field:?}")) })
    })
    .await?;
    window.shoot("link").await?;
    window.click("enrol-check").await?;
    window.click("enrol-join").await?;
    window.read_until("who-am-i", READER, LIMIT).await?;
    Ok(window)
}

async fn only_looks(window: &Window) -> Result<()> {
    for (page, changing) in CHANGING {
        window.click(page).await?;
        window.settled().await?;
        for button in changing {
            if !window.all(button).await?.is_empty() {
                bail!("{page} offers {button}; the page shows:\n{}", window.text().await);
            }
        }
    }
    window.click("nav-export-configs").await?;
    window.click_in_row("config-row", job::REGION, "a").await?;
    window.settled().await?;
    window.shoot("viewer-config").await?;
    nothing_of(window, &["config-review", "config-end", "config-clone", "config-save"]).await?;
    window.click("nav-signing-keys").await?;
    window.click_inside("key-row", "a").await?;
    window.settled().await?;
    nothing_of(
        window,
        &["key-plan", "key-end-set", "key-revoke", "key-compromised", "key-unprovision", "rotation-start"],
    )
    .await?;
    window.shoot("viewer-key").await?;
    window.click("nav-batches").await?;
    window.click_inside("batch-row", "a").await?;
    window.settled().await?;
    nothing_of(window, &["batch-retry", "batch-regenerate"]).await
}

async fn nothing_of(window: &Window, buttons: &[&str]) -> Result<()> {
    for button in buttons {
        ensure!(window.all(button).await?.is_empty(), "{button} is offered; the page shows:\n{}", window.text().await);
    }
    Ok(())
}

async fn told_to_be_out(window: &Window) -> Result<()> {
    window.click("nav-audit").await?;
    eventually(LIMIT, async || {
        let refused = window.all("state-refused").await?.len() + window.all("state-offline").await?.len();
        Ok(if refused > 0 { Ok(()) } else { Err(format!("the page shows:\n{}", window.text().await)) })
    })
    .await?;
    window.shoot("shut-out-reader").await
}
