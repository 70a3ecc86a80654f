//! The figures of RFC 9180's test vectors for the suite in use: mode base, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256,
//! AES-256-GCM. The appendix prints other suites; the vector file that goes with it has this one.

use super::*;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{setup_receiver, setup_sender_with_rng};
use serde_json::Value;
use std::convert::Infallible;

fn vectors() -> Value {
    serde_json::from_str(include_str!("rfc_9180.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

/// Gives out the sender's key material of the vectors, once.
struct Material(Vec<u8>);

impl TryRng for Material {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("key material is asked for as bytes")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("key material is asked for as bytes")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&std::mem::take(&mut self.0));
        Ok(())
    }
}

impl TryCryptoRng for Material {}

#[test]
fn key_pairs_are_derived_as_in_the_vectors() {
    let vectors = vectors();
    for (material, private, public) in [("ikmR", "skRm", "pkRm"), ("ikmE", "skEm", "enc")] {
        let (found_private, found_public) = SealingKem::derive_keypair(&bytes(&vectors[material]));
        assert_eq!(found_private.to_bytes().to_vec(), bytes(&vectors[private]));
        assert_eq!(found_public.to_bytes().to_vec(), bytes(&vectors[public]));
        let ours = SealingKey::from_bytes(&bytes(&vectors[private])).unwrap();
        assert_eq!(ours.public_key().point, bytes(&vectors[public]));
    }
}

#[test]
fn what_is_sealed_and_opened_is_that_of_the_vectors() {
    let vectors = vectors();
    let (info, plaintext) = (bytes(&vectors["info"]), bytes(&vectors["pt"]));
    let private = <SealingKem as Kem>::PrivateKey::from_bytes(&bytes(&vectors["skRm"])).unwrap();
    let public = SealingKem::sk_to_pk(&private);
    let (encapsulated, mut sender) = setup_sender_with_rng::<SealingAead, SealingKdf, SealingKem>(
        &OpModeS::Base,
        &public,
        &info,
        &mut Material(bytes(&vectors["ikmE"])),
    )
    .unwrap();
    assert_eq!(encapsulated.to_bytes().to_vec(), bytes(&vectors["enc"]));
    let mut receiver =
        setup_receiver::<SealingAead, SealingKdf, SealingKem>(&OpModeR::Base, &private, &encapsulated, &info).unwrap();
    let sealed = vectors["sealed"].as_object().unwrap();
    let mut compared = 0;
    for sequence in 0..=256 {
        let aad = format!("Count-{sequence}");
        let ciphertext = sender.seal(&plaintext, aad.as_bytes()).unwrap();
        if let Some(expected) = sealed.get(&sequence.to_string()) {
            assert_eq!(ciphertext, bytes(expected), "sequence {sequence}");
            assert_eq!(receiver.open(&bytes(expected), aad.as_bytes()).unwrap(), plaintext);
            compared += 1;
        } else {
            receiver.open(&ciphertext, aad.as_bytes()).unwrap();
        }
    }
    assert_eq!(compared, sealed.len());
    for (context, expected) in vectors["exports"].as_object().unwrap() {
        let mut exported = [0; 32];
        receiver.export(&hex::decode(context).unwrap(), &mut exported).unwrap();
        assert_eq!(exported.to_vec(), bytes(expected), "{context}");
    }
}

#[test]
fn the_first_message_opens_in_one_shot_as_our_own_opening_does_it() {
    let vectors = vectors();
    let private = <SealingKem as Kem>::PrivateKey::from_bytes(&bytes(&vectors["skRm"])).unwrap();
    let encapsulated = <SealingKem as Kem>::EncappedKey::from_bytes(&bytes(&vectors["enc"])).unwrap();
    let open = |info: &[u8], aad: &[u8]| {
        hpke::single_shot_open::<SealingAead, SealingKdf, SealingKem>(
            &OpModeR::Base,
            &private,
            &encapsulated,
            info,
            &bytes(&vectors["sealed"]["0"]),
            aad,
        )
    };
    let info = bytes(&vectors["info"]);
    assert_eq!(open(&info, b"Count-0").unwrap(), bytes(&vectors["pt"]));
    assert!(open(b"another info", b"Count-0").is_err());
    assert!(open(&info, b"Count-1").is_err());
}

/// A signing key sealed by the vectors' sender to the vectors' recipient opens through our own function.
#[test]
fn our_own_opening_opens_what_the_vectors_sender_seals() {
    let vectors = vectors();
    let daemon = SealingKey::from_bytes(&bytes(&vectors["skRm"])).unwrap();
    let key = SigningKey::generate().unwrap();
    let fingerprint = key.public_key().fingerprint();
    let info = SealContext { signing_key_id: "1", fingerprint: &fingerprint }.info(daemon.public_key());
    let public = <SealingKem as Kem>::PublicKey::from_bytes(&bytes(&vectors["pkRm"])).unwrap();
    let (encapsulated, mut sender) = setup_sender_with_rng::<SealingAead, SealingKdf, SealingKem>(
        &OpModeS::Base,
        &public,
        &info,
        &mut Material(bytes(&vectors["ikmE"])),
    )
    .unwrap();
    let ciphertext = sender.seal(&key.to_pkcs8_der().unwrap(), &[]).unwrap();
    let sealed = Sealed { encapsulated_key: encapsulated.to_bytes().to_vec(), ciphertext };
    assert_eq!(sealed.encapsulated_key, bytes(&vectors["enc"]));
    assert_eq!(daemon.open(&sealed, "1", &key.public_key()).unwrap().public_key(), key.public_key());
}
