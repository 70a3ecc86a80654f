//! A bare `export.bin`: what is signed, before anybody signed it.

use super::keys::KeyLists;
use super::wire::{Field, Source, Stream, Value};
use super::{Flaw, KeyList, OpenError, ReadHeader, RefusedKey};
use crate::archive::ENTRY_NAMES;
use crate::limits::{MAX_READ_BIN_BYTES, MAX_READ_SIGNATURES};
use crate::make::{KEYS_FIELD, MAGIC, REVISED_KEYS_FIELD, bin_digest};
use crate::{
    FileHeader, HeaderError, KeyId, KeyVersion, MakeError, NameError, Region, SignatureInfo, Tek, Window, file_order,
    message,
};
use prost::Message;

/// The contents of an `export.bin` as they were read.
///
/// [`ExportBin::open`] returns only what this crate would have written itself; [`ExportBin::inspect`] also the rest,
/// so that whoever is to sign can be shown everything that is wrong with it.
#[derive(Debug, Clone)]
pub struct ExportBin {
    header: ReadHeader,
    lists: KeyLists,
    digest: [u8; 32],
    bytes: u64,
}

/// Why an `export.bin` is not one that this crate writes.
#[derive(Debug, thiserror::Error)]
pub enum BinError {
    /// It can't be read, or no phone would take it.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The region, a key id or a version breaks its rule.
    #[error("{what} {text:?} of export.bin: {problem}")]
    Name {
        /// Which name.
        what: &'static str,
        /// What it is, cut to 64 characters.
        text: String,
        /// What is wrong with it.
        problem: NameError,
    },
    /// The window or the signers are not those of a file.
    #[error("the header of export.bin: {0}")]
    Header(#[from] HeaderError),
    /// A list of keys is not in the order of [`crate::order`].
    #[error("the {0} of export.bin are not in the file's order, so that arrival or persons may show")]
    NotOrdered(&'static str),
    /// Its bytes say more than its header and its keys do, or say it in another form.
    #[error("export.bin is not written as Tekport writes it: fields that are unknown, repeated or in another form")]
    Form,
    /// No file can be made of its keys.
    #[error(transparent)]
    Make(#[from] MakeError),
}

impl ExportBin {
    /// Opens an `export.bin` that this crate would have written: no [`Flaw`], a proper header, both lists in the
    /// file's order, and not a byte more or other than those give.
    ///
    /// # Errors
    /// Says what it is that this crate would not have written.
    pub fn open(bin: &[u8]) -> Result<Self, BinError> {
        let read = Self::inspect(bin)?;
        if let Some(flaw) = read.flaws().next() {
            return Err(OpenError::Flawed(flaw).into());
        }
        let header = read.file_header()?;
        if let Some(list) = read.unordered() {
            return Err(BinError::NotOrdered(list));
        }
        if read.digest != bin_digest(&header, read.keys(), read.revised_keys())? {
            return Err(BinError::Form);
        }
        Ok(read)
    }

    /// Reads an `export.bin` whatever phones would think of it, as long as it can be read.
    ///
    /// # Errors
    /// When it doesn't begin as it has to, is no protobuf message, or is larger than the reader takes. Never
    /// [`OpenError::Flawed`].
    pub fn inspect(bin: &[u8]) -> Result<Self, OpenError> {
        if bin.len() as u64 > MAX_READ_BIN_BYTES {
            return Err(OpenError::BinTooLarge(bin.len()));
        }
        Self::read(bin)
    }

    /// Reads what the source gives.
    pub(super) fn read(source: impl Source) -> Result<Self, OpenError> {
        let bytes = source.left();
        let mut stream = Stream::new(source);
        if stream.take(MAGIC.len())? != Some(MAGIC.as_slice()) {
            return Err(OpenError::Magic);
        }
        let (header, lists) = read_message(&mut stream)?;
        Ok(Self { header, lists, digest: stream.finish()?, bytes })
    }

    /// What makes every phone refuse a file of it, whoever signs.
    pub fn flaws(&self) -> impl Iterator<Item = Flaw> + '_ {
        self.algorithm_flaws().chain(self.key_flaws())
    }

    pub(super) fn algorithm_flaws(&self) -> impl Iterator<Item = Flaw> + '_ {
        let [bin, _] = ENTRY_NAMES;
        let named = self.header.signature_infos.iter().enumerate();
        named.filter_map(move |(place, info)| Flaw::of_algorithm(bin, place + 1, info))
    }

    pub(super) fn key_flaws(&self) -> impl Iterator<Item = Flaw> + '_ {
        self.lists.refused.iter().copied().map(Flaw::Key)
    }

