//! The device rules: what a good file's report looks like, and that each rule can fail.

use crate::crafted::*;
use std::fmt::Write;
use tekport_export_file::*;

/// When all the keys of [`tek`] may be released.
const NOW: i64 = 1_590_120_000;

fn report(zip: &[u8], now: Option<i64>) -> String {
    let mut text = String::new();
    for RuleOutcome { rule, result, finding } in ExportFile::inspect(zip).unwrap().device_rules(now) {
        writeln!(text, "{:?} {:?} {}: {finding}", rule.effect(), result, rule.name()).unwrap();
    }
    text
}

fn result(zip: &[u8], now: Option<i64>, wanted: Rule) -> RuleResult {
    let outcomes = ExportFile::inspect(zip).unwrap().device_rules(now);
    outcomes.into_iter().find(|outcome| outcome.rule == wanted).unwrap().result
}

#[test]
fn a_good_file_keeps_them_all() {
    insta::assert_snapshot!(report(
        &signed_file(&[tek(1, None), tek(2, None)], &[tek(3, None)], &["v2", "v1"]),
        Some(NOW)
    ));
}

#[test]
fn a_bad_file_breaks_nearly_all() {
    let nameless = info_message("", "v1", "ES256");
    let bad = [
        fixed64(1, 5),
        fixed64(2, 5),
        bytes(3, b"us\x1b[2J"),
        int(4, 2),
        bytes(6, &nameless),
        bytes(6, &good_info()),
        bytes(7, &key_message(&[bytes(1, &[9; 16])])),
        bytes(7, &key_message(&[])),
        bytes(7, &key_message(&[])),
        bytes(7, &key_message(&[int(4, 145)])),
    ];
    let signatures = signature_message(&info_message("311", "v1", ""), &[0x11; 64]).repeat(11);
    insta::assert_snapshot!(report(&file([b"EK Export v1    ".to_vec(), bad.concat()].concat(), signatures), Some(0)));
}

#[test]
fn without_a_time_and_with_one_signer_some_do_not_apply() {
    insta::assert_snapshot!(report(&signed_file(&[tek(1, None)], &[], &["v1"]), None));
}

#[test]
fn a_key_may_be_released_two_hours_after_its_end_and_not_before() {
    let zip = signed_file(&[tek(1, None)], &[], &["v1"]);
    let releasable = tek(1, None).releasable_at_seconds();
    assert_eq!(result(&zip, Some(releasable - 1), Rule::Embargo), RuleResult::Fail);
    assert_eq!(result(&zip, Some(releasable), Rule::Embargo), RuleResult::Pass);
}

#[test]
fn an_old_file_breaks_no_rule() {
    let zip = signed_file(&[tek(1, None)], &[], &["v1"]);
    let outcomes = ExportFile::open(&zip).unwrap().device_rules(Some(i64::MAX));
    assert!(outcomes.iter().all(|outcome| outcome.result != RuleResult::Fail));
}

/// Other servers sort by key data alone, which tells as little.
#[test]
fn keys_sorted_by_their_data_are_in_order() {
    let keys = |data: [u8; 2], starts: [i64; 2]| {
        let key = |i: usize| bytes(7, &key_message(&[bytes(1, &[data[i]; 16]), int(3, starts[i])]));
        file(bin_of(&[bytes(6, &good_info()), key(0), key(1)]), sig())
    };
    assert_eq!(result(&keys([1, 2], [200, 100]), None, Rule::KeyOrder), RuleResult::Pass);
    assert_eq!(result(&keys([2, 1], [100, 200]), None, Rule::KeyOrder), RuleResult::Pass);
    assert_eq!(result(&keys([2, 1], [200, 100]), None, Rule::KeyOrder), RuleResult::Fail);
}

#[test]
fn one_key_over_the_maximum_is_refused_by_the_rule_and_by_the_maker() {
    let zip = file(bin_of(&[bytes(6, &good_info()), bytes(7, &key_message(&[])).repeat(MAX_KEYS + 1)]), sig());
    assert_eq!(result(&zip, None, Rule::KeyCount), RuleResult::Fail);

    let window = Window::new(WINDOW_START, WINDOW_END).unwrap();
    let header = FileHeader::new(window, 0, Region::parse("US").unwrap(), vec![info("v1")]).unwrap();
    let error = UnsignedExport::new(&header, &vec![tek(1, None); MAX_KEYS], &[tek(1, None)]).unwrap_err();
    assert!(matches!(error, MakeError::TooManyKeys(count) if count == MAX_KEYS + 1));
}

#[test]
fn one_byte_over_16_mb_is_refused() {
    let pad = |bytes_more: usize| {
        let mut parts = parts(bin(&[bytes(30, &vec![0; bytes_more])]), sig());
        parts[0].method = 0;
        zip(&parts)
    };
    let more = MAX_FILE_BYTES - pad(MAX_FILE_BYTES / 2).len() + MAX_FILE_BYTES / 2;
    assert_eq!(pad(more).len(), MAX_FILE_BYTES);
    assert_eq!(result(&pad(more), None, Rule::FileSize), RuleResult::Pass);
    assert_eq!(result(&pad(more + 1), None, Rule::FileSize), RuleResult::Fail);
}
