//! Batches that keys in a PKCS#11 token sign, beside those of other custodies.

use crate::crash::StopAt;
use crate::softhsm::{SoftHsm, in_own_process};
use crate::world::{HOUR, World, data, draft, line};
use std::collections::BTreeSet;
use std::process::Command;
use tekport_api::batch::BatchState::{AwaitingSignature, Complete};
use tekport_api::export_config::ExportConfigDraft;
use tekport_api::signing_key::{Custody, SigningKeySpec};
use tekport_export_file::{DerSignature, ExportFile, KeyId, KeyVersion, KnownKey};
use tekportd::exporter::ExporterError;
use tekportd::exporter::checkpoint::Interrupted;
use tekportd::store::{Store, new_id, signatures, signing_keys};
use tekportd::token::{Token, TokenKeyId, TokenKeyPair};
use uuid::Uuid;

/// A world whose daemon has the token.
pub(crate) async fn world_with(hsm: &SoftHsm) -> World {
    World { token: Some(Token::start(hsm.settings()).unwrap()), ..World::new().await }
}

/// Has the token make a key, and registers it.
pub(crate) async fn token_key(world: &World, version: &str) -> (Uuid, TokenKeyPair) {
    let token = world.token.as_ref().unwrap();
    let cka_id = TokenKeyId::new(version.as_bytes().to_vec()).unwrap();
    let pair = token.generate(cka_id.clone(), format!("310 {version}")).await.unwrap();
    let id = new_id(world.clock.now());
    let spec = SigningKeySpec {
        key_id: KeyId::parse("310").unwrap(),
        key_version: KeyVersion::parse(version).unwrap(),
        public_key: pair.public_key.clone(),
        custody: Custody::Hsm,
        predecessor_id: None,
    };
    let mut transaction = world.store.begin().await.unwrap();
    signing_keys::insert(&mut *transaction, id, &spec, "test", world.clock.now()).await.unwrap();
    signing_keys::set_token_key(&mut *transaction, id, &cka_id.to_string()).await.unwrap();
    transaction.commit().await.unwrap();
    (id, pair)
}

fn verified_by(file: &ExportFile, pair: &TokenKeyPair) -> bool {
    let known = KnownKey { name: None, key: *pair.public_key.verifying_key() };
    file.verify(&[known]).iter().any(|outcome| outcome.verified())
}

#[test]
fn a_batch_is_signed_in_the_token_and_openssl_agrees() {
    in_own_process("token::a_batch_is_signed_in_the_token_and_openssl_agrees", async |hsm| {
        let world = world_with(&hsm).await;
        let (id, pair) = token_key(&world, "v1").await;
        assert!(!pair.extractable);
        let split = ExportConfigDraft { max_records_per_file: 100, ..draft("us", &[id]) };
        let config = world.config(&split).await;
        world.import(&(0..250).map(|number| line(number, "")).collect::<Vec<_>>()).await;
        let report = world.tick_at(HOUR + 600).await;
        assert_eq!((report.failed, world.states(config).await), (vec![], vec![Complete]));
        let lines = world.index("us");
        assert_eq!(lines.len(), 3, "the window was split");
        let key = hsm.folder.join("public.pem");
        std::fs::write(&key, pair.public_key.to_pem()).unwrap();
        for line in lines {
            let bytes = std::fs::read(world.exports().join(&line)).unwrap();
            let file = ExportFile::open(&bytes).unwrap();
            assert!(verified_by(&file, &pair), "{line}");
            let (bin, signature) = (hsm.folder.join("export.bin"), hsm.folder.join("signature.der"));
            std::fs::write(&signature, file.signatures()[0].signature.unwrap().to_vec()).unwrap();
            let unzipped =
                Command::new("unzip").args(["-p"]).arg(world.exports().join(&line)).arg("export.bin").output();
            std::fs::write(&bin, unzipped.unwrap().stdout).unwrap();
            let mut openssl = Command::new("openssl");
            openssl.args(["dgst", "-sha256", "-verify"]).arg(&key).arg("-signature").arg(signature).arg(bin);
            let said = String::from_utf8(openssl.output().unwrap().stdout).unwrap();
            assert_eq!(said, "Verified OK\n", "{line}");
        }
    });
}

#[test]
fn keys_of_all_three_custodies_sign_one_file() {
    in_own_process("token::keys_of_all_three_custodies_sign_one_file", async |hsm| {
        let world = world_with(&hsm).await;
        let daemon = world.signing_key("v1").await;
        let (in_token, pair) = token_key(&world, "v2").await;
        let console = world.console_key("v3").await;
        let config = world.config(&draft("us", &[daemon, in_token, console.0])).await;
        world.import(&[line(1, "")]).await;
        world.tick_at(HOUR + 600).await;
        assert_eq!(world.states(config).await, [AwaitingSignature]);
        let batch = world.batches(config).await.remove(0);
        let unsigned = world.unsigned(batch.id).await.remove(0);
        let mut transaction = world.store.begin().await.unwrap();
        let kept = signatures::find(&mut *transaction, &unsigned.digest, in_token).await.unwrap().unwrap();
        assert_eq!(kept.made_by, "tekportd", "the token has signed what awaits the console");
        drop(transaction);
        // From now on the token isn't needed for this batch.
        hsm.take_out();
        world.sign(batch.id, &console).await;
        assert_eq!(world.tick().await.completed, [batch.id]);
        let file = world.open(&world.index("us")[0]);
        assert_eq!((file.signatures().len(), file.keys().len()), (3, 1));
        assert!(verified_by(&file, &pair));
        let in_file = file.signatures().iter().find(|signature| signature.info.key_version == "v2").unwrap();
        assert_eq!(in_file.signature, Ok(kept.signature));
        assert_eq!(world.published("us"), [data(1)]);
    });
}

