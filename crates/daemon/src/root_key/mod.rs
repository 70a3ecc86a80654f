//! Reading the root key, under which the daemon's secrets are encrypted, from where the configuration says.

mod keychain;
pub mod rotation;
mod slots;

use crate::config::{RootKeyConfig, RootKeySource};
use std::path::{Path, PathBuf};
use tekport_keys::at_rest::{AtRestError, RootKey};
use zeroize::Zeroizing;

/// The environment variable in which systemd names the folder of a unit's credentials.
pub const CREDENTIALS_DIRECTORY: &str = "CREDENTIALS_DIRECTORY";
/// Larger files are no root key and aren't read further.
const MAX_BYTES: u64 = 1_024;
/// Permission bits of group and others: a root key's file has none of them.
#[cfg(unix)]
const WIDER_THAN_OWNER: u32 = 0o077;
/// The service under which the keychain holds the root key.
#[cfg(feature = "keychain")]
const KEYCHAIN_SERVICE: &str = "tekportd";

/// Why the root key can't be had.
#[derive(Debug, thiserror::Error)]
pub enum RootKeyError {
    /// The file or credential isn't there, or can't be read.
    #[error("the root key {} can't be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may read the file.
    #[error("the root key {} may be read by others than its owner (mode {mode:04o}); run: chmod 600 {}", path.display(), path.display())]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It was read, and is no root key.
    #[error("the root key {origin} is not 32 bytes: raw, or as 64 hexadecimal digits, or as base64")]
    NotAKey {
        /// Where it came from.
        origin: String,
        /// What was wrong.
        source: AtRestError,
    },
    /// The unit has no credentials.
    #[error(
        "root_key.source is \"credential\", but systemd gave no credentials: $CREDENTIALS_DIRECTORY is not set; \
         put LoadCredential={0}:<file> into the unit, or choose another root_key.source"
    )]
    NoCredentials(String),
    /// The file can't be made.
    #[error("the root key {} can't be made", path.display())]
    NotMade {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The random generator gave nothing.
    #[error("no root key could be made")]
    NoRandomness(#[from] tekport_keys::NoRandomness),
    /// This build has no keychain.
    #[error(
        "root_key.source is \"keychain\", but this build of tekportd has no keychain; build it with the feature \
         keychain, or choose \"file\" or \"credential\""
    )]
    NoKeychainInBuild,
    /// The keychain is there and has no root key.
    #[cfg(feature = "keychain")]
    #[error("the keychain has no root key of service {KEYCHAIN_SERVICE}, account {0}")]
    NotInKeychain(String),
    /// The keychain can't be reached, or is locked.
    #[cfg(feature = "keychain")]
    #[error("the keychain can't be used: {0}; unlock it for the user that tekportd runs as")]
    Keychain(String),
}

/// Where the root key of a daemon is.
#[derive(Debug, Clone)]
pub struct RootKeyPlace<'a> {
    /// What the configuration says.
    pub config: &'a RootKeyConfig,
    /// The state folder, for relative paths.
    pub state: &'a Path,
    /// The folder of systemd's credentials, where there is one.
    pub credentials: Option<&'a Path>,
}

impl RootKeyPlace<'_> {
    /// Reads the root key.
    ///
    /// # Errors
    /// When it isn't there, can't be read, may be read by others, or is no key.
    pub fn read(&self) -> Result<RootKey, RootKeyError> {
        match self.config.source {
            RootKeySource::File => {
                let path = self.file();
                refuse_if_open_to_others(&path)?;
                read_file(&path)
            }
            RootKeySource::Credential => {
                let name = &self.config.credential;
                let folder = self.credentials.ok_or_else(|| RootKeyError::NoCredentials(name.clone()))?;
                read_file(&folder.join(name))
            }
            RootKeySource::Keychain => keychain::read(&self.config.keychain),
        }
    }

    /// Makes the root key of a new daemon: a file with mode 0600, or a keychain entry. A systemd credential is
    /// made by whoever sets the unit up, so that one is only read; so is an entry the keychain already has.
    ///
    /// # Errors
    /// When it can't be made, or a file is there already.
    pub fn create(&self) -> Result<RootKey, RootKeyError> {
        match self.config.source {
            RootKeySource::File => {
                let key = RootKey::generate()?;
                let path = self.file();
                write_new(&path, key.to_base64().as_bytes())
                    .map_err(|source| RootKeyError::NotMade { path, source })?;
                Ok(key)
            }
            RootKeySource::Credential => self.read(),
            RootKeySource::Keychain => keychain::create(&self.config.keychain),
        }
    }

    /// The root key's file, where it is one.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.state.join(&self.config.file)
    }
}

