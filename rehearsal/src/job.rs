//! The main job over the daemon's own doors: enrol, hand over a signing key, import, create an export config,
//! wait for its batches. The demo and the proof share it.

use crate::daemon::Home;
use crate::eventually::eventually;
use crate::secrets::Needles;
use crate::teks::Lot;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use tekport_api::UtcTime;
use tekport_api::batch::{Batch, BatchFilter, BatchState};
use tekport_api::client::{Address, Client, enrol};
use tekport_api::enrolment::{DaemonIdentity, EnrolmentCode};
use tekport_api::export_config::{ExportConfig, ExportConfigDraft, SmallBatchPolicy, Travelers};
use tekport_api::page::PageQuery;
use tekport_api::signing_key::{Custody, SealedKeyUpload, SigningKeyDraft};
use tekport_keys::SigningKey;
use tekport_keys::sealing::{SealContext, SealingPublicKey, seal};

pub(crate) const REGION: &str = "MAG";
pub(crate) const KEY_ID: &str = "310";
pub(crate) const KEY_VERSION: &str = "v1";
pub(crate) const PREFIX: &str = "mag";

const HOUR: i64 = 3_600;
/// The hours ago at which the made-up uploads came in: in windows of their own, all of them closed.
const RECEIVED_HOURS_AGO: [i64; 3] = [21, 15, 10];
const PEOPLE_A_LOT: u32 = 100;
const PERIOD_MINUTES: u32 = 240;
const LIMIT: Duration = Duration::from_secs(120);

/// Somebody who has joined a daemon.
pub(crate) struct Member {
    pub(crate) client: Client,
    daemon: DaemonIdentity,
}

/// Joins the daemon that the code names.
///
/// # Errors
/// When it refuses the code or isn't the one the code pins.
pub(crate) async fn join(code: &str) -> Result<Member> {
    let code = EnrolmentCode::parse(code)?;
    let key = SigningKey::generate()?;
    let issued = enrol(&code, &key).await.context("the daemon could not be joined")?;
    let client = Client::new(Address::parse(&code.address)?, &issued.ca_pem, &issued.certificate_pem, &key)?;
    Ok(Member { client, daemon: issued.daemon })
}

/// A signing key that the daemon signs with.
pub(crate) struct HandedOver {
    /// The key's id at the daemon.
    pub(crate) id: String,
    pub(crate) fingerprint: String,
    /// Where its public half lies.
    pub(crate) public_pem: PathBuf,
    /// The forms of its private half, to look for where none may be.
    pub(crate) needles: Needles,
}

/// Generates a signing key, registers it, and hands its private half to the daemon, sealed.
///
/// # Errors
/// When the daemon refuses one of the steps.
pub(crate) async fn hand_over_a_key(member: &Member, home: &Home) -> Result<HandedOver> {
    let key = SigningKey::generate()?;
    let public_key_pem = key.public_key().to_pem();
    let public_pem = home.state.with_extension("public.pem");
    fs::write(&public_pem, &public_key_pem).context("the public key can't be written")?;
    let draft = SigningKeyDraft {
        key_id: KEY_ID.to_owned(),
        key_version: KEY_VERSION.to_owned(),
        public_key_pem,
        custody: Custody::Daemon,
        predecessor_id: None,
    };
    let registered = member.client.register_signing_key(&draft).await.context("the key was not registered")?;
    let recipient = SealingPublicKey::from_base64(&member.daemon.sealing_public_key)?;
    let context = SealContext { signing_key_id: &registered.id, fingerprint: &registered.fingerprint };
    let sealed = seal(&recipient, &key, context)?;
    let upload = SealedKeyUpload::new(&sealed, &recipient);
    member.client.provision_signing_key(&registered.id, &upload).await.context("the key was not handed over")?;
    let needles = Needles::of_key(&key)?;
    Ok(HandedOver { id: registered.id, fingerprint: registered.fingerprint, public_pem, needles })
}

