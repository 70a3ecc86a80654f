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
    pub(crate) work: Box<dyn Fn() -> Outcome>,
}

const FEATURES: [&str; 3] = ["--workspace", "--features", "tauri/custom-protocol"];

impl Step {
    /// A step by that name.
    pub(crate) fn new(name: &'static str, about: &'static str, work: impl Fn() -> Outcome + 'static) -> Self {
        Self { name, about, work: Box::new(work) }
    }
}

/// Every step in order: the quick ones first, then those that need the build of the one before. Of the end-to-end test
/// only the named chapters are played; all of them where none is named.
pub(crate) fn all(chapters: &[String]) -> Vec<Step> {
    let chapters = chapters.to_vec();
    vec![
        Step::new("format", "Rust and the pages are formatted", format),
        Step::new("ui-lint", "the pages' lint and types", ui_lint),
        Step::new("ui-test", "the pages' own tests", ui_test),
        Step::new("ui-build", "the pages, as the console embeds them", ui_build),
        Step::new("ui-browser", "the pages in a browser: size, accessibility, keys, timings", ui_browser),
        Step::new("clippy", "lints of all Rust targets, warnings denied", clippy),
        Step::new("docs", "documentation builds, warnings denied", docs),
        Step::new("rust", "all Rust tests", rust),
        Step::new("tree", "generated files are up to date", clean_tree),
        Step::new("proof", "an export checked with unzip, protoc and openssl", proof),
        Step::new("e2e", "the real console and daemon, end to end", move || e2e(&chapters)),
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

fn e2e(chapters: &[String]) -> Outcome {
    build_binaries()?;
    let mut command = rehearsal("e2e");
    command.arg("--tekportd").arg(workspace::binary("tekportd"));
    command.arg("--console").arg(workspace::binary("tekport-console"));
    command.arg("--tauri-driver").arg(setup::tauri_driver());
    for chapter in chapters {
        command.arg("--only").arg(chapter);
    }
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
