//! A module that is loaded, and a session with the one token that the configuration names.

use super::TokenError;
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Function, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::object::{Attribute, KeyType, ObjectClass};
use cryptoki::session::{Session, SessionState, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::AuthPin;
use std::path::Path;

/// A PKCS#11 module that this process has initialised. Dropped, it is finalised and unloaded: many modules find a
/// token that was taken out and put back only after that.
#[derive(Debug)]
pub(super) struct Module(Option<Pkcs11>);

impl Module {
    /// Loads and initialises the module.
    pub(super) fn load(path: &Path) -> Result<Self, TokenError> {
        if !path.exists() {
            return Err(TokenError::NoModule(path.to_owned()));
        }
        let not_a_module = |error: Error| TokenError::NotAModule { path: path.to_owned(), reason: error.to_string() };
        let module = Pkcs11::new(path).map_err(not_a_module)?;
        match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, Function::Initialize)) => {
                Ok(Self(Some(module)))
            }
            Err(error) => Err(not_a_module(error)),
        }
    }

    fn loaded(&self) -> Result<&Pkcs11, TokenError> {
        self.0.as_ref().ok_or(TokenError::Ended)
    }

    /// Finds the one token of that label.
    pub(super) fn find(&self, label: &str) -> Result<(Slot, TokenInfo), TokenError> {
        let module = self.loaded()?;
        let (mut found, mut there) = (Vec::new(), Vec::new());
        for slot in module.get_slots_with_token()? {
            // A reader whose token is just being taken out is passed over.
            let Ok(info) = module.get_token_info(slot) else { continue };
            if info.label() == label {
                found.push((slot, info));
            } else if info.token_initialized() {
                there.push(info.label().to_owned());
            }
        }
        let (label, count) = (label.to_owned(), found.len());
        match (found.pop(), count) {
            (None, _) => Err(TokenError::Absent { label, there }),
            (Some(one), 1) => Ok(one),
            (Some(_), count) => Err(TokenError::Ambiguous { label, count }),
        }
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        if let Some(module) = self.0.take()
            && let Err(error) = module.finalize()
        {
            tracing::debug!(%error, "the PKCS#11 module wasn't finalised");
        }
    }
}

/// A session with a token, in which the user is logged in. The session is closed before its module is.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) session: Session,
    pub(super) label: String,
    slot: Slot,
    module: Module,
}

impl Connection {
    /// Opens a session with a token. Nobody is logged in yet.
    pub(super) fn open(module: Module, slot: Slot, label: &str) -> Result<Self, TokenError> {
        let session = module.loaded()?.open_ro_session(slot)?;
        Ok(Self { session, label: label.to_owned(), slot, module })
    }

    /// Logs the user in.
    pub(super) fn log_in(&self, pin: &AuthPin) -> Result<(), Error> {
        match self.session.login(UserType::User, Some(pin)) {
            Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, Function::Login)) => Ok(()),
            other => other,
        }
    }

    /// Opens another session that may write, for as long as something is made or destroyed. The user is logged in
    /// there too: a login is of the whole application.
    pub(super) fn for_writing(&self) -> Result<Session, TokenError> {
        Ok(self.module.loaded()?.open_rw_session(self.slot)?)
    }

    /// Makes sure that the token is still the one that was found, and that the user is logged in.
    pub(super) fn check(&self) -> Result<(), TokenError> {
        let (slot, _) = self.module.find(&self.label)?;
        if slot != self.slot {
            return Err(TokenError::Failed("the token is in another slot than before".to_owned()));
        }
        // To whom isn't logged in private keys look as if they weren't there.
        if !matches!(self.session.get_session_info()?.session_state(), SessionState::RoUser | SessionState::RwUser) {
            return Err(TokenError::Failed("the user isn't logged in any more".to_owned()));
        }
        // A token that is gone may be noticed only when it is asked for something.
        let private = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::KeyType(KeyType::EC)];
        self.session.find_objects(&private)?;
        Ok(())
    }
}
