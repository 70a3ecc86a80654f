//! Reading private keys that people hand in: our own backups, and what OpenSSL and others write. Whatever a file
//! holds instead of a P-256 key is named, so that nobody has to guess why it was refused.

mod contents;
mod private_key;

pub use contents::{KeyFile, KeyFormat};

use crate::passphrase::Passphrase;
use crate::pem;
use crate::signing::SigningKey;
use contents::Contents;

/// The longest file that is read, in bytes; a key with its certificates takes a few thousand.
pub(crate) const MAX_BYTES: usize = 65_536;

/// Why a file gives no signing key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Longer than any key file.
    #[error("the file has {0} bytes, too many for a private key; at most {MAX_BYTES} are read")]
    TooLong(usize),
    /// Another way of writing keys; the text names it and says how to convert it.
    #[error("{0}")]
    NotPem(&'static str),
    /// It holds something else than a private key.
    #[error("the file holds {0}, not a private key; choose the file with the private key")]
    NoPrivateKey(String),
    /// More than one, and nobody said which.
    #[error("the file holds {0} private keys; keep one of them in a file of its own")]
    SeveralKeys(usize),
    /// A private key that phones can't use.
    #[error("the file holds a private key of the kind {0}; export files are signed with P-256 (prime256v1) keys")]
    AnotherKind(String),
    /// A key without its curve, and without a public half that would show it.
    #[error("the key doesn't name its curve; write it anew with openssl ec -param_enc named_curve")]
    NoCurve,
    /// It is encrypted, and no passphrase was given.
    #[error("the key is encrypted; type its passphrase")]
    PassphraseNeeded,
    /// The passphrase doesn't open it.
    #[error("the passphrase doesn't open the key; type it again, or the file is damaged")]
    WrongPassphrase,
    /// Encrypted in a way that isn't read.
    #[error(
        "the key is encrypted with {0}, which isn't read; write it anew with openssl pkcs8 -topk8 -scrypt, \
         or with PBKDF2 and AES"
    )]
    UnsupportedEncryption(String),
    /// Its parameters would take too long or too much memory.
    #[error("opening the key would take {0}; write it anew with openssl pkcs8 -topk8 -scrypt")]
    TooCostly(String),
    /// The file was changed or cut off; the text says which part.
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
    /// The PEM around the key was changed or cut off.
    #[error("the file is damaged: {0}")]
    DamagedPem(String),
}

/// Says what a key file is, without a passphrase: its format, and whether and how it is encrypted.
///
/// An encrypted key shows its algorithm only once it is opened with [`read`].
///
/// # Errors
/// When the file holds no private key, several, a damaged one, or one in the clear that is not a P-256 key.
pub fn inspect(file: &[u8]) -> Result<KeyFile, ImportError> {
    let blocks = blocks(file)?;
    let contents = Contents::of(&blocks)?;
    if !contents.is_encrypted() {
        contents.open(None)?;
    }
    Ok(contents.summary())
}

/// Reads the one P-256 private key of a PEM file: SEC1 (`EC PRIVATE KEY`) or PKCS#8, in the clear or encrypted, with
/// other blocks (`EC PARAMETERS`, certificates) around it. A passphrase for a key in the clear is not looked at.
///
/// The work is bounded, whatever the file asks for: some seconds and 64 MB at most.
///
/// # Errors
/// Names what the file holds instead, what about it is damaged, or why it doesn't open.
pub fn read(file: &[u8], passphrase: Option<&Passphrase>) -> Result<SigningKey, ImportError> {
    Contents::of(&blocks(file)?)?.open(passphrase)
}

fn blocks(file: &[u8]) -> Result<Vec<pem::Block>, ImportError> {
    if file.len() > MAX_BYTES {
        return Err(ImportError::TooLong(file.len()));
    }
    let text = std::str::from_utf8(file).map_err(|_| not_pem(file))?;
    let blocks = pem::blocks(text).map_err(|error| ImportError::DamagedPem(error.to_string()))?;
    if blocks.is_empty() { Err(not_pem(file)) } else { Ok(blocks) }
}

fn not_pem(file: &[u8]) -> ImportError {
    ImportError::NotPem(match file {
        [] => "the file is empty",
        [0x30, ..] => {
            "the file is DER or PKCS#12, not PEM; convert it with openssl pkey -inform DER -in FILE -out FILE.pem, \
             or with openssl pkcs12 -in FILE -nocerts -out FILE.pem"
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is text in UTF-16; save it as UTF-8 or ASCII",
        _ if file.starts_with(b"PuTTY-User-Key-File") => {
            "the file is a key of PuTTY, not PEM; signing keys come from Tekport or from openssl ecparam"
        }
        _ => "the file is not a key in PEM: it has no line -----BEGIN …-----",
    })
}
