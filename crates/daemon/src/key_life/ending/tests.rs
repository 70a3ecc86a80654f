use super::*;
use proptest::prelude::*;
use serde_json::json;
use tekport_api::message::EndReason;

const DAY: i64 = 86_400;

fn at(days: i64) -> UtcTime {
    UtcTime::saturating(days * DAY)
}

/// A live key that was sent to nobody who is `missing` and that the others have confirmed. Its version's digit says
/// which are older.
fn key(name: &str, missing: &[Recipient]) -> (KeyName, Standing) {
    let state = |to| if missing.contains(&to) { ShareState::NotSent } else { ShareState::Confirmed };
    let standing = Standing {
        key_id: "310".to_owned(),
        rank: name.chars().last().and_then(|digit| digit.to_digit(10)).unwrap() as usize,
        live: true,
        ends: false,
        google: state(Recipient::Google),
        apple: state(Recipient::Apple),
    };
    (name.to_owned(), standing)
}

fn files(signers: &[&str], count: u32, until: i64) -> OfferedFiles {
    OfferedFiles { signers: signers.iter().map(|name| (*name).to_owned()).collect(), files: count, until: at(until) }
}

fn config(keys: &[&str], offered: Vec<OfferedFiles>) -> ConfigFacts {
    ConfigFacts {
        config_id: "c".to_owned(),
        output_region: "MAG".to_owned(),
        ended: false,
        keys: keys.iter().map(|name| (*name).to_owned()).collect(),
        offered,
    }
}

fn facts(keys: &[(KeyName, Standing)], configs: Vec<ConfigFacts>) -> Facts {
    Facts { keys: keys.iter().cloned().collect(), configs }
}

fn kinds(check: &EndCheck) -> Vec<&'static str> {
    let kind = |blocker: &EndBlocker| match blocker {
        EndBlocker::NotSigning => "not-signing",
        EndBlocker::OnlyLiveSigner { .. } => "only",
        EndBlocker::OnlyOlderKeys { .. } => "older",
        EndBlocker::SuccessorNotConfirmed { .. } => "unconfirmed",
        EndBlocker::FilesSignedAlone { .. } => "files",
    };
    check.blockers.iter().map(kind).collect()
}

#[test]
fn a_key_ends_once_its_successor_is_confirmed_and_signed_everything_offered() {
    let both = [Recipient::Google, Recipient::Apple];
    let rotating = |missing: &[Recipient], offered| {
        facts(&[key("v1", &[]), key("v2", missing)], vec![config(&["v2", "v1"], offered)]).end_of("v1", at(0))
    };
    let alone = || vec![files(&["v1"], 3, 9), files(&["v2", "v1"], 2, 14)];
    let waiting = rotating(&both, alone());
    assert_eq!((kinds(&waiting), waiting.earliest), (vec!["unconfirmed", "files"], None));
    assert_eq!(kinds(&rotating(&[Recipient::Apple], vec![])), ["unconfirmed"]);
    let confirmed = rotating(&[], alone());
    assert_eq!((kinds(&confirmed), confirmed.earliest), (vec!["files"], Some(at(9))));
    assert_eq!(rotating(&[], vec![files(&["v2", "v1"], 2, 14)]), EndCheck { earliest: Some(at(0)), blockers: vec![] });
}

#[test]
fn the_only_signer_a_dead_one_and_one_that_no_config_names() {
    let alone = facts(&[key("v1", &[])], vec![config(&["v1"], vec![])]);
    assert_eq!(kinds(&alone.end_of("v1", at(0))), ["only"]);
    assert_eq!(kinds(&alone.end_of("v9", at(0))), ["not-signing"]);
    let unnamed = facts(&[key("v1", &[])], vec![config(&[], vec![])]);
    assert_eq!(unnamed.end_of("v1", at(0)).earliest, Some(at(0)));
}

#[test]
fn a_successor_that_ends_itself_is_none() {
    let (name, standing) = key("v2", &[]);
    let ending = (name, Standing { ends: true, ..standing });
    let facts = facts(&[key("v1", &[]), ending], vec![config(&["v2", "v1"], vec![])]);
    assert_eq!(kinds(&facts.end_of("v1", at(0))), ["only"]);
}

