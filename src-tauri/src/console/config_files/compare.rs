//! Compares what a file holds with what the daemon has. Pure: reads neither.

use super::document::{NamedSigner, Written};
use super::parse::Entry;
use super::sentences::Wanted;
use crate::{ImportEntry, ImportOutcome};
use tekport_api::FieldProblem;
use tekport_api::export_config::{ExportConfig, ExportConfigDraft};
use tekport_api::message::Fault;
use tekport_api::signing_key::SigningKey;

/// What the daemon has.
pub(super) struct There<'a> {
    pub(super) configs: &'a [ExportConfig],
    pub(super) keys: &'a [SigningKey],
    /// Whether the file was written from this daemon: only then its ids and revisions mean something here.
    pub(super) same_daemon: bool,
}

/// What earlier entries of the file are about: a config that exists, and a storage target with a path.
type Claimed = (Option<String>, String, String);

/// Says of each config of a file what importing it would do.
pub(super) fn compare(entries: Vec<Entry>, there: &There<'_>) -> Vec<ImportEntry> {
    let mut claimed = Vec::new();
    let judged = entries.into_iter().enumerate().map(|(i, entry)| {
        let blank = ImportEntry {
            position: u32::try_from(i + 1).unwrap_or(u32::MAX),
            region: entry.region,
            outcome: ImportOutcome::Refused,
            fields: None,
            existing: None,
            file_revision: None,
            problems: Vec::new(),
            warnings: Vec::new(),
        };
        match entry.config {
            Err(problems) => ImportEntry { problems, ..blank },
            Ok(written) => judge(blank, &written, there, &mut claimed),
        }
    });
    judged.collect()
}

fn judge(blank: ImportEntry, written: &Written, there: &There<'_>, claimed: &mut Vec<Claimed>) -> ImportEntry {
    let mut problems = Vec::new();
    let by_id = there.configs.iter().find(|config| there.same_daemon && written.id.as_ref() == Some(&config.id));
    // A path belongs to one config for ever, so a file that names it means that config.
    let existing = by_id.or_else(|| there.configs.iter().find(|config| written.has_place_of(&config.fields)));
    claim(existing, written, claimed, &mut problems);
    let fields = written.to_draft(signing_key_ids(&written.signing_keys, there.keys, &mut problems));
    let file_revision = written.revision.filter(|_| by_id.is_some());
    let outcome = match existing {
        _ if !problems.is_empty() => ImportOutcome::Refused,
        None => ImportOutcome::Create,
        Some(config) if normal(&config.fields) == normal(&fields) => ImportOutcome::Unchanged,
        Some(config) if file_revision.is_some_and(|revision| revision != config.revision) => ImportOutcome::Outdated,
        Some(_) => ImportOutcome::Change,
    };
    ImportEntry { outcome, fields: Some(fields), existing: existing.cloned(), file_revision, problems, ..blank }
}

/// Refuses a config that an earlier one of the file is about already: whichever came last would win.
fn claim(
    existing: Option<&ExportConfig>,
    written: &Written,
    claimed: &mut Vec<Claimed>,
    problems: &mut Vec<FieldProblem>,
) {
    let (target, prefix) = (&written.storage_target, &written.path_prefix);
    let id = existing.map(|config| config.id.clone());
    let same_config = |claim: &Claimed| id.is_some() && claim.0 == id;
    if claimed.iter().any(|claim| same_config(claim) || (&claim.1, &claim.2) == (target, prefix)) {
        problems.push(FieldProblem::new(
            "path_prefix",
            Fault::PlaceTwice { place: format!("{target}/{prefix}") },
            Wanted::EachOnce,
        ));
    }
    claimed.push((id, target.clone(), prefix.clone()));
}

fn signing_key_ids(signers: &[NamedSigner], keys: &[SigningKey], problems: &mut Vec<FieldProblem>) -> Vec<String> {
    let mut ids = Vec::with_capacity(signers.len());
    for (i, signer) in signers.iter().enumerate() {
        let name = &signer.name;
        let refusal = match keys.iter().find(|key| name_of(key) == *name) {
            None => Some((Fault::KeyNotThere { name: name.clone() }, Wanted::KeyThere)),
            Some(key) if signer.sha256.as_ref().is_some_and(|sha256| *sha256 != key.fingerprint) => {
                Some((Fault::OtherKey { name: name.clone(), fingerprint: key.fingerprint.clone() }, Wanted::SameKey))
            }
            Some(key) => {
                ids.push(key.id.clone());
                None
            }
        };
        if let Some((reason, allowed)) = refusal {
            problems.push(FieldProblem::new(format!("signing_keys[{i}]"), reason, allowed));
        }
    }
    ids
}

/// A key as files name it: `310 v2`.
pub(super) fn name_of(key: &SigningKey) -> String {
    format!("{} {}", key.key_id, key.key_version)
}

/// The fields with everything written alike that means the same.
fn normal(fields: &ExportConfigDraft) -> ExportConfigDraft {
    let set = |texts: &[String]| {
        let mut texts = texts.to_vec();
        texts.sort();
        texts.dedup();
        texts
    };
    ExportConfigDraft {
        input_regions: set(&fields.input_regions),
        excluded_regions: set(&fields.excluded_regions),
        signing_key_ids: set(&fields.signing_key_ids),
        ..fields.clone()
    }
}

#[cfg(test)]
mod tests;
