//! The whole life of a signing key over the API: every transition, and every refusal with its words.

use crate::harness::{Daemon, Member, RETENTION_DAYS, fields, provision_key, provision_successor, read, register_key};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tekport_api::UtcTime;
use tekport_api::batch::{Batch, BatchFilter};
use tekport_api::client::TekFormat;
use tekport_api::page::PageQuery;
use tekport_api::people::Role;
use tekport_api::signing_key::{EndRequest, Recipient, RotationStep, ShareState, ShareUpdate};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// A daemon, somebody with every role, and a config of four-hour windows that `v1` signs.
struct Scene {
    daemon: Daemon,
    ada: Member,
    v1: String,
    config: String,
}

impl Scene {
    async fn new() -> Self {
        let daemon = Daemon::start().await;
        let ada = daemon.join("Ada", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
        let v1 = provision_key(&daemon, &ada, "v1").await;
        let (status, config) = ada.post("export-configs", &released(&daemon, "mag", &v1)).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        Self { daemon, ada, v1, config: config["id"].as_str().unwrap().to_owned() }
    }

    async fn put(&self, path: &str, body: Value) -> (StatusCode, Value) {
        read(self.ada.request(Method::PUT, path).json(&body).send().await.unwrap()).await
    }

    async fn state(&self, id: &str) -> Value {
        self.ada.get(&format!("signing-keys/{id}")).await.1["state"].clone()
    }

    /// A successor of `v1`, with the daemon.
    async fn successor(&self, version: &str) -> String {
        provision_successor(&self.daemon, &self.ada, version, Some(&self.v1)).await
    }

    async fn attach(&self, id: &str) -> (StatusCode, Value) {
        let revision = self.ada.client.get_export_config(&self.config).await.unwrap().revision;
        let body = json!({ "configs": [{ "id": self.config, "revision": revision }] });
        self.ada.post(&format!("signing-keys/{id}/attach"), &body).await
    }

    async fn share(&self, id: &str, recipient: Recipient, state: ShareState) {
        let update = ShareUpdate { state, at: None, note: String::new() };
        self.ada.client.record_share(id, recipient, &update).await.unwrap();
    }

    async fn confirm(&self, id: &str) {
        for recipient in Recipient::ALL {
            self.share(id, recipient, ShareState::Sent).await;
            self.share(id, recipient, ShareState::Confirmed).await;
        }
    }

    async fn end(&self, id: &str, ends_at: Option<UtcTime>) -> (StatusCode, Value) {
        self.put(&format!("signing-keys/{id}/end"), json!({ "ends_at": ends_at, "note": "" })).await
    }

    fn later(&self, seconds: i64) -> UtcTime {
        UtcTime::saturating(self.daemon.clock.now().unix_seconds() + seconds)
    }

    /// Uploads keys, waits until their window is exported, and returns its batch.
    async fn publish(&self, first: u8) -> Batch {
        let start = (self.daemon.clock.now().unix_seconds() / 86_400 - 3) * 144;
        let lines: Vec<String> = (first..first + 3)
            .map(|i| {
                use base64::{Engine, engine::general_purpose::STANDARD};
                let key = json!({
                    "key": STANDARD.encode([i; 16]), "rollingStartNumber": start, "rollingPeriod": 144,
                    "transmissionRisk": 3, "reportType": "confirmed",
                });
                key.to_string()
            })
            .collect();
        let body = lines.join("\n").into_bytes();
        let report = self.ada.client.import_teks(TekFormat::Ndjson, body, &["MAG".to_owned()], false).await.unwrap();
        assert_eq!(report.accepted, 3, "{report:?}");
        self.daemon.clock.advance(5 * HOUR);
        let ticked = self.daemon.exporter().tick().await.unwrap();
        assert_eq!(ticked.failed, [], "{ticked:?}");
        let filter = BatchFilter { config_id: Some(self.config.clone()), state: Some("complete".to_owned()) };
        let batches = self.ada.client.list_batches(&filter, &PageQuery::default()).await.unwrap().items;
        batches.into_iter().find(|batch| !batch.files.is_empty()).unwrap()
    }

    async fn tick(&self) {
        self.daemon.exporter().tick().await.unwrap();
    }

    async fn attention(&self) -> Vec<String> {
        self.ada.client.status().await.unwrap().attention.into_iter().map(|one| one.kind).collect()
    }

    async fn events(&self, id: &str) -> Vec<String> {
        let history = self.ada.client.key_history(id).await.unwrap();
        history
            .into_iter()
            .map(|event| serde_json::to_value(event.kind).unwrap().as_str().unwrap().to_owned())
            .collect()
    }
}

fn released(daemon: &Daemon, prefix: &str, key: &str) -> Value {
    let mut fields = fields(daemon, prefix, key);
    fields["small_batch"] = json!({ "policy": "release" });
    fields["excluded_regions"] = json!([]);
    fields
}

fn signers(batch: &Batch) -> Vec<String> {
    batch.files[0].signed_by.iter().map(|by| by.key_version.clone()).collect()
}

/// A refusal's words, with the times in it named.
fn words(answer: &(StatusCode, Value)) -> String {
    let (status, problem) = answer;
    let field = &problem["errors"][0];
    let text = if field.is_null() {
        problem["detail"].as_str().unwrap_or_default().to_owned()
    } else {
        format!("{}: {} | {}", field["field"], field["reason"], field["allowed"])
    };
    let words = text.split(' ').map(|word| if word.contains("T") && word.contains("Z") { "<time>" } else { word });
    format!("{status} {}", words.collect::<Vec<_>>().join(" "))
}

#[tokio::test]
async fn a_rotation_goes_from_one_key_to_the_next_without_a_gap() {
    let scene = Scene::new().await;
    assert_eq!(scene.state(&scene.v1).await, "introduced");
    scene.confirm(&scene.v1).await;
    assert_eq!(scene.state(&scene.v1).await, "active");
    assert_eq!(signers(&scene.publish(1).await), ["v1"]);
    let step = async || scene.ada.client.rotation(&scene.v1).await.unwrap();
    let begun = step().await;
    assert_eq!((begun.step, begun.suggested_version.as_str()), (RotationStep::Generate, "v2"));
    assert_eq!(begun.configs[0].after, ["310 v2", "310 v1"]);

    let v2 = scene.successor("v2").await;
    let generated = step().await;
    assert_eq!((generated.step, generated.successor.unwrap().id), (RotationStep::SignWithBoth, v2.clone()));
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK);
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK, "attached twice is attached");
    assert_eq!(scene.state(&v2).await, "introduced");
    assert_eq!(step().await.step, RotationStep::SendPublicKey);
    assert_eq!(signers(&scene.publish(10).await), ["v2", "v1"], "newest effective first");

    scene.share(&v2, Recipient::Google, ShareState::Sent).await;
    assert_eq!(step().await.step, RotationStep::SendPublicKey, "Apple wasn't sent it");
    scene.share(&v2, Recipient::Apple, ShareState::Sent).await;
    assert_eq!(step().await.step, RotationStep::Confirm);
    scene.confirm(&v2).await;
    let confirmed = step().await;
    assert_eq!(confirmed.step, RotationStep::EndOldKey);
    let earliest = confirmed.end.earliest.expect("only time is missing");
    let days = f64::from(u32::try_from(earliest.unix_seconds() - scene.later(0).unix_seconds()).unwrap()) / DAY as f64;
    assert!((13.0..=14.0).contains(&days), "the file that v1 signed alone leaves the index in {days} days");

    let (status, ending) = scene.end(&scene.v1, Some(earliest)).await;
    assert_eq!((status, &ending["state"]), (StatusCode::OK, &json!("retiring")), "{ending}");
    assert_eq!(step().await.step, RotationStep::Ending);
    assert_eq!(signers(&scene.publish(20).await), ["v2", "v1"]);
    scene.daemon.clock.advance(i64::from(RETENTION_DAYS) * DAY);
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retired");
    assert_eq!(step().await.step, RotationStep::Done);
    assert_eq!(signers(&scene.publish(30).await), ["v2"]);
    assert_eq!(
        scene.events(&scene.v1).await,
        [
            "generated",
            "provisioned",
            "attached",
            "introduced",
            "google",
            "google",
            "apple",
            "apple",
            "activated",
            "end-set",
            "retired"
        ]
    );
    let history = scene.ada.client.key_history(&scene.v1).await.unwrap();
    assert_eq!((history[0].by.as_str(), history[10].by.as_str()), ("Ada", "tekportd"));
}

