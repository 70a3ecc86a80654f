//! Files that are good, and the pieces to make bad ones from: protobuf fields and zip entries by hand, so that
//! nothing of the library under test stands in the way of a mistake.

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use std::io::Write;
use tekport_export_file::*;

pub(crate) const WINDOW_START: i64 = 1_590_105_600;
pub(crate) const WINDOW_END: i64 = 1_590_120_000;

pub(crate) fn info(version: &str) -> SignatureInfo {
    SignatureInfo { key_id: KeyId::parse("310").unwrap(), key_version: KeyVersion::parse(version).unwrap() }
}

/// The signing key of a version: made from the name, so that the same file comes out each time.
pub(crate) fn signing_key(version: &str) -> SigningKey {
    let mut scalar = [1; 32];
    scalar[..version.len()].copy_from_slice(version.as_bytes());
    SigningKey::from_slice(&scalar).unwrap()
}

pub(crate) fn known(version: &str) -> KnownKey {
    KnownKey { name: Some(info(version)), key: VerifyingKey::from(&signing_key(version)) }
}

/// A valid key whose data is `key` 16 times.
pub(crate) fn tek(key: u8, onset: Option<i64>) -> Tek {
    Tek::new(TekFields {
        key_data: &[key; 16],
        rolling_start: 2_649_888,
        rolling_period: 144,
        transmission_risk: 2,
        report_type: ReportType::ConfirmedTest,
        days_since_onset: onset,
        variant_of_concern: 0,
    })
    .unwrap()
}

pub(crate) fn unsigned(keys: &[Tek], revised: &[Tek], versions: &[&str]) -> UnsignedExport {
    let window = Window::new(WINDOW_START, WINDOW_END).unwrap();
    let infos = versions.iter().map(|version| info(version)).collect();
    let header = FileHeader::new(window, 0, Region::parse("US").unwrap(), infos).unwrap();
    UnsignedExport::new(&header, keys, revised).unwrap()
}

/// A good file with a signature of each version's key.
pub(crate) fn signed_file(keys: &[Tek], revised: &[Tek], versions: &[&str]) -> Vec<u8> {
    let unsigned = unsigned(keys, revised, versions);
    let sign = |version: &&str| {
        let signature: Signature = signing_key(version).sign_prehash(&unsigned.digest()).unwrap();
        (info(version), signature.into())
    };
    let signatures: Vec<_> = versions.iter().map(sign).collect();
    unsigned.finish(&signatures).unwrap()
}

/// A protobuf varint.
pub(crate) fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// A varint field.
pub(crate) fn int(number: u64, value: i64) -> Vec<u8> {
    [varint(number << 3), varint(value as u64)].concat()
}

/// A fixed64 field.
pub(crate) fn fixed64(number: u64, value: u64) -> Vec<u8> {
    [varint(number << 3 | 1), value.to_le_bytes().to_vec()].concat()
}

/// A length-delimited field.
pub(crate) fn bytes(number: u64, value: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}

/// A `SignatureInfo`.
pub(crate) fn info_message(id: &str, version: &str, algorithm: &str) -> Vec<u8> {
    [bytes(3, version.as_bytes()), bytes(4, id.as_bytes()), bytes(5, algorithm.as_bytes())].concat()
}

/// A `SignatureInfo` as it should be.
pub(crate) fn good_info() -> Vec<u8> {
    info_message("310", "v1", SIGNATURE_ALGORITHM)
}

/// A `TemporaryExposureKey` with good fields, before those that are given.
pub(crate) fn key_message(more: &[Vec<u8>]) -> Vec<u8> {
    [bytes(1, &[7; 16]), int(2, 2), int(3, 2_649_888), int(5, 1), more.concat()].concat()
}

/// `export.bin` with a good header, one signer and one key, before the fields that are given.
pub(crate) fn bin(more: &[Vec<u8>]) -> Vec<u8> {
    bin_of(&[vec![bytes(6, &good_info()), bytes(7, &key_message(&[]))], more.to_vec()].concat())
}

