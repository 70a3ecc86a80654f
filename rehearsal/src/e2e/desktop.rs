//! What a person does beside the page: with the window as such, and in the system's file dialog. `xdotool` presses
//! the keys, a window manager obeys them.

use crate::eventually::eventually;
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;
use std::time::Duration;
use tokio::process::{Child, Command};

const LIMIT: Duration = Duration::from_secs(20);
/// How often a path is typed that loses letters on the way.
const TRIES: u32 = 5;
/// The class that the console's windows have.
const CLASS: &str = "tekport-console";

/// Starts a window manager: without one nothing minimises a window or gives a dialog the keyboard. It ends when it is
/// dropped.
///
/// # Errors
/// When it can't be started.
pub(super) fn window_manager() -> Result<Child> {
    let child = Command::new("openbox").kill_on_drop(true).spawn();
    child.context("openbox could not be started")
}

/// Closes the console's window as a person does.
///
/// # Errors
/// When there is none.
pub(super) async fn close_window() -> Result<()> {
    let windows = shown().await?;
    let window = windows.first().context("the console shows no window")?;
    xdotool(&["windowactivate", "--sync", window, "key", "--clearmodifiers", "alt+F4"]).await.map(drop)
}

/// Waits until the console shows a window, or none.
///
/// # Errors
/// When that doesn't come about.
pub(super) async fn window_shown(wanted: bool) -> Result<()> {
    eventually(LIMIT, async || {
        let windows = shown().await?;
        Ok(if windows.is_empty() == wanted { Err(format!("{} windows are shown", windows.len())) } else { Ok(()) })
    })
    .await
}

/// Chooses a file in the dialog that comes up.
///
/// # Errors
/// When no dialog comes up, or it stays.
pub(super) async fn choose_file(file: &Path) -> Result<()> {
    // A path that isn't absolute would be looked for in the folder that the dialog shows.
    let path = file.canonicalize().with_context(|| format!("{} is not there", file.display()))?;
    let path = path.to_str().context("the path is no text")?;
    let dialog = eventually(LIMIT, async || {
        Ok(shown().await?.into_iter().nth(1).ok_or_else(|| "no file dialog is shown".to_owned()))
    });
    let dialog = dialog.await?;
    // A slash opens the dialog's field for a path; what is typed before it is there is lost.
    xdotool(&["windowactivate", "--sync", &dialog, "key", "slash"]).await?;
    for _ in 0..TRIES {
        xdotool(&["key", "--delay", "200", "ctrl+a", "type", "--delay", "20", path]).await?;
        xdotool(&["key", "--delay", "200", "Return"]).await?;
        let windows = eventually(LIMIT, async || {
            let windows = shown().await?.len();
            Ok(if windows == 2 { Err("the file dialog is shown".to_owned()) } else { Ok(windows) })
        });
        if windows.await? == 1 {
            return Ok(());
        }
        // A third window says that there is no such file.
        xdotool(&["key", "--delay", "200", "Escape"]).await?;
    }
    bail!("the file dialog takes no path")
}

/// The console's windows that can be seen.
async fn shown() -> Result<Vec<String>> {
    let found = Command::new("xdotool").args(["search", "--onlyvisible", "--class", CLASS]).output().await;
    let found = found.context("xdotool could not be started")?;
    Ok(String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect())
}

async fn xdotool(arguments: &[&str]) -> Result<String> {
    let done = Command::new("xdotool").args(arguments).output().await.context("xdotool could not be started")?;
    ensure!(done.status.success(), "xdotool {arguments:?} says: {}", String::from_utf8_lossy(&done.stderr));
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
