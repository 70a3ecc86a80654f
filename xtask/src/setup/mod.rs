//! Puts in place what the demo and the tests need: system packages, the pages' packages, tauri-driver.
//! Every step looks first and does nothing where nothing is missing.

mod debian;
mod display;
mod elsewhere;
mod node;
mod rust;

pub(crate) use rust::tauri_driver;

use anyhow::Result;

/// What building the daemon takes. A C compiler: aws-lc and SQLite are C.
const BUILD: &[&str] = &["build-essential", "pkg-config"];
/// What building the console takes beside that.
const CONSOLE: &[&str] = &["libwebkit2gtk-4.1-dev"];
/// What the tests take beside that: the foreign tools of the proof, a PKCS#11 token in software, a browser for the
/// pages, and a display, a session bus, a keyring and a WebDriver for the real window.
const TESTS: &[&str] = &[
    "openssl",
    "protobuf-compiler",
    "unzip",
    "softhsm2",
    "chromium-headless-shell",
    "dbus",
    "gnome-keyring",
    "imagemagick",
    "libsecret-tools",
    "openbox",
    "webkit2gtk-driver",
    "xauth",
    "xdotool",
    "xvfb",
];

/// Gets ready for the demo. Returns why the console can't be opened here, or `None` when it can.
///
/// # Errors
/// When something is missing that could not be installed; the message holds the command that will.
pub(crate) fn for_demo() -> Result<Option<&'static str>> {
    let no_console = display::missing();
    if no_console.is_some() {
        system_packages(&[BUILD])?;
    } else {
        system_packages(&[BUILD, CONSOLE])?;
        node::packages()?;
    }
    Ok(no_console)
}

/// Gets ready for the whole suite.
///
/// # Errors
/// When something is missing that could not be installed; the message holds the command that will.
pub(crate) fn for_tests() -> Result<()> {
    system_packages(&[BUILD, CONSOLE, TESTS])?;
    rust::components()?;
    node::packages()?;
    rust::install_tauri_driver()
}

fn system_packages(groups: &[&[&str]]) -> Result<()> {
    let wanted: Vec<&str> = groups.iter().copied().flatten().copied().collect();
    if debian::is_this() { debian::install_missing(&wanted) } else { elsewhere::check(&wanted) }
}
