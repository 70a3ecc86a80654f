//! The two places that a rotation goes by: the root key's own, and one beside it, where the new key lies until the store
//! opens with it alone.

use super::keychain::SystemKeychain;
use super::rotation::{RotationError, Step};
use super::{RootKeyError, RootKeyPlace, read_file, write_new};
use std::path::{Path, PathBuf};
use tekport_keys::at_rest::RootKey;

/// Both places. Calls may block, even for a person to answer.
pub(super) trait Slots: Clone + Send + 'static {
    /// The root key.
    fn own(&self) -> Result<RootKey, RotationError>;

    /// The new key of a rotation that was begun, if one was.
    fn beside(&self) -> Result<Option<RootKey>, RotationError>;

    /// Puts a new key beside the other one; it is there to stay when this returns.
    fn put_beside(&self, new: &RootKey) -> Result<(), RotationError>;

    /// Puts the key from beside into the other one's place. `go_on` is asked where a crash would leave it half done.
    fn take_place(&self, go_on: &dyn Fn(Step) -> bool) -> Result<(), RotationError>;

    /// Forgets the new key.
    fn drop_beside(&self) -> Result<(), RotationError>;

    /// The names of both, as people know them.
    fn names(&self) -> (String, String);
}

/// A root key in a file, with the new one in a file beside it.
#[derive(Debug, Clone)]
pub(super) struct FileSlots {
    path: PathBuf,
    fresh: PathBuf,
}

impl FileSlots {
    pub(super) fn of(place: &RootKeyPlace<'_>) -> Self {
        let path = place.file();
        let mut fresh = path.clone().into_os_string();
        fresh.push(".new");
        Self { path, fresh: PathBuf::from(fresh) }
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> RotationError {
    let path = path.to_owned();
    move |source| RotationError::File { path, source }
}

impl Slots for FileSlots {
    fn own(&self) -> Result<RootKey, RotationError> {
        super::refuse_if_open_to_others(&self.path)?;
        Ok(read_file(&self.path)?)
    }

    fn beside(&self) -> Result<Option<RootKey>, RotationError> {
        if self.fresh.exists() { Ok(Some(read_file(&self.fresh)?)) } else { Ok(None) }
    }

    fn put_beside(&self, new: &RootKey) -> Result<(), RotationError> {
        write_new(&self.fresh, new.to_base64().as_bytes()).map_err(failed(&self.fresh))
    }

    fn take_place(&self, _: &dyn Fn(Step) -> bool) -> Result<(), RotationError> {
        let moved = std::fs::rename(&self.fresh, &self.path).and_then(|()| match self.path.parent() {
            // The new name is on the disk before anything relies on it.
            Some(folder) if cfg!(unix) => std::fs::File::open(folder)?.sync_all(),
            _ => Ok(()),
        });
        moved.map_err(failed(&self.path))
    }

    fn drop_beside(&self) -> Result<(), RotationError> {
        std::fs::remove_file(&self.fresh).map_err(failed(&self.fresh))
    }

    fn names(&self) -> (String, String) {
        (self.path.display().to_string(), self.fresh.display().to_string())
    }
}

/// Entries of a keychain, by account.
pub(super) trait Entries: Clone + Send + 'static {
    /// `None` where the keychain says that it has no such entry; one that can't be asked is an error.
    fn find(&self, account: &str) -> Result<Option<RootKey>, RootKeyError>;

    /// Stores an entry, in place of one that was there.
    fn write(&self, account: &str, key: &RootKey) -> Result<(), RootKeyError>;

    /// Removes an entry; none being there is no error.
    fn remove(&self, account: &str) -> Result<(), RootKeyError>;
}

/// A root key in a keychain, with the new one in an entry of its own.
#[derive(Debug, Clone)]
pub(super) struct KeychainSlots<E> {
    entries: E,
    account: String,
    fresh: String,
}

impl KeychainSlots<SystemKeychain> {
    pub(super) fn of(account: &str) -> Self {
        Self::with(SystemKeychain, account)
    }
}

impl<E: Entries> KeychainSlots<E> {
    pub(super) fn with(entries: E, account: &str) -> Self {
        Self { entries, account: account.to_owned(), fresh: format!("{account}.new") }
    }

    /// Stores a key and reads it back: what a keychain says it kept and didn't would lose everything.
    fn keep(&self, account: &str, key: &RootKey) -> Result<(), RotationError> {
        self.entries.write(account, key)?;
        let kept = self.entries.find(account)?;
        if kept.is_some_and(|kept| kept.to_base64() == key.to_base64()) {
            Ok(())
        } else {
            Err(RotationError::NotKept(account.to_owned()))
        }
    }
}

impl<E: Entries> Slots for KeychainSlots<E> {
    fn own(&self) -> Result<RootKey, RotationError> {
        self.entries.find(&self.account)?.ok_or_else(|| RotationError::NotThere(self.account.clone()))
    }

    fn beside(&self) -> Result<Option<RootKey>, RotationError> {
        Ok(self.entries.find(&self.fresh)?)
    }

    fn put_beside(&self, new: &RootKey) -> Result<(), RotationError> {
        self.keep(&self.fresh, new)
    }

    fn take_place(&self, go_on: &dyn Fn(Step) -> bool) -> Result<(), RotationError> {
        let Some(new) = self.beside()? else { return Err(RotationError::NotThere(self.fresh.clone())) };
        self.keep(&self.account, &new)?;
        if !go_on(Step::EntryReplaced) {
            return Err(RotationError::Stopped(Step::EntryReplaced));
        }
        self.drop_beside()
    }

    fn drop_beside(&self) -> Result<(), RotationError> {
        Ok(self.entries.remove(&self.fresh)?)
    }

    fn names(&self) -> (String, String) {
        let name = |account: &str| format!("the keychain's entry {account}");
        (name(&self.account), name(&self.fresh))
    }
}
