//! Storage targets: the named places of the daemon's own configuration where export files are put. All go
//! through `object_store`, so a bucket differs from a folder by its configuration alone.

mod connect;
pub mod faults;
mod trial;

use crate::config::{Config, StorageConfig};
use bytes::Bytes;
use faults::{Faults, Worked};
use object_store::path::Path as ObjectPath;
use object_store::{Attribute, Attributes, ObjectStore, ObjectStoreExt, PutOptions};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tekport_api::message::StorageFault;
use tekport_api::storage_target::{StorageTarget as ApiTarget, StorageTest};

/// Caches keep the index this long: clients look for new files every few hours, a CDN must not hold them back.
pub const INDEX_CACHE_CONTROL: &str = "public, max-age=300";
/// A file's path is never used for other content, so caches may keep it.
pub const FILE_CACHE_CONTROL: &str = "public, max-age=31536000, immutable";
/// The index's content type (EXPORT-FORMAT, "Index").
pub const INDEX_CONTENT_TYPE: &str = "text/plain; charset=us-ascii";
/// An export file's content type.
pub const FILE_CONTENT_TYPE: &str = "application/zip";

/// Why storage can't do what was asked. Each text names the target and what to do.
#[derive(Debug)]
pub enum StorageError {
    /// The configuration names no such target.
    Unknown(String),
    /// The client for this kind was not built in.
    NotBuiltIn {
        /// The target.
        target: String,
        /// Its kind.
        kind: &'static str,
        /// The cargo feature.
        feature: &'static str,
    },
    /// The target can't be opened as it is configured.
    Configuration {
        /// The target.
        target: String,
        /// What was wrong.
        reason: String,
    },
    /// Reading, writing or deleting failed.
    Failed {
        /// The target.
        target: String,
        /// What was being done.
        action: Action,
        /// To what.
        path: String,
        /// Why.
        source: Box<object_store::Error>,
    },
}

impl StorageError {
    /// What people are told of it.
    #[must_use]
    pub fn fault(&self) -> StorageFault {
        match self {
            Self::Unknown(target) => StorageFault::Unknown { target: target.clone() },
            Self::NotBuiltIn { target, kind, feature } => StorageFault::NotBuiltIn {
                target: target.clone(),
                kind: (*kind).to_owned(),
                feature: (*feature).to_owned(),
            },
            Self::Configuration { target, reason } => {
                StorageFault::Configuration { target: target.clone(), cause: reason.clone() }
            }
            Self::Failed { target, action, path, source } => {
                let (target, path, cause) = (target.clone(), path.clone(), source.to_string());
                match action {
                    Action::Writing => StorageFault::Writing { target, path, cause },
                    Action::Reading => StorageFault::Reading { target, path, cause },
                    Action::Deleting => StorageFault::Deleting { target, path, cause },
                }
            }
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl std::error::Error for StorageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What is done to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Bytes are put there.
    Writing,
    /// Bytes are fetched from there.
    Reading,
    /// What is there is taken away.
    Deleting,
}

/// What is put: decides content type and caching where the store keeps them. A folder keeps none; the public
/// listener sets the same headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An `index.txt`.
    Index,
    /// An export file.
    File,
}

/// Every storage target of the daemon, and what fails there. Cloning shares them.
#[derive(Debug, Clone)]
pub struct StorageTargets(Arc<Targets>);

#[derive(Debug)]
struct Targets {
    by_name: BTreeMap<String, StorageTarget>,
    faults: Mutex<Faults>,
}

impl StorageTargets {
    /// Opens every target of the configuration; a folder's path is relative to `state`.
    ///
    /// # Errors
    /// Names the first target that can't be opened, and why.
    pub fn from_config(config: &Config, state: &Path) -> Result<Self, StorageError> {
        let open = |(name, target): (&String, &StorageConfig)| {
            let target = StorageTarget {
                name: name.clone(),
                kind: target.kind(),
                location: connect::location(target, state),
                public_url: config.public_url_of(name),
                store: connect::open(name, target, state)?,
                last_test: Mutex::new(None),
                worked: Mutex::default(),
            };
            Ok((name.clone(), target))
        };
        let by_name = config.storage.iter().map(open).collect::<Result<_, _>>()?;
        Ok(Self(Arc::new(Targets { by_name, faults: Mutex::default() })))
    }

