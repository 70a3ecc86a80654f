//! Why a field is refused or warned of, and what is allowed in it.

use super::{List, Nested};
use crate::UtcTime;
use crate::sentences;
use serde::Serialize;

sentences! {
    /// Why a field is refused, or what to know about it.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum Fault in "field" {
        // Any field
        Empty => "it is empty",
        NotOne { text: String } => "{text:?} is not one",
        NotAnId { text: String } => "{text:?} is not an id",
        NotAllowed { count: u32 } => "{count} is not allowed",
        // Export configs
        InputAndExcluded { region: String } => "{region} is an input region and excluded as well",
        NoTarget => "no storage target is chosen",
        NoPrefix { text: String } => "{text:?} can't be a path prefix",
        NoPeriod { minutes: u32 } => "{minutes} minutes don't divide a day, or are too short",
        EndBeforeStart => "the end isn't after the start",
        KeyTwice => "the key is named twice",
        NoKey => "no signing key is chosen: nothing could be published",
        TooManyKeys { count: u32 } => "{count} keys are too many",
        KeysInFile { count: u32 } => "{count} keys a file are not allowed",
        JitterTooLarge => "minimum and jitter together exceed max_records_per_file",
        UnknownTarget { name: String } => "the daemon has no storage target {name:?}",
        UnknownKey => "there is no such signing key",
        KeyRevoked { key: String } => "{key} was revoked",
        KeyEnded { key: String } => "{key} has ended",
        KeyEnds { key: String, time: UtcTime } => "{key} ends at {time}; name its successor, or have that end taken back",
        KeyLeftOut { named: String, newer: String } => "{named} is named without {newer}, which came after it and was sent to Google or Apple: phones that hold {newer} would find no signature of it in the files of this config",
        PrefixTaken { prefix: String } => "{prefix} belongs to another export config of this storage target, for ever: paths are never reused",
        StartTooOld => "the start lies more than 30 days back, where no key is kept any more",
        StartFixed => "the start can't change once a batch was made: its windows begin there",
        TargetFixed => "the storage target can't change once a batch was made: phones read the index there",
        PrefixFixed => "the prefix can't change once a batch was made: phones read the index there",
        EndBeforeBatches => "batches were made for windows after this end",
        UnknownConfig { text: String } => "{text:?} is no export config",
        // Warnings of a preview
        OverIos { files: u32, ios: u32 } => "{files} files a day are more than a phone imports on iOS ({ios})",
        OverBoth { files: u32, ios: u32, android: u32 } => "{files} files a day are more than a phone imports on iOS ({ios}) or Android ({android})",
        SplitOverIos { files: u32, ios: u32 } => "the keys of each window need several files, and {files} files a day are more than a phone imports on iOS ({ios})",
        SplitOverBoth { files: u32, ios: u32, android: u32 } => "the keys of each window need several files, and {files} files a day are more than a phone imports on iOS ({ios}) or Android ({android})",
        CatchUp { ios: u32 } => "a phone that was off for some days finds more than the {ios} files it imports in a day",
        FewKeys => "a file with very few keys can show who they belong to",
        NearSplit => "padded batches come near the maximum: a few more keys split a window into several files",
        CannotSignYet => "the daemon can't sign with any of these keys yet: nothing is published until one is handed over",
        EndPassed => "the end has passed: the config ends",
        // Files of export configs
        ItIs { found: Nested } => "it is {found}",
        Missing => "it is missing",
        NoSuchField => "there is no such field",
        PlaceTwice { place: String } => "an earlier config of this file is the one of {place}, too",
        KeyNotThere { name: String } => "the daemon has no signing key {name:?}",
        OtherKey { name: String, fingerprint: String } => "the daemon's {name} is another key: its fingerprint is {fingerprint}",
        // Signing keys
        NoPublicKey => "it is not a P-256 public key in PEM",
        TokenElsewhere => "a key in a token is registered with POST /admin/v1/signing-keys/in-token",
        NoTokenId { text: String } => "{text:?} is not an id in a token",
        // People
        NoPersonName => "the name is empty, too long or has control characters",
        NoRole { text: String } => "{text:?} is not a role",
        RoleMissing => "no role is given",
        IngestCombined => "ingest can't be combined: a key server must not read or change anything",
        NoSuchCode => "this daemon made no such code",
        CodeUsed => "the code was used already",
        CodeExpired => "the code has expired",
        InvitedShutOut => "the person it was made for is shut out",
        // Looking a key up
        RegionAlone => "the region stands without a time",
        TimeAlone => "the time stands without a region",
        NothingAsked => "nothing is asked",
        KeyAndMore => "a key is asked about by itself: without a time and a region",
        NoEncoding => "it is neither base64 nor hexadecimal",
        NoTek => "it isn't 16 bytes long",
    }
}

