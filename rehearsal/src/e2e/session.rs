//! What a desktop session has and a headless machine hasn't: a display, a session bus, an unlocked keyring.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::process::Child;
use tokio::time::{Instant, sleep};

/// tauri-driver's own port and that of the WebKitWebDriver behind it.
const PORTS: [u16; 2] = [4444, 4445];
const LIMIT: Duration = Duration::from_secs(30);

/// Runs this binary again, with `arguments`, on a virtual display and a session bus of its own, and with `home`
/// as its home: nothing of the person who runs the test is touched.
///
/// # Errors
/// When it can't be started.
pub(super) fn run_inside(home: &Path, arguments: &[&std::ffi::OsStr]) -> Result<ExitStatus> {
    let runtime = home.join("runtime");
    fs::create_dir_all(&runtime)?;
    fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700))?;
    let mut command = Command::new("xvfb-run");
    command.args(["-a", "-s", "-screen 0 1280x900x24", "dbus-run-session", "--"]);
    command.arg(std::env::current_exe()?).args(arguments);
    command.env("HOME", home).env("XDG_RUNTIME_DIR", &runtime);
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "WAYLAND_DISPLAY", "DISPLAY"] {
        command.env_remove(name);
    }
    command.status().context("xvfb-run could not be started")
}

/// Starts a keyring on the session bus and unlocks it.
///
/// # Errors
/// When it doesn't come up.
pub(super) fn unlock_keyring() -> Result<()> {
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("gnome-keyring-daemon could not be started")?;
    daemon.stdin.take().context("the keyring takes no password")?.write_all(b"rehearsal")?;
    // It goes on in the background, and ends with the session bus.
    if !daemon.wait()?.success() {
        bail!("the keyring did not unlock");
    }
    Ok(())
}

/// Starts tauri-driver, waits until it and the WebDriver behind it answer, and returns it with its address. It
/// ends when it is dropped.
///
/// # Errors
/// When it can't be started or doesn't answer in time.
pub(super) async fn start_driver(binary: &Path, log: &Path) -> Result<(Child, String)> {
    for port in PORTS {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            bail!("port {port} on loopback is taken; end what listens there, another tauri-driver most likely");
        }
    }
    let log = fs::File::create(log).context("the driver's log can't be made")?;
    let child = tokio::process::Command::new(binary)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{} could not be started", binary.display()))?;
    let until = Instant::now() + LIMIT;
    for port in PORTS {
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if Instant::now() > until {
                bail!("nothing answers on port {port} after {} s", LIMIT.as_secs());
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
    Ok((child, format!("http://127.0.0.1:{}", PORTS[0])))
}
