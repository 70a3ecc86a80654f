//! Why a request is refused as a whole: the details of problems.

use super::{Alternatives, List, Nested};
use crate::sentences;
use serde::Serialize;

sentences! {
    /// Why a request is refused.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum Refused in "refused" {
        Field { field: String, reason: Nested } => "{field}: {reason}",
        Fields { count: u32 } => "{count} fields are refused; each is listed with what is allowed",
        Then { first: Nested, second: Nested } => "{first}. {second}",
        // Nothing there
        NotAnId { text: String } => "{text:?} is not an id: ids are UUIDs, as lists show them",
        NoSigningKey { id: String } => "there is no signing key {id}; list them to see which there are",
        NoExportConfig { id: String } => "there is no export config {id}; list them to see which there are",
        NoBatch { id: String } => "there is no batch {id}; list them to see which there are",
        NoFile { id: String } => "there is no file of this batch {id}; list them to see which there are",
        NoPerson { id: String } => "there is no person {id}; list them to see which there are",
        NoStorageTarget { id: String } => "there is no storage target {id}; list them to see which there are",
        NoRecipient { text: String } => "{text:?} is neither google nor apple",
        // Edits
        ConfigChanged { etag: String } => "the export config was changed since it was read: it now has the ETag {etag}. Read it again, then repeat the edit",
        PersonChanged { etag: String } => "the person was changed since it was read: it now has the ETag {etag}. Read it again, then repeat the edit",
        NothingToPause => "the export config has ended: there is nothing left to pause",
        RepeatDiffers => "this Idempotency-Key came with another request before; use a new key for a new request",
        // Who asks
        NoCertificate => "the request came without a client certificate; enrol with a one-time code",
        UnknownCertificate => "this daemon doesn't know the certificate; enrol with a one-time code",
        NobodysCertificate => "nobody comes in with this certificate; enrol with a one-time code",
        CertificateRevoked => "the certificate was revoked; ask a security officer for a new code",
        CertificateEnded => "the certificate has ended; ask a security officer for a new code",
        NotIdentified => "nobody was identified",
        RoleMissing { roles: Alternatives, person: String, has: List } => "this needs the role {roles}; {person} has {has}. A security officer can change that",
        TooManyCodes { seconds: String } => "too many codes from this address were refused; try again in {seconds} seconds",
        // People
        ShutOut { person: String } => "{person} is shut out for good; invite them as a new person",
        LastOfficerStays { person: String } => "{person} is the last security officer who has enrolled and can't be shut out: nobody could change keys, people or roles any more. Let another security officer enrol first",
        LastOfficerKeepsRole { person: String } => "{person} is the last security officer who has enrolled and can't lose that role: nobody could change keys, people or roles any more. Let another security officer enrol first",
        // Looking a key up
        LookupOff => "keys can't be looked up on this daemon; to allow it, set enabled = true under `[key_lookup]` in the daemon's configuration and restart it",
        TooManyLookups { seconds: String } => "you have asked for too many keys; ask again in {seconds} seconds",
        LookupUnreadable => "a file that may hold the key can't be read; test its storage target to see why",
        Stopping => "the daemon is stopping; ask again once it runs",
        // The daemon itself
        Internal => "the daemon met a fault of its own; its log has the details. Nothing was changed",
        Busy => "the database is busy; try again in a moment",
        TookTooLong => "the request took longer than 120 seconds; try again later",
    }
}

sentences! {
    /// Why a batch or its files don't take what was asked, and why a signature isn't taken.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum BatchRefused in "batch_refused" {
        NoBatch => "there is no such batch",
        NoConfig => "there is no such export config",
        NotFailed { state: String } => "the batch is {state}; only a failed batch can be retried",
        NotComplete { state: String } => "the batch is {state}; only a complete batch can be regenerated, before its files expire",
        NothingPublished => "the batch published no file, so there is nothing to regenerate",
        AlreadyRegenerating => "the window is being regenerated already; wait until that batch is complete",
        Paused => "the export config is paused; resume it first",
        FileDeleted => "the file was deleted from storage after its retention",
        FileMissing => "the file is not in storage; it isn't put there yet, or somebody else removed it",
        StorageUnreadable => "the storage target can't be read; test it to see why",
        // Signatures from consoles
        NotAwaiting { state: String } => "the batch is {state}; only a batch that awaits signatures takes them. Read it again",
        NoFileNumber { text: String } => "{text:?} is not the number of a file: batches show them, from 1",
        NoUnsignedFile { number: u32 } => "the batch has no unsigned file {number}; it has none",
        OneUnsignedFile { number: u32, only: u32 } => "the batch has no unsigned file {number}; it has file {only}",
        UnsignedFiles { number: u32, first: u32, last: u32 } => "the batch has no unsigned file {number}; it has files {first} to {last}",
        NotASigner { id: String } => "the signing key {id} isn't among those that have to sign this file; read the batch again to see which do",
        SignsItself { key: String, custody: String } => "the daemon adds the signature of {key} by itself: its custody is {custody}",
        KeyRevoked { key: String } => "{key} is revoked; the file is made anew without it at the next tick. Then fetch and review it again",
        KeyEnded { key: String } => "{key} doesn't sign any more; the file is made anew without it at the next tick. Then fetch and review it again",
        Changed { number: u32 } => "file {number} has another digest than the one that was signed: it was made anew. Fetch and review it again",
    }
}
