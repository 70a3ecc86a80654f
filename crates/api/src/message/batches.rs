//! Why a batch failed, why nothing could be signed or stored, and how the token is. Values called `cause` quote what a
//! library, an operating system or a store said.

use super::{List, Nested};
use crate::sentences;
use serde::Serialize;

sentences! {
    /// Why a batch failed. It is tried again by itself.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum BatchFault in "batch" {
        Database { cause: String } => "the database failed: {cause}; see the daemon's log, and check the disk with tekportd doctor",
        Header { cause: String } => "the file's header can't be made: {cause}; check the config's signing keys",
        Make { cause: String } => "the file can't be made: {cause}; a smaller max_records_per_file in the config helps where it is too large",
        ReadBack { path: String } => "{path} was put in storage, and something else was read back; check that nothing else writes there, then retry",
        Unreadable { path: String, problem: Nested } => "{path} was made and phones would refuse it: {problem}; nothing was published, please report this",
        Rule { path: String, rule: String, finding: Nested } => "{path} was made and breaks the device rule {rule}: {finding}; nothing was published, please report this",
        Signature { path: String, signer: String } => "{path}: the signature of {signer} doesn't verify with the registered public key; hand the key over again",
        Sums { found: String, accounted: String } => "the sums don't agree: {found} keys were found in the window and {accounted} are accounted for; nothing was published, please report this",
        KeysChanged => "the config's signing keys changed while the files were made; they are made anew with those of now",
        LeaseLost => "the lease ran out and another daemon took the batch over",
        Unfinished => "the daemon stopped before this attempt ended",
        Stopped => "the daemon stopped while it made the file; the batch is tried again",
    }
}

sentences! {
    /// Why storage can't do what was asked.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum StorageFault in "storage" {
        Unknown { target: String } => "there is no storage target {target:?}; add [storage.{target}] to the daemon's configuration and restart it",
        NotBuiltIn { target: String, kind: String, feature: String } => "storage.{target}: this tekportd was built without {kind}; use one built with the feature `{feature}`",
        Configuration { target: String, cause: String } => "storage.{target}: it can't be opened: {cause}; correct its section of the daemon's configuration",
        Writing { target: String, path: String, cause: String } => "storage.{target}: writing {path} failed: {cause}; check that the place exists, has room and that the daemon may write there",
        Reading { target: String, path: String, cause: String } => "storage.{target}: reading {path} failed: {cause}; check that the place exists, has room and that the daemon may write there",
        Deleting { target: String, path: String, cause: String } => "storage.{target}: deleting {path} failed: {cause}; check that the place exists, has room and that the daemon may write there",
        OtherRead => "what was read isn't what was written; another program may write there, or a cache stands between",
    }
}

sentences! {
    /// Why nothing can be signed.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum SignFault in "sign" {
        NoLiveKey { keys: List<Nested> } => "no live signing key, so nothing was published: {keys}; hand a key over from the console, or give the config another one",
        Sealed { key: String, cause: String } => "the signing key {key} can't be opened: {cause}; check that the daemon has the root key it had when the key was handed over, or hand the key over again",
        InConsole { key: String } => "the private half of the signing key {key} is in an officer's keychain; do this in the console that has it",
        NotHandedOver { key: String } => "the daemon has no copy of the signing key {key}; hand it over from the console",
        Unusable { key: String, cause: String } => "the signing key {key} can't be used: {cause}; hand it over again from the console",
        Mismatch { key: String } => "the private half of the signing key {key} isn't that of its registered public key; hand it over again",
        Signature { key: String, problem: Nested } => "the signing key {key} made a signature that can't be read: {problem}",
        Kept { key: String } => "the kept signature of the signing key {key} doesn't verify with its registered public key: the database was changed; restore it from a backup",
        NoToken { key: String } => "the signing key {key} is in a PKCS#11 token and the configuration names none; add the `[token]` section again and start tekportd",
        NotInToken { key: String } => "the signing key {key} is in a token, and the database doesn't say which of its keys; restore it from a backup",
        Token { key: String, problem: Nested } => "the signing key {key} is in a token and didn't sign: {problem}",
        TokenMismatch { key: String } => "the key in the token isn't the one that {key} was registered with: another token has the same label and CKA_ID; put the first one back",
        Database => "the signing keys can't be looked up",
    }
}

