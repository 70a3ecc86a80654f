//! The audit log: who changed what, each entry holding the hash of the one before; its filters and the check of
//! its chain.

mod chain;

pub use chain::{Chain, ChainFromHead, NO_ENTRY};

use crate::UtcTime;
use serde::{Deserialize, Serialize};

/// How an audited act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
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

impl AuditResult {
    /// What is allowed where a result is asked for.
    pub const ALLOWED: &'static str = "ok, failed or unknown";

    /// The result as the API and the store write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

impl std::str::FromStr for AuditResult {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Ok, Self::Failed, Self::Unknown]
            .into_iter()
            .find(|result| result.as_str() == text)
            .ok_or_else(|| format!("{text:?} is not a result; allowed: {}", Self::ALLOWED))
    }
}

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
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
    #[cfg_attr(feature = "bindings", specta(type = Option<Json>))]
    pub before: Option<serde_json::Value>,
    /// The thing after, without secrets.
    #[cfg_attr(feature = "bindings", specta(type = Option<Json>))]
    pub after: Option<serde_json::Value>,
    /// Hash of the entry before, lower-case hex; 64 zeros for the first.
    pub previous_hash: String,
    /// SHA-256 over this entry's canonical JSON without `hash`, lower-case hex.
    pub hash: String,
}

/// Any JSON, as pages see it.
#[cfg(feature = "bindings")]
#[derive(Serialize, specta::Type)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes a type of another crate to specta, which only reads it")]
enum Json {
    Null(()),
    Truth(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(std::collections::BTreeMap<String, Json>),
}

/// Which entries a list should hold; all when empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct AuditFilter {
    /// Only this person's; `local` for the command line, `daemon` for the daemon.
    pub actor_id: Option<String>,
    /// Only this action: `export-config.update`.
    pub action: Option<String>,
    /// Only about this kind of thing: `person`.
    pub resource_kind: Option<String>,
    /// Only about the thing of this id.
    pub resource_id: Option<String>,
    /// Only with this result: `ok`, `failed` or `unknown`.
    pub result: Option<String>,
    /// Not before.
    pub from: Option<UtcTime>,
    /// Before.
    pub until: Option<UtcTime>,
}

/// Somebody who did something that is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditActor {
    /// A person's id, or `local`, or `daemon`.
    pub id: String,
    /// Their name in their newest entry.
    pub name: String,
}

/// `GET /admin/v1/audit/choices`: what the log can be filtered by, so that nobody has to type an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditChoices {
    /// Everybody in the log, by name.
    pub actors: Vec<AuditActor>,
    /// Every action in the log, in order.
    pub actions: Vec<String>,
    /// Every kind of thing in the log, in order.
    pub resource_kinds: Vec<String>,
}

/// A place in the chain: two logs that agree on it agree on everything before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditHead {
    /// The entry's sequence.
    pub sequence: u32,
    /// Its hash, lower-case hex.
    pub hash: String,
}

/// How an audit log doesn't hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AuditBreakKind {
    /// The entry isn't there.
    Missing,
    /// The entry doesn't follow the one before.
    OutOfPlace,
    /// The entry's hash doesn't fit its contents.
    Altered,
}

/// The first place where the chain doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditBreak {
    /// The entry.
    pub sequence: u32,
    /// What is wrong with it.
    pub kind: AuditBreakKind,
    /// The same in words.
    pub detail: String,
}

/// `GET /admin/v1/audit/verification`: whether the chain holds.
///
/// Entries cut off the end leave no trace in the chain itself. Who remembers an earlier [head](Self::head) asks
/// for its sequence again and compares: a log that was cut, or written anew, has another hash there, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditVerification {
    /// When it was checked.
    pub checked_at: UtcTime,
    /// The last entry, as far as the chain holds; absent while the log is empty.
    pub head: Option<AuditHead>,
    /// Where the chain breaks; absent where it holds to its end.
    pub broken: Option<AuditBreak>,
    /// The entry that was asked for; absent where none was, or there is none.
    pub at: Option<AuditHead>,
}
