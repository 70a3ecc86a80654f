//! Whether the signatures of a file verify.

use crate::open::{ExportFile, ReadSignatureInfo};
use crate::{DerError, SignatureInfo};
use p256::ecdsa::VerifyingKey;
use p256::ecdsa::signature::hazmat::PrehashVerifier;

/// A public key to verify with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// The name under which phones look the key up: only signatures of that name are tried. `None` tries the
    /// key on every signature, whatever name it gives.
    pub name: Option<SignatureInfo>,
    /// The public key.
    pub key: VerifyingKey,
}

/// What became of one signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It verifies with the known key at this place in the list that was given.
    VerifiedBy(usize),
    /// None of the known keys that were tried made it over this file.
    Wrong,
    /// No known key has its name.
    UnknownKey,
    /// It is no signature at all.
    NotDer(DerError),
}

/// One signature of a file and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureOutcome {
    /// Who signed, by the file's own account.
    pub info: ReadSignatureInfo,
    /// What became of it.
    pub verdict: Verdict,
}

impl SignatureOutcome {
    /// Whether it verifies with a known key.
    #[must_use]
    pub fn verified(&self) -> bool {
        matches!(self.verdict, Verdict::VerifiedBy(_))
    }
}

impl ExportFile {
    /// Tries the known keys on each signature; one outcome a signature, in the order of `export.sig`.
    #[must_use]
    pub fn verify(&self, known: &[KnownKey]) -> Vec<SignatureOutcome> {
        self.signatures()
            .iter()
            .map(|signature| {
                let verdict = match &signature.signature {
                    Ok(der) => {
                        let mut candidates =
                            known.iter().enumerate().filter(|(_, key)| fits(key, &signature.info)).peekable();
                        let any = candidates.peek().is_some();
                        match candidates
                            .find(|(_, known)| known.key.verify_prehash(self.digest(), der.signature()).is_ok())
                        {
                            Some((place, _)) => Verdict::VerifiedBy(place),
                            None if any => Verdict::Wrong,
                            None => Verdict::UnknownKey,
                        }
                    }
                    Err(problem) => Verdict::NotDer(*problem),
                };
                SignatureOutcome { info: signature.info.clone(), verdict }
            })
            .collect()
    }
}

fn fits(known: &KnownKey, info: &ReadSignatureInfo) -> bool {
    known
        .name
        .as_ref()
        .is_none_or(|name| name.key_id.as_str() == info.key_id && name.key_version.as_str() == info.key_version)
}