sentences! {
    /// Why a key of a config doesn't sign.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum NotLive in "not_live" {
        None => "the config names none",
        Revoked { key: String } => "{key} is revoked",
        Ended { key: String } => "{key} has ended",
        NotHandedOver { key: String } => "{key} was not handed to the daemon",
        NotBegun { key: String } => "{key} has not begun to sign",
    }
}

sentences! {
    /// How the token is, or why it can't do what was asked.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum TokenFinding in "token" {
        NotConfigured => "the configuration names no token; a `[token]` section in tekportd.toml does, then start tekportd again",
        Gone => "The configuration names no token any more",
        Empty => "it is there and holds no P-256 key pair yet",
        OneKey => "it is there and holds one P-256 key pair",
        Keys { count: u32 } => "it is there and holds {count} P-256 key pairs",
        NoModule { path: String } => "the PKCS#11 module {path} isn't there; install the token's software, or correct token.module and start tekportd again",
        NotAModule { path: String, cause: String } => "the PKCS#11 module {path} can't be loaded: {cause}; correct token.module and start tekportd again",
        NoneThere { label: String } => "there is no token labelled {label:?}; the module finds no token at all: put it in, or check that its software runs",
        Absent { label: String, there: List } => "there is no token labelled {label:?}; there are {there}: put it in, or correct token.label and start tekportd again",
        Ambiguous { label: String, count: u32 } => "{count} tokens are labelled {label:?}; take all but one out, or give them different labels",
        PinUnreadable { path: String, cause: String } => "the token's PIN {path} can't be read: {cause}",
        PinTooOpen { path: String, mode: String } => "the token's PIN {path} may be read by others than its owner (mode {mode}); run: chmod 600 {path}",
        NotAPin { path: String } => "the token's PIN {path} is empty, longer than 255 bytes, or no text; it holds the PIN alone, in one line",
        NoCredentials { name: String } => "token.pin_credential is set, but systemd gave no credentials: $CREDENTIALS_DIRECTORY is not set; put `LoadCredential={name}:<file>` into the unit, or give token.pin_file instead",
        PinRefused { label: String, place: String } => "the token {label:?} refused the PIN of {place}. It isn't tried again until that was written anew or tekportd is started again, since tokens lock after a few wrong ones: correct it",
        PinLocked { label: String, place: String } => "the token {label:?} is locked: too many wrong PINs were tried. Have its security officer unlock it (C_InitPIN), with a new PIN in {place}",
        PinLast { label: String, place: String } => "the token {label:?} had wrong PINs lately and locks at the next one, so the one of {place} isn't tried. Check it by hand (pkcs11-tool --login --token-label); a right one makes the token forget the wrong ones",
        PinSpared { label: String, place: String } => "the token {label:?} had wrong PINs lately and locks after a few more, so the one of {place} isn't tried. Check it by hand (pkcs11-tool --login --token-label); a right one makes the token forget the wrong ones",
        NoUserPin { label: String } => "the token {label:?} has no user PIN yet; set one (pkcs11-tool --init-pin)",
        NoKey { label: String, id: String } => "the token {label:?} has no key pair with the CKA_ID {id}; if another token was put in, put the first one back",
        SeveralKeys { id: String, count: u32 } => "the token has {count} private keys with the CKA_ID {id}; give each its own",
        Unfit { id: String, cause: String } => "the token's key {id} can't be used: {cause}; export files are signed with ECDSA keys on P-256 alone",
        KeyInTheOpen => "the token made a key that can be read out of it, against what was asked; it was destroyed again",
        WrongSignature { id: String } => "the token's key {id} made a signature that doesn't verify with its own public half",
        Failed { cause: String } => "the token failed: {cause}; check that it is in its place and that its software runs",
        NoAnswer { seconds: String } => "the token didn't answer within {seconds} seconds; check that it is in its place and that its software runs",
        Ended => "tekportd doesn't talk to the token any more; start tekportd again, and see its log for why",
    }
}
