//! The admin API as its callers meet it: over TLS, with certificates from real enrolments.
#![expect(clippy::unwrap_used, reason = "a test that can't be set up has failed")]
#![expect(clippy::indexing_slicing, reason = "an answer without the member has failed the test")]

mod access;
mod attention;
mod audit;
mod batches;
mod configs;
mod enrolment;
mod harness;
mod hostile;
mod idempotency;
mod key_life;
mod keys;
mod lists;
mod many_batches;
mod openapi;
mod packages;
mod people;
mod problems;
mod secrets;
#[path = "../softhsm/mod.rs"]
#[expect(dead_code, reason = "shared with other tests, each of which uses a part of it")]
mod softhsm;
mod status;
mod tek_lookup;
mod token;
mod unsigned;
