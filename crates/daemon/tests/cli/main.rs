//! The command line through the real binary, each test in a state folder of its own.

#![expect(clippy::unwrap_used, reason = "a test's own set-up may fail loudly")]

mod doctor;
mod export;
mod home;
mod import;
mod init;
mod job;
mod secrets;
mod serve;
mod verify;
