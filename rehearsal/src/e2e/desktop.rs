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
    let window = main_window().await?;
    xdotool(&["windowactivate", "--sync", &window, "key", "--clearmodifiers", "alt+F4"]).await.map(drop)
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

/// Presses keys together, as xdotool names them: `ctrl+k`.
///
/// # Errors
/// When the console shows no window.
pub(super) async fn press(keys: &str) -> Result<()> {
    press_in_turn(&[keys]).await
}

/// Presses keys one after another.
///
/// # Errors
/// When the console shows no window.
pub(super) async fn press_in_turn(keys: &[&str]) -> Result<()> {
    let window = main_window().await?;
    let mut arguments = vec!["windowactivate", "--sync", &window, "key", "--clearmodifiers", "--delay", "50"];
    arguments.extend(keys);
    xdotool(&arguments).await.map(drop)
}

/// Types a text into what has the focus.
///
/// # Errors
/// When it can't be typed.
pub(super) async fn type_text(text: &str) -> Result<()> {
    xdotool(&["type", "--delay", "50", text]).await.map(drop)
}

/// Gives the window another size, as a person does who pulls at its corner.
///
/// # Errors
/// When there is none.
pub(super) async fn resize(width: u32, height: u32) -> Result<()> {
    let window = main_window().await?;
    xdotool(&["windowsize", "--sync", &window, &width.to_string(), &height.to_string()]).await.map(drop)
}

/// Waits until the window has a size.
///
/// # Errors
/// When it keeps another.
pub(super) async fn sized((width, height): (u32, u32)) -> Result<()> {
    eventually(LIMIT, async || {
        let geometry = xdotool(&["getwindowgeometry", "--shell", &main_window().await?]).await?;
        let has = |name: &str, value: u32| geometry.lines().any(|line| line == format!("{name}={value}"));
        Ok(if has("WIDTH", width) && has("HEIGHT", height) { Ok(()) } else { Err(geometry.replace('\n', " ")) })
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
    let main = main_window().await?;
    let dialog = active_but(&main).await.context("no file dialog came up")?;
    // A slash opens the dialog's field for a path; what is typed before it is there is lost.
    xdotool(&["key", "slash"]).await?;
    for _ in 0..TRIES {
        xdotool(&["key", "--delay", "200", "ctrl+a", "type", "--delay", "20", path]).await?;
        xdotool(&["key", "--delay", "200", "Return"]).await?;
        if active_but(&dialog).await.context("the file dialog stays")? == main {
            return Ok(());
        }
        // Another window has come up: it says that there is no such file.
        xdotool(&["key", "--delay", "200", "Escape"]).await?;
    }
    bail!("the file dialog takes no path")
}

/// Waits until a window has the keyboard that isn't this one.
async fn active_but(this: &str) -> Result<String> {
    eventually(LIMIT, async || {
        let active = Command::new("xdotool").arg("getactivewindow").output().await?;
        // While one window gives way to the next, none has it.
        let active = String::from_utf8_lossy(&active.stdout).trim().to_owned();
        Ok(if active.is_empty() || active == this {
            Err(format!("window {this} has the keyboard"))
        } else {
            Ok(active)
        })
    })
    .await
}

/// The window with the pages.
async fn main_window() -> Result<String> {
    let found = xdotool(&["search", "--onlyvisible", "--name", "^Tekport$"]).await?;
    found.lines().next().map(str::to_owned).context("the console shows no window")
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
