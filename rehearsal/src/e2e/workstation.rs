//! Where an officer sits: a home, a session bus and an unlocked keyring that no other workstation has. All of them
//! share the display.

use crate::daemon::{ask_to_stop, free_ports};
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

const LIMIT: Duration = Duration::from_secs(30);
/// The WebDriver behind it is gone by then; tauri-driver itself may wait for its next session.
const STOP_LIMIT: Duration = Duration::from_secs(2);

/// A workstation that is switched on. Its bus, and with it the keyring, ends when it is dropped.
pub(super) struct Workstation {
    /// Sockets of the session lie in it, and their paths may hold 107 bytes at most.
    home: TempDir,
    bus_address: String,
    _bus: Child,
}

impl Workstation {
    /// Makes a home, and starts a session bus and an unlocked keyring in it.
    ///
    /// # Errors
    /// When one of them doesn't come up.
    pub(super) async fn set_up() -> Result<Self> {
        let home = tempfile::tempdir()?;
        let runtime = home.path().join("runtime");
        fs::create_dir_all(&runtime)?;
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700))?;
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .envs(home_variables(home.path()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("dbus-daemon could not be started")?;
        let mut said = BufReader::new(bus.stdout.take().context("the bus says nothing")?).lines();
        let bus_address =
            timeout(LIMIT, said.next_line()).await.context("the bus names no address")??.unwrap_or_default();
        let station = Self { home, bus_address, _bus: bus };
        station.unlock_keyring()?;
        Ok(station)
    }

    /// The home.
    pub(super) fn home(&self) -> &Path {
        self.home.path()
    }

    /// What a program finds in its environment here.
    pub(super) fn environment(&self) -> Vec<(&'static str, OsString)> {
        let mut variables = home_variables(self.home()).to_vec();
        variables.push(("DBUS_SESSION_BUS_ADDRESS", self.bus_address.clone().into()));
        variables
    }

    /// Starts tauri-driver here, waits until it and the WebDriver behind it answer, and returns it with its address.
    ///
    /// # Errors
    /// When it can't be started or doesn't answer in time.
    pub(super) async fn start_driver(&self, binary: &Path, log: &Path) -> Result<Driver> {
        let [own, native, _] = free_ports()?;
        let log = File::options().create(true).append(true).open(log).context("the driver's log can't be made")?;
        let child = Command::new(binary)
            .args(["--port", &own.port().to_string(), "--native-port", &native.port().to_string()])
            .envs(self.environment())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} could not be started", binary.display()))?;
        let until = Instant::now() + LIMIT;
        for address in [own, native] {
            while TcpStream::connect(address).await.is_err() {
                if Instant::now() > until {
                    bail!("nothing answers on {address} after {} s", LIMIT.as_secs());
                }
                sleep(Duration::from_millis(50)).await;
            }
        }
        Ok(Driver { child, address: format!("http://{own}") })
    }

    fn unlock_keyring(&self) -> Result<()> {
        let mut daemon = std::process::Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--components=secrets"])
            .envs(self.environment())
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
}

/// A tauri-driver that runs.
pub(super) struct Driver {
    child: Child,
    /// Where it answers.
    pub(super) address: String,
}

impl Driver {
    /// Ends it in order, so that it takes the WebDriver behind it along.
    ///
    /// # Errors
    /// When it can't be asked.
    pub(super) async fn stop(mut self) -> Result<()> {
        ask_to_stop(&mut self.child).await?;
        if timeout(STOP_LIMIT, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}

fn home_variables(home: &Path) -> [(&'static str, OsString); 2] {
    let runtime: PathBuf = home.join("runtime");
    [("HOME", home.into()), ("XDG_RUNTIME_DIR", runtime.into())]
}
