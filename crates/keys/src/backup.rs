//! Encrypted backups of signing keys: PKCS#8 under a passphrase, which OpenSSL reads too.

use crate::passphrase::{Passphrase, Strength, strength};
use crate::{NoRandomness, SigningKey, SigningKeyError, cbc, pem};
use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::der::Encode;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::{self, Salt, ScryptParams};
use zeroize::Zeroizing;

// The most memory that OpenSSL 3 takes when it opens a key is 32 MiB, just too little for N = 2^15. So N = 2^14 with
// twice the p that OWASP advises beside it: 16 MiB, ten times over.
const LOG_N: u8 = 14;
const R: u16 = 8;
const P: u16 = 10;

/// Why no backup was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// The passphrase is too easy to guess.
    #[error("the passphrase is too weak for a backup: {}", .0.advice.join(" "))]
    Weak(Strength),
    /// No salt could be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The key or the cipher can't be used.
    #[error("the backup can't be encrypted")]
    CannotEncrypt,
}

impl From<SigningKeyError> for BackupError {
    fn from(_: SigningKeyError) -> Self {
        Self::CannotEncrypt
    }
}

/// Encrypts a signing key under a passphrase: PEM (`ENCRYPTED PRIVATE KEY`) with `\n` line ends.
///
/// PBES2 with scrypt (N = 2^14, r = 8, p = 10) and AES-256-CBC, salt and initialisation vector random (RFC 8018,
/// RFC 7914). Takes about half a second, as each guess at the passphrase will.
///
/// # Errors
/// When the passphrase is too weak, with advice; or no random bytes are had.
pub fn encrypt(key: &SigningKey, passphrase: &Passphrase) -> Result<String, BackupError> {
    let strength = strength(passphrase);
    if !strength.acceptable {
        return Err(BackupError::Weak(strength));
    }
    let (salt, iv): ([u8; 16], [u8; 16]) = (random()?, random()?);
    let parameters = scrypt::Params::new(LOG_N, R.into(), P.into()).map_err(|_| BackupError::CannotEncrypt)?;
    let mut derived = Zeroizing::new([0; 32]);
    scrypt::scrypt(passphrase.as_bytes(), &salt, &parameters, derived.as_mut_slice())
        .map_err(|_| BackupError::CannotEncrypt)?;
    let ciphertext = cbc::encrypt_aes_256(derived.as_slice(), &iv, &key.to_pkcs8_der()?);
    let ciphertext = ciphertext.ok_or(BackupError::CannotEncrypt)?;
    let der = encode(&salt, iv, &ciphertext).map_err(|_| BackupError::CannotEncrypt)?;
    Ok(pem::write("ENCRYPTED PRIVATE KEY", &der))
}

fn encode(salt: &[u8], iv: [u8; 16], ciphertext: &[u8]) -> pkcs8::der::Result<Vec<u8>> {
    let kdf = ScryptParams {
        salt: Salt::new(salt)?,
        cost_parameter: 1 << LOG_N,
        block_size: R,
        parallelization: P,
        key_length: None,
    };
    let encryption = pbes2::EncryptionScheme::Aes256Cbc { iv };
    EncryptedPrivateKeyInfoRef {
        encryption_algorithm: EncryptionScheme::Pbes2(pbes2::Parameters { kdf: kdf.into(), encryption }),
        encrypted_data: OctetStringRef::new(ciphertext)?,
    }
    .to_der()
}

fn random() -> Result<[u8; 16], NoRandomness> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}
