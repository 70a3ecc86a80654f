//! The rules about what stands in `export.bin`: they need no signature, so whoever is to sign can check them first.

use super::{Rule, RuleOutcome, RuleResult, at_most, judged, no_flaw, not_applicable};
use crate::header::{MAX_SIGNATURES, SIGNATURE_ALGORITHM};
use crate::limits::MAX_KEYS;
use crate::make::BATCH;
use crate::open::{ExportBin, Flaw};
use crate::{Region, Tek, file_order};

/// For how long phones match a key: 14 days.
const MATCHED_SECONDS: i64 = 14 * 24 * 60 * 60;

impl ExportBin {
    /// Holds the contents against the device rules that need no signature and no archive, in the order of
    /// [`Rule::ALL`]. `now` in UTC seconds serves the rules about time; without it they don't apply.
    #[must_use]
    pub fn device_rules(&self, now: Option<i64>) -> Vec<RuleOutcome> {
        let outcome = |rule| check(rule, self, now).map(|(result, detail)| RuleOutcome { rule, result, detail });
        Rule::ALL.into_iter().filter_map(outcome).collect()
    }
}

/// How the contents stand to a rule; `None` for the rules about the archive and its signatures.
fn check(rule: Rule, bin: &ExportBin, now: Option<i64>) -> Option<(RuleResult, String)> {
    Some(match rule {
        Rule::KeyCount => {
            let keys = bin.keys().len() + bin.revised_keys().len() + bin.refused_count();
            at_most(keys, MAX_KEYS, "keys")
        }
        Rule::SignatureAlgorithm => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::Algorithm { .. });
            no_flaw(bin.flaws(), broken, || format!("all {SIGNATURE_ALGORITHM}"))
        }
        Rule::KeyIds => key_ids(bin),
        Rule::BatchNumbers => batch_numbers(bin),
        Rule::KeyRanges => key_ranges(bin),
        Rule::SignatureMaximum => at_most(bin.header().signature_infos.len(), MAX_SIGNATURES, "signers"),
        Rule::Timestamps => {
            let (start, end) = (bin.header().start, bin.header().end);
            let detail = format!("from {start} to {end} in UTC seconds");
            judged(start > 0 && start < end && i64::try_from(end).is_ok(), detail)
        }
        Rule::Region => region(&bin.header().region),
        Rule::KeysUnique => keys_unique(bin),
        Rule::KeyOrder => key_order(bin),
        Rule::Embargo => embargo(bin, now),
        Rule::KeyAge => key_age(bin, now),
        Rule::Entries | Rule::FileSize | Rule::SignatureCount | Rule::SignatureForm | Rule::SignatureNames => {
            return None;
        }
    })
}

fn key_ids(bin: &ExportBin) -> (RuleResult, String) {
    let infos = &bin.header().signature_infos;
    match infos.iter().position(|info| info.key_id.is_empty()) {
        _ if infos.len() < 2 => not_applicable("there is one signer at most"),
        Some(place) => judged(false, format!("signer {} of {} has no key id", place + 1, infos.len())),
        None => judged(true, "every signer has a key id".to_owned()),
    }
}

fn batch_numbers(bin: &ExportBin) -> (RuleResult, String) {
    match (bin.header().batch_num, bin.header().batch_size) {
        (BATCH, BATCH) => judged(true, "batch_num and batch_size are 1".to_owned()),
        (num, size) => judged(false, format!("batch_num is {num} and batch_size is {size}; allowed: 1 and 1")),
    }
}

fn key_ranges(bin: &ExportBin) -> (RuleResult, String) {
    match bin.refused_keys().first() {
        Some(first) => judged(false, format!("keys out of range: {}; the first: {first}", bin.refused_count())),
        None => judged(true, "every field of every key is in range".to_owned()),
    }
}

fn region(text: &str) -> (RuleResult, String) {
    let shown: String = text.chars().take(64).collect();
    match Region::parse(text) {
        Ok(region) if region.as_str() == text => judged(true, shown),
        Ok(_) => judged(false, format!("{shown:?} is not in capitals")),
        Err(error) => judged(false, format!("{shown:?}: {error}; allowed: {}", Region::ALLOWED)),
    }
}

fn all_keys(bin: &ExportBin) -> impl Iterator<Item = &Tek> {
    bin.keys().iter().chain(bin.revised_keys())
}

/// Sorts an eighth of the key data at a time: two bytes a key instead of sixteen.
fn keys_unique(bin: &ExportBin) -> (RuleResult, String) {
    const PARTS: u128 = 8;
    let count = bin.keys().len() + bin.revised_keys().len();
    let mut data: Vec<u128> = Vec::with_capacity(count / 7);
    let mut again = 0;
    for part in 0..PARTS {
        data.clear();
        let all = all_keys(bin).map(|tek| u128::from_be_bytes(*tek.key_data()));
        data.extend(all.filter(|data| data >> 125 == part));
        data.sort_unstable();
        again += data.len();
        data.dedup();
        again -= data.len();
    }
    match again {
        0 => judged(true, "no key stands in the file twice".to_owned()),
        _ => judged(false, format!("keys with the key data of an earlier one: {again} of {count}")),
    }
}

fn key_order(bin: &ExportBin) -> (RuleResult, String) {
    let lists = [bin.keys(), bin.revised_keys()];
    let by_content = lists.iter().all(|list| list.is_sorted_by(|left, right| file_order(left, right).is_le()));
    let by_data = lists.iter().all(|list| list.is_sorted_by_key(Tek::key_data));
    match (by_content, by_data) {
        _ if lists.iter().all(|list| list.len() < 2) => not_applicable("there is no order in fewer than two keys"),
        (true, _) => judged(true, "sorted by what the keys carry, then by key data".to_owned()),
        (_, true) => judged(true, "sorted by key data".to_owned()),
        _ => judged(false, "not sorted, so that arrival or persons may show".to_owned()),
    }
}

fn embargo(bin: &ExportBin, now: Option<i64>) -> (RuleResult, String) {
    let Some(now) = now else { return not_applicable("the time isn't known") };
    let early = all_keys(bin).filter(|tek| tek.releasable_at_seconds() > now).count();
    match early {
        0 => judged(true, "every key ended two hours ago or earlier".to_owned()),
        _ => judged(false, format!("keys released before their end plus two hours: {early}")),
    }
}

fn key_age(bin: &ExportBin, now: Option<i64>) -> (RuleResult, String) {
    let Some(now) = now else { return not_applicable("the time isn't known") };
    let old = all_keys(bin).filter(|tek| tek.validity_end_seconds().saturating_add(MATCHED_SECONDS) < now).count();
    let all = bin.keys().len() + bin.revised_keys().len();
    match old {
        0 => judged(true, "phones still match every key".to_owned()),
        // Old files are no failure: every file grows old in the index.
        _ => not_applicable(&format!("keys too old for phones to match: {old} of {all}")),
    }
}
