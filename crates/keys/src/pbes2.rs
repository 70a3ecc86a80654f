//! PBES2 (RFC 8018): a key from a passphrase by PBKDF2 or scrypt, then a block cipher in CBC mode.
//!
//! The parameters come from a file that anybody may have made, so they are read here part by part and their cost is
//! held against a limit before any work is done.

use crate::cbc::Cipher;
use crate::import::ImportError;
use crate::passphrase::Passphrase;
use aws_lc_rs::pbkdf2;
use p256::pkcs8::der::asn1::{AnyRef, OctetStringRef};
use p256::pkcs8::der::{self, Decode, Reader, SliceReader};
use p256::pkcs8::spki::AlgorithmIdentifierRef;
use std::fmt;
use std::num::NonZeroU32;
use zeroize::Zeroizing;

/// The most rounds of PBKDF2 that are done for a file: five times what OWASP advises for SHA-1, a few seconds.
const MAX_ROUNDS: u32 = 5_000_000;
/// The most memory that scrypt takes for a file, in bytes: twice what OpenSSL allows itself.
const MAX_SCRYPT_BYTES: u64 = 64 << 20;
/// The most that scrypt works for a file, N·r·p: a few seconds.
const MAX_SCRYPT_WORK: u64 = 1 << 23;
/// The longest salt that is read.
const MAX_SALT_BYTES: usize = 256;

const PBES2: &str = "1.2.840.113549.1.5.13";
const PBKDF2: &str = "1.2.840.113549.1.5.12";
const SCRYPT: &str = "1.3.6.1.4.1.11591.4.11";
const CIPHERS: [(&str, Cipher); 4] = [
    ("2.16.840.1.101.3.4.1.2", Cipher::Aes128),
    ("2.16.840.1.101.3.4.1.22", Cipher::Aes192),
    ("2.16.840.1.101.3.4.1.42", Cipher::Aes256),
    ("1.2.840.113549.3.7", Cipher::DesEde3),
];
/// Encryption schemes and their parts that OpenSSL can write and that are refused, by the names it gives them.
const REFUSED: &[(&str, &str)] = &[
    ("1.2.840.113549.1.5.3", "PBE-MD5-DES"),
    ("1.2.840.113549.1.5.10", "PBE-SHA1-DES"),
    ("1.2.840.113549.1.5.11", "PBE-SHA1-RC2-64"),
    ("1.2.840.113549.1.12.1.1", "PBE-SHA1-RC4-128"),
    ("1.2.840.113549.1.12.1.3", "PBE-SHA1-3DES"),
    ("1.2.840.113549.1.12.1.4", "PBE-SHA1-2DES"),
    ("1.2.840.113549.1.12.1.6", "PBE-SHA1-RC2-40"),
    ("1.3.14.3.2.7", "DES-CBC"),
    ("1.2.840.113549.3.2", "RC2-CBC"),
    ("2.16.840.1.101.3.4.1.6", "AES-128-GCM"),
    ("2.16.840.1.101.3.4.1.46", "AES-256-GCM"),
    ("1.2.840.113549.2.8", "HMAC-SHA224"),
];

/// The hash under PBKDF2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Prf {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

const PRFS: [(&str, Prf); 4] = [
    ("1.2.840.113549.2.7", Prf::Sha1),
    ("1.2.840.113549.2.9", Prf::Sha256),
    ("1.2.840.113549.2.10", Prf::Sha384),
    ("1.2.840.113549.2.11", Prf::Sha512),
];

enum Kdf<'a> {
    Pbkdf2 { salt: &'a [u8], rounds: u32, prf: Prf },
    Scrypt { salt: &'a [u8], n: u64, r: u32, p: u32 },
}

/// How a private key is encrypted.
pub(crate) struct Pbes2<'a> {
    kdf: Kdf<'a>,
    cipher: Cipher,
    iv: &'a [u8],
}

