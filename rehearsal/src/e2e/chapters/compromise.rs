//! The way out when somebody else may be able to sign: the key is revoked, a successor takes over, and the files that
//! phones are offered are made anew with it.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::onlooker::{newest_key, until};
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::{KEY_ID, KEY_VERSION, Member, PREFIX};
use anyhow::{Result, ensure};
use std::fs;
use tekport_api::signing_key::{KeyState, SigningKey};

const REASON: &str = "A workstation was stolen";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let stock = scene.stock(&onlooker).await?;
    let old = newest_key(&onlooker).await?;
    let before = scene.index().await?;
    let window = scene.open_and_join().await?;
    window.click("nav-signing-keys").await?;
    window.click_in_row("key-row", KEY_VERSION, "a").await?;
    window.click("key-compromised").await?;
    window.see_within("revocation-impact", LIMIT).await?;
    window.shoot("begin").await?;
    checks.step("the key is revoked, with the reason", revoke(&window, &onlooker, &old).await)?;
    checks.step("a successor is made and attached", succeed(&window, &onlooker, &old).await)?;
    let successor = newest_key(&onlooker).await?;
    checks.step("the offered files are made anew", regenerate(&window, scene, &before).await)?;
    let public_pem = scene.folder.join("successor.pem");
    fs::write(&public_pem, &successor.public_key_pem)?;
    let index = format!("{}/{PREFIX}/index.txt", scene.home.download_url());
    checks.note("every file of the index now verifies with the successor alone", {
        let verdict = scene.home.verify(&index, &public_pem).await;
        verdict.and_then(|(passed, text)| if passed { Ok(true) } else { Err(anyhow::anyhow!(text)) })
    });
    let (by_the_old, _) = scene.home.verify(&index, &stock.key.public_pem).await?;
    checks.note("and none with the revoked key", Ok(!by_the_old));
    standing(&window, "compromise-regenerate", "done").await?;
    window.shoot("end").await
}

async fn revoke(window: &Window, onlooker: &Member, key: &SigningKey) -> Result<()> {
    window.click("key-revoke").await?;
    window.fill("key-revoke-reason", REASON).await?;
    window.fill("confirm-word", &format!("{KEY_ID} {KEY_VERSION}")).await?;
    window.shoot("revoke").await?;
    window.click("confirm").await?;
    until(onlooker, &key.id, |key| key.state == KeyState::Revoked).await?;
    let told = onlooker.client.key_history(&key.id).await?.iter().any(|event| event.note.contains(REASON));
    ensure!(told, "the key's history doesn't give the reason");
    standing(window, "compromise-revoke", "done").await
}

async fn succeed(window: &Window, onlooker: &Member, old: &SigningKey) -> Result<()> {
    window.click("key-generate").await?;
    window.click("key-generate-confirm").await?;
    standing(window, "compromise-generate", "done").await?;
    window.click("compromise-attach-open").await?;
    window.click("rotation-attach").await?;
    window.click("rotation-attach-confirm").await?;
    eventually(LIMIT, async || {
        let rotation = onlooker.client.rotation(&old.id).await?;
        let signs = rotation.configs.iter().all(|config| config.attached)
            && rotation.successor.as_ref().is_some_and(|key| key.state.is_live());
        Ok(if signs { Ok(()) } else { Err(format!("the rotation is {rotation:?}")) })
    })
    .await
}

/// Has the files made anew, and waits until the index names other files, as many as before.
async fn regenerate(window: &Window, scene: &Scene, before: &[String]) -> Result<()> {
    window.click("nav-signing-keys").await?;
    window.click_in_row("key-row", KEY_VERSION, "a").await?;
    window.click("key-compromised").await?;
    standing(window, "compromise-attach", "done").await?;
    window.click("key-regenerate").await?;
    window.fill("confirm-word", &format!("{KEY_ID} {KEY_VERSION}")).await?;
    window.shoot("regenerate").await?;
    window.click("confirm").await?;
    eventually(LIMIT, async || {
        let now = scene.index().await?;
        let anew = now.len() == before.len() && now.iter().all(|line| !before.contains(line));
        Ok(if anew { Ok(()) } else { Err(format!("the index was {before:?} and is {now:?}")) })
    })
    .await
}

/// Waits until a step of the checklist stands so.
async fn standing(window: &Window, step: &str, wanted: &str) -> Result<()> {
    eventually(LIMIT, async || {
        let found = window.see(step).await?.attr("data-standing").await?;
        Ok(if found.as_deref() == Some(wanted) { Ok(()) } else { Err(format!("{step} stands {found:?}")) })
    })
    .await
}
