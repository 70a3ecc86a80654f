//! What the small daemon has of configs and of batches that await signatures.

use super::daemon::{FakeDaemon, ok, problem};
use base64::{Engine, engine::general_purpose::STANDARD};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::{Digest, Sha256};
use tekport_api::batch::{AwaitedSigner, AwaitingSignature, Batch, BatchState, SignatureUpload, UnsignedFile};
use tekport_api::export_config::{
    ConfigState, ExportConfig, ExportConfigDraft, PreviewRequest, SmallBatchPolicy, Travelers,
};
use tekport_api::problem::ProblemKind;
use tekport_api::signing_key::SigningKey;
use tekport_api::{FieldProblem, UtcTime};
use tekport_export_file::{
    DerSignature, FileHeader, KeyId, KeyVersion, Region, ReportType, SignatureInfo, Tek, TekFields, UnsignedExport,
    Window, order,
};

/// The period of the small daemon's configs.
pub(super) const PERIOD: i64 = 4 * 3_600;

#[derive(Default)]
pub(in crate::console) struct Awaiting {
    pub(super) configs: Vec<ExportConfig>,
    pub(super) batches: Vec<Batch>,
    /// `export.bin` by batch and file number.
    pub(super) bins: Vec<(String, u32, Vec<u8>)>,
    /// The digests that were signed, by key.
    pub(super) signed: Vec<(String, String)>,
}

impl FakeDaemon {
    /// Adds a config of the region `MAG` that signs with these keys.
    pub(super) fn add_config(&self, id: &str, keys: &[&SigningKey]) {
        let fields = ExportConfigDraft {
            output_region: "MAG".to_owned(),
            input_regions: vec![],
            excluded_regions: vec![],
            travelers: Travelers::Ignore,
            storage_target: "public".to_owned(),
            path_prefix: format!("mag-{id}"),
            period_minutes: u32::try_from(PERIOD / 60).unwrap(),
            valid_from: UtcTime::saturating(0),
            valid_through: None,
            signing_key_ids: keys.iter().map(|key| key.id.clone()).collect(),
            max_records_per_file: 1_000,
            small_batch: SmallBatchPolicy::Release,
        };
        self.awaiting.lock().unwrap().configs.push(ExportConfig {
            id: id.to_owned(),
            revision: 1,
            state: ConfigState::Active,
            fields,
            created_at: UtcTime::saturating(0),
            updated_at: UtcTime::saturating(0),
            windows_through: None,
        });
    }

    /// Adds a batch of that config for the window that begins at `start`, with as many files as asked for, each of
    /// two keys that differ by `seed`.
    pub(super) fn add_batch(&self, id: &str, config_id: &str, start: i64, files: u32, seed: u8) {
        let mut awaiting = self.awaiting.lock().unwrap();
        let config = awaiting.configs.iter().find(|config| config.id == config_id).unwrap().clone();
        let registered = self.keys.lock().unwrap();
        let signers: Vec<AwaitedSigner> = config
            .fields
            .signing_key_ids
            .iter()
            .map(|id| {
                let key = registered.iter().find(|key| key.id == *id).unwrap();
                AwaitedSigner {
                    signing_key_id: key.id.clone(),
                    key_id: key.key_id.clone(),
                    key_version: key.key_version.clone(),
                    fingerprint: key.fingerprint.clone(),
                    custody: key.custody,
                    signed: vec![],
                }
            })
            .collect();
        let mut unsigned = Vec::new();
        for number in 1..=files {
            let offset = if files == 1 { 0 } else { number };
            let bin = export_bin(start, start + PERIOD, offset, &config.fields.output_region, &signers, seed);
            unsigned.push(UnsignedFile {
                number,
                digest: hex::encode(Sha256::digest(&bin)),
                start_timestamp: UtcTime::saturating(start),
                end_timestamp: UtcTime::saturating(start + PERIOD + i64::from(offset)),
                keys: 2,
                revised_keys: 0,
                size_bytes: u32::try_from(bin.len()).unwrap(),
            });
            awaiting.bins.retain(|(batch, of, _)| (batch.as_str(), *of) != (id, number));
            awaiting.bins.push((id.to_owned(), number, bin));
        }
        awaiting.batches.retain(|batch| batch.id != id);
        awaiting.batches.push(Batch {
            id: id.to_owned(),
            config_id: config_id.to_owned(),
            output_region: config.fields.output_region.clone(),
            window_start: UtcTime::saturating(start),
            window_end: UtcTime::saturating(start + PERIOD),
            state: BatchState::AwaitingSignature,
            attempts: 1,
            error: None,
            error_message: None,
            next_attempt_at: None,
            completed_at: None,
            counts: None,
            files: vec![],
            generation: 0,
            awaiting: Some(AwaitingSignature { since: UtcTime::saturating(start + PERIOD), files: unsigned, signers }),
            history: vec![],
            progress: None,
        });
    }

    /// Changes something of a batch, as a daemon that was tampered with might.
    pub(super) fn change_batch(&self, id: &str, change: impl FnOnce(&mut Batch, &mut AwaitingSignature)) {
        let mut awaiting = self.awaiting.lock().unwrap();
        let batch = awaiting.batches.iter_mut().find(|batch| batch.id == id).unwrap();
        let mut unsigned = batch.awaiting.take().unwrap();
        change(batch, &mut unsigned);
        batch.awaiting = Some(unsigned);
    }

