//! Reads protobuf fields one after another from an entry as it unpacks, so that `export.bin` is never in memory
//! as a whole.

use super::OpenError;
use crate::archive::{ArchiveError, Unpacked};
use crate::limits::MAX_READ_FIELD_BYTES;
use sha2::{Digest, Sha256};

/// How much is unpacked at a time.
const BUFFER_BYTES: usize = 32 * 1024;

/// Where the bytes of `export.bin` come from.
pub(super) trait Source {
    /// How many bytes are to come.
    fn left(&self) -> u64;
    /// Reads into `buffer` and returns how many bytes came; 0 once all have.
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ArchiveError>;
    /// Checks, once everything was read, that it was what was declared.
    fn finish(self) -> Result<(), ArchiveError>;
}

impl Source for Unpacked<'_> {
    fn left(&self) -> u64 {
        Unpacked::left(self)
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ArchiveError> {
        Unpacked::read(self, buffer)
    }

    fn finish(self) -> Result<(), ArchiveError> {
        Unpacked::finish(self)
    }
}

/// Bytes that are there already.
impl Source for &[u8] {
    fn left(&self) -> u64 {
        self.len() as u64
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ArchiveError> {
        let (taken, rest) = self.split_at(self.len().min(buffer.len()));
        buffer.iter_mut().zip(taken).for_each(|(to, from)| *to = *from);
        *self = rest;
        Ok(taken.len())
    }

    fn finish(self) -> Result<(), ArchiveError> {
        Ok(())
    }
}

/// The contents of `export.bin` as a stream, hashed on the way.
pub(super) struct Stream<S> {
    source: S,
    buffer: Vec<u8>,
    /// What of the buffer is unpacked and not taken yet.
    ready: std::ops::Range<usize>,
    /// How many bytes have been taken.
    position: u64,
    hash: Sha256,
}

/// One field's number and value.
pub(super) struct Field<'a> {
    pub(super) number: u32,
    pub(super) value: Value<'a>,
}

/// A value as it stands on the wire.
pub(super) enum Value<'a> {
    Varint(u64),
    Fixed64(u64),
    Bytes(&'a [u8]),
    /// Of a field that isn't wanted.
    Skipped,
}

impl<S: Source> Stream<S> {
    pub(super) fn new(source: S) -> Self {
        Self { source, buffer: vec![0; BUFFER_BYTES], ready: 0..0, position: 0, hash: Sha256::new() }
    }

    /// How many bytes have been taken: where the next one stands.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// How many bytes are to come.
    pub(super) fn left(&self) -> u64 {
        self.source.left() + self.ready.len() as u64
    }

    /// Takes the next `count` bytes, at most [`BUFFER_BYTES`]; `None` when fewer are left.
    pub(super) fn take(&mut self, count: usize) -> Result<Option<&[u8]>, OpenError> {
        if self.ready.len() < count {
            self.buffer.copy_within(self.ready.clone(), 0);
            self.ready = 0..self.ready.len();
            while self.ready.len() < count {
                let free = self.buffer.get_mut(self.ready.end..).unwrap_or_default();
                let read = self.source.read(free)?;
                if read == 0 {
                    return Ok(None);
                }
                self.hash.update(free.get(..read).unwrap_or_default());
                self.ready.end += read;
            }
        }
        let start = self.ready.start;
        self.ready.start += count;
        self.position += count as u64;
        Ok(self.buffer.get(start..start + count))
    }

    /// Reads the next field; `None` at the end. The value of a field that `wanted` refuses is skipped.
    pub(super) fn next(&mut self, wanted: impl Fn(u32) -> bool) -> Result<Option<Field<'_>>, OpenError> {
        if self.left() == 0 {
            return Ok(None);
        }
        let at = self.position;
        let tag = self.varint(at)?;
        let number = u32::try_from(tag >> 3).ok().filter(|number| (1..1 << 29).contains(number));
        let number = number.ok_or(OpenError::Malformed { at })?;
        let value = match tag & 7 {
            0 => Value::Varint(self.varint(at)?),
            1 => Value::Fixed64(self.fixed64(at)?),
            2 => {
                let length = self.varint(at)?;
                if !wanted(number) {
                    self.skip(length, at)?;
                    return Ok(Some(Field { number, value: Value::Skipped }));
                }
                let length = usize::try_from(length).ok().filter(|length| *length <= MAX_READ_FIELD_BYTES);
                let length = length.ok_or(OpenError::FieldTooLong { number, at })?;
                Value::Bytes(self.take(length)?.ok_or(OpenError::Truncated { at })?)
            }
            5 => {
                self.take(4)?.ok_or(OpenError::Truncated { at })?;
                Value::Skipped
            }
            _ => return Err(OpenError::Malformed { at }),
        };
        Ok(Some(Field { number, value }))
    }

    /// Checks that the entry ends here with the right checksum, and returns its SHA-256.
    pub(super) fn finish(self) -> Result<[u8; 32], OpenError> {
        self.source.finish()?;
        Ok(self.hash.finalize().into())
    }

    fn varint(&mut self, field_at: u64) -> Result<u64, OpenError> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let Some(&[byte]) = self.take(1)? else { return Err(OpenError::Truncated { at: field_at }) };
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(OpenError::Malformed { at: field_at })
    }

    fn fixed64(&mut self, field_at: u64) -> Result<u64, OpenError> {
        let bytes = self.take(8)?.and_then(|bytes| bytes.first_chunk().copied());
        bytes.map(u64::from_le_bytes).ok_or(OpenError::Truncated { at: field_at })
    }

    fn skip(&mut self, length: u64, field_at: u64) -> Result<(), OpenError> {
        // Nothing is unpacked for a length that can't be there.
        if length > self.left() {
            return Err(OpenError::Truncated { at: field_at });
        }
        let mut left = length;
        while left > 0 {
            let part = usize::try_from(left).unwrap_or(BUFFER_BYTES).min(BUFFER_BYTES);
            self.take(part)?.ok_or(OpenError::Truncated { at: field_at })?;
            left -= part as u64;
        }
        Ok(())
    }
}