#[test]
fn the_files_of_an_ended_config_count_and_its_keys_do_not() {
    let ended = ConfigFacts { ended: true, ..config(&["v1"], vec![files(&["v1"], 1, 5)]) };
    let check = facts(&[key("v1", &[])], vec![ended]).end_of("v1", at(0));
    assert_eq!((kinds(&check), check.earliest), (vec!["files"], Some(at(5))));
}

#[test]
fn a_signer_that_was_revoked_since_carries_no_file() {
    let (name, standing) = key("v0", &[]);
    let revoked = (name, Standing { live: false, ..standing });
    let offered = vec![files(&["v1", "v0"], 4, 7)];
    let check =
        facts(&[key("v1", &[]), key("v2", &[]), revoked], vec![config(&["v2", "v1"], offered)]).end_of("v1", at(0));
    assert_eq!((kinds(&check), check.earliest), (vec!["files"], Some(at(7))));
}

#[test]
fn dropping_a_key_from_a_config_is_ending_it_there() {
    let facts = facts(&[key("v1", &[]), key("v2", &[])], vec![config(&["v2"], vec![files(&["v1"], 1, 5)])]);
    assert_eq!(kinds(&facts.drop_of("v1", "c", at(0))), ["files"]);
    assert_eq!(kinds(&facts.drop_of("v9", "c", at(0))), Vec::<&str>::new());
}

#[test]
fn revoking_tells_what_stops_and_what_goes_on() {
    let keys = [key("v1", &[]), key("v2", &[Recipient::Apple]), key("v3", &[])];
    let named = |id: &str, keys: &[&str], offered| ConfigFacts { config_id: id.to_owned(), ..config(keys, offered) };
    let facts = facts(
        &keys,
        vec![
            named("stops", &["v1"], vec![files(&["v1"], 3, 5)]),
            named("waits", &["v2", "v1"], vec![files(&["v2", "v1"], 2, 5)]),
            named("goes on", &["v3", "v1"], vec![]),
            named("another's", &["v3"], vec![files(&["v3"], 9, 5)]),
        ],
    );
    let impact = facts.revocation_of("v1");
    let ids = |list: &[AffectedConfig]| list.iter().map(|one| one.config_id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&impact.stopped), ["stops"]);
    assert_eq!(ids(&impact.unconfirmed), ["waits"]);
    assert_eq!(ids(&impact.unaffected), ["goes on"]);
    assert_eq!((impact.files_offered, impact.files_signed_alone), (5, 3));
}

/// After a rotation `v1` stays confirmed until it ends, while iPhones hold `v2`.
#[test]
fn an_older_key_takes_over_from_none_that_apple_was_sent() {
    let both = [Recipient::Google, Recipient::Apple];
    let offered = || vec![files(&["v2", "v1"], 2, 14)];
    let facts = |keys: &[(KeyName, Standing)]| facts(keys, vec![config(&["v3", "v2", "v1"], offered())]);
    let of_v2 = |facts: &Facts| (kinds(&facts.end_of("v2", at(0))), facts.end_of("v2", at(0)).earliest);

    let confirmed = facts(&[key("v1", &[]), key("v2", &[])]);
    assert_eq!(of_v2(&confirmed), (vec!["older", "files"], None));
    assert_eq!(kinds(&confirmed.drop_of("v2", "c", at(0))), ["older", "files"]);
    let impact = confirmed.revocation_of("v2");
    assert_eq!((impact.unaffected.len(), impact.unconfirmed.len(), impact.stopped.len()), (0, 1, 0));
    assert_eq!(confirmed.end_of("v1", at(0)), EndCheck { earliest: Some(at(0)), blockers: vec![] });
    assert_eq!(confirmed.revocation_of("v1").unaffected.len(), 1);

    let sent = confirmed.with_share("v2", Recipient::Apple, ShareState::Sent);
    assert_eq!(of_v2(&sent), (vec!["older", "files"], None), "Apple may roll it out any day");
    let never_sent = facts(&[key("v1", &[]), key("v2", &[Recipient::Apple])]);
    assert_eq!(of_v2(&never_sent), (vec![], Some(at(0))), "iPhones still hold v1, and Android phones both");

    let successor = facts(&[key("v1", &[]), key("v2", &[]), key("v3", &both)]);
    assert_eq!(of_v2(&successor), (vec!["unconfirmed", "files"], None), "its successor is waited for");
    let successor = facts(&[key("v1", &[]), key("v2", &[]), key("v3", &[])]);
    assert_eq!(of_v2(&successor), (vec!["files"], Some(at(14))), "files without v3 are left to leave");
    assert_eq!(kinds(&successor.end_of("v1", at(0))), Vec::<&str>::new());

    let (name, standing) = key("v1", &[]);
    let of_another_id = (name, Standing { key_id: "311".to_owned(), ..standing });
    assert_eq!(of_v2(&facts(&[of_another_id, key("v2", &[])])), (vec![], Some(at(0))));
}

