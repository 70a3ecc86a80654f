//! A rotation, from the successor to the day that is set for the old key's end, by two officers at two workstations:
//! the second goes on where the first left.

use super::LIMIT;
use crate::checks::Checks;
use crate::e2e::onlooker::{newest_key, published, regenerated, signed_by, until};
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::{KEY_VERSION, Member};
use anyhow::{Context, Result, ensure};
use tekport_api::UtcTime;
use tekport_api::signing_key::{KeyEventKind, KeyState, ShareState, SigningKey};

const SECOND_OFFICER: &str = "Second officer";
const NOTE: &str = "by the reference that was given on the phone";
const DAY: i64 = 86_400;

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    scene.stock(&onlooker).await?;
    let old = newest_key(&onlooker).await?;
    let window = scene.open_and_join().await?;
    checks.step("another period is planned for the key", plan(&window, &onlooker, &old).await)?;
    begin(&window).await?;
    let successor = newest_key(&onlooker).await?;
    checks.note("the next version was suggested", Ok(successor.key_version == "v2"));
    checks.note("the successor waits, and signs nothing yet", Ok(successor.introduced_at.is_none()));

    let elsewhere = scene.another_station().await?;
    let code = scene.home.enroll(SECOND_OFFICER, &["security-officer"]).await?;
    let window = scene.open_at(&elsewhere, &[]).await?;
    window.join(&code).await?;
    open_key(&window, KEY_VERSION).await?;
    window.click("rotation-start").await?;
    checks.step("a second officer finds the rotation where it was left", attach(&window).await)?;
    let introduced = introduced(&onlooker, &old).await;
    let successor = checks.step("and the successor signs beside the old key", introduced)?;
    send(&window, &onlooker, &successor, checks).await?;
    let end = onlooker.client.key_end(&old.id).await?;
    checks.note("the old key may end once the files it signed alone are gone", Ok(end.earliest.is_some()));
    let earliest = end.earliest.context("it may not end at all")?;
    set_and_move_the_end(&window, &onlooker, &old, earliest, checks).await?;
    let batch = published(&onlooker, &regenerated(&onlooker, None).await?.id).await?;
    let both = signed_by(&batch).iter().all(|versions| *versions == ["v2", "v1"]);
    checks.note("a file made now carries both signatures, the new one first", Ok(both));
    Ok(())
}

async fn open_key(window: &Window, version: &str) -> Result<()> {
    window.click("nav-signing-keys").await?;
    window.click_in_row("key-row", version, "a").await
}

async fn plan(window: &Window, onlooker: &Member, key: &SigningKey) -> Result<()> {
    open_key(window, KEY_VERSION).await?;
    window.click("key-plan").await?;
    window.fill("key-plan-days", "180").await?;
    window.click("key-plan-save").await?;
    let planned = until(onlooker, &key.id, |key| key.rotation_days == 180).await?;
    let introduced = planned.introduced_at.context("it signs, and was never introduced")?.unix_seconds();
    let due = planned.rotation_due_at.context("it signs, and no rotation is due")?.unix_seconds();
    ensure!(due == introduced + 180 * DAY, "the rotation is due at {due}, introduced at {introduced}");
    Ok(())
}

/// The first officer makes the successor and leaves the rotation there.
async fn begin(window: &Window) -> Result<()> {
    window.click("rotation-start").await?;
    window.click("key-generate").await?;
    window.click("key-generate-confirm").await?;
    window.see_within("rotation-attach", LIMIT).await?;
    window.shoot("left-here").await
}

async fn attach(window: &Window) -> Result<()> {
    window.see_within("rotation-attach", LIMIT).await?;
    window.click("rotation-attach").await?;
    window.shoot("difference").await?;
    window.click("rotation-attach-confirm").await?;
    window.see_within("share-google-sent", LIMIT).await.map(drop)
}

/// Records what Google and Apple were sent and said; of the first, when and with a note.
async fn send(window: &Window, onlooker: &Member, successor: &SigningKey, checks: &mut Checks) -> Result<()> {
    let at = crate::now();
    for recipient in ["google", "apple"] {
        for state in [ShareState::Sent, ShareState::Confirmed] {
            let (word, first) = match state {
                ShareState::Confirmed => ("confirmed", false),
                _ => ("sent", recipient == "google"),
            };
            window.click(&format!("share-{recipient}-{word}")).await?;
            if first {
                window.fill("share-at", &at.to_string()).await?;
                window.fill("share-note", NOTE).await?;
            }
            window.click("share-save").await?;
            let recorded = until(onlooker, &successor.id, |key| {
                let share = if recipient == "google" { &key.google } else { &key.apple };
                share.state == state
            });
            let recorded = checks.step(&format!("{recipient} has it {word}"), recorded.await)?;
            if first {
                let share = recorded.google;
                let kept = share.at == Some(at) && share.note == NOTE && share.by.as_deref() == Some(SECOND_OFFICER);
                checks.note("with the time, the note and the name of who recorded it", Ok(kept));
                window.read_until("share-google", NOTE, LIMIT).await?;
            }
        }
    }
    window.shoot("confirmed").await
}

async fn set_and_move_the_end(
    window: &Window,
    onlooker: &Member,
    old: &SigningKey,
    earliest: UtcTime,
    checks: &mut Checks,
) -> Result<()> {
    window.click("key-end-set").await?;
    window.click("key-end-save").await?;
    let ending = until(onlooker, &old.id, |key| key.state == KeyState::Retiring).await;
    let set = checks.step("the old key's end is set", ending)?.ends_at;
    window.click("key-end-move").await?;
    let too_early = UtcTime::saturating(earliest.unix_seconds() - DAY);
    window.fill("key-end-at", &super::as_typed(too_early)).await?;
    let off = !window.see("key-end-save").await?.is_enabled().await?;
    checks.note("an end before the first possible one isn't taken", Ok(off));
    let later = UtcTime::saturating((earliest.unix_seconds() / DAY + 9) * DAY);
    window.fill("key-end-at", &super::as_typed(later)).await?;
    window.click("key-end-save").await?;
    let moved = until(onlooker, &old.id, |key| key.ends_at == Some(later) && key.ends_at != set).await;
    checks.step("it is moved", moved)?;
    window.shoot("ending").await?;
    window.click("key-end-take-back").await?;
    let taken_back = until(onlooker, &old.id, |key| key.ends_at.is_none()).await;
    checks.step("and taken back", taken_back)?;
    let events = onlooker.client.key_history(&old.id).await?;
    let ends: Vec<_> = events
        .iter()
        .map(|event| event.kind)
        .filter(|kind| matches!(kind, KeyEventKind::EndSet | KeyEventKind::EndTakenBack))
        .collect();
    let told = ends == [KeyEventKind::EndSet, KeyEventKind::EndSet, KeyEventKind::EndTakenBack];
    checks.note("the key's history tells of all three", Ok(told));
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