fn parse(origin: &str, bytes: &[u8]) -> Result<RootKey, RootKeyError> {
    let trimmed = bytes.trim_ascii();
    let key = match (bytes.len(), trimmed.len()) {
        (32, _) => RootKey::from_bytes(bytes),
        (_, 64) => {
            let decoded = Zeroizing::new(hex::decode(trimmed).unwrap_or_default());
            RootKey::from_bytes(&decoded)
        }
        _ => RootKey::from_base64(&Zeroizing::new(String::from_utf8_lossy(trimmed).into_owned())),
    };
    key.map_err(|source| RootKeyError::NotAKey { origin: origin.to_owned(), source })
}

fn read_file(path: &Path) -> Result<RootKey, RootKeyError> {
    use std::io::Read;
    // Room for everything from the start: a buffer that grows would leave a copy of the key behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES as usize));
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes))
        .map_err(|source| RootKeyError::Unreadable { path: path.to_owned(), source })?;
    parse(&path.display().to_string(), &bytes)
}

fn refuse_if_open_to_others(path: &Path) -> Result<(), RootKeyError> {
    match mode_open_to_others(path) {
        Ok(None) => Ok(()),
        Ok(Some(mode)) => Err(RootKeyError::TooOpen { path: path.to_owned(), mode }),
        Err(source) => Err(RootKeyError::Unreadable { path: path.to_owned(), source }),
    }
}

/// Returns the permission bits of a secret's file where others than its owner have any.
///
/// # Errors
/// When the file isn't there or can't be looked at.
#[cfg(unix)]
pub(crate) fn mode_open_to_others(path: &Path) -> std::io::Result<Option<u32>> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)?.permissions().mode() & 0o7777;
    Ok((mode & WIDER_THAN_OWNER != 0).then_some(mode))
}

/// Elsewhere access is by lists, which the folder's own settings decide.
#[cfg(not(unix))]
pub(crate) fn mode_open_to_others(path: &Path) -> std::io::Result<Option<u32>> {
    std::fs::metadata(path).map(|_| None)
}

/// Writes a file that isn't there yet, readable by its owner alone from its first byte on.
fn write_new(path: &Path, text: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.write_all(b"\n")?;
    file.sync_all()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use tekport_keys::at_rest::Binding;

    const PLACE: Binding<'_> = Binding { table: "t", row: "r", column: "c" };

    fn opens(key: &RootKey, sealed: &[u8]) -> bool {
        key.decrypt(PLACE, sealed).is_ok()
    }

    #[test]
    fn a_new_key_is_a_file_for_its_owner_alone_and_reads_back() {
        let state = tempfile::tempdir().unwrap();
        let config = RootKeyConfig::default();
        let place = RootKeyPlace { config: &config, state: state.path(), credentials: None };
        let sealed = place.create().unwrap().encrypt(PLACE, b"secret").unwrap();
        assert_eq!(std::fs::metadata(place.file()).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(opens(&place.read().unwrap(), &sealed));
        assert!(matches!(place.create(), Err(RootKeyError::NotMade { .. })), "an existing key must stay");
        assert!(opens(&place.read().unwrap(), &sealed));
    }

    #[test]
    fn a_file_that_others_may_read_is_refused_with_the_command_that_helps() {
        let state = tempfile::tempdir().unwrap();
        let config = RootKeyConfig::default();
        let place = RootKeyPlace { config: &config, state: state.path(), credentials: None };
        place.create().unwrap();
        for mode in [0o640, 0o604, 0o660, 0o601] {
            std::fs::set_permissions(place.file(), std::fs::Permissions::from_mode(mode)).unwrap();
            let error = place.read().unwrap_err().to_string();
            assert!(error.contains("chmod 600") && error.contains(&format!("{mode:04o}")), "{error}");
        }
    }

    #[test]
    fn a_credential_is_read_raw_as_hex_or_as_base64() {
        let folder = tempfile::tempdir().unwrap();
        let config = RootKeyConfig { source: RootKeySource::Credential, ..RootKeyConfig::default() };
        let place = RootKeyPlace { config: &config, state: Path::new("/nowhere"), credentials: Some(folder.path()) };
        let sealed = RootKey::from_bytes(&[7; 32]).unwrap().encrypt(PLACE, b"secret").unwrap();
        let texts = [
            vec![7; 32],
            hex::encode([7; 32]).into_bytes(),
            b" BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n".to_vec(),
        ];
        for text in texts {
            std::fs::write(folder.path().join(&config.credential), &text).unwrap();
            assert!(opens(&place.read().unwrap(), &sealed), "{text:?}");
        }
        for text in [&b""[..], b"short", &[b'x'; 64], &[7; 33], &[0xff; 2_000]] {
            std::fs::write(folder.path().join(&config.credential), text).unwrap();
            assert!(matches!(place.read(), Err(RootKeyError::NotAKey { .. })), "{text:?}");
        }
    }

    #[test]
    fn without_systemd_the_error_says_what_the_unit_needs() {
        let config = RootKeyConfig { source: RootKeySource::Credential, ..RootKeyConfig::default() };
        let place = RootKeyPlace { config: &config, state: Path::new("/nowhere"), credentials: None };
        assert!(place.read().unwrap_err().to_string().contains("LoadCredential=tekport-root-key:"));
    }
}
