//! `cargo xtask demo`: sets up, builds, and hands over to the rehearsal.

use crate::{command, setup, workspace};
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct DemoArguments {
    /// Stop once the export verifies, instead of keeping the daemon running until Ctrl-C
    #[arg(long)]
    once: bool,
    /// Don't open the console, even where a display exists
    #[arg(long)]
    no_console: bool,
    /// The state folder to make; it must not exist yet [default: a new one in target/demo]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

/// Runs the main job on the embedded default.
///
/// # Errors
/// When something is missing that could not be installed, a build fails, or the job does.
pub(crate) fn run(arguments: &DemoArguments) -> Result<()> {
    let no_console = setup::for_demo()?;
    println!("Building tekportd (some minutes the first time)");
    command::run(command::cargo().args(["build", "--package", "tekportd", "--package", "rehearsal"]))?;
    let no_console = if arguments.no_console { Some("--no-console was given") } else { no_console };
    if no_console.is_none() {
        println!("Building the console");
        command::run(command::npm().args(["run", "build"]))?;
        command::run(command::cargo().args([
            "build",
            "--package",
            "tekport-console",
            "--features",
            "tauri/custom-protocol",
        ]))?;
    }
    let mut rehearsal = std::process::Command::new(workspace::binary("rehearsal"));
    rehearsal.arg("demo").arg("--tekportd").arg(workspace::binary("tekportd"));
    rehearsal.arg("--folder").arg(workspace::target().join("demo"));
    match no_console {
        Some(reason) => rehearsal.args(["--no-console", reason]),
        None => rehearsal.arg("--console").arg(workspace::binary("tekport-console")),
    };
    if arguments.once {
        rehearsal.arg("--once");
    }
    if let Some(state) = &arguments.state {
        rehearsal.arg("--state").arg(std::path::absolute(state)?);
    }
    become_it(rehearsal)
}

/// Goes on as that program, so that Ctrl-C reaches it alone and it can stop the daemon in order.
#[cfg(unix)]
fn become_it(mut program: std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    bail!("{} could not be started: {}", command::as_typed(&program), program.exec())
}

#[cfg(not(unix))]
fn become_it(mut program: std::process::Command) -> Result<()> {
    command::run(&mut program)
}
