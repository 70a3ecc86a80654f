//! From TEKs and a sealed key to a file that is downloaded: all over the API, with the exporter's ticks between.

use crate::harness::{Daemon, Member, fields, provision_key};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::batch::{Batch, BatchFilter, BatchState};
use tekport_api::client::TekFormat;
use tekport_api::page::PageQuery;
use tekport_api::people::Role;

const HOUR: i64 = 3_600;

/// A daemon with a config of four-hour windows that began a day ago, and keys that came in since.
async fn start(small_batch: Value) -> (Daemon, Member, String) {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
    let key = provision_key(&daemon, &ada, "v1").await;
    let mut fields = fields(&daemon, "mag", &key);
    fields["small_batch"] = small_batch;
    let (status, config) = ada.post("export-configs", &fields).await;
    assert_eq!(status, StatusCode::CREATED, "{config}");
    let start = (daemon.clock.now().unix_seconds() / 86_400 - 3) * 144;
    let lines: Vec<String> = (0..20_u8)
        .map(|i| {
            use base64::{Engine, engine::general_purpose::STANDARD};
            let key = json!({
                "key": STANDARD.encode([i; 16]), "rollingStartNumber": start, "rollingPeriod": 144, "transmissionRisk": 3,
                "reportType": "confirmed",
            });
            key.to_string()
        })
        .collect();
    let body = lines.join("\n").into_bytes();
    let report = ada.client.import_teks(TekFormat::Ndjson, body, &["MAG".to_owned()], false).await.unwrap();
    assert_eq!((report.accepted, report.refused), (20, 0), "{report:?}");
    (daemon, ada, config["id"].as_str().unwrap().to_owned())
}

async fn batches(ada: &Member, state: &str) -> Vec<Batch> {
    let filter = BatchFilter { state: Some(state.to_owned()), ..BatchFilter::default() };
    ada.client.list_batches(&filter, &PageQuery::default()).await.unwrap().items
}

async fn draft_of(ada: &Member, config_id: &str) -> Value {
    ada.get(&format!("export-configs/{config_id}")).await.1["fields"].clone()
}

