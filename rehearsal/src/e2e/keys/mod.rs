//! The security officer's work in the real window: a rotation, the ways of a private half, and signing with a key
//! that never leaves the keychain. What comes of it is looked at through the API and with foreign tools.

mod desk;
mod files;
mod onlooker;
mod rotation;

use super::window::Window;
use crate::checks::Checks;
use crate::daemon::Home;
use crate::job;
use anyhow::Result;
use std::path::Path;
use std::time::Duration;

/// How long a page, the daemon and the keychain may take for one step.
const LIMIT: Duration = Duration::from_secs(60);

/// Rotates the key that signs, takes its successor's private half through all the places where it can be, and has
/// batches signed in the console: by hand, then unattended behind a closed window.
///
/// # Errors
/// When a step failed that the next ones need.
pub(super) async fn tell(window: &Window, console: &Path, home: &Home, checks: &mut Checks) -> Result<()> {
    let code = home.enroll("Onlooker", &["viewer", "operator", "admin"]).await?;
    let onlooker = job::join(&code).await?;
    rotation::rotate(window, &onlooker, checks).await?;
    files::tell(window, home, &onlooker, checks).await?;
    let config = desk::sign_by_hand(window, home, &onlooker, checks).await?;
    desk::sign_unattended(window, console, &onlooker, &config, checks).await
}
