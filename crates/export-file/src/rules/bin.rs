//! The rules about what stands in `export.bin`: they need no signature, so whoever is to sign can check them first.

use super::RuleFinding as Found;
use super::{Rule, RuleOutcome, RuleResult, at_most, judged, no_flaw, not_applicable, small};
use crate::header::MAX_SIGNATURES;
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
        let outcome = |rule| check(rule, self, now).map(|(result, finding)| RuleOutcome { rule, result, finding });
        Rule::ALL.into_iter().filter_map(outcome).collect()
    }
}

/// How the contents stand to a rule; `None` for the rules about the archive and its signatures.
fn check(rule: Rule, bin: &ExportBin, now: Option<i64>) -> Option<(RuleResult, Found)> {
    Some(match rule {
        Rule::KeyCount => {
            let keys = bin.keys().len() + bin.revised_keys().len() + bin.refused_count();
            at_most(keys, MAX_KEYS, |count, max| Found::Keys { count, max })
        }
        Rule::SignatureAlgorithm => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::Algorithm { .. });
            no_flaw(bin.flaws(), broken, Found::algorithm)
        }
        Rule::KeyIds => key_ids(bin),
        Rule::BatchNumbers => batch_numbers(bin),
        Rule::KeyRanges => key_ranges(bin),
        Rule::SignatureMaximum => {
            let signers = bin.header().signature_infos.len();
            at_most(signers, MAX_SIGNATURES, |count, max| Found::Signers { count, max })
        }
        Rule::Timestamps => {
            let (start, end) = (bin.header().start, bin.header().end);
            judged(start > 0 && start < end && i64::try_from(end).is_ok(), Found::FromTo { start, end })
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

fn key_ids(bin: &ExportBin) -> (RuleResult, Found) {
    let infos = &bin.header().signature_infos;
    match infos.iter().position(|info| info.key_id.is_empty()) {
        _ if infos.len() < 2 => not_applicable(Found::OneSigner),
        Some(place) => judged(false, Found::NoKeyId { place: small(place + 1), count: small(infos.len()) }),
        None => judged(true, Found::EveryKeyId),
    }
}

fn batch_numbers(bin: &ExportBin) -> (RuleResult, Found) {
    match (bin.header().batch_num, bin.header().batch_size) {
        (BATCH, BATCH) => judged(true, Found::StandsAlone),
        (batch_num, batch_size) => judged(false, Found::NotAlone { batch_num, batch_size }),
    }
}

fn key_ranges(bin: &ExportBin) -> (RuleResult, Found) {
    match bin.refused_keys().first() {
        Some(first) => judged(false, Found::OutOfRange { count: small(bin.refused_count()), first: *first }),
        None => judged(true, Found::InRange),
    }
}

fn region(text: &str) -> (RuleResult, Found) {
    let shown: String = text.chars().take(64).collect();
    match Region::parse(text) {
        Ok(known) if known.as_str() == text => judged(true, Found::RegionCode { region: shown }),
        Ok(_) => judged(false, Found::NotCapitals { region: shown }),
        Err(problem) => judged(false, Found::NoRegionCode { region: shown, problem }),
    }
}

fn all_keys(bin: &ExportBin) -> impl Iterator<Item = &Tek> {
    bin.keys().iter().chain(bin.revised_keys())
}

/// Sorts an eighth of the key data at a time: two bytes a key instead of sixteen.
fn keys_unique(bin: &ExportBin) -> (RuleResult, Found) {
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
        0 => judged(true, Found::EachOnce),
        _ => judged(false, Found::Repeated { count: small(again), all: small(count) }),
    }
}

fn key_order(bin: &ExportBin) -> (RuleResult, Found) {
    let lists = [bin.keys(), bin.revised_keys()];
    let by_content = lists.iter().all(|list| list.is_sorted_by(|left, right| file_order(left, right).is_le()));
    let by_data = lists.iter().all(|list| list.is_sorted_by_key(Tek::key_data));
    match (by_content, by_data) {
        _ if lists.iter().all(|list| list.len() < 2) => not_applicable(Found::TooFewToOrder),
        (true, _) => judged(true, Found::ByContent),
        (_, true) => judged(true, Found::ByKeyData),
        _ => judged(false, Found::Unordered),
    }
}

fn embargo(bin: &ExportBin, now: Option<i64>) -> (RuleResult, Found) {
    let Some(now) = now else { return not_applicable(Found::TimeUnknown) };
    let early = all_keys(bin).filter(|tek| tek.releasable_at_seconds() > now).count();
    match early {
        0 => judged(true, Found::AllReleasable),
        _ => judged(false, Found::TooEarly { count: small(early) }),
    }
}

fn key_age(bin: &ExportBin, now: Option<i64>) -> (RuleResult, Found) {
    let Some(now) = now else { return not_applicable(Found::TimeUnknown) };
    let old = all_keys(bin).filter(|tek| tek.validity_end_seconds().saturating_add(MATCHED_SECONDS) < now).count();
    let all = bin.keys().len() + bin.revised_keys().len();
    match old {
        0 => judged(true, Found::AllMatched),
        // Old files are no failure: every file grows old in the index.
        _ => not_applicable(Found::TooOld { count: small(old), all: small(all) }),
    }
}
