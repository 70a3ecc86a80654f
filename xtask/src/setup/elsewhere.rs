//! Machines that aren't Debian: says what is needed there and leaves installing to the person.

use crate::command;
use anyhow::{Result, bail};

/// A Debian package and a program that comes with it, for those whose presence can be seen without dpkg.
const PROGRAMS: &[(&str, &str)] = &[
    ("openssl", "openssl"),
    ("protobuf-compiler", "protoc"),
    ("unzip", "unzip"),
    ("softhsm2", "softhsm2-util"),
    ("dbus", "dbus-run-session"),
    ("gnome-keyring", "gnome-keyring-daemon"),
    ("imagemagick", "import"),
    ("libsecret-tools", "secret-tool"),
    ("openbox", "openbox"),
    ("webkit2gtk-driver", "WebKitWebDriver"),
    ("xdotool", "xdotool"),
    ("xvfb", "xvfb-run"),
];

/// Checks what can be checked of `wanted`, and names all of it where something is missing.
///
/// # Errors
/// When a program is missing; the message names every one and the Debian packages to look for the like of.
pub(super) fn check(wanted: &[&str]) -> Result<()> {
    let missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(package, program)| wanted.contains(package) && !command::exists(program))
        .map(|(_, program)| *program)
        .collect();
    if missing.is_empty() {
        println!("This is not a Debian machine. If the build fails, look for the like of: {}", wanted.join(" "));
        return Ok(());
    }
    bail!(
        "This is not a Debian machine, and these programs are missing: {}.\n\
         Install what is here the like of Debian's packages, then try again:\n\n    {}\n",
        missing.join(", "),
        wanted.join(" ")
    )
}
