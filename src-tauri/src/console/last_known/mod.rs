//! What was last heard of each daemon, on disk: so that the pages show something, with its age, while the daemon is
//! out of reach, also after a restart. Only what pages show of configs, batches, public keys, storage targets, people
//! and the newest part of the audit log: no secret, no TEK.

mod files;

use super::{Console, lists};
use crate::{CommandError, Heard, LastKnown};
pub(super) use files::{LastKnownFiles, Part};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tekport_api::audit::{AuditChoices, AuditEntry, AuditFilter};
use tekport_api::batch::{Batch, BatchFilter};
use tekport_api::batch_days::ConfigDays;
use tekport_api::export_config::ExportConfig;
use tekport_api::page::{Page, PageQuery};
use tekport_api::people::Person;
use tekport_api::signing_key::{Rotation, SigningKey};
use tekport_api::status::Status;
use tekport_api::storage_target::StorageTarget;

impl Console {
    /// Returns what was last heard of the daemon that is shown, without asking it.
    ///
    /// # Errors
    /// When the console's own data can't be read, or this console belongs to no daemon.
    pub async fn last_known(&self) -> Result<LastKnown, CommandError> {
        let daemon = self.shown()?.ok_or_else(super::not_enrolled)?.ca_sha256;
        let keys: Option<Heard<Vec<SigningKey>>> = self.last_known.read(&daemon, Part::SigningKeys);
        let signing_keys = match keys {
            Some(Heard { at, value }) => Some(Heard { at, value: self.with_places(value).await }),
            None => None,
        };
        Ok(LastKnown {
            status: self.last_known.read(&daemon, Part::Status),
            export_configs: self.last_known.read(&daemon, Part::ExportConfigs),
            batches: self.last_known.read(&daemon, Part::Batches),
            storage_targets: self.last_known.read(&daemon, Part::StorageTargets),
            signing_keys,
            batch_days: self.last_known.read(&daemon, Part::BatchDays),
            people: self.last_known.read(&daemon, Part::People),
            audit: self.last_known.read(&daemon, Part::Audit),
            audit_choices: self.last_known.read(&daemon, Part::AuditChoices),
            batch_pages: self.last_known.read_pages(&daemon, Part::BatchPages),
            rotations: self.last_known.read_pages(&daemon, Part::Rotations),
        })
    }

    /// Keeps what a daemon said, where this console still belongs to it.
    pub(super) async fn keep(&self, daemon: &str, part: Part, value: &impl Serialize) {
        // Leaving a daemon holds the session, too: nothing of it is written once it is gone.
        let session = self.session.lock().await;
        if session.as_ref().is_some_and(|session| session.facts.ca_sha256 == daemon) {
            self.last_known.keep(daemon, part, self.clock.now(), value);
        }
    }

    /// Keeps one of the things that have a page each, in the same way.
    async fn keep_page<T>(&self, daemon: &str, part: Part, id: &str, value: &T)
    where
        T: Serialize + DeserializeOwned + Clone,
    {
        let session = self.session.lock().await;
        if session.as_ref().is_some_and(|session| session.facts.ca_sha256 == daemon) {
            self.last_known.keep_page(daemon, part, id, self.clock.now(), value);
        }
    }

    /// Returns the daemon's state at a glance.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn status(&self) -> Result<Status, CommandError> {
        let session = self.session().await?;
        let status = session.client.status().await?;
        self.keep(&session.facts.ca_sha256, Part::Status, &status).await;
        Ok(status)
    }

    /// Returns a page of export configs. A list that one page holds whole is kept.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_export_configs(&self, page: &PageQuery) -> Result<Page<ExportConfig>, CommandError> {
        let session = self.session().await?;
        let configs = session.client.list_export_configs(page).await?;
        if page.cursor.is_none() && configs.next_cursor.is_none() {
            self.keep(&session.facts.ca_sha256, Part::ExportConfigs, &configs.items).await;
        }
        Ok(configs)
    }

    /// Returns a page of batches. The newest ones of all configs are kept.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_batches(&self, filter: &BatchFilter, page: &PageQuery) -> Result<Page<Batch>, CommandError> {
        let session = self.session().await?;
        let batches = session.client.list_batches(filter, page).await?;
        if page.cursor.is_none() && *filter == BatchFilter::default() {
            self.keep(&session.facts.ca_sha256, Part::Batches, &batches).await;
        }
        Ok(batches)
    }

    /// Returns every storage target.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_storage_targets(&self) -> Result<Vec<StorageTarget>, CommandError> {
        let session = self.session().await?;
        let targets = lists::storage_targets(&session.client).await?;
        self.keep(&session.facts.ca_sha256, Part::StorageTargets, &targets).await;
        Ok(targets)
    }

    /// Returns how many batches of each config began on which day.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn batch_days(&self) -> Result<Vec<ConfigDays>, CommandError> {
        let session = self.session().await?;
        let days = session.client.batch_days().await?;
        self.keep(&session.facts.ca_sha256, Part::BatchDays, &days).await;
        Ok(days)
    }

    /// Returns a batch with its attempts.
    ///
    /// # Errors
    /// When the daemon doesn't answer, refuses or has no such batch.
    pub async fn get_batch(&self, id: &str) -> Result<Batch, CommandError> {
        let session = self.session().await?;
        let batch = session.client.get_batch(id).await?;
        self.keep_page(&session.facts.ca_sha256, Part::BatchPages, id, &batch).await;
        Ok(batch)
    }

    /// Returns how the rotation of a key stands.
    ///
    /// # Errors
    /// When the daemon doesn't answer, refuses or has no such key.
    pub async fn rotation(&self, id: &str) -> Result<Rotation, CommandError> {
        let session = self.session().await?;
        let rotation = session.client.rotation(id).await?;
        self.keep_page(&session.facts.ca_sha256, Part::Rotations, id, &rotation).await;
        Ok(rotation)
    }

    /// Returns every person.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_people(&self) -> Result<Vec<Person>, CommandError> {
        let session = self.session().await?;
        let people = lists::people(&session.client).await?;
        self.keep(&session.facts.ca_sha256, Part::People, &people).await;
        Ok(people)
    }

    /// Returns a page of the audit log. The newest one of the whole log is kept.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn list_audit(&self, filter: &AuditFilter, page: &PageQuery) -> Result<Page<AuditEntry>, CommandError> {
        let session = self.session().await?;
        let entries = session.client.list_audit(filter, page).await?;
        if page.cursor.is_none() && *filter == AuditFilter::default() {
            self.keep(&session.facts.ca_sha256, Part::Audit, &entries).await;
        }
        Ok(entries)
    }

    /// Returns what the audit log can be narrowed to.
    ///
    /// # Errors
    /// When the daemon doesn't answer or refuses.
    pub async fn audit_choices(&self) -> Result<AuditChoices, CommandError> {
        let session = self.session().await?;
        let choices = session.client.audit_choices().await?;
        self.keep(&session.facts.ca_sha256, Part::AuditChoices, &choices).await;
        Ok(choices)
    }
}
