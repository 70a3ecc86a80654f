//! Reads the archive strictly: every byte of it belongs to one of the two entries or to the directory.

use super::{
    CENTRAL_BYTES, CENTRAL_SIGNATURE, DEFLATED, DESCRIPTOR_SIGNATURE, END_BYTES, END_SIGNATURE, ENTRY_NAMES,
    LOCAL_SIGNATURE, STORED,
};

/// Why bytes are not the archive of an export file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum ArchiveError {
    /// Neither the beginning nor the end is a zip's.
    #[error("it is not a zip archive")]
    NotAZip,
    /// It begins as a zip and doesn't end as one.
    #[error("the zip is cut short, or has a comment or other bytes after its end")]
    End,
    /// It has the marks of zip64, or of several disks.
    #[error("the zip uses zip64 or several volumes, which no export file needs and devices refuse")]
    Zip64OrVolumes,
    /// Another count of entries than two.
    #[error("entries in the zip: {0}; it has to have exactly two, export.bin and export.sig")]
    EntryCount(u16),
    /// The same name twice.
    #[error("the zip has the entry {0} twice; it has to have exactly export.bin and export.sig")]
    Duplicate(&'static str),
    /// Both entries, export.sig first.
    #[error("the zip has export.sig before export.bin; export.bin has to come first")]
    WrongOrder,
    /// An entry with another name.
    #[error("the zip has an entry named {0:?}; it has to have exactly export.bin and export.sig")]
    UnexpectedEntry(String),
    /// An entry under a password.
    #[error("{0} is encrypted in the zip; it has to be plain")]
    Encrypted(&'static str),
    /// An entry with flags that mean something else than deflate's level, a data descriptor or UTF-8.
    #[error("{name} has the zip flags {flags:#06x}, which no export file needs")]
    Flags {
        /// The entry.
        name: &'static str,
        /// Its general-purpose flags.
        flags: u16,
    },
    /// An entry compressed otherwise.
    #[error("{name} is compressed by method {method}; allowed are 0 (stored) and 8 (deflate)")]
    Method {
        /// The entry.
        name: &'static str,
        /// Its compression method.
        method: u16,
    },
    /// An extra field that changes the name, the sizes or the encryption, or that isn't whole.
    #[error("{0} has a zip extra field that could hide another name or size")]
    Extra(&'static str),
    /// The local header and the directory disagree.
    #[error("the zip's directory and the entry {name} disagree about its {what}")]
    Mismatch {
        /// The entry.
        name: &'static str,
        /// In what they differ.
        what: &'static str,
    },
    /// A length that leads outside the archive, or a header that isn't where it has to be.
    #[error("the zip's {0} is damaged")]
    Damaged(&'static str),
    /// An entry that says it is larger than the reader unpacks.
    #[error("{name} would unpack to {size} bytes; the reader takes at most {max}")]
    TooLarge {
        /// The entry.
        name: &'static str,
        /// Its declared size.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        size: u64,
        /// The limit.
        #[cfg_attr(feature = "bindings", specta(type = u32))]
        max: u64,
    },
    /// The compressed data is broken, or goes on after its end.
    #[error("the compressed data of {0} is damaged")]
    Deflate(&'static str),
    /// The entry unpacks to another size than the directory says.
    #[error("{0} doesn't unpack to the size that the zip says")]
    Size(&'static str),
    /// The checksum is wrong.
    #[error("{0} doesn't have the checksum that the zip says")]
    Checksum(&'static str),
}

/// One entry, still compressed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) name: &'static str,
    pub(crate) data: &'a [u8],
    pub(crate) deflated: bool,
    pub(crate) uncompressed: u32,
    pub(crate) crc: u32,
}

/// Finds the two entries.
pub(crate) fn read(zip: &[u8]) -> Result<[Entry<'_>; 2], ArchiveError> {
    let begins = Cursor(zip).u32() == Some(LOCAL_SIGNATURE);
    let not_ended = if begins { ArchiveError::End } else { ArchiveError::NotAZip };
    let end_at = zip.len().checked_sub(END_BYTES).ok_or(not_ended.clone())?;
    let (before_end, end) = zip.split_at(end_at);
    let directory = directory_before(before_end, end).ok_or(not_ended)??;

    let (first, rest) = directory_entry(directory.bytes)?;
    let (second, rest) = directory_entry(rest)?;
    if !rest.is_empty() {
        return Err(ArchiveError::Damaged("directory"));
    }
    let names = match (named(first.name)?, named(second.name)?) {
        (a, b) if a == b => return Err(ArchiveError::Duplicate(a)),
        names if [names.0, names.1] != ENTRY_NAMES => return Err(ArchiveError::WrongOrder),
        names => names,
    };
    let (bin, rest) = entry(directory.entries, first, names.0, 0)?;
    let (sig, rest) = entry(rest, second, names.1, directory.entries.len() - rest.len())?;
    if !rest.is_empty() {
        return Err(ArchiveError::Damaged("space between the entries and the directory"));
    }
    Ok([bin, sig])
}

struct Directory<'a> {
    entries: &'a [u8],
    bytes: &'a [u8],
}

/// Reads the record at the end; `None` when there is none.
fn directory_before<'a>(before: &'a [u8], end: &[u8]) -> Option<Result<Directory<'a>, ArchiveError>> {
    let mut end = Cursor(end);
    if end.u32()? != END_SIGNATURE {
        return None;
    }
    let (disk, directory_disk) = (end.u16()?, end.u16()?);
    let (here, total) = (end.u16()?, end.u16()?);
    let (size, offset) = (end.u32()?, end.u32()?);
    if end.u16()? != 0 {
        return None;
    }
    if disk != 0 || directory_disk != 0 || here != total || total == u16::MAX || size == u32::MAX || offset == u32::MAX
    {
        return Some(Err(ArchiveError::Zip64OrVolumes));
    }
    if total != 2 {
        return Some(Err(ArchiveError::EntryCount(total)));
    }
    let split = usize::try_from(offset).ok().and_then(|offset| before.split_at_checked(offset));
    Some(match split {
        Some((entries, bytes)) if u32::try_from(bytes.len()) == Ok(size) => Ok(Directory { entries, bytes }),
        _ => Err(ArchiveError::Damaged("directory")),
    })
}

/// The fields that a local header and a directory entry share.
#[derive(Clone, Copy)]
struct Header<'a> {
    flags: u16,
    method: u16,
    crc: u32,
    compressed: u32,
    uncompressed: u32,
    name: &'a [u8],
    extra: &'a [u8],
    offset: u32,
}

fn directory_entry(bytes: &[u8]) -> Result<(Header<'_>, &[u8]), ArchiveError> {
    let mut cursor = Cursor(bytes);
    directory_fields(&mut cursor).map(|header| (header, cursor.0)).ok_or(ArchiveError::Damaged("directory"))
}

fn directory_fields<'a>(cursor: &mut Cursor<'a>) -> Option<Header<'a>> {
    let mut fixed = Cursor(cursor.take(CENTRAL_BYTES)?);
    if fixed.u32()? != CENTRAL_SIGNATURE {
        return None;
    }
    // Made by, needed to extract: of no consequence.
    fixed.take(4)?;
    let (mut header, name, extra) = shared_fields(&mut fixed)?;
    let (comment, disk) = (fixed.u16()?, fixed.u16()?);
    // Attributes: a phone has no use for them.
    fixed.take(6)?;
    header.offset = fixed.u32()?;
    header.name = cursor.take(name)?;
    header.extra = cursor.take(extra)?;
    (comment == 0 && disk == 0).then_some(header)
}

