//! The zip archive, in just the shape that an export file has: two entries, nothing else. Written and read here
//! and not by a general zip library, which would let pass what devices refuse (a name twice, bytes between
//! entries, a directory that disagrees with the entries).

mod read;
mod unpack;
mod write;

pub use read::ArchiveError;
pub(crate) use read::{Entry, read};
pub(crate) use unpack::Unpacked;
pub(crate) use write::ArchiveWriter;

/// The two entries of an export file, in their order.
pub(crate) const ENTRY_NAMES: [&str; 2] = ["export.bin", "export.sig"];

const LOCAL_SIGNATURE: u32 = 0x0403_4b50;
const DESCRIPTOR_SIGNATURE: u32 = 0x0807_4b50;
const CENTRAL_SIGNATURE: u32 = 0x0201_4b50;
const END_SIGNATURE: u32 = 0x0605_4b50;

const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
