//! What can need a person, by kind.

use serde::{Deserialize, Serialize};

/// Makes the enum, the list of all its values and their names from one list, so that none can be forgotten.
macro_rules! kinds {
    ($($(#[doc = $doc:tt])+ $kind:ident = $name:literal,)+) => {
        /// The kinds of things that need a person. On the wire a kind is a text, so that an older console can show one
        /// that it doesn't know in the daemon's own words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        #[serde(rename_all = "kebab-case")]
        pub enum AttentionKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl AttentionKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The kind as the API writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// The kind of that name; `None` for one that only a newer daemon knows.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
            }
        }
    };
}

kinds! {
    /// An attempt at a batch failed.
    BatchFailed = "batch-failed",
    /// A batch isn't complete long after it was due.
    BatchLate = "batch-late",
    /// The files of a batch lack a console's signature.
    BatchAwaitingSignature = "batch-awaiting-signature",
    /// Making a published window anew failed.
    RegenerationFailed = "regeneration-failed",
    /// A published window that is to be made anew still isn't.
    RegenerationLate = "regeneration-late",
    /// The files of a window that is made anew lack a console's signature.
    RegenerationAwaitingSignature = "regeneration-awaiting-signature",
    /// A window was due long ago and has no batch.
    WindowNotBegun = "window-not-begun",
    /// No key came in for days for a config that used to get some.
    NoKeysComing = "no-keys-coming",
    /// None of a config's signing keys can sign.
    NoLiveSigningKey = "no-live-signing-key",
    /// A config is paused.
    ConfigPaused = "config-paused",
    /// A signing key's rotation is due soon, or overdue.
    KeyRotationDue = "key-rotation-due",
    /// A rotation that was begun goes no further, or isn't done though its day has come.
    KeyRotationStalled = "key-rotation-stalled",
    /// A signing key ends soon.
    KeyEnding = "key-ending",
    /// A signing key's end has come, and something keeps it.
    KeyEndHeld = "key-end-held",
    /// A signing key was sent long ago and isn't confirmed.
    KeyUnconfirmed = "key-unconfirmed",
    /// A signing key has no backup.
    KeyNotBackedUp = "key-not-backed-up",
    /// Live keys are in a token that can't be used.
    TokenUnavailable = "token-unavailable",
    /// Storage fails in the daily work.
    StorageFailing = "storage-failing",
    /// The last test of a storage target failed, and nothing has worked there since.
    StorageTestFailed = "storage-test-failed",
    /// The CA certificate ends.
    CaCertificateEnding = "ca-certificate-ending",
    /// The server certificate ends.
    ServerCertificateEnding = "server-certificate-ending",
    /// Somebody's certificate ends.
    ClientCertificateEnding = "client-certificate-ending",
}

impl From<AttentionKind> for String {
    fn from(kind: AttentionKind) -> Self {
        kind.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name() {
        for kind in AttentionKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(AttentionKind::named(kind.as_str()), Some(*kind));
        }
        assert_eq!(AttentionKind::named("comet"), None);
    }
}
