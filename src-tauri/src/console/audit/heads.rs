//! The head of each daemon's audit log when it was last found whole. Nothing secret.

use crate::CommandError;
use crate::console::data_file::{read_json, write_json};
use crate::view::RememberedHead;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The file that keeps them, by the daemon's CA pin.
#[derive(Debug, Clone)]
pub(super) struct HeadsFile(PathBuf);

impl HeadsFile {
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("audit-heads.json"))
    }

    /// Returns what is remembered of a daemon; `None` where nothing is.
    pub(super) fn of(&self, ca_sha256: &str) -> Result<Option<RememberedHead>, CommandError> {
        Ok(self.read()?.remove(ca_sha256))
    }

    /// Remembers a head in place of the one before.
    pub(super) fn remember(&self, ca_sha256: &str, head: RememberedHead) -> Result<(), CommandError> {
        let mut heads = self.read()?;
        heads.insert(ca_sha256.to_owned(), head);
        write_json(&self.0, &heads)
    }

    fn read(&self) -> Result<BTreeMap<String, RememberedHead>, CommandError> {
        Ok(read_json(&self.0)?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::UtcTime;
    use tekport_api::audit::AuditHead;

    #[test]
    fn each_daemon_has_a_memory_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let head = |sequence: u32| RememberedHead {
            head: AuditHead { sequence, hash: sequence.to_string().repeat(8) },
            seen_at: UtcTime::saturating(1_000),
        };
        let file = HeadsFile::in_folder(folder.path());
        assert_eq!(file.of("aa").unwrap(), None);
        file.remember("aa", head(1)).unwrap();
        file.remember("bb", head(2)).unwrap();
        file.remember("aa", head(3)).unwrap();
        assert_eq!((file.of("aa").unwrap(), file.of("bb").unwrap()), (Some(head(3)), Some(head(2))));
    }
}
