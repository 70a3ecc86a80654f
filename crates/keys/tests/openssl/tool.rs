//! The `openssl` binary, in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use tekport_keys::Passphrase;

/// A passphrase that backups accept.
pub(crate) const STRONG: &str = "velvet otter ran past nine lighthouses";

pub(crate) fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).unwrap()
}

/// A folder in which `openssl` runs.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), contents).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Runs `openssl` with arguments that stand between spaces; returns whether it succeeded, and what it said.
    pub(crate) fn try_openssl(&self, arguments: &str) -> (bool, String) {
        run(self.0.path(), arguments.split_whitespace().collect())
    }

    /// Runs `openssl`, which has to succeed.
    pub(crate) fn openssl(&self, arguments: &str) -> String {
        let (succeeded, said) = self.try_openssl(arguments);
        assert!(succeeded, "openssl {arguments}: {said}");
        said
    }

    /// Runs `openssl` with the passphrase in the file `pass`.
    pub(crate) fn with_passphrase(&self, text: &str) {
        self.write("pass", text);
    }
}

fn run(folder: &Path, arguments: Vec<&str>) -> (bool, String) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}
