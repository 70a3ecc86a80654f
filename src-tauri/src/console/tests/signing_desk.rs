//! The signing desk: what is looked at, what is signed, and what isn't.

use super::awaiting::PERIOD;
use super::*;
use crate::SigningReview;
use tekport_api::batch::BatchState;
use tekport_api::signing_key::SigningKey;

/// A window that is closed at the tests' time.
pub(super) const START: i64 = 60 * PERIOD;

/// A desk with a key in console custody, and a config that it alone signs.
pub(super) async fn desk_with_key() -> (Desk, SigningKey) {
    let desk = Desk::enrolled().await;
    let key = desk.console.generate_signing_key(new_key("310", "v1", Custody::Console)).await.unwrap();
    desk.daemon.add_config("c1", &[&key]);
    (desk, key)
}

pub(super) async fn approve(desk: &Desk, config_id: &str) {
    let terms = desk.console.config_approval(config_id).await.unwrap().now;
    desk.console.approve_config(terms).await.unwrap();
}

fn failed(review: &SigningReview) -> Vec<&str> {
    let checks = review.checks.iter().chain(review.files.iter().flat_map(|file| &file.checks));
    checks.filter(|check| !check.passed).map(|check| check.name.as_str()).collect()
}

fn digests(review: &SigningReview) -> Vec<String> {
    review.files.iter().map(|file| file.digest.clone()).collect()
}

pub(super) fn signatures(desk: &Desk) -> usize {
    desk.daemon.awaiting.lock().unwrap().signed.len()
}

#[tokio::test]
async fn a_key_in_console_custody_stays_here_and_signs_what_was_reviewed() {
    let (desk, key) = desk_with_key().await;
    assert!(desk.daemon.opened.lock().unwrap().is_empty(), "nothing was handed over");
    desk.daemon.add_batch("b1", "c1", START, 2, 1);
    let tasks = desk.console.signing_tasks().await.unwrap();
    assert_eq!((tasks.len(), tasks[0].can_sign.as_slice()), (1, ["310 v1".to_owned()].as_slice()));

    approve(&desk, "c1").await;
    let review = desk.console.review_batch("b1").await.unwrap();
    assert!(review.acceptable && review.unattended, "{:?}", failed(&review));
    let file = &review.files[1];
    assert_eq!(
        (file.region.as_str(), file.keys, file.signers.as_slice()),
        ("MAG", 2, ["310 v1".to_owned()].as_slice())
    );
    assert_eq!(signatures(&desk), 0, "a review signs nothing");

    let signed = desk.console.sign_batch("b1", &digests(&review)).await.unwrap();
    assert_eq!(signed.state, BatchState::Complete);
    let expected: Vec<(String, String)> =
        digests(&review).into_iter().map(|digest| (key.fingerprint.clone(), digest)).collect();
    assert_eq!(desk.daemon.awaiting.lock().unwrap().signed, expected);
    assert!(desk.console.signing_tasks().await.unwrap().is_empty());
    assert_eq!(desk.console.review_batch("b1").await.unwrap_err().code, "not-awaiting");
}

#[tokio::test]
async fn a_person_may_sign_for_a_config_that_nobody_approved_and_nobody_else_may() {
    let (desk, _) = desk_with_key().await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let review = desk.console.review_batch("b1").await.unwrap();
    assert_eq!(
        (failed(&review).as_slice(), review.acceptable, review.unattended),
        (["config-approved"].as_slice(), true, false)
    );
    approve(&desk, "c1").await;
    desk.daemon.awaiting.lock().unwrap().configs[0].fields.storage_target = "mirror".to_owned();
    let review = desk.restarted(None).review_batch("b1").await.unwrap();
    assert_eq!((failed(&review).as_slice(), review.unattended), (["config-approved"].as_slice(), false));
    assert_eq!(review.config.changed, ["storage_target"]);
    desk.console.sign_batch("b1", &digests(&review)).await.unwrap();
    assert_eq!(signatures(&desk), 1);
}

