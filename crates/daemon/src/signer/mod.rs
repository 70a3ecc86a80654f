//! Signs with the keys that consoles handed over, opened under the root key.
