//! The audit log: who changed what, each entry holding the hash of the one before.

use crate::UtcTime;
use serde::{Deserialize, Serialize};

/// How an audited act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AuditResult {
    /// Done.
    Ok,
    /// Tried, and it failed; `after` holds the error.
    Failed,
    /// Begun, and the daemon stopped before it knew the end.
    Unknown,
}

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Position in the log, from 1, without gaps.
    pub sequence: u32,
    /// When.
    pub at: UtcTime,
    /// Who: a person's id, or `local` for the daemon's own command line, or `daemon`.
    pub actor_id: String,
    /// Their name at that time.
    pub actor_name: String,
    /// The certificate they used; absent for local acts.
    pub certificate: Option<String>,
    /// What: `export-config.create`, `signing-key.provision`, …
    pub action: String,
    /// The kind of the thing changed: `export-config`, `person`, …
    pub resource_kind: String,
    /// Its id.
    pub resource_id: String,
    /// How it ended.
    pub result: AuditResult,
    /// The thing before, without secrets.
    pub before: Option<serde_json::Value>,
    /// The thing after, without secrets.
    pub after: Option<serde_json::Value>,
    /// Hash of the entry before, lower-case hex; 64 zeros for the first.
    pub previous_hash: String,
    /// SHA-256 over this entry's canonical JSON without `hash`, lower-case hex.
    pub hash: String,
}
