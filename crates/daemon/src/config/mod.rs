//! The daemon's configuration: one struct a section, read from a TOML file and from the environment.
//! What is read is checked here once; the rest of the daemon takes it as right.

mod base_url;
mod load;
mod sections;
mod span;
mod storage;
mod template;

pub use base_url::BaseUrl;
pub use load::{ConfigError, Location};
pub use sections::{
    Admin, Daemon, Health, KeyLookup, Log, LogFormat, Public, RootKeyConfig, RootKeySource, Schedule, TokenConfig,
};
pub use span::Span;
pub use storage::{AzureConfig, FolderConfig, GcsConfig, S3Config, Secret, StorageConfig};
pub use template::{Answers, default_file};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the configuration file in a state folder.
pub const FILE_NAME: &str = "tekportd.toml";

/// The whole configuration. Every option has a default; `tekportd init` writes a file that names them all.
///
/// Each option can also be given as an environment variable: `TEKPORT_`, the section, two underscores and
/// the option, in capitals (`TEKPORT_ADMIN__LISTEN`). The environment wins over the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Which daemon this is and where it keeps its state.
    pub daemon: Daemon,
    /// The admin listener: TLS 1.3 with client certificates.
    pub admin: Admin,
    /// The public listener: downloads for phones.
    pub public: Public,
    /// Health and metrics, on loopback only.
    pub health: Health,
    /// When windows are exported and how long things are kept.
    pub schedule: Schedule,
    /// Whether people may ask where one key is.
    pub key_lookup: KeyLookup,
    /// Where the root key comes from, under which the daemon's secrets are encrypted.
    pub root_key: RootKeyConfig,
    /// The PKCS#11 token that holds signing keys of custody `hsm`; none where absent.
    pub token: Option<TokenConfig>,
    /// Storage targets by name: 1 to 40 lower-case letters, digits and hyphens.
    pub storage: BTreeMap<String, StorageConfig>,
    /// What is logged and how.
    pub log: Log,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            daemon: Daemon::default(),
            admin: Admin::default(),
            public: Public::default(),
            health: Health::default(),
            schedule: Schedule::default(),
            key_lookup: KeyLookup::default(),
            root_key: RootKeyConfig::default(),
            token: None,
            storage: BTreeMap::from([("local".to_owned(), StorageConfig::Folder(FolderConfig::default()))]),
            log: Log::default(),
        }
    }
}

impl Config {
    /// The JSON Schema of the configuration file, pretty-printed, with a newline at its end.
    ///
    /// # Errors
    /// Never in practice: the schema is made of plain JSON values.
    pub fn json_schema() -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(&schemars::schema_for!(Config))? + "\n")
    }

    /// Where phones download a target's files from: its own `public_url`; for a folder else the daemon's with
    /// the target's name; none where neither is set. Without a slash at its end.
    #[must_use]
    pub fn public_url_of(&self, target: &str) -> Option<String> {
        let config = self.storage.get(target)?;
        match (config.public_url(), config, &self.public.url) {
            (Some(own), _, _) => Some(own.as_str().to_owned()),
            (None, StorageConfig::Folder(_), Some(url)) => Some(format!("{}/exports/{target}", url.as_str())),
            _ => None,
        }
    }
}