/// `export.bin` with a good header and neither signer nor key, before the fields that are given.
pub(crate) fn bin_of(fields: &[Vec<u8>]) -> Vec<u8> {
    let head = [
        b"EK Export v1    ".to_vec(),
        fixed64(1, WINDOW_START as u64),
        fixed64(2, WINDOW_END as u64),
        bytes(3, b"US"),
        int(4, 1),
        int(5, 1),
    ];
    [head.concat(), fields.concat()].concat()
}

/// One `TEKSignature`.
pub(crate) fn signature_message(info: &[u8], signature: &[u8]) -> Vec<u8> {
    bytes(1, &[bytes(1, info), int(2, 1), int(3, 1), bytes(4, signature)].concat())
}

/// The smallest thing that is a signature in DER.
pub(crate) const DER: [u8; 8] = [0x30, 6, 2, 1, 1, 2, 1, 1];

/// `export.sig` with one signature.
pub(crate) fn sig() -> Vec<u8> {
    signature_message(&good_info(), &DER)
}

/// One entry of a zip made by hand. Local header and directory can be made to differ.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: &'static [u8],
    pub(crate) local_name: &'static [u8],
    pub(crate) contents: Vec<u8>,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) extra: Vec<u8>,
    /// Added to the declared size before compression.
    pub(crate) size_lie: i64,
    /// Added to the checksum.
    pub(crate) crc_lie: u32,
    /// Bytes put after the compressed data, counted as part of it.
    pub(crate) tail: Vec<u8>,
}

impl Part {
    pub(crate) fn deflated(name: &'static [u8], contents: Vec<u8>) -> Self {
        Self {
            name,
            local_name: name,
            contents,
            method: 8,
            flags: 0,
            extra: vec![],
            size_lie: 0,
            crc_lie: 0,
            tail: vec![],
        }
    }

    fn data(&self) -> Vec<u8> {
        let packed = match self.method {
            8 => {
                let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(&self.contents).unwrap();
                encoder.finish().unwrap()
            }
            _ => self.contents.clone(),
        };
        [packed, self.tail.clone()].concat()
    }

    fn sums(&self, data: &[u8]) -> Vec<u8> {
        let mut crc = Crc::new();
        crc.update(&self.contents);
        let size = (self.contents.len() as i64 + self.size_lie) as u32;
        [crc.sum().wrapping_add(self.crc_lie), data.len() as u32, size].map(u32::to_le_bytes).concat()
    }
}

/// The two parts of a good file.
pub(crate) fn parts(bin: Vec<u8>, sig: Vec<u8>) -> [Part; 2] {
    [Part::deflated(b"export.bin", bin), Part::deflated(b"export.sig", sig)]
}

/// A good file by hand, of the given contents.
pub(crate) fn file(bin: Vec<u8>, sig: Vec<u8>) -> Vec<u8> {
    zip(&parts(bin, sig))
}

/// Writes the parts as a zip.
pub(crate) fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    let u16s = |values: &[u16]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    for part in parts {
        let (offset, data) = (zip.len() as u32, part.data());
        let described = part.flags & 8 != 0;
        let local_sums = if described { vec![0; 12] } else { part.sums(&data) };
        let common = u16s(&[part.flags, part.method, 0, 0]);
        let lengths = |name: &[u8]| u16s(&[name.len() as u16, part.extra.len() as u16]);
        zip.extend([b"PK\x03\x04\x14\x00".to_vec(), common.clone(), local_sums].concat());
        zip.extend([&lengths(part.local_name), part.local_name, &part.extra, &data].concat());
        if described {
            zip.extend([b"PK\x07\x08".to_vec(), part.sums(&data)].concat());
        }
        directory.extend([b"PK\x01\x02\x14\x00\x14\x00".to_vec(), common, part.sums(&data)].concat());
        directory.extend([lengths(part.name), vec![0; 10], offset.to_le_bytes().to_vec()].concat());
        directory.extend([part.name, &part.extra].concat());
    }
    let count = parts.len() as u16;
    let (size, offset) = (directory.len() as u32, zip.len() as u32);
    zip.extend(directory);
    zip.extend([b"PK\x05\x06".to_vec(), u16s(&[0, 0, count, count])].concat());
    zip.extend([size.to_le_bytes().to_vec(), offset.to_le_bytes().to_vec(), vec![0; 2]].concat());
    zip
}
