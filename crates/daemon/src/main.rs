//! `tekportd`: see `tekportd --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tekportd::cli::run()
}
