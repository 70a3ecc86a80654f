//! What a field of a file is, and what it should be: in English, and with a code for other languages.

use serde::Serialize;
use specta::Type;
use tekport_api::message::List;
use tekport_api::sentences;

sentences! {
    /// What a value is, for saying that something else is wanted.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
    pub(crate) enum Found in "found" {
        Null => "nothing (null)",
        Bool { value: String } => "{value}",
        Number { value: String } => "the number {value}",
        Text { text: String } => "the text {text}",
        Quoted { text: String } => "{text}",
        List => "a list",
        Object => "an object",
    }
}

sentences! {
    /// What a field of a file has to be.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
    pub(crate) enum Wanted in "wanted" {
        Object => "an object: {{ … }}",
        Configs => "a list of configs",
        DaemonName => "the daemon's name",
        Environment => "production, staging or test",
        CaSha256 => "SHA-256 of the daemon's CA certificate",
        ConfigId => "the config's id, or none for a new one",
        Revision => "the config's revision when the file was written, or none",
        Region => "the code of a region: \"MAG\"",
        Regions => "codes of regions: \"MAG\", \"US-WA\"",
        RegionList => "a list: codes of regions: \"MAG\", \"US-WA\"",
        Travelers => "include, only-non-travelers or ignore",
        Period => "5 to 1440 minutes, dividing a day: 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720 or 1440, for instance",
        MaxRecords => "a whole number, 100 to 750,000",
        Time => "a time in UTC: 2026-11-23T16:00:00Z",
        Target => "the name of a storage target",
        Path => "a path below the storage target: \"mag\"",
        SmallBatch => "{{ \"policy\": \"pad\", \"minimum\": 1000, \"jitter\": 100 }}, for instance",
        Policy => "pad, hold or release",
        Minimum => "a whole number, 1 to 100,000",
        Jitter => "a whole number, 0 to 100,000",
        KeyList => "a list: the names of signing keys: {{ \"name\": \"310 v2\" }}",
        KeyName => "a signing key as files name it: \"310 v2\"",
        Fingerprint => "the public key's fingerprint, or none",
        EachOnce => "each config once",
        KeyThere => "a key that is registered there",
        SameKey => "that fingerprint; or none, where the key of that name is meant, whichever it is",
    }
}

sentences! {
    /// The fields that there are.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
    pub(crate) enum Fields in "fields" {
        Known { names: List } => "{names}",
    }
}
