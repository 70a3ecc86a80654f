//! `tekportd serve`: runs the daemon.

use super::environment;
use super::open::Opened;
use crate::config::{Config, Location};
use crate::serve::{self, Parts};
use crate::telemetry::start_logging;
use clap::Args;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Serve {}

impl Serve {
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        let config = Config::load(location, environment())?;
        let log_level = start_logging(&config.log)?;
        // Before anything is opened: a second daemon must not even migrate the first one's database.
        let lock = serve::lock(&location.state_folder(&config)).await?;
        let Opened { config, state, clock, store, root_key, pki } = Opened::open(location).await?;
        let reread_from = location.clone();
        let reread = Box::new(move || Ok(Config::load(&reread_from, environment())?));
        let pki = Arc::new(pki);
        serve::serve(Parts { config, state, clock, store, root_key, pki, log_level, reread }, lock).await?;
        Ok(ExitCode::SUCCESS)
    }
}
