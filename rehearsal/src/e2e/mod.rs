//! The end-to-end test: the real console over WebDriver and the real daemon, from an enrolment code to a file
//! that foreign tools verify. It brings its own display, session bus, keyring and home.

mod desktop;
mod downloads;
mod keyring;
mod keys;
mod offline;
mod records;
mod session;
mod story;
mod window;

use crate::checks::Checks;
use anyhow::{Context, Result};
use clap::Args;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

#[derive(Args, Clone)]
pub(crate) struct E2eArguments {
    /// The daemon's binary
    #[arg(long)]
    tekportd: PathBuf,
    /// The console's binary, built with the pages in it
    #[arg(long)]
    console: PathBuf,
    /// tauri-driver's binary
    #[arg(long)]
    tauri_driver: PathBuf,
    /// Where state, logs and pictures go; made anew
    #[arg(long)]
    folder: PathBuf,
}

/// Runs the test in a session of its own and returns whether it passed.
///
/// # Errors
/// When the session can't be had.
pub(crate) fn run(arguments: &E2eArguments) -> Result<bool> {
    if arguments.folder.exists() {
        fs::remove_dir_all(&arguments.folder).context("the last run's folder can't be removed")?;
    }
    // Sockets of the session lie in the home, and their paths may hold 107 bytes at most.
    let home = tempfile::tempdir()?;
    fs::create_dir_all(&arguments.folder)?;
    let again: [&OsStr; 9] = [
        "e2e-session".as_ref(),
        "--tekportd".as_ref(),
        arguments.tekportd.as_ref(),
        "--console".as_ref(),
        arguments.console.as_ref(),
        "--tauri-driver".as_ref(),
        arguments.tauri_driver.as_ref(),
        "--folder".as_ref(),
        arguments.folder.as_ref(),
    ];
    Ok(session::run_inside(home.path(), &again)?.success())
}

/// The part that runs inside the session.
///
/// # Errors
/// When something failed that the rest needs; it was counted and said already.
pub(crate) async fn run_in_session(arguments: &E2eArguments) -> Result<bool> {
    let mut checks = Checks::default();
    let outcome = story::tell(arguments, &mut checks).await;
    if let Err(error) = outcome {
        checks.note("the story went to its end", Err(error));
    }
    Ok(checks.close())
}
