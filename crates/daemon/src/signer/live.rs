//! The opened keys of a config whose keys are all in the daemon's custody.

use super::{SignError, Signatory, sealed};
use tekport_api::batch::FileSigner;
use tekport_export_file::{DerSignature, KnownKey, SignatureInfo};
use tekport_keys::SigningKey;

/// The keys that sign a file, newest first; one to ten. The private halves are wiped when it is dropped.
#[derive(Debug)]
pub struct LiveKeys(pub(super) Vec<(Signatory, SigningKey)>);

impl LiveKeys {
    /// Who signs, in the order of a file.
    #[must_use]
    pub fn infos(&self) -> Vec<SignatureInfo> {
        self.0.iter().map(|(signatory, _)| signatory.info()).collect()
    }

    /// The same, as the API shows it.
    #[must_use]
    pub fn signers(&self) -> Vec<FileSigner> {
        self.0.iter().map(|(signatory, _)| signatory.file_signer()).collect()
    }

    /// The registered public keys, to verify with.
    #[must_use]
    pub fn known_keys(&self) -> Vec<KnownKey> {
        self.0.iter().map(|(signatory, _)| signatory.known_key()).collect()
    }

    /// Signs a digest with every key; the same digest always gets the same signatures (RFC 6979).
    ///
    /// # Errors
    /// When a key doesn't sign.
    pub fn sign(&self, digest: &[u8; 32]) -> Result<Vec<(SignatureInfo, DerSignature)>, SignError> {
        let sign = |(signatory, key): &(Signatory, SigningKey)| {
            let name = signatory.info();
            sealed::sign(key, &name, digest).map(|signature| (name, signature))
        };
        self.0.iter().map(sign).collect()
    }
}
