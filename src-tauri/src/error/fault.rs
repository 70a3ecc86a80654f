//! What goes wrong in the console itself, in sentences of the form "what happened; what to do next".

use serde::Serialize;
use tekport_api::UtcTime;
use tekport_api::message::{List, Nested};
use tekport_api::sentences;

sentences! {
    /// Why the console can't do what was asked.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
    pub(crate) enum ConsoleFault in "console" {
        // This computer
        NoDialog => "the system showed no file dialog; try again, and on Linux check that GTK 3 is whole",
        NotWritten { path: String, cause: String } => "{path} can't be written: {cause}; check the folder and the free space",
        NotCopied { cause: String } => "the clipboard did not take the text: {cause}; select the text and copy it by hand",
        NotSaved { folder: String, cause: String } => "the file can't be saved in {folder}: {cause}; check the folder, its owner and the free space",
        Unreadable { path: String, cause: String } => "{path} can't be read: {cause}; check that it is a file and that you may read it",
        DataUnreadable { path: String, cause: String } => "{path} can't be read: {cause}; check the folder, its owner and the free space",
        DataDamaged { path: String, cause: String } => "{path} is damaged: {cause}; check the folder, its owner and the free space",
        DataUnwritten { path: String, cause: String } => "{path} can't be written: {cause}; check the folder, its owner and the free space",
        DataNotRemoved { path: String, cause: String } => "{path} can't be removed: {cause}; check the folder, its owner and the free space",
        BrokeOff { cause: String } => "{cause}; try again",
        NoRandomness { cause: String } => "{cause}; restart the computer and try again",
        // Daemons
        WhichDaemon => "the page didn't say which daemon it shows, so nothing was done; go to the daemon that you mean and try again",
        Switched { meant: String, shown: String } => "this was meant for {meant}, and the console shows {shown} by now, so nothing was done; go back to {meant} and look whether it is still wanted",
        SwitchedFromLeft { shown: String } => "this was meant for a daemon that was left, and the console shows {shown} by now, so nothing was done; go back to a daemon that was left and look whether it is still wanted",
        NotEnrolled => "this console has no certificate of any daemon; enrol with a code from a security officer, or from tekportd enroll",
        NoClientKey { item: String, address: String } => "the keychain has no item {item}, which is this console's key for {address}; log in as the person who enrolled, or leave this daemon and enrol with a new code",
        EndlessList { pages: u32 } => "the daemon's list has more than {pages} pages; update tekportd or the console",
        MarkLetters => "a mark has 1 to 3 letters or digits; leave out everything else",
        MarkTaken { daemon: String, mark: String } => "{daemon} has the mark {mark} already; choose another one",
        // Enrolling
        AlreadyEnrolled { address: String } => "this console belongs to the daemon at {address}; switch to it, or leave it first",
        CodeExpired { time: UtcTime } => "the enrolment code expired at {time}; ask for a new one",
        CodePrefix { prefix: String } => "an enrolment code starts with {prefix}; copy the whole line that the daemon printed",
        CodeDamaged => "the enrolment code is incomplete or has a wrong character; copy it again, whole",
        SealingKeyUnfit => "the daemon's sealing key and its fingerprint don't belong together; update tekportd or the console, then enrol with a new code",
        NotDrawn { cause: String } => "the code can't be drawn: {cause}; pass it on as text",
        NotVouched => "the CA that was pinned at enrolment doesn't vouch for the daemon's sealing key, so the old one stays pinned; ask whoever runs the daemon whether it was set up anew",
        // Batches and files of export configs
        NoSuchFile => "the batch has no such file; go back to the list of batches and choose again",
        NotAsPublished => "what the storage holds is not what the daemon published; phones would refuse it: regenerate the batch and look at who else writes to the storage",
        NotAPublicKey { cause: String } => "the key to verify with can't be used: {cause}; paste a text that begins with -----BEGIN PUBLIC KEY-----",
        NoConfig { id: String } => "the daemon has no export config {id}; load the list again and choose anew",
        KeyNotListed { id: String } => "the daemon's list lacks the signing key {id} of a config; try again",
        ConfigFileNoJson { cause: String } => "this is no JSON: {cause}; choose a file that the console saved, or correct it there",
        ConfigFileFormat { found: String, format: String } => "this is no file of export configs: its format is {found}; choose one whose format is \"{format}\"",
        ConfigFileVersion { found: String, version: u32 } => "the file has {found}, and this console reads version {version}; update the console, or save the file again with one like this",
        ConfigFileFields { fields: List<Nested> } => "{fields}; correct the file, or save it anew",
        ConfigFileTooMany { count: u32, max: u32 } => "the file holds {count} configs; split it into files of at most {max}",
        ConfigFileTooLarge => "the file has more than 1 MiB, far more than any file of export configs; choose another one",
    }
}

