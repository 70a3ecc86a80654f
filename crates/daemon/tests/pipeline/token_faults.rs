//! What becomes of a token that is taken out, forgets its sessions, or refuses its PIN: each is said clearly, nothing
//! is tried too often, and everything goes on when the cause is gone.

use crate::softhsm::{LABEL, PIN, in_own_process};
use crate::token::{token_key, world_with};
use crate::world::{HOUR, World, draft, line};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use std::time::Duration;
use tekport_api::batch::BatchState::{Complete, Failed};
use tekportd::token::{Token, TokenError, TokenKeyId, TokenSettings};

fn id(byte: u8) -> TokenKeyId {
    TokenKeyId::new(vec![byte]).unwrap()
}

/// What a use of the token comes to, in words.
async fn said(token: &Token) -> String {
    token.list().await.unwrap_err().to_string()
}

#[test]
fn a_token_that_was_taken_out_is_named_and_used_again_when_it_is_back() {
    in_own_process("token_faults::a_token_that_was_taken_out_is_named_and_used_again_when_it_is_back", async |hsm| {
        let world = world_with(&hsm).await;
        let (key, _) = token_key(&world, "v1").await;
        let config = world.config(&draft("us", &[key])).await;
        world.import(&[line(1, "")]).await;
        hsm.take_out();
        world.tick_at(HOUR + 600).await;
        assert_eq!(world.states(config).await, [Failed]);
        let error = world.batches(config).await.remove(0).error.unwrap();
        assert!(error.starts_with("the signing key 310-v1 is in a token and didn't sign: "), "{error}");
        assert!(error.contains(&format!("there is no token labelled {LABEL:?}")), "{error}");
        assert!(matches!(world.token.as_ref().unwrap().last_error(), Some(TokenError::Absent { .. })));
        assert!(!world.exports().join("us").exists());

        hsm.put_back();
        world.tick_at(HOUR + 661).await;
        assert_eq!(world.states(config).await, [Complete]);
        assert_eq!(world.token.as_ref().unwrap().last_error(), None);
    });
}

#[test]
fn another_token_in_its_place_is_told_by_its_label() {
    in_own_process("token_faults::another_token_in_its_place_is_told_by_its_label", async |hsm| {
        hsm.initialise("another one");
        let settings = TokenSettings { label: "mistyped".to_owned(), ..hsm.settings() };
        let text = said(&Token::start(settings).unwrap()).await;
        assert!(text.contains("\"mistyped\"") && text.contains("\"another one\"") && text.contains(LABEL), "{text}");
    });
}

#[test]
fn two_tokens_of_one_label_are_not_chosen_from() {
    in_own_process("token_faults::two_tokens_of_one_label_are_not_chosen_from", async |hsm| {
        hsm.initialise(LABEL);
        assert_eq!(
            Token::start(hsm.settings()).unwrap().list().await.unwrap_err(),
            TokenError::Ambiguous { label: LABEL.to_owned(), count: 2 }
        );
    });
}

#[test]
fn a_lost_session_or_login_is_opened_anew_without_a_word() {
    in_own_process("token_faults::a_lost_session_or_login_is_opened_anew_without_a_word", async |hsm| {
        let settings = hsm.guarded();
        let token = Token::start(settings.clone()).unwrap();
        token.generate(id(1), "one".to_owned()).await.unwrap();
        let logins = hsm.logins().len();
        // The module is one for the whole process: what another part of it does there, happens to the daemon's session.
        let other = || {
            let module = Pkcs11::new(&settings.module).unwrap();
            let _ = module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
            module
        };
        let slot = other().get_slots_with_token().unwrap().remove(0);
        other().open_ro_session(slot).unwrap().logout().unwrap();
        assert!(token.sign(id(1), [7; 32]).await.is_ok(), "CKR_USER_NOT_LOGGED_IN");
        other().finalize().unwrap();
        assert!(token.sign(id(1), [7; 32]).await.is_ok(), "CKR_CRYPTOKI_NOT_INITIALIZED");
        other().finalize().unwrap();
        other();
        assert!(token.sign(id(1), [7; 32]).await.is_ok(), "CKR_SESSION_HANDLE_INVALID");
        assert_eq!(hsm.logins().len(), logins + 3, "each time it logged in once: {:?}", hsm.logins());
        assert_eq!(token.last_error(), None);
    });
}

