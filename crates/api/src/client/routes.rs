//! A method for every route of the admin API.

use super::request::{Call, send, send_for_bytes};
use super::{Client, ClientError, csr_pem};
use crate::audit::{AuditChoices, AuditEntry, AuditFilter, AuditVerification};
use crate::batch::{Batch, BatchFilter, SignatureUpload};
use crate::batch_days::ConfigDays;
use crate::enrolment::{Invitation, IssuedCertificate, RenewalRequest};
use crate::export_config::{ConfigPreview, ExportConfig, ExportConfigDraft, PreviewRequest};
use crate::page::{Page, PageQuery};
use crate::people::{Me, Person, PersonDraft};
use crate::signing_key::{
    AttachRequest, AuthorityDetails, BackupNote, ConfigRevision, EndCheck, EndRequest, KeyEvent, KeyPackage, Recipient,
    RegeneratedFiles, Revocation, RevocationImpact, Rotation, RotationPlan, SealedKeyUpload, SealingKeyStatement,
    ShareUpdate, SigningKey, SigningKeyDraft, TokenKeyDraft, TokenStatus, Unprovisioned,
};
use crate::status::{KeysPerBatch, Status};
use crate::storage_target::{StorageTarget, StorageTest};
use crate::tek_lookup::{TekLookup, TekLookupRequest};
use crate::teks::ImportReport;
use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;

/// What a body of TEKs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TekFormat {
    /// The reference publish JSON.
    Json,
    /// One key a line.
    Ndjson,
    /// An export file.
    Zip,
}

/// Every method sends one request and errs as [`ClientError`] says.
impl Client {
    async fn send<T: DeserializeOwned>(&self, call: Call) -> Result<T, ClientError> {
        send(&self.http, &self.address, call).await
    }

    async fn list<T: DeserializeOwned>(&self, call: Call, page: &PageQuery) -> Result<Page<T>, ClientError> {
        let call = call.query("cursor", page.cursor.clone()).query("limit", page.limit.map(|limit| limit.to_string()));
        self.send(call).await
    }

    /// Who the daemon takes the caller for.
    pub async fn me(&self) -> Result<Me, ClientError> {
        self.send(Call::get("me")).await
    }

    /// Asks for a new certificate for `key`, which may be the present one.
    pub async fn renew_certificate(&self, key: &tekport_keys::SigningKey) -> Result<IssuedCertificate, ClientError> {
        self.send(Call::post("me/certificate").json(&RenewalRequest { csr_pem: csr_pem(key)? })?).await
    }

    /// The daemon's state at a glance.
    pub async fn status(&self) -> Result<Status, ClientError> {
        self.send(Call::get("status")).await
    }

    /// A page of export configs.
    pub async fn list_export_configs(&self, page: &PageQuery) -> Result<Page<ExportConfig>, ClientError> {
        self.list(Call::get("export-configs"), page).await
    }

    /// One export config.
    pub async fn get_export_config(&self, id: &str) -> Result<ExportConfig, ClientError> {
        self.send(Call::get(path("export-configs", id, ""))).await
    }

    /// The keys of each of a config's batches of the last 14 days.
    pub async fn keys_per_batch(&self, id: &str) -> Result<KeysPerBatch, ClientError> {
        self.send(Call::get(path("export-configs", id, "/keys-per-batch"))).await
    }

    /// Creates an export config.
    pub async fn create_export_config(&self, fields: &ExportConfigDraft) -> Result<ExportConfig, ClientError> {
        self.send(Call::post("export-configs").json(fields)?.idempotent()).await
    }

    /// Replaces an export config's fields, if nobody changed it since `revision`.
    pub async fn update_export_config(
        &self,
        id: &str,
        revision: u32,
        fields: &ExportConfigDraft,
    ) -> Result<ExportConfig, ClientError> {
        self.send(Call::put(path("export-configs", id, "")).json(fields)?.if_match(revision)).await
    }

    /// What a draft would do.
    pub async fn preview_export_config(&self, request: &PreviewRequest) -> Result<ConfigPreview, ClientError> {
        self.send(Call::post("export-configs/preview").json(request)?).await
    }

    /// Stops an export config from making batches.
    pub async fn pause_export_config(&self, id: &str) -> Result<ExportConfig, ClientError> {
        self.send(Call::post(path("export-configs", id, "/pause"))).await
    }

