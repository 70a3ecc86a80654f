//! A key whose signature a new file has to carry.

use crate::store::signing_keys::SigningKeyRow;
use tekport_api::batch::FileSigner;
use tekport_api::signing_key::Custody;
use tekport_export_file::{DerSignature, KnownKey, SignatureInfo};

use p256::ecdsa::signature::hazmat::PrehashVerifier;

/// Who can make a signature of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The daemon, with its sealed copy or through its token.
    Here,
    /// A console that has the key in its keychain; the daemon waits for it.
    Console,
}

/// A live key of a config.
#[derive(Debug, Clone)]
pub struct Signatory(pub(super) SigningKeyRow);

impl From<SigningKeyRow> for Signatory {
    fn from(key: SigningKeyRow) -> Self {
        Self(key)
    }
}

impl Signatory {
    /// The key as the store keeps it.
    #[must_use]
    pub fn key(&self) -> &SigningKeyRow {
        &self.0
    }

    /// Who can make its signature.
    #[must_use]
    pub fn reach(&self) -> Reach {
        match self.0.custody {
            Custody::Daemon | Custody::Hsm => Reach::Here,
            Custody::Console => Reach::Console,
        }
    }

    /// Its id and version, as a file names it.
    #[must_use]
    pub fn info(&self) -> SignatureInfo {
        SignatureInfo { key_id: self.0.key_id.clone(), key_version: self.0.key_version.clone() }
    }

    /// The same, as the API shows it.
    #[must_use]
    pub fn file_signer(&self) -> FileSigner {
        FileSigner { key_id: self.0.key_id.to_string(), key_version: self.0.key_version.to_string() }
    }

    /// Its registered public key, to verify a file with.
    #[must_use]
    pub fn known_key(&self) -> KnownKey {
        KnownKey { name: Some(self.info()), key: *self.0.public_key.verifying_key() }
    }

    /// Whether a signature over a digest is this key's.
    #[must_use]
    pub fn verifies(&self, digest: &[u8; 32], signature: &DerSignature) -> bool {
        self.0.public_key.verifying_key().verify_prehash(digest, signature.signature()).is_ok()
    }
}