    /// Returns a target by name.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn get(&self, name: &str) -> Result<&StorageTarget, StorageError> {
        self.0.by_name.get(name).ok_or_else(|| StorageError::Unknown(name.to_owned()))
    }

    /// Every target, by name.
    pub fn iter(&self) -> impl Iterator<Item = &StorageTarget> {
        self.0.by_name.values()
    }

    /// Every target by name, as the API shows it, with what fails there.
    #[must_use]
    pub fn to_api(&self) -> Vec<ApiTarget> {
        let problems = self.problems();
        let shown =
            |target: &StorageTarget| ApiTarget { problem: problems.get(&target.name).cloned(), ..target.to_api() };
        self.iter().map(shown).collect()
    }
}

/// One storage target.
#[derive(Debug)]
pub struct StorageTarget {
    name: String,
    kind: &'static str,
    location: String,
    public_url: Option<String>,
    store: Arc<dyn ObjectStore>,
    last_test: Mutex<Option<StorageTest>>,
    worked: Mutex<Worked>,
}

impl StorageTarget {
    /// Where phones download a file of this target from; `None` where the daemon doesn't know.
    #[must_use]
    pub fn url_of(&self, path: &str) -> Option<String> {
        self.public_url.as_ref().map(|base| format!("{base}/{path}"))
    }

    /// The target as the API shows it, with the last [test](Self::test); what fails there is told by
    /// [all of them](StorageTargets::to_api).
    #[must_use]
    pub fn to_api(&self) -> ApiTarget {
        let last_test = self.last_test.lock().ok().and_then(|test| test.clone());
        ApiTarget {
            name: self.name.clone(),
            kind: self.kind.to_owned(),
            location: self.location.clone(),
            public_url: self.public_url.clone(),
            recovered_at: last_test.as_ref().and_then(|test| self.recovered_at(test)),
            last_test,
            problem: None,
        }
    }

    /// Puts bytes at a path in one step: a reader sees all of them or what was there before.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn put(&self, path: &str, bytes: Bytes, kind: Kind) -> Result<(), StorageError> {
        let options = PutOptions { attributes: self.attributes(kind), ..PutOptions::default() };
        self.store
            .put_opts(&ObjectPath::from(path), bytes.into(), options)
            .await
            .map(drop)
            .map_err(|source| self.failed(Action::Writing, path, source))
    }

    /// Returns the bytes at a path, or `None` where nothing is.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, StorageError> {
        let failed = |source| self.failed(Action::Reading, path, source);
        match self.store.get(&ObjectPath::from(path)).await {
            Ok(found) => found.bytes().await.map(Some).map_err(failed),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Deletes what is at a path; nothing there is no error.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn delete(&self, path: &str) -> Result<(), StorageError> {
        match self.store.delete(&ObjectPath::from(path)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed(Action::Deleting, path, error)),
        }
    }

    fn attributes(&self, kind: Kind) -> Attributes {
        if self.kind == "folder" {
            return Attributes::new();
        }
        let (content_type, cache_control) = match kind {
            Kind::Index => (INDEX_CONTENT_TYPE, INDEX_CACHE_CONTROL),
            Kind::File => (FILE_CONTENT_TYPE, FILE_CACHE_CONTROL),
        };
        Attributes::from_iter([(Attribute::ContentType, content_type), (Attribute::CacheControl, cache_control)])
    }

    fn failed(&self, action: Action, path: &str, source: object_store::Error) -> StorageError {
        StorageError::Failed { target: self.name.clone(), action, path: path.to_owned(), source: Box::new(source) }
    }
}

#[cfg(test)]
mod tests;
