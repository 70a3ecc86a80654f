//! The end-to-end test: the real console over WebDriver and the real daemon. It is told in chapters, each with a daemon,
//! a keyring and a home of its own, so that each can run alone; what the window did is looked at through the API and
//! with foreign tools.

mod chapters;
mod database;
mod desktop;
mod downloads;
mod keyring;
mod onlooker;
mod scene;
mod secrets;
mod session;
mod window;
mod workstation;

use crate::checks::Checks;
use anyhow::{Context, Result};
use chapters::Chapter;
use clap::{Args, ValueEnum};
use scene::Scene;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Far more than any chapter takes. A WebDriver that never answers would hold up everything that waits for the suite.
const CHAPTER_LIMIT: Duration = Duration::from_secs(300);

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
    /// Only this chapter; can be given more than once
    #[arg(long, value_enum, value_name = "CHAPTER")]
    only: Vec<Chapter>,
}

/// Runs the test on a display of its own and returns whether it passed.
///
/// # Errors
/// When the display can't be had.
pub(crate) fn run(arguments: &E2eArguments) -> Result<bool> {
    if arguments.folder.exists() {
        fs::remove_dir_all(&arguments.folder).context("the last run's folder can't be removed")?;
    }
    fs::create_dir_all(&arguments.folder)?;
    let home = tempfile::tempdir()?;
    let mut again: Vec<OsString> = vec!["e2e-session".into()];
    for (option, value) in [
        ("--tekportd", &arguments.tekportd),
        ("--console", &arguments.console),
        ("--tauri-driver", &arguments.tauri_driver),
        ("--folder", &arguments.folder),
    ] {
        again.extend([option.into(), value.into()]);
    }
    for chapter in &arguments.only {
        again.extend(["--only".into(), chapter.name().into()]);
    }
    Ok(session::run_inside(home.path(), &again)?.success())
}

/// The part that runs on the display.
///
/// # Errors
/// When there is no window manager.
pub(crate) async fn run_in_session(arguments: &E2eArguments) -> Result<bool> {
    let _manager = desktop::window_manager()?;
    let mut checks = Checks::default();
    let wanted = |chapter: &&Chapter| arguments.only.is_empty() || arguments.only.contains(chapter);
    let mut times = Vec::new();
    for chapter in Chapter::value_variants().iter().filter(wanted) {
        println!("\n-- {}", chapter.name());
        let start = Instant::now();
        // The next chapter has a scene of its own, and can be played all the same.
        if let Err(error) = play(*chapter, arguments, &mut checks).await {
            checks.note(&format!("{} went to its end", chapter.name()), Err(error));
        }
        times.push(format!("{} {:.0} s", chapter.name(), start.elapsed().as_secs_f64()));
    }
    println!("\nchapters: {}", times.join(", "));
    Ok(checks.close())
}

async fn play(chapter: Chapter, arguments: &E2eArguments, checks: &mut Checks) -> Result<()> {
    let mut scene = Scene::set(arguments, &chapter.name()).await?;
    let told = tokio::time::timeout(CHAPTER_LIMIT, Box::pin(chapter.tell(&mut scene, checks))).await;
    let told = told.unwrap_or_else(|_| Err(anyhow::anyhow!("it took over {} s", CHAPTER_LIMIT.as_secs())));
    if told.is_err() {
        scene.say_what_went_on().await;
    }
    scene.close(checks).await?;
    told
}