fn shared_fields<'a>(cursor: &mut Cursor<'a>) -> Option<(Header<'a>, usize, usize)> {
    let (flags, method) = (cursor.u16()?, cursor.u16()?);
    // The time: any, since other implementations write impossible dates.
    cursor.take(4)?;
    let (crc, compressed, uncompressed) = (cursor.u32()?, cursor.u32()?, cursor.u32()?);
    let header = Header { flags, method, crc, compressed, uncompressed, name: &[], extra: &[], offset: 0 };
    Some((header, usize::from(cursor.u16()?), usize::from(cursor.u16()?)))
}

fn named(name: &[u8]) -> Result<&'static str, ArchiveError> {
    ENTRY_NAMES.into_iter().find(|known| known.as_bytes() == name).ok_or_else(|| {
        let shown = name.get(..64).unwrap_or(name);
        ArchiveError::UnexpectedEntry(String::from_utf8_lossy(shown).into_owned())
    })
}

const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const DESCRIPTOR: u16 = 1 << 3;
/// Deflate's level, a data descriptor, names in UTF-8.
const HARMLESS: u16 = 0b110 | DESCRIPTOR | 1 << 11;

/// Checks one entry, which has to begin where `bytes` do, and returns it with the bytes after it.
fn entry<'a>(
    bytes: &'a [u8],
    listed: Header<'_>,
    name: &'static str,
    at: usize,
) -> Result<(Entry<'a>, &'a [u8]), ArchiveError> {
    let mismatch = |what| Err(ArchiveError::Mismatch { name, what });
    let damaged = ArchiveError::Damaged("entry");
    if listed.flags & ENCRYPTED != 0 {
        return Err(ArchiveError::Encrypted(name));
    }
    if listed.flags & !HARMLESS != 0 {
        return Err(ArchiveError::Flags { name, flags: listed.flags });
    }
    if ![STORED, DEFLATED].contains(&listed.method) {
        return Err(ArchiveError::Method { name, method: listed.method });
    }
    if [listed.compressed, listed.uncompressed, listed.offset].contains(&u32::MAX) {
        return Err(ArchiveError::Zip64OrVolumes);
    }
    if usize::try_from(listed.offset) != Ok(at) {
        return mismatch("place");
    }
    let mut cursor = Cursor(bytes);
    let local = local_fields(&mut cursor).ok_or(damaged.clone())?;
    harmless_extra(listed.extra, name)?;
    harmless_extra(local.extra, name)?;
    if local.name != name.as_bytes() {
        return mismatch("name");
    }
    if local.flags != listed.flags {
        return mismatch("flags");
    }
    if local.method != listed.method {
        return mismatch("compression method");
    }
    let sizes = |header: &Header<'_>| (header.crc, header.compressed, header.uncompressed);
    let described = listed.flags & DESCRIPTOR != 0;
    if sizes(&local) != sizes(&listed) && !(described && sizes(&local) == (0, 0, 0)) {
        return mismatch("size or checksum");
    }
    let data = usize::try_from(listed.compressed).ok().and_then(|size| cursor.take(size)).ok_or(damaged.clone())?;
    if described && descriptor(&mut cursor).ok_or(damaged)? != sizes(&listed) {
        return mismatch("size or checksum");
    }
    let deflated = listed.method == DEFLATED;
    if !deflated && listed.compressed != listed.uncompressed {
        return mismatch("size or checksum");
    }
    Ok((Entry { name, data, deflated, uncompressed: listed.uncompressed, crc: listed.crc }, cursor.0))
}

