//! Opens export files, its own and others', from bytes that may be hostile: every length is checked before
//! anything is unpacked or kept, and what is wrong comes back as an error of its own.

mod bin;
mod error;
mod keys;
mod wire;

pub use bin::{BinError, ExportBin};
pub use error::{Flaw, KeyList, OpenError, RefusedKey};

use crate::archive::{self, ENTRY_NAMES, Entry};
use crate::limits::{MAX_READ_BIN_BYTES, MAX_READ_FILE_BYTES, MAX_READ_SIG_BYTES, MAX_READ_SIGNATURES};
use crate::{DerError, DerSignature, Tek, message};
use prost::Message;

/// An export file as it was read.
///
/// [`ExportFile::open`] returns only files that a phone would take apart without complaint;
/// [`ExportFile::inspect`] also those with [`Flaw`]s, so that a report can list every one.
#[derive(Debug, Clone)]
pub struct ExportFile {
    bin: ExportBin,
    signatures: Vec<ReadSignature>,
    file_bytes: usize,
}

/// What stands before the keys, as the file has it; none of it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadHeader {
    /// `start_timestamp`, UTC seconds; 0 when absent.
    pub start: u64,
    /// `end_timestamp`, UTC seconds; 0 when absent.
    pub end: u64,
    /// The region, empty when absent. Hostile text: at most 1,024 bytes of any characters.
    pub region: String,
    /// `batch_num`, 0 when absent.
    pub batch_num: i32,
    /// `batch_size`, 0 when absent.
    pub batch_size: i32,
    /// The signers that the file names.
    pub signature_infos: Vec<ReadSignatureInfo>,
}

/// A signer as a file names it; hostile text, at most 1,024 bytes of any characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSignatureInfo {
    /// Verification key id, empty when absent.
    pub key_id: String,
    /// Verification key version, empty when absent.
    pub key_version: String,
    /// Signature algorithm, empty when absent.
    pub algorithm: String,
}

/// A signature as `export.sig` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSignature {
    /// Who signed, by its own account.
    pub info: ReadSignatureInfo,
    /// `batch_num`, `None` when absent.
    pub batch_num: Option<i32>,
    /// `batch_size`, `None` when absent.
    pub batch_size: Option<i32>,
    /// The signature, or why its bytes are none.
    pub signature: Result<DerSignature, DerError>,
}

impl ExportFile {
    /// Opens a file that phones would take.
    ///
    /// # Errors
    /// When it can't be read, or has a [`Flaw`]. Whether the signatures verify is not looked at:
    /// [`ExportFile::verify`] says.
    pub fn open(zip: &[u8]) -> Result<Self, OpenError> {
        let file = Self::inspect(zip)?;
        let flaw = file.flaws().next();
        flaw.map_or(Ok(file), |flaw| Err(flaw.into()))
    }

    /// Reads a file whatever phones would think of it, as long as it can be read.
    ///
    /// # Errors
    /// When it can't be read: not the archive, the header or the messages of an export file, or larger than the
    /// reader takes. Never [`OpenError::Flawed`].
    pub fn inspect(zip: &[u8]) -> Result<Self, OpenError> {
        if zip.len() > MAX_READ_FILE_BYTES {
            return Err(OpenError::TooLarge(zip.len()));
        }
        let [bin, sig] = archive::read(zip)?;
        // The small entry first: a file with a broken export.sig costs nothing more.
        let signatures = read_signatures(sig)?;
        let bin = ExportBin::read(bin.unpack(MAX_READ_BIN_BYTES)?)?;
        Ok(Self { bin, signatures, file_bytes: zip.len() })
    }