impl<'a> Pbes2<'a> {
    /// Reads the algorithm identifier of an `EncryptedPrivateKeyInfo` and refuses what would cost too much.
    pub(crate) fn read(algorithm: AlgorithmIdentifierRef<'a>) -> Result<Self, ImportError> {
        let scheme = algorithm.oid.to_string();
        if scheme != PBES2 {
            return Err(unsupported(&scheme));
        }
        let parameters = algorithm.parameters.ok_or(DAMAGED)?;
        let [kdf, cipher] = parameters
            .sequence(|reader: &mut SliceReader<'a>| Ok::<_, der::Error>([reader.decode()?, reader.decode()?]))
            .map_err(|_| DAMAGED)?;
        let (cipher, iv) = read_cipher(cipher)?;
        Ok(Self { kdf: read_kdf(kdf, cipher)?, cipher, iv })
    }

    /// Decrypts; `None` where the padding is wrong, as with another passphrase.
    pub(crate) fn decrypt(&self, passphrase: &Passphrase, ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.cipher.decrypt(&self.key(passphrase)?, self.iv, ciphertext)
    }

    pub(crate) fn cipher(&self) -> Cipher {
        self.cipher
    }

    fn key(&self, passphrase: &Passphrase) -> Option<Zeroizing<Vec<u8>>> {
        let mut key = Zeroizing::new(vec![0; self.cipher.key_bytes()]);
        match self.kdf {
            Kdf::Pbkdf2 { salt, rounds, prf } => {
                let algorithm = match prf {
                    Prf::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
                    Prf::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
                    Prf::Sha384 => pbkdf2::PBKDF2_HMAC_SHA384,
                    Prf::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
                };
                pbkdf2::derive(algorithm, NonZeroU32::new(rounds)?, salt, passphrase.as_bytes(), &mut key);
            }
            Kdf::Scrypt { salt, n, r, p } => {
                let log_n = u8::try_from(n.trailing_zeros()).ok()?;
                let parameters = scrypt::Params::new(log_n, r, p).ok()?;
                scrypt::scrypt(passphrase.as_bytes(), salt, &parameters, &mut key).ok()?;
            }
        }
        Some(key)
    }
}

const DAMAGED: ImportError = ImportError::Damaged("how it is encrypted can't be read");

fn read_kdf(kdf: AlgorithmIdentifierRef<'_>, cipher: Cipher) -> Result<Kdf<'_>, ImportError> {
    let parameters = kdf.parameters.ok_or(DAMAGED)?;
    match kdf.oid.to_string().as_str() {
        PBKDF2 => read_pbkdf2(parameters, cipher),
        SCRYPT => read_scrypt(parameters, cipher),
        other => Err(unsupported(other)),
    }
}

fn read_pbkdf2(parameters: AnyRef<'_>, cipher: Cipher) -> Result<Kdf<'_>, ImportError> {
    let (salt, rounds, length, prf) = parameters
        .sequence(|reader: &mut SliceReader<'_>| {
            let salt = <&OctetStringRef>::decode(reader)?.as_bytes();
            Ok::<_, der::Error>((salt, u64::decode(reader)?, Option::<u32>::decode(reader)?, Option::decode(reader)?))
        })
        .map_err(|_| DAMAGED)?;
    check_lengths(salt, length, cipher)?;
    let prf = prf.map_or(Ok(Prf::Sha1), |prf: AlgorithmIdentifierRef<'_>| {
        let oid = prf.oid.to_string();
        PRFS.iter().find(|(known, _)| *known == oid).map(|(_, prf)| *prf).ok_or_else(|| unsupported(&oid))
    })?;
    match u32::try_from(rounds) {
        Ok(0) => Err(DAMAGED),
        Ok(rounds) if rounds <= MAX_ROUNDS => Ok(Kdf::Pbkdf2 { salt, rounds, prf }),
        _ => Err(ImportError::TooCostly(format!(
            "{rounds} rounds of PBKDF2, and at most {MAX_ROUNDS} are done for a file"
        ))),
    }
}

fn read_scrypt(parameters: AnyRef<'_>, cipher: Cipher) -> Result<Kdf<'_>, ImportError> {
    let (salt, n, r, p, length) = parameters
        .sequence(|reader: &mut SliceReader<'_>| {
            let salt = <&OctetStringRef>::decode(reader)?.as_bytes();
            let (n, r, p) = (u64::decode(reader)?, u32::decode(reader)?, u32::decode(reader)?);
            Ok::<_, der::Error>((salt, n, r, p, Option::<u32>::decode(reader)?))
        })
        .map_err(|_| DAMAGED)?;
    check_lengths(salt, length, cipher)?;
    if n < 2 || !n.is_power_of_two() || r == 0 || p == 0 {
        return Err(DAMAGED);
    }
    let (wide_r, wide_p) = (u64::from(r), u64::from(p));
    let memory = n.saturating_add(wide_p).saturating_add(2).saturating_mul(wide_r).saturating_mul(128);
    let work = n.saturating_mul(wide_r).saturating_mul(wide_p);
    if memory > MAX_SCRYPT_BYTES || work > MAX_SCRYPT_WORK {
        return Err(ImportError::TooCostly(format!(
            "scrypt with N={n}, r={r}, p={p}, which takes {} MB of memory; at most {} MB and N·r·p = {MAX_SCRYPT_WORK} \
             are spent on a file",
            memory >> 20,
            MAX_SCRYPT_BYTES >> 20
        )));
    }
    Ok(Kdf::Scrypt { salt, n, r, p })
}

fn check_lengths(salt: &[u8], length: Option<u32>, cipher: Cipher) -> Result<(), ImportError> {
    let fits = length.is_none_or(|length| usize::try_from(length) == Ok(cipher.key_bytes()));
    if salt.len() <= MAX_SALT_BYTES && fits { Ok(()) } else { Err(DAMAGED) }
}

fn read_cipher(cipher: AlgorithmIdentifierRef<'_>) -> Result<(Cipher, &[u8]), ImportError> {
    let oid = cipher.oid.to_string();
    let (_, known) = CIPHERS.iter().find(|(known, _)| *known == oid).ok_or_else(|| unsupported(&oid))?;
    let iv = cipher.parameters.and_then(|any| any.decode_as::<&OctetStringRef>().ok()).ok_or(DAMAGED)?.as_bytes();
    if iv.len() == known.block_bytes() { Ok((*known, iv)) } else { Err(DAMAGED) }
}

fn unsupported(oid: &str) -> ImportError {
    let name = REFUSED.iter().find(|(known, _)| *known == oid);
    ImportError::UnsupportedEncryption(name.map_or_else(|| format!("OID {oid}"), |(_, name)| (*name).to_owned()))
}

impl fmt::Display for Pbes2<'_> {
    /// `AES-256-CBC, key by scrypt (N=16384, r=8, p=10)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, key by ", self.cipher.name())?;
        match self.kdf {
            Kdf::Pbkdf2 { rounds, prf, .. } => {
                let hash = match prf {
                    Prf::Sha1 => "SHA-1",
                    Prf::Sha256 => "SHA-256",
                    Prf::Sha384 => "SHA-384",
                    Prf::Sha512 => "SHA-512",
                };
                write!(f, "PBKDF2 with {hash} ({rounds} rounds)")
            }
            Kdf::Scrypt { n, r, p, .. } => write!(f, "scrypt (N={n}, r={r}, p={p})"),
        }
    }
}