#[test]
fn a_config_names_every_newer_key_that_was_sent() {
    let both = [Recipient::Google, Recipient::Apple];
    let facts = |keys: &[(KeyName, Standing)]| facts(keys, vec![]);
    let left_out = |facts: &Facts, named: &[&str]| {
        let named: Vec<KeyName> = named.iter().map(|name| (*name).to_owned()).collect();
        facts.left_out(&named).iter().map(|one| format!("{} {}", one.named, one.newer)).collect::<Vec<_>>()
    };
    let rotated = facts(&[key("v1", &[]), key("v2", &[]), key("v3", &[Recipient::Apple])]);
    assert_eq!(left_out(&rotated, &["v1"]), ["v1 v3", "v1 v2"]);
    assert_eq!(left_out(&rotated, &["v2", "v1"]), ["v2 v3"]);
    assert_eq!(left_out(&rotated, &["v3"]), [""; 0]);
    assert_eq!(left_out(&rotated, &["v3", "v2", "v1"]), [""; 0]);
    assert_eq!(left_out(&rotated, &["another's"]), [""; 0]);
    assert_eq!(rotated.left_out(&["v1".to_owned()])[0].sent_to, [Recipient::Google]);
    let unsent = facts(&[key("v1", &[]), key("v2", &both)]);
    assert_eq!(left_out(&unsent, &["v1"]), [""; 0], "no phone has it");
    let changed = |change: fn(Standing) -> Standing| {
        let (name, standing) = key("v2", &[]);
        facts(&[key("v1", &[]), (name, change(standing))])
    };
    assert_eq!(left_out(&changed(|v2| Standing { live: false, ..v2 }), &["v1"]), [""; 0]);
    assert_eq!(left_out(&changed(|v2| Standing { ends: true, ..v2 }), &["v1"]), [""; 0]);
    assert_eq!(left_out(&changed(|v2| Standing { key_id: "311".to_owned(), ..v2 }), &["v1"]), [""; 0]);
}

#[test]
fn the_refusal_says_what_to_do() {
    let keys = [key("310 v1", &[]), key("310 v2", &[Recipient::Google, Recipient::Apple])];
    let facts = facts(&keys, vec![config(&["310 v2", "310 v1"], vec![files(&["310 v1"], 3, 20_000)])]);
    insta::assert_snapshot!(EndReason::all(&facts.end_of("310 v1", at(19_990))), @"MAG: Google and Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 3 files until 2024-10-04T00:00:00Z without the signature of a key that takes over; phones would refuse them. From when on it is allowed shows once that is done");
    let said = EndReason::all(&facts.end_of("310 v1", at(19_990)));
    let params = &said.message().params;
    assert_eq!((said.message().code.as_str(), &params["first"]["code"]), ("refused.then", &json!("end.not-confirmed")));
    assert_eq!(params["first"]["params"]["missing"], json!(["Google", "Apple"]));
    assert_eq!(params["second"]["params"]["second"], json!({ "code": "end.not-yet", "params": {} }));
    let confirmed = Facts { keys: [key("310 v1", &[]), key("310 v2", &[])].into_iter().collect(), ..facts };
    insta::assert_snapshot!(EndReason::all(&confirmed.end_of("310 v2", at(19_990))), @"MAG: only keys from before 310 v2 go on signing there, such as 310 v1, and Apple gives iPhones one key at a time, the newest: those that hold 310 v2 would refuse every new file; attach a successor first. From when on it is allowed shows once that is done");
    insta::assert_snapshot!(EndReason::all(&confirmed.end_of("310 v1", at(19_990))), @"MAG: the index offers 3 files until 2024-10-04T00:00:00Z without the signature of a key that takes over; phones would refuse them. It is allowed from 2024-10-04T00:00:00Z on");
}