#[tokio::test]
async fn a_batch_is_listed_counted_downloaded_and_regenerated() {
    let (daemon, ada, config_id) = start(json!({ "policy": "release" })).await;
    daemon.clock.advance(5 * HOUR);
    daemon.exporter().tick().await.unwrap();
    let complete = batches(&ada, "complete").await;
    let with_file: Vec<_> = complete.iter().filter(|batch| !batch.files.is_empty()).collect();
    let [batch] = with_file.as_slice() else { unreachable!("{complete:#?}") };
    assert_eq!(batch.counts.as_ref().unwrap().new_keys, 20);
    let file = &batch.files[0];
    let zip = ada.client.download_file(&batch.id, &file.id).await.unwrap();
    assert_eq!((zip.len(), &zip[..2]), (file.size_bytes as usize, b"PK".as_slice()));
    assert_eq!(tekportd::pki::fingerprint(&zip), file.sha256);

    let other = complete.iter().find(|other| other.id != batch.id).unwrap();
    let strange = ada.request(Method::GET, &format!("batches/{}/files/{}/content", other.id, file.id));
    assert_eq!(strange.send().await.unwrap().status(), StatusCode::NOT_FOUND, "a file of another batch");

    let status = ada.client.status().await.unwrap();
    assert_eq!(status.days.len(), 14);
    assert_eq!(status.days.iter().map(|day| day.new_keys).sum::<u32>(), 20);
    let kinds: Vec<_> = status.attention.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!((status.configs[0].files_last_24_hours, kinds), (1, vec!["key-not-backed-up"]));
    assert_eq!(status.configs[0].last_window_end, Some(complete[0].window_end));
    assert!(status.configs[0].next_window_end > status.configs[0].last_window_end);

    let stretch = BatchFilter {
        from: Some(batch.window_start),
        until: Some(batch.window_end),
        state: Some("complete".to_owned()),
        ..BatchFilter::default()
    };
    let within = ada.client.list_batches(&stretch, &PageQuery::default()).await.unwrap().items;
    assert_eq!(within, std::slice::from_ref(*batch), "neighbours only touch the stretch; lists show files as well");
    assert_eq!(ada.get("batches?from=yesterday").await.1["errors"][0]["field"], json!("from"));

    let edited = json!({ "fields": draft_of(&ada, &config_id).await, "config_id": config_id });
    let load = ada.post("export-configs/preview", &edited).await.1["load"].clone();
    assert_eq!((&load["days"], &load["keys_a_day"], &load["generated_a_day"]), (&json!(1), &json!(20), &json!(0)));
    assert_eq!(load["bytes_a_day"], json!(20 * 209 / 10 + 6 * 700), "six files of the day, 20.9 bytes a key");
    assert_eq!(load["files_a_day"], json!(6));
    let mut begun = edited["fields"].clone();
    (begun["path_prefix"], begun["signing_key_ids"]) = (json!(""), json!([]));
    let begun = ada.post("export-configs/preview", &json!({ "fields": begun, "config_id": null })).await.1;
    assert_eq!((begun["problems"].as_array().unwrap().len(), &begun["load"]), (2, &load), "keys don't depend on those");

    let per_batch = ada.client.keys_per_batch(&config_id).await.unwrap().batches;
    assert_eq!(per_batch.len(), complete.len(), "{per_batch:#?}");
    assert!(per_batch.is_sorted_by_key(|one| one.window_end));
    let of_file: Vec<u32> =
        per_batch.iter().filter(|one| one.window_start == batch.window_start).map(|one| one.new_keys).collect();
    assert_eq!((of_file, per_batch.iter().map(|one| one.new_keys).sum::<u32>()), (vec![20], 20));

    let new = ada.client.regenerate_batch(&batch.id).await.unwrap();
    assert_eq!((new.generation, new.state), (1, BatchState::Open));
    assert_eq!(ada.post(&format!("batches/{}/regenerate", batch.id), &json!(null)).await.0, StatusCode::CONFLICT);
    daemon.exporter().tick().await.unwrap();
    assert_eq!(ada.client.get_batch(&new.id).await.unwrap().state, BatchState::Complete);
    assert_eq!(ada.client.get_batch(&batch.id).await.unwrap().state, BatchState::Superseded);
    let status = ada.client.status().await.unwrap();
    assert_eq!(status.days.iter().map(|day| day.new_keys).sum::<u32>(), 20, "a regenerated window counts once");
    let again = ada.client.keys_per_batch(&config_id).await.unwrap().batches;
    assert_eq!(again, per_batch, "there too");
    let (_, audit) = ada.get("audit?action=batch.regenerate").await;
    assert_eq!(audit["items"][0]["resource_id"], json!(new.id));
    assert_eq!(audit["items"][0]["before"]["regenerated"], json!(batch.id));

    let days = ada.client.batch_days().await.unwrap();
    let [of_config] = days.as_slice() else { unreachable!("{days:?}") };
    assert_eq!((of_config.config_id.as_str(), of_config.output_region.as_str()), (config_id.as_str(), "MAG"));
    let states = || of_config.days.iter().flat_map(|day| &day.states);
    assert_eq!(states().map(|count| count.batches as usize).sum::<usize>(), complete.len() + 1);
    let superseded = states().filter(|count| count.state == BatchState::Superseded);
    assert_eq!(superseded.map(|count| count.batches).sum::<u32>(), 1);
    assert!(of_config.days.windows(2).all(|pair| pair[0].day > pair[1].day), "newest first: {days:?}");

    let filter = BatchFilter { config_id: Some(config_id), ..BatchFilter::default() };
    let mut seen = Vec::new();
    let mut page = PageQuery { cursor: None, limit: Some(2) };
    loop {
        let answer = ada.client.list_batches(&filter, &page).await.unwrap();
        seen.extend(answer.items.into_iter().map(|batch| batch.id));
        page.cursor = answer.next_cursor;
        if page.cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), complete.len() + 1);
    assert_eq!(seen.iter().collect::<std::collections::BTreeSet<_>>().len(), seen.len());
}

