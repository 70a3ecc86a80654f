//! Storage targets: where export files are put. Every kind is read in every build; a kind whose client was
//! not built in is refused when it is opened, by name.

use super::BaseUrl;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use std::path::PathBuf;

/// One storage target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StorageConfig {
    /// A folder on this machine, served by the public listener.
    Folder(FolderConfig),
    /// Amazon S3 or what speaks its protocol (builds with the feature `aws`).
    S3(S3Config),
    /// Google Cloud Storage (builds with the feature `gcp`).
    Gcs(GcsConfig),
    /// Azure Blob Storage (builds with the feature `azure`).
    Azure(AzureConfig),
}

impl StorageConfig {
    /// The kind as the configuration and the API write it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Folder(_) => "folder",
            Self::S3(_) => "s3",
            Self::Gcs(_) => "gcs",
            Self::Azure(_) => "azure",
        }
    }

    /// Where phones download from, as far as this target says it itself.
    #[must_use]
    pub fn public_url(&self) -> Option<&BaseUrl> {
        match self {
            Self::Folder(folder) => folder.public_url.as_ref(),
            Self::S3(s3) => s3.public_url.as_ref(),
            Self::Gcs(gcs) => gcs.public_url.as_ref(),
            Self::Azure(azure) => azure.public_url.as_ref(),
        }
    }
}

/// A folder on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FolderConfig {
    /// The folder; relative to the state folder. Made where it isn't.
    pub path: PathBuf,
    /// Where phones download from, when that isn't the public listener.
    pub public_url: Option<BaseUrl>,
}

impl Default for FolderConfig {
    fn default() -> Self {
        Self { path: PathBuf::from("exports"), public_url: None }
    }
}

/// A bucket in S3.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct S3Config {
    /// The bucket.
    pub bucket: String,
    /// The bucket's region.
    pub region: String,
    /// Put before every path.
    pub prefix: Option<String>,
    /// Another address than Amazon's.
    pub endpoint: Option<BaseUrl>,
    /// Allows an `endpoint` with plain http.
    #[serde(default)]
    pub allow_http: bool,
    /// The access key's id; the machine's own role where absent.
    pub access_key_id: Option<String>,
    /// The access key's secret, inline; or use `secret_access_key_file`.
    pub secret_access_key: Option<Secret>,
    /// A file that holds the access key's secret.
    pub secret_access_key_file: Option<PathBuf>,
    /// Where phones download from.
    pub public_url: Option<BaseUrl>,
}

/// A bucket in Google Cloud Storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GcsConfig {
    /// The bucket.
    pub bucket: String,
    /// Put before every path.
    pub prefix: Option<String>,
    /// The service account's key file (JSON); the machine's own account where absent.
    pub service_account_file: Option<PathBuf>,
    /// Where phones download from.
    pub public_url: Option<BaseUrl>,
}

/// A container in Azure Blob Storage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AzureConfig {
    /// The storage account.
    pub account: String,
    /// The container.
    pub container: String,
    /// Put before every path.
    pub prefix: Option<String>,
    /// The account's access key, inline; or use `access_key_file`.
    pub access_key: Option<Secret>,
    /// A file that holds the account's access key; the machine's own identity where neither is given.
    pub access_key_file: Option<PathBuf>,
    /// Where phones download from.
    pub public_url: Option<BaseUrl>,
}

/// A secret in the configuration: prints and writes itself as `<redacted>`, wiped when dropped.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Secret(#[schemars(with = "String")] SecretString);

impl Secret {
    /// The secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<redacted>")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("<redacted>")
    }
}
