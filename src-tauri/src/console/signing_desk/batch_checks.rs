//! Checks of a batch as the daemon describes it, against the config's terms. Pure.

use super::approvals::Approval;
use super::checks::{Found, blocking, for_a_person, judged};
use super::finding::DeskFinding;
use super::terms::{changes, key_name};
use crate::{ReviewCheck, SigningTerms};
use tekport_api::UtcTime;
use tekport_api::batch::{AwaitedSigner, AwaitingSignature, Batch};

/// The clocks of the console and the daemon may differ by so much.
const CLOCK_SECONDS: i64 = 300;
/// An older window is left to a person: phones don't match its keys any more (EXPORT-FORMAT, devices), and the
/// ledger forgets some time later.
const RECENT_SECONDS: i64 = 30 * 86_400;

/// Holds a batch that awaits signatures against the terms of its config, in a fixed order.
///
/// What an edit of the config while the batch waited may have brought about is left to a person.
pub(super) fn batch_checks(
    batch: &Batch,
    awaiting: &AwaitingSignature,
    terms: &SigningTerms,
    approval: Option<&Approval>,
    now: UtcTime,
) -> Vec<ReviewCheck> {
    vec![
        blocking("batch-config", config(batch, terms)),
        for_a_person("config-approved", approved(terms, approval)),
        blocking("window-closed", closed(batch, now)),
        for_a_person("window-valid", valid(batch, terms)),
        for_a_person("window-grid", grid(batch, terms)),
        for_a_person("window-recent", recent(batch, now)),
        blocking("signers-known", signers(&awaiting.signers, terms)),
        blocking("file-numbers", numbers(awaiting)),
    ]
}

fn config(batch: &Batch, terms: &SigningTerms) -> Found {
    let same = batch.config_id == terms.config_id && batch.output_region == terms.output_region;
    let (batch, config) = (batch.output_region.clone(), terms.output_region.clone());
    judged(same, DeskFinding::Config { batch, config })
}

fn approved(terms: &SigningTerms, approval: Option<&Approval>) -> Found {
    let Some(approval) = approval else { return Err(DeskFinding::NotApproved) };
    let (at, fields) = (approval.approved_at, changes(&approval.terms, terms));
    if fields.is_empty() { Ok(DeskFinding::AsApproved { at }) } else { Err(DeskFinding::ChangedSince { at, fields }) }
}

fn closed(batch: &Batch, now: UtcTime) -> Found {
    let over = batch.window_end.unix_seconds() <= now.unix_seconds().saturating_add(CLOCK_SECONDS);
    judged(over, DeskFinding::Closes { end: batch.window_end, now })
}

fn valid(batch: &Batch, terms: &SigningTerms) -> Found {
    let (start, end) = (batch.window_start, batch.window_end);
    let inside = start >= terms.valid_from && terms.valid_through.is_none_or(|through| end <= through);
    let fits = start < end && seconds(batch) <= period_seconds(terms);
    judged(inside && fits, DeskFinding::Within { start, end, minutes: terms.period_minutes })
}

/// Windows lie on the grid of the period from 00:00 UTC, but for the ends of the config's validity. After an edit of
/// the period the first window may begin off the grid.
fn grid(batch: &Batch, terms: &SigningTerms) -> Found {
    let on_grid = |time: UtcTime| time.unix_seconds().checked_rem(period_seconds(terms)) == Some(0);
    let start = on_grid(batch.window_start) || batch.window_start == terms.valid_from;
    let end = on_grid(batch.window_end) || Some(batch.window_end) == terms.valid_through;
    let (from, to) = (batch.window_start, batch.window_end);
    judged(start && end, DeskFinding::Grid { start: from, end: to, minutes: terms.period_minutes })
}

fn recent(batch: &Batch, now: UtcTime) -> Found {
    let recent = batch.window_end.unix_seconds().saturating_add(RECENT_SECONDS) > now.unix_seconds();
    judged(recent, DeskFinding::Ended { at: batch.window_end })
}

/// Whoever has to sign is a signer of the config, under the same fingerprint.
fn signers(awaited: &[AwaitedSigner], terms: &SigningTerms) -> Found {
    let is_known = |signer: &&AwaitedSigner| {
        let name = key_name(&signer.key_id, &signer.key_version);
        terms.signers.iter().any(|known| known.name == name && known.fingerprint == signer.fingerprint)
    };
    match awaited.iter().find(|signer| !is_known(signer)) {
        _ if awaited.is_empty() => Err(DeskFinding::NobodySigns),
        Some(stranger) => {
            let name = key_name(&stranger.key_id, &stranger.key_version);
            Err(DeskFinding::Stranger { name, fingerprint: stranger.fingerprint.clone() })
        }
        None => {
            let names = awaited.iter().map(|signer| key_name(&signer.key_id, &signer.key_version));
            Ok(DeskFinding::Known { names: names.collect() })
        }
    }
}

/// The numbers of the files follow each other, so that none was left out.
fn numbers(awaiting: &AwaitingSignature) -> Found {
    let numbers: Vec<u32> = awaiting.files.iter().map(|file| file.number).collect();
    let from = numbers.first().copied().unwrap_or_default();
    let follow = numbers.iter().zip(from..).all(|(number, expected)| *number == expected);
    judged(from > 0 && follow, DeskFinding::Files { numbers })
}

fn seconds(batch: &Batch) -> i64 {
    batch.window_end.unix_seconds().saturating_sub(batch.window_start.unix_seconds())
}

fn period_seconds(terms: &SigningTerms) -> i64 {
    i64::from(terms.period_minutes) * 60
}