    /// Lets a paused export config catch up.
    pub async fn resume_export_config(&self, id: &str) -> Result<ExportConfig, ClientError> {
        self.send(Call::post(path("export-configs", id, "/resume"))).await
    }

    /// Has an export config's due windows exported now.
    pub async fn run_export_config(&self, id: &str) -> Result<ExportConfig, ClientError> {
        self.send(Call::post(path("export-configs", id, "/run"))).await
    }

    /// A page of signing keys.
    pub async fn list_signing_keys(&self, page: &PageQuery) -> Result<Page<SigningKey>, ClientError> {
        self.list(Call::get("signing-keys"), page).await
    }

    /// One signing key.
    pub async fn get_signing_key(&self, id: &str) -> Result<SigningKey, ClientError> {
        self.send(Call::get(path("signing-keys", id, ""))).await
    }

    /// Registers the public half of a key.
    pub async fn register_signing_key(&self, draft: &SigningKeyDraft) -> Result<SigningKey, ClientError> {
        self.send(Call::post("signing-keys").json(draft)?.idempotent()).await
    }

    /// Hands the sealed private half of a key to the daemon.
    pub async fn provision_signing_key(&self, id: &str, sealed: &SealedKeyUpload) -> Result<SigningKey, ClientError> {
        self.send(Call::put(path("signing-keys", id, "/sealed")).json(sealed)?).await
    }

    /// Ends a key for good.
    pub async fn revoke_signing_key(&self, id: &str, reason: &str) -> Result<SigningKey, ClientError> {
        self.revoke(id, &Revocation { reason: reason.to_owned(), only_unused: false }).await
    }

    /// Ends a key for good that never signed and that nobody was sent, so that another one takes its place.
    pub async fn revoke_unused_signing_key(&self, id: &str, reason: &str) -> Result<SigningKey, ClientError> {
        self.revoke(id, &Revocation { reason: reason.to_owned(), only_unused: true }).await
    }

    async fn revoke(&self, id: &str, revocation: &Revocation) -> Result<SigningKey, ClientError> {
        self.send(Call::post(path("signing-keys", id, "/revoke")).json(revocation)?).await
    }

    /// Registers a key of the daemon's token, or has one made there.
    pub async fn register_token_key(&self, draft: &TokenKeyDraft) -> Result<SigningKey, ClientError> {
        self.send(Call::post("signing-keys/in-token").json(draft)?.idempotent()).await
    }

    /// The daemon's token and the keys in it.
    pub async fn token_status(&self) -> Result<TokenStatus, ClientError> {
        self.send(Call::get("token")).await
    }

    /// The daemon's sealing key, vouched for by its CA.
    pub async fn sealing_key(&self) -> Result<SealingKeyStatement, ClientError> {
        self.send(Call::get("sealing-key")).await
    }

    /// Has the daemon destroy its copy of a private half.
    pub async fn unprovision_signing_key(&self, id: &str) -> Result<Unprovisioned, ClientError> {
        self.send(Call::delete(path("signing-keys", id, "/sealed"))).await
    }

    /// Has the daemon search once more for the copies of a private half that it destroyed.
    pub async fn search_removed_copies(&self, id: &str) -> Result<Unprovisioned, ClientError> {
        self.send(Call::post(path("signing-keys", id, "/sealed/search"))).await
    }

    /// Puts a key beside the others of configs, all of them or none.
    pub async fn attach_signing_key(&self, id: &str, configs: &[ConfigRevision]) -> Result<SigningKey, ClientError> {
        let request = AttachRequest { configs: configs.to_vec() };
        self.send(Call::post(path("signing-keys", id, "/attach")).json(&request)?).await
    }

    /// How far the rotation of the old key `id` is.
    pub async fn rotation(&self, id: &str) -> Result<Rotation, ClientError> {
        self.send(Call::get(path("signing-keys", id, "/rotation"))).await
    }

    /// Records what became of a public key at Google or Apple.
    pub async fn record_share(
        &self,
        id: &str,
        recipient: Recipient,
        update: &ShareUpdate,
    ) -> Result<SigningKey, ClientError> {
        let rest = format!("/shares/{}", recipient.as_str());
        self.send(Call::put(path("signing-keys", id, &rest)).json(update)?).await
    }

    /// Whether a key may end, and from when on.
    pub async fn key_end(&self, id: &str) -> Result<EndCheck, ClientError> {
        self.send(Call::get(path("signing-keys", id, "/end"))).await
    }