#[tokio::test]
async fn only_what_was_seen_is_approved() {
    let (desk, _) = desk_with_key().await;
    let seen = desk.console.config_approval("c1").await.unwrap();
    assert_eq!((seen.approved, seen.approved_at), (None, None));
    desk.daemon.awaiting.lock().unwrap().configs[0].fields.path_prefix = "elsewhere".to_owned();
    assert_eq!(desk.console.approve_config(seen.now).await.unwrap_err().code, "changed-meanwhile");
    assert_eq!(desk.console.config_approval("c1").await.unwrap().approved, None);
}

/// Whatever a daemon that was tampered with says or sends, nothing is signed that isn't what it says, nor what the
/// config says.
#[tokio::test]
async fn each_thing_that_is_not_as_it_should_be_is_named_and_not_signed() {
    let (desk, key) = desk_with_key().await;
    approve(&desk, "c1").await;
    let rebuilt = |region: &str, start: i64, offset: u32, name: &str| {
        let mut signer = awaited(&key);
        signer.key_version = name.to_owned();
        awaiting::export_bin(start, start + PERIOD, offset, region, &[signer], 1)
    };
    let good = rebuilt("MAG", START, 0, "v1");
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let trailing = [good.as_slice(), &[0x78, 1]].concat();
    for (bytes, expected) in [
        (flipped, "digest"),
        (trailing, "format"),
        (rebuilt("KRI", START, 0, "v1"), "region"),
        (rebuilt("MAG", START - PERIOD, 0, "v1"), "window"),
        (rebuilt("MAG", START, 1, "v1"), "window"),
        (rebuilt("MAG", START, 0, "v2"), "signers"),
        (b"not an export".to_vec(), "format"),
    ] {
        desk.daemon.add_batch("b1", "c1", START, 1, 1);
        desk.daemon.replace_bin("b1", bytes, expected != "digest");
        let review = desk.console.review_batch("b1").await.unwrap();
        assert!(failed(&review).contains(&expected) && !review.acceptable, "{expected}: {:?}", failed(&review));
        let error = desk.console.sign_batch("b1", &digests(&review)).await.unwrap_err();
        assert_eq!(error.code, "review-failed", "{expected}");
        assert!(error.detail.contains(expected), "{}", error.detail);
    }
    assert_eq!(signatures(&desk), 0);
}

