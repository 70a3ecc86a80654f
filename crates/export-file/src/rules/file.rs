//! The rules about the archive and its signatures.

use super::RuleFinding as Found;
use super::{Rule, RuleOutcome, RuleResult, at_most, judged, no_flaw, not_applicable, small};
use crate::header::MAX_SIGNATURES;
use crate::limits::MAX_FILE_BYTES;
use crate::make::BATCH;
use crate::open::{ExportFile, Flaw};

impl ExportFile {
    /// Holds the file against every device rule, in the order of [`Rule::ALL`]. `now` in UTC seconds serves the
    /// rules about time; without it they don't apply. An old file breaks no rule by its age.
    #[must_use]
    pub fn device_rules(&self, now: Option<i64>) -> Vec<RuleOutcome> {
        let of_bin = self.bin().device_rules(now);
        Rule::ALL
            .into_iter()
            .filter_map(|rule| match check(rule, self) {
                Some((result, finding)) => Some(RuleOutcome { rule, result, finding }),
                None => of_bin.iter().find(|outcome| outcome.rule == rule).cloned(),
            })
            .collect()
    }
}

/// How a file stands to a rule; `None` where `export.bin` alone says.
fn check(rule: Rule, file: &ExportFile) -> Option<(RuleResult, Found)> {
    Some(match rule {
        // A file with other entries can't be read at all.
        Rule::Entries => (RuleResult::Pass, Found::TwoEntries),
        Rule::FileSize => at_most(file.file_bytes(), MAX_FILE_BYTES, |count, max| Found::Bytes { count, max }),
        Rule::SignatureCount => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::NoSignature | Flaw::SignatureCount { .. });
            no_flaw(file.flaws(), broken, || Found::EqualCounts { count: small(file.signatures().len()) })
        }
        Rule::SignatureAlgorithm => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::Algorithm { .. });
            no_flaw(file.flaws(), broken, Found::algorithm)
        }
        Rule::SignatureForm if file.signatures().is_empty() => not_applicable(Found::NothingSigned),
        Rule::SignatureForm => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::SignatureForm { .. });
            no_flaw(file.flaws(), broken, || Found::AllDer)
        }
        Rule::SignatureNames => signature_names(file),
        Rule::BatchNumbers => odd_signature(file)?,
        Rule::SignatureMaximum => {
            at_most(file.signatures().len(), MAX_SIGNATURES, |count, max| Found::Signatures { count, max })
        }
        Rule::KeyCount
        | Rule::KeyIds
        | Rule::KeyRanges
        | Rule::Timestamps
        | Rule::Region
        | Rule::KeysUnique
        | Rule::KeyOrder
        | Rule::Embargo
        | Rule::KeyAge => return None,
    })
}

fn signature_names(file: &ExportFile) -> (RuleResult, Found) {
    let named = &file.header().signature_infos;
    let signed = file.signatures();
    let differs = named.iter().zip(signed).position(|(info, signature)| *info != signature.info);
    match differs {
        _ if signed.is_empty() => not_applicable(Found::NothingSigned),
        Some(place) => judged(false, Found::NamesDiffer { place: small(place + 1) }),
        None => judged(true, Found::NamesSame),
    }
}

/// A signature that gives other batch numbers, where those of `export.bin` are right.
fn odd_signature(file: &ExportFile) -> Option<(RuleResult, Found)> {
    let other = |number: &Option<i32>| number.is_some_and(|number| number != BATCH);
    let odd =
        file.signatures().iter().position(|signature| other(&signature.batch_num) || other(&signature.batch_size))?;
    let header = file.header();
    let named = (header.batch_num, header.batch_size) == (BATCH, BATCH);
    named.then(|| judged(false, Found::SignatureNotAlone { place: small(odd + 1) }))
}
