//! What the blocks of a file are, and which of them is the key.

use super::ImportError;
use super::private_key::{from_pkcs8, from_sec1};
use crate::passphrase::Passphrase;
use crate::pbes2::Pbes2;
use crate::pem::Block;
use crate::signing::SigningKey;
use crate::traditional::Traditional;
use p256::pkcs8::der::asn1::OctetStringRef;
use p256::pkcs8::der::{self, Decode, Reader, SliceReader};
use std::fmt;
use zeroize::Zeroizing;

/// In which form a private key is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFormat {
    /// `EC PRIVATE KEY` (SEC1, RFC 5915).
    Sec1,
    /// `PRIVATE KEY` or `ENCRYPTED PRIVATE KEY` (PKCS#8, RFC 5958).
    Pkcs8,
}

impl fmt::Display for KeyFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sec1 => "SEC1",
            Self::Pkcs8 => "PKCS#8",
        })
    }
}

/// What a key file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile {
    /// In which form its key is written.
    pub format: KeyFormat,
    /// How it is encrypted, `AES-256-CBC, key by scrypt (N=16384, r=8, p=10)`; absent for a key in the clear.
    pub encryption: Option<String>,
}

impl KeyFile {
    /// Whether a passphrase is needed.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }
}

/// The private key of a file, as far as it is known without a passphrase.
pub(super) enum Contents<'a> {
    Sec1(&'a [u8]),
    Sec1Encrypted(Traditional, &'a [u8]),
    Pkcs8(&'a [u8]),
    Pkcs8Encrypted(Pbes2<'a>, &'a [u8]),
}

/// Blocks that hold another private key; what it is, and how to come to one that is read.
const FOREIGN: [(&str, &str); 4] = [
    ("RSA PRIVATE KEY", "RSA"),
    ("DSA PRIVATE KEY", "DSA"),
    ("OPENSSH PRIVATE KEY", "OpenSSH (ssh-keygen -p -m PKCS8 converts one that is P-256)"),
    ("PGP PRIVATE KEY BLOCK", "OpenPGP"),
];
/// Blocks that people take for a private key.
const OTHERS: [(&str, &str); 9] = [
    ("PUBLIC KEY", "a public key"),
    ("RSA PUBLIC KEY", "an RSA public key"),
    ("EC PARAMETERS", "the name of a curve"),
    ("CERTIFICATE", "a certificate"),
    ("X509 CERTIFICATE", "a certificate"),
    ("TRUSTED CERTIFICATE", "a certificate"),
    ("CERTIFICATE REQUEST", "a certificate request"),
    ("NEW CERTIFICATE REQUEST", "a certificate request"),
    ("PKCS7", "PKCS#7 certificates"),
];

impl<'a> Contents<'a> {
    /// Finds the one private key among the blocks.
    pub(super) fn of(blocks: &'a [Block]) -> Result<Self, ImportError> {
        let mut keys = blocks.iter().filter(|block| block.label.contains("PRIVATE KEY"));
        match (keys.next(), keys.count()) {
            (Some(block), 0) => Self::of_block(block),
            (Some(_), others) => Err(ImportError::SeveralKeys(others + 1)),
            (None, _) => Err(ImportError::NoPrivateKey(blocks.first().map_or_else(String::new, describe))),
        }
    }

    fn of_block(block: &'a Block) -> Result<Self, ImportError> {
        match block.label.as_str() {
            "EC PRIVATE KEY" => Ok(match Traditional::read(block)? {
                Some(encryption) => Self::Sec1Encrypted(encryption, &block.contents),
                None => Self::Sec1(&block.contents),
            }),
            "PRIVATE KEY" => Ok(Self::Pkcs8(&block.contents)),
            "ENCRYPTED PRIVATE KEY" => {
                let (algorithm, ciphertext) = SliceReader::new(&block.contents)
                    .and_then(|mut reader| {
                        let parts = reader.sequence(|inner: &mut SliceReader<'a>| {
                            Ok::<_, der::Error>((inner.decode()?, <&OctetStringRef>::decode(inner)?.as_bytes()))
                        })?;
                        reader.finish()?;
                        Ok(parts)
                    })
                    .map_err(|_| ImportError::Damaged("it is not an encrypted PKCS#8 key"))?;
                Ok(Self::Pkcs8Encrypted(Pbes2::read(algorithm)?, ciphertext))
            }
            label => {
                let known = FOREIGN.iter().find(|(foreign, _)| *foreign == label);
                Err(ImportError::AnotherKind(known.map_or_else(|| label.to_owned(), |(_, kind)| (*kind).to_owned())))
            }
        }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        matches!(self, Self::Sec1Encrypted(..) | Self::Pkcs8Encrypted(..))
    }

    pub(super) fn summary(&self) -> KeyFile {
        match self {
            Self::Sec1(_) => KeyFile { format: KeyFormat::Sec1, encryption: None },
            Self::Pkcs8(_) => KeyFile { format: KeyFormat::Pkcs8, encryption: None },
            Self::Sec1Encrypted(how, _) => KeyFile {
                format: KeyFormat::Sec1,
                encryption: Some(format!("{}, key by one round of MD5", how.cipher().name())),
            },
            Self::Pkcs8Encrypted(how, _) => KeyFile { format: KeyFormat::Pkcs8, encryption: Some(how.to_string()) },
        }
    }

    pub(super) fn open(&self, passphrase: Option<&Passphrase>) -> Result<SigningKey, ImportError> {
        let needed = || passphrase.ok_or(ImportError::PassphraseNeeded);
        match self {
            Self::Sec1(der) => from_sec1(der),
            Self::Pkcs8(der) => from_pkcs8(der),
            Self::Sec1Encrypted(how, ciphertext) => {
                whole_blocks(ciphertext, how.cipher().block_bytes())?;
                from_sec1(&opened(how.decrypt(needed()?, ciphertext))?)
            }
            Self::Pkcs8Encrypted(how, ciphertext) => {
                whole_blocks(ciphertext, how.cipher().block_bytes())?;
                from_pkcs8(&opened(how.decrypt(needed()?, ciphertext))?)
            }
        }
    }
}

/// A ciphertext that isn't whole blocks was cut off, and no passphrase opens it.
fn whole_blocks(ciphertext: &[u8], block: usize) -> Result<(), ImportError> {
    if ciphertext.is_empty() || !ciphertext.len().is_multiple_of(block) {
        return Err(ImportError::Damaged("the encrypted part was cut off"));
    }
    Ok(())
}

/// Tells a passphrase that doesn't fit from damage: padding comes out right by luck once in 256 times, a DER
/// sequence that spans the whole next to never. Damage past the first block leaves both, and is found after this.
fn opened(plaintext: Option<Zeroizing<Vec<u8>>>) -> Result<Zeroizing<Vec<u8>>, ImportError> {
    plaintext.filter(|der| <&der::asn1::SequenceRef>::from_der(der).is_ok()).ok_or(ImportError::WrongPassphrase)
}

fn describe(block: &Block) -> String {
    let known = OTHERS.iter().find(|(label, _)| *label == block.label);
    known.map_or_else(|| format!("a block {:?}", block.label), |(_, what)| (*what).to_owned())
}
