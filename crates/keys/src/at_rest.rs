//! Encryption of secrets in the store under the daemon's root key.
//!
//! AES-256-GCM with a random nonce. The associated data names table, row and column, so that a ciphertext moved
//! to another place in the database doesn't open. Not protected: that a secret exists, its length, and an old
//! value put back in its own place.

use crate::NoRandomness;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt;
use zeroize::Zeroizing;

/// The first byte of every ciphertext: what follows is a nonce of 12 bytes and AES-256-GCM.
const VERSION: u8 = 1;
const TAG_BYTES: usize = 16;

/// Why a root key or a ciphertext can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AtRestError {
    /// The root key has the wrong length.
    #[error("a root key is 32 bytes, base64 in a line; this one has {0} bytes")]
    RootKeyLength(usize),
    /// The root key isn't base64.
    #[error("a root key is 32 bytes, base64 in a line; this text is not base64")]
    RootKeyText,
    /// The ciphertext was cut off.
    #[error("the encrypted value is {0} bytes long: too short, it was cut off")]
    TooShort(usize),
    /// Another version of tekportd wrote it.
    #[error("the encrypted value has version {0}; this program reads version {VERSION}")]
    UnknownVersion(u8),
    /// The tag doesn't fit.
    #[error("the encrypted value doesn't open: another root key, another place in the database, or damage")]
    DoesNotOpen,
    /// No nonce could be made, or the cipher refused.
    #[error("the value can't be encrypted")]
    CannotEncrypt,
}

/// The place in the store that a ciphertext belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding<'a> {
    /// The table: `signing_keys`.
    pub table: &'a str,
    /// The row's primary key.
    pub row: &'a str,
    /// The column: `sealed`.
    pub column: &'a str,
}

impl Binding<'_> {
    /// Each part behind its length, so that no two places share an encoding.
    fn encode(self) -> Vec<u8> {
        let mut bytes = b"tekport at rest".to_vec();
        bytes.push(VERSION);
        for part in [self.table, self.row, self.column] {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        bytes
    }
}

/// The key that every secret in the store is encrypted under: 32 bytes. Wiped when dropped; prints as `<redacted>`.
#[derive(Clone)]
pub struct RootKey(Zeroizing<[u8; 32]>);

