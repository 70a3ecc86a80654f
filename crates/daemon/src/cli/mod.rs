//! The command line: one file a command. Each reads its arguments, calls the daemon's own functions and says
//! what came of it, to people or as JSON.

mod configuration;
mod doctor;
mod enroll;
mod import;
mod init;
mod key;
mod open;
mod openapi;
mod rotate;
mod serve;
mod token;
mod verify;

use crate::config::Location;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The exit status of a command that couldn't do its work; 1 means that it did and found something.
const FAILED: u8 = 2;

/// Turns published Temporary Exposure Keys into signed export files that phones download.
#[derive(Debug, Parser)]
#[command(name = "tekportd", version, propagate_version = true)]
struct Cli {
    /// The configuration file; tekportd.toml in the state folder where absent.
    #[arg(long, global = true, env = "TEKPORT_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The state folder; the configuration's own choice where absent, and /var/lib/tekportd without either.
    #[arg(long, global = true, env = "TEKPORT_STATE", value_name = "DIR")]
    state: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a new daemon: state folder, private CA, configuration, first enrolment code.
    Init(init::Init),
    /// Runs the daemon until it is told to stop (SIGTERM, SIGINT); SIGHUP reads log.level again.
    Serve(serve::Serve),
    /// Lets somebody in: adds a person, or a key server, and prints their enrolment code.
    Enroll(enroll::Enroll),
    /// Takes TEKs in from files: publish requests, NDJSON or export zips. Works while the daemon runs.
    Import(import::Import),
    /// Verifies export files, or a whole index.txt with its files, as phones would.
    Verify(verify::Verify),
    /// Checks everything the daemon needs and says what to do about each finding.
    Doctor(doctor::Doctor),
    /// Shows the PKCS#11 token that the configuration names, and the keys in it.
    Token(token::ShowToken),
    /// The configuration: checks it, prints the commented default or its JSON Schema.
    Config(configuration::Configuration),
    /// Signing keys: lists them, writes what Google and Apple are sent. Works while the daemon runs.
    Key(key::Key),
    /// Replaces the root key or the sealing key, with the daemon stopped.
    Rotate(rotate::Rotate),
    /// Prints the OpenAPI document of the admin API.
    Openapi(openapi::Openapi),
}

/// Runs the command line of this process and returns its exit status.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // The one cryptography provider of this process; a second attempt would only find it there.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&anyhow::Error::from(error).context("no threads can be started")),
    };
    runtime.block_on(cli.dispatch()).unwrap_or_else(|error| failed(&error))
}

impl Cli {
    async fn dispatch(self) -> anyhow::Result<ExitCode> {
        let location = Location::new(self.config, self.state);
        match self.command {
            Command::Init(init) => init.run(&location).await,
            Command::Serve(serve) => serve.run(&location).await,
            Command::Enroll(enroll) => enroll.run(&location).await,
            Command::Import(import) => import.run(&location).await,
            Command::Verify(verify) => verify.run().await,
            Command::Doctor(doctor) => doctor.run(&location).await,
            Command::Token(token) => token.run(&location).await,
            Command::Config(configuration) => configuration.run(&location),
            Command::Key(key) => key.run(&location).await,
            Command::Rotate(rotate) => rotate.run(&location).await,
            Command::Openapi(openapi) => openapi.run(),
        }
    }
}

/// Says why a command failed, with every cause, once.
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("tekportd: {error:#}");
    ExitCode::from(FAILED)
}

/// Prints a value as JSON on standard output.
fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}

/// The environment, for the options that can be given in it.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}
