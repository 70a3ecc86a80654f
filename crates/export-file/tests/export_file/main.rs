//! The format from outside: files are made, opened, broken on purpose, and measured.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests of what must not fail")]

mod bare;
mod crafted;
mod fixtures;
mod hostile;
mod malformed;
mod pinned;
mod properties;
mod realistic;
mod round_trip;
mod rules;
mod signatures;
mod size;
