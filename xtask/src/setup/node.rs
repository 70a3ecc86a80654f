//! The packages of the console's pages.

use crate::{command, workspace};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The oldest Node.js the pages build with.
const OLDEST: u32 = 20;

/// Installs exactly what `ui/package-lock.json` names, unless that was done already.
///
/// # Errors
/// When Node.js is missing or too old, or npm fails.
pub(super) fn packages() -> Result<()> {
    let version = command::answer("node", &["--version"]);
    let major = version.as_deref().and_then(major);
    if major.is_none_or(|major| major < OLDEST) || !command::exists(if cfg!(windows) { "npm.cmd" } else { "npm" }) {
        bail!(
            "Node.js {OLDEST} or newer with npm is needed, and {} was found. Install it from https://nodejs.org/ \
             and try again.",
            version.as_deref().unwrap_or("none")
        );
    }
    install(&workspace::ui())
}

fn install(ui: &Path) -> Result<()> {
    let lockfile = fs::read(ui.join("package-lock.json")).context("ui/package-lock.json can't be read")?;
    let stamp = ui.join("node_modules/.tekport-lockfile");
    if fs::read(&stamp).is_ok_and(|done| done == lockfile) {
        return Ok(());
    }
    println!("Installing the packages of the console's pages (npm ci)");
    command::run(command::npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lockfile).context("ui/node_modules can't be written")
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_tells_its_major_version() {
        assert_eq!(major("v20.19.2"), Some(20));
        assert_eq!(major("20"), None);
    }

    #[test]
    fn nothing_is_installed_twice() {
        let ui = tempfile::tempdir().unwrap();
        fs::create_dir(ui.path().join("node_modules")).unwrap();
        fs::write(ui.path().join("package-lock.json"), "same").unwrap();
        fs::write(ui.path().join("node_modules/.tekport-lockfile"), "same").unwrap();
        // npm would fail in a folder without package.json.
        install(ui.path()).unwrap();
    }
}