sentences! {
    /// What is allowed in a field.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum Allowed in "allowed" {
        Region => "1 to 20 letters and digits, parts joined by single hyphens: US, MAG, US-WA",
        KeyId => "1 to 64 letters, digits and underscores; by convention the Mobile Country Code: 310",
        KeyVersion => "1 to 64 letters, digits and underscores: v1",
        // Export configs
        NotInput => "regions that are not input regions",
        Target => "the name of a storage target of the daemon",
        NoTargets => "none is configured: add one to the daemon's configuration",
        OneOf { names: List } => "{names}",
        Prefix => "1 to 100 characters: lower-case letters, digits, - and _, parts separated by a single /",
        Period => "5 to 1440 minutes, dividing a day: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720 or 1440, for instance",
        AfterStart => "a time after valid_from, or none",
        Keys => "1 to 10 different ids of signing keys",
        KeysInFile => "100 to 750,000",
        Minimum => "1 to 100,000, and no more than max_records_per_file",
        Jitter => "0 to 100,000",
        JitterLeft => "0 up to max_records_per_file less the minimum",
        LiveKey => "a signing key that is registered and hasn't ended",
        NewerKeyToo { named: String, newer: String } => "{newer} as well, beside or instead of {named}",
        NewPrefix => "a prefix that no config has had",
        From { time: UtcTime } => "{time} or later",
        FromOrNone { time: UtcTime } => "{time} or later, or none",
        Exactly { value: String } => "{value}",
        ConfigOrNone => "the id of the config being edited, or none",
        Minutes120 => "120 minutes or longer",
        MoreRecords => "more records in each file, or a longer period",
        Minutes240 => "240 minutes or longer",
        PadOrHold => "pad or hold",
        OverBoth => "well over minimum and jitter together",
        HandedOver => "a key that was handed over to the daemon",
        ToComeOrNone => "a time to come, or none",
        // Signing keys
        PublicKey => "a P-256 SubjectPublicKeyInfo in PEM (-----BEGIN PUBLIC KEY-----)",
        DaemonOrConsole => "daemon or console",
        KeyOrNothing => "the id of a signing key, or nothing",
        TokenId => "the id of a key in the token: 2 to 510 hexadecimal digits; nothing to generate one",
        // For whom a key signs
        AuthorityName => "the health authority's name: 1 to 120 characters in one line",
        Country => "two capital letters (ISO 3166-1): US",
        Mcc => "three digits: 310",
        AuthorityRegion => "capital letters, digits and -, at most 30: US-WA; or empty",
        AndroidPackage => "names of letters, digits and _, joined by dots: org.example.en",
        IosBundle => "names of letters, digits and -, joined by dots: org.example.en",
        // People
        PersonName => "1 to 80 characters",
        Role => "viewer, operator, admin, security-officer or ingest",
        RoleAtLeast => "at least one of viewer, operator, admin, security-officer or ingest",
        IngestAlone => "ingest alone, or the others without it",
        FreshCode => "a code that was neither used nor has expired; ask a security officer for a new one",
        // Looking a key up
        KeyOrReceipt => "either key, or received_at and region",
        Tek => "16 bytes: 32 hexadecimal digits, or base64 of 22 characters, with == behind it or not",
    }
}

#[cfg(test)]
mod tests {
    use super::Allowed;
    use tekport_export_file::{KeyId, KeyVersion, Region};

    #[test]
    fn what_is_allowed_is_what_the_format_allows() {
        assert_eq!(Allowed::Region.to_string(), Region::ALLOWED);
        assert_eq!(Allowed::KeyId.to_string(), KeyId::ALLOWED);
        assert_eq!(Allowed::KeyVersion.to_string(), KeyVersion::ALLOWED);
    }
}
