use super::words::reasons;
use super::*;
use proptest::prelude::*;

const DAY: i64 = 86_400;

fn at(days: i64) -> UtcTime {
    UtcTime::saturating(days * DAY)
}

fn key(name: &str, missing: &[Recipient]) -> (KeyName, Standing) {
    (name.to_owned(), Standing { live: true, ends: false, missing: missing.to_vec() })
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

#[test]
fn the_refusal_says_what_to_do() {
    let keys = [key("310 v1", &[]), key("310 v2", &[Recipient::Google, Recipient::Apple])];
    let facts = facts(&keys, vec![config(&["310 v2", "310 v1"], vec![files(&["310 v1"], 3, 20_000)])]);
    insta::assert_snapshot!(reasons(&facts.end_of("310 v1", at(19_990))), @"MAG: Google and Apple didn't confirm 310 v2 yet; record the confirmation once it is there. MAG: the index offers 3 files until 2024-10-04T00:00:00Z that no other confirmed key signed; phones would refuse them. From when on it is allowed shows once that is done");
    let confirmed = Facts { keys: [key("310 v1", &[]), key("310 v2", &[])].into_iter().collect(), ..facts };
    insta::assert_snapshot!(reasons(&confirmed.end_of("310 v1", at(19_990))), @"MAG: the index offers 3 files until 2024-10-04T00:00:00Z that no other confirmed key signed; phones would refuse them. It is allowed from 2024-10-04T00:00:00Z on");
}

fn any_standing() -> impl Strategy<Value = Standing> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(live, ends, google, apple)| Standing {
        live,
        ends,
        missing: [(google, Recipient::Google), (apple, Recipient::Apple)]
            .into_iter()
            .filter_map(|(missing, recipient)| missing.then_some(recipient))
            .collect(),
    })
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let names = || prop::collection::btree_set(prop::sample::select(vec!["v1", "v2", "v3"]), 0..3);
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
        let names = ["v1", "v2", "v3"].map(str::to_owned);
        Facts { keys: names.into_iter().zip(standings).collect(), configs }
    })
}

proptest! {
    /// What the rules are for: after an end that is allowed, no config is without a key that both companies gave to
    /// phones, and every file that is still offered then carries such a key's signature.
    #[test]
    fn an_end_that_is_allowed_leaves_phones_with_a_signature(facts in any_facts()) {
        let Some(earliest) = facts.end_of("v1", at(0)).earliest else { return Ok(()) };
        let accepted = |name: &KeyName| name != "v1" && facts.keys[name].live && facts.keys[name].missing.is_empty();
        for config in &facts.configs {
            if !config.ended && config.keys.contains(&"v1".to_owned()) {
                prop_assert!(config.keys.iter().any(|name| accepted(name) && !facts.keys[name].ends));
            }
            for files in config.offered.iter().filter(|files| files.until > earliest) {
                prop_assert!(!files.signers.contains("v1") || files.signers.iter().any(accepted));
            }
        }
    }

    /// Nobody waits for nothing: whatever stands in the way is a phone that would go without, until that very second.
    #[test]
    fn an_end_is_not_refused_without_need(facts in any_facts()) {
        let check = facts.end_of("v1", at(0));
        let accepted = |name: &KeyName| name != "v1" && facts.keys[name].live && facts.keys[name].missing.is_empty();
        let alone = |files: &OfferedFiles| files.signers.contains("v1") && !files.signers.iter().any(accepted);
        match check.earliest {
            Some(earliest) => {
                let mut offered = facts.configs.iter().flat_map(|config| &config.offered);
                prop_assert!(earliest == at(0) || offered.any(|files| alone(files) && files.until == earliest));
            }
            None if facts.keys["v1"].live => {
                let relies = |name: &KeyName| accepted(name) && !facts.keys[name].ends;
                let needs = |config: &ConfigFacts| !config.ended && config.keys.contains(&"v1".to_owned());
                let bare = |config: &ConfigFacts| needs(config) && !config.keys.iter().any(relies);
                prop_assert!(facts.configs.iter().any(bare), "{check:?}");
            }
            None => prop_assert_eq!(check.blockers, [EndBlocker::NotSigning]),
        }
    }

    /// A confirmation taken back never makes an end possible.
    #[test]
    fn fewer_confirmations_never_help(facts in any_facts()) {
        let without = facts.without_confirmation("v2", Recipient::Apple);
        if without.end_of("v1", at(0)).earliest.is_some() {
            prop_assert!(facts.end_of("v1", at(0)).earliest.is_some());
        }
    }
}
