//! Why a field about a signing key is refused, and what is allowed in it: what only the daemon can say.

use super::Nested;
use crate::UtcTime;
use crate::sentences;
use serde::Serialize;

sentences! {
    /// Why a field about a signing key is refused.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum KeyFault in "key_field" {
        NameTaken { key: String } => "{key} is registered already",
        KeyTaken { key: String } => "this key is registered already, as {key}",
        SealedElsewhere => "the key was sealed to another daemon",
        NotOpened { cause: String } => "{cause}",
        NoReason => "the reason is empty or too long",
        NoNote => "the note is too long or holds control characters",
        Days { count: u32 } => "{count} days are not allowed",
        // Which key a new one follows
        NoPredecessor { id: String } => "there is no signing key {id}",
        OtherKeyId { key: String, key_id: String } => "{key} has another key id than {key_id}: phones look a key up by both, so a successor keeps the id and has the next version",
        TakenOver { key: String } => "{key} has ended, and another key took over",
        NothingToRotate { key: String } => "{key} doesn't sign yet, so there is nothing to rotate",
        NeverSigned { key: String } => "{key} was revoked before it ever signed, so there is nothing to take over",
        Followed { successor: String, key: String } => "{successor} follows {key} already: go on with that rotation, or revoke {successor} first",
        // Attaching
        NoConfigNamed => "no config is named",
        ConfigTwice => "the config is named twice",
        NoConfig { text: String } => "there is no export config {text:?}",
        CannotTakeOut { key: String, reasons: Nested } => "{key} can't be taken out. {reasons}",
        // Times
        EndCame { key: String, end: UtcTime } => "the end of {key} came at {end}; an end that has come may only move earlier",
        Passed { time: UtcTime } => "{time} has passed",
        InFuture { time: UtcTime } => "{time} is in the future",
        NotRegisteredYet { key: String, time: UtcTime } => "{key} wasn't registered yet at {time}",
        // Signatures of consoles
        NoDigest { text: String } => "{text:?} is no SHA-256 digest",
        NoBase64 { cause: String } => "it is not base64: {cause}",
        WrongSignature { key: String } => "it doesn't verify with the registered public key of {key} over this digest: another key or another file was signed",
    }
}

sentences! {
    /// What is allowed in a field about a signing key.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum KeyAllowed in "key_allowed" {
        NewKey => "a newly generated key",
        NewVersion => "a version that this key id doesn't have yet",
        SealedHere { fingerprint: String } => "{fingerprint}",
        PrivateHalf => "the PKCS#8 of the registered key, sealed to this daemon for this key's id",
        Reason => "1 to 500 characters",
        Note => "at most 500 characters",
        RotationDays => "30 to 1825 days",
        Predecessor => "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id",
        InToken => "the id of a P-256 key pair that the token lists and that may sign; nothing to have one made",
        OtherPair => "another key pair of the token, or nothing to have one made",
        SomeConfigs => "at least one, each once",
        EachConfigOnce => "each config once",
        ConfigId => "the id of an export config, as lists show it",
        UntilRotation => "keys that sign stay until their rotation ends them",
        Until { time: UtcTime } => "{time} or earlier",
        From { time: UtcTime } => "{time} or later",
        SinceRegistered => "a time since the key was registered that has passed, or nothing for now",
        Digest => "the digest of the unsigned file: 64 digits of lower-case hex",
        Signature => "the key's ECDSA P-256 signature over the digest: an ASN.1 DER sequence in base64",
    }
}