#[tokio::test]
async fn a_key_is_not_sent_before_it_signs_everywhere() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    let send = async || {
        let body = json!({ "state": "sent", "at": null, "note": "" });
        words(&scene.put(&format!("signing-keys/{v2}/shares/google"), body).await)
    };
    insta::assert_snapshot!(send().await, @"409 Conflict 310 v2 doesn't sign yet, and phones that Google gives it to early would find no signature of it; attach it to the export configs first");
    let (_, other) = scene.ada.post("export-configs", &released(&scene.daemon, "other", &scene.v1)).await;
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK);
    insta::assert_snapshot!(send().await, @"409 Conflict 310 v2 doesn't sign in MAG yet, where its predecessor does; attach it there first, so that phones that Google gives it to early find its signature in every new file");
    let configs = json!({ "configs": [{ "id": other["id"], "revision": other["revision"] }] });
    assert_eq!(scene.ada.post(&format!("signing-keys/{v2}/attach"), &configs).await.0, StatusCode::OK);
    assert!(send().await.starts_with("200"));
    let future = json!({ "state": "sent", "at": scene.later(HOUR), "note": "" });
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{v2}/shares/apple"), future).await), @r#"422 Unprocessable Entity "at": <time> is in the future" | "a time since the key was registered that has passed, or nothing for now""#);
    let nobody = json!({ "state": "sent", "at": null, "note": "" });
    assert_eq!(scene.put(&format!("signing-keys/{v2}/shares/amazon"), nobody).await.0, StatusCode::NOT_FOUND);
    let long = json!({ "state": "sent", "at": null, "note": "x".repeat(501) });
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{v2}/shares/apple"), long).await), @r#"422 Unprocessable Entity "note": "the note is too long or holds control characters" | "at most 500 characters""#);
}