#[test]
fn a_token_that_is_away_keeps_no_officer_from_signing() {
    in_own_process("token::a_token_that_is_away_keeps_no_officer_from_signing", async |hsm| {
        let world = world_with(&hsm).await;
        let (in_token, pair) = token_key(&world, "v2").await;
        let console = world.console_key("v3").await;
        let config = world.config(&draft("us", &[in_token, console.0])).await;
        world.import(&[line(1, "")]).await;
        hsm.take_out();
        let report = world.tick_at(HOUR + 600).await;
        assert_eq!((report.failed, world.states(config).await), (vec![], vec![AwaitingSignature]));
        let batch = world.batches(config).await.remove(0);
        let tokens = async || {
            let unsigned = world.unsigned(batch.id).await.remove(0);
            let mut transaction = world.store.begin().await.unwrap();
            signatures::find(&mut *transaction, &unsigned.digest, in_token).await.unwrap()
        };
        assert!(tokens().await.is_none());
        // Back while the console's is still missing: the next tick makes up for it.
        hsm.put_back();
        world.tick().await;
        assert_eq!((tokens().await.is_some(), world.states(config).await), (true, vec![AwaitingSignature]));
        world.sign(batch.id, &console).await;
        assert_eq!(world.tick().await.completed, [batch.id]);
        assert!(verified_by(&world.open(&world.index("us")[0]), &pair));

        // Away until after the officer has signed: then it is the token that the batch waits for, and says so.
        world.import(&[line(2, "")]).await;
        hsm.take_out();
        world.tick_at(2 * HOUR + 600).await;
        let batch = world.batches(config).await.remove(1);
        world.sign(batch.id, &console).await;
        let report = world.tick().await;
        assert!(report.failed[0].1.contains("is in a token and didn't sign"), "{report:?}");
        hsm.put_back();
        assert_eq!(world.tick_at(2 * HOUR + 661).await.completed, [batch.id], "the console isn't asked again");
    });
}

#[test]
fn killed_after_any_step_the_file_keeps_the_tokens_signature() {
    in_own_process("token::killed_after_any_step_the_file_keeps_the_tokens_signature", async |hsm| {
        let mut seen = BTreeSet::new();
        for stop in 1.. {
            let world = world_with(&hsm).await;
            let (id, pair) = token_key(&world, &format!("v{stop}")).await;
            let daemon = world.signing_key("d1").await;
            world.config(&draft("us", &[id, daemon])).await;
            world.import(&[line(1, ""), line(2, "")]).await;
            world.clock.advance(HOUR + 600);
            let stopped = match world.exporter_with("one", Box::new(StopAt::new(stop))).tick().await {
                Ok(_) => break,
                Err(ExporterError::Interrupted(Interrupted(step))) => step,
                Err(error) => panic!("{error}"),
            };
            seen.insert(format!("{stopped:?}"));
            let left = zips(&world);
            let signed_before = signed(&world).await;
            // Another process opens what the killed one left.
            let path = world.folder.path().join("tekport.db");
            let world = World { store: Store::open(&path).await.unwrap(), ..world };
            let report = world.tick().await;
            assert_eq!((report.failed, report.problems), (vec![], vec![]), "stopped after {stopped:?}");
            let after = zips(&world);
            assert_eq!(after.len(), 1);
            for (before, after) in left.iter().zip(&after) {
                assert_eq!(before, after, "stopped after {stopped:?}: the file has other bytes than before");
            }
            let signed_after = signed(&world).await;
            assert_eq!(signed_after.len(), 1, "stopped after {stopped:?}: one signature, whatever happened");
            assert!(signed_before.iter().all(|signature| signed_after.contains(signature)));
            let file = world.open(&world.index("us")[0]);
            assert!(verified_by(&file, &pair));
            assert!(file.signatures().iter().any(|signature| signature.signature == Ok(signed_after[0])));
        }
        for step in ["Leased", "FilesMade", "Signed", "FilesRecorded", "FileStored", "FilesVerified", "Completed"] {
            assert!(seen.contains(step), "{step} was never killed: {seen:?}");
        }
    });
}

/// The zips under the prefix.
fn zips(world: &World) -> Vec<Vec<u8>> {
    let entries =
        std::fs::read_dir(world.exports().join("us")).into_iter().flatten().map(|entry| entry.unwrap().path());
    let zips = entries.filter(|path| path.extension().is_some_and(|extension| extension == "zip"));
    zips.map(|path| std::fs::read(path).unwrap()).collect()
}

/// Every signature that is kept.
async fn signed(world: &World) -> Vec<DerSignature> {
    let mut transaction = world.store.begin().await.unwrap();
    let kept: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT signature FROM signatures").fetch_all(&mut *transaction).await.unwrap();
    kept.iter().map(|bytes| DerSignature::from_der(bytes).unwrap()).collect()
}
