//! What a desktop session has and a headless machine hasn't: a display.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Runs this binary again, with `arguments`, on a virtual display of its own, and with `home` as its home: nothing of
/// the person who runs the test is touched.
///
/// # Errors
/// When it can't be started.
pub(super) fn run_inside(home: &Path, arguments: &[OsString]) -> Result<ExitStatus> {
    let mut command = Command::new("xvfb-run");
    command.args(["-a", "-s", "-screen 0 1280x900x24"]);
    command.arg(std::env::current_exe()?).args(arguments);
    command.env("HOME", home);
    for name in [
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "XDG_RUNTIME_DIR",
        "XDG_DOWNLOAD_DIR",
        "DBUS_SESSION_BUS_ADDRESS",
        "WAYLAND_DISPLAY",
        "DISPLAY",
    ] {
        command.env_remove(name);
    }
    command.status().context("xvfb-run could not be started")
}