#[tokio::test]
async fn an_end_is_refused_while_phones_need_the_key() {
    let scene = Scene::new().await;
    scene.publish(1).await;
    let soon = Some(scene.later(DAY));
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: no other key goes on signing there; attach a successor first. MAG: the index offers 1 file until <time> that no other confirmed key signed; phones would refuse them. From when on it is allowed shows once that is done");
    let v2 = scene.successor("v2").await;
    insta::assert_snapshot!(words(&scene.end(&v2, soon).await), @"409 Conflict 310 v2 can't end at <time> It doesn't sign, so there is nothing to end. From when on it is allowed shows once that is done");
    scene.attach(&v2).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: Google and Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> that no other confirmed key signed; phones would refuse them. From when on it is allowed shows once that is done");
    scene.share(&v2, Recipient::Google, ShareState::Sent).await;
    scene.share(&v2, Recipient::Google, ShareState::Confirmed).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> that no other confirmed key signed; phones would refuse them. From when on it is allowed shows once that is done");
    scene.confirm(&v2).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, soon).await), @"409 Conflict 310 v1 can't end at <time> MAG: the index offers 1 file until <time> that no other confirmed key signed; phones would refuse them. It is allowed from <time> on");
    let earliest = scene.ada.client.key_end(&scene.v1).await.unwrap().earliest;
    assert_eq!(scene.end(&scene.v1, earliest).await.0, StatusCode::OK);
    insta::assert_snapshot!(words(&scene.end(&v2, Some(scene.later(60 * DAY))).await), @"409 Conflict 310 v2 can't end at <time> MAG: no other key goes on signing there; attach a successor first. From when on it is allowed shows once that is done");
}

