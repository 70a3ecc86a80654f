//! What the console remembers of its daemon on disk: nothing secret.

use super::data_file::{OwnData, failed, read_json, write_json};
use crate::CommandError;
use crate::keychain::Item;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tekport_api::UtcTime;
use tekport_api::enrolment::DaemonIdentity;

/// A daemon and the certificate it issued. The private key is in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// `host:port`.
    pub(crate) address: String,
    /// SHA-256 of the CA certificate, lower-case hex.
    pub(crate) ca_sha256: String,
    /// The name of the client key in the keychain; absent where it is `ca_sha256` alone, as consoles named it that
    /// reckoned with no other console in the same keychain.
    #[serde(default)]
    pub(crate) client_key: Option<String>,
    pub(crate) ca_pem: String,
    pub(crate) certificate_pem: String,
    /// When the certificate was issued, by this computer's clock.
    pub(crate) certificate_issued_at: UtcTime,
    pub(crate) certificate_not_after: UtcTime,
    /// As it was at enrolment: the sealing key in it is the pinned one.
    pub(crate) daemon: DaemonIdentity,
    /// The name the daemon knows this console's person by; absent where it could not be asked.
    pub(crate) person: Option<String>,
    /// The short mark that a person gave the daemon on this computer; absent where it goes by its name.
    #[serde(default)]
    pub(crate) mark: Option<String>,
}

impl Facts {
    /// The client key's item in the keychain.
    pub(crate) fn client_key_item(&self) -> Item {
        Item::ClientKey(self.client_key.as_ref().unwrap_or(&self.ca_sha256).clone())
    }
}

/// Every daemon that this console belongs to, and the one that the pages show.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Book {
    /// The CA pin of the daemon that is shown; absent where there is none.
    current: Option<String>,
    daemons: Vec<Facts>,
}

/// The file that keeps them.
#[derive(Debug, Clone)]
pub(crate) struct FactsFile {
    book: PathBuf,
    /// Consoles that could have one daemon only kept it here; read once, then replaced by the book.
    single: PathBuf,
    /// Held from reading to writing, so that two changes at once don't undo each other.
    changing: Arc<Mutex<()>>,
}

impl FactsFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { book: folder.join("daemons.json"), single: folder.join("daemon.json"), changing: Arc::default() }
    }

    /// Returns the facts of the daemon that is shown; `None` where this console belongs to none.
    pub(crate) fn read(&self) -> Result<Option<Facts>, CommandError> {
        let book = self.read_book()?;
        Ok(book.daemons.into_iter().find(|facts| Some(&facts.ca_sha256) == book.current.as_ref()))
    }

    /// Returns the facts of every daemon, in the order in which they were joined.
    pub(crate) fn all(&self) -> Result<Vec<Facts>, CommandError> {
        Ok(self.read_book()?.daemons)
    }

    /// Adds a daemon and shows it.
    pub(crate) fn add(&self, facts: &Facts) -> Result<(), CommandError> {
        let _changing = self.changing();
        let mut book = self.read_book()?;
        book.current = Some(facts.ca_sha256.clone());
        book.put(facts);
        self.write_book(&book)
    }

    /// Replaces what is known of a daemon. Which one is shown stays as it is: a renewal that ends after a switch
    /// doesn't switch back. A daemon that was left meanwhile stays left.
    pub(crate) fn update(&self, facts: &Facts) -> Result<(), CommandError> {
        let _changing = self.changing();
        let mut book = self.read_book()?;
        if book.daemons.iter().any(|known| known.ca_sha256 == facts.ca_sha256) {
            book.put(facts);
            self.write_book(&book)?;
        }
        Ok(())
    }

    /// Marks a daemon, or takes its mark away; one that was left meanwhile stays left.
    pub(crate) fn set_mark(&self, ca_sha256: &str, mark: Option<String>) -> Result<(), CommandError> {
        let _changing = self.changing();
        let mut book = self.read_book()?;
        if let Some(facts) = book.daemons.iter_mut().find(|facts| facts.ca_sha256 == ca_sha256) {
            facts.mark = mark;
            self.write_book(&book)?;
        }
        Ok(())
    }

    /// Shows another daemon; returns its facts, or `None` where this console doesn't belong to it.
    pub(crate) fn switch(&self, ca_sha256: &str) -> Result<Option<Facts>, CommandError> {
        let _changing = self.changing();
        let mut book = self.read_book()?;
        let Some(facts) = book.daemons.iter().find(|facts| facts.ca_sha256 == ca_sha256).cloned() else {
            return Ok(None);
        };
        book.current = Some(facts.ca_sha256.clone());
        self.write_book(&book)?;
        Ok(Some(facts))
    }

    /// Forgets a daemon; having forgotten it already is no error. Where it was shown, none is: another daemon's
    /// pages don't come up by themselves.
    pub(crate) fn remove(&self, ca_sha256: &str) -> Result<(), CommandError> {
        let _changing = self.changing();
        let mut book = self.read_book()?;
        book.daemons.retain(|facts| facts.ca_sha256 != ca_sha256);
        book.current = book.current.filter(|current| current != ca_sha256);
        self.write_book(&book)
    }

    fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_book(&self) -> Result<Book, CommandError> {
        if let Some(book) = read_json(&self.book)? {
            return Ok(book);
        }
        Ok(match read_json::<Facts>(&self.single)? {
            Some(facts) => Book { current: Some(facts.ca_sha256.clone()), daemons: vec![facts] },
            None => Book::default(),
        })
    }

    fn write_book(&self, book: &Book) -> Result<(), CommandError> {
        write_json(&self.book, book)?;
        match fs::remove_file(&self.single) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(&self.single, OwnData::NotRemoved, &error)),
            _ => Ok(()),
        }
    }
}

