//! Importing TEKs: what is reported back for each key.

use serde::{Deserialize, Serialize};

/// The most refusals a report lists one by one; `refused` counts them all.
pub const MAX_LISTED_REFUSALS: usize = 1_000;

/// One key that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TekRefusal {
    /// Where: the line in NDJSON and JSON, from 1; the key's number, from 1, in an export file.
    pub line: u32,
    /// The field that was refused: `key`, `rollingPeriod`, …
    pub field: String,
    /// What was wrong with it.
    pub reason: String,
    /// What is allowed there.
    pub allowed: String,
}

/// What became of the keys of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Keys read.
    pub received: u32,
    /// New keys now in the store.
    pub accepted: u32,
    /// Keys that changed one already in the store (a revision).
    pub revised: u32,
    /// Keys that were already there, unchanged.
    pub duplicates: u32,
    /// Of the accepted and revised: not yet releasable, since a key may still be valid.
    pub embargoed: u32,
    /// Keys not taken.
    pub refused: u32,
    /// The first refusals, in the order of the input.
    pub refusals: Vec<TekRefusal>,
}
