//! A whole index: every file present, verifying, unique in (start, end, batch number), in time order.

use super::Verifier;
use super::fetch::Place;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tekport_api::verification::{FileVerdict, VerificationReport};
use tekport_export_file::MAX_READ_FILE_BYTES;

/// Larger indexes aren't read: 14 days of a file every five minutes come to a tenth of it.
const MAX_INDEX_BYTES: usize = 4 * 1024 * 1024;

/// What an index came to.
#[derive(Debug, Serialize)]
pub(super) struct IndexReport {
    /// Whether every check passed.
    pub(super) accepted: bool,
    pub(super) checks: Vec<Check>,
    /// Every line, in order.
    pub(super) files: Vec<Line>,
}

/// One check over the whole index.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    pub(super) check: &'static str,
    pub(super) passed: bool,
    /// What was wrong, with line numbers; empty when it passed.
    pub(super) problems: Vec<String>,
}

/// One line of an index.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    /// From 1.
    pub(super) line: usize,
    pub(super) path: String,
    /// Absent when the file can't be had.
    pub(super) report: Option<VerificationReport>,
    pub(super) problem: Option<String>,
}

/// Reads an index and every file that it names.
pub(super) async fn verify(verifier: &Verifier, place: &Place) -> Result<IndexReport, String> {
    let bytes = verifier.fetcher.fetch(place, MAX_INDEX_BYTES).await.map_err(|error| error.to_string())?;
    let lines: Vec<String> = String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect();
    let mut files = Vec::new();
    for (number, path) in lines.iter().enumerate() {
        files.push(verify_line(verifier, place, number + 1, path).await);
    }
    Ok(judge(&bytes, files))
}

async fn verify_line(verifier: &Verifier, index: &Place, line: usize, path: &str) -> Line {
    let prefix = path.rsplit_once('/').map_or("", |(prefix, _)| prefix);
    let shown: String = path.chars().take(200).flat_map(char::escape_debug).collect();
    let missing = |problem: String| Line { line, path: shown.clone(), report: None, problem: Some(problem) };
    let Some(file) = index.base(prefix).and_then(|base| base.below(path)) else {
        return missing("the path doesn't begin with the folder that the index lies in".to_owned());
    };
    match verifier.fetcher.fetch(&file, MAX_READ_FILE_BYTES).await {
        Ok(zip) => Line { line, path: shown, report: Some(verifier.report(&zip)), problem: None },
        Err(error) => missing(error.to_string()),
    }
}

fn judge(index: &[u8], files: Vec<Line>) -> IndexReport {
    let checks: Vec<Check> = [
        ("text", text_problems(index, &files)),
        ("present", present_problems(&files)),
        ("verifying", verifying_problems(&files)),
        ("unique", unique_problems(&files)),
        ("time-order", order_problems(&files)),
    ]
    .into_iter()
    .map(|(check, problems)| Check { check, passed: problems.is_empty(), problems })
    .collect();
    IndexReport { accepted: checks.iter().all(|check| check.passed), checks, files }
}

fn text_problems(index: &[u8], files: &[Line]) -> Vec<String> {
    let mut problems = Vec::new();
    if !index.is_ascii() {
        problems.push("it is not US-ASCII".to_owned());
    }
    if index.contains(&b'\r') {
        problems.push("it has carriage returns; a line ends with a newline alone".to_owned());
    }
    if !index.is_empty() && !index.ends_with(b"\n") {
        problems.push("its last line doesn't end with a newline".to_owned());
    }
    let mut seen = BTreeMap::new();
    for file in files {
        if let Some(first) = seen.insert(file.path.as_str(), file.line) {
            problems.push(format!("line {} repeats line {first}", file.line));
        }
    }
    problems
}

fn present_problems(files: &[Line]) -> Vec<String> {
    let missing = |file: &Line| file.problem.as_ref().map(|problem| format!("line {}: {problem}", file.line));
    files.iter().filter_map(missing).collect()
}

fn verifying_problems(files: &[Line]) -> Vec<String> {
    let problem = |file: &Line| match file.report.as_ref()?.verdict {
        FileVerdict::Accepted => None,
        FileVerdict::Refused => Some(format!("line {}: a phone would refuse {}", file.line, file.path)),
        FileVerdict::Unverified => {
            Some(format!("line {}: no public key was given to check the signatures of {} with", file.line, file.path))
        }
    };
    files.iter().filter_map(problem).collect()
}

