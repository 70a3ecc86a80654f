//! The encryption that OpenSSL puts on `EC PRIVATE KEY` blocks: `Proc-Type: 4,ENCRYPTED` (RFC 1421) with a key that
//! one round of MD5 makes of the passphrase (`EVP_BytesToKey`). Read only; it is far too weak to write.

use crate::cbc::Cipher;
use crate::import::ImportError;
use crate::passphrase::Passphrase;
use crate::pem::Block;
use md5::{Digest, Md5};
use zeroize::Zeroizing;

/// How a block is encrypted.
pub(crate) struct Traditional {
    cipher: Cipher,
    iv: Vec<u8>,
}

impl Traditional {
    /// Reads `DEK-Info: AES-256-CBC,<initialisation vector in hex>`; `None` for a block that isn't encrypted.
    pub(crate) fn read(block: &Block) -> Result<Option<Self>, ImportError> {
        let encrypted = block.header("Proc-Type").is_some_and(|value| value.replace(' ', "") == "4,ENCRYPTED");
        let Some(info) = block.header("DEK-Info").filter(|_| encrypted) else {
            return if encrypted { Err(DAMAGED) } else { Ok(None) };
        };
        let (name, iv) = info.split_once(',').ok_or(DAMAGED)?;
        let named = name.trim().to_ascii_uppercase();
        let cipher = Cipher::ALL.into_iter().find(|cipher| cipher.name() == named);
        let cipher = cipher.ok_or_else(|| ImportError::UnsupportedEncryption(named.chars().take(40).collect()))?;
        let iv = hex::decode(iv.trim()).map_err(|_| DAMAGED)?;
        if iv.len() == cipher.block_bytes() { Ok(Some(Self { cipher, iv })) } else { Err(DAMAGED) }
    }

    /// Decrypts; `None` where the padding is wrong, as with another passphrase.
    pub(crate) fn decrypt(&self, passphrase: &Passphrase, ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.cipher.decrypt(&self.key(passphrase)?, &self.iv, ciphertext)
    }

    pub(crate) fn cipher(&self) -> Cipher {
        self.cipher
    }

    fn key(&self, passphrase: &Passphrase) -> Option<Zeroizing<Vec<u8>>> {
        let salt = self.iv.get(..8)?;
        let length = self.cipher.key_bytes();
        let mut key = Zeroizing::new(Vec::with_capacity(length + 16));
        let mut last = Zeroizing::new(Vec::new());
        while key.len() < length {
            let digest = Md5::new().chain_update(&*last).chain_update(passphrase.as_bytes()).chain_update(salt);
            last = Zeroizing::new(digest.finalize().to_vec());
            key.extend_from_slice(&last);
        }
        key.truncate(length);
        Some(key)
    }
}

const DAMAGED: ImportError = ImportError::Damaged("how it is encrypted (DEK-Info) can't be read");
