//! A daemon's pipeline in a temporary folder.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tekport_api::Clock;
use tekport_api::UtcTime;
use tekport_api::batch::{BatchState, SignatureUpload};
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy, Travelers};
use tekport_api::signing_key::{Custody, KeyEventKind, KeyState, Recipient, Share, ShareState, SigningKeySpec};
use tekport_api::teks::ImportReport;
use tekport_export_file::{ExportBin, ExportFile, KeyId, KeyVersion, Region};
use tekport_keys::SigningKey;
use tekport_keys::at_rest::{Binding, RootKey};
use tekportd::audit::Actor;
use tekportd::config::Config;
use tekportd::exporter::checkpoint::{Checkpoint, Unbroken};
use tekportd::exporter::signatures::{self, SignaturePlace};
use tekportd::exporter::{Exporter, LEASE_SECONDS, Settings, TickReport};
use tekportd::ingest::{self, ImportOptions};
use tekportd::key_life;
use tekportd::signer::Signer;
use tekportd::storage::StorageTargets;
use tekportd::store::batches::BatchRow;
use tekportd::store::{Store, batches, configs, files, new_id, signing_keys, unsigned_files};
use tekportd::token::Token;
use uuid::Uuid;

pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 24 * HOUR;
/// A UTC midnight: where every test begins.
pub(crate) const START: i64 = 20_000 * DAY;