fn unique_problems(files: &[Line]) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut problems = Vec::new();
    for (file, contents) in files.iter().filter_map(|f| Some((f, f.report.as_ref()?.contents.as_ref()?))) {
        let identity = (contents.start_timestamp, contents.end_timestamp, contents.batch_num);
        if let Some(first) = seen.insert(identity, file.line) {
            problems.push(format!("line {} has the start, end and batch number of line {first}", file.line));
        }
    }
    problems
}

/// Lines stand oldest window first, but for windows that were made again: those are new lines at the end, since
/// a line once offered never moves.
fn order_problems(files: &[Line]) -> Vec<String> {
    let firsts: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| window_and_number(&file.path))
        .filter(|(_, n)| *n == 1)
        .map(|(w, _)| w)
        .collect();
    let made_again =
        |file: &Line| window_and_number(&file.path).is_some_and(|(window, n)| n > 1 && !firsts.contains(window));
    let mut problems = Vec::new();
    let mut newest = None;
    for (file, contents) in files.iter().filter_map(|f| Some((f, f.report.as_ref()?.contents.as_ref()?))) {
        let window = (contents.start_timestamp, contents.end_timestamp);
        if newest.is_some_and(|newest| window < newest) && !made_again(file) {
            problems.push(format!("line {} is older than a line before it", file.line));
        }
        newest = newest.max(Some(window));
    }
    problems
}

/// Splits `<prefix>/<start>-<end>-<n>.zip` into the window's part and n.
fn window_and_number(path: &str) -> Option<(&str, u32)> {
    let (window, number) = path.strip_suffix(".zip")?.rsplit_once('-')?;
    number.parse().ok().map(|number| (window, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tekport_api::UtcTime;
    use tekport_api::verification::FileContents;

    fn line(line: usize, path: &str, start: i64, end: i64) -> Line {
        let contents = FileContents {
            region: "MAG".to_owned(),
            start_timestamp: UtcTime::saturating(start),
            end_timestamp: UtcTime::saturating(end),
            batch_num: 1,
            batch_size: 1,
            keys: 1,
            revised_keys: 0,
            refused_keys: 0,
            export_bin_bytes: 1,
            export_bin_sha256: String::new(),
            signatures: Vec::new(),
            rules: Vec::new(),
        };
        let report = VerificationReport {
            accepted: true,
            verdict: FileVerdict::Accepted,
            problem: None,
            message: None,
            size_bytes: 1,
            sha256: String::new(),
            contents: Some(contents),
        };
        Line { line, path: path.to_owned(), report: Some(report), problem: None }
    }

    fn failed(report: &IndexReport) -> Vec<&str> {
        report.checks.iter().filter(|check| !check.passed).map(|check| check.check).collect()
    }

    #[test]
    fn a_good_index_passes_with_split_windows_and_one_made_again() {
        let files = vec![
            line(1, "mag/10-20-00001.zip", 10, 21),
            line(2, "mag/10-20-00002.zip", 10, 22),
            line(3, "mag/30-40-00001.zip", 30, 40),
            line(4, "mag/20-30-00002.zip", 20, 31),
        ];
        let report = judge(b"a\nb\nc\nd\n", files);
        assert!(report.accepted, "{:?}", report.checks);
    }

    #[test]
    fn each_fault_fails_its_own_check() {
        let two = |a: Line, b: Line| vec![a, b];
        let first = || line(1, "mag/10-20-00001.zip", 10, 20);
        let swapped = two(line(1, "mag/20-30-00001.zip", 20, 30), line(2, "mag/10-20-00001.zip", 10, 20));
        assert_eq!(failed(&judge(b"a\nb\n", swapped)), ["time-order"]);
        let same = two(first(), line(2, "mag/10-20-00002.zip", 10, 20));
        assert_eq!(failed(&judge(b"a\nb\n", same)), ["unique"]);
        let mut refused = first();
        let report = refused.report.as_mut().unwrap();
        (report.accepted, report.verdict) = (false, FileVerdict::Refused);
        assert_eq!(failed(&judge(b"a\n", vec![refused])), ["verifying"]);
        let missing = Line { report: None, problem: Some("it isn't there".to_owned()), ..first() };
        assert_eq!(failed(&judge(b"a\n", vec![missing])), ["present"]);
        for index in [&b"a"[..], b"a\r\n", b"\xff\n"] {
            assert_eq!(failed(&judge(index, vec![first()])), ["text"], "{index:?}");
        }
    }

    proptest! {
        #[test]
        fn no_path_confuses_the_order(path in "\\PC{0,40}") {
            let files = vec![line(1, &path, 10, 20), line(2, "mag/30-40-00001.zip", 30, 40)];
            prop_assert!(order_problems(&files).is_empty());
        }
    }
}
