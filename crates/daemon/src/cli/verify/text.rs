//! What `tekportd verify` prints for people.

use super::Outcome;
use super::index::IndexReport;
use std::fmt::Write;
use tekport_api::verification::{FileContents, FileVerdict, RuleVerdict, VerificationReport};

/// Describes one outcome; `keyless` when no public key was given to verify with.
pub(super) fn outcome(outcome: &Outcome, keyless: bool) -> String {
    match outcome {
        Outcome::File { place, report } => file(place, report, keyless),
        Outcome::Index { place, report } => index(place, report, keyless),
        Outcome::Unreadable { place, problem } => format!("{place}: {problem}\n"),
    }
}

fn file(place: &str, report: &VerificationReport, keyless: bool) -> String {
    let Some(contents) = &report.contents else {
        return format!("{place}: it can't be read: {}\n", report.problem.as_deref().unwrap_or_default());
    };
    let verdict = match report.verdict {
        FileVerdict::Accepted => "a phone would take it",
        FileVerdict::Refused => "a phone would refuse it",
        FileVerdict::Unverified => {
            "it keeps the device rules, and no public key was given to check its signatures with"
        }
    };
    let mut text = format!("{place}: {verdict}\n");
    describe(&mut text, report, contents, keyless);
    text
}

fn describe(text: &mut String, report: &VerificationReport, contents: &FileContents, keyless: bool) {
    let mut row = |name: &str, value: String| {
        // Writing to a string can't fail.
        let _ = writeln!(text, "  {name:<11} {value}");
    };
    row("region", contents.region.clone());
    row("window", format!("{} to {}", contents.start_timestamp, contents.end_timestamp));
    row("batch", format!("{} of {}", contents.batch_num, contents.batch_size));
    let refused = match contents.refused_keys {
        0 => String::new(),
        refused => format!(", {refused} with a field out of range"),
    };
    row("keys", format!("{} new, {} revised{refused}", contents.keys, contents.revised_keys));
    row("size", format!("{} bytes; export.bin {} bytes", report.size_bytes, contents.export_bin_bytes));
    row("SHA-256", report.sha256.clone());
    for signature in &contents.signatures {
        let by = signature.verified_by.as_ref().map(|label| format!(" with {label}")).unwrap_or_default();
        let detail = format!("{} {}: {}{by}", signature.key_id, signature.key_version, signature.detail);
        row("signature", format!("{detail} ({})", signature.algorithm));
    }
    if keyless {
        row("", "no public key was given: name one with --key PUBLIC.pem".to_owned());
    }
    for rule in &contents.rules {
        let mark = match (rule.verdict, rule.required) {
            (RuleVerdict::Pass, _) => "pass",
            (RuleVerdict::NotApplicable, _) => "n/a",
            (RuleVerdict::Fail, true) => "FAIL",
            (RuleVerdict::Fail, false) => "advice",
        };
        row(mark, format!("{:<24} {}", rule.rule, rule.detail));
    }
}

fn index(place: &str, report: &IndexReport, keyless: bool) -> String {
    let verdict = if report.accepted { "all is right" } else { "something is wrong" };
    let mut text = format!("{place}: {} files, {verdict}\n", report.files.len());
    for check in &report.checks {
        let mark = if check.passed { "pass" } else { "FAIL" };
        let _ = writeln!(text, "  {mark:<11} {}", check.check);
        for problem in &check.problems {
            let _ = writeln!(text, "  {:<11} {problem}", "");
        }
    }
    for line in &report.files {
        match &line.report {
            Some(VerificationReport { accepted: true, contents: Some(contents), .. }) => {
                let window = format!("{} to {}", contents.start_timestamp, contents.end_timestamp);
                let keys = format!("{} new, {} revised", contents.keys, contents.revised_keys);
                let _ = writeln!(text, "  {:<11} {}: {window}, {keys}", format!("line {}", line.line), line.path);
            }
            Some(report) => text.push_str(&format!("\n{}", file(&line.path, report, keyless))),
            None => {
                let problem = line.problem.as_deref().unwrap_or_default();
                let _ = writeln!(text, "  {:<11} {}: {problem}", format!("line {}", line.line), line.path);
            }
        }
    }
    text
}