#[tokio::test]
async fn what_the_daemon_says_of_a_batch_is_held_against_the_config() {
    let (desk, _) = desk_with_key().await;
    approve(&desk, "c1").await;
    let later = UtcTime::saturating(desk.clock.now().unix_seconds() + 3_600);
    type Change<'a> = &'a dyn Fn(&mut tekport_api::batch::Batch, &mut tekport_api::batch::AwaitingSignature);
    let changes: [(&str, bool, Change<'_>); 6] = [
        ("batch-config", true, &|batch, _| batch.output_region = "KRI".to_owned()),
        ("window-closed", true, &|batch, _| batch.window_end = later),
        ("window-grid", true, &|batch, _| batch.window_start = UtcTime::saturating(START + 60)),
        ("signers-known", true, &|_, awaiting| awaiting.signers[0].fingerprint = "ab".repeat(32)),
        ("file-numbers", true, &|_, awaiting| awaiting.files[0].number = 0),
        ("counts", true, &|_, awaiting| awaiting.files[0].keys = 3),
    ];
    for (expected, blocks, change) in changes {
        desk.daemon.add_batch("b1", "c1", START, 1, 1);
        desk.daemon.change_batch("b1", change);
        if expected == "file-numbers" {
            desk.daemon.awaiting.lock().unwrap().bins[0].1 = 0;
        }
        let review = desk.console.review_batch("b1").await.unwrap();
        assert!(failed(&review).contains(&expected), "{expected}: {:?}", failed(&review));
        assert_eq!(review.acceptable, !blocks, "{expected}");
    }
}

#[tokio::test]
async fn files_that_changed_after_the_review_are_not_signed() {
    let (desk, _) = desk_with_key().await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let review = desk.console.review_batch("b1").await.unwrap();
    desk.daemon.add_batch("b1", "c1", START, 1, 2);
    assert_eq!(desk.console.sign_batch("b1", &digests(&review)).await.unwrap_err().code, "review-outdated");
    assert_eq!(desk.console.sign_batch("b1", &[]).await.unwrap_err().code, "review-outdated");
    assert_eq!(signatures(&desk), 0);
}

#[tokio::test]
async fn other_bytes_for_a_window_that_was_signed_take_a_person() {
    let (desk, _) = desk_with_key().await;
    approve(&desk, "c1").await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let first = desk.console.review_batch("b1").await.unwrap();
    desk.console.sign_batch("b1", &digests(&first)).await.unwrap();

    desk.daemon.add_batch("b2", "c1", START, 1, 1);
    let same = desk.console.review_batch("b2").await.unwrap();
    assert!(same.unattended, "the same bytes again: {:?}", failed(&same));
    desk.daemon.add_batch("b2", "c1", START, 1, 2);
    let other = desk.restarted(None).review_batch("b2").await.unwrap();
    assert_eq!(
        (failed(&other).as_slice(), other.acceptable, other.unattended),
        (["first-signature"].as_slice(), true, false)
    );
    desk.console.sign_batch("b2", &digests(&other)).await.unwrap();
    assert_eq!(signatures(&desk), 2);
}

#[tokio::test]
async fn a_batch_waits_only_for_keys_that_are_here_and_have_not_signed() {
    let (desk, mine) = desk_with_key().await;
    let theirs = desk.console.generate_signing_key(new_key("310", "v2", Custody::Console)).await.unwrap();
    let handed = desk.console.generate_signing_key(new_key("310", "v3", Custody::Daemon)).await.unwrap();
    desk.keychain.items.lock().unwrap().remove(&Item::SigningKey(theirs.fingerprint.clone()));
    desk.daemon.add_config("c2", &[&handed, &theirs, &mine]);
    desk.daemon.add_batch("b1", "c2", START, 2, 1);
    let review = desk.console.review_batch("b1").await.unwrap();
    assert_eq!(review.can_sign, ["310 v1"]);
    let signed = desk.console.sign_batch("b1", &digests(&review)).await.unwrap();
    assert_eq!(signed.state, BatchState::AwaitingSignature, "the others haven't signed");
    assert_eq!(desk.console.signing_tasks().await.unwrap()[0].can_sign, Vec::<String>::new());
    let review = desk.console.review_batch("b1").await.unwrap();
    assert!(!review.acceptable);
    assert_eq!(desk.console.sign_batch("b1", &digests(&review)).await.unwrap_err().code, "key-not-here");
    assert_eq!(signatures(&desk), 2);
}

#[tokio::test]
async fn a_locked_keychain_and_a_damaged_ledger_sign_nothing() {
    let (desk, _) = desk_with_key().await;
    desk.daemon.add_batch("b1", "c1", START, 1, 1);
    let review = desk.console.review_batch("b1").await.unwrap();
    desk.break_keychain();
    assert_eq!(desk.console.sign_batch("b1", &digests(&review)).await.unwrap_err().code, "keychain-locked");
    *desk.keychain.error.lock().unwrap() = None;
    std::fs::write(desk.folder.path().join("data/signed-files.jsonl"), "damage\n").unwrap();
    assert_eq!(desk.console.sign_batch("b1", &digests(&review)).await.unwrap_err().code, "data-folder");
    assert_eq!(signatures(&desk), 0);
}

fn awaited(key: &SigningKey) -> tekport_api::batch::AwaitedSigner {
    tekport_api::batch::AwaitedSigner {
        signing_key_id: key.id.clone(),
        key_id: key.key_id.clone(),
        key_version: key.key_version.clone(),
        fingerprint: key.fingerprint.clone(),
        custody: key.custody,
        signed: vec![],
    }
}
