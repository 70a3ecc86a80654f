//! Makes an export file in two steps, so that signing can happen elsewhere: [`UnsignedExport::new`] compresses
//! and hashes, [`UnsignedExport::finish`] adds the signatures.

use crate::archive::{ArchiveWriter, ENTRY_NAMES};
use crate::limits::{MAX_FILE_BYTES, MAX_KEYS};
use crate::order::file_order;
use crate::{BinError, DerSignature, ExportBin, FileHeader, SIGNATURE_ALGORITHM, SignatureInfo, Tek, message};
use prost::Message;
use prost::encoding::{WireType, encode_key};
use sha2::{Digest, Sha256};
use std::io::{self, BufWriter, Write};

/// What `export.bin` begins with.
pub(crate) const MAGIC: &[u8; 16] = b"EK Export v1    ";

/// `batch_num` and `batch_size`: iOS takes files that stand alone only.
pub(crate) const BATCH: i32 = 1;

/// What a key costs at most in the zip with realistic keys, in tenths of a byte. The buffer is reserved by it, so
/// that it seldom has to grow.
const RESERVED_TENTHS_PER_KEY: usize = 170;

/// Why a file can't be made.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// Nothing to release.
    #[error("there is no key to put into the file; a window without keys gets no file")]
    NoKeys,
    /// More keys than devices take.
    #[error("the file would hold {0} keys; devices take at most {MAX_KEYS}: split the window")]
    TooManyKeys(usize),
    /// A larger zip than devices take.
    #[error("the file is {0} bytes; devices take at most {MAX_FILE_BYTES}: split the window into more files")]
    TooLarge(usize),
    /// The keys are not in the order of [`crate::order`].
    #[error("the {0} are not in the file's order; order them before making the file")]
    NotOrdered(&'static str),
    /// Other signers than the header names.
    #[error("the header names {expected} signers and {given} signatures are given, or their names or order differ")]
    Signers {
        /// How many signature infos the header has.
        expected: usize,
        /// How many signatures were given.
        given: usize,
    },
    /// The archive could not be written.
    #[error("the archive could not be written")]
    Archive(#[source] io::Error),
}

/// An export file that lacks its signatures: `export.bin` is compressed and hashed, never whole in memory.
#[derive(Debug)]
pub struct UnsignedExport {
    archive: ArchiveWriter,
    digest: [u8; 32],
    signature_infos: Vec<SignatureInfo>,
    counts: (usize, usize),
}

impl UnsignedExport {
    /// Compresses and hashes `export.bin`. Both lists have to be in the order of [`crate::order`] already. Takes
    /// some 17 bytes of memory a key beside the lists themselves.
    ///
    /// # Errors
    /// When there is no key, more than [`MAX_KEYS`], or a list isn't in order.
    pub fn new(header: &FileHeader, keys: &[Tek], revised_keys: &[Tek]) -> Result<Self, MakeError> {
        match keys.len().saturating_add(revised_keys.len()) {
            0 => return Err(MakeError::NoKeys),
            count if count > MAX_KEYS => return Err(MakeError::TooManyKeys(count)),
            _ => {}
        }
        for (list, name) in [(keys, "keys"), (revised_keys, "revised keys")] {
            if !list.is_sorted_by(|left, right| file_order(left, right).is_le()) {
                return Err(MakeError::NotOrdered(name));
            }
        }
        let capacity = (keys.len() + revised_keys.len()) * RESERVED_TENTHS_PER_KEY / 10 + 4096;
        let mut archive = ArchiveWriter::new(capacity);
        let mut hash = Sha256::new();
        let [bin, _] = ENTRY_NAMES;
        archive
            .entry(bin, |to| {
                let mut to = BufWriter::with_capacity(4 * 1024, Hashing { to, hash: &mut hash });
                write_bin(&mut to, header, keys, revised_keys)?;
                to.flush()
            })
            .map_err(MakeError::Archive)?;
        Ok(Self {
            archive,
            digest: hash.finalize().into(),
            signature_infos: header.signature_infos().to_vec(),
            counts: (keys.len(), revised_keys.len()),
        })
    }

    /// Takes up an `export.bin` that [`export_bin`](Self::export_bin) gave, for the signatures that it lacked:
    /// [`finish`](Self::finish) then gives the same zip as if the signatures had been there at once.
    ///
    /// # Errors
    /// When the bytes are not what this crate writes, or hold no key or more than [`MAX_KEYS`].
    pub fn from_bin(bin: &[u8]) -> Result<Self, BinError> {
        let read = ExportBin::open(bin)?;
        Ok(Self::new(&read.file_header()?, read.keys(), read.revised_keys())?)
    }

    /// Unpacks `export.bin` again, for whoever keeps it until it is signed: some 31 bytes a key.
    ///
    /// # Errors
    /// When what was compressed can't be read again.
    pub fn export_bin(&self) -> Result<Vec<u8>, MakeError> {
        self.archive.first_contents().map_err(MakeError::Archive)
    }

    /// SHA-256 of `export.bin`, header included: what each signer signs.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Who has to sign, in the file's order.
    #[must_use]
    pub fn signature_infos(&self) -> &[SignatureInfo] {
        &self.signature_infos
    }

    /// How many first releases and how many revised keys are in it.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        self.counts
    }

    /// Adds the signatures and returns the zip. They stand in the order of the header's signature infos.
    ///
    /// # Errors
    /// When the signers aren't the header's, or the zip is larger than devices take.
    pub fn finish(mut self, signatures: &[(SignatureInfo, DerSignature)]) -> Result<Vec<u8>, MakeError> {
        if !signatures.iter().map(|(info, _)| info).eq(&self.signature_infos) {
            return Err(MakeError::Signers { expected: self.signature_infos.len(), given: signatures.len() });
        }
        let list = message::TekSignatureList {
            signatures: signatures
                .iter()
                .map(|(info, signature)| message::TekSignature {
                    signature_info: Some(info_message(info)),
                    batch_num: Some(BATCH),
                    batch_size: Some(BATCH),
                    signature: Some(signature.to_vec()),
                })
                .collect(),
        };
        let [_, sig] = ENTRY_NAMES;
        self.archive.entry(sig, |to| to.write_all(&list.encode_to_vec())).map_err(MakeError::Archive)?;
        let file = self.archive.finish().map_err(MakeError::Archive)?;
        match file.len() {
            size if size > MAX_FILE_BYTES => Err(MakeError::TooLarge(size)),
            _ => Ok(file),
        }
    }
}