impl RootKey {
    /// Makes a new key from the operating system's random generator.
    ///
    /// # Errors
    /// When the generator gives no bytes.
    pub fn generate() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        aws_lc_rs::rand::fill(bytes.as_mut_slice()).map_err(|_| NoRandomness)?;
        Ok(Self(bytes))
    }

    /// Takes a key's 32 bytes.
    ///
    /// # Errors
    /// When there are more or fewer.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AtRestError> {
        if bytes.len() != 32 {
            return Err(AtRestError::RootKeyLength(bytes.len()));
        }
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(bytes);
        Ok(Self(key))
    }

    /// Reads a key as its file holds it: base64, white space around it ignored.
    ///
    /// # Errors
    /// When the text is not base64 of 32 bytes.
    pub fn from_base64(text: &str) -> Result<Self, AtRestError> {
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| AtRestError::RootKeyText)?);
        Self::from_bytes(&bytes)
    }

    /// Writes the key as its file holds it: base64 without a line end.
    #[must_use]
    pub fn to_base64(&self) -> Zeroizing<String> {
        Zeroizing::new(STANDARD.encode(self.0.as_slice()))
    }

    /// Encrypts a secret for one place in the store, with a fresh random nonce.
    ///
    /// # Errors
    /// When no random nonce is had.
    pub fn encrypt(&self, binding: Binding<'_>, plaintext: &[u8]) -> Result<Vec<u8>, AtRestError> {
        let mut nonce = [0; NONCE_LEN];
        aws_lc_rs::rand::fill(&mut nonce).map_err(|_| AtRestError::CannotEncrypt)?;
        // Room for everything from the start: a buffer that grows would leave a copy of the secret behind.
        let mut secret = Zeroizing::new(Vec::with_capacity(plaintext.len() + TAG_BYTES));
        secret.extend_from_slice(plaintext);
        self.cipher()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(binding.encode()), &mut *secret)
            .map_err(|_| AtRestError::CannotEncrypt)?;
        Ok([&[VERSION], nonce.as_slice(), &secret].concat())
    }

    /// Decrypts what [`encrypt`](Self::encrypt) made for the same place.
    ///
    /// # Errors
    /// When it was cut off, has another version, or doesn't open with this key at this place.
    pub fn decrypt(&self, binding: Binding<'_>, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>, AtRestError> {
        let too_short = AtRestError::TooShort(ciphertext.len());
        let (version, rest) = ciphertext.split_first().ok_or(too_short)?;
        if *version != VERSION {
            return Err(AtRestError::UnknownVersion(*version));
        }
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_LEN>().ok_or(too_short)?;
        if sealed.len() < TAG_BYTES {
            return Err(too_short);
        }
        let mut secret = Zeroizing::new(sealed.to_vec());
        let length = self
            .cipher()?
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(binding.encode()), &mut secret)
            .map_err(|_| AtRestError::DoesNotOpen)?
            .len();
        secret.truncate(length);
        Ok(secret)
    }

    fn cipher(&self) -> Result<LessSafeKey, AtRestError> {
        let key = UnboundKey::new(&AES_256_GCM, self.0.as_slice()).map_err(|_| AtRestError::CannotEncrypt)?;
        Ok(LessSafeKey::new(key))
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(<redacted>)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLACE: Binding<'_> = Binding { table: "signing_keys", row: "1", column: "sealed" };

    fn root() -> RootKey {
        RootKey::from_bytes(&[7; 32]).unwrap()
    }

    #[test]
    fn another_place_or_another_key_does_not_open_it() {
        let sealed = root().encrypt(PLACE, b"secret").unwrap();
        for binding in [
            Binding { table: "secrets", ..PLACE },
            Binding { row: "2", ..PLACE },
            Binding { column: "value", ..PLACE },
            // The same text in other parts.
            Binding { table: "signing_keys1", row: "", column: "sealed" },
        ] {
            assert_eq!(root().decrypt(binding, &sealed).unwrap_err(), AtRestError::DoesNotOpen, "{binding:?}");
        }
        let other = RootKey::generate().unwrap();
        assert_eq!(other.decrypt(PLACE, &sealed).unwrap_err(), AtRestError::DoesNotOpen);
    }

    #[test]
    fn the_same_secret_never_looks_the_same() {
        assert_ne!(root().encrypt(PLACE, b"secret").unwrap(), root().encrypt(PLACE, b"secret").unwrap());
    }

    #[test]
    fn damage_is_named() {
        let sealed = root().encrypt(PLACE, b"secret").unwrap();
        assert_eq!(root().decrypt(PLACE, &[]).unwrap_err(), AtRestError::TooShort(0));
        assert_eq!(root().decrypt(PLACE, &sealed[..20]).unwrap_err(), AtRestError::TooShort(20));
        assert_eq!(root().decrypt(PLACE, &[9, 9]).unwrap_err(), AtRestError::UnknownVersion(9));
        let mut flipped = sealed;
        *flipped.last_mut().unwrap() ^= 1;
        assert_eq!(root().decrypt(PLACE, &flipped).unwrap_err(), AtRestError::DoesNotOpen);
    }

    #[test]
    fn a_root_key_is_read_as_it_is_written() {
        let key = RootKey::generate().unwrap();
        let text = key.to_base64();
        let read = RootKey::from_base64(&format!("{}\n", *text)).unwrap();
        assert_eq!(&*read.decrypt(PLACE, &key.encrypt(PLACE, b"secret").unwrap()).unwrap(), b"secret");
        assert_eq!(RootKey::from_base64("c2hvcnQ=").unwrap_err(), AtRestError::RootKeyLength(5));
        assert_eq!(RootKey::from_base64("no!").unwrap_err(), AtRestError::RootKeyText);
        assert_eq!(format!("{key:?}"), "RootKey(<redacted>)");
    }

    proptest! {
        #[test]
        fn any_secret_survives_at_any_place(secret: Vec<u8>, table: String, row: String, column: String) {
            let binding = Binding { table: &table, row: &row, column: &column };
            let sealed = root().encrypt(binding, &secret).unwrap();
            prop_assert_eq!(&*root().decrypt(binding, &sealed).unwrap(), &secret);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            prop_assert!(root().decrypt(PLACE, &bytes).is_err());
        }
    }
}
