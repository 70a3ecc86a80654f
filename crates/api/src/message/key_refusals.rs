//! Why something can't be done with a signing key as it stands, and what keeps a key from its end.

use super::{List, Names, Nested};
use crate::UtcTime;
use crate::sentences;
use crate::signing_key::{EndBlocker, EndCheck};
use serde::Serialize;

sentences! {
    /// Why something can't be done with a signing key as it stands.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum KeyRefused in "key" {
        Revoked { key: String } => "{key} was revoked for good; generate a new key",
        // Handing over, and what the daemon holds
        SignsNoMore { key: String } => "{key} has ended: nothing is signed with it any more",
        StaysInKeychain { key: String } => "{key}: its custody is console, so its private half never leaves the keychain that it is in. A key that the daemon is to hold is registered with the custody daemon",
        StaysInToken { key: String } => "{key}: its custody is hsm, so its private half never leaves the token. A key that the daemon is to hold is registered with the custody daemon",
        NoToken => "the configuration names no token; add a `[token]` section to tekportd.toml and start tekportd again",
        PairLeft { id: String, label: String, problem: Nested } => "A key pair with the CKA_ID {id} may be left in the token {label:?}: {problem}. Register that one, or destroy it there",
        MaybeRegistered { cause: String } => "nobody knows whether it is registered: {cause}",
        NothingDestroyed => "the daemon knows of no copy of this key's private half that it destroyed",
        TracesLeft { count: u32 } => "the copy is destroyed and can't be used, but {count} traces of it are left in the database's log, which something still reads; they go with the next checkpoint, at the latest when the daemon is restarted. Have it searched again then",
        CopyNeeded { key: String } => "{key} signs; without the daemon's copy it would be missing in the next file. End it in its rotation, or revoke it",
        ChangedInSearch => "the key was changed while its copies were searched for; ask again",
        NoBackup { key: String } => "{key} never leaves its token, so there is no backup of it to note here",
        // Attaching
        AttachEnded { key: String } => "{key} has ended and signs no more; attach the key that took over",
        AttachEnding { key: String, end: UtcTime } => "{key} ends at {end}; attach its successor, or take its end back first",
        AttachChanged { region: String, revision: u32 } => "the export config of {region} was changed since it was looked at: it has revision {revision} now. Nothing was attached; look at the difference again, then repeat it",
        AttachConfigEnded { region: String } => "the export config of {region} has ended and makes no more files; leave it out",
        AttachLeavesOut { region: String, named: String, newer: String, sent_to: Names } => "in {region}, {named} is named without {newer}, which came after it and was sent to {sent_to}: phones that {sent_to} gave {newer} would find no signature of it in the files of this config; attach {newer} there first",
        AttachFull { region: String, max: u32 } => "the export config of {region} has {max} keys that sign or will, and devices take no more signatures; end one of them first",
        // Revoking
        InUse { key: String } => "{key} signs or was sent meanwhile, so nothing replaces it; go on with its rotation",
        NotRevoked { key: String } => "{key} isn't revoked; files of a key that phones may trust stay as they are",
        NobodySigns { regions: List } => "nothing can be made anew: no key is there to sign with in {regions}; attach a successor there first",
        // Ending
        EndStays { key: String, end: UtcTime } => "{key} ended at {end}, and phones have had files without its signature since; an end that has come stays",
        EndHeld { key: String, end: UtcTime } => "the end of {key} came at {end} and stays; the key stops signing as soon as nothing stands in the way",
        NoEnd { key: String } => "no end of {key} is set, so there is none to take back",
        CannotEnd { key: String, wanted: UtcTime, reasons: Nested } => "{key} can't end at {wanted}. {reasons}",
        // Google and Apple
        NoAuthority { key: String } => "nobody wrote down yet for whom {key} signs: the authority, its country and its apps; fill that in in the console, or with PUT /admin/v1/signing-keys/{{id}}/authority",
        AnotherSigned { key: String } => "the signature doesn't verify with the registered public key of {key}: another key signed",
        EndRelies { ending: String, recipient: String, key: String } => "the end of {ending} relies on {recipient} having confirmed {key}; take that end back first",
    }
}

sentences! {
    /// What keeps a key from its end, what to do about it, and from when on it is allowed.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[cfg_attr(feature = "bindings", derive(specta::Type))]
    pub enum EndReason in "end" {
        NotSigning => "It doesn't sign, so there is nothing to end",
        OnlyLiveSigner { region: String } => "{region}: no other key goes on signing there; attach a successor first",
        OnlyOlderKeys { region: String, key: String, older: String } => "{region}: only keys from before {key} go on signing there, such as {older}, and Apple gives iPhones one key at a time, the newest: those that hold {key} would refuse every new file; attach a successor first",
        NotConfirmed { region: String, missing: Names, successor: String } => "{region}: {missing} didn't confirm {successor} yet; record the confirmation once it is there",
        FileAlone { region: String, until: UtcTime } => "{region}: the index offers 1 file until {until} without the signature of a key that takes over; phones would refuse them",
        FilesAlone { region: String, count: u32, until: UtcTime } => "{region}: the index offers {count} files until {until} without the signature of a key that takes over; phones would refuse them",
        AllowedFrom { time: UtcTime } => "It is allowed from {time} on",
        NotYet => "From when on it is allowed shows once that is done",
    }
}

impl EndReason {
    /// Says what stands in the way, what to do about it, and from when on it is allowed: one sentence for each blocker.
    #[must_use]
    pub fn all(check: &EndCheck) -> Nested {
        let last = match check.earliest {
            Some(time) => Self::AllowedFrom { time },
            None => Self::NotYet,
        };
        let blockers = check.blockers.iter().rev().map(Self::of);
        blockers.fold(Nested::from(&last), |rest, blocker| Nested::from(&blocker).then(rest))
    }

    fn of(blocker: &EndBlocker) -> Self {
        match blocker.clone() {
            EndBlocker::NotSigning => Self::NotSigning,
            EndBlocker::OnlyLiveSigner { output_region: region, .. } => Self::OnlyLiveSigner { region },
            EndBlocker::OnlyOlderKeys { output_region: region, key, older, .. } => {
                Self::OnlyOlderKeys { region, key, older }
            }
            EndBlocker::SuccessorNotConfirmed { output_region: region, successor, missing, .. } => {
                Self::NotConfirmed { region, missing: missing.iter().map(ToString::to_string).collect(), successor }
            }
            EndBlocker::FilesSignedAlone { output_region: region, files: 1, until, .. } => {
                Self::FileAlone { region, until }
            }
            EndBlocker::FilesSignedAlone { output_region: region, files: count, until, .. } => {
                Self::FilesAlone { region, count, until }
            }
        }
    }
}
