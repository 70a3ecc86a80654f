//! When a key may leave the house. A phone that gets a new key early must already find its signature in every new file
//! (EXPORT-FORMAT, rotation): so a key is sent only once it signs wherever its predecessor does, and every older live
//! key of its id, of which a phone may hold any.

use crate::store::StoreError;
use crate::store::configs::{self, ConfigRow};
use crate::store::signing_keys::{self, SigningKeyRow};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;
use tekport_api::UtcTime;
use tekport_api::export_config::ConfigState;
use tekport_api::message::{List, NotToSend};
use tekport_api::signing_key::SigningKey;
use uuid::Uuid;

/// Which keys there are, and which configs sign with them.
#[derive(Debug)]
pub struct Signers {
    keys: Vec<SigningKeyRow>,
    /// Those that have not ended.
    configs: Vec<ConfigRow>,
}

impl Signers {
    /// Reads them as they are now.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub async fn read(db: &mut SqliteConnection, now: UtcTime) -> Result<Self, StoreError> {
        let keys = signing_keys::all(&mut *db).await?;
        let mut configs = configs::all(&mut *db).await?;
        configs.retain(|config| config.state(now) != ConfigState::Ended);
        Ok(Self { keys, configs })
    }

    /// The key as the API shows it.
    #[must_use]
    pub fn shown(&self, key: &SigningKeyRow) -> SigningKey {
        let named_by = self.configs_of(key.id).map(|config| config.id.to_string());
        SigningKey {
            config_ids: named_by.collect(),
            not_to_send: self.not_to_send(key).map(|why| why.shown()),
            ..key.to_api()
        }
    }

    /// Why Google and Apple shouldn't be sent a key now; `None` where they may.
    #[must_use]
    pub fn not_to_send(&self, key: &SigningKeyRow) -> Option<NotToSend> {
        let name = key.name();
        if key.revoked_at.is_some() {
            return Some(NotToSend::Revoked { key: name });
        }
        if key.retired_at.is_some() {
            return Some(NotToSend::Ended { key: name });
        }
        let before: Vec<&SigningKeyRow> = self.keys.iter().filter(|other| comes_before(other, key)).collect();
        if !key.state().is_live() {
            let first = before.is_empty() && key.predecessor_id.is_none();
            return Some(if first { NotToSend::First { key: name } } else { NotToSend::DoesNotSign { key: name } });
        }
        let (mut regions, mut signers) = (BTreeSet::new(), BTreeSet::new());
        for other in before {
            for config in self.configs_of(other.id) {
                if !config.spec.signing_key_ids.contains(&key.id) {
                    regions.insert(config.spec.output_region.to_string());
                    signers.insert(other.name());
                }
            }
        }
        if regions.is_empty() {
            return None;
        }
        Some(NotToSend::Missing {
            key: name,
            regions: regions.into_iter().collect::<List>(),
            signers: signers.into_iter().collect::<List>(),
        })
    }

    /// The configs that a key is named by and that have not ended, oldest first.
    pub(crate) fn configs_of(&self, key: Uuid) -> impl Iterator<Item = &ConfigRow> {
        self.configs.iter().filter(move |config| config.spec.signing_key_ids.contains(&key))
    }
}

/// Whether a phone may hold `other` where it is to get `key`: its predecessor, or an older live key of the same id.
fn comes_before(other: &SigningKeyRow, key: &SigningKeyRow) -> bool {
    let older = || other.key_id == key.key_id && other.effective_order() < key.effective_order();
    Some(other.id) == key.predecessor_id || (other.id != key.id && other.state().is_live() && older())
}
