//! The rules about the archive and its signatures.

use super::{Rule, RuleOutcome, RuleResult, at_most, judged, no_flaw, not_applicable};
use crate::header::{MAX_SIGNATURES, SIGNATURE_ALGORITHM};
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
                Some((result, detail)) => Some(RuleOutcome { rule, result, detail }),
                None => of_bin.iter().find(|outcome| outcome.rule == rule).cloned(),
            })
            .collect()
    }
}

/// How a file stands to a rule; `None` where `export.bin` alone says.
fn check(rule: Rule, file: &ExportFile) -> Option<(RuleResult, String)> {
    Some(match rule {
        // A file with other entries can't be read at all.
        Rule::Entries => (RuleResult::Pass, "export.bin and export.sig, nothing else".to_owned()),
        Rule::FileSize => at_most(file.file_bytes(), MAX_FILE_BYTES, "bytes"),
        Rule::SignatureCount => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::NoSignature | Flaw::SignatureCount { .. });
            no_flaw(file.flaws(), broken, || format!("signers and signatures: {} each", file.signatures().len()))
        }
        Rule::SignatureAlgorithm => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::Algorithm { .. });
            no_flaw(file.flaws(), broken, || format!("all {SIGNATURE_ALGORITHM}"))
        }
        Rule::SignatureForm if file.signatures().is_empty() => not_applicable("there is no signature"),
        Rule::SignatureForm => {
            let broken = |flaw: &Flaw| matches!(flaw, Flaw::SignatureForm { .. });
            no_flaw(file.flaws(), broken, || "all ASN.1 DER".to_owned())
        }
        Rule::SignatureNames => signature_names(file),
        Rule::BatchNumbers => odd_signature(file)?,
        Rule::SignatureMaximum => at_most(file.signatures().len(), MAX_SIGNATURES, "signatures"),
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

fn signature_names(file: &ExportFile) -> (RuleResult, String) {
    let named = &file.header().signature_infos;
    let signed = file.signatures();
    let differs = named.iter().zip(signed).position(|(info, signature)| *info != signature.info);
    match differs {
        _ if signed.is_empty() => not_applicable("there is no signature"),
        Some(place) => judged(false, format!("export.bin and export.sig name different keys at place {}", place + 1)),
        None => judged(true, "export.bin and export.sig name the same keys in the same order".to_owned()),
    }
}

/// A signature that gives other batch numbers, where those of `export.bin` are right.
fn odd_signature(file: &ExportFile) -> Option<(RuleResult, String)> {
    let other = |number: &Option<i32>| number.is_some_and(|number| number != BATCH);
    let odd =
        file.signatures().iter().position(|signature| other(&signature.batch_num) || other(&signature.batch_size))?;
    let header = file.header();
    let named = (header.batch_num, header.batch_size) == (BATCH, BATCH);
    named.then(|| judged(false, format!("signature {} has another batch_num or batch_size than 1", odd + 1)))
}
