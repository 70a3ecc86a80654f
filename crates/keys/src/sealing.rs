//! Handing a signing key from a console to a daemon: HPKE (RFC 9180), base mode.
//!
//! DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The info string names the purpose, the daemon's sealing
//! key and the signing key, so that a sealed key taken from one registration doesn't open as another.

use crate::{NoRandomness, PublicKey, SigningKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use p256::SecretKey;
use p256::elliptic_curve::Generate;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

type SealingKem = hpke::kem::DhP256HkdfSha256;
type SealingKdf = hpke::kdf::HkdfSha256;
type SealingAead = hpke::aead::AesGcm256;

/// Why a sealing key or a sealed signing key can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealingError {
    /// The public key isn't a point of P-256.
    #[error("it is not a sealing key: an uncompressed P-256 point of 65 bytes in base64")]
    NotAPublicKey,
    /// The private key isn't a scalar of P-256.
    #[error("it is not the private half of a sealing key: 32 bytes of a P-256 key")]
    NotAPrivateKey,
    /// The base64 of a sealed key is damaged.
    #[error("the sealed key is not base64")]
    NotBase64,
    /// It doesn't open.
    #[error("the sealed key doesn't open: it was sealed to another daemon, for another signing key, or damaged")]
    DoesNotOpen,
    /// It opened, and holds something else than it was sent for.
    #[error("what was sealed is not the private half of the registered public key")]
    AnotherKey,
    /// The cipher refused.
    #[error("the signing key can't be sealed")]
    CannotSeal,
}

/// A signing key, encrypted so that only one daemon can open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The encapsulated key: an uncompressed P-256 point, 65 bytes.
    pub encapsulated_key: Vec<u8>,
    /// The encrypted PKCS#8 and its tag.
    pub ciphertext: Vec<u8>,
}

impl Sealed {
    /// Reads both parts from base64.
    ///
    /// # Errors
    /// When one of them is not base64.
    pub fn from_base64(encapsulated_key: &str, ciphertext: &str) -> Result<Self, SealingError> {
        let decode = |text: &str| STANDARD.decode(text.trim()).map_err(|_| SealingError::NotBase64);
        Ok(Self { encapsulated_key: decode(encapsulated_key)?, ciphertext: decode(ciphertext)? })
    }
}

/// Which signing key is handed over: sealer and opener must agree on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealContext<'a> {
    /// The registered key's id at the daemon.
    pub signing_key_id: &'a str,
    /// The registered public key's [fingerprint](PublicKey::fingerprint).
    pub fingerprint: &'a str,
}

impl SealContext<'_> {
    /// Each part behind its length, so that no two contexts share an encoding.
    fn info(&self, sealed_to: &SealingPublicKey) -> Vec<u8> {
        let mut info = b"tekport signing key hand-over v1".to_vec();
        for part in [sealed_to.point.as_slice(), self.signing_key_id.as_bytes(), self.fingerprint.as_bytes()] {
            info.extend((part.len() as u64).to_be_bytes());
            info.extend(part);
        }
        info
    }
}

/// A daemon's public sealing key, which consoles pin at enrolment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealingPublicKey {
    point: Vec<u8>,
}

impl SealingPublicKey {
    /// Reads an uncompressed SEC1 point (65 bytes) in base64.
    ///
    /// # Errors
    /// When it is anything else, or not on the curve.
    pub fn from_base64(text: &str) -> Result<Self, SealingError> {
        let point = STANDARD.decode(text.trim()).map_err(|_| SealingError::NotAPublicKey)?;
        <SealingKem as Kem>::PublicKey::from_bytes(&point).map_err(|_| SealingError::NotAPublicKey)?;
        Ok(Self { point })
    }

    /// Writes the point in base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(&self.point)
    }

    /// SHA-256 of the point, lower-case hex (64 characters).
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(&self.point))
    }
}

/// Encrypts a signing key so that only the daemon that holds `recipient`'s private half can open it, and only
/// for the registration that `context` names.
///
/// # Errors
/// When the cipher refuses, which it doesn't for keys of these types.
///
/// # Panics
/// When the operating system's random generator fails.
pub fn seal(recipient: &SealingPublicKey, key: &SigningKey, context: SealContext<'_>) -> Result<Sealed, SealingError> {
    let public =
        <SealingKem as Kem>::PublicKey::from_bytes(&recipient.point).map_err(|_| SealingError::NotAPublicKey)?;
    let pkcs8 = key.to_pkcs8_der().map_err(|_| SealingError::CannotSeal)?;
    let (encapsulated, ciphertext) = hpke::single_shot_seal::<SealingAead, SealingKdf, SealingKem>(
        &OpModeS::Base,
        &public,
        &context.info(recipient),
        &pkcs8,
        &[],
    )
    .map_err(|_| SealingError::CannotSeal)?;
    Ok(Sealed { encapsulated_key: encapsulated.to_bytes().to_vec(), ciphertext })
}

/// A daemon's private sealing key. Wiped when dropped; prints as `<redacted>`.
pub struct SealingKey {
    private: <SealingKem as Kem>::PrivateKey,
    public: SealingPublicKey,
}

impl SealingKey {
    /// Makes a new key from the operating system's random generator.
    ///
    /// # Errors
    /// When the generator gives no bytes.
    pub fn generate() -> Result<Self, NoRandomness> {
        let secret = SecretKey::try_generate().map_err(|_| NoRandomness)?;
        Self::from_bytes(&Zeroizing::new(secret.to_bytes())).map_err(|_| NoRandomness)
    }