    /// Sets, moves or takes back a key's end.
    pub async fn set_key_end(&self, id: &str, request: &EndRequest) -> Result<SigningKey, ClientError> {
        self.send(Call::put(path("signing-keys", id, "/end")).json(request)?).await
    }

    /// Sets how long a key should sign before its rotation.
    pub async fn plan_rotation(&self, id: &str, rotation_days: u32) -> Result<SigningKey, ClientError> {
        self.send(Call::put(path("signing-keys", id, "/plan")).json(&RotationPlan { rotation_days })?).await
    }

    /// Sets for whom a key signs.
    pub async fn set_authority(&self, id: &str, details: &AuthorityDetails) -> Result<SigningKey, ClientError> {
        self.send(Call::put(path("signing-keys", id, "/authority")).json(details)?).await
    }

    /// What happened to a key, oldest first.
    pub async fn key_history(&self, id: &str) -> Result<Vec<KeyEvent>, ClientError> {
        self.send(Call::get(path("signing-keys", id, "/history"))).await
    }

    /// Notes that an encrypted backup of a key was written.
    pub async fn note_backup(&self, id: &str, note: &str) -> Result<SigningKey, ClientError> {
        let note = BackupNote { note: note.to_owned() };
        self.send(Call::post(path("signing-keys", id, "/backups")).json(&note)?).await
    }

    /// What revoking a key now would do.
    pub async fn revocation_impact(&self, id: &str) -> Result<RevocationImpact, ClientError> {
        self.send(Call::get(path("signing-keys", id, "/revocation"))).await
    }

    /// Has every offered file that a revoked key signed made anew.
    pub async fn regenerate_files_of_key(&self, id: &str) -> Result<RegeneratedFiles, ClientError> {
        self.send(Call::post(path("signing-keys", id, "/regenerate-files"))).await
    }

    /// The files to send to Google and Apple, made by the daemon.
    pub async fn key_package(&self, id: &str) -> Result<KeyPackage, ClientError> {
        self.send(Call::post(path("signing-keys", id, "/package"))).await
    }

    /// The daemon's storage targets.
    pub async fn list_storage_targets(&self, page: &PageQuery) -> Result<Page<StorageTarget>, ClientError> {
        self.list(Call::get("storage-targets"), page).await
    }

    /// Writes, reads and deletes a test file in a storage target.
    pub async fn test_storage_target(&self, name: &str) -> Result<StorageTest, ClientError> {
        self.send(Call::post(path("storage-targets", name, "/test"))).await
    }

    /// A page of batches, newest window first.
    pub async fn list_batches(&self, filter: &BatchFilter, page: &PageQuery) -> Result<Page<Batch>, ClientError> {
        let call = Call::get("batches")
            .query("config_id", filter.config_id.clone())
            .query("state", filter.state.clone())
            .query("from", filter.from.map(|time| time.to_string()))
            .query("until", filter.until.map(|time| time.to_string()));
        self.list(call, page).await
    }

    /// How many batches each config has on each day.
    pub async fn batch_days(&self) -> Result<Vec<ConfigDays>, ClientError> {
        self.send(Call::get("batches/days")).await
    }

    /// One batch with its files.
    pub async fn get_batch(&self, id: &str) -> Result<Batch, ClientError> {
        self.send(Call::get(path("batches", id, ""))).await
    }

    /// Has a failed batch tried again now.
    pub async fn retry_batch(&self, id: &str) -> Result<Batch, ClientError> {
        self.send(Call::post(path("batches", id, "/retry"))).await
    }

    /// Has a complete batch's window exported anew.
    pub async fn regenerate_batch(&self, id: &str) -> Result<Batch, ClientError> {
        self.send(Call::post(path("batches", id, "/regenerate"))).await
    }

    /// The `export.bin` of a file that awaits signatures.
    pub async fn unsigned_content(&self, batch_id: &str, number: u32) -> Result<Vec<u8>, ClientError> {
        let path = path("batches", batch_id, &format!("/unsigned/{number}/content"));
        send_for_bytes(&self.http, &self.address, Call::get(path).transfer()).await
    }

    /// Adds a signature to a file that awaits it.
    pub async fn add_signature(
        &self,
        batch_id: &str,
        number: u32,
        signing_key_id: &str,
        upload: &SignatureUpload,
    ) -> Result<Batch, ClientError> {
        let rest = format!("/unsigned/{number}/signatures/{}", segment(signing_key_id));
        self.send(Call::put(path("batches", batch_id, &rest)).json(upload)?).await
    }

