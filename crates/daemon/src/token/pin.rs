//! The token's user PIN, read from its file or credential each time it is needed and wiped after each use.

use crate::config::TokenConfig;
use crate::root_key::mode_open_to_others;
use cryptoki::types::AuthPin;
use secrecy::ExposeSecret;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tekport_api::message::TokenFinding;
use zeroize::Zeroizing;

/// Longer files are no PIN and aren't read further. Tokens take 4 to 255 characters.
const MAX_BYTES: usize = 256;

/// Why there is no PIN. Each text says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinError {
    /// The file or credential isn't there, or can't be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// Others than its owner may read the file.
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It was read, and is no PIN.
    NotAPin(PathBuf),
    /// The unit has no credentials.
    NoCredentials(String),
}

impl PinError {
    /// What people are told of it.
    #[must_use]
    pub fn finding(&self) -> TokenFinding {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::Unreadable { path, reason } => {
                TokenFinding::PinUnreadable { path: shown(path), cause: reason.clone() }
            }
            Self::TooOpen { path, mode } => TokenFinding::PinTooOpen { path: shown(path), mode: format!("{mode:04o}") },
            Self::NotAPin(path) => TokenFinding::NotAPin { path: shown(path) },
            Self::NoCredentials(name) => TokenFinding::NoCredentials { name: name.clone() },
        }
    }
}

impl fmt::Display for PinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finding().fmt(f)
    }
}

impl std::error::Error for PinError {}

/// Where the PIN is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinPlace {
    /// A file for its owner alone.
    File(PathBuf),
    /// A systemd credential, in the folder of the unit's credentials where there is one.
    Credential {
        /// Its name.
        name: String,
        /// The folder.
        folder: Option<PathBuf>,
    },
}

impl PinPlace {
    /// The place that a configuration names. `state` is for relative paths.
    #[must_use]
    pub fn new(config: &TokenConfig, state: &Path, credentials: Option<&Path>) -> Self {
        match (&config.pin_file, &config.pin_credential) {
            (Some(file), _) => Self::File(state.join(file)),
            (None, name) => {
                Self::Credential { name: name.clone().unwrap_or_default(), folder: credentials.map(Path::to_owned) }
            }
        }
    }

    /// Reads the PIN.
    pub(super) fn read(&self) -> Result<Pin, PinError> {
        match self {
            Self::File(path) => match mode_open_to_others(path) {
                Ok(None) => read_file(path),
                Ok(Some(mode)) => Err(PinError::TooOpen { path: path.clone(), mode }),
                Err(error) => Err(unreadable(path, &error)),
            },
            Self::Credential { name, folder: None } => Err(PinError::NoCredentials(name.clone())),
            Self::Credential { name, folder: Some(folder) } => read_file(&folder.join(name)),
        }
    }

    /// The place as an error names it.
    pub(super) fn described(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Credential { name, .. } => format!("credential {name}"),
        }
    }
}

/// A PIN, and when its file was written: written anew, even with the same text, it is worth another try. It is wiped
/// when it is dropped and prints nothing.
#[derive(Debug)]
pub(super) struct Pin {
    pub(super) secret: AuthPin,
    written: Option<SystemTime>,
}

impl PartialEq for Pin {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written && self.secret.expose_secret() == other.secret.expose_secret()
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> PinError {
    PinError::Unreadable { path: path.to_owned(), reason: error.to_string() }
}

fn read_file(path: &Path) -> Result<Pin, PinError> {
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let written = file.metadata().and_then(|metadata| metadata.modified()).ok();
    // Room for everything from the start: a buffer that grows would leave a copy of the PIN behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 1));
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    file.take(limit).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(pin) if !pin.is_empty() && bytes.len() < MAX_BYTES && !pin.chars().any(char::is_control) => {
            Ok(Pin { secret: AuthPin::from(Box::<str>::from(pin)), written })
        }
        _ => Err(PinError::NotAPin(path.to_owned())),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn write(path: &Path, text: &[u8], mode: u32) -> std::io::Result<()> {
        std::fs::write(path, text)?;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
    }

    fn config(file: Option<&str>, credential: Option<&str>) -> TokenConfig {
        TokenConfig {
            module: "/m.so".into(),
            label: "t".into(),
            pin_file: file.map(PathBuf::from),
            pin_credential: credential.map(str::to_owned),
        }
    }

    #[test]
    fn a_pin_is_one_line_in_a_file_for_its_owner_alone() {
        let state = tempfile::tempdir().unwrap();
        let place = PinPlace::new(&config(Some("token.pin"), None), state.path(), None);
        let path = state.path().join("token.pin");
        assert!(matches!(place.read(), Err(PinError::Unreadable { .. })));
        for text in [&b"1234 5"[..], b"1234 5\n", b"1234 5\r\n"] {
            write(&path, text, 0o600).unwrap();
            assert_eq!(place.read().unwrap().secret.expose_secret(), "1234 5");
        }
        for text in [&b""[..], b"\n", b"12\n34\n", &[b'1'; 256], &[0xff, 0xfe]] {
            write(&path, text, 0o600).unwrap();
            assert_eq!(place.read().unwrap_err(), PinError::NotAPin(path.clone()), "{text:?}");
        }
        write(&path, b"1234", 0o640).unwrap();
        let error = place.read().unwrap_err().to_string();
        assert!(error.contains("chmod 600") && error.contains("0640"), "{error}");
    }

    #[test]
    fn a_credential_is_read_from_the_units_folder() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("pin"), b"1234", 0o440).unwrap();
        let config = config(None, Some("pin"));
        let place = PinPlace::new(&config, Path::new("/nowhere"), Some(folder.path()));
        assert_eq!(place.read().unwrap().secret.expose_secret(), "1234");
        let place = PinPlace::new(&config, Path::new("/nowhere"), None);
        assert!(place.read().unwrap_err().to_string().contains("LoadCredential=pin:"));
    }

    #[test]
    fn a_pin_prints_nothing_and_differs_once_its_file_was_written_anew() {
        let state = tempfile::tempdir().unwrap();
        let place = PinPlace::new(&config(Some("token.pin"), None), state.path(), None);
        let path = state.path().join("token.pin");
        write(&path, b"987654", 0o600).unwrap();
        let first = place.read().unwrap();
        assert!(!format!("{first:?}").contains("987654"));
        assert_eq!(first, place.read().unwrap());
        let later = first.written.unwrap() + std::time::Duration::from_secs(5);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        assert_ne!(first, place.read().unwrap());
    }
}
