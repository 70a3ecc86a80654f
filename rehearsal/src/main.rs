//! Runs all of Tekport against itself: the demo, the proof with foreign tools, the end-to-end test.
//! `cargo xtask` builds what this needs and calls it.

mod checks;
mod daemon;
mod demo;
#[cfg(unix)]
mod e2e;
mod eventually;
mod job;
mod proof;
mod secrets;
mod teks;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tekport_api::UtcTime;

#[derive(Parser)]
#[command(about = "Runs all of Tekport against itself; `cargo xtask` calls it")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// From a signing key to a signed export that verifies
    Demo(demo::DemoArguments),
    /// Exports checked with unzip, protoc and openssl
    Proof(proof::ProofArguments),
    /// The real console and daemon
    #[cfg(unix)]
    E2e(e2e::E2eArguments),
    /// The part of `e2e` that runs inside its session
    #[cfg(unix)]
    #[command(hide = true)]
    E2eSession(e2e::E2eArguments),
}

fn main() -> ExitCode {
    // Already installed is as good; nothing else in this process installs one.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    match run(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<bool> {
    #[cfg(unix)]
    if let Task::E2e(arguments) = &task {
        return e2e::run(arguments);
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        match task {
            Task::Demo(arguments) => demo::run(&arguments).await.map(|()| true),
            Task::Proof(arguments) => proof::run(&arguments).await,
            #[cfg(unix)]
            Task::E2e(arguments) => e2e::run(&arguments),
            #[cfg(unix)]
            Task::E2eSession(arguments) => e2e::run_in_session(&arguments).await,
        }
    })
}

/// Now, by the system's clock: what is rehearsed is real, its clock included.
#[expect(clippy::disallowed_methods, reason = "the one place of this package that may ask the system")]
fn now() -> UtcTime {
    UtcTime::saturating(jiff::Timestamp::now().as_second())
}