/// SHA-256 of the `export.bin` of these contents, without making it.
pub(crate) fn bin_digest(header: &FileHeader, keys: &[Tek], revised_keys: &[Tek]) -> Result<[u8; 32], MakeError> {
    let mut hash = Sha256::new();
    let mut nowhere = io::sink();
    let mut to = BufWriter::with_capacity(4 * 1024, Hashing { to: &mut nowhere, hash: &mut hash });
    let written = write_bin(&mut to, header, keys, revised_keys).and_then(|()| to.flush());
    drop(to);
    written.map_err(MakeError::Archive)?;
    Ok(hash.finalize().into())
}

fn write_bin(to: &mut dyn Write, header: &FileHeader, keys: &[Tek], revised_keys: &[Tek]) -> io::Result<()> {
    to.write_all(MAGIC)?;
    // Neither time is negative: a window starts in 1970 or later.
    let head = message::TemporaryExposureKeyExport {
        start_timestamp: Some(header.start().unsigned_abs()),
        end_timestamp: Some(header.end().unsigned_abs()),
        region: Some(header.region().as_str().to_owned()),
        batch_num: Some(BATCH),
        batch_size: Some(BATCH),
        signature_infos: header.signature_infos().iter().map(info_message).collect(),
        keys: Vec::new(),
        revised_keys: Vec::new(),
    };
    to.write_all(&head.encode_to_vec())?;
    let mut encoded = Vec::with_capacity(64);
    let mut key = message::TemporaryExposureKey::default();
    for (field, list) in [(KEYS_FIELD, keys), (REVISED_KEYS_FIELD, revised_keys)] {
        for tek in list {
            fill(&mut key, tek);
            encoded.clear();
            encode_key(field, WireType::LengthDelimited, &mut encoded);
            key.encode_length_delimited(&mut encoded).map_err(io::Error::other)?;
            to.write_all(&encoded)?;
        }
    }
    Ok(())
}

pub(crate) const KEYS_FIELD: u32 = 7;
pub(crate) const REVISED_KEYS_FIELD: u32 = 8;

/// Puts a key into the one message that all keys are written through.
///
/// Which fields are written where they hold a default: the risk always, since existing servers always write it
/// and a reader without proto2 defaults has nothing to go by; a rolling period of 144, an unknown report type
/// and an unknown variant never, since those servers leave them out and phones fill them in.
fn fill(key: &mut message::TemporaryExposureKey, tek: &Tek) {
    let number = |value: u8| Some(i32::from(value));
    let key_data = key.key_data.get_or_insert_default();
    key_data.clear();
    key_data.extend_from_slice(tek.key_data());
    key.transmission_risk_level = number(tek.transmission_risk());
    // A Tek's rolling start fits an i32.
    key.rolling_start_interval_number = Some(tek.rolling_start().cast_signed());
    key.rolling_period = number(tek.rolling_period()).filter(|period| *period != DEFAULT_ROLLING_PERIOD);
    key.report_type = number(tek.report_type().number()).filter(|kind| *kind != UNKNOWN);
    key.days_since_onset_of_symptoms = tek.days_since_onset().map(i32::from);
    key.variant_of_concern = number(tek.variant_of_concern()).filter(|variant| *variant != UNKNOWN);
}

/// The rolling period of a key that doesn't state one.
const DEFAULT_ROLLING_PERIOD: i32 = 144;
/// The report type and the variant of a key that doesn't state one.
const UNKNOWN: i32 = 0;

fn info_message(info: &SignatureInfo) -> message::SignatureInfo {
    message::SignatureInfo {
        verification_key_version: Some(info.key_version.to_string()),
        verification_key_id: Some(info.key_id.to_string()),
        signature_algorithm: Some(SIGNATURE_ALGORITHM.to_owned()),
    }
}

/// Hashes what goes through.
struct Hashing<'a> {
    to: &'a mut dyn Write,
    hash: &'a mut Sha256,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write_all(bytes)?;
        self.hash.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
