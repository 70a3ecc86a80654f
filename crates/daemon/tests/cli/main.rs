//! The command line through the real binary, each test in a state folder of its own.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what the tests share may fail loudly: a test that it fails in says where"
)]

mod doctor;
mod export;
mod home;
mod import;
mod init;
mod job;
mod key;
mod rotate;
mod secrets;
mod serve;
#[path = "../softhsm/mod.rs"]
#[expect(dead_code, reason = "shared with other tests, each of which uses a part of it")]
mod softhsm;
mod token;
mod verify;