/// Imports what some hundreds of people uploaded in the last day, and returns it.
///
/// # Errors
/// When the import refuses a key.
pub(crate) async fn import_uploads(home: &Home, now: UtcTime) -> Result<Vec<Lot>> {
    let folder = home.state.with_extension("uploads");
    fs::create_dir_all(&folder).context("the uploads can't be written")?;
    let mut lots = Vec::new();
    for (number, hours) in RECEIVED_HOURS_AGO.into_iter().enumerate() {
        let received_at = UtcTime::saturating(now.unix_seconds() - hours * HOUR);
        let lot = Lot::of_people(PEOPLE_A_LOT, received_at, now.unix_seconds().unsigned_abs() + hours.unsigned_abs());
        // Both shapes in which keys come as text.
        let (kind, text) = if number == 0 { ("json", lot.to_publish_json()) } else { ("ndjson", lot.to_ndjson()) };
        let file = folder.join(format!("received-{hours}-hours-ago.{kind}"));
        fs::write(&file, text).context("the uploads can't be written")?;
        home.import(&file, REGION, received_at).await?;
        lots.push(lot);
    }
    Ok(lots)
}

/// Creates an export config of the imported keys that covers the last day in windows of four hours.
///
/// # Errors
/// When the daemon refuses it.
pub(crate) async fn create_config(
    member: &Member,
    region: &str,
    prefix: &str,
    signing_key_id: &str,
    now: UtcTime,
) -> Result<ExportConfig> {
    let hour = now.unix_seconds() / HOUR * HOUR;
    let fields = ExportConfigDraft {
        output_region: region.to_owned(),
        input_regions: vec![REGION.to_owned()],
        excluded_regions: Vec::new(),
        travelers: Travelers::Include,
        storage_target: "local".to_owned(),
        path_prefix: prefix.to_owned(),
        period_minutes: PERIOD_MINUTES,
        valid_from: UtcTime::saturating(hour - 24 * HOUR),
        valid_through: None,
        signing_key_ids: vec![signing_key_id.to_owned()],
        max_records_per_file: 750_000,
        // Every key that went in is a person's, so what comes out can be compared with it.
        small_batch: SmallBatchPolicy::Release,
    };
    member.client.create_export_config(&fields).await.context("the export config was not created")
}

/// Waits until every window that is due has its batch, and all are complete; returns them, oldest first.
///
/// # Errors
/// When a batch fails, or they aren't complete in time.
pub(crate) async fn complete_batches(member: &Member, config: &ExportConfig) -> Result<Vec<Batch>> {
    eventually(LIMIT, async || {
        let batches = batches_of(member, config).await?;
        if let Some(failed) = batches.iter().find(|batch| batch.state == BatchState::Failed) {
            bail!(
                "the batch of {} to {} failed: {}",
                failed.window_start,
                failed.window_end,
                failed.error.as_deref().unwrap_or("no reason given")
            );
        }
        let all_complete = batches.iter().all(|batch| batch.state == BatchState::Complete);
        if all_complete && !batches.is_empty() && nothing_is_due(member, config).await? {
            return Ok(Ok(batches));
        }
        let states: Vec<_> = batches.iter().map(|batch| batch.state.as_str()).collect();
        Ok(Err(format!("the batches are {states:?}")))
    })
    .await
}

async fn nothing_is_due(member: &Member, config: &ExportConfig) -> Result<bool> {
    let status = member.client.status().await?;
    let now = status.now;
    let own = status.configs.into_iter().find(|one| one.config_id == config.id);
    Ok(own.and_then(|own| own.next_due_at).is_some_and(|due| due > now))
}

async fn batches_of(member: &Member, config: &ExportConfig) -> Result<Vec<Batch>> {
    let filter = BatchFilter { config_id: Some(config.id.clone()), ..BatchFilter::default() };
    let page = PageQuery { cursor: None, limit: Some(tekport_api::page::MAX_PAGE) };
    let mut batches = member.client.list_batches(&filter, &page).await?.items;
    batches.sort_by_key(|batch| batch.window_start);
    Ok(batches)
}

/// Fetches what a phone would: bytes over the public listener.
///
/// # Errors
/// When the answer is anything but 200.
pub(crate) async fn fetch(url: &str) -> Result<Vec<u8>> {
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build()?;
    let answer = client.get(url).send().await.with_context(|| format!("{url} could not be fetched"))?;
    let answer = answer.error_for_status().with_context(|| format!("{url} was refused"))?;
    Ok(answer.bytes().await?.to_vec())
}
