//! What needs a person: what happened, what it means for phones, what to do.

use super::{days_to, keys, silence, storage, stuck, token};
use crate::admin::AdminState;
use crate::store::configs::ConfigRow;
use crate::store::{StoreError, people, signing_keys};
use tekport_api::UtcTime;
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};

/// The CA is replaced by hand: half a year is time enough.
const CA_WARNING_DAYS: i64 = 180;
/// The daemon and the consoles renew theirs long before: nearer the end, something keeps them from it.
const LEAF_WARNING_DAYS: i64 = 14;

/// Returns what needs a person, most urgent first. `configs` are those that have not ended.
pub(super) async fn list(
    state: &AdminState,
    configs: &[ConfigRow],
    now: UtcTime,
) -> Result<Vec<Attention>, StoreError> {
    let mut list = Vec::new();
    stuck::batches(state, now, &mut list).await?;
    for config in configs {
        unsigned(state, config, &mut list).await?;
        if config.paused {
            list.push(paused(config));
        } else {
            list.extend(stuck::not_begun(state, config, now));
        }
    }
    silence::list(state, configs, now, &mut list).await?;
    keys::list(state, now, &mut list).await?;
    token::unavailable(state, &mut list).await?;
    storage::list(state, &mut list);
    own_certificates(state, now, &mut list);
    client_certificates(state, now, &mut list).await?;
    list.sort_by_key(|attention| attention.severity);
    Ok(list)
}

async fn unsigned(state: &AdminState, config: &ConfigRow, list: &mut Vec<Attention>) -> Result<(), StoreError> {
    let keys = signing_keys::of_config(state.store.pool(), config.id).await?;
    if keys.iter().all(|key| !key.state().is_live()) {
        list.push(Attention {
            severity: Severity::Bad,
            kind: AttentionKind::NoLiveSigningKey.into(),
            title: format!("{}: no key to sign with", config.spec.output_region),
            detail: "None of the config's signing keys is with the daemon and not revoked. Nothing is published until one is: hand one over, or add another key to the config".to_owned(),
            resource_id: Some(config.id.to_string()),
            facts: about_config(config),
        });
    }
    Ok(())
}

fn about_config(config: &ConfigRow) -> AttentionFacts {
    AttentionFacts { region: Some(config.spec.output_region.to_string()), ..AttentionFacts::default() }
}

fn paused(config: &ConfigRow) -> Attention {
    Attention {
        severity: Severity::Warn,
        kind: AttentionKind::ConfigPaused.into(),
        title: format!("{} is paused", config.spec.output_region),
        detail: "No window is exported until it is resumed; then it catches up on all that passed".to_owned(),
        resource_id: Some(config.id.to_string()),
        facts: about_config(config),
    }
}

fn own_certificates(state: &AdminState, now: UtcTime, list: &mut Vec<Attention>) {
    let (ca, server) = (state.pki.ca_not_after(), state.pki.server_not_after());
    if days_to(ca, now) < CA_WARNING_DAYS {
        list.push(Attention {
            severity: if days_to(ca, now) < CA_WARNING_DAYS / 6 { Severity::Bad } else { Severity::Warn },
            kind: AttentionKind::CaCertificateEnding.into(),
            title: "The CA certificate ends".to_owned(),
            detail: format!("It ends at {ca}. From then on no console comes in, while exports go on. Plan a new daemon and enrol everybody there"),
            resource_id: None,
            facts: AttentionFacts { at: Some(ca), ..AttentionFacts::default() },
        });
    }
    if days_to(server, now) < LEAF_WARNING_DAYS {
        list.push(Attention {
            severity: Severity::Bad,
            kind: AttentionKind::ServerCertificateEnding.into(),
            title: "The server certificate ends".to_owned(),
            detail: format!("It ends at {server}, and the daemon should have renewed it long ago. From then on no console comes in; see the daemon's log for why"),
            resource_id: None,
            facts: AttentionFacts { at: Some(server), ..AttentionFacts::default() },
        });
    }
}

async fn client_certificates(state: &AdminState, now: UtcTime, list: &mut Vec<Attention>) -> Result<(), StoreError> {
    for person in people::not_revoked(state.store.pool()).await? {
        let certificates = people::certificates(state.store.pool(), person.id).await?;
        let Some(until) = certificates.iter().filter(|c| c.revoked_at.is_none()).map(|c| c.not_after).max() else {
            continue;
        };
        if days_to(until, now) < LEAF_WARNING_DAYS {
            list.push(Attention {
                severity: Severity::Warn,
                kind: AttentionKind::ClientCertificateEnding.into(),
                title: format!("The certificate of {} ends", person.name),
                detail: format!("It ends at {until}; a console that is in use renews it by itself. After that they need a new enrolment code"),
                resource_id: Some(person.id.to_string()),
                facts: AttentionFacts { name: Some(person.name), at: Some(until), ..AttentionFacts::default() },
            });
        }
    }
    Ok(())
}