    /// What stands before the keys, unchecked.
    #[must_use]
    pub fn header(&self) -> &ReadHeader {
        &self.header
    }

    /// The same, where it is the header of a file that may be made. Its end holds the file number of a split window
    /// already.
    ///
    /// # Errors
    /// When the region or a signer's name breaks its rule, the window is none, or there aren't 1 to
    /// [`MAX_SIGNATURES`](crate::MAX_SIGNATURES) different signers.
    pub fn file_header(&self) -> Result<FileHeader, BinError> {
        let name = |what, text: &str, problem| BinError::Name { what, text: text.chars().take(64).collect(), problem };
        let seconds = |time: u64| i64::try_from(time).unwrap_or(i64::MAX);
        let window = Window::new(seconds(self.header.start), seconds(self.header.end))?;
        let region = &self.header.region;
        let region = Region::parse(region).map_err(|problem| name("the region", region, problem))?;
        let infos = self.header.signature_infos.iter().map(|info| {
            Ok(SignatureInfo {
                key_id: KeyId::parse(&info.key_id).map_err(|problem| name("the key id", &info.key_id, problem))?,
                key_version: KeyVersion::parse(&info.key_version)
                    .map_err(|problem| name("the key version", &info.key_version, problem))?,
            })
        });
        Ok(FileHeader::new(window, 0, region, infos.collect::<Result<_, BinError>>()?)?)
    }

    /// First releases, in the file's order, without refused ones.
    #[must_use]
    pub fn keys(&self) -> &[Tek] {
        &self.lists.keys
    }

    /// Changed or revoked keys, in the file's order, without refused ones.
    #[must_use]
    pub fn revised_keys(&self) -> &[Tek] {
        &self.lists.revised_keys
    }

    /// The first 1,000 keys with a field out of range, in the file's order.
    #[must_use]
    pub fn refused_keys(&self) -> &[RefusedKey] {
        &self.lists.refused
    }

    /// How many keys have a field out of range.
    #[must_use]
    pub fn refused_count(&self) -> usize {
        self.lists.refused_count
    }

    /// Which list is not in the order of [`crate::order`]; `None` where both are.
    #[must_use]
    pub fn unordered(&self) -> Option<&'static str> {
        let lists = [(self.keys(), "keys"), (self.revised_keys(), "revised keys")];
        let ordered = |list: &[Tek]| list.is_sorted_by(|left, right| file_order(left, right).is_le());
        lists.into_iter().find(|(list, _)| !ordered(list)).map(|(_, name)| name)
    }

    /// SHA-256 of all of it: what is signed.
    #[must_use]
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn read_message(stream: &mut Stream<impl Source>) -> Result<(ReadHeader, KeyLists), OpenError> {
    let mut header = ReadHeader::default();
    let mut lists = KeyLists::with_room_for(stream.left());
    loop {
        let at = stream.position();
        let Some(Field { number, value }) = stream.next(|number| matches!(number, 1..=8))? else { break };
        let malformed = OpenError::Malformed { at };
        match (number, value) {
            (1, Value::Fixed64(seconds)) => header.start = seconds,
            (2, Value::Fixed64(seconds)) => header.end = seconds,
            (3, Value::Bytes(text)) => {
                str::from_utf8(text).map_err(|_| malformed)?.clone_into(&mut header.region);
            }
            (4, Value::Varint(number)) => header.batch_num = int32(number),
            (5, Value::Varint(number)) => header.batch_size = int32(number),
            (6, Value::Bytes(bytes)) => {
                let info = message::SignatureInfo::decode(bytes).map_err(|_| malformed)?;
                if header.signature_infos.len() == MAX_READ_SIGNATURES {
                    return Err(OpenError::TooManySignatures("export.bin"));
                }
                header.signature_infos.push(info.into());
            }
            (KEYS_FIELD, Value::Bytes(bytes)) => lists.add(KeyList::Keys, bytes, at)?,
            (REVISED_KEYS_FIELD, Value::Bytes(bytes)) => lists.add(KeyList::RevisedKeys, bytes, at)?,
            (1..=8, _) => return Err(malformed),
            // Fields that later versions may add.
            _ => {}
        }
    }
    lists.shrink();
    Ok((header, lists))
}

/// Protobuf's int32: the low 32 bits of the varint.
fn int32(varint: u64) -> i32 {
    i32::from_le_bytes(*varint.to_le_bytes().first_chunk().unwrap_or(&[0; 4]))
}
