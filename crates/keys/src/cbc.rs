//! The block ciphers that private keys in files are encrypted with, in CBC mode with PKCS#7 padding.

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use des::TdesEde3;
use zeroize::Zeroizing;

/// A block cipher in CBC mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    DesEde3,
}

impl Cipher {
    pub(crate) const ALL: [Self; 4] = [Self::Aes128, Self::Aes192, Self::Aes256, Self::DesEde3];

    /// OpenSSL's name, which `DEK-Info` carries.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Aes128 => "AES-128-CBC",
            Self::Aes192 => "AES-192-CBC",
            Self::Aes256 => "AES-256-CBC",
            Self::DesEde3 => "DES-EDE3-CBC",
        }
    }

    pub(crate) fn key_bytes(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 | Self::DesEde3 => 24,
            Self::Aes256 => 32,
        }
    }

    /// The length of a block and of the initialisation vector.
    pub(crate) fn block_bytes(self) -> usize {
        if self == Self::DesEde3 { 8 } else { 16 }
    }

    /// Decrypts; `None` where the lengths or the padding are wrong, as with another key.
    pub(crate) fn decrypt(self, key: &[u8], iv: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut buffer = Zeroizing::new(ciphertext.to_vec());
        let length = match self {
            Self::Aes128 => open::<cbc::Decryptor<Aes128>>(key, iv, &mut buffer),
            Self::Aes192 => open::<cbc::Decryptor<Aes192>>(key, iv, &mut buffer),
            Self::Aes256 => open::<cbc::Decryptor<Aes256>>(key, iv, &mut buffer),
            Self::DesEde3 => open::<cbc::Decryptor<TdesEde3>>(key, iv, &mut buffer),
        }?;
        buffer.truncate(length);
        Some(buffer)
    }
}

fn open<D: BlockModeDecrypt + KeyIvInit>(key: &[u8], iv: &[u8], buffer: &mut [u8]) -> Option<usize> {
    D::new_from_slices(key, iv).ok()?.decrypt_padded::<Pkcs7>(buffer).ok().map(<[u8]>::len)
}

/// Encrypts with AES-256, the one cipher that backups are written with; `None` where the lengths are wrong.
pub(crate) fn encrypt_aes_256(key: &[u8], iv: &[u8], plaintext: &[u8]) -> Option<Vec<u8>> {
    let mut buffer = Zeroizing::new(plaintext.to_vec());
    buffer.resize(plaintext.len() + 16, 0);
    let cipher = cbc::Encryptor::<Aes256>::new_from_slices(key, iv).ok()?;
    cipher.encrypt_padded::<Pkcs7>(&mut buffer, plaintext.len()).ok().map(<[u8]>::to_vec)
}
