//! The steps of the suite, in the order in which they run.
//!
//! All of Rust is built with the features of the real console, so that every step shares one build; that
//! embeds the pages, so they come first.

use super::counts::{self, Counts};
use super::tree;
use crate::{command, setup, workspace};
use anyhow::Result;
use std::process::Command;

/// Whether a step succeeded, and its count where it has one of its own.
type Outcome = Result<(bool, Option<Counts>)>;

/// A named part of the suite.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) work: fn() -> Outcome,
}

const FEATURES: [&str; 3] = ["--workspace", "--features", "tauri/custom-protocol"];

/// Every step in order: the quick ones first, then those that need the build of the one before.
pub(crate) fn all() -> Vec<Step> {
    vec![
        Step { name: "format", about: "Rust and the pages are formatted", work: format },
        Step { name: "ui-lint", about: "the pages' lint and types", work: ui_lint },
        Step { name: "ui-test", about: "the pages' own tests", work: ui_test },
        Step { name: "ui-build", about: "the pages, as the console embeds them", work: ui_build },
        Step {
            name: "ui-browser",
            about: "the pages in a browser: size, accessibility, keys, timings",
            work: ui_browser,
        },
        Step { name: "clippy", about: "lints of all Rust targets, warnings denied", work: clippy },
        Step { name: "docs", about: "documentation builds, warnings denied", work: docs },
        Step { name: "rust", about: "all Rust tests", work: rust },
        Step { name: "tree", about: "generated files are up to date", work: clean_tree },
        Step { name: "proof", about: "an export checked with unzip, protoc and openssl", work: proof },
        Step { name: "e2e", about: "the real console and daemon, end to end", work: e2e },
    ]
}

fn plain(command: &mut Command) -> Outcome {
    Ok((command.status()?.success(), None))
}

fn counted(command: &mut Command, read: fn(&str) -> Option<Counts>) -> Outcome {
    let (succeeded, output) = command::run_and_read(command)?;
    let counts = read(&output);
    if succeeded && counts.is_none() {
        anyhow::bail!("{} printed no count of its tests", command::as_typed(command));
    }
    Ok((succeeded, counts))
}

fn format() -> Outcome {
    let rust = command::cargo().args(["fmt", "--all", "--check"]).status()?.success();
    let pages = command::npm().args(["run", "--silent", "format:check"]).status()?.success();
    Ok((rust && pages, Some(Counts::one(rust) + Counts::one(pages))))
}

fn ui_lint() -> Outcome {
    let lint = command::npm().args(["run", "--silent", "lint"]).status()?.success();
    let types = command::npm().args(["run", "--silent", "check"]).status()?.success();
    Ok((lint && types, Some(Counts::one(lint) + Counts::one(types))))
}

fn ui_test() -> Outcome {
    counted(command::npm().args(["run", "--silent", "test"]), counts::of_vitest)
}

fn ui_build() -> Outcome {
    plain(command::npm().args(["run", "--silent", "build"]))
}

fn ui_browser() -> Outcome {
    counted(command::npm().args(["run", "--silent", "test:browser"]), counts::of_ours)
}

fn clippy() -> Outcome {
    plain(command::cargo().arg("clippy").args(FEATURES).args(["--all-targets", "--", "-D", "warnings"]))
}

fn docs() -> Outcome {
    plain(command::cargo().arg("doc").args(FEATURES).arg("--no-deps").env("RUSTDOCFLAGS", "-D warnings"))
}

fn rust() -> Outcome {
    counted(command::cargo().arg("test").args(FEATURES).arg("--no-fail-fast"), counts::of_rust)
}

fn clean_tree() -> Outcome {
    Ok((tree::unchanged()?, None))
}

fn proof() -> Outcome {
    build_binaries()?;
    counted(rehearsal("proof").arg("--tekportd").arg(workspace::binary("tekportd")), counts::of_ours)
}

fn e2e() -> Outcome {
    build_binaries()?;
    let mut command = rehearsal("e2e");
    command.arg("--tekportd").arg(workspace::binary("tekportd"));
    command.arg("--console").arg(workspace::binary("tekport-console"));
    command.arg("--tauri-driver").arg(setup::tauri_driver());
    counted(&mut command, counts::of_ours)
}

fn build_binaries() -> Result<()> {
    command::run(command::cargo().args(["build", "--quiet"]).args(FEATURES).arg("--bins"))
}

fn rehearsal(task: &str) -> Command {
    let mut command = Command::new(workspace::binary("rehearsal"));
    command.current_dir(workspace::root()).arg(task).arg("--folder").arg(workspace::target().join(task));
    command
}
