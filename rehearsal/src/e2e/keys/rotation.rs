//! A rotation, from the successor to the day that is set for the old key's end.

use super::onlooker::{newest_key, published, regenerated, signed_by, until};
use super::{LIMIT, Window};
use crate::checks::Checks;
use crate::eventually::eventually;
use crate::job::Member;
use anyhow::Result;
use tekport_api::signing_key::{KeyState, ShareState, SigningKey};

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn rotate(window: &Window, onlooker: &Member, checks: &mut Checks) -> Result<()> {
    let old = newest_key(onlooker).await?;
    window.click("nav-signing-keys").await?;
    window.click_inside("key-row", "a").await?;
    window.click("rotation-start").await?;
    window.click("key-generate").await?;
    window.click("key-generate-confirm").await?;
    window.click("rotation-attach").await?;
    window.shoot("6-rotation-difference").await?;
    window.click("rotation-attach-confirm").await?;
    let successor =
        checks.step("a successor is made and signs beside the old key", introduced(onlooker, &old).await)?;
    checks.note("the next version was suggested", Ok(successor.key_version == "v2"));
    for (button, recipient) in [("share-google", "google"), ("share-apple", "apple")] {
        for state in ["sent", "confirmed"] {
            window.click(&format!("{button}-{state}")).await?;
            window.click("share-save").await?;
            let wanted = if state == "sent" { ShareState::Sent } else { ShareState::Confirmed };
            let recorded = until(onlooker, &successor.id, |key| {
                let share = if recipient == "google" { &key.google } else { &key.apple };
                share.state >= wanted
            });
            checks.step(&format!("{recipient} has it {state}"), recorded.await)?;
        }
    }
    window.shoot("6-rotation-confirmed").await?;
    let end = onlooker.client.key_end(&old.id).await?;
    checks.note("the old key may end once the files it signed alone are gone", Ok(end.earliest.is_some()));
    window.click("key-end-set").await?;
    window.click("key-end-save").await?;
    let ending = until(onlooker, &old.id, |key| key.state == KeyState::Retiring).await;
    checks.step("its end is set", ending)?;
    window.shoot("6-rotation-ending").await?;
    let batch = published(onlooker, &regenerated(onlooker, None).await?.id).await?;
    let both = signed_by(&batch).iter().all(|versions| *versions == ["v2", "v1"]);
    checks.note("a file made now carries both signatures, the new one first", Ok(both));
    Ok(())
}

/// Waits until the successor of `old` signs wherever `old` does.
async fn introduced(onlooker: &Member, old: &SigningKey) -> Result<SigningKey> {
    eventually(LIMIT, async || {
        let rotation = onlooker.client.rotation(&old.id).await?;
        let everywhere = rotation.configs.iter().all(|config| config.attached);
        Ok(match rotation.successor {
            Some(key) if everywhere && key.state.is_live() => Ok(key),
            other => Err(format!("the successor is {other:?}")),
        })
    })
    .await
}
