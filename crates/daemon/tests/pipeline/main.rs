//! The pipeline from imported keys to published files, on a real store and a real folder, with a clock that tests
//! move and a checkpoint that stops the exporter where a kill would.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking; the helpers beside the #[test] functions too"
)]

mod any_order;
mod awaiting;
mod crash;
mod expiry;
mod order;
mod progress;
mod revisions;
mod rotation;
mod signing;
mod small_batches;
#[path = "../softhsm/mod.rs"]
mod softhsm;
mod token;
mod token_faults;
mod world;