fn any_standing() -> impl Strategy<Value = Standing> {
    let state = || prop::sample::select(vec![ShareState::NotSent, ShareState::Sent, ShareState::Confirmed]);
    (any::<bool>(), any::<bool>(), state(), state()).prop_map(|(live, ends, google, apple)| Standing {
        key_id: "310".to_owned(),
        rank: 0,
        live,
        ends,
        google,
        apple,
    })
}

/// Three keys of one id, `v1` the oldest.
fn any_facts() -> impl Strategy<Value = Facts> {
    let names = || prop::collection::btree_set(prop::sample::select(vec!["v1", "v2", "v3"]), 0..=3);
    let offered = prop::collection::vec((names(), 1..4_u32, 0..30_i64), 0..3);
    let config = (names(), any::<bool>(), offered).prop_map(|(keys, ended, offered)| ConfigFacts {
        ended,
        ..config(
            &keys.into_iter().collect::<Vec<_>>(),
            offered
                .into_iter()
                .map(|(signers, count, until)| files(&signers.into_iter().collect::<Vec<_>>(), count, until))
                .collect(),
        )
    });
    (prop::collection::vec(any_standing(), 3), prop::collection::vec(config, 0..3)).prop_map(|(standings, configs)| {
        let ranked = standings.into_iter().enumerate().map(|(rank, standing)| Standing { rank, ..standing });
        Facts { keys: ["v1", "v2", "v3"].map(str::to_owned).into_iter().zip(ranked).collect(), configs }
    })
}

fn any_key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["v1", "v2", "v3"])
}

/// The sets of keys that a phone may hold: an Android phone has every key that Google confirmed, an iPhone the newest
/// that Apple confirmed or, since Apple swaps at a time of its own, a later one that it was sent. Dead keys are on no
/// phone that counts.
fn phones(facts: &Facts) -> Vec<BTreeSet<KeyName>> {
    let live = || facts.keys.iter().filter(|(_, standing)| standing.live);
    let android = live().filter(|(_, key)| key.google == ShareState::Confirmed).map(|(name, _)| name.clone());
    let swapped_to = live().filter(|(_, key)| key.apple == ShareState::Confirmed).map(|(name, _)| name).next_back();
    let mut phones = vec![android.collect()];
    phones.extend(swapped_to.map(|name| BTreeSet::from([name.clone()])));
    let later = live().filter(|(name, _)| swapped_to.is_none_or(|confirmed| *name > confirmed));
    let sent = later.filter(|(_, key)| key.apple == ShareState::Sent);
    phones.extend(sent.map(|(name, _)| BTreeSet::from([name.clone()])));
    phones
}

/// Whether a phone accepts what these keys signed.
fn accepts(phone: &BTreeSet<KeyName>, mut signers: impl Iterator<Item = KeyName>) -> bool {
    signers.any(|name| phone.contains(&name))
}

