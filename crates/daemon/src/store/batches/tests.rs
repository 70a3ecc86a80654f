//! What the tests of batches share.

use super::*;
use crate::store::{Store, configs};
use sqlx::{QueryBuilder, Sqlite};
use tekport_api::export_config::ExportConfigDraft;

pub(super) const HOUR: i64 = 3_600;
pub(super) const DAY: i64 = 24 * HOUR;
pub(super) const MONDAY: i64 = 20_780 * DAY;

pub(super) fn at(seconds: i64) -> UtcTime {
    UtcTime::saturating(seconds)
}

fn spec() -> ExportConfigSpec {
    let draft = serde_json::json!({
        "output_region": "MAG", "input_regions": [], "excluded_regions": [], "travelers": "include",
        "storage_target": "local", "path_prefix": "mag", "period_minutes": 240, "valid_from": at(MONDAY),
        "signing_key_ids": [Uuid::from_u128(7)], "max_records_per_file": 100_000,
        "small_batch": { "policy": "release" },
    });
    let draft: ExportConfigDraft = serde_json::from_value(draft).unwrap();
    draft.validate().unwrap()
}

pub(super) async fn store_with_a_config() -> (tempfile::TempDir, Store, Uuid) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
    let id = Uuid::from_u128(1);
    let mut transaction = store.begin().await.unwrap();
    // Its signing key would have to exist, and nothing here needs it.
    let spec = ExportConfigSpec { signing_key_ids: Vec::new(), ..spec() };
    configs::insert(&mut transaction, id, &spec, at(MONDAY)).await.unwrap();
    transaction.commit().await.unwrap();
    (folder, store, id)
}

/// Makes an open batch of four hours.
pub(super) async fn batch(store: &Store, config_id: Uuid, start: i64) -> Uuid {
    let window = Window::new(at(start), at(start + 4 * HOUR)).unwrap();
    let spec = spec();
    let new = NewBatch { config_id, spec: &spec, window, generation: 0, collect_from: None };
    insert(store.pool(), new, at(start)).await.unwrap()
}

/// What the database would do for a query that begins with `EXPLAIN QUERY PLAN`, a line each step.
pub(super) async fn plan(store: &Store, mut query: QueryBuilder<Sqlite>) -> String {
    let steps: Vec<(i64, i64, i64, String)> = query.build_query_as().fetch_all(store.pool()).await.unwrap();
    steps.into_iter().map(|(.., step)| step).collect::<Vec<_>>().join("\n")
}
