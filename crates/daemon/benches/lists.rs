//! How long lists of batches take at ten thousand of them, years of one config: `cargo bench -p tekportd --bench lists`.
//!
//! Target: a page costs the same wherever it lies, and counting every day reads an index alone, so that a console can
//! scroll through years.
#![expect(clippy::unwrap_used, reason = "nothing here may fail")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use tekport_api::UtcTime;
use tekport_api::export_config::ExportConfigDraft;
use tekportd::schedule::Window;
use tekportd::store::batches::days::per_day;
use tekportd::store::batches::list::{Wanted, page};
use tekportd::store::batches::{NewBatch, insert};
use tekportd::store::{Store, configs};
use uuid::Uuid;

const BATCHES: i64 = 10_000;
const PERIOD: i64 = 14_400;
const START: i64 = 19_000 * 86_400;

fn at(seconds: i64) -> UtcTime {
    UtcTime::saturating(seconds)
}

async fn filled(state: &std::path::Path) -> (Store, Uuid) {
    let store = Store::open(&state.join("tekport.db")).await.unwrap();
    let draft: ExportConfigDraft = serde_json::from_value(serde_json::json!({
        "output_region": "MAG", "input_regions": [], "excluded_regions": [], "travelers": "include",
        "storage_target": "local", "path_prefix": "mag", "period_minutes": 240, "valid_from": at(START),
        "valid_through": null, "signing_key_ids": [Uuid::from_u128(7)], "max_records_per_file": 100_000,
        "small_batch": { "policy": "release" },
    }))
    .unwrap();
    let mut spec = draft.validate().unwrap();
    spec.signing_key_ids = Vec::new();
    let id = Uuid::from_u128(1);
    let mut transaction = store.begin().await.unwrap();
    configs::insert(&mut transaction, id, &spec, at(START)).await.unwrap();
    for number in 0..BATCHES {
        let start = START + number * PERIOD;
        let window = Window::new(at(start), at(start + PERIOD)).unwrap();
        let new = NewBatch { config_id: id, spec: &spec, window, generation: 0, collect_from: None };
        insert(&mut *transaction, new, at(start)).await.unwrap();
    }
    transaction.commit().await.unwrap();
    (store, id)
}

fn lists(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let state = tempfile::tempdir().unwrap();
    let (store, config_id) = runtime.block_on(filled(state.path()));
    let mut group = criterion.benchmark_group("10,000 batches");
    let middle = (at(START + BATCHES / 2 * PERIOD), Uuid::max());
    let of_config = Wanted { config_id: Some(config_id), ..Wanted::default() };
    for (name, wanted, before) in [
        ("first page", Wanted::default(), None),
        ("a page in the middle", Wanted::default(), Some(middle)),
        ("a page in the middle of a config", of_config, Some(middle)),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let rows = runtime.block_on(async {
                    let mut db = store.begin().await.unwrap();
                    page(&mut *db, wanted, before, 101).await.unwrap()
                });
                assert_eq!(black_box(rows).len(), 101);
            });
        });
    }
    group.bench_function("every day counted", |bencher| {
        bencher.iter(|| {
            let days = runtime.block_on(async {
                let mut db = store.begin().await.unwrap();
                per_day(&mut *db).await.unwrap()
            });
            assert_eq!(black_box(days).len(), 1_667);
        });
    });
    group.finish();
}

criterion_group!(benches, lists);
criterion_main!(benches);
