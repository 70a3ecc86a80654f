//! Rust's own tools: clippy, rustfmt, and tauri-driver for the end-to-end test.

use crate::{command, workspace};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Where tauri-driver is, or will be: on the PATH where it is already, otherwise in the target folder.
pub(crate) fn tauri_driver() -> PathBuf {
    if command::exists("tauri-driver") { "tauri-driver".into() } else { tools().join("bin/tauri-driver") }
}

/// Makes sure that clippy and rustfmt are there.
///
/// # Errors
/// When one is missing and rustup can't add it; the message holds the command that will.
pub(super) fn components() -> Result<()> {
    for (component, probe) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if command::answer("cargo", &[probe, "--version"]).is_some() {
            continue;
        }
        let added = command::answer("rustup", &["component", "add", component]).is_some();
        if !added {
            bail!("{component} is missing. Run this, then try again:\n\n    rustup component add {component}\n");
        }
    }
    Ok(())
}

/// Builds tauri-driver into the target folder where it isn't on the PATH.
///
/// # Errors
/// When it can't be fetched or built.
pub(super) fn install_tauri_driver() -> Result<()> {
    if command::exists("tauri-driver") || tauri_driver().is_file() {
        return Ok(());
    }
    println!("Installing tauri-driver into {}", tools().display());
    command::run(
        command::cargo().args(["install", "tauri-driver", "--version", "^2", "--locked", "--root"]).arg(tools()),
    )
}

fn tools() -> PathBuf {
    workspace::target().join("tools")
}
