//! Export files: saved to the downloads folder, or verified without being saved.

use super::downloads::{plain_name, save_file, saved};
use super::{Console, lists};
use crate::error::ConsoleFault;
use crate::{CommandError, DownloadedFile, ErrorCode};
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use tekport_api::batch::ExportFile;
use tekport_api::client::Client;
use tekport_api::signing_key::SigningKey;
use tekport_api::verification::{NamedKey, VerificationReport};
use tekport_export_file::{KeyId, KeyVersion, KnownKey, SignatureInfo};
use tekport_keys::PublicKey;

impl Console {
    /// Saves an export file to the downloads folder, beside those of the same name that are there.
    ///
    /// # Errors
    /// When the daemon doesn't have it, what came isn't what the daemon published, or it can't be saved.
    pub async fn download_file(&self, batch_id: &str, file_id: &str) -> Result<DownloadedFile, CommandError> {
        let client = self.client().await?;
        let (file, zip) = fetch(&client, batch_id, file_id).await?;
        let (folder, size) = (self.places.downloads.clone(), zip.len());
        let path = saved(&self.places.downloads, move || save(&folder, &file.path, &zip)).await?;
        Ok(DownloadedFile {
            path: path.to_string_lossy().into_owned(),
            size_bytes: u32::try_from(size).unwrap_or(u32::MAX),
        })
    }

    /// Verifies an export file against the registered public keys and every device rule.
    ///
    /// # Errors
    /// When the daemon doesn't have it, or what came isn't what the daemon published. A file that doesn't verify
    /// is a report, not an error.
    pub async fn verify_file(&self, batch_id: &str, file_id: &str) -> Result<VerificationReport, CommandError> {
        let client = self.client().await?;
        let (_, zip) = fetch(&client, batch_id, file_id).await?;
        let keys: Vec<NamedKey> = lists::signing_keys(&client).await?.iter().filter_map(named).collect();
        let now = self.clock.now().unix_seconds();
        tokio::task::spawn_blocking(move || VerificationReport::of(&zip, &keys, Some(now))).await.map_err(|error| {
            let fault = ConsoleFault::BrokeOff { cause: error.to_string() };
            CommandError::said(ErrorCode::Internal, "The file can't be verified", &fault)
        })
    }
}

async fn fetch(client: &Client, batch_id: &str, file_id: &str) -> Result<(ExportFile, Vec<u8>), CommandError> {
    let batch = client.get_batch(batch_id).await?;
    let no_file = || CommandError::said(ErrorCode::NotFound, "Nothing there", &ConsoleFault::NoSuchFile);
    let file = batch.files.into_iter().find(|file| file.id == file_id).ok_or_else(no_file)?;
    let zip = client.download_file(batch_id, file_id).await?;
    if hex::encode(Sha256::digest(&zip)) != file.sha256 {
        let (code, title) = (ErrorCode::FileChanged, "The file was changed after it was published");
        return Err(CommandError::said(code, title, &ConsoleFault::NotAsPublished));
    }
    Ok((file, zip))
}

/// A registered key as phones know it. One that can't be read is left out: its signatures then don't verify.
pub(super) fn named(key: &SigningKey) -> Option<NamedKey> {
    let name = SignatureInfo {
        key_id: KeyId::parse(&key.key_id).ok()?,
        key_version: KeyVersion::parse(&key.key_version).ok()?,
    };
    let public = PublicKey::from_pem(&key.public_key_pem).ok()?;
    let known = KnownKey { name: Some(name), key: *public.verifying_key() };
    Some(NamedKey { label: format!("{} {}", key.key_id, key.key_version), known })
}

/// Writes under a name of its own: `mag/1-2-00001.zip` becomes `mag-1-2-00001.zip`, or `… (2).zip` where that is taken.
fn save(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let name = plain_name(path);
    save_file(folder, name.trim_end_matches(".zip"), ".zip", bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_copy_gets_a_name_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..3_u8)
            .map(|n| save(&folder.path().join("new"), "v1/mag/1-2-00001.zip", &[n]).unwrap())
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["v1-mag-1-2-00001.zip", "v1-mag-1-2-00001 (2).zip", "v1-mag-1-2-00001 (3).zip"]);
        assert_eq!(std::fs::read(folder.path().join("new").join(&names[2])).unwrap(), [2]);
    }

    #[test]
    fn a_path_cannot_climb_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = save(folder.path(), "../../etc/passwd", b"x").unwrap();
        assert_eq!(path, folder.path().join("etc-passwd.zip"));
    }
}
