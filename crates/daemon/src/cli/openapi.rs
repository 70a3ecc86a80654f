//! `tekportd openapi`: prints the description of the admin API.

use clap::Args;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Openapi {}

impl Openapi {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        print!("{}", crate::admin::openapi::document()?);
        Ok(ExitCode::SUCCESS)
    }
}
