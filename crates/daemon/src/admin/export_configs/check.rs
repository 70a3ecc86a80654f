//! What only the daemon can say of a draft: whether what it names exists, and whether what it changes may change.

use crate::admin::AdminState;
use crate::key_life::facts;
use crate::store::configs::{self, ConfigRow};
use crate::store::{StoreError, signing_keys};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::export_config::ExportConfigSpec;
use tekport_api::message::{Allowed, EndReason, Fault, KeyAllowed, KeyFault, List};
use tekport_api::signing_key::KeyState;
use tekport_api::{FieldProblem, UtcTime};

/// A new config begins at most this long ago: no TEK is kept longer (EXPORT-FORMAT, devices).
const MAX_PAST_SECONDS: i64 = 30 * 86_400;

/// Returns every field that can't be as it is. `before` is the config being edited.
pub(super) async fn problems(
    db: &mut SqliteConnection,
    state: &AdminState,
    spec: &ExportConfigSpec,
    before: Option<&ConfigRow>,
) -> Result<Vec<FieldProblem>, StoreError> {
    let mut problems = Vec::new();
    if state.storage.get(&spec.storage_target).is_err() {
        let names: Vec<_> = state.storage.iter().map(|target| target.to_api().name).collect();
        problems.push(FieldProblem::new(
            "storage_target",
            Fault::UnknownTarget { name: spec.storage_target.clone() },
            if names.is_empty() { Allowed::NoTargets } else { Allowed::OneOf { names: List(names) } },
        ));
    }
    signing_key_problems(db, spec, before, &mut problems).await?;
    kept_key_problems(db, state, spec, before, &mut problems).await?;
    let prefix = spec.path_prefix.as_str();
    let owner = configs::prefix_owner(db, &spec.storage_target, prefix).await?;
    if owner.is_some_and(|owner| before.is_none_or(|before| before.id != owner)) {
        let fault = Fault::PrefixTaken { prefix: prefix.to_owned() };
        problems.push(FieldProblem::new("path_prefix", fault, Allowed::NewPrefix));
    }
    match before {
        Some(before) => change_problems(spec, before, &mut problems),
        None => start_problem(spec, state.now(), &mut problems),
    }
    Ok(problems)
}

/// Keys that end or never sign again can't be added. Those that are there already may stay: an edit of something else
/// isn't held up by a key that was revoked meanwhile.
async fn signing_key_problems(
    db: &mut SqliteConnection,
    spec: &ExportConfigSpec,
    before: Option<&ConfigRow>,
    problems: &mut Vec<FieldProblem>,
) -> Result<(), StoreError> {
    for (i, id) in spec.signing_key_ids.iter().enumerate() {
        let there = before.is_some_and(|before| before.spec.signing_key_ids.contains(id));
        let reason = match signing_keys::find(&mut *db, *id).await? {
            None => Fault::UnknownKey,
            Some(_) if there => continue,
            Some(key) => match (key.state(), key.ends_at) {
                (KeyState::Revoked, _) => Fault::KeyRevoked { key: key.name() },
                (KeyState::Retired, _) => Fault::KeyEnded { key: key.name() },
                (_, Some(time)) => Fault::KeyEnds { key: key.name(), time },
                _ => continue,
            },
        };
        let field = format!("signing_key_ids[{i}]");
        problems.push(FieldProblem::new(field, reason, Allowed::LiveKey));
    }
    Ok(())
}

/// Taking a key out of a config ends it there: the same rules hold as for its end. And a config that makes files names
/// every newer key that phones may hold instead of one that it names.
async fn kept_key_problems(
    db: &mut SqliteConnection,
    state: &AdminState,
    spec: &ExportConfigSpec,
    before: Option<&ConfigRow>,
    problems: &mut Vec<FieldProblem>,
) -> Result<(), StoreError> {
    let now = state.now();
    let mut facts = facts::read(&mut *db, now, state.retention_days).await?;
    let mut named = Vec::with_capacity(spec.signing_key_ids.len());
    for id in &spec.signing_key_ids {
        named.extend(signing_keys::find(&mut *db, *id).await?.map(|key| key.name()));
    }
    let mut refused = BTreeSet::new();
    if let Some(before) = before {
        let config_id = before.id.to_string();
        if let Some(config) = facts.configs.iter_mut().find(|config| config.config_id == config_id) {
            config.keys.clone_from(&named);
        }
        for id in before.spec.signing_key_ids.iter().filter(|id| !spec.signing_key_ids.contains(id)) {
            let Some(key) = signing_keys::find(&mut *db, *id).await? else { continue };
            let check = facts.drop_of(&key.name(), &config_id, now);
            if !check.blockers.is_empty() {
                let fault = KeyFault::CannotTakeOut { key: key.name(), reasons: EndReason::all(&check) };
                problems.push(FieldProblem::new("signing_key_ids", fault, KeyAllowed::UntilRotation));
                refused.insert(key.name());
            }
        }
    }
    if spec.valid_through.is_some_and(|end| end <= now) {
        return Ok(());
    }
    for left_out in facts.left_out(&named) {
        if !refused.contains(&left_out.newer) {
            let (named, newer) = (left_out.named, left_out.newer);
            let allowed = Allowed::NewerKeyToo { named: named.clone(), newer: newer.clone() };
            problems.push(FieldProblem::new("signing_key_ids", Fault::KeyLeftOut { named, newer }, allowed));
        }
    }
    Ok(())
}

fn start_problem(spec: &ExportConfigSpec, now: UtcTime, problems: &mut Vec<FieldProblem>) {
    let earliest = UtcTime::saturating(now.unix_seconds() - MAX_PAST_SECONDS);
    if spec.valid_from < earliest {
        let allowed = Allowed::From { time: earliest };
        problems.push(FieldProblem::new("valid_from", Fault::StartTooOld, allowed));
    }
}

/// Once batches exist, their windows and files hold some fields fast.
fn change_problems(spec: &ExportConfigSpec, before: &ConfigRow, problems: &mut Vec<FieldProblem>) {
    let Some(through) = before.windows_through else { return };
    if spec.valid_from != before.spec.valid_from {
        let allowed = Allowed::Exactly { value: before.spec.valid_from.to_string() };
        problems.push(FieldProblem::new("valid_from", Fault::StartFixed, allowed));
    }
    if spec.storage_target != before.spec.storage_target {
        let allowed = Allowed::Exactly { value: before.spec.storage_target.clone() };
        problems.push(FieldProblem::new("storage_target", Fault::TargetFixed, allowed));
    }
    if spec.path_prefix != before.spec.path_prefix {
        let allowed = Allowed::Exactly { value: before.spec.path_prefix.as_str().to_owned() };
        problems.push(FieldProblem::new("path_prefix", Fault::PrefixFixed, allowed));
    }
    if spec.valid_through.is_some_and(|end| end < through) {
        let allowed = Allowed::FromOrNone { time: through };
        problems.push(FieldProblem::new("valid_through", Fault::EndBeforeBatches, allowed));
    }
}
