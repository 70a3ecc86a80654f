//! Makes signed export files of what is due, and keeps the indexes as the store says. One tick does all there is
//! to do; it takes no input, and wherever it was killed the next one goes on.
//!
//! ```text
//!  for every config        due.rs      batches of closed windows, with windows_through, in one transaction
//!  for every batch         padding.rs  settle padding, before anything of any config is collected
//!  before any is signed    expiry.rs   files leave the index; keys whose end has come sign no more
//!  for every config, in window order:
//!    lease                 batch.rs    with collect_from and the watermark collected_through
//!    collect               collect.rs  regions, travelers, revised apart; the sums of invariant 12
//!    small batch           batch.rs    hold under the minimum
//!    order, split          files.rs
//!    sign                  awaiting.rs where a console's signature is missing: keep the files, end the lease, and
//!                                      look again each tick; made anew when other keys have to sign
//!    finish                files.rs    the zips, once everybody has signed and it is the window's turn
//!    record, put           publish.rs  rows first, so that nothing lies in storage unknown
//!    read back, verify     publish.rs  bytes, signatures, every device rule
//!    complete              publish.rs  positions and counts in one transaction
//!  for every config        index.rs    rewrite the index where it isn't what the store says
//!  at the end              expiry.rs   files leave the index, a day later storage; keys past their retention go
//! ```
//!
//! What a tick makes of a batch that awaits signatures, and the test in `tests/pipeline/awaiting.rs` that pins it;
//! `any_order.rs` mixes them all:
//!
//! | what it finds | what it does | test |
//! |---|---|---|
//! | a console's signature is missing | nothing; later windows are made meanwhile | `a_batch_waits_until_the_console_has_signed_it`, `later_windows_are_made_and_complete_in_order` |
//! | all are there, an earlier window isn't complete | nothing | `later_windows_are_made_and_complete_in_order` |
//! | all are there, and it is its turn | finishes the kept files and publishes them | `a_batch_that_waited_is_the_same_file_as_one_that_was_signed_at_once` |
//! | other keys have to sign | makes the files anew; signatures of the same bytes count | `a_key_that_joins_or_leaves_has_the_files_made_anew` |
//! | a window without files behind it | leaves it open until its turn, and carries on what it held | `a_window_that_is_held_behind_one_that_waits_is_carried_on` |
//! | what it was to replace has left the index | gives it up | `a_regeneration_that_nobody_signed_is_given_up_with_what_it_was_to_replace` |
//! | the token is away, and a console's signature is missing | keeps the files for the console, and asks the token again | `token.rs`: `a_token_that_is_away_keeps_no_officer_from_signing` |
//! | it failed after everybody had signed | goes on from the kept files | `a_failure_after_the_signature_costs_no_second_one` |
//!
//! Where existing servers go wrong (EXPORT-FORMAT), and the test of ours that pins each, in `tests/pipeline/`
//! where no other file is named:
//!
//! | mistake | test |
//! |---|---|
//! | two input regions match every region; two excluded ones are ignored | `rules`: `two_input_and_two_excluded_regions_match_exactly` |
//! | a region in lower case matches nothing | `rules`: `a_region_in_lower_case_matches` |
//! | published without a signature | `without_a_live_key_nothing_is_published_and_the_batch_says_so` |
//! | generated keys not all stored | `padding_is_stored_and_a_second_config_shows_the_same_keys` |
//! | a late batch placed before newer ones | `a_stuck_batch_holds_back_its_config_alone` |
//! | a stuck lease stalls every config | `a_dead_daemons_lease_is_taken_over`, `a_stuck_batch_holds_back_its_config_alone` |
//! | the last window before `valid_through` is never made | `the_last_window_is_made_and_an_ended_configs_files_expire`, `schedule` |
//! | an ended config's files never expire | `the_last_window_is_made_and_an_ended_configs_files_expire` |
//! | the revised risk or an added region is lost | `revisions_reach_the_file_with_what_they_changed` |
//! | padding looks at the last file only, or goes over the maximum | `padding_counts_the_whole_window_and_stays_under_the_maximum` |
//! | a rotation misses batches already queued | `a_key_added_or_revoked_reaches_batches_already_made` |
//! | keys listed by insertion | `signatures_stand_newest_key_first` |
//! | interval arithmetic overflows in 2038 | `ingest`, `schedule` |
//! | a page query without a tiebreak | `batches_are_paged_without_repeats` |
//! | a slow publish lands in a closed window | `store::teks` |

mod awaiting;
mod batch;
pub mod checkpoint;
mod collect;
mod due;
mod error;
mod expiry;
mod files;
mod index;
mod padding;
mod progress;
mod publish;
pub mod requests;
pub(crate) mod rules;
pub mod signatures;
pub(crate) mod whereabouts;

pub use error::{BatchError, ExporterError};
pub use progress::Progress;
pub use requests::RequestError;

use crate::signer::Signer;
use crate::storage::StorageTargets;
use crate::storage::faults::Fault;
use crate::store::Store;
use crate::store::{batches, configs};
use checkpoint::{Checkpoint, Step, Unbroken};
use rand_chacha::ChaCha20Rng;
use std::collections::BTreeSet;
use std::sync::Arc;
use tekport_api::Clock;
use tekport_api::batch::BatchState;
use tokio::sync::{Mutex, Notify};
use uuid::Uuid;