impl Book {
    /// Adds a daemon, or replaces what is known of it except for its mark, which is a person's.
    fn put(&mut self, facts: &Facts) {
        match self.daemons.iter_mut().find(|known| known.ca_sha256 == facts.ca_sha256) {
            Some(known) => *known = Facts { mark: known.mark.take(), ..facts.clone() },
            None => self.daemons.push(facts.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::enrolment::Environment;

    fn facts(ca: &str, address: &str) -> Facts {
        Facts {
            address: address.to_owned(),
            ca_sha256: ca.to_owned(),
            client_key: None,
            ca_pem: String::new(),
            certificate_pem: String::new(),
            certificate_issued_at: UtcTime::saturating(0),
            certificate_not_after: UtcTime::saturating(1),
            daemon: DaemonIdentity {
                name: address.to_owned(),
                environment: Environment::Test,
                sealing_public_key: String::new(),
                sealing_fingerprint: String::new(),
            },
            person: None,
            mark: None,
        }
    }

    fn shown(file: &FactsFile) -> Option<String> {
        file.read().unwrap().map(|facts| facts.address)
    }

    #[test]
    fn the_daemon_joined_last_is_shown_until_another_is_chosen() {
        let folder = tempfile::tempdir().unwrap();
        let file = FactsFile::in_folder(folder.path());
        assert_eq!(shown(&file), None);
        file.add(&facts("aa", "test")).unwrap();
        file.add(&facts("bb", "production")).unwrap();
        assert_eq!(shown(&file).as_deref(), Some("production"));
        assert_eq!(file.switch("aa").unwrap().map(|facts| facts.address).as_deref(), Some("test"));
        assert!(file.switch("cc").unwrap().is_none());
        assert_eq!(shown(&file).as_deref(), Some("test"));
        let all: Vec<String> = file.all().unwrap().into_iter().map(|facts| facts.address).collect();
        assert_eq!(all, ["test", "production"]);
    }

    #[test]
    fn an_update_neither_switches_nor_brings_back_what_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = FactsFile::in_folder(folder.path());
        file.add(&facts("aa", "test")).unwrap();
        file.add(&facts("bb", "production")).unwrap();
        file.update(&facts("aa", "moved")).unwrap();
        assert_eq!(shown(&file).as_deref(), Some("production"));
        assert_eq!(file.all().unwrap()[0].address, "moved");
        file.set_mark("aa", Some("T".to_owned())).unwrap();
        file.update(&facts("aa", "moved")).unwrap();
        assert_eq!(file.all().unwrap()[0].mark.as_deref(), Some("T"), "a renewal knows nothing of marks");
        file.remove("bb").unwrap();
        assert_eq!(shown(&file), None, "no other daemon comes up by itself");
        file.update(&facts("bb", "production")).unwrap();
        assert_eq!(file.all().unwrap().len(), 1);
    }

    #[test]
    fn the_file_of_a_console_with_one_daemon_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let single = folder.path().join("daemon.json");
        fs::write(&single, serde_json::to_vec(&facts("aa", "test")).unwrap()).unwrap();
        let file = FactsFile::in_folder(folder.path());
        assert_eq!(shown(&file).as_deref(), Some("test"));
        file.add(&facts("bb", "production")).unwrap();
        assert!(!single.exists());
        assert_eq!(file.all().unwrap().len(), 2);
    }
}