    /// Reads the 32 bytes that [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// When they are not a P-256 private key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealingError> {
        let private = <SealingKem as Kem>::PrivateKey::from_bytes(bytes).map_err(|_| SealingError::NotAPrivateKey)?;
        let point = SealingKem::sk_to_pk(&private).to_bytes().to_vec();
        Ok(Self { private, public: SealingPublicKey { point } })
    }

    /// Writes the key as 32 bytes, in memory that wipes itself.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(vec![0; <SealingKem as Kem>::PrivateKey::size()]);
        self.private.write_exact(&mut bytes);
        bytes
    }

    /// The public half, which consoles pin.
    #[must_use]
    pub fn public_key(&self) -> &SealingPublicKey {
        &self.public
    }

    /// Decrypts a signing key and checks that it is the private half of `expected`.
    ///
    /// # Errors
    /// When it was sealed to another daemon or for another registration, or holds another key.
    pub fn open(
        &self,
        sealed: &Sealed,
        signing_key_id: &str,
        expected: &PublicKey,
    ) -> Result<SigningKey, SealingError> {
        let fingerprint = expected.fingerprint();
        let info = SealContext { signing_key_id, fingerprint: &fingerprint }.info(&self.public);
        let encapsulated = <SealingKem as Kem>::EncappedKey::from_bytes(&sealed.encapsulated_key)
            .map_err(|_| SealingError::DoesNotOpen)?;
        let pkcs8 = hpke::single_shot_open::<SealingAead, SealingKdf, SealingKem>(
            &OpModeR::Base,
            &self.private,
            &encapsulated,
            &info,
            &sealed.ciphertext,
            &[],
        )
        .map(Zeroizing::new)
        .map_err(|_| SealingError::DoesNotOpen)?;
        let key = SigningKey::from_pkcs8_der(&pkcs8).map_err(|_| SealingError::AnotherKey)?;
        if key.public_key() == *expected { Ok(key) } else { Err(SealingError::AnotherKey) }
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealingKey").field("private", &"<redacted>").field("public", &self.public).finish()
    }
}

#[cfg(test)]
mod known_answers;

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0193f7a0-0000-7000-8000-000000000001";

    fn sealed_for(daemon: &SealingKey, key: &SigningKey, id: &str) -> Sealed {
        let fingerprint = key.public_key().fingerprint();
        seal(daemon.public_key(), key, SealContext { signing_key_id: id, fingerprint: &fingerprint }).unwrap()
    }

    #[test]
    fn the_daemon_opens_what_was_sealed_to_it() {
        let daemon = SealingKey::from_bytes(&SealingKey::generate().unwrap().to_bytes()).unwrap();
        let key = SigningKey::generate().unwrap();
        let sealed = sealed_for(&daemon, &key, ID);
        let opened = daemon.open(&sealed, ID, &key.public_key()).unwrap();
        assert_eq!(opened.to_pkcs8_der().unwrap(), key.to_pkcs8_der().unwrap());
        let pkcs8 = key.to_pkcs8_der().unwrap();
        assert!(!sealed.ciphertext.windows(32).any(|part| pkcs8.windows(32).any(|secret| secret == part)));
    }

    #[test]
    fn another_daemon_another_registration_or_a_changed_byte_does_not_open_it() {
        let daemon = SealingKey::generate().unwrap();
        let key = SigningKey::generate().unwrap();
        let sealed = sealed_for(&daemon, &key, ID);
        let stranger = SealingKey::generate().unwrap();
        let fails = |daemon: &SealingKey, sealed: &Sealed, id: &str, expected: &PublicKey| {
            assert_eq!(daemon.open(sealed, id, expected).unwrap_err(), SealingError::DoesNotOpen);
        };
        fails(&stranger, &sealed, ID, &key.public_key());
        fails(&daemon, &sealed, "another id", &key.public_key());
        fails(&daemon, &sealed, ID, &SigningKey::generate().unwrap().public_key());
        for part in 0..2 {
            let mut damaged = sealed.clone();
            let bytes = if part == 0 { &mut damaged.encapsulated_key } else { &mut damaged.ciphertext };
            bytes[10] ^= 1;
            fails(&daemon, &damaged, ID, &key.public_key());
        }
        fails(&daemon, &Sealed { encapsulated_key: vec![], ciphertext: vec![] }, ID, &key.public_key());
    }

    #[test]
    fn a_key_sealed_under_anothers_fingerprint_is_caught() {
        let daemon = SealingKey::generate().unwrap();
        let (registered, sent) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        let fingerprint = registered.public_key().fingerprint();
        let context = SealContext { signing_key_id: ID, fingerprint: &fingerprint };
        let sealed = seal(daemon.public_key(), &sent, context).unwrap();
        assert_eq!(daemon.open(&sealed, ID, &registered.public_key()).unwrap_err(), SealingError::AnotherKey);
    }

    #[test]
    fn a_public_key_survives_base64_and_others_are_refused() {
        let public = SealingKey::generate().unwrap().public_key().clone();
        assert_eq!(SealingPublicKey::from_base64(&public.to_base64()), Ok(public.clone()));
        assert_eq!(public.fingerprint().len(), 64);
        let off_curve = STANDARD.encode([[4].as_slice(), &[1; 64]].concat());
        for text in ["", "AAAA", "no!", &off_curve] {
            assert_eq!(SealingPublicKey::from_base64(text), Err(SealingError::NotAPublicKey), "{text}");
        }
    }

    #[test]
    fn printing_the_private_half_shows_nothing_of_it() {
        let key = SealingKey::generate().unwrap();
        let printed = format!("{key:?}");
        assert!(printed.contains("<redacted>") && !printed.contains(&hex::encode(key.to_bytes())));
    }
}
