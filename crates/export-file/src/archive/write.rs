//! Writes the archive front to back into one buffer; the same contents give the same bytes.

use super::{CENTRAL_SIGNATURE, DEFLATED, END_SIGNATURE, LOCAL_BYTES, LOCAL_SIGNATURE};
use flate2::bufread::DeflateDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, Crc};
use std::io::{self, Read, Write};

/// 1980-01-01 in MS-DOS form: the same in every file, so that the bytes depend on the contents alone.
const DOS_DATE: u16 = 1 << 5 | 1;
const DOS_TIME: u16 = 0;
/// Version 2.0: what deflate needs.
const VERSION: u16 = 20;

/// A window of 1 KiB. All that repeats from one key to the next is a few dozen bytes back; a larger window finds
/// the last byte of a key together with what follows it somewhere among a thousand keys, and that far reference
/// costs more than it saves: 17.29 bytes a key with 32 KiB, 16.99 with 1 KiB, at 100,000 keys.
const WINDOW_BITS: u8 = 10;

/// Higher levels give the same size on keys in the file's order and take longer; lower ones give more.
const LEVEL: u32 = 5;

/// An archive under construction.
#[derive(Debug)]
pub(crate) struct ArchiveWriter {
    bytes: Vec<u8>,
    entries: Vec<Written>,
}

#[derive(Debug)]
struct Written {
    name: &'static str,
    offset: usize,
    crc: u32,
    compressed: usize,
    uncompressed: u64,
}

impl ArchiveWriter {
    /// Begins an archive with room for `capacity` bytes.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity), entries: Vec::new() }
    }

    /// Adds one deflated entry, whose contents `contents` writes.
    pub(crate) fn entry(
        &mut self,
        name: &'static str,
        contents: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let offset = self.bytes.len();
        self.bytes.resize(offset + LOCAL_BYTES, 0);
        self.bytes.extend_from_slice(name.as_bytes());
        let start = self.bytes.len();

        let (crc, uncompressed) = deflate(&mut self.bytes, contents)?;
        let written = Written { name, offset, crc, compressed: self.bytes.len() - start, uncompressed };
        let mut header = Fields::default();
        header.u32(LOCAL_SIGNATURE).u16(VERSION);
        written.shared_fields(&mut header)?;
        if let Some(place) = self.bytes.get_mut(offset..offset + LOCAL_BYTES) {
            place.copy_from_slice(&header.0);
        }
        self.entries.push(written);
        Ok(())
    }

    /// Unpacks the first entry again.
    pub(crate) fn first_contents(&self) -> io::Result<Vec<u8>> {
        let first = self.entries.first().ok_or(io::ErrorKind::NotFound)?;
        let start = first.offset + LOCAL_BYTES + first.name.len();
        let data = self.bytes.get(start..start + first.compressed).ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut contents = Vec::with_capacity(usize::try_from(first.uncompressed).unwrap_or(0));
        DeflateDecoder::new(data).read_to_end(&mut contents)?;
        Ok(contents)
    }

    /// Writes the directory and returns the archive.
    pub(crate) fn finish(mut self) -> io::Result<Vec<u8>> {
        let start = self.bytes.len();
        for entry in &self.entries {
            let mut header = Fields::default();
            header.u32(CENTRAL_SIGNATURE).u16(VERSION).u16(VERSION);
            entry.shared_fields(&mut header)?;
            // No comment, disk 0, no attributes.
            header.u16(0).u16(0).u16(0).u32(0).u32(narrow(entry.offset)?);
            self.bytes.extend_from_slice(&header.0);
            self.bytes.extend_from_slice(entry.name.as_bytes());
        }
        let entries = narrow(self.entries.len())?;
        let mut end = Fields::default();
        end.u32(END_SIGNATURE).u16(0).u16(0).u16(entries).u16(entries);
        end.u32(narrow(self.bytes.len() - start)?).u32(narrow(start)?).u16(0);
        self.bytes.extend_from_slice(&end.0);
        Ok(self.bytes)
    }
}

impl Written {
    /// The fields that a local header and a directory entry share, flags to extra length.
    fn shared_fields(&self, header: &mut Fields) -> io::Result<()> {
        header.u16(0).u16(DEFLATED).u16(DOS_TIME).u16(DOS_DATE).u32(self.crc);
        header.u32(narrow(self.compressed)?).u32(narrow(self.uncompressed)?);
        header.u16(narrow(self.name.len())?).u16(0);
        Ok(())
    }
}

/// Little-endian fields of a zip header.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn u16(&mut self, value: u16) -> &mut Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    fn u32(&mut self, value: u32) -> &mut Self {
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }
}

fn narrow<T: TryInto<U>, U>(value: T) -> io::Result<U> {
    value.try_into().map_err(|_| io::Error::new(io::ErrorKind::FileTooLarge, "larger than a zip without zip64 holds"))
}

/// Appends the deflated contents to `bytes`; returns their checksum and length before compression.
fn deflate(bytes: &mut Vec<u8>, contents: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<(u32, u64)> {
    // Without the zlib header, whatever the encoder's name says.
    let raw_deflate = Compress::new_with_window_bits(Compression::new(LEVEL), false, WINDOW_BITS);
    let mut checked =
        Checked { inner: ZlibEncoder::new_with_compress(bytes, raw_deflate), crc: Crc::new(), written: 0 };
    contents(&mut checked)?;
    checked.inner.finish()?;
    Ok((checked.crc.sum(), checked.written))
}

/// Counts and sums what goes through to the compressor.
struct Checked<W> {
    inner: W,
    crc: Crc,
    written: u64,
}

impl<W: Write> Write for Checked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write_all(bytes)?;
        self.crc.update(bytes);
        self.written += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
