//! What the console remembers of its daemon on disk: nothing secret.

use crate::CommandError;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use tekport_api::UtcTime;
use tekport_api::enrolment::DaemonIdentity;

/// A daemon and the certificate it issued. The private key is in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// `host:port`.
    pub(crate) address: String,
    /// SHA-256 of the CA certificate, lower-case hex: also the name of the client key in the keychain.
    pub(crate) ca_sha256: String,
    pub(crate) ca_pem: String,
    pub(crate) certificate_pem: String,
    /// When the certificate was issued, by this computer's clock.
    pub(crate) certificate_issued_at: UtcTime,
    pub(crate) certificate_not_after: UtcTime,
    /// As it was at enrolment: the sealing key in it is the pinned one.
    pub(crate) daemon: DaemonIdentity,
    /// The name the daemon knows this console's person by; absent where it could not be asked.
    pub(crate) person: Option<String>,
}

/// The file that keeps them.
#[derive(Debug, Clone)]
pub(crate) struct FactsFile(PathBuf);

impl FactsFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("daemon.json"))
    }

    /// Returns the facts; `None` where this console belongs to no daemon.
    pub(crate) fn read(&self) -> Result<Option<Facts>, CommandError> {
        let bytes = match fs::read(&self.0) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed("can't be read", &error)),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| self.failed("is damaged", &error))
    }

    /// Writes the facts so that a crash leaves the old ones or the new ones whole.
    pub(crate) fn write(&self, facts: &Facts) -> Result<(), CommandError> {
        let json = serde_json::to_vec_pretty(facts).map_err(|error| self.failed("can't be written", &error))?;
        self.replace(&json).map_err(|error| self.failed("can't be written", &error))
    }

    fn replace(&self, bytes: &[u8]) -> std::io::Result<()> {
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder)?;
        }
        let fresh = self.0.with_extension("json.new");
        let mut file = fs::File::create(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.0)
    }

    /// Forgets the daemon; having forgotten already is no error.
    pub(crate) fn remove(&self) -> Result<(), CommandError> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.failed("can't be removed", &error)),
            _ => Ok(()),
        }
    }

    fn failed(&self, what: &str, error: &dyn std::error::Error) -> CommandError {
        let text = format!("{} {what}: {error}; check the folder, its owner and the free space", self.0.display());
        CommandError::new("data-folder", "The console's own data can't be used", &text)
    }
}
