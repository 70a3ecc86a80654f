//! Whatever happens in whatever order - keys come and go, consoles sign or don't, the exporter is killed - what must
//! always hold holds, and in the end every key is published once.

use crate::crash::StopAt;
use crate::world::{HOUR, World, data, draft, line};
use proptest::prelude::*;
use std::collections::BTreeSet;
use tekport_api::batch::BatchState::{self, AwaitingSignature, Complete, Superseded};
use tekport_api::export_config::{ExportConfigDraft, SmallBatchPolicy};
use tekport_export_file::{KeyId, KeyVersion, KnownKey, SignatureInfo};
use tekport_keys::SigningKey;
use tekportd::exporter::ExporterError;
use tekportd::store::files;
use uuid::Uuid;

#[derive(Debug, Clone)]
enum Act {
    Import,
    Tick { minutes: i64 },
    Kill { after: usize },
    Sign { batch: prop::sample::Index, key: prop::sample::Index },
    AddKey { console: bool },
    Revoke { key: prop::sample::Index },
    Pause { paused: bool },
    Regenerate { batch: prop::sample::Index },
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => Just(Act::Import),
        4 => (0i64..90).prop_map(|minutes| Act::Tick { minutes }),
        3 => (1usize..14).prop_map(|after| Act::Kill { after }),
        4 => (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(|(batch, key)| Act::Sign { batch, key }),
        1 => any::<bool>().prop_map(|console| Act::AddKey { console }),
        1 => any::<prop::sample::Index>().prop_map(|key| Act::Revoke { key }),
        1 => any::<bool>().prop_map(|paused| Act::Pause { paused }),
        1 => any::<prop::sample::Index>().prop_map(|batch| Act::Regenerate { batch }),
    ]
}

struct Key {
    id: Uuid,
    version: String,
    private: SigningKey,
    console: bool,
    revoked: bool,
}

struct Machine {
    world: World,
    config: Uuid,
    keys: Vec<Key>,
    imported: u32,
}

impl Machine {
    async fn new() -> Self {
        let world = World::new().await;
        let (id, private) = world.console_key("v1").await;
        let config = world.config(&fields(&[id])).await;
        let key = Key { id, version: "v1".to_owned(), private, console: true, revoked: false };
        Self { world, config, keys: vec![key], imported: 0 }
    }

    async fn act(&mut self, act: &Act) {
        match act {
            Act::Import => {
                self.world.import(&[line(self.imported, "")]).await;
                self.imported += 1;
            }
            Act::Tick { minutes } => {
                self.world.clock.advance(minutes * 60);
                assert_eq!(self.world.tick().await.problems, []);
            }
            Act::Kill { after } => match self.world.exporter_with("one", Box::new(StopAt::new(*after))).tick().await {
                Ok(_) | Err(ExporterError::Interrupted(_)) => {}
                Err(error) => unreachable!("{error}"),
            },
            Act::Sign { batch, key } => {
                let batches = self.world.batches(self.config).await;
                let awaiting: Vec<_> = batches.iter().filter(|batch| batch.state == AwaitingSignature).collect();
                if !awaiting.is_empty() {
                    self.sign(batch.get(&awaiting).id, key.get(&self.keys)).await;
                }
            }
            Act::AddKey { console } if self.keys.len() < 5 => {
                let version = format!("v{}", self.keys.len() + 1);
                let (id, private) = match console {
                    true => self.world.console_key(&version).await,
                    false => self.world.registered_key(&version).await,
                };
                self.keys.push(Key { id, version, private, console: *console, revoked: false });
                self.world.edit(self.config, &fields(&self.live())).await;
            }
            Act::Revoke { key } if self.live().len() > 1 => {
                let key = key.index(self.keys.len());
                self.keys[key].revoked = true;
                self.world.revoke_key(self.keys[key].id).await;
            }
            Act::Pause { paused } => self.world.pause(self.config, *paused).await,
            Act::Regenerate { batch } => {
                let batches = self.world.batches(self.config).await;
                if !batches.is_empty() {
                    // Refused for those that can't be: that is the request's business.
                    let _ = self.world.exporter().regenerate(batch.get(&batches).id).await;
                }
            }
            Act::AddKey { .. } | Act::Revoke { .. } => {}
        }
    }