pub(crate) fn at(seconds: i64) -> UtcTime {
    UtcTime::from_unix_seconds(seconds).unwrap()
}

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) root_key: RootKey,
    pub(crate) token: Option<Token>,
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
        let root_key = RootKey::from_bytes(&[7; 32]).unwrap();
        Self { folder, clock: Clock::manual(at(START)), store, root_key, token: None }
    }

    pub(crate) fn exporter(&self) -> Exporter {
        self.exporter_with("one", Box::new(Unbroken))
    }

    pub(crate) fn exporter_with(&self, instance: &str, checkpoint: Box<dyn Checkpoint>) -> Exporter {
        let toml = "[storage.local]\nkind = \"folder\"\npath = \"exports\"\n[storage.other]\nkind = \"folder\"\npath = \"other\"\n";
        let config = Config::parse(toml, []).unwrap();
        let targets = StorageTargets::from_config(&config, self.folder.path()).unwrap();
        let settings = Settings {
            instance: instance.to_owned(),
            min_window_age: 600,
            lease_seconds: LEASE_SECONDS,
            retention_days: 14,
            tek_retention_days: 15,
        };
        let signer = Signer::new(self.store.clone(), self.root_key.clone(), self.token.clone());
        let rng = ChaCha20Rng::seed_from_u64(42);
        let (store, clock) = (self.store.clone(), self.clock.clone());
        Exporter::with_checkpoint(store, clock, rng, targets, signer, settings, checkpoint)
    }

    pub(crate) async fn tick(&self) -> TickReport {
        self.exporter().tick().await.unwrap()
    }

    /// Moves to `seconds` after the start and ticks.
    pub(crate) async fn tick_at(&self, seconds: i64) -> TickReport {
        self.clock.advance(START + seconds - self.clock.now().unix_seconds());
        self.tick().await
    }

    /// Registers a key and hands it over.
    pub(crate) async fn signing_key(&self, version: &str) -> Uuid {
        let (id, _) = self.registered_key(version).await;
        id
    }

    pub(crate) async fn registered_key(&self, version: &str) -> (Uuid, SigningKey) {
        let key = SigningKey::generate().unwrap();
        let id = self.register(version, Custody::Daemon, &key).await;
        self.hand_over(id, &key).await;
        (id, key)
    }

    /// Registers a key that stays in a console.
    pub(crate) async fn console_key(&self, version: &str) -> (Uuid, SigningKey) {
        let key = SigningKey::generate().unwrap();
        (self.register(version, Custody::Console, &key).await, key)
    }

    /// Registers the public half of a key.
    pub(crate) async fn register(&self, version: &str, custody: Custody, key: &SigningKey) -> Uuid {
        let id = new_id(self.clock.now());
        let spec = SigningKeySpec {
            key_id: KeyId::parse("310").unwrap(),
            key_version: KeyVersion::parse(version).unwrap(),
            public_key: key.public_key(),
            custody,
            predecessor_id: None,
        };
        let mut transaction = self.store.begin().await.unwrap();
        signing_keys::insert(&mut *transaction, id, &spec, "test", self.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
        id
    }

    /// Signs every file of a batch that awaits it, as a console does: over the bytes that it fetched.
    pub(crate) async fn sign(&self, batch: Uuid, (id, key): &(Uuid, SigningKey)) {
        for file in self.unsigned(batch).await {
            let mut transaction = self.store.begin().await.unwrap();
            let bin = unsigned_files::content(&mut *transaction, batch, file.number).await.unwrap().unwrap();
            let digest = *ExportBin::open(&bin).unwrap().digest();
            let signature = STANDARD.encode(key.sign_digest(&digest).unwrap());
            let upload = SignatureUpload { digest: hex::encode(digest), signature };
            let place = SignaturePlace { batch_id: batch, number: file.number, signing_key_id: *id };
            let now = self.clock.now();
            signatures::accept(&mut transaction, place, &upload, &Actor::local(), now).await.unwrap();
            transaction.commit().await.unwrap();
        }
    }

    /// The files of a batch that await signatures.
    pub(crate) async fn unsigned(&self, batch: Uuid) -> Vec<unsigned_files::UnsignedRow> {
        let mut transaction = self.store.begin().await.unwrap();
        unsigned_files::of_batch(&mut *transaction, batch).await.unwrap()
    }

    pub(crate) async fn hand_over(&self, id: Uuid, key: &SigningKey) {
        let row = id.to_string();
        let binding = Binding { table: signing_keys::TABLE, row: &row, column: signing_keys::SEALED_COLUMN };
        let sealed = self.root_key.encrypt(binding, &key.to_pkcs8_der().unwrap()).unwrap();
        let mut transaction = self.store.begin().await.unwrap();
        signing_keys::provision(&mut *transaction, id, &sealed, self.clock.now()).await.unwrap();
        key_life::introduce(&mut transaction, self.clock.now(), &Actor::daemon()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    pub(crate) async fn revoke_key(&self, id: Uuid) {
        let mut transaction = self.store.begin().await.unwrap();
        signing_keys::revoke(&mut *transaction, id, self.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Records that Google and Apple have a key on phones.
    pub(crate) async fn confirm_key(&self, id: Uuid) {
        let mut transaction = self.store.begin().await.unwrap();
        for recipient in Recipient::ALL {
            let share = Share { state: ShareState::Confirmed, ..Share::default() };
            signing_keys::set_share(&mut *transaction, id, recipient, &share).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }

    pub(crate) async fn end_key(&self, id: Uuid, seconds: i64) {
        let mut transaction = self.store.begin().await.unwrap();
        signing_keys::set_end(&mut *transaction, id, Some(at(START + seconds))).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Whether a key has ended, and what its history tells of that.
    pub(crate) async fn retirement(&self, id: Uuid) -> (bool, Vec<KeyEventKind>) {
        let mut transaction = self.store.begin().await.unwrap();
        let key = signing_keys::find(&mut *transaction, id).await.unwrap().unwrap();
        let events = signing_keys::events::of_key(&mut *transaction, id).await.unwrap();
        let told = events.into_iter().map(|event| event.kind);
        let of_its_end = |kind: &KeyEventKind| matches!(kind, KeyEventKind::Retired | KeyEventKind::EndHeld);
        (key.state() == KeyState::Retired, told.filter(of_its_end).collect())
    }

    pub(crate) async fn config(&self, draft: &ExportConfigDraft) -> Uuid {
        let id = new_id(self.clock.now());
        let mut transaction = self.store.begin().await.unwrap();
        configs::insert(&mut transaction, id, &draft.validate().unwrap(), self.clock.now()).await.unwrap();
        key_life::introduce(&mut transaction, self.clock.now(), &Actor::daemon()).await.unwrap();
        transaction.commit().await.unwrap();
        id
    }

    pub(crate) async fn pause(&self, id: Uuid, paused: bool) {
        let mut transaction = self.store.begin().await.unwrap();
        configs::set_paused(&mut *transaction, id, paused, self.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    pub(crate) async fn edit(&self, id: Uuid, draft: &ExportConfigDraft) {
        let mut transaction = self.store.begin().await.unwrap();
        let revision = configs::find(&mut *transaction, id).await.unwrap().unwrap().revision;
        let spec = draft.validate().unwrap();
        assert!(configs::update(&mut transaction, id, revision, &spec, self.clock.now()).await.unwrap());
        key_life::introduce(&mut transaction, self.clock.now(), &Actor::daemon()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Imports NDJSON lines, as received now, for region US where a line names none.
    pub(crate) async fn import(&self, lines: &[String]) -> ImportReport {
        let regions = BTreeSet::from([Region::parse("US").unwrap()]);
        let options = ImportOptions { regions, ..ImportOptions::default() };
        let report = ingest::import(&self.store, &self.clock, lines.join("\n").as_bytes(), &options).await.unwrap();
        assert_eq!(report.refusals, []);
        report
    }

    /// A config's batches, in the order of their windows.
    pub(crate) async fn batches(&self, config: Uuid) -> Vec<BatchRow> {
        let mut transaction = self.store.begin().await.unwrap();
        batches::ending_after(&mut *transaction, config, at(0)).await.unwrap()
    }

    pub(crate) async fn states(&self, config: Uuid) -> Vec<BatchState> {
        self.batches(config).await.iter().map(|batch| batch.state).collect()
    }

    pub(crate) async fn files(&self, batch: Uuid) -> Vec<files::FileRow> {
        let mut transaction = self.store.begin().await.unwrap();
        files::of_batch(&mut *transaction, batch).await.unwrap()
    }

    pub(crate) fn exports(&self) -> PathBuf {
        self.folder.path().join("exports")
    }

    /// The lines of a prefix's index.
    pub(crate) fn index(&self, prefix: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.exports().join(prefix).join("index.txt")).unwrap_or_default();
        assert!(text.is_empty() || text.ends_with('\n'));
        text.lines().map(str::to_owned).collect()
    }

    pub(crate) fn open(&self, path: &str) -> ExportFile {
        ExportFile::open(&std::fs::read(self.exports().join(path)).unwrap()).unwrap()
    }

    /// Every key in the files that an index names, first releases and revised ones.
    pub(crate) fn published(&self, prefix: &str) -> Vec<[u8; 16]> {
        let files: Vec<ExportFile> = self.index(prefix).iter().map(|path| self.open(path)).collect();
        files.iter().flat_map(|file| file.keys().iter().chain(file.revised_keys())).map(|tek| *tek.key_data()).collect()
    }
}

/// An hourly config from the start on for region US, released as it is.
pub(crate) fn draft(prefix: &str, keys: &[Uuid]) -> ExportConfigDraft {
    ExportConfigDraft {
        output_region: "US".into(),
        input_regions: vec![],
        excluded_regions: vec![],
        travelers: Travelers::Ignore,
        storage_target: "local".into(),
        path_prefix: prefix.into(),
        period_minutes: 60,
        valid_from: at(START),
        valid_through: None,
        signing_key_ids: keys.iter().map(ToString::to_string).collect(),
        max_records_per_file: 750_000,
        small_batch: SmallBatchPolicy::Release,
    }
}

/// The key data of a number.
pub(crate) fn data(number: u32) -> [u8; 16] {
    let mut data = [0; 16];
    data[..4].copy_from_slice(&number.to_be_bytes());
    data
}

/// The NDJSON line of a key that was valid the day before yesterday; `more` is added to it.
pub(crate) fn line(number: u32, more: &str) -> String {
    line_from(number, START - 2 * DAY, more)
}

/// The NDJSON line of a key that is valid for the day that begins at `valid_from`.
pub(crate) fn line_from(number: u32, valid_from: i64, more: &str) -> String {
    let key = STANDARD.encode(data(number));
    format!(r#"{{"key":"{key}","rollingStartNumber":{},"transmissionRisk":2{more}}}"#, valid_from / 600)
}
