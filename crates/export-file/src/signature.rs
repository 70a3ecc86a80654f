//! An ECDSA signature in the one form that devices take.

use p256::FieldBytes;
use p256::ecdsa::Signature;
use std::fmt;

/// Why bytes are not a signature in the X9.62 form (RFC 3279, section 2.2.3) under DER's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum DerError {
    /// 64 bytes that are r and s side by side, as JOSE and WebCrypto write them.
    #[error("it is raw r||s (64 bytes); it has to be an ASN.1 DER sequence of two integers")]
    Raw,
    /// It doesn't begin with a sequence.
    #[error("it doesn't begin with an ASN.1 SEQUENCE; it has to be a DER sequence of two integers")]
    NotASequence,
    /// It ends before the lengths in it say.
    #[error("it ends too early: {0} bytes")]
    Truncated(#[cfg_attr(feature = "bindings", specta(type = u32))] usize),
    /// Bytes follow the sequence, or follow the integers inside it.
    #[error("it has bytes after the two integers")]
    Trailing,
    /// A length in a form that DER forbids, or longer than any P-256 signature.
    #[error("a length in it is not in DER's short form")]
    Length,
    /// Something other than an integer where one has to stand.
    #[error("it holds something other than two ASN.1 INTEGERs")]
    NotAnInteger,
    /// An integer with needless leading zeros, or without any byte.
    #[error("an integer in it is not in its shortest form")]
    NotMinimal,
    /// A negative integer.
    #[error("an integer in it is negative")]
    Negative,
    /// r or s is zero or not below the order of the curve.
    #[error("an integer in it is zero or above the order of P-256")]
    OutOfRange,
}

/// An ECDSA P-256 signature, strictly DER: what is read and what is written are the same bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DerSignature(Signature);

impl DerSignature {
    /// Reads an ASN.1 DER sequence of two integers.
    ///
    /// # Errors
    /// Says which rule of DER or of P-256 the bytes break.
    pub fn from_der(bytes: &[u8]) -> Result<Self, DerError> {
        match parse(bytes) {
            Ok((r, s)) => Signature::from_scalars(r, s).map(Self).map_err(|_| DerError::OutOfRange),
            // 64 bytes may be DER by luck; only those that aren't are taken for r and s side by side.
            Err(_) if bytes.len() == 64 => Err(DerError::Raw),
            Err(error) => Err(error),
        }
    }

    /// Writes the signature: 8 to 72 bytes.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        self.0.to_der().as_bytes().to_vec()
    }

    /// The signature for `p256`'s own verification.
    #[must_use]
    pub fn signature(&self) -> &Signature {
        &self.0
    }
}

impl From<Signature> for DerSignature {
    fn from(signature: Signature) -> Self {
        Self(signature)
    }
}

impl fmt::Debug for DerSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DerSignature(..)")
    }
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;

fn parse(bytes: &[u8]) -> Result<(FieldBytes, FieldBytes), DerError> {
    let (body, rest) = element(bytes, SEQUENCE, DerError::NotASequence)?;
    let (r, after_r) = element(body, INTEGER, DerError::NotAnInteger)?;
    let (s, after_s) = element(after_r, INTEGER, DerError::NotAnInteger)?;
    if !rest.is_empty() || !after_s.is_empty() {
        return Err(DerError::Trailing);
    }
    Ok((scalar(r)?, scalar(s)?))
}

/// Splits one element off the front: its contents, and what follows it.
fn element(bytes: &[u8], tag: u8, wrong_tag: DerError) -> Result<(&[u8], &[u8]), DerError> {
    match bytes {
        [] => Err(DerError::Truncated(0)),
        [found, ..] if *found != tag => Err(wrong_tag),
        [_, length, rest @ ..] if *length < 0x80 => {
            rest.split_at_checked(usize::from(*length)).ok_or(DerError::Truncated(bytes.len()))
        }
        [_, _, ..] => Err(DerError::Length),
        [_] => Err(DerError::Truncated(bytes.len())),
    }
}

/// Turns the contents of an INTEGER into 32 big-endian bytes.
fn scalar(contents: &[u8]) -> Result<FieldBytes, DerError> {
    let magnitude = match contents {
        [] => return Err(DerError::NotMinimal),
        [0, next, ..] if *next < 0x80 => return Err(DerError::NotMinimal),
        [0, rest @ ..] => rest,
        [first, ..] if *first >= 0x80 => return Err(DerError::Negative),
        all => all,
    };
    let mut padded = FieldBytes::default();
    let start = padded.len().checked_sub(magnitude.len()).ok_or(DerError::OutOfRange)?;
    padded.iter_mut().skip(start).zip(magnitude).for_each(|(to, from)| *to = *from);
    Ok(padded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A sequence of the two integers whose contents are given.
    fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
        let mut body = vec![INTEGER, r.len() as u8];
        body.extend(r);
        body.extend([INTEGER, s.len() as u8]);
        body.extend(s);
        [vec![SEQUENCE, body.len() as u8], body].concat()
    }

    #[test]
    fn each_way_of_not_being_der_is_told_apart() {
        let long = [0x7f; 33];
        for (bytes, error) in [
            (vec![0x11; 64], DerError::Raw),
            (vec![], DerError::Truncated(0)),
            (vec![0x30], DerError::Truncated(1)),
            (vec![0x31, 0], DerError::NotASequence),
            (vec![0x30, 6, 2, 1, 1], DerError::Truncated(5)),
            (vec![0x30, 0x81, 6, 2, 1, 1, 2, 1, 1], DerError::Length),
            (vec![0x30, 6, 4, 1, 1, 2, 1, 1], DerError::NotAnInteger),
            (der(&[1], &[]), DerError::NotMinimal),
            (der(&[0, 1], &[1]), DerError::NotMinimal),
            (der(&[0x80], &[1]), DerError::Negative),
            (der(&[0], &[1]), DerError::OutOfRange),
            (der(&long, &[1]), DerError::OutOfRange),
            (der(&[[0].as_slice(), &[0xff; 32]].concat(), &[1]), DerError::OutOfRange),
            ([der(&[1], &[1]), vec![0]].concat(), DerError::Trailing),
            (vec![0x30, 8, 2, 1, 1, 2, 1, 1, 5, 0], DerError::Trailing),
        ] {
            assert_eq!(DerSignature::from_der(&bytes), Err(error), "{bytes:02x?}");
        }
    }

    #[test]
    fn what_is_read_is_written_again() {
        for bytes in [der(&[1], &[1]), der(&[0, 0x80], &[0x7f; 32])] {
            assert_eq!(DerSignature::from_der(&bytes).unwrap().to_vec(), bytes);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_written_again(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(signature) = DerSignature::from_der(&bytes) {
                prop_assert_eq!(signature.to_vec(), bytes);
            }
        }
    }
}