fn local_fields<'a>(cursor: &mut Cursor<'a>) -> Option<Header<'a>> {
    if cursor.u32()? != LOCAL_SIGNATURE {
        return None;
    }
    cursor.take(2)?;
    let (mut header, name, extra) = shared_fields(cursor)?;
    header.name = cursor.take(name)?;
    header.extra = cursor.take(extra)?;
    Some(header)
}

/// Reads a data descriptor: checksum, compressed and uncompressed size, with or without a signature before.
fn descriptor(cursor: &mut Cursor<'_>) -> Option<(u32, u32, u32)> {
    let first = cursor.u32()?;
    let crc = if first == DESCRIPTOR_SIGNATURE { cursor.u32()? } else { first };
    Some((crc, cursor.u32()?, cursor.u32()?))
}

/// Takes any whole extra fields (times, owners) but those that change what the entry is.
fn harmless_extra(extra: &[u8], name: &'static str) -> Result<(), ArchiveError> {
    const ZIP64: u16 = 0x0001;
    const STRONG_ENCRYPTION: u16 = 0x0017;
    const UNICODE_PATH: u16 = 0x7075;
    const AES: u16 = 0x9901;
    let mut cursor = Cursor(extra);
    while !cursor.0.is_empty() {
        let field = cursor.u16().zip(cursor.u16()).and_then(|(id, size)| cursor.take(usize::from(size)).map(|_| id));
        match field {
            None | Some(ZIP64 | STRONG_ENCRYPTION | UNICODE_PATH | AES) => return Err(ArchiveError::Extra(name)),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Takes little-endian fields off the front.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*taken))
    }

    fn u32(&mut self) -> Option<u32> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*taken))
    }
}