    /// Sends other bytes for a batch's only file; with their own digest and size, or as if nothing had happened.
    pub(super) fn replace_bin(&self, id: &str, bytes: Vec<u8>, announced: bool) {
        if announced {
            self.change_batch(id, |_, unsigned| {
                unsigned.files[0].digest = hex::encode(Sha256::digest(&bytes));
                unsigned.files[0].size_bytes = u32::try_from(bytes.len()).unwrap();
            });
        }
        let mut awaiting = self.awaiting.lock().unwrap();
        awaiting.bins.iter_mut().find(|(batch, _, _)| batch == id).unwrap().2 = bytes;
    }

    pub(super) fn signing_answer(&self, method: &str, parts: &[&str], body: &[u8]) -> Option<(u16, Vec<u8>)> {
        let mut awaiting = self.awaiting.lock().unwrap();
        match (method, parts) {
            ("GET", ["export-configs", id]) => awaiting.configs.iter().find(|config| config.id == *id).map(ok),
            ("GET", ["export-configs"]) => {
                Some(ok(&serde_json::json!({"items": awaiting.configs, "next_cursor": null})))
            }
            ("POST", ["export-configs", "preview"]) => Some(preview(body)),
            ("GET", ["batches"]) => {
                let is_waiting = |batch: &&Batch| batch.state == BatchState::AwaitingSignature;
                let items: Vec<&Batch> = awaiting.batches.iter().filter(is_waiting).collect();
                Some(ok(&serde_json::json!({"items": items, "next_cursor": null})))
            }
            ("GET", ["batches", id]) => awaiting.batches.iter().find(|batch| batch.id == *id).map(ok),
            ("GET", ["batches", id, "unsigned", number, "content"]) => {
                let bin = awaiting.bins.iter().find(|(batch, of, _)| batch == id && of.to_string() == *number);
                bin.map(|(_, _, bin)| (200, bin.clone()))
            }
            ("PUT", ["batches", id, "unsigned", number, "signatures", key]) => {
                let upload: SignatureUpload = serde_json::from_slice(body).unwrap();
                Some(self.take_signature(&mut awaiting, id, number.parse().unwrap(), key, &upload))
            }
            _ => None,
        }
    }

    fn take_signature(
        &self,
        awaiting: &mut Awaiting,
        id: &str,
        number: u32,
        key_id: &str,
        upload: &SignatureUpload,
    ) -> (u16, Vec<u8>) {
        let registered = self.keys.lock().unwrap();
        let key = registered.iter().find(|key| key.id == key_id).unwrap();
        let batch = awaiting.batches.iter_mut().find(|batch| batch.id == id).unwrap();
        let Some(unsigned) = &mut batch.awaiting else { return problem(ProblemKind::Conflict) };
        let file = unsigned.files.iter().find(|file| file.number == number).unwrap();
        if file.digest != upload.digest {
            return problem(ProblemKind::Conflict);
        }
        let public = tekport_keys::PublicKey::from_pem(&key.public_key_pem).unwrap();
        let signature = DerSignature::from_der(&STANDARD.decode(&upload.signature).unwrap()).unwrap();
        let digest = hex::decode(&upload.digest).unwrap();
        public.verifying_key().verify_prehash(&digest, signature.signature()).expect("the signature verifies");
        awaiting.signed.push((key.fingerprint.clone(), upload.digest.clone()));
        let signer = unsigned.signers.iter_mut().find(|signer| signer.signing_key_id == key_id).unwrap();
        signer.signed.push(number);
        if unsigned.signers.iter().all(|signer| signer.signed.len() == unsigned.files.len()) {
            batch.awaiting = None;
            batch.state = BatchState::Complete;
        }
        ok(batch)
    }
}

/// Refuses a draft that nobody signs, as the daemon does, and has a second look at one that releases small batches.
fn preview(body: &[u8]) -> (u16, Vec<u8>) {
    let request: PreviewRequest = serde_json::from_slice(body).unwrap();
    let problem = |field: &str| vec![FieldProblem::of_machine(field, "as asked for by the test", "something else")];
    let problems = if request.fields.signing_key_ids.is_empty() { problem("signing_key_ids") } else { vec![] };
    let releases = request.fields.small_batch == SmallBatchPolicy::Release;
    ok(&serde_json::json!({
        "problems": problems, "warnings": if releases { problem("small_batch") } else { vec![] }, "windows": [],
        "files_a_day": 6, "ios_limit": 15, "android_limit": 20, "load": null,
    }))
}

/// An `export.bin` as the daemon makes it, of two keys that ended a day before the window.
pub(super) fn export_bin(
    start: i64,
    end: i64,
    offset: u32,
    region: &str,
    signers: &[AwaitedSigner],
    seed: u8,
) -> Vec<u8> {
    let infos = signers.iter().map(|signer| SignatureInfo {
        key_id: KeyId::parse(&signer.key_id).unwrap(),
        key_version: KeyVersion::parse(&signer.key_version).unwrap(),
    });
    let window = Window::new(start, end).unwrap();
    let header = FileHeader::new(window, offset, Region::parse(region).unwrap(), infos.collect()).unwrap();
    let first_day = (start - 2 * 86_400) / 86_400 * 144;
    let mut keys: Vec<Tek> = (0..2_u8)
        .map(|n| {
            let mut key_data = [seed; 16];
            key_data[0] = n;
            key_data[1] = u8::try_from(offset).unwrap();
            Tek::new(TekFields {
                key_data: &key_data,
                rolling_start: first_day,
                rolling_period: 144,
                report_type: ReportType::ConfirmedTest,
                transmission_risk: 1,
                days_since_onset: Some(0),
                variant_of_concern: 0,
            })
            .unwrap()
        })
        .collect();
    order(&mut keys);
    UnsignedExport::new(&header, &keys, &[]).unwrap().export_bin().unwrap()
}
