//! `cargo xtask test`: the whole suite, step by step, with a count of what passed.
//! CI calls this very command, so that what is green here is green there.

mod counts;
mod report;
mod steps;
mod tree;

use crate::setup;
use anyhow::{Result, bail};
use clap::Args;
use counts::Counts;
use report::{Line, Verdict};
use std::time::Instant;
use steps::Step;

#[derive(Args)]
pub(crate) struct TestArguments {
    /// Run only this step, with set-up; can be given more than once. --list names them
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// Of the step e2e only this chapter; can be given more than once. A name that isn't one gets them all named
    #[arg(long, value_name = "CHAPTER")]
    chapter: Vec<String>,
    /// Go on after a step that failed
    #[arg(long)]
    keep_going: bool,
    /// Name the steps and stop
    #[arg(long)]
    list: bool,
}

/// Runs the steps in order and returns whether all of them passed.
///
/// # Errors
/// When a step isn't known, or set-up misses something that it can't install.
pub(crate) fn run(arguments: &TestArguments) -> Result<bool> {
    let all = steps::all(&arguments.chapter);
    if arguments.list {
        for step in &all {
            println!("{:<10} {}", step.name, step.about);
        }
        return Ok(true);
    }
    let chosen = choose(all, &arguments.only)?;
    println!("== set-up");
    setup::for_tests()?;
    tree::remember();
    let mut lines = Vec::new();
    let mut failed = false;
    for step in chosen {
        let verdict = if failed && !arguments.keep_going { Verdict::NotRun } else { perform(&step) };
        failed |= matches!(verdict, Verdict::Ran { passed: false, .. });
        lines.push(Line { name: step.name, verdict });
    }
    print!("{}", report::table(&lines));
    Ok(!failed)
}

fn choose(all: Vec<Step>, only: &[String]) -> Result<Vec<Step>> {
    if let Some(unknown) = only.iter().find(|name| !all.iter().any(|step| step.name == **name)) {
        let names: Vec<_> = all.iter().map(|step| step.name).collect();
        bail!("there is no step {unknown:?}; there are {}", names.join(", "));
    }
    Ok(all.into_iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name)).collect())
}

fn perform(step: &Step) -> Verdict {
    println!("\n== {}: {}", step.name, step.about);
    let start = Instant::now();
    let (passed, counts) = match (step.work)() {
        Ok((succeeded, counts)) => {
            let counts = counts.unwrap_or(Counts::one(succeeded));
            // A step that says it failed but counts no failure would be lost in the sum.
            let counts = if succeeded || counts.failed > 0 { counts } else { counts + Counts::one(false) };
            (succeeded && counts.failed == 0, counts)
        }
        Err(error) => {
            eprintln!("{error:#}");
            (false, Counts::one(false))
        }
    };
    Verdict::Ran { passed, counts, took: start.elapsed() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_not_known_is_named_with_those_that_are() {
        let error = choose(steps::all(&[]), &["clipy".to_owned()]).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.contains("\"clipy\"") && error.contains("clippy"), "{error}");
    }

    #[test]
    fn the_steps_keep_their_order_whatever_was_asked_first() {
        let chosen = choose(steps::all(&[]), &["rust".to_owned(), "format".to_owned()]).unwrap();
        assert_eq!(chosen.iter().map(|step| step.name).collect::<Vec<_>>(), ["format", "rust"]);
    }

    #[test]
    fn a_failure_without_a_count_counts_as_one() {
        let step = Step::new("x", "", || Ok((false, Some(Counts { passed: 3, failed: 0 }))));
        let Verdict::Ran { passed, counts, .. } = perform(&step) else { panic!("it ran") };
        assert!(!passed);
        assert_eq!(counts, Counts { passed: 3, failed: 1 });
    }
}
