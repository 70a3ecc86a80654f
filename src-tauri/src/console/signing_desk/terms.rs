//! What an officer approves of a config. Pure: what the daemon says now, held against what was approved.

use crate::{SigningTerms, TermsSigner};
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

/// The fields that differ from what was approved, by name.
///
/// A signer who went is no difference: keys retire by themselves, and a file with fewer signatures says nothing new
/// in the name of those who still sign. A signer who came is one.
pub(super) fn changes(approved: &SigningTerms, now: &SigningTerms) -> Vec<String> {
    let came = now.signers.iter().any(|signer| !approved.signers.contains(signer));
    [
        ("config_id", approved.config_id != now.config_id),
        ("output_region", approved.output_region != now.output_region),
        ("period_minutes", approved.period_minutes != now.period_minutes),
        ("valid_from", approved.valid_from != now.valid_from),
        ("valid_through", approved.valid_through != now.valid_through),
        ("storage_target", approved.storage_target != now.storage_target),
        ("path_prefix", approved.path_prefix != now.path_prefix),
        ("max_records_per_file", approved.max_records_per_file != now.max_records_per_file),
        ("signers", came),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(field, _)| field.to_owned())
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
                "config_id",
                "output_region",
                "period_minutes",
                "valid_from",
                "valid_through",
                "storage_target",
                "path_prefix",
                "max_records_per_file",
                "signers"
            ]
        );
    }

    #[test]
    fn a_signer_who_went_is_no_change_and_one_who_came_is() {
        let approved = terms();
        let fewer = SigningTerms { signers: vec![signer("310 v2", "bb")], ..terms() };
        assert!(changes(&approved, &fewer).is_empty());
        assert_eq!(changes(&fewer, &approved), ["signers"]);
    }
}