#[tokio::test]
async fn a_batch_that_failed_is_shown_and_retried() {
    let (daemon, ada, config_id) = start(json!({ "policy": "release" })).await;
    let (_, keys) = ada.get("signing-keys").await;
    let key_id = keys["items"][0]["id"].as_str().unwrap();
    assert_eq!(keys["items"][0]["config_ids"], json!([config_id]));
    ada.client.revoke_signing_key(key_id, "compromised").await.unwrap();
    daemon.clock.advance(5 * HOUR);
    daemon.exporter().tick().await.unwrap();
    let failed = batches(&ada, "failed").await;
    let [failed] = failed.as_slice() else { unreachable!("{failed:#?}") };
    let attention = ada.client.status().await.unwrap().attention;
    let about = attention.iter().find(|one| one.kind == "batch-failed").unwrap();
    assert_eq!(about.facts.region.as_deref(), Some("MAG"));
    assert_eq!(
        (about.facts.window_start, about.facts.window_end),
        (Some(failed.window_start), Some(failed.window_end))
    );
    assert_eq!((&about.facts.reason, about.facts.reason.is_some()), (&failed.error, true));
    let message = failed.error_message.as_ref().unwrap();
    assert_eq!((&about.facts.reason_message, message.code.as_str()), (&Some(message.clone()), "sign.no-live-key"));
    assert_eq!(message.params["keys"][0]["code"], "not_live.revoked", "it is kept with its values: {message:?}");
    let attempt = ada.client.get_batch(&failed.id).await.unwrap().history.remove(0);
    assert_eq!((&attempt.error, &attempt.error_message), (&failed.error, &failed.error_message));
    let kinds: Vec<_> = attention.into_iter().map(|a| a.kind).collect();
    assert!(
        kinds.contains(&"batch-failed".to_owned()) && kinds.contains(&"no-live-signing-key".to_owned()),
        "{kinds:?}"
    );

    let fresh = provision_key(&daemon, &ada, "v2").await;
    let config = ada.client.get_export_config(&config_id).await.unwrap();
    let mut fields = config.fields;
    fields.signing_key_ids = vec![fresh];
    ada.client.update_export_config(&config_id, config.revision, &fields).await.unwrap();
    let retried = ada.client.retry_batch(&failed.id).await.unwrap();
    assert!(retried.next_attempt_at.is_none_or(|at| at <= daemon.clock.now()), "{retried:?}");
    daemon.exporter().tick().await.unwrap();
    assert_eq!(ada.client.get_batch(&failed.id).await.unwrap().state, BatchState::Complete);
    assert_eq!(ada.post(&format!("batches/{}/retry", failed.id), &json!(null)).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn keys_that_are_refused_are_reported_and_cost_no_other() {
    let daemon = Daemon::start().await;
    let server = daemon.join("key server", &[Role::Ingest]).await;
    let start = (daemon.clock.now().unix_seconds() / 86_400 - 3) * 144;
    let key = |key: &str, period: u32| json!({ "key": key, "rollingStartNumber": start, "rollingPeriod": period, "transmissionRisk": 3 });
    let body =
        format!("{}\n{}\nnot json\n", key("AAECAwQFBgcICQoLDA0ODw==", 144), key("AAECAwQFBgcICQoLDA0OEA==", 145));
    let report =
        server.client.import_teks(TekFormat::Ndjson, body.into_bytes(), &["MAG".to_owned()], false).await.unwrap();
    assert_eq!((report.accepted, report.refused), (1, 2), "{report:?}");
    assert_eq!(report.refusals.iter().map(|refusal| refusal.line).collect::<Vec<_>>(), [2, 3]);
    let bad_region = server.client.import_teks(TekFormat::Ndjson, b"{}".to_vec(), &["U S".to_owned()], false).await;
    assert!(bad_region.unwrap_err().to_string().contains("regions"));
}
