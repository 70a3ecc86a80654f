//! What an officer approves of a config. Pure: what the daemon says now, held against what was approved.

use crate::{SigningTerms, TermsSigner};
use serde::Serialize;
use specta::Type;
use std::fmt;
use tekport_api::Said;
use tekport_api::export_config::ExportConfig;
use tekport_api::signing_key::SigningKey;

/// Returns the terms of a config. Ids of keys that the daemon doesn't list are left out: their signatures are then
/// those of strangers.
pub(super) fn terms_of(config: &ExportConfig, keys: &[SigningKey]) -> SigningTerms {
    let fields = &config.fields;
    let signer = |id: &String| {
        let key = keys.iter().find(|key| key.id == *id)?;
        Some(TermsSigner { name: key_name(&key.key_id, &key.key_version), fingerprint: key.fingerprint.clone() })
    };
    SigningTerms {
        config_id: config.id.clone(),
        output_region: fields.output_region.clone(),
        period_minutes: fields.period_minutes,
        valid_from: fields.valid_from,
        valid_through: fields.valid_through,
        storage_target: fields.storage_target.clone(),
        path_prefix: fields.path_prefix.clone(),
        max_records_per_file: fields.max_records_per_file,
        signers: fields.signing_key_ids.iter().filter_map(signer).collect(),
    }
}

/// One of the terms, where it differs from what was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub(crate) enum Term {
    /// Which config.
    ConfigId,
    /// Its output region.
    OutputRegion,
    /// Its period.
    PeriodMinutes,
    /// Its first instant.
    ValidFrom,
    /// Its end.
    ValidThrough,
    /// Its storage target.
    StorageTarget,
    /// Its path prefix.
    PathPrefix,
    /// Its greatest count of keys in a file.
    MaxRecordsPerFile,
    /// Who signs.
    Signers,
}

impl Term {
    /// The name of its field in [`SigningTerms`].
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ConfigId => "config_id",
            Self::OutputRegion => "output_region",
            Self::PeriodMinutes => "period_minutes",
            Self::ValidFrom => "valid_from",
            Self::ValidThrough => "valid_through",
            Self::StorageTarget => "storage_target",
            Self::PathPrefix => "path_prefix",
            Self::MaxRecordsPerFile => "max_records_per_file",
            Self::Signers => "signers",
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Said for Term {
    const AREA: &'static str = "term";
}

/// The terms that differ from what was approved.
///
/// A signer who went is no difference: keys retire by themselves, and a file with fewer signatures says nothing new
/// in the name of those who still sign. A signer who came is one.
pub(super) fn changes(approved: &SigningTerms, now: &SigningTerms) -> Vec<Term> {
    let came = now.signers.iter().any(|signer| !approved.signers.contains(signer));
    [
        (Term::ConfigId, approved.config_id != now.config_id),
        (Term::OutputRegion, approved.output_region != now.output_region),
        (Term::PeriodMinutes, approved.period_minutes != now.period_minutes),
        (Term::ValidFrom, approved.valid_from != now.valid_from),
        (Term::ValidThrough, approved.valid_through != now.valid_through),
        (Term::StorageTarget, approved.storage_target != now.storage_target),
        (Term::PathPrefix, approved.path_prefix != now.path_prefix),
        (Term::MaxRecordsPerFile, approved.max_records_per_file != now.max_records_per_file),
        (Term::Signers, came),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(term, _)| term)
    .collect()
}

/// A key's name as people and files say it: `310 v2`.
pub(super) fn key_name(key_id: &str, key_version: &str) -> String {
    format!("{key_id} {key_version}")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use tekport_api::UtcTime;

    pub(in super::super) fn terms() -> SigningTerms {
        SigningTerms {
            config_id: "c1".to_owned(),
            output_region: "MAG".to_owned(),
            period_minutes: 240,
            valid_from: UtcTime::saturating(0),
            valid_through: None,
            storage_target: "public".to_owned(),
            path_prefix: "mag".to_owned(),
            max_records_per_file: 1_000,
            signers: vec![signer("310 v1", "aa"), signer("310 v2", "bb")],
        }
    }

    pub(in super::super) fn signer(name: &str, fingerprint: &str) -> TermsSigner {
        TermsSigner { name: name.to_owned(), fingerprint: fingerprint.to_owned() }
    }

    #[test]
    fn each_field_that_differs_is_named() {
        let approved = terms();
        assert!(changes(&approved, &approved).is_empty());
        let now = SigningTerms {
            config_id: "c2".to_owned(),
            output_region: "KRI".to_owned(),
            period_minutes: 60,
            valid_from: UtcTime::saturating(1),
            valid_through: Some(UtcTime::saturating(9)),
            storage_target: "mirror".to_owned(),
            path_prefix: "kri".to_owned(),
            max_records_per_file: 2_000,
            signers: vec![signer("310 v1", "other")],
        };
        assert_eq!(
            changes(&approved, &now),
            [
                Term::ConfigId,
                Term::OutputRegion,
                Term::PeriodMinutes,
                Term::ValidFrom,
                Term::ValidThrough,
                Term::StorageTarget,
                Term::PathPrefix,
                Term::MaxRecordsPerFile,
                Term::Signers
            ]
        );
    }

    #[test]
    fn a_signer_who_went_is_no_change_and_one_who_came_is() {
        let approved = terms();
        let fewer = SigningTerms { signers: vec![signer("310 v2", "bb")], ..terms() };
        assert!(changes(&approved, &fewer).is_empty());
        assert_eq!(changes(&fewer, &approved), [Term::Signers]);
    }
}
