//! The files for Google and Apple: every command that `message.txt` gives works, and the text is what is sent.

use crate::tool::Folder;
use tekport_keys::package::{Authority, KeyPackage, PackageError, Subject, make};
use tekport_keys::{SigningKey, SigningKeyError, import};

/// The key of RFC 6979, A.2.5, so that the message is the same in each run.
const KEY: &str = "-----BEGIN EC PRIVATE KEY-----
MDECAQEEIMmvqdhFunUWa1whV2ex1pNOUMPbNuibEnuKYisSD2choAoGCCqGSM49
AwEH
-----END EC PRIVATE KEY-----
";
const TIME: i64 = 1_750_000_000;

fn key() -> SigningKey {
    import::read(KEY.as_bytes(), None).unwrap()
}

fn authority() -> Authority<'static> {
    Authority {
        name: "Magrathea Health, \"Süd\"",
        country: "US",
        mcc: "310",
        region: "US-WA",
        android_package: "org.example.en_app",
        ios_bundle_id: "org.example.en-app",
    }
}

/// A package of `registered`, signed by `signer`.
fn make_with(registered: &SigningKey, signer: &SigningKey) -> Result<KeyPackage, PackageError<SigningKeyError>> {
    let public_key = &registered.public_key();
    let subject = Subject { key_id: "310", key_version: "v2", public_key, authority: authority() };
    make(&subject, TIME, |digest| signer.sign_digest(digest))
}

fn unpack(package: &KeyPackage) -> Folder {
    let folder = Folder::new();
    for file in &package.files {
        folder.write(&file.name, &file.content);
    }
    folder
}

#[test]
fn the_message_is_filled_in() {
    let package = make_with(&key(), &key()).unwrap();
    assert_eq!(package.name, "310-v2");
    let names: Vec<&str> = package.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["message.txt", "310-v2.pem", "challenge.txt", "challenge.sig", "certificate.pem"]);
    let text = |n: usize| String::from_utf8(package.files[n].content.clone()).unwrap();
    insta::assert_snapshot!("message", text(0));
    insta::assert_snapshot!("challenge", text(2));
    assert!(text(0).contains(&text(1)), "the PEM in the message is the file's");
}

#[test]
fn every_command_of_the_message_works() {
    let package = make_with(&key(), &key()).unwrap();
    let folder = unpack(&package);
    let message = String::from_utf8(folder.read("message.txt")).unwrap();
    let verify =
        message.lines().find(|line| line.contains("-verify")).unwrap().trim().strip_prefix("openssl ").unwrap();
    assert_eq!(folder.openssl(verify).trim(), "Verified OK");
    folder.openssl("pkey -pubin -in 310-v2.pem -outform DER -out public.der");
    let digest = folder.openssl("dgst -sha256 public.der");
    assert!(digest.trim().ends_with(&key().public_key().fingerprint()), "{digest}");
    let groups: String = key().public_key().fingerprint();
    let spoken = message.replace([' ', '\n'], "");
    assert!(spoken.contains(&groups), "the fingerprint is read out whole");

    folder.write("challenge.txt", b"another text");
    assert!(!folder.try_openssl(verify).0);
}

#[test]
fn the_certificate_is_the_keys_and_signed_by_it() {
    let folder = unpack(&make_with(&key(), &key()).unwrap());
    assert_eq!(folder.openssl("x509 -in certificate.pem -noout -pubkey"), key().public_key().to_pem());
    let verified = folder.openssl("verify -attime 1750000001 -check_ss_sig -CAfile certificate.pem certificate.pem");
    assert!(verified.contains("OK"), "{verified}");
    let (expired, said) = folder.try_openssl("verify -attime 1749999999 -CAfile certificate.pem certificate.pem");
    assert!(!expired && said.contains("not yet valid"), "{said}");
    let text = folder.openssl("x509 -in certificate.pem -noout -text -nameopt utf8,sep_comma_plus");
    for part in [
        "CN=310-v2",
        "O=Magrathea Health, \"Süd\"",
        "C=US",
        "ecdsa-with-SHA256",
        "CA:FALSE",
        "Digital Signature",
        "Jun 15 15:06:40 2025 GMT",
        "Jun 14 15:06:40 2030 GMT",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_package_that_another_key_signed_is_not_made() {
    let other = SigningKey::generate().unwrap();
    assert!(matches!(make_with(&key(), &other), Err(PackageError::AnotherKey)));
}

#[test]
fn a_key_that_does_not_sign_says_why() {
    let public_key = &key().public_key();
    let subject = Subject { key_id: "310", key_version: "v2", public_key, authority: authority() };
    let calls = std::cell::Cell::new(0);
    // The first signature is the challenge's, the second the certificate's.
    for failing in [1, 2] {
        calls.set(0);
        let made = make(&subject, TIME, |digest| {
            calls.set(calls.get() + 1);
            if calls.get() == failing { Err("the token is gone") } else { Ok(key().sign_digest(digest).unwrap()) }
        });
        assert!(matches!(made, Err(PackageError::Sign("the token is gone"))), "{made:?}");
    }
}

#[test]
fn a_package_for_a_whole_country_says_so() {
    let public_key = &key().public_key();
    let authority = Authority { region: "", ..authority() };
    let subject = Subject { key_id: "310", key_version: "v2", public_key, authority };
    let package = make(&subject, TIME, |digest| key().sign_digest(digest)).unwrap();
    let message = String::from_utf8(package.files[0].content.clone()).unwrap();
    assert!(message.contains("stateCode: none: the whole country"), "{message}");
}
