//! How far a rotation is: read off the old key and its successor.

use super::custody;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::ids::Id;
use crate::key_life::ending::Facts;
use crate::key_life::sending::Signers;
use crate::key_life::{facts, rotation};
use crate::problem::Refusal;
use crate::store::configs;
use crate::store::signing_keys::{self, SigningKeyRow};
use axum::extract::State;
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::export_config::ConfigState;
use tekport_api::signing_key::{KeyState, Rotation, RotationConfig};
use tekport_api::{Problem, UtcTime};
use tekport_export_file::KeyVersion;
use uuid::Uuid;

/// How far the rotation of a key is.
#[utoipa::path(get, path = "/signing-keys/{id}/rotation", tag = "signing keys",
    params(("id" = String, Path, description = "The old key")),
    responses(
        (status = 200, description = "The rotation", body = Rotation),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn get(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    let mut snapshot = state.store.pool().begin().await?;
    let old = custody::found(&mut snapshot, id).await?;
    let all = signing_keys::all(&mut *snapshot).await?;
    let successor = signing_keys::successor(&all, id);
    let suggested = next_version(&old, &all);
    let now = state.now();
    let facts = facts::read(&mut snapshot, now, state.retention_days).await?;
    let configs = configs_of(&mut snapshot, &facts, &old, successor, &suggested, now).await?;
    let end = facts.end_of(&old.name(), now);
    let step = rotation::step(&old, successor, configs.iter().all(|config| config.attached), &end);
    let signers = Signers::read(&mut snapshot, now).await?;
    drop(snapshot);
    Answer::ok(&Rotation {
        old: signers.shown(&old),
        successor: successor.map(|key| signers.shown(key)),
        suggested_version: suggested,
        step,
        configs,
        end,
    })
}

/// Every config that the old key is named by and that makes files, before and after the attaching. Of a revoked key
/// also those that have ended and whose index still offers what it signed: that is made anew with its successor.
async fn configs_of(
    db: &mut SqliteConnection,
    facts: &Facts,
    old: &SigningKeyRow,
    successor: Option<&SigningKeyRow>,
    suggested: &str,
    now: UtcTime,
) -> Result<Vec<RotationConfig>, Refusal> {
    let mut list = Vec::new();
    let mut ids = signing_keys::config_ids(&mut *db, old.id).await?;
    if old.state() == KeyState::Revoked {
        let left: Vec<Uuid> = facts.left_with_files_of(&old.name()).flat_map(Uuid::try_parse).collect();
        ids.extend(left.into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    }
    for config_id in ids {
        let Some(config) = configs::find(&mut *db, config_id).await? else { continue };
        let ended = config.state(now) == ConfigState::Ended;
        if ended && !(old.state() == KeyState::Revoked && facts.offers(&config_id.to_string(), &old.name())) {
            continue;
        }
        let keys = signing_keys::of_config(&mut *db, config_id).await?;
        let attached = successor.is_some_and(|new| keys.iter().any(|key| key.id == new.id));
        let before: Vec<String> = keys.iter().map(SigningKeyRow::name).collect();
        let kept = keys.iter().filter(|key| !key.state().is_dead());
        let kept = kept.map(SigningKeyRow::name);
        // What begins to sign now stands first.
        let new = successor.map_or_else(|| format!("{} {suggested}", old.key_id), SigningKeyRow::name);
        let after = if attached { before.clone() } else { std::iter::once(new).chain(kept).collect() };
        list.push(RotationConfig {
            config_id: config_id.to_string(),
            revision: config.revision,
            output_region: config.spec.output_region.to_string(),
            before,
            after,
            attached,
            ended,
        });
    }
    Ok(list)
}

/// The version after the old key's that its key id doesn't have yet: `v1` to `v2`, `a_09` to `a_10`, and `2` at the
/// end where there is no number to count on.
fn next_version(old: &SigningKeyRow, all: &[SigningKeyRow]) -> String {
    let versions = all.iter().filter(|key| key.key_id == old.key_id).map(|key| key.key_version.to_string());
    next_free(old.key_version.as_str(), &versions.collect())
}

fn next_free(version: &str, taken: &BTreeSet<String>) -> String {
    let digits = version.len() - version.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (stem, number) = version.split_at(version.len() - digits);
    let (width, first) = match number.parse::<u64>() {
        Ok(number) => (number.to_string().len().max(digits), number.saturating_add(1)),
        Err(_) => (1, 2),
    };
    // Of so many candidates one more than are taken is free.
    let candidates = (first..).take(taken.len() + 1).map(|number| format!("{stem}{number:0width$}"));
    let free = candidates.into_iter().find(|one| !taken.contains(one) && KeyVersion::parse(one).is_ok());
    free.unwrap_or_else(|| "v2".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_free_version_is_suggested() {
        let next =
            |version: &str, taken: &[&str]| next_free(version, &taken.iter().map(|one| (*one).to_owned()).collect());
        assert_eq!(next("v1", &["v1"]), "v2");
        assert_eq!(next("v1", &["v1", "v2", "v3"]), "v4");
        assert_eq!(next("7", &["7"]), "8");
        assert_eq!(next("a_09", &["a_09"]), "a_10");
        assert_eq!(next("v99", &["v99"]), "v100");
        assert_eq!(next("first", &["first"]), "first2");
        assert_eq!(next(&"9".repeat(64), &[]), "2", "there is no longer version");
    }
}
