//! A state folder of a test's own, and the binary to run on it.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Far more than anything here takes: only a test that fails waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Home {
    folder: tempfile::TempDir,
    pub(crate) state: PathBuf,
}

/// What a command came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }

    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// The binary, without anything of the caller's own configuration.
pub(crate) fn tekportd() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tekportd"));
    command
        .stdin(Stdio::null())
        .env("TEKPORT_ADMIN__LISTEN", "127.0.0.1:0")
        .env("TEKPORT_PUBLIC__LISTEN", "127.0.0.1:0");
    command.env("TEKPORT_HEALTH__LISTEN", "127.0.0.1:0").env("TEKPORT_SCHEDULE__TICK", "1s");
    for name in ["TEKPORT_CONFIG", "TEKPORT_STATE", "CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    tekportd().args(arguments).output().unwrap().into()
}

impl Home {
    /// A folder that holds no state yet.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        Self { folder, state }
    }

    /// A state folder as `init` makes it.
    pub(crate) fn new() -> Self {
        let home = Self::empty();
        home.init(&[]).succeeded();
        home
    }

    /// Runs `init` with the listeners that the arguments say: the code of a new daemon carries a real port.
    pub(crate) fn init(&self, more: &[&str]) -> Ran {
        let mut command = self.command(&[&["init"], more].concat());
        for listener in ["ADMIN", "PUBLIC", "HEALTH"] {
            command.env_remove(format!("TEKPORT_{listener}__LISTEN"));
        }
        command.output().unwrap().into()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = tekportd();
        command.args(arguments).arg("--state").arg(&self.state);
        command
    }

    /// A path beside the state folder.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.beside(name);
        std::fs::write(&path, contents).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Replaces a text in the configuration.
    pub(crate) fn edit_config(&self, from: &str, to: &str) {
        let path = self.state.join("tekportd.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(path, text.replace(from, to)).unwrap();
    }

    /// Starts the daemon and waits for the line that says it is ready.
    pub(crate) fn serve(&self) -> Served {
        Served::start(self.command(&["serve"]), &self.state)
    }

    /// The same, with more in its environment.
    pub(crate) fn serve_with(&self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Served {
        let mut command = self.command(&["serve"]);
        command.env(name, value);
        Served::start(command, &self.state)
    }
}

/// A daemon that runs; killed when it is dropped without having been stopped.
pub(crate) struct Served {
    child: Child,
    log: mpsc::Receiver<String>,
    lines: Vec<String>,
    pub(crate) admin: SocketAddr,
    pub(crate) public: SocketAddr,
    pub(crate) health: SocketAddr,
}

impl Served {
    fn start(mut command: Command, state: &Path) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, log) = mpsc::channel();
        let (out, error) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        for stream in [Box::new(out) as Box<dyn Read + Send>, Box::new(error)] {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut served = Self { child, log, lines: Vec::new(), admin: nowhere, public: nowhere, health: nowhere };
        served.wait_for("tekportd is ready");
        let info: Value = serde_json::from_slice(&std::fs::read(state.join("run.json")).unwrap()).unwrap();
        let address = |name: &str| info[name].as_str().unwrap().parse().unwrap();
        (served.admin, served.public, served.health) = (address("admin"), address("public"), address("health"));
        assert_eq!(info["pid"], served.child.id());
        served
    }

    /// Waits until a line of its output holds `text`, and returns that line.
    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.log.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) => {
                    self.lines.push(line.clone());
                    if line.contains(text) {
                        return line;
                    }
                }
                Err(error) => panic!("{text:?} never came ({error}):\n{}", self.lines.join("\n")),
            }
        }
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Stops it softly and returns its exit status with everything it ever printed.
    pub(crate) fn stop(mut self) -> (i32, String) {
        self.signal("TERM");
        let until = Instant::now() + PATIENCE;
        while let Ok(line) = self.log.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.lines.push(line);
        }
        let status = self.child.wait().unwrap();
        (status.code().unwrap_or(-1), self.lines.join("\n"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Gone already where the test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
