//! Storage targets: named places in the daemon's own configuration.

use crate::{Message, UtcTime};
use serde::{Deserialize, Serialize};

/// A place where export files are put. The console picks one by name and can't name a place of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StorageTarget {
    /// The name, unique in the daemon's configuration.
    pub name: String,
    /// `folder`, `s3`, `gcs` or `azure`.
    pub kind: String,
    /// Where it is, in words and without secrets: a folder's path or a bucket's name.
    pub location: String,
    /// Where phones download from, without a trailing slash; absent when the daemon doesn't know.
    pub public_url: Option<String>,
    /// The last test, if one ran since the daemon started.
    pub last_test: Option<StorageTest>,
    /// Since the last test failed, what failed in it has worked in the daily work, the first time then; absent where
    /// the test passed, and until then.
    pub recovered_at: Option<UtcTime>,
    /// What fails there in the daily work; absent while all works.
    pub problem: Option<StorageProblem>,
}

/// Something that the exporter can't do at a storage target, and tries again with each tick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StorageProblem {
    /// Whether files or indexes can't be published; otherwise files can't be deleted after their retention.
    pub publishing: bool,
    /// Since when, as far as this daemon knows since it started.
    pub since: UtcTime,
    /// What went wrong and what to do.
    pub detail: String,
    /// That with its code and values.
    #[serde(default)]
    pub message: Message,
}

/// What a test of a storage target found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StorageTest {
    /// Whether every step passed.
    pub passed: bool,
    /// The steps in order: write, read back, compare, delete.
    pub steps: Vec<StorageTestStep>,
    /// When it ran.
    pub tested_at: UtcTime,
}

/// One step of a storage test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StorageTestStep {
    /// `write`, `read`, `compare` or `delete`.
    pub step: String,
    /// Whether it passed.
    pub passed: bool,
    /// What went wrong and what to do; empty when it passed.
    pub detail: String,
    /// That with its code and values.
    #[serde(default)]
    pub message: Option<Message>,
}
