//! The Tekport export daemon.
//!
//! One module per stage of the flow: `ingest` takes TEKs in, `store` keeps them, `schedule` says which
//! windows are due, `exporter` makes signed files of them with `signer`, `storage` puts the files where
//! phones find them. `admin` and `public` are the two listeners, `cli` the command line.

pub mod admin;
pub mod audit;
pub mod cli;
pub mod config;
pub mod exporter;
pub mod ingest;
pub mod invitation;
pub mod key_life;
pub mod pki;
pub mod plain_http;
pub mod problem;
pub mod public;
pub mod root_key;
pub mod run_info;
pub mod schedule;
pub mod serve;
pub mod signer;
pub mod storage;
pub mod store;
pub mod telemetry;
pub mod token;