#[test]
fn a_refused_pin_is_never_tried_twice() {
    in_own_process("token_faults::a_refused_pin_is_never_tried_twice", async |hsm| {
        let settings = hsm.guarded();
        hsm.write_pin("111111");
        let token = Token::start(settings.clone()).unwrap();
        for _ in 0..5 {
            let text = said(&token).await;
            assert!(text.contains("refused the PIN") && text.contains("written anew"), "{text}");
            assert!(!text.contains("111111"));
        }
        assert_eq!(hsm.logins(), ["wrong"], "asked again and again, it was tried once");

        // A command that knows nothing of the attempt spares the token.
        let sparing = Token::start(TokenSettings { sparing: true, ..settings }).unwrap();
        let text = said(&sparing).await;
        assert!(text.contains("had wrong PINs lately"), "{text}");
        drop(sparing);
        assert_eq!(hsm.logins(), ["wrong"]);

        hsm.write_pin(PIN);
        assert_eq!(token.list().await, Ok(vec![]));
        assert_eq!(hsm.logins(), ["wrong", "right"]);
        assert_eq!(token.last_error(), None);
    });
}

#[test]
fn the_last_attempt_is_left_to_a_person_and_a_locked_token_left_alone() {
    in_own_process("token_faults::the_last_attempt_is_left_to_a_person_and_a_locked_token_left_alone", async |hsm| {
        let settings = hsm.guarded();
        let token = Token::start(settings).unwrap();
        assert_eq!(token.list().await, Ok(vec![]));
        drop(token);
        for wrong in ["111111", "222222", "333333", PIN] {
            hsm.write_pin(wrong);
            // Each a daemon that was started again, and remembers nothing.
            let text = said(&Token::start(hsm.guarded()).unwrap()).await;
            let spared = text.contains("locks at the next one");
            assert_eq!(spared, !matches!(wrong, "111111" | "222222"), "{text}");
        }
        assert_eq!(hsm.logins(), ["right", "wrong", "wrong"]);

        // Somebody else uses the last attempt up.
        std::fs::write(hsm.folder.join("logins"), "wrong\nwrong\nwrong\n").unwrap();
        let token = Token::start(hsm.guarded()).unwrap();
        for _ in 0..3 {
            let text = said(&token).await;
            assert!(text.contains("is locked") && text.contains("C_InitPIN"), "{text}");
        }
        assert_eq!(hsm.logins().len(), 3, "a token that says it is locked isn't asked");

        // Unlocked, it is used again without a restart.
        std::fs::write(hsm.folder.join("logins"), "").unwrap();
        assert_eq!(token.list().await, Ok(vec![]));
    });
}

#[test]
fn a_locked_token_that_does_not_say_so_is_asked_once() {
    in_own_process("token_faults::a_locked_token_that_does_not_say_so_is_asked_once", async |hsm| {
        let settings = hsm.guarded();
        std::fs::write(hsm.folder.join("silent"), "").unwrap();
        std::fs::write(hsm.folder.join("logins"), "wrong\nwrong\nwrong\n").unwrap();
        let token = Token::start(settings).unwrap();
        for _ in 0..3 {
            assert!(said(&token).await.contains("is locked"));
        }
        assert_eq!(hsm.logins(), ["wrong", "wrong", "wrong", "locked"]);
    });
}