    /// The bytes of an export file.
    pub async fn download_file(&self, batch_id: &str, file_id: &str) -> Result<Vec<u8>, ClientError> {
        let path = path("batches", batch_id, &format!("/files/{}/content", segment(file_id)));
        send_for_bytes(&self.http, &self.address, Call::get(path).transfer()).await
    }

    /// Posts TEKs. `regions` are put on keys that carry none of their own.
    pub async fn import_teks(
        &self,
        format: TekFormat,
        body: Vec<u8>,
        regions: &[String],
        traveler: bool,
    ) -> Result<ImportReport, ClientError> {
        let content_type = HeaderValue::from_static(match format {
            TekFormat::Json => "application/json",
            TekFormat::Ndjson => "application/x-ndjson",
            TekFormat::Zip => "application/zip",
        });
        let call = Call::post("teks")
            .body(content_type, body)
            .query("regions", (!regions.is_empty()).then(|| regions.join(",")))
            .query("traveler", traveler.then_some("true"))
            .idempotent()
            .transfer();
        self.send(call).await
    }

    /// A page of people.
    pub async fn list_people(&self, page: &PageQuery) -> Result<Page<Person>, ClientError> {
        self.list(Call::get("people"), page).await
    }

    /// Invites somebody; the answer holds the enrolment code, which is shown once.
    pub async fn invite_person(&self, draft: &PersonDraft) -> Result<Invitation, ClientError> {
        self.send(Call::post("people").json(draft)?.idempotent()).await
    }

    /// Replaces a person's name and roles, if nobody changed them since `revision`.
    pub async fn update_person(&self, id: &str, revision: u32, draft: &PersonDraft) -> Result<Person, ClientError> {
        self.send(Call::put(path("people", id, "")).json(draft)?.if_match(revision)).await
    }

    /// Shuts a person out from the next request on.
    pub async fn revoke_person(&self, id: &str) -> Result<Person, ClientError> {
        self.send(Call::post(path("people", id, "/revoke"))).await
    }

    /// Another enrolment code for somebody already invited.
    pub async fn new_enrolment_code(&self, person_id: &str) -> Result<Invitation, ClientError> {
        self.send(Call::post(path("people", person_id, "/enrolment-codes")).idempotent()).await
    }

    /// A page of the audit log, newest first.
    pub async fn list_audit(&self, filter: &AuditFilter, page: &PageQuery) -> Result<Page<AuditEntry>, ClientError> {
        let call = Call::get("audit")
            .query("actor_id", filter.actor_id.clone())
            .query("action", filter.action.clone())
            .query("resource_kind", filter.resource_kind.clone())
            .query("resource_id", filter.resource_id.clone())
            .query("result", filter.result.clone())
            .query("from", filter.from.map(|time| time.to_string()))
            .query("until", filter.until.map(|time| time.to_string()));
        self.list(call, page).await
    }

    /// What the audit log can be filtered by.
    pub async fn audit_choices(&self) -> Result<AuditChoices, ClientError> {
        self.send(Call::get("audit/choices")).await
    }

    /// Has the audit log's whole chain checked; the answer also has the hash of the entry `at`.
    pub async fn verify_audit(&self, at: Option<u32>) -> Result<AuditVerification, ClientError> {
        let call = Call::get("audit/verification").query("at", at.map(|sequence| sequence.to_string()));
        self.send(call.transfer()).await
    }

    /// Asks where a key is, or where the keys of a time and a region went.
    pub async fn look_up_tek(&self, request: &TekLookupRequest) -> Result<TekLookup, ClientError> {
        self.send(Call::post("tek-lookup").json(request)?.transfer()).await
    }
}

/// `collection/{id}{rest}`, with the id as one path segment whatever is in it.
fn path(collection: &str, id: &str, rest: &str) -> String {
    format!("{collection}/{}{rest}", segment(id))
}

/// Percent-encodes all but RFC 3986's unreserved characters. Dots too: `..` must not climb.
fn segment(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_one_segment_whatever_is_in_it() {
        assert_eq!(path("batches", "0193-a_b", "/retry"), "batches/0193-a_b/retry");
        assert_eq!(path("batches", "../people?x#y", ""), "batches/%2E%2E%2Fpeople%3Fx%23y");
    }
}
