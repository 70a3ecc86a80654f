//! `tekportd config`: looks at the configuration without starting anything.

use super::{environment, print_json};
use crate::config::{Answers, Config, Location, default_file};
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Configuration {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Checks the configuration; exit status 2 when it isn't right.
    Check,
    /// Prints every option as it stands, the environment included and secrets left out, as JSON.
    Show,
    /// Prints the commented default.
    Default,
    /// Prints the JSON Schema of the file.
    Schema,
}

impl Configuration {
    pub(super) fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::Check => {
                Config::load(location, environment())?;
                println!("{} is right", location.config.display());
            }
            Action::Show => print_json(&Config::load(location, environment())?)?,
            Action::Default => print!("{}", default_file(&Answers::default())?),
            Action::Schema => print!("{}", Config::json_schema()?),
        }
        Ok(ExitCode::SUCCESS)
    }
}
