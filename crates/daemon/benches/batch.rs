//! How long a batch takes from the store to a verified file in a folder: `cargo bench -p tekportd`.
//!
//! Target: 100,000 keys well under a second on one core.
#![expect(clippy::unwrap_used, reason = "nothing here may fail")]

use criterion::{BatchSize, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy, Travelers};
use tekport_api::signing_key::{Custody, SigningKeySpec};
use tekport_export_file::{KeyId, KeyVersion, Region};
use tekport_keys::SigningKey;
use tekport_keys::at_rest::{Binding, RootKey};
use tekportd::audit::Actor;
use tekportd::config::Config;
use tekportd::exporter::{Exporter, LEASE_SECONDS, Settings};
use tekportd::key_life;
use tekportd::signer::Signer;
use tekportd::storage::StorageTargets;
use tekportd::store::signing_keys::{self, SEALED_COLUMN, TABLE};
use tekportd::store::teks::{self, NewTek};
use tekportd::store::{Store, configs, new_id};

#[path = "../../export-file/tests/export_file/realistic.rs"]
mod realistic;

/// 00:00 UTC of a day after the last of the realistic keys.
const WINDOW_START: i64 = 1_795_824_000;
const PERIOD_MINUTES: u32 = 240;
const MIN_WINDOW_AGE: u32 = 7_200;

fn root_key() -> RootKey {
    RootKey::from_bytes(&[7; 32]).unwrap()
}

/// Makes a store in `state` with `count` keys in one closed window of one config.
async fn fill(state: &Path, count: usize) {
    let store = Store::open(&state.join("tekport.db")).await.unwrap();
    let received_at = UtcTime::saturating(WINDOW_START + 60);
    let key = SigningKey::generate().unwrap();
    let id = new_id(received_at);
    let spec = SigningKeySpec {
        key_id: KeyId::parse("310").unwrap(),
        key_version: KeyVersion::parse("v1").unwrap(),
        public_key: key.public_key(),
        custody: Custody::Daemon,
        predecessor_id: None,
    };
    let row = id.to_string();
    let place = Binding { table: TABLE, row: &row, column: SEALED_COLUMN };
    let sealed = root_key().encrypt(place, &key.to_pkcs8_der().unwrap()).unwrap();
    let draft = ExportConfigDraft {
        output_region: "US".to_owned(),
        input_regions: Vec::new(),
        excluded_regions: Vec::new(),
        travelers: Travelers::Ignore,
        storage_target: "local".to_owned(),
        path_prefix: "us".to_owned(),
        period_minutes: PERIOD_MINUTES,
        valid_from: UtcTime::saturating(WINDOW_START),
        valid_through: None,
        signing_key_ids: vec![id.to_string()],
        max_records_per_file: 750_000,
        small_batch: SmallBatchPolicy::Release,
    };
    let mut transaction = store.begin().await.unwrap();
    signing_keys::insert(&mut *transaction, id, &spec, "bench", received_at).await.unwrap();
    signing_keys::provision(&mut *transaction, id, &sealed, received_at).await.unwrap();
    let config = draft.validate().unwrap();
    configs::insert(&mut transaction, new_id(received_at), &config, received_at).await.unwrap();
    key_life::introduce(&mut transaction, received_at, &Actor::daemon()).await.unwrap();
    transaction.commit().await.unwrap();
    let regions = Arc::new(BTreeSet::from([Region::parse("US").unwrap()]));
    let new = |tek| NewTek { tek, regions: Arc::clone(&regions), traveler: false };
    let teks: Vec<NewTek> = realistic::keys(count).into_iter().map(new).collect();
    teks::insert_all(&store, &teks, received_at).await.unwrap();
    store.close().await;
}

/// Opens a copy of the filled store, so that every run finds the batch still to be made.
async fn exporter(filled: &Path, state: &Path) -> Exporter {
    std::fs::copy(filled.join("tekport.db"), state.join("tekport.db")).unwrap();
    let store = Store::open(&state.join("tekport.db")).await.unwrap();
    let config = Config::parse("[storage.local]\nkind = \"folder\"\npath = \"exports\"\n", []).unwrap();
    let targets = StorageTargets::from_config(&config, state).unwrap();
    let now = WINDOW_START + i64::from(PERIOD_MINUTES) * 60 + i64::from(MIN_WINDOW_AGE);
    let settings = Settings {
        instance: "bench".to_owned(),
        min_window_age: MIN_WINDOW_AGE,
        lease_seconds: LEASE_SECONDS,
        retention_days: 14,
        tek_retention_days: 30,
    };
    let signer = Signer::new(store.clone(), root_key(), None);
    let rng = ChaCha20Rng::seed_from_u64(1);
    Exporter::new(store, Clock::manual(UtcTime::saturating(now)), rng, targets, signer, settings)
}

fn batch(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut group = criterion.benchmark_group("store to verified file");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for count in [1_000, 100_000] {
        let filled = tempfile::tempdir().unwrap();
        runtime.block_on(fill(filled.path(), count));
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &count, |bencher, _| {
            bencher.iter_batched(
                || {
                    let state = tempfile::tempdir().unwrap();
                    let exporter = runtime.block_on(exporter(filled.path(), state.path()));
                    (state, exporter)
                },
                |(state, exporter)| {
                    let report = runtime.block_on(exporter.tick()).unwrap();
                    assert_eq!((report.completed.len(), report.failed), (1, vec![]), "one batch, complete");
                    state
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, batch);
criterion_main!(benches);
