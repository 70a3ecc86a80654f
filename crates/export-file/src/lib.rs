//! The Exposure Notification export format: encode, order, split, sign, zip; open and verify.
//!
//! No I/O and no clock: everything here is a function of its arguments, so the same keys give the same bytes
//! on every machine and on every run.

mod names;

pub use names::{KeyId, KeyVersion, NameError, Region};
