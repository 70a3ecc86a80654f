//! A rotation: the old key, its successor, and how far they are. Nothing of it is stored as such; it is read off the
//! two keys, so that any officer goes on with it from any workstation.

use super::{EndCheck, SigningKey};
use serde::{Deserialize, Serialize};

/// The steps of a rotation, in their order. Each is the one that has to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RotationStep {
    /// Make the successor, and let it sign (hand it over, where its custody is the daemon's).
    Generate,
    /// Attach the successor in every config beside the old key.
    SignWithBoth,
    /// Send its public half to Google and to Apple.
    SendPublicKey,
    /// Wait for both to confirm.
    Confirm,
    /// Set the end of the old key, from the first day on that is allowed.
    EndOldKey,
    /// The end is set and hasn't come.
    Ending,
    /// The old key is retired.
    Done,
}

/// What the attaching changes in one config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RotationConfig {
    /// The config.
    pub config_id: String,
    /// Its revision: what [`AttachRequest`] has to name.
    pub revision: u32,
    /// Its output region.
    pub output_region: String,
    /// The keys that it names now, in the order of a file: `310 v1`.
    pub before: Vec<String>,
    /// The keys that it names once the successor is attached; revoked and retired ones are dropped.
    pub after: Vec<String>,
    /// Whether the successor signs here already.
    pub attached: bool,
    /// It has ended, and its index still offers files of the old key, which was revoked: they are made anew once the
    /// successor is attached.
    pub ended: bool,
}

/// `GET /admin/v1/signing-keys/{id}/rotation`: the rotation of the key `id`, which is the old one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rotation {
    /// The old key.
    pub old: SigningKey,
    /// Its newest successor that isn't revoked; absent before there is one.
    pub successor: Option<SigningKey>,
    /// The next free version of the old key's id: `v2`.
    pub suggested_version: String,
    /// What has to be done next.
    pub step: RotationStep,
    /// Every config that the old key signs and that has not ended; of a revoked key also ended ones whose index still
    /// offers its files.
    pub configs: Vec<RotationConfig>,
    /// Whether the old key may end, and from when on.
    pub end: EndCheck,
}

/// A config at the revision that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfigRevision {
    /// The config.
    pub id: String,
    /// Its revision.
    pub revision: u32,
}

/// `POST /admin/v1/signing-keys/{id}/attach`: puts a key beside the others of configs, all of them or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AttachRequest {
    /// The configs: at least one, each once. Where one was changed meanwhile, nothing is attached.
    pub configs: Vec<ConfigRevision>,
}