#[test]
fn a_key_that_nobody_waits_for_any_more_is_destroyed_again() {
    in_own_process("token_faults::a_key_that_nobody_waits_for_any_more_is_destroyed_again", async |hsm| {
        let token = Token::start(TokenSettings { time_limit: Duration::from_secs(1), ..hsm.guarded() }).unwrap();
        assert_eq!(token.list().await, Ok(vec![]));
        let hold = hsm.folder.join("hold");
        assert!(std::process::Command::new("mkfifo").arg(&hold).status().unwrap().success());
        assert_eq!(token.generate(id(1), "one".to_owned()).await, Err(TokenError::NoAnswer(1)));
        assert_eq!(token.last_error(), Some(TokenError::NoAnswer(1)));
        // Asked while the token hangs, and given up: it is never made.
        assert_eq!(token.generate(id(2), "two".to_owned()).await, Err(TokenError::NoAnswer(1)));
        let pipe = std::fs::File::options().write(true).open(&hold).unwrap();
        std::fs::remove_file(&hold).unwrap();
        std::io::Write::write_all(&mut &pipe, b"!").unwrap();
        let mut answer = token.list().await;
        while answer == Err(TokenError::NoAnswer(1)) {
            answer = token.list().await;
        }
        assert_eq!(answer, Ok(vec![]), "neither pair is left");
        assert_eq!(token.last_error(), None);
    });
}

#[test]
fn a_missing_or_foreign_module_is_named() {
    in_own_process("token_faults::a_missing_or_foreign_module_is_named", async |hsm| {
        let with = |module: &str| Token::start(TokenSettings { module: module.into(), ..hsm.settings() }).unwrap();
        let text = said(&with("/nowhere/module.so")).await;
        assert!(text.starts_with("the PKCS#11 module /nowhere/module.so isn't there"), "{text}");
        let no_library = hsm.folder.join("softhsm2.conf");
        let text = said(&with(no_library.to_str().unwrap())).await;
        assert!(text.contains("can't be loaded") && text.contains("softhsm2.conf"), "{text}");
    });
}

#[test]
fn a_pin_that_cannot_be_read_is_told_and_read_once_it_can() {
    in_own_process("token_faults::a_pin_that_cannot_be_read_is_told_and_read_once_it_can", async |hsm| {
        std::fs::remove_file(hsm.pin_file()).unwrap();
        let token = Token::start(hsm.settings()).unwrap();
        assert!(said(&token).await.contains("can't be read"));
        hsm.write_pin(PIN);
        assert_eq!(token.list().await, Ok(vec![]));
    });
}

#[test]
fn only_p256_keys_are_listed_and_others_are_refused_by_the_name_of_their_curve() {
    in_own_process(
        "token_faults::only_p256_keys_are_listed_and_others_are_refused_by_the_name_of_their_curve",
        async |hsm| {
            hsm.import("P-256", "01", "imported");
            hsm.import("P-384", "02", "too large");
            hsm.import("secp521r1", "03", "larger");
            let token = Token::start(hsm.settings()).unwrap();
            let listed: Vec<String> = token.list().await.unwrap().into_iter().map(|pair| pair.label).collect();
            assert_eq!(listed, ["imported"]);
            for (byte, curve) in [(2, "P-384"), (3, "P-521")] {
                for error in [token.find(id(byte)).await.unwrap_err(), token.sign(id(byte), [7; 32]).await.unwrap_err()]
                {
                    assert!(error.to_string().contains(curve), "{error}");
                }
            }
            assert!(matches!(token.find(id(9)).await, Err(TokenError::NoKey { .. })));
            hsm.import("P-256", "01", "twin");
            assert_eq!(token.find(id(1)).await, Err(TokenError::SeveralKeys { id: id(1), count: 2 }));
        },
    );
}

#[test]
fn a_key_of_a_token_without_the_token_says_what_to_configure() {
    in_own_process("token_faults::a_key_of_a_token_without_the_token_says_what_to_configure", async |hsm| {
        let world = world_with(&hsm).await;
        let (key, _) = token_key(&world, "v1").await;
        let config = world.config(&draft("us", &[key])).await;
        world.import(&[line(1, "")]).await;
        let world = World { token: None, ..world };
        world.tick_at(HOUR + 600).await;
        let error = world.batches(config).await.remove(0).error.unwrap();
        assert!(error.contains("the configuration names none; add the `[token]` section"), "{error}");
    });
}