#[tokio::test]
async fn an_end_moves_both_ways_until_it_has_come_and_only_earlier_afterwards() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    scene.confirm(&v2).await;
    insta::assert_snapshot!(words(&scene.end(&scene.v1, None).await), @"409 Conflict no end of 310 v1 is set, so there is none to take back");
    insta::assert_snapshot!(words(&scene.end(&scene.v1, Some(scene.later(-HOUR))).await), @r#"422 Unprocessable Entity "ends_at": <time> has passed" | <time> or later""#);
    for days in [3, 9, 2] {
        assert_eq!(scene.end(&scene.v1, Some(scene.later(days * DAY))).await.0, StatusCode::OK);
    }
    assert_eq!(scene.end(&scene.v1, None).await.1["state"], "introduced", "taken back, and never confirmed");
    assert_eq!(scene.end(&scene.v1, Some(scene.later(DAY))).await.0, StatusCode::OK);
    scene.daemon.clock.advance(DAY);
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retired");
    insta::assert_snapshot!(words(&scene.end(&scene.v1, None).await), @"409 Conflict 310 v1 ended at <time> and phones have had files without its signature since; an end that has come stays");
    insta::assert_snapshot!(words(&scene.end(&scene.v1, Some(scene.later(DAY))).await), @r#"422 Unprocessable Entity "ends_at": "the end of 310 v1 came at <time> an end that has come may only move earlier" | <time> or earlier""#);
    assert_eq!(scene.end(&scene.v1, Some(scene.later(-HOUR))).await.0, StatusCode::OK);
    assert_eq!(scene.state(&scene.v1).await, "retired");
    insta::assert_snapshot!(words(&scene.attach(&scene.v1).await), @"409 Conflict 310 v1 has ended and doesn't sign any more; generate its successor");
}

#[tokio::test]
async fn a_confirmation_that_an_end_relies_on_stays() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    scene.confirm(&v2).await;
    let back = async || {
        let body = json!({ "state": "sent", "at": null, "note": "recorded by mistake" });
        scene.put(&format!("signing-keys/{v2}/shares/apple"), body).await
    };
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    insta::assert_snapshot!(words(&back().await), @"409 Conflict the end of 310 v1 relies on Apple having confirmed 310 v2; take that end back first");
    scene.end(&scene.v1, None).await;
    assert_eq!(back().await.1["state"], "introduced");
}

#[tokio::test]
async fn an_end_that_would_silence_a_config_is_held_and_said_aloud() {
    let scene = Scene::new().await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    scene.confirm(&v2).await;
    scene.end(&scene.v1, Some(scene.later(DAY))).await;
    assert!(scene.attention().await.contains(&"key-ending".to_owned()));
    let revoked = scene.ada.client.revoke_signing_key(&v2, "its workstation was stolen").await.unwrap();
    assert!(revoked.revoked_at.is_some());
    scene.daemon.clock.advance(DAY);
    scene.tick().await;
    scene.tick().await;
    assert_eq!(scene.state(&scene.v1).await, "retiring", "it goes on signing");
    assert!(scene.attention().await.contains(&"key-end-held".to_owned()));
    let held = scene.events(&scene.v1).await.iter().filter(|kind| *kind == "end-held").count();
    assert_eq!(held, 1, "said once in its history");
    assert_eq!(signers(&scene.publish(1).await), ["v1"]);
}

