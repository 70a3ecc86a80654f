//! How large a file may be: for devices, and for the reader before it gives up.

/// The most keys, first releases and revised ones together, that a device takes in one file (Apple's figure).
pub const MAX_KEYS: usize = 750_000;

/// The largest zip in bytes that a device takes: 16 MB (Apple's figure).
pub const MAX_FILE_BYTES: usize = 16_000_000;

/// The largest zip in bytes that the reader looks at: twice what devices take, so that a file over their limit
/// is still reported on.
pub const MAX_READ_FILE_BYTES: usize = 2 * MAX_FILE_BYTES;

/// The largest `export.bin` in bytes that the reader unpacks: 64 MB.
pub const MAX_READ_BIN_BYTES: u64 = 64_000_000;

/// The largest `export.sig` in bytes that the reader unpacks: 64 KiB, some 500 signatures.
pub const MAX_READ_SIG_BYTES: u64 = 64 * 1024;

/// The most keys that the reader takes: twice what devices take.
pub const MAX_READ_KEYS: usize = 2 * MAX_KEYS;

/// The most signature infos or signatures that the reader takes; a file carries at most 10.
pub const MAX_READ_SIGNATURES: usize = 100;

/// The longest string or message in bytes that the reader takes inside `export.bin`.
pub(crate) const MAX_READ_FIELD_BYTES: usize = 1024;