proptest! {
    /// What the rules are for: an end that is allowed takes no file from any phone that accepts it, neither a new one
    /// of a config nor one that is still offered then, and leaves a key there that both companies gave to phones.
    #[test]
    fn an_end_that_is_allowed_takes_nothing_from_any_phone(facts in any_facts(), key in any_key()) {
        let Some(earliest) = facts.end_of(key, at(0)).earliest else { return Ok(()) };
        let live = |name: &&KeyName| facts.keys[*name].live;
        let given = |name: &KeyName| facts.keys[name].live && facts.keys[name].missing().is_empty();
        for config in &facts.configs {
            if !config.ended && config.keys.iter().any(|name| name == key) {
                let others = || config.keys.iter().filter(|name| *name != key);
                prop_assert!(others().any(|name| given(name) && !facts.keys[name].ends));
                for phone in phones(&facts) {
                    let before = accepts(&phone, config.keys.iter().filter(live).cloned());
                    prop_assert!(!before || accepts(&phone, others().filter(live).cloned()), "{phone:?}");
                }
            }
            for files in config.offered.iter().filter(|files| files.until > earliest && files.signers.contains(key)) {
                let others = || files.signers.iter().filter(|name| *name != key);
                prop_assert!(others().any(given));
                for phone in phones(&facts) {
                    let before = accepts(&phone, files.signers.iter().cloned());
                    prop_assert!(!before || accepts(&phone, others().cloned()), "{phone:?} {files:?}");
                }
            }
        }
    }

    /// Nobody waits for nothing: whatever stands in the way is a config or a file without a key that both companies
    /// gave to phones and that is not replaced by this one, until that very second.
    #[test]
    fn an_end_is_not_refused_without_need(facts in any_facts(), key in any_key()) {
        let check = facts.end_of(key, at(0));
        // A key goes from iPhones when Apple is sent a newer one, and v1 < v2 < v3.
        let kept = |name: &KeyName| name.as_str() > key || facts.keys[key].apple == ShareState::NotSent;
        let accepted = |name: &KeyName| {
            name != key && facts.keys[name].live && facts.keys[name].missing().is_empty() && kept(name)
        };
        let alone = |files: &OfferedFiles| files.signers.contains(key) && !files.signers.iter().any(accepted);
        match check.earliest {
            Some(earliest) => {
                let mut offered = facts.configs.iter().flat_map(|config| &config.offered);
                prop_assert!(earliest == at(0) || offered.any(|files| alone(files) && files.until == earliest));
            }
            None if facts.keys[key].live => {
                let relies = |name: &KeyName| accepted(name) && !facts.keys[name].ends;
                let needs = |config: &ConfigFacts| !config.ended && config.keys.contains(&key.to_owned());
                let bare = |config: &ConfigFacts| needs(config) && !config.keys.iter().any(relies);
                prop_assert!(facts.configs.iter().any(bare), "{check:?}");
            }
            None => prop_assert_eq!(check.blockers, [EndBlocker::NotSigning]),
        }
    }

    /// A confirmation of another key taken back never makes an end possible.
    #[test]
    fn fewer_confirmations_never_help(facts in any_facts(), key in any_key(), other in any_key()) {
        let without = facts.with_share(other, Recipient::Apple, ShareState::Sent);
        if key != other && facts.keys[other].apple == ShareState::Confirmed {
            prop_assert!(without.end_of(key, at(0)).earliest.is_none() || facts.end_of(key, at(0)).earliest.is_some());
        }
    }

    /// Whatever the others do, the newest key that Apple was sent goes on: its end is refused wherever it signs.
    #[test]
    fn the_newest_key_of_iphones_never_ends(facts in any_facts()) {
        let sent = |(_, key): &(&KeyName, &Standing)| key.live && key.apple != ShareState::NotSent;
        let Some((newest, _)) = facts.keys.iter().rfind(sent) else { return Ok(()) };
        let makes = |config: &ConfigFacts| !config.ended && config.keys.contains(newest);
        if facts.configs.iter().any(makes) {
            prop_assert_eq!(facts.end_of(newest, at(0)).earliest, None);
        }
    }

    /// With every key that is left out named as well, nothing is left out any more.
    #[test]
    fn naming_what_is_left_out_is_enough(facts in any_facts(), named in prop::collection::btree_set(any_key(), 0..=3)) {
        let mut named: Vec<KeyName> = named.into_iter().map(str::to_owned).collect();
        named.extend(facts.left_out(&named).into_iter().map(|one| one.newer));
        prop_assert_eq!(facts.left_out(&named), []);
    }
}
