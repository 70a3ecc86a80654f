//! What Google and Apple are sent for a signing key (EXPORT-FORMAT, "What Google and Apple are sent for each signing
//! key"): a folder of files, made with whatever can sign for the key, be it in memory, in a keychain or in a token.

mod certificate;
mod challenge;
mod message;

use crate::PublicKey;
use p256::ecdsa::Signature;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::{Digest, Sha256};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// The health authority's name, its app's names and its place, as the two companies ask for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authority<'a> {
    /// Its name, in one line.
    pub name: &'a str,
    /// Country as ISO 3166-1 alpha-2, `US`.
    pub country: &'a str,
    /// Mobile Country Code, 3 digits.
    pub mcc: &'a str,
    /// Region within the country, `US-WA`; empty for the whole country.
    pub region: &'a str,
    /// The Android app's package name.
    pub android_package: &'a str,
    /// The iOS app's bundle identifier.
    pub ios_bundle_id: &'a str,
}

/// The key that a package is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Verification key id, `310`.
    pub key_id: &'a str,
    /// Verification key version, `v2`.
    pub key_version: &'a str,
    /// Its public half.
    pub public_key: &'a PublicKey,
    /// For whom it signs.
    pub authority: Authority<'a>,
}

impl Subject<'_> {
    /// `310-v2`: how phones look the key up, and what the folder and the PEM are called.
    fn name(&self) -> String {
        format!("{}-{}", self.key_id, self.key_version)
    }

    fn pem_name(&self) -> String {
        format!("{}.pem", self.name())
    }
}

/// The files to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPackage {
    /// `310-v2`: the folder's name.
    pub name: String,
    /// Its files, in the order in which to read them.
    pub files: Vec<PackageFile>,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// Its name, without a path.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Why a package can't be made. `E` is why the key doesn't sign.
#[derive(Debug, thiserror::Error)]
pub enum PackageError<E> {
    /// The key doesn't sign.
    #[error("the key doesn't sign")]
    Sign(#[source] E),
    /// What signed is another key.
    #[error("the signature doesn't verify with the registered public key: another key signed")]
    AnotherKey,
    /// The certificate can't be written.
    #[error("the certificate can't be made")]
    Certificate(#[source] rcgen::Error),
    /// The time is outside the years 0 to 9999.
    #[error("the time {0} is not one that can be written")]
    Time(i64),
}

/// Makes the files to send for a key: `message.txt`, `<id>-<version>.pem`, a signed challenge that proves possession
/// and a self-signed certificate.
///
/// `made_at` is in seconds since 1970-01-01T00:00:00Z. `sign` signs a SHA-256 digest and returns an ECDSA signature in
/// DER; it is called twice, and what it returns is verified before anything is written.
///
/// # Errors
/// When the key doesn't sign, or another one does.
pub fn make<E>(
    subject: &Subject<'_>,
    made_at: i64,
    sign: impl Fn(&[u8; 32]) -> Result<Vec<u8>, E>,
) -> Result<KeyPackage, PackageError<E>> {
    let time = OffsetDateTime::from_unix_timestamp(made_at).map_err(|_| PackageError::Time(made_at))?;
    let written = time.to_offset(UtcOffset::UTC).format(&Rfc3339).map_err(|_| PackageError::Time(made_at))?;
    let sign = |message: &[u8]| {
        let digest: [u8; 32] = Sha256::digest(message).into();
        let der = sign(&digest).map_err(PackageError::Sign)?;
        let signature = Signature::from_der(&der).map_err(|_| PackageError::AnotherKey)?;
        let verified = subject.public_key.verifying_key().verify_prehash(&digest, &signature);
        verified.map(|()| der).map_err(|_| PackageError::AnotherKey)
    };
    let challenge = challenge::text(subject, &written);
    let signature = sign(challenge.as_bytes())?;
    let certificate = certificate::pem(subject, time, sign)?;
    let file = |name: &str, content: Vec<u8>| PackageFile { name: name.to_owned(), content };
    Ok(KeyPackage {
        name: subject.name(),
        files: vec![
            file(message::NAME, message::text(subject, &written).into_bytes()),
            file(&subject.pem_name(), subject.public_key.to_pem().into_bytes()),
            file(challenge::NAME, challenge.into_bytes()),
            file(challenge::SIGNATURE_NAME, signature),
            file(certificate::NAME, certificate.into_bytes()),
        ],
    })
}