#[tokio::test]
async fn a_config_keeps_the_keys_that_phones_need() {
    let scene = Scene::new().await;
    scene.publish(1).await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let edit = async |keys: Value| {
        let config = scene.ada.client.get_export_config(&scene.config).await.unwrap();
        let mut fields = serde_json::to_value(&config.fields).unwrap();
        fields["signing_key_ids"] = keys;
        let request = scene.ada.request(Method::PUT, &format!("export-configs/{}", scene.config));
        read(request.header("if-match", format!("\"{}\"", config.revision)).json(&fields).send().await.unwrap()).await
    };
    insta::assert_snapshot!(words(&edit(json!([v2])).await), @r#"422 Unprocessable Entity "signing_key_ids": "310 v1 can't be taken out. MAG: Google and Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 1 file until <time> that no other confirmed key signed; phones would refuse them. From when on it is allowed shows once that is done" | "keys that sign stay until their rotation ends them""#);
    let third = register_key(&scene.ada, "v3").await;
    assert_eq!(edit(json!([scene.v1, v2, third])).await.0, StatusCode::OK);
    assert_eq!(edit(json!([scene.v1, v2])).await.0, StatusCode::OK, "one that signed nothing may go");
    scene.ada.client.revoke_signing_key(&v2, "lost").await.unwrap();
    assert_eq!(edit(json!([scene.v1, v2])).await.0, StatusCode::OK, "a revoked key holds up no other edit");
    assert_eq!(edit(json!([scene.v1])).await.0, StatusCode::OK);
    insta::assert_snapshot!(words(&edit(json!([scene.v1, v2])).await), @r#"422 Unprocessable Entity "signing_key_ids[1]": "310 v2 was revoked" | "a signing key that is registered and hasn't ended""#);
}

#[tokio::test]
async fn attaching_is_all_or_nothing_at_the_revisions_that_were_looked_at() {
    let scene = Scene::new().await;
    let (_, other) = scene.ada.post("export-configs", &released(&scene.daemon, "other", &scene.v1)).await;
    let v2 = scene.successor("v2").await;
    let path = format!("signing-keys/{v2}/attach");
    let named = |id: &Value, revision: u32| json!({ "id": id, "revision": revision });
    let first = json!(scene.config);
    let stale = json!({ "configs": [named(&other["id"], 1), named(&first, 7)] });
    let answer = scene.ada.post(&path, &stale).await;
    assert_eq!(answer.0, StatusCode::PRECONDITION_FAILED);
    insta::assert_snapshot!(words(&answer), @"412 Precondition Failed the export config of MAG was changed since it was looked at: it has revision 1 now. Nothing was attached; look at the difference again, then repeat it");
    assert_eq!(scene.state(&v2).await, "generated", "nothing was attached");
    insta::assert_snapshot!(words(&scene.ada.post(&path, &json!({ "configs": [] })).await), @r#"422 Unprocessable Entity "configs": "no config is named" | "at least one, each once""#);
    let unknown = json!({ "configs": [named(&json!("nowhere"), 1)] });
    insta::assert_snapshot!(words(&scene.ada.post(&path, &unknown).await), @r#"422 Unprocessable Entity "configs[0].id": "there is no export config \"nowhere\"" | "the id of an export config, as lists show it""#);
    let twice = json!({ "configs": [named(&first, 1), named(&first, 2)] });
    assert!(matches!(
        scene.ada.post(&path, &twice).await.0,
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::PRECONDITION_FAILED
    ));
    assert_eq!(scene.state(&v2).await, "generated");
}

#[tokio::test]
async fn an_eleventh_key_is_refused_and_dead_ones_make_room() {
    let scene = Scene::new().await;
    for version in 2..=10 {
        let id = provision_key(&scene.daemon, &scene.ada, &format!("v{version}")).await;
        assert_eq!(scene.attach(&id).await.0, StatusCode::OK, "{version}");
    }
    let eleventh = provision_key(&scene.daemon, &scene.ada, "v11").await;
    insta::assert_snapshot!(words(&scene.attach(&eleventh).await), @"409 Conflict the export config of MAG has 10 keys that sign or will, and devices take no more signatures; end one of them first");
    scene.ada.client.revoke_signing_key(&scene.v1, "old").await.unwrap();
    assert_eq!(scene.attach(&eleventh).await.0, StatusCode::OK);
    let keys = scene.ada.client.get_export_config(&scene.config).await.unwrap().fields.signing_key_ids;
    assert!(keys.len() == 10 && !keys.contains(&scene.v1), "{keys:?}");
    assert_eq!(signers(&scene.publish(1).await).len(), 10);
}

#[tokio::test]
async fn a_compromised_key_is_revoked_replaced_and_its_files_made_anew() {
    let scene = Scene::new().await;
    scene.confirm(&scene.v1).await;
    let published = scene.publish(1).await;
    let impact = scene.ada.client.revocation_impact(&scene.v1).await.unwrap();
    assert_eq!((impact.stopped.len(), impact.files_offered, impact.files_signed_alone), (1, 1, 1), "{impact:?}");
    let path = format!("signing-keys/{}/regenerate-files", scene.v1);
    insta::assert_snapshot!(words(&scene.ada.post(&path, &Value::Null).await), @"409 Conflict 310 v1 isn't revoked; files of a key that phones may trust stay as they are");
    scene.ada.client.revoke_signing_key(&scene.v1, "seen on another machine").await.unwrap();
    insta::assert_snapshot!(words(&scene.ada.post(&path, &Value::Null).await), @"409 Conflict nothing can be made anew: no key is there to sign with in MAG; attach a successor there first");
    let v2 = scene.successor("v2").await;
    let rotation = scene.ada.client.rotation(&scene.v1).await.unwrap();
    assert_eq!(
        (rotation.step, &rotation.configs[0].after[..]),
        (RotationStep::SignWithBoth, &["310 v2".to_owned()][..])
    );
    assert_eq!(scene.attach(&v2).await.0, StatusCode::OK);
    let made = scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap();
    assert_eq!(made.batch_ids.len(), 1);
    scene.tick().await;
    let anew = scene.ada.client.get_batch(&made.batch_ids[0]).await.unwrap();
    assert_eq!(signers(&anew), ["v2"]);
    assert!(scene.ada.client.get_batch(&published.id).await.unwrap().files[0].withdrawn_at.is_some());
    assert_eq!(scene.ada.client.regenerate_files_of_key(&scene.v1).await.unwrap().batch_ids.len(), 0);
    scene.confirm(&v2).await;
    assert_eq!(scene.ada.client.rotation(&scene.v1).await.unwrap().step, RotationStep::Done);
}

#[tokio::test]
async fn a_successor_starts_with_what_its_predecessor_has() {
    let scene = Scene::new().await;
    let details = json!({
        "name": "Magrathea Health", "country": "US", "mcc": "310", "region": "", "android_package": "org.example.en",
        "ios_bundle_id": "org.example.en",
    });
    assert_eq!(
        scene.put(&format!("signing-keys/{}/authority", scene.v1), details.clone()).await.1["authority"],
        details
    );
    assert_eq!(
        scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 90 })).await.0,
        StatusCode::OK
    );
    insta::assert_snapshot!(words(&scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 3 })).await), @r#"422 Unprocessable Entity "rotation_days": "3 days are not allowed" | "30 to 1825 days""#);
    let key = tekport_keys::SigningKey::generate().unwrap().public_key().to_pem();
    let draft = |key_id: &str, predecessor: &str| {
        json!({
            "key_id": key_id, "key_version": "v2", "public_key_pem": key, "custody": "console", "predecessor_id": predecessor,
        })
    };
    insta::assert_snapshot!(words(&scene.ada.post("signing-keys", &draft("311", &scene.v1)).await), @r#"422 Unprocessable Entity "predecessor_id": "310 v1 has another key id than 311: phones look a key up by both, so a successor keeps the id and has the next version" | "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id""#);
    let nobody = "0193f7a0-0000-7000-8000-000000000001";
    insta::assert_snapshot!(words(&scene.ada.post("signing-keys", &draft("310", nobody)).await), @r#"422 Unprocessable Entity "predecessor_id": "there is no signing key 0193f7a0-0000-7000-8000-000000000001" | "the key of the same key id that signs now, or that was revoked while it signed; nothing for the first of a key id""#);
    let (status, v2) = scene.ada.post("signing-keys", &draft("310", &scene.v1)).await;
    assert_eq!(status, StatusCode::CREATED, "{v2}");
    assert_eq!((&v2["authority"], &v2["rotation_days"], &v2["custody"]), (&details, &json!(90), &json!("console")));
    scene.ada.client.note_backup(v2["id"].as_str().unwrap(), "in the safe").await.unwrap();
    assert_eq!(scene.events(v2["id"].as_str().unwrap()).await, ["generated", "backed-up"]);
}

#[tokio::test]
async fn people_are_warned_in_time() {
    let scene = Scene::new().await;
    assert_eq!(scene.attention().await, ["key-not-backed-up"]);
    scene.ada.client.note_backup(&scene.v1, "").await.unwrap();
    assert_eq!(scene.attention().await, [""; 0]);
    scene.share(&scene.v1, Recipient::Google, ShareState::Sent).await;
    scene.put(&format!("signing-keys/{}/plan", scene.v1), json!({ "rotation_days": 60 })).await;
    scene.daemon.clock.advance(12 * DAY);
    assert!(scene.attention().await.contains(&"key-unconfirmed".to_owned()));
    scene.confirm(&scene.v1).await;
    scene.daemon.clock.advance(20 * DAY);
    assert!(scene.attention().await.contains(&"key-rotation-due".to_owned()));
}

#[tokio::test]
async fn two_officers_see_the_same_rotation_and_only_officers_act() {
    let scene = Scene::new().await;
    let bob = scene.daemon.join("Bob", &[Role::SecurityOfficer]).await;
    let viewer = scene.daemon.join("Vera", &[Role::Viewer]).await;
    let v2 = scene.successor("v2").await;
    scene.attach(&v2).await;
    let update = ShareUpdate { state: ShareState::Sent, at: None, note: "to the onboarding form".to_owned() };
    bob.client.record_share(&v2, Recipient::Google, &update).await.unwrap();
    let seen = scene.ada.client.rotation(&scene.v1).await.unwrap();
    let google = seen.successor.unwrap().google;
    assert_eq!((google.by.as_deref(), google.note.as_str()), (Some("Bob"), "to the onboarding form"));
    assert_eq!(viewer.client.rotation(&scene.v1).await.unwrap().step, RotationStep::SendPublicKey);
    let request = EndRequest { ends_at: None, note: String::new() };
    assert!(viewer.client.set_key_end(&scene.v1, &request).await.is_err());
    assert!(viewer.client.attach_signing_key(&v2, &[]).await.is_err());
}
