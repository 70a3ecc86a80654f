//! The daemon's own keys are replaced under the console: the one that encrypts its store, and the one that signing keys
//! are sealed to. Then a file is signed with a key that was encrypted anew, and a new key is handed over.

use super::{LIMIT, generate_key};
use crate::checks::Checks;
use crate::e2e::onlooker::{newest_key, published, regenerated, signed_by, until};
use crate::e2e::scene::Scene;
use crate::e2e::window::Window;
use crate::eventually::eventually;
use crate::job::KEY_VERSION;
use anyhow::{Context, Result, ensure};

/// What the daemon is called, which is typed before its new sealing key is accepted.
const DAEMON: &str = "Rehearsal";
const SECOND: &str = "312";
const THIRD: &str = "313";

/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(scene: &mut Scene, checks: &mut Checks) -> Result<()> {
    let onlooker = scene.onlooker().await?;
    let stock = scene.stock(&onlooker).await?;
    let window = scene.open_and_join().await?;
    // With its first hand-over the console keeps the sealing key that it was given.
    generate_key(&window, SECOND, "v1").await?;

    scene.stop_daemon().await?;
    let root = scene.home.rotate("root-key").await?;
    checks.note(
        "the root key is replaced, and both signing keys are encrypted anew",
        Ok(root.contains("and 2 signing keys")),
    );
    let sealing = checks.step("the sealing key is replaced", scene.home.rotate("sealing-key").await)?;
    scene.start_daemon().await?;
    checks.step("the console shows the sealing key that the CA vouches for", accept(&window, &sealing).await)?;

    let batch = regenerated(&onlooker, Some(&stock.config)).await?;
    let batch =
        checks.step("a file is made with the key that was encrypted anew", published(&onlooker, &batch.id).await)?;
    checks.note("and signed by it", Ok(signed_by(&batch).iter().all(|versions| *versions == [KEY_VERSION])));

    generate_key(&window, THIRD, "v1").await?;
    let key = newest_key(&onlooker).await?;
    let handed_over = until(&onlooker, &key.id, |key| key.provisioned_at.is_some()).await;
    checks.step("a new key is handed over, sealed to the new one", handed_over).map(drop)
}

/// Accepts the key whose fingerprint `tekportd` printed.
async fn accept(window: &Window, said: &str) -> Result<()> {
    window.click("nav-overview").await?;
    window.click("nav-signing-keys").await?;
    let shown = window.see_within("sealing-key-changed", LIMIT).await?.text().await?;
    let fingerprint = said.split_whitespace().find(|word| word.len() == 64).context("no fingerprint was printed")?;
    let beginning: String = fingerprint.chars().take(8).collect();
    let digits: String = shown.chars().filter(char::is_ascii_alphanumeric).collect();
    ensure!(digits.to_lowercase().contains(&beginning), "the window shows another key than {fingerprint}: {shown}");
    window.shoot("sealing-key").await?;
    window.click("sealing-key-accept").await?;
    window.fill("confirm-word", DAEMON).await?;
    window.click("confirm").await?;
    eventually(LIMIT, async || {
        let left = window.all("sealing-key-changed").await?.len();
        Ok(if left == 0 { Ok(()) } else { Err("the new sealing key is still not accepted".to_owned()) })
    })
    .await
}