    /// What makes every phone refuse the file, signature flaws first.
    pub fn flaws(&self) -> impl Iterator<Item = Flaw> + '_ {
        let (infos, signatures) = (self.header().signature_infos.len(), self.signatures.len());
        let count = match (infos, signatures) {
            (_, 0) => Some(Flaw::NoSignature),
            (infos, signatures) if infos != signatures => Some(Flaw::SignatureCount { infos, signatures }),
            _ => None,
        };
        let [_, sig] = ENTRY_NAMES;
        let signed = self.signatures.iter().map(|signature| &signature.info).enumerate();
        let algorithms = self
            .bin
            .algorithm_flaws()
            .chain(signed.filter_map(move |(place, info)| Flaw::of_algorithm(sig, place + 1, info)));
        let forms = self.signatures.iter().enumerate().filter_map(|(i, signature)| {
            signature.signature.err().map(|problem| Flaw::SignatureForm { number: i + 1, problem })
        });
        count.into_iter().chain(algorithms).chain(forms).chain(self.bin.key_flaws())
    }

    /// The contents of `export.bin`.
    #[must_use]
    pub fn bin(&self) -> &ExportBin {
        &self.bin
    }

    /// What stands before the keys.
    #[must_use]
    pub fn header(&self) -> &ReadHeader {
        self.bin.header()
    }

    /// First releases, in the file's order, without refused ones.
    #[must_use]
    pub fn keys(&self) -> &[Tek] {
        self.bin.keys()
    }

    /// Changed or revoked keys, in the file's order, without refused ones.
    #[must_use]
    pub fn revised_keys(&self) -> &[Tek] {
        self.bin.revised_keys()
    }

    /// The first 1,000 keys with a field out of range, in the file's order.
    #[must_use]
    pub fn refused_keys(&self) -> &[RefusedKey] {
        self.bin.refused_keys()
    }

    /// How many keys have a field out of range.
    #[must_use]
    pub fn refused_count(&self) -> usize {
        self.bin.refused_count()
    }

    /// What `export.sig` holds, in its order.
    #[must_use]
    pub fn signatures(&self) -> &[ReadSignature] {
        &self.signatures
    }

    /// SHA-256 of `export.bin`: what is signed.
    #[must_use]
    pub fn digest(&self) -> &[u8; 32] {
        self.bin.digest()
    }

    /// Size of the zip in bytes.
    #[must_use]
    pub fn file_bytes(&self) -> usize {
        self.file_bytes
    }

    /// Size of `export.bin` in bytes.
    #[must_use]
    pub fn bin_bytes(&self) -> u64 {
        self.bin.bytes()
    }
}

fn read_signatures(entry: Entry<'_>) -> Result<Vec<ReadSignature>, OpenError> {
    let mut unpacked = entry.unpack(MAX_READ_SIG_BYTES)?;
    let mut bytes = vec![0; usize::try_from(unpacked.left()).unwrap_or(0)];
    let mut filled = 0;
    while unpacked.left() > 0 {
        filled += unpacked.read(bytes.get_mut(filled..).unwrap_or_default())?;
    }
    unpacked.finish()?;
    let list = message::TekSignatureList::decode(bytes.as_slice()).map_err(|_| OpenError::SignatureList)?;
    if list.signatures.len() > MAX_READ_SIGNATURES {
        return Err(OpenError::TooManySignatures("export.sig"));
    }
    Ok(list.signatures.into_iter().map(ReadSignature::from).collect())
}

impl From<message::SignatureInfo> for ReadSignatureInfo {
    fn from(info: message::SignatureInfo) -> Self {
        Self {
            key_id: info.verification_key_id.unwrap_or_default(),
            key_version: info.verification_key_version.unwrap_or_default(),
            algorithm: info.signature_algorithm.unwrap_or_default(),
        }
    }
}

impl From<message::TekSignature> for ReadSignature {
    fn from(signature: message::TekSignature) -> Self {
        Self {
            info: signature.signature_info.unwrap_or_default().into(),
            batch_num: signature.batch_num,
            batch_size: signature.batch_size,
            signature: DerSignature::from_der(signature.signature.as_deref().unwrap_or_default()),
        }
    }
}
