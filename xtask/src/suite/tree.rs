//! Whether a run changed files that are under version control: a generated file that wasn't up to date.

use crate::{command, workspace};
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::sync::OnceLock;

static BEFORE: OnceLock<Option<String>> = OnceLock::new();

/// Remembers how the tree stands, for [`unchanged`].
pub(super) fn remember() {
    BEFORE.get_or_init(state);
}

/// Returns whether the tree stands as it was remembered, changes that were there before included.
///
/// # Errors
/// When git can't be asked.
pub(super) fn unchanged() -> Result<bool> {
    let now = state().context("git can't be asked; run this in a clone")?;
    let Some(Some(before)) = BEFORE.get() else {
        bail!("git could not be asked before the run");
    };
    if *before == now {
        return Ok(true);
    }
    println!("Files changed during the run: one that is generated was not up to date. Look at them and commit:");
    command::run(Command::new("git").args(["status", "--short"]).current_dir(workspace::root()))?;
    Ok(false)
}

fn state() -> Option<String> {
    let root = workspace::root();
    let root = root.to_str()?;
    let files = command::answer("git", &["-C", root, "status", "--porcelain"])?;
    let changes = command::answer("git", &["-C", root, "diff", "HEAD"])?;
    Some(format!("{files}\n{changes}"))
}
