//! Encrypted keys put together by hand, so that their parameters can be anything.

use base64::{Engine, engine::general_purpose::STANDARD};

pub(crate) const SCRYPT: &str = "2b06010401da47040b";
pub(crate) const PBKDF2: &str = "2a864886f70d01050c";
pub(crate) const HMAC_SHA256: &str = "2a864886f70d0209";
pub(crate) const AES_256_CBC: &str = "60864801650304012a";
pub(crate) const DES_EDE3_CBC: &str = "2a864886f70d0307";
const PBES2: &str = "2a864886f70d01050d";

pub(crate) fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let length = if length < 0x80 { vec![length as u8] } else { vec![0x82, (length >> 8) as u8, length as u8] };
    [vec![tag], length, contents.to_vec()].concat()
}

pub(crate) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

pub(crate) fn oid(hex: &str) -> Vec<u8> {
    element(0x06, &hex::decode(hex).unwrap())
}

pub(crate) fn int(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(7);
    let zero: &[u8] = if bytes[start] >= 0x80 { &[0] } else { &[] };
    element(0x02, &[zero, &bytes[start..]].concat())
}

pub(crate) fn octets(bytes: &[u8]) -> Vec<u8> {
    element(0x04, bytes)
}

pub(crate) fn scrypt(salt: &[u8], n: u64, r: u64, p: u64) -> Vec<u8> {
    sequence(&[oid(SCRYPT), sequence(&[octets(salt), int(n), int(r), int(p)])])
}

pub(crate) fn pbkdf2(salt: &[u8], rounds: u64) -> Vec<u8> {
    let prf = sequence(&[oid(HMAC_SHA256), vec![5, 0]]);
    sequence(&[oid(PBKDF2), sequence(&[octets(salt), int(rounds), prf])])
}

pub(crate) fn cipher(which: &str, iv: &[u8]) -> Vec<u8> {
    sequence(&[oid(which), octets(iv)])
}

/// An encrypted PKCS#8 key in PEM.
pub(crate) fn encrypted(kdf: Vec<u8>, cipher: Vec<u8>, ciphertext: &[u8]) -> String {
    let scheme = sequence(&[oid(PBES2), sequence(&[kdf, cipher])]);
    pem("ENCRYPTED PRIVATE KEY", &sequence(&[scheme, octets(ciphertext)]))
}

pub(crate) fn pem(label: &str, contents: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(contents))
}
