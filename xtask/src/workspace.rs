//! Where things lie in the workspace.

use std::path::{Path, PathBuf};

/// The workspace's root, where the root `Cargo.toml` is.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The folder Cargo builds into; `CARGO_TARGET_DIR` moves it.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where a binary of the development profile is after a build.
pub(crate) fn binary(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The console's pages.
pub(crate) fn ui() -> PathBuf {
    root().join("ui")
}
