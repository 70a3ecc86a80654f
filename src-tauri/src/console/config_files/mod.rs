//! Export configs as a file, for review by others: written whole, and compared with what is there before anything is
//! changed. Applying is the pages' job, config by config, with the revision that was compared.

mod compare;
mod document;
mod json;
mod parse;
mod reader;
mod sentences;

use super::downloads::{plain_name, save_file, saved};
use super::{Console, lists};
use crate::error::ConsoleFault;
use crate::{CommandError, ConfigImport, ErrorCode, ImportOutcome, SavedFile};
use compare::There;
use document::{Document, FORMAT, NamedSigner, VERSION, Written, WrittenBy};
use parse::{DocumentError, ReadDocument};
pub(crate) use sentences::{Fields, Found, Wanted};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tekport_api::FieldProblem;
use tekport_api::client::Client;
use tekport_api::export_config::{ExportConfig, PreviewRequest};
use tekport_api::signing_key::SigningKey;

/// The most that is read of a file: 200 configs need far less.
const MOST_BYTES: u64 = 1_048_576;

impl Console {
    /// Saves export configs to the downloads folder as a document that people can read: those of `ids`, or all of
    /// them where it is `None`.
    ///
    /// # Errors
    /// When the daemon can't be asked or lacks one of them, or the file can't be written.
    pub async fn save_config_file(&self, ids: Option<&[String]>) -> Result<SavedFile, CommandError> {
        let session = self.session().await?;
        let mut configs = lists::export_configs(&session.client).await?;
        if let Some(ids) = ids {
            configs.retain(|config| ids.contains(&config.id));
            if let Some(missing) = ids.iter().find(|id| configs.iter().all(|config| config.id != **id)) {
                let fault = ConsoleFault::NoConfig { id: missing.clone() };
                return Err(CommandError::said(ErrorCode::NotFound, "Nothing there", &fault));
            }
        }
        let keys = lists::signing_keys(&session.client).await?;
        let name = match configs.as_slice() {
            [one] => format!("export-config-{}", one.fields.output_region.to_ascii_lowercase()),
            _ => format!("export-configs-{}", session.facts.daemon.name.to_ascii_lowercase()),
        };
        let written: Result<Vec<Written>, CommandError> = configs.iter().map(|config| written(config, &keys)).collect();
        let document = Document {
            format: FORMAT,
            version: VERSION,
            written_at: Some(self.clock.now()),
            daemon: Some(WrittenBy {
                name: session.facts.daemon.name.clone(),
                environment: session.facts.daemon.environment,
                ca_sha256: session.facts.ca_sha256.clone(),
            }),
            configs: written?,
        };
        let mut bytes = serde_json::to_vec_pretty(&document).map_err(|error| internal(&error))?;
        bytes.push(b'\n');
        let (folder, stem) = (self.places.downloads.clone(), plain_name(&name));
        let path = saved(&self.places.downloads, move || save_file(&folder, &stem, ".json", &bytes)).await?;
        Ok(SavedFile { path: path.to_string_lossy().into_owned() })
    }

    /// Reads a file of export configs, compares it with what the daemon has, and has the daemon check what would
    /// change. Changes nothing.
    ///
    /// # Errors
    /// When the file can't be read or is none of export configs, or the daemon can't be asked. A config in it that
    /// can't be used is told with its problems.
    pub async fn inspect_config_file(&self, path: &str) -> Result<ConfigImport, CommandError> {
        let path = PathBuf::from(path);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let document = tokio::task::spawn_blocking(move || read(&path)).await.map_err(|error| internal(&error))??;
        let session = self.session().await?;
        let configs = lists::export_configs(&session.client).await?;
        let keys = lists::signing_keys(&session.client).await?;
        let written_by = document.daemon;
        let same_daemon = written_by.as_ref().is_some_and(|by| by.ca_sha256 == session.facts.ca_sha256);
        let there = There { configs: &configs, keys: &keys, same_daemon };
        let mut import = ConfigImport {
            name,
            written_at: document.written_at,
            daemon: written_by.as_ref().map(|by| by.name.clone()),
            environment: written_by.as_ref().map(|by| by.environment),
            same_daemon,
            entries: compare::compare(document.entries, &there),
        };
        check(&session.client, &mut import).await?;
        Ok(import)
    }
}

/// Has the daemon say of each config that would be made or changed what it would refuse.
async fn check(client: &Client, import: &mut ConfigImport) -> Result<(), CommandError> {
    for entry in &mut import.entries {
        let (Some(fields), false) = (&entry.fields, entry.outcome.is_settled()) else { continue };
        let config_id = entry.existing.as_ref().map(|config| config.id.clone());
        let preview = client.preview_export_config(&PreviewRequest { fields: fields.clone(), config_id }).await?;
        entry.warnings = preview.warnings;
        if !preview.problems.is_empty() {
            entry.outcome = ImportOutcome::Refused;
            entry.problems = preview.problems.into_iter().map(as_in_the_file).collect();
        }
    }
    Ok(())
}

/// The daemon's word for a field that files call otherwise.
fn as_in_the_file(problem: FieldProblem) -> FieldProblem {
    FieldProblem { field: problem.field.replace("signing_key_ids", "signing_keys"), ..problem }
}

fn written(config: &ExportConfig, keys: &[SigningKey]) -> Result<Written, CommandError> {
    let signers = config.fields.signing_key_ids.iter().map(|id| {
        let key = keys.iter().find(|key| key.id == *id).ok_or_else(|| {
            let fault = ConsoleFault::KeyNotListed { id: id.clone() };
            CommandError::said(ErrorCode::NotTekport, "The daemon's lists don't fit together", &fault)
        })?;
        Ok(NamedSigner { name: compare::name_of(key), sha256: Some(key.fingerprint.clone()) })
    });
    let signers: Result<Vec<NamedSigner>, CommandError> = signers.collect();
    let (id, revision) = (Some(config.id.clone()), Some(config.revision));
    Ok(Written { id, revision, ..Written::of(&config.fields, signers?) })
}

/// Reads a byte more than is allowed at most, so that a larger file is told apart without being read.
fn read(path: &Path) -> Result<ReadDocument, CommandError> {
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)).map_err(|error| {
        let fault = ConsoleFault::Unreadable { path: path.display().to_string(), cause: error.to_string() };
        CommandError::said(ErrorCode::FileUnreadable, "The file can't be read", &fault)
    })?;
    if bytes.len() as u64 > MOST_BYTES {
        let fault = ConsoleFault::ConfigFileTooLarge;
        return Err(CommandError::said(ErrorCode::ConfigFile, "This file can't be used", &fault));
    }
    ReadDocument::parse(&bytes).map_err(|error| {
        let code = if matches!(error, DocumentError::Version(_)) {
            ErrorCode::ConfigFileVersion
        } else {
            ErrorCode::ConfigFile
        };
        CommandError::said(code, "This file can't be used", &error.fault())
    })
}

fn internal(error: &impl std::fmt::Display) -> CommandError {
    let fault = ConsoleFault::BrokeOff { cause: error.to_string() };
    CommandError::said(ErrorCode::Internal, "The file can't be used", &fault)
}
