//! The DER of a private key: PKCS#8 and SEC1, of which only P-256 passes.

use super::ImportError;
use crate::algorithm::{EC, P256, name};
use crate::signing::SigningKey;
use p256::SecretKey;
use p256::pkcs8::der::asn1::{AnyRef, BitStringRef, ContextSpecific, OctetStringRef};
use p256::pkcs8::der::{self, Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use p256::pkcs8::{ObjectIdentifier, PrivateKeyInfoRef};

const NOT_PKCS8: ImportError = ImportError::Damaged("it is not a PKCS#8 key");
const NOT_SEC1: ImportError = ImportError::Damaged("it is not an elliptic-curve key in SEC1");
const HALVES: ImportError = ImportError::Damaged("the private and the public half in it don't belong together");

/// Reads a `PrivateKeyInfo` (RFC 5958).
pub(super) fn from_pkcs8(der: &[u8]) -> Result<SigningKey, ImportError> {
    let info = PrivateKeyInfoRef::from_der(der).map_err(|_| NOT_PKCS8)?;
    if info.algorithm.oid != EC {
        return Err(ImportError::AnotherKind(name(info.algorithm.oid)));
    }
    let curve = info.algorithm.parameters.map(curve).transpose()?;
    let key = read_sec1(info.private_key.as_bytes()).map_err(|_| NOT_PKCS8)?;
    finish(&key, curve)
}

/// Reads an `ECPrivateKey` (RFC 5915).
pub(super) fn from_sec1(der: &[u8]) -> Result<SigningKey, ImportError> {
    finish(&read_sec1(der).map_err(|_| NOT_SEC1)?, None)
}

/// An `ECPrivateKey` part by part; the curve may be written out, which `sec1` doesn't read.
struct Sec1<'a> {
    private: &'a [u8],
    parameters: Option<AnyRef<'a>>,
    public: Option<&'a [u8]>,
}

fn read_sec1(der: &[u8]) -> der::Result<Sec1<'_>> {
    let mut reader = SliceReader::new(der)?;
    let key = reader.sequence(|inner: &mut SliceReader<'_>| {
        if u8::decode(inner)? != 1 {
            return Err(Tag::Integer.value_error().into());
        }
        let private = <&OctetStringRef>::decode(inner)?.as_bytes();
        let parameters = ContextSpecific::<AnyRef<'_>>::decode_explicit(inner, TagNumber(0))?;
        let public = ContextSpecific::<BitStringRef<'_>>::decode_explicit(inner, TagNumber(1))?;
        let public = public.map(|bits| bits.value.as_bytes().ok_or_else(|| Tag::BitString.value_error()));
        Ok::<_, der::Error>(Sec1 {
            private,
            parameters: parameters.map(|tagged| tagged.value),
            public: public.transpose()?,
        })
    })?;
    reader.finish()?;
    Ok(key)
}

/// The curve that `ECParameters` name (RFC 5480); one that is written out in numbers has no name.
fn curve(parameters: AnyRef<'_>) -> Result<ObjectIdentifier, ImportError> {
    match parameters.tag() {
        Tag::ObjectIdentifier => parameters.decode_as().map_err(|_| ImportError::Damaged("its curve can't be read")),
        Tag::Sequence => Err(ImportError::AnotherKind(
            "elliptic curve written out in numbers (openssl pkey -ec_param_enc named_curve names it)".to_owned(),
        )),
        _ => Err(ImportError::Damaged("its curve can't be read")),
    }
}

fn finish(key: &Sec1<'_>, outer: Option<ObjectIdentifier>) -> Result<SigningKey, ImportError> {
    let inner = key.parameters.map(curve).transpose()?;
    for found in [outer, inner].into_iter().flatten() {
        if found != P256 {
            return Err(ImportError::AnotherKind(name(found)));
        }
    }
    // A key that names no curve is P-256 only if its public half shows that it is.
    if outer.or(inner).is_none() && key.public.is_none() {
        return Err(ImportError::NoCurve);
    }
    let secret = SecretKey::from_slice(key.private)
        .ok()
        .filter(|_| key.private.len() == 32)
        .ok_or(ImportError::Damaged("its private number is not one of P-256"))?;
    match key.public.map(p256::PublicKey::from_sec1_bytes) {
        Some(Ok(public)) if public == secret.public_key() => {}
        Some(_) if outer.or(inner).is_none() => return Err(ImportError::NoCurve),
        Some(_) => return Err(HALVES),
        None => {}
    }
    Ok(SigningKey::from_secret(secret))
}
