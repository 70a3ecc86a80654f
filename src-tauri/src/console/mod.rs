//! The console without its window: which daemon it belongs to, and everything that is more than one request.
//!
//! What is one request goes straight from a command to [`Console::client`].

mod audit;
mod backups;
mod config_files;
mod connection;
pub(crate) mod data_file;
mod diagnosis;
mod downloads;
mod enrolment;
mod facts;
mod files;
mod key_files;
mod keychain_status;
mod last_known;
mod lists;
mod marks;
mod packages;
mod qr;
mod renewal;
mod sealing_key;
mod signing_desk;
mod signing_keys;
#[cfg(test)]
mod tests;
mod viewer;
mod watch;

use crate::error::ConsoleFault;
use crate::keychain::{KeyStore, Keychain};
use crate::{CommandError, ErrorCode};
pub(crate) use config_files::{Fields, Found, Wanted};
use facts::{Facts, FactsFile};
use last_known::LastKnownFiles;
pub(crate) use qr::code_qr;
use signing_desk::SigningDesk;
pub(crate) use signing_desk::{DeskFinding, DeskState, Term, Trouble};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use tekport_api::client::{Address, Client};
use tekport_api::{Clock, UtcTime};
use tokio::sync::{Mutex, Notify};
use watch::Watched;
pub(crate) use watch::{Health, Sight};

/// Where the console's files go.
#[derive(Debug, Clone)]
pub struct Places {
    /// The console's own data and log.
    pub data: PathBuf,
    /// Where downloads are saved.
    pub downloads: PathBuf,
}

/// One person's console, as whoever asks it sees it.
#[derive(Clone)]
pub struct Console {
    parts: Arc<Parts>,
    /// The CA pin of the daemon that whoever asks takes to be the one shown; absent for what the console does by
    /// itself.
    asked_at: Option<Arc<str>>,
}

/// What every view of a console shares.
pub struct Parts {
    places: Places,
    facts: FactsFile,
    last_known: LastKnownFiles,
    keys: KeyStore,
    clock: Clock,
    /// An enrolment code to use when the pages first ask who the daemon is.
    code_at_start: Mutex<Option<String>>,
    session: Mutex<Option<Session>>,
    desk: SigningDesk,
    /// What is known of each daemon by watching it, by its CA pin.
    watched: Mutex<BTreeMap<String, Watched>>,
    look_again: Notify,
}

impl Deref for Console {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

/// A daemon and the connection to it.
#[derive(Debug, Clone)]
struct Session {
    facts: Facts,
    client: Client,
    /// The certificate is renewed at the first request from then on.
    renew_at: UtcTime,
}

impl Console {
    /// Makes a console. With a `code_at_start` it joins that code's daemon when it belongs to none yet.
    #[must_use]
    pub fn new(places: Places, keychain: Arc<dyn Keychain>, clock: Clock, code_at_start: Option<String>) -> Self {
        let parts = Parts {
            facts: FactsFile::in_folder(&places.data),
            last_known: LastKnownFiles::in_folder(&places.data),
            desk: SigningDesk::in_folder(&places.data),
            places,
            keys: KeyStore::new(keychain),
            clock,
            code_at_start: Mutex::new(code_at_start),
            session: Mutex::new(None),
            watched: Mutex::default(),
            look_again: Notify::new(),
        };
        Self { parts: Arc::new(parts), asked_at: None }
    }

    /// Returns the same console for somebody who looks at that daemon's pages: once another one is shown, whatever
    /// would ask the daemon is refused instead.
    #[must_use]
    pub fn asked_at(&self, ca_sha256: &str) -> Self {
        Self { parts: Arc::clone(&self.parts), asked_at: Some(ca_sha256.into()) }
    }

    /// Where the console's log lies.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.places.data.join(crate::log::FILE)
    }

    /// Returns the connection to the daemon, with a certificate that was renewed if it was time.
    ///
    /// # Errors
    /// When this console belongs to no daemon or shows another one than whoever asks looks at, or its key can't be
    /// had.
    pub async fn client(&self) -> Result<Client, CommandError> {
        Ok(self.session().await?.client)
    }

    /// The same for what nobody asked for: it doesn't make a locked keychain ask for its password.
    pub(crate) async fn quiet_client(&self) -> Result<Client, CommandError> {
        if self.session.lock().await.is_none() {
            self.keys.check().await?;
        }
        self.client().await
    }

    /// Returns the facts of the daemon that is shown; `None` where this console belongs to none.
    fn shown(&self) -> Result<Option<Facts>, CommandError> {
        let shown = self.facts.read()?;
        match (&self.asked_at, &shown) {
            (Some(asked), Some(facts)) if **asked != *facts.ca_sha256 => Err(self.switched(asked, facts)),
            _ => Ok(shown),
        }
    }

    async fn session(&self) -> Result<Session, CommandError> {
        // Switching holds it, too: what is shown stays so until the connection is there.
        let mut slot = self.session.lock().await;
        let facts = self.shown()?.ok_or_else(not_enrolled)?;
        let session = match slot.take().filter(|session| session.facts.ca_sha256 == facts.ca_sha256) {
            Some(session) => session,
            None => self.open(facts).await?,
        };
        let session = self.renewed_if_due(session).await;
        *slot = Some(session.clone());
        Ok(session)
    }

    async fn open(&self, facts: Facts) -> Result<Session, CommandError> {
        let item = facts.client_key_item();
        let key = self.keys.find(item.clone()).await?.ok_or_else(|| {
            let fault = ConsoleFault::NoClientKey { item: item.to_string(), address: facts.address.clone() };
            CommandError::said(ErrorCode::ClientKeyMissing, "This console's key is not in the keychain", &fault)
        })?;
        let client = Client::new(Address::parse(&facts.address)?, &facts.ca_pem, &facts.certificate_pem, &key)?;
        let renew_at = renewal::due_at(&facts);
        Ok(Session { facts, client, renew_at })
    }

    fn switched(&self, asked: &str, shown: &Facts) -> CommandError {
        let daemons = self.facts.all().unwrap_or_default();
        let meant = daemons.iter().find(|facts| facts.ca_sha256 == asked);
        let shown = shown.daemon.name.clone();
        let fault = match meant {
            Some(facts) => ConsoleFault::Switched { meant: facts.daemon.name.clone(), shown },
            None => ConsoleFault::SwitchedFromLeft { shown },
        };
        CommandError::said(ErrorCode::DaemonSwitched, "Another daemon is shown by now", &fault)
    }
}

fn not_enrolled() -> CommandError {
    let title = "This console belongs to no daemon yet";
    CommandError::said(ErrorCode::NotEnrolled, title, &ConsoleFault::NotEnrolled)
}
