//! Makes the client of each kind of storage target.

use super::StorageError;
use crate::config::StorageConfig;
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use std::path::Path;
use std::sync::Arc;

/// Where a target is, in words and without secrets.
pub(super) fn location(config: &StorageConfig, state: &Path) -> String {
    let in_bucket = |bucket: &str, prefix: &Option<String>| match prefix {
        Some(prefix) => format!("{bucket}/{}", prefix.trim_matches('/')),
        None => bucket.to_owned(),
    };
    match config {
        StorageConfig::Folder(folder) => state.join(&folder.path).display().to_string(),
        StorageConfig::S3(s3) => in_bucket(&s3.bucket, &s3.prefix),
        StorageConfig::Gcs(gcs) => in_bucket(&gcs.bucket, &gcs.prefix),
        StorageConfig::Azure(azure) => in_bucket(&format!("{}/{}", azure.account, azure.container), &azure.prefix),
    }
}

/// Opens a target; a folder is made where it isn't.
pub(super) fn open(name: &str, config: &StorageConfig, state: &Path) -> Result<Arc<dyn ObjectStore>, StorageError> {
    match config {
        StorageConfig::Folder(folder) => {
            let path = state.join(&folder.path);
            let opened = std::fs::create_dir_all(&path)
                .map_err(|error| error.to_string())
                .and_then(|()| LocalFileSystem::new_with_prefix(&path).map_err(|error| error.to_string()));
            // Synced to disk: the store must not call a file published that a power cut can take away.
            Ok(Arc::new(opened.map_err(|reason| refused(name, reason))?.with_fsync(true)))
        }
        StorageConfig::S3(s3) => s3::open(name, s3, state),
        StorageConfig::Gcs(gcs) => gcs::open(name, gcs, state),
        StorageConfig::Azure(azure) => azure::open(name, azure, state),
    }
}

fn refused(target: &str, reason: impl ToString) -> StorageError {
    StorageError::Configuration { target: target.to_owned(), reason: reason.to_string() }
}

#[cfg(any(feature = "aws", feature = "gcp", feature = "azure"))]
fn below<T: ObjectStore>(store: T, prefix: Option<&String>) -> Arc<dyn ObjectStore> {
    match prefix {
        Some(prefix) => Arc::new(object_store::prefix::PrefixStore::new(store, prefix.as_str())),
        None => Arc::new(store),
    }
}

#[cfg(feature = "aws")]
mod s3 {
    use super::{Arc, ObjectStore, Path, StorageError, below, refused};
    use crate::config::{S3Config, Secret};

    pub(super) fn open(name: &str, s3: &S3Config, state: &Path) -> Result<Arc<dyn ObjectStore>, StorageError> {
        let file = s3.secret_access_key_file.as_ref().map(|path| state.join(path));
        let key = format!("storage.{name}.secret_access_key_file");
        let secret = Secret::inline_or_file(&key, s3.secret_access_key.as_ref(), file.as_deref())
            .map_err(|error| refused(name, error))?;
        let mut builder = object_store::aws::AmazonS3Builder::from_env()
            .with_bucket_name(&s3.bucket)
            .with_region(&s3.region)
            .with_allow_http(s3.allow_http);
        if let Some(endpoint) = &s3.endpoint {
            builder = builder.with_endpoint(endpoint.as_str());
        }
        if let (Some(id), Some(secret)) = (&s3.access_key_id, secret) {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret.as_str());
        }
        Ok(below(builder.build().map_err(|error| refused(name, error))?, s3.prefix.as_ref()))
    }
}

#[cfg(feature = "gcp")]
mod gcs {
    use super::{Arc, ObjectStore, Path, StorageError, below, refused};
    use crate::config::GcsConfig;

    pub(super) fn open(name: &str, gcs: &GcsConfig, state: &Path) -> Result<Arc<dyn ObjectStore>, StorageError> {
        let mut builder = object_store::gcp::GoogleCloudStorageBuilder::from_env().with_bucket_name(&gcs.bucket);
        if let Some(file) = &gcs.service_account_file {
            builder = builder.with_service_account_path(state.join(file).display().to_string());
        }
        Ok(below(builder.build().map_err(|error| refused(name, error))?, gcs.prefix.as_ref()))
    }
}

#[cfg(feature = "azure")]
mod azure {
    use super::{Arc, ObjectStore, Path, StorageError, below, refused};
    use crate::config::{AzureConfig, Secret};

    pub(super) fn open(name: &str, azure: &AzureConfig, state: &Path) -> Result<Arc<dyn ObjectStore>, StorageError> {
        let file = azure.access_key_file.as_ref().map(|path| state.join(path));
        let key = format!("storage.{name}.access_key_file");
        let secret = Secret::inline_or_file(&key, azure.access_key.as_ref(), file.as_deref())
            .map_err(|error| refused(name, error))?;
        let mut builder = object_store::azure::MicrosoftAzureBuilder::from_env()
            .with_account(&azure.account)
            .with_container_name(&azure.container);
        if let Some(secret) = secret {
            builder = builder.with_access_key(secret.as_str());
        }
        Ok(below(builder.build().map_err(|error| refused(name, error))?, azure.prefix.as_ref()))
    }
}

macro_rules! not_built_in {
    ($module:ident, $config:ident, $kind:literal, $feature:literal) => {
        #[cfg(not(feature = $feature))]
        mod $module {
            use super::{Arc, ObjectStore, Path, StorageError};
            use crate::config::$config;

            pub(super) fn open(name: &str, _: &$config, _: &Path) -> Result<Arc<dyn ObjectStore>, StorageError> {
                Err(StorageError::NotBuiltIn { target: name.to_owned(), kind: $kind, feature: $feature })
            }
        }
    };
}

not_built_in!(s3, S3Config, "S3", "aws");
not_built_in!(gcs, GcsConfig, "Google Cloud Storage", "gcp");
not_built_in!(azure, AzureConfig, "Azure Blob Storage", "azure");