/// What of the daemon's configuration the exporter goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Tells this daemon from others on the same database.
    pub instance: String,
    /// A window is exported this many seconds after its end.
    pub min_window_age: u32,
    /// A lease that is older is taken over: seconds, well over what the largest batch takes.
    pub lease_seconds: u32,
    /// Files leave the index this many days after their publication.
    pub retention_days: u16,
    /// Keys are deleted this many days after their release, at most 30.
    pub tek_retention_days: u16,
}

/// How long a lease holds where nothing else is set: a batch of 750,000 keys takes seconds.
pub const LEASE_SECONDS: u32 = 600;

/// What one tick did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TickReport {
    /// Batches made for windows that closed.
    pub made: u32,
    /// Batches completed.
    pub completed: Vec<Uuid>,
    /// Batches whose files await signatures, or earlier batches that do.
    pub awaiting: Vec<Uuid>,
    /// Batches that failed, with the error.
    pub failed: Vec<(Uuid, String)>,
    /// What storage didn't do: indexes and files that could not be written or read back, files that could not be
    /// deleted. Tried again by the next tick, or with the batch.
    pub problems: Vec<Fault>,
    /// Files that left their index.
    pub withdrawn: u64,
    /// Files deleted from storage.
    pub files_deleted: u64,
    /// Rows of keys deleted after their retention.
    pub teks_deleted: u64,
    /// More windows are closed than one tick takes: tick again at once.
    pub more_due: bool,
}

/// Makes and publishes what is due. Cloning shares it.
#[derive(Debug, Clone)]
pub struct Exporter(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    clock: Clock,
    /// Held through a tick, so that ticks of one daemon don't overlap.
    rng: Mutex<ChaCha20Rng>,
    targets: StorageTargets,
    signer: Signer,
    settings: Settings,
    checkpoint: Box<dyn Checkpoint>,
    nudged: Notify,
    progress: Progress,
}

impl Exporter {
    /// Makes an exporter. `rng` makes padding: seeded from the operating system, except in tests.
    #[must_use]
    pub fn new(
        store: Store,
        clock: Clock,
        rng: ChaCha20Rng,
        targets: StorageTargets,
        signer: Signer,
        settings: Settings,
    ) -> Self {
        Self::with_checkpoint(store, clock, rng, targets, signer, settings, Box::new(Unbroken))
    }

    /// As [`new`](Self::new), with something that is asked between any two steps.
    #[must_use]
    pub fn with_checkpoint(
        store: Store,
        clock: Clock,
        rng: ChaCha20Rng,
        targets: StorageTargets,
        signer: Signer,
        settings: Settings,
        checkpoint: Box<dyn Checkpoint>,
    ) -> Self {
        let (rng, nudged, progress) = (Mutex::new(rng), Notify::new(), Progress::default());
        Self(Arc::new(Inner { store, clock, rng, targets, signer, settings, checkpoint, nudged, progress }))
    }

    /// Does all there is to do now. A batch that fails is recorded and tried again later; it holds back its own
    /// config's later batches, and nothing else.
    ///
    /// # Errors
    /// When the store fails, so that nothing can be done or recorded.
    pub async fn tick(&self) -> Result<TickReport, ExporterError> {
        let mut rng = self.0.rng.lock().await;
        let mut report = TickReport::default();
        self.make_due(&mut report).await?;
        self.settle_padding(&mut rng).await?;
        self.withdraw_expired(&mut report).await?;
        self.retire_keys().await?;
        for config in configs::all(self.0.store.pool()).await? {
            if !config.paused {
                self.work_off(config.id, &mut report).await?;
            }
            self.refresh_indexes(&config, &mut report).await?;
        }
        self.delete_expired(&mut report).await?;
        self.settle_faults(&report).await?;
        Ok(report)
    }

    /// Tells what storage didn't do in this tick, and of which batches that were not tried the last word still holds.
    async fn settle_faults(&self, report: &TickReport) -> Result<(), ExporterError> {
        let tried: BTreeSet<Uuid> = report.failed.iter().map(|(id, _)| *id).collect();
        let unfinished = batches::unfinished(self.0.store.pool(), None).await?;
        let failed = unfinished.iter().filter(|batch| batch.state == BatchState::Failed);
        let untried: BTreeSet<Uuid> = failed.map(|batch| batch.id).filter(|id| !tried.contains(id)).collect();
        self.0.targets.settle(&report.problems, |id| untried.contains(&id), self.0.clock.now());
        Ok(())
    }

    /// Waits until somebody asked for work to be done at once (run now, retry, regenerate). The daemon's loop waits
    /// for this or for its timer, and then [ticks](Self::tick).
    pub async fn nudged(&self) {
        self.0.nudged.notified().await;
    }

    /// What this exporter does now, for whoever watches.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.0.progress.clone()
    }

    fn reached(&self, step: Step) -> Result<(), checkpoint::Interrupted> {
        self.0.checkpoint.reached(step)
    }
}
