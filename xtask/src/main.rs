//! What the README's commands run: set-up, demo, test.

mod command;
mod demo;
mod setup;
mod suite;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set-up, demo and tests of Tekport", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what the demo and the tests need, and nothing else
    Setup {
        /// Only what the demo needs on this machine
        #[arg(long)]
        demo: bool,
    },
    /// Run the main job: from a signing key to a signed export that verifies
    Demo(demo::DemoArguments),
    /// Run the whole suite: Rust, console pages, foreign tools, end to end
    Test(suite::TestArguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Setup { demo: true } => setup::for_demo().map(|_| true),
        Task::Setup { demo: false } => setup::for_tests().map(|()| true),
        Task::Demo(arguments) => demo::run(&arguments).map(|()| true),
        Task::Test(arguments) => suite::run(&arguments),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}