sentences! {
    /// Why the console can't do what was asked with a signing key or a batch to sign.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
    pub(crate) enum KeyTrouble in "key_trouble" {
        NotHere { item: String } => "the keychain has no item {item}; do this on the computer that has the key, or restore the key here from its backup",
        Stays { key: String, custody: String } => "{key} is in custody {custody}, so its private half never leaves where it is and nothing was sent; a key that the daemon is to hold is generated with the custody daemon",
        SealingKeyChanged { pinned: String, offered: String } => "the daemon's sealing key is not the one pinned at enrolment (pinned was {pinned}, offered is {offered}), so no key was sent; look at the new one on the page of the signing keys and accept it there if the daemon's CA vouches for it, or ask whoever runs the daemon",
        SealingKeyUnreadable { cause: String } => "the daemon's sealing key is not the one pinned at enrolment ({cause}), so no key was sent; look at the new one on the page of the signing keys and accept it there if the daemon's CA vouches for it, or ask whoever runs the daemon",
        AnotherRegistered => "the daemon registered another public key than the one it was sent; no key was handed over: look at the daemon's audit log",
        NotSealed { cause: String } => "{cause}; no key was sent: update the console and try again",
        NotRegistered { fingerprint: String } => "the daemon has no signing key with the fingerprint {fingerprint}, so nothing was changed; import the file as a new key, or choose another file",
        Registered { key: String } => "the daemon has this key as {key} already; restore it from the file instead of importing it",
        NoAuthority => "it isn't said yet for whom this key signs, which Google and Apple ask for; fill that in first",
        PackageUnfit => "the daemon's package holds a file that can't be saved; update tekportd or the console",
        PackageFailed { cause: String } => "{cause}; nothing was saved: look whether the keychain's key is the registered one",
        BackupNotNoted { path: String, problem: Nested } => "the backup is {path}, and the daemon did not note it: {problem}",
        WeakPassphrase { cause: String } => "{cause}",
        BackupFailed { cause: String } => "{cause}; nothing was written: restart the console and try again",
        PassphraseEmpty => "the passphrase is empty; type one of 1 to 1,000 characters in one line",
        PassphraseTooLong { bytes: u32 } => "the passphrase has {bytes} bytes; type one of 1 to 1,000 characters in one line",
        PassphraseControl => "the passphrase holds a tab, a line end or another control character; type one of 1 to 1,000 characters in one line",
        // Reading a key file
        FileTooLong { bytes: u32 } => "the file has {bytes} bytes, too many for a private key; at most 65536 are read",
        NotPem { cause: String } => "{cause}",
        NoPrivateKey { cause: String } => "the file holds {cause}, not a private key; choose the file with the private key",
        SeveralKeys { count: u32 } => "the file holds {count} private keys; keep one of them in a file of its own",
        AnotherKind { kind: String } => "the file holds a private key of the kind {kind}; export files are signed with P-256 (prime256v1) keys",
        NoCurve => "the key doesn't name its curve; write it anew with openssl ec -param_enc named_curve",
        PassphraseNeeded => "the key is encrypted; type its passphrase",
        PassphraseWrong => "the passphrase doesn't open the key; type it again, or the file is damaged",
        Encryption { name: String } => "the key is encrypted with {name}, which isn't read; write it anew with openssl pkcs8 -topk8 -scrypt, or with PBKDF2 and AES",
        TooCostly { cause: String } => "opening the key would take {cause}; write it anew with openssl pkcs8 -topk8 -scrypt",
        FileDamaged { cause: String } => "the file is damaged: {cause}",
        // Signing batches
        ChecksFailed { checks: List<Nested> } => "nothing was signed, since these checks failed: {checks}",
        ReviewOutdated => "the batch's files are other ones than those that were looked at, so nothing was signed; look at them again",
        ItemDiffers { item: String } => "the keychain's item {item} holds another key, so nothing was signed; restore it from its backup",
        NothingHere => "the batch waits for no key of this computer's keychain; sign it where those keys are",
        NotSigned { cause: String } => "{cause}; try again",
        NotApproved { region: String } => "the config of {region} isn't approved on this computer as it is now, so nothing was changed; look at its terms and approve them first",
        NoKeyHere { region: String } => "no key that signs for {region} is in this computer's keychain; turn unattended signing on where such a key is, or restore it here from its backup",
        ConfigChanged => "the config was changed while it was looked at, so nothing was approved; look at it again",
        NotAwaiting => "the batch doesn't wait for signatures any more; go back to the signing desk and look at the list again",
    }
}
