//! Custody `daemon`: private halves that consoles handed over, kept encrypted under the root key.

use super::{SignError, Signatory};
use crate::store::signing_keys::{SEALED_COLUMN, TABLE};
use tekport_export_file::{DerSignature, SignatureInfo};
use tekport_keys::SigningKey;
use tekport_keys::at_rest::{Binding, RootKey};

/// Opens a signatory's private half. It is wiped when it is dropped.
pub(super) fn open(root_key: &RootKey, signatory: &Signatory) -> Result<SigningKey, SignError> {
    let (row, name) = (signatory.key(), signatory.info());
    let Some(sealed) = row.sealed.as_deref() else { return Err(SignError::NotHandedOver(name)) };
    let id = row.id.to_string();
    let binding = Binding { table: TABLE, row: &id, column: SEALED_COLUMN };
    let der = root_key.decrypt(binding, sealed).map_err(|source| SignError::Sealed { name: name.clone(), source })?;
    let key = SigningKey::from_pkcs8_der(&der).map_err(|source| SignError::Unusable { name: name.clone(), source })?;
    if key.public_key() == row.public_key { Ok(key) } else { Err(SignError::Mismatch(name)) }
}

/// Signs a digest; the same one always gets the same signature (RFC 6979).
pub(super) fn sign(key: &SigningKey, name: &SignatureInfo, digest: &[u8; 32]) -> Result<DerSignature, SignError> {
    let der = key.sign_digest(digest).map_err(|source| SignError::Unusable { name: name.clone(), source })?;
    DerSignature::from_der(&der).map_err(|source| SignError::Signature { name: name.clone(), source })
}