    fn live(&self) -> Vec<Uuid> {
        self.keys.iter().filter(|key| !key.revoked).map(|key| key.id).collect()
    }

    /// Signs a batch with a console's key, where that is asked of it.
    async fn sign(&self, batch: Uuid, key: &Key) {
        let asked = self.world.unsigned(batch).await.iter().all(|file| file.signers.contains(&key.id));
        if asked && key.console && !key.revoked {
            let private = SigningKey::from_pkcs8_der(&key.private.to_pkcs8_der().unwrap()).unwrap();
            self.world.sign(batch, &(key.id, private)).await;
        }
    }

    /// What must hold at any moment, also right after a kill.
    async fn check(&self) {
        let batches = self.world.batches(self.config).await;
        let first: Vec<BatchState> =
            batches.iter().filter(|batch| batch.generation == 0).map(|batch| batch.state).collect();
        let done = |state: &BatchState| matches!(state, Complete | Superseded);
        assert!(first.iter().skip_while(|state| done(state)).all(|state| !done(state)), "out of order: {first:?}");
        for batch in &batches {
            let unsigned = self.world.unsigned(batch.id).await;
            match batch.state {
                AwaitingSignature => assert!(!unsigned.is_empty() && batch.counts.is_some(), "{batch:?}"),
                Complete | Superseded => assert_eq!(unsigned, [], "{batch:?}"),
                _ => {}
            }
        }
        let mut transaction = self.world.store.begin().await.unwrap();
        let listed = files::listed(&mut *transaction, self.config).await.unwrap();
        drop(transaction);
        let known: Vec<_> = self.keys.iter().map(known).collect();
        for file in listed {
            let outcomes = self.world.open(&file.path).verify(&known);
            assert!(!outcomes.is_empty() && outcomes.iter().all(|outcome| outcome.verified()), "{}", file.path);
        }
    }

    /// Resumes, signs whatever awaits it, and moves on until every window of a key is published.
    async fn settle(&mut self) {
        self.world.pause(self.config, false).await;
        // Enough for the last window not to be held.
        self.act(&Act::Import).await;
        self.act(&Act::Import).await;
        self.world.clock.advance(HOUR + 600);
        for _ in 0..20 {
            self.world.clock.advance(HOUR);
            self.world.tick().await;
            let batches = self.world.batches(self.config).await;
            for batch in batches.iter().filter(|batch| batch.state == AwaitingSignature) {
                for key in &self.keys {
                    self.sign(batch.id, key).await;
                }
            }
            self.world.tick().await;
            let states = self.world.states(self.config).await;
            if states.iter().all(|state| matches!(state, Complete | Superseded)) {
                return;
            }
        }
        unreachable!("it never settles: {:#?}", self.world.batches(self.config).await);
    }
}

fn known(key: &Key) -> KnownKey {
    let name =
        SignatureInfo { key_id: KeyId::parse("310").unwrap(), key_version: KeyVersion::parse(&key.version).unwrap() };
    KnownKey { name: Some(name), key: *key.private.public_key().verifying_key() }
}

fn fields(keys: &[Uuid]) -> ExportConfigDraft {
    let small_batch = SmallBatchPolicy::Hold { minimum: 2 };
    ExportConfigDraft { small_batch, max_records_per_file: 100, ..draft("us", keys) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_every_key_is_published_once_and_in_order(acts in prop::collection::vec(act(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut machine = Machine::new().await;
            for act in &acts {
                machine.act(act).await;
                machine.check().await;
            }
            machine.settle().await;
            machine.check().await;
            let published = machine.world.published("us");
            let distinct: BTreeSet<_> = published.iter().copied().collect();
            let all: BTreeSet<_> = (0..machine.imported).map(data).collect();
            assert_eq!(distinct.len(), published.len(), "a key twice");
            assert_eq!(distinct, all, "a key is missing or from nowhere");
        });
    }
}
