//! Unpacks one entry as a stream, checking size and checksum on the way.

use super::{ArchiveError, Entry};
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use std::io::Read;

/// The contents of an entry, unpacked as they are read; never more than the entry declares.
pub(crate) struct Unpacked<'a> {
    entry: Entry<'a>,
    source: Source<'a>,
    crc: Crc,
    left: u64,
}

enum Source<'a> {
    Stored(&'a [u8]),
    Deflated(DeflateDecoder<&'a [u8]>),
}

impl<'a> Entry<'a> {
    /// Begins to unpack the entry.
    ///
    /// # Errors
    /// When it declares more than `max` bytes.
    pub(crate) fn unpack(self, max: u64) -> Result<Unpacked<'a>, ArchiveError> {
        let size = u64::from(self.uncompressed);
        if size > max {
            return Err(ArchiveError::TooLarge { name: self.name, size, max });
        }
        let source = match self.deflated {
            true => Source::Deflated(DeflateDecoder::new(self.data)),
            false => Source::Stored(self.data),
        };
        Ok(Unpacked { entry: self, source, crc: Crc::new(), left: size })
    }
}

impl Unpacked<'_> {
    /// How many bytes are declared and not read yet.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// Reads into `buffer` and returns how many bytes came; 0 once all declared ones have.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ArchiveError> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let Some(buffer) = buffer.get_mut(..room).filter(|buffer| !buffer.is_empty()) else { return Ok(0) };
        let read = match &mut self.source {
            Source::Stored(data) => data.read(buffer),
            Source::Deflated(data) => data.read(buffer),
        };
        let count = read.map_err(|_| ArchiveError::Deflate(self.entry.name))?;
        if count == 0 {
            return Err(ArchiveError::Size(self.entry.name));
        }
        self.crc.update(buffer.get(..count).unwrap_or_default());
        self.left -= count as u64;
        Ok(count)
    }

    /// Checks, once everything was read, that nothing more would come and that the checksum is right.
    pub(crate) fn finish(mut self) -> Result<(), ArchiveError> {
        let name = self.entry.name;
        if let Source::Deflated(data) = &mut self.source {
            // One more read reaches the end mark of the compressed data.
            match data.read(&mut [0]) {
                Ok(0) => {}
                Ok(_) => return Err(ArchiveError::Size(name)),
                Err(_) => return Err(ArchiveError::Deflate(name)),
            }
            if data.total_in() != self.entry.data.len() as u64 {
                return Err(ArchiveError::Deflate(name));
            }
        }
        match self.left {
            0 if self.crc.sum() == self.entry.crc => Ok(()),
            0 => Err(ArchiveError::Checksum(name)),
            _ => Err(ArchiveError::Size(name)),
        }
    }
}
