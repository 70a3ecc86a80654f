//! The names of what can go wrong with a command. The pages have words for each of them.

use serde::Serialize;
use specta::Type;
use std::fmt;

macro_rules! codes {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// The stable name of an error: the pages choose the words by it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
        pub enum ErrorCode {
            $(
                #[doc = concat!("`", $name, "`")]
                #[serde(rename = $name)]
                $variant
            ),*
        }

        impl ErrorCode {
            /// The name as the pages know it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }
        }
    };
}

codes! {
    NotEnrolled = "not-enrolled",
    DaemonSwitched = "daemon-switched",
    WorkUnderWay = "work-under-way",
    MarkInvalid = "mark-invalid",
    MarkTaken = "mark-taken",
    Offline = "offline",
    Timeout = "timeout",
    Tls = "tls",
    Unauthenticated = "unauthenticated",
    Forbidden = "forbidden",
    NotFound = "not-found",
    Conflict = "conflict",
    ChangedMeanwhile = "changed-meanwhile",
    Invalid = "invalid",
    TooManyRequests = "too-many-requests",
    Unavailable = "unavailable",
    Malformed = "malformed",
    MethodNotAllowed = "method-not-allowed",
    PreconditionRequired = "precondition-required",
    UnsupportedMediaType = "unsupported-media-type",
    TooLarge = "too-large",
    Address = "address",
    NotTekport = "not-tekport",
    ClientCertificate = "client-certificate",
    ClientKeyMissing = "client-key-missing",
    AlreadyEnrolled = "already-enrolled",
    CodeInvalid = "code-invalid",
    CodeExpired = "code-expired",
    SealingKeyInvalid = "sealing-key-invalid",
    SealingKeyChanged = "sealing-key-changed",
    KeyNotHere = "key-not-here",
    AnotherKey = "another-key",
    KeyStays = "key-stays",
    KeyNotToSend = "key-not-to-send",
    KeyNotRegistered = "key-not-registered",
    KeyRegistered = "key-registered",
    KeyFile = "key-file",
    PassphraseNeeded = "passphrase-needed",
    PassphraseWrong = "passphrase-wrong",
    PassphraseWeak = "passphrase-weak",
    PassphraseUnusable = "passphrase-unusable",
    BackupNotNoted = "backup-not-noted",
    AuthorityMissing = "authority-missing",
    KeychainMissing = "keychain-missing",
    KeychainLocked = "keychain-locked",
    KeychainDenied = "keychain-denied",
    KeychainDamaged = "keychain-damaged",
    KeychainNotKept = "keychain-not-kept",
    KeychainEmpty = "keychain-empty",
    KeychainNoAnswer = "keychain-no-answer",
    SealingKeyNotVouched = "sealing-key-not-vouched",
    KeychainFailed = "keychain-failed",
    DataFolder = "data-folder",
    DownloadsFolder = "downloads-folder",
    FileChanged = "file-changed",
    Clipboard = "clipboard",
    Dialog = "dialog",
    NotAwaiting = "not-awaiting",
    ReviewOutdated = "review-outdated",
    ReviewFailed = "review-failed",
    ConfigNotApproved = "config-not-approved",
    Internal = "internal",
    ConfigFile = "config-file",
    ConfigFileVersion = "config-file-version",
    FileUnreadable = "file-unreadable",
    PublicKey = "public-key",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, name: &&str) -> bool {
        self.as_str() == *name
    }
}
