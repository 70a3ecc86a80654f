//! How fast files are made and read, and what a key costs in memory and in the zip: `cargo bench -p tekport-export-file`.
//!
//! Targets: at most 17.4 bytes a key in the zip and 48 bytes a key at the peak, the keys themselves counted.
#![expect(clippy::unwrap_used, reason = "nothing here may fail")]

use criterion::{BatchSize, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use peak_alloc::PeakAlloc;
use std::hint::black_box;
use std::time::Duration;
use tekport_export_file::*;

#[path = "../tests/export_file/realistic.rs"]
mod realistic;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const COUNTS: [usize; 3] = [1_000, 100_000, 750_000];

struct Signer {
    info: SignatureInfo,
    key: SigningKey,
}

impl Signer {
    fn new() -> Self {
        let info =
            SignatureInfo { key_id: KeyId::parse("310").unwrap(), key_version: KeyVersion::parse("v1").unwrap() };
        Self { info, key: SigningKey::from_slice(&[7; 32]).unwrap() }
    }

    fn header(&self) -> FileHeader {
        let window = Window::new(1_793_520_000, 1_793_534_400).unwrap();
        FileHeader::new(window, 0, Region::parse("US").unwrap(), vec![self.info.clone()]).unwrap()
    }

    fn sign(&self, digest: &[u8; 32]) -> DerSignature {
        let signature: Signature = self.key.sign_prehash(digest).unwrap();
        signature.into()
    }

    /// Orders, encodes, compresses and signs.
    fn make(&self, mut keys: Vec<Tek>) -> Vec<u8> {
        order(&mut keys);
        let unsigned = UnsignedExport::new(&self.header(), &keys, &[]).unwrap();
        let signature = self.sign(&unsigned.digest());
        unsigned.finish(&[(self.info.clone(), signature)]).unwrap()
    }

    /// Opens, verifies and holds against every device rule.
    fn check(&self, zip: &[u8]) -> bool {
        let file = ExportFile::open(zip).unwrap();
        let known = KnownKey { name: Some(self.info.clone()), key: VerifyingKey::from(&self.key) };
        file.verify(&[known]).iter().all(SignatureOutcome::verified)
            && !file.device_rules(None).iter().any(RuleOutcome::refuses)
    }
}

/// Prints what a key costs; the peak counts everything allocated, the keys or the zip included.
fn print_costs(signer: &Signer) {
    for count in COUNTS {
        let a_key = |bytes: usize| bytes as f64 / count as f64;
        let before = MEMORY.current_usage();
        let keys = realistic::keys(count);
        MEMORY.reset_peak_usage();
        let zip = signer.make(keys);
        let making = MEMORY.peak_usage() - before;
        MEMORY.reset_peak_usage();
        assert!(signer.check(&zip));
        let checking = MEMORY.peak_usage() - before;
        println!(
            "{count} keys: {:.2} bytes a key in the zip; peak bytes a key: making {:.1}, checking {:.1}",
            a_key(zip.len()),
            a_key(making),
            a_key(checking),
        );
    }
}

fn benches(criterion: &mut Criterion) {
    let signer = Signer::new();
    print_costs(&signer);
    for count in COUNTS {
        let arrived = realistic::keys(count);
        let mut ordered = arrived.clone();
        order(&mut ordered);
        let zip = signer.make(arrived.clone());
        let header = signer.header();

        let mut group = criterion.benchmark_group("export-file");
        group.throughput(Throughput::Elements(count as u64));
        group.sampling_mode(SamplingMode::Flat).sample_size(10).measurement_time(Duration::from_secs(3));
        group.bench_with_input(BenchmarkId::new("order", count), &arrived, |bench, arrived| {
            bench.iter_batched_ref(|| arrived.clone(), |keys| order(keys), BatchSize::LargeInput);
        });
        group.bench_with_input(BenchmarkId::new("encode and compress", count), &ordered, |bench, ordered| {
            bench.iter(|| UnsignedExport::new(&header, black_box(ordered), &[]).unwrap());
        });
        group.bench_with_input(BenchmarkId::new("make", count), &arrived, |bench, arrived| {
            bench.iter_batched(|| arrived.clone(), |keys| signer.make(keys), BatchSize::LargeInput);
        });
        group.bench_with_input(BenchmarkId::new("open and verify", count), &zip, |bench, zip| {
            bench.iter(|| assert!(signer.check(black_box(zip))));
        });
        group.finish();
    }
    criterion.bench_function("sign", |bench| bench.iter(|| signer.sign(black_box(&[1; 32]))));
}

criterion_group!(all, benches);
criterion_main!(all);
