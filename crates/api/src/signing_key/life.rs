//! The stages of a signing key's life: with whom it was shared, when it ends, and what stands in the way.

use crate::UtcTime;
use serde::{Deserialize, Serialize};

/// Who rolls a public key out to phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// Android phones.
    Google,
    /// iPhones.
    Apple,
}

impl Recipient {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Google, Self::Apple];

    /// The recipient as the API and the store write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Apple => "apple",
        }
    }
}

impl std::fmt::Display for Recipient {
    /// As in a sentence: `Google`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Google => "Google",
            Self::Apple => "Apple",
        })
    }
}

impl std::str::FromStr for Recipient {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|recipient| recipient.as_str() == text)
            .ok_or_else(|| format!("{text:?} is neither google nor apple"))
    }
}

/// How far a recipient is with a public key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ShareState {
    /// It was not sent to them.
    #[default]
    NotSent,
    /// It was sent; phones may not have it yet.
    Sent,
    /// They confirmed that phones have it.
    Confirmed,
}

/// Where a public key stands with one recipient. Absent values: nothing was recorded yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// How far it is.
    pub state: ShareState,
    /// When that happened, as the officer said.
    pub at: Option<UtcTime>,
    /// The name of who recorded it.
    pub by: Option<String>,
    /// To whom it was sent, what they answered; empty for none.
    pub note: String,
}

/// `PUT /admin/v1/signing-keys/{id}/shares/{google|apple}`: records what became of a public key there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareUpdate {
    /// The new state.
    pub state: ShareState,
    /// When it happened: not in the future; now where absent.
    pub at: Option<UtcTime>,
    /// To whom, or what they answered: at most 500 characters.
    pub note: String,
}

/// `PUT /admin/v1/signing-keys/{id}/end`: when a key stops signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndRequest {
    /// The key signs until then: not before [`EndCheck::earliest`]. Absent takes back an end that has not come.
    pub ends_at: Option<UtcTime>,
    /// Why, kept in the key's history: at most 500 characters.
    pub note: String,
}

/// What stands in the way of a key's end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum EndBlocker {
    /// The key hasn't begun to sign, or has ended already.
    NotSigning,
    /// A config would be left with nothing to sign with.
    OnlyLiveSigner {
        /// The config.
        config_id: String,
        /// Its output region.
        output_region: String,
    },
    /// The other keys that go on signing in a config are all older versions of its key id, and Apple was sent this one:
    /// iPhones hold one key at a time, the newest.
    OnlyOlderKeys {
        /// The config.
        config_id: String,
        /// Its output region.
        output_region: String,
        /// The key that would end, `310 v2`.
        key: String,
        /// The newest of the older ones, `310 v1`.
        older: String,
    },
    /// No other live key of a config is confirmed by both Google and Apple.
    SuccessorNotConfirmed {
        /// The config.
        config_id: String,
        /// Its output region.
        output_region: String,
        /// The newest other live key, `310 v2`.
        successor: String,
        /// Who hasn't confirmed it.
        missing: Vec<Recipient>,
    },
    /// The index still offers files that no other live key signed.
    FilesSignedAlone {
        /// The config.
        config_id: String,
        /// Its output region.
        output_region: String,
        /// How many files.
        files: u32,
        /// The last of them has left the index by then.
        until: UtcTime,
    },
}

/// `GET /admin/v1/signing-keys/{id}/end`: whether a key may end, and from when on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndCheck {
    /// The end may be set to this or anything later; absent while something stands in the way that time alone
    /// doesn't remove.
    pub earliest: Option<UtcTime>,
    /// What stands in the way now; those that time removes have their `until` in [`earliest`](Self::earliest).
    pub blockers: Vec<EndBlocker>,
}

/// What happened to a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyEventKind {
    /// Its public half was registered.
    Generated,
    /// Its private half was handed to the daemon.
    Provisioned,
    /// The daemon's sealed copy was destroyed.
    Unprovisioned,
    /// It was put beside a config's other keys.
    Attached,
    /// A config dropped it.
    Detached,
    /// It began to sign.
    Introduced,
    /// Its state with Google changed.
    Google,
    /// Its state with Apple changed.
    Apple,
    /// Both had confirmed it.
    Activated,
    /// An end was set or moved.
    EndSet,
    /// An end was taken back.
    EndTakenBack,
    /// The end had come, and ending it would have left phones without a signature: it goes on signing.
    EndHeld,
    /// It stopped signing.
    Retired,
    /// It was revoked.
    Revoked,
    /// An encrypted backup of it was written.
    BackedUp,
    /// Its rotation period changed.
    Planned,
}

/// One step of a key's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeyEvent {
    /// When.
    pub at: UtcTime,
    /// The name of who did it; `tekportd` where the daemon did.
    pub by: String,
    /// What happened.
    pub kind: KeyEventKind,
    /// More about it, in words; empty for none.
    pub note: String,
}

/// `PUT /admin/v1/signing-keys/{id}/plan`: how long a key should sign before the next one takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RotationPlan {
    /// Days from its introduction to its planned rotation: 30 to 1,825.
    pub rotation_days: u32,
}

/// `POST /admin/v1/signing-keys/{id}/backups`: notes that the console wrote an encrypted backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BackupNote {
    /// Where it is kept, without secrets: at most 500 characters.
    pub note: String,
}

/// `GET /admin/v1/signing-keys/{id}/revocation`: what revoking a key now would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevocationImpact {
    /// Configs that would be left with nothing to sign with: they publish nothing until a key is attached.
    pub stopped: Vec<AffectedConfig>,
    /// Configs that would be left only with keys that Google or Apple hasn't confirmed, or with older ones that Apple
    /// has replaced: phones of that side don't accept their new files until the roll-out of another key.
    pub unconfirmed: Vec<AffectedConfig>,
    /// Configs that go on with a confirmed key which phones hold beside or after this one.
    pub unaffected: Vec<AffectedConfig>,
    /// Files that an index offers and that carry this key's signature.
    pub files_offered: u32,
    /// Those among them that no other live key signed: who holds the compromised key could forge their like, and
    /// regenerating replaces them.
    pub files_signed_alone: u32,
}

/// A config, as a list of consequences names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AffectedConfig {
    /// The config.
    pub config_id: String,
    /// Its output region.
    pub output_region: String,
}

/// The answer of `POST /admin/v1/signing-keys/{id}/regenerate-files`: every batch with a file that an index offers
/// and that the (revoked) key signed is exported anew with the keys that are live now, ended configs' included.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegeneratedFiles {
    /// The new batches.
    pub batch_ids: Vec<String>,
    /// Configs whose files stay as they are, since no live key is attached there: attach a successor and ask again.
    pub without_key: Vec<AffectedConfig>,
    /// Configs that are paused: their batches are made and wait until they are resumed.
    pub paused: Vec<AffectedConfig>,
}
