//! Reads from the store what the rules of ending look at.

use super::ending::{ConfigFacts, Facts, KeyName, OfferedFiles, Standing};
use crate::store::configs::{self, ConfigRow};
use crate::store::signing_keys::{self, SigningKeyRow};
use crate::store::{StoreError, files};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;
use tekport_api::UtcTime;
use tekport_api::export_config::ConfigState;
use uuid::Uuid;

const DAY_SECONDS: i64 = 86_400;

/// Reads the facts of now. Files leave their index `retention_days` after their publication.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn read(db: &mut SqliteConnection, now: UtcTime, retention_days: u16) -> Result<Facts, StoreError> {
    let rows = signing_keys::all(&mut *db).await?;
    let mut offered = offered(db, retention_days).await?;
    let mut facts = Facts { keys: standings(&rows), configs: Vec::new() };
    for config in configs::all(&mut *db).await? {
        let keys = signing_keys::of_config(&mut *db, config.id).await?;
        facts.configs.push(ConfigFacts {
            keys: keys.iter().map(SigningKeyRow::name).collect(),
            offered: offered.remove(&config.id).unwrap_or_default(),
            ..config_facts(&config, now)
        });
    }
    Ok(facts)
}

/// Where every key stands.
fn standings(rows: &[SigningKeyRow]) -> BTreeMap<KeyName, Standing> {
    let mut oldest_first: Vec<&SigningKeyRow> = rows.iter().collect();
    oldest_first.sort_by_key(|row| row.effective_order());
    let standing = |(rank, row): (usize, &SigningKeyRow)| Standing {
        key_id: row.key_id.to_string(),
        rank,
        live: row.state().is_live() && row.can_sign(),
        ends: row.ends_at.is_some(),
        google: row.google.state,
        apple: row.apple.state,
    };
    oldest_first.into_iter().enumerate().map(|ranked| (ranked.1.name(), standing(ranked))).collect()
}

fn config_facts(config: &ConfigRow, now: UtcTime) -> ConfigFacts {
    ConfigFacts {
        config_id: config.id.to_string(),
        output_region: config.spec.output_region.to_string(),
        ended: config.state(now) == ConfigState::Ended,
        keys: Vec::new(),
        offered: Vec::new(),
    }
}

async fn offered(
    db: &mut SqliteConnection,
    retention_days: u16,
) -> Result<BTreeMap<Uuid, Vec<OfferedFiles>>, StoreError> {
    let mut by_config: BTreeMap<Uuid, Vec<OfferedFiles>> = BTreeMap::new();
    for group in files::offered_by_signers(&mut *db).await? {
        let leaves = group.last_published_at.unix_seconds().saturating_add(i64::from(retention_days) * DAY_SECONDS);
        by_config.entry(group.config_id).or_default().push(OfferedFiles {
            signers: group.signed_by.iter().map(|by| format!("{} {}", by.key_id, by.key_version)).collect(),
            files: group.files,
            until: UtcTime::saturating(leaves),
        });
    }
    Ok(by_config)
}
