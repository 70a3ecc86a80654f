//! A real tekportd in a state folder of its own, on free loopback ports.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;
use tekport_api::UtcTime;
use tekport_api::enrolment::{CODE_PREFIX, EnrolmentCode};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(50);

/// Where a daemon lives: its binary, its state folder, its log and its ports.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    tekportd: PathBuf,
    /// The state folder.
    pub(crate) state: PathBuf,
    /// What the daemon logs.
    pub(crate) log: PathBuf,
    admin: SocketAddr,
    public: SocketAddr,
}

impl Home {
    /// Initialises a new state folder and returns it with the first enrolment code.
    ///
    /// # Errors
    /// When the folder exists already, or `tekportd init` fails.
    pub(crate) async fn init(tekportd: &Path, state: &Path, name: &str, environment: &str) -> Result<(Self, String)> {
        if state.exists() {
            bail!("{} exists already; name a state folder that doesn't", state.display());
        }
        fs::create_dir_all(state.parent().unwrap_or(state))?;
        let [admin, public, health] = free_ports()?;
        let home = Self {
            tekportd: tekportd.to_owned(),
            state: state.to_owned(),
            log: state.with_extension("log"),
            admin,
            public,
        };
        let [admin, public, health] = [admin, public, health].map(|address| address.to_string());
        let output = home
            .run(&[
                "init",
                "--name",
                name,
                "--environment",
                environment,
                "--admin-listen",
                &admin,
                "--public-listen",
                &public,
                "--health-listen",
                &health,
            ])
            .await?;
        let text = succeeded("tekportd init", output)?;
        let code = code_in(&text).context("tekportd init printed no enrolment code")?;
        Ok((home, code))
    }

    /// Lets people ask where a key is, or no longer, from the next start on.
    ///
    /// # Errors
    /// When the configuration isn't as `init` writes it.
    pub(crate) fn allow_key_lookup(&self, allowed: bool) -> Result<()> {
        let path = self.state.join("tekportd.toml");
        let text = fs::read_to_string(&path).context("the configuration can't be read")?;
        let (before, section) = text.split_once("[key_lookup]").context("the configuration has no [key_lookup]")?;
        let section = section.replacen(&format!("enabled = {}", !allowed), &format!("enabled = {allowed}"), 1);
        fs::write(&path, format!("{before}[key_lookup]{section}")).context("the configuration can't be written")
    }

    /// Starts the daemon and waits until it says that it is ready.
    ///
    /// # Errors
    /// When it ends instead, or isn't ready in time; the message holds the end of its log.
    pub(crate) async fn start(&self) -> Result<Daemon> {
        let log = File::options().create(true).append(true).open(&self.log).context("the log can't be written")?;
        let mut command = self.command(&["serve"]);
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).kill_on_drop(true);
        // A process group of its own: Ctrl-C is for the rehearsal, which then stops the daemon in order.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn().with_context(|| format!("{} could not be started", self.tekportd.display()))?;
        let until = Instant::now() + START_LIMIT;
        while !self.ready().await {
            if let Some(status) = child.try_wait()? {
                bail!("tekportd ended ({status}) before it was ready; its log ends:\n{}", self.log_end());
            }
            if Instant::now() > until {
                bail!("tekportd is not ready after {} s; its log ends:\n{}", START_LIMIT.as_secs(), self.log_end());
            }
            sleep(POLL).await;
        }
        Ok(Daemon { child })
    }

    /// Lets somebody in and returns their enrolment code.
    ///
    /// # Errors
    /// When `tekportd enroll` fails.
    pub(crate) async fn enroll(&self, name: &str, roles: &[&str]) -> Result<String> {
        let mut arguments = vec!["enroll", name];
        for role in roles {
            arguments.extend(["--role", role]);
        }
        let text = succeeded("tekportd enroll", self.run(&arguments).await?)?;
        code_in(&text).context("tekportd enroll printed no enrolment code")
    }

    /// Replaces a key of the daemon's own, `root-key` or `sealing-key`, while it is stopped; returns what tekportd says.
    ///
    /// # Errors
    /// When `tekportd rotate` fails.
    pub(crate) async fn rotate(&self, what: &str) -> Result<String> {
        succeeded("tekportd rotate", self.run(&["rotate", what]).await?)
    }

    /// Imports a file of TEKs as having come in at `received_at`, and returns what tekportd says.
    ///
    /// # Errors
    /// When the import fails or refuses a key.
    pub(crate) async fn import(&self, file: &Path, region: &str, received_at: UtcTime) -> Result<String> {
        let file = file.to_str().context("the path isn't UTF-8")?;
        let received_at = received_at.to_string();
        let output = self.run(&["import", file, "--region", region, "--received-at", &received_at]).await?;
        succeeded("tekportd import", output)
    }

    /// Verifies a file or an index, and returns whether it passed with what tekportd says.
    ///
    /// # Errors
    /// When tekportd can't be started.
    pub(crate) async fn verify(&self, what: &str, public_pem: &Path) -> Result<(bool, String)> {
        let pem = public_pem.to_str().context("the path isn't UTF-8")?;
        let output = Command::new(&self.tekportd).args(["verify", what, "--key", pem]).output().await?;
        Ok((output.status.success(), text_of(&output)))
    }

    /// Where phones find the files of the folder target that `init` sets up, without a trailing slash.
    pub(crate) fn download_url(&self) -> String {
        format!("http://{}/exports/local", self.public)
    }

    /// The end of the daemon's log.
    pub(crate) fn log_end(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines.get(lines.len().saturating_sub(20)..).unwrap_or_default().join("\n")
    }

    async fn ready(&self) -> bool {
        tokio::net::TcpStream::connect(self.admin).await.is_ok() && self.state.join("run.json").is_file()
    }

    async fn run(&self, arguments: &[&str]) -> Result<Output> {
        let output = self.command(arguments).stdin(Stdio::null()).output().await;
        output.with_context(|| format!("{} could not be started", self.tekportd.display()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.tekportd);
        command.args(arguments).arg("--state").arg(&self.state);
        command.env("TEKPORT_PUBLIC__URL", format!("http://{}/", self.public));
        // Batches are looked for each second, so that nobody waits a minute for the first.
        command.env("TEKPORT_SCHEDULE__TICK", "1s");
        command
    }
}

/// A daemon that runs; killed when it is dropped without having been stopped.
#[derive(Debug)]
pub(crate) struct Daemon {
    child: Child,
}

impl Daemon {
    /// Asks the daemon to stop and waits until it has.
    ///
    /// # Errors
    /// When it ends with an error, or not in time, whereupon it is killed.
    pub(crate) async fn stop(mut self) -> Result<()> {
        ask_to_stop(&mut self.child).await?;
        match timeout(STOP_LIMIT, self.child.wait()).await {
            Ok(status) if status.as_ref().is_ok_and(std::process::ExitStatus::success) => Ok(()),
            Ok(status) => bail!("tekportd did not stop well: {}", status?),
            Err(_) => {
                self.child.kill().await?;
                bail!("tekportd did not stop within {} s and was killed", STOP_LIMIT.as_secs())
            }
        }
    }

    /// Waits until the daemon ends by itself, which it shouldn't.
    pub(crate) async fn ended(&mut self) -> String {
        match self.child.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        }
    }
}

/// Asks a program to end in order.
///
/// # Errors
/// When it can't be asked.
#[cfg(unix)]
pub(crate) async fn ask_to_stop(child: &mut Child) -> Result<()> {
    if let Some(pid) = child.id() {
        Command::new("sh").args(["-c", &format!("kill -TERM {pid}")]).status().await?;
    }
    Ok(())
}

/// Ends a program: other systems have no way to ask.
///
/// # Errors
/// When it can't be ended.
#[cfg(not(unix))]
pub(crate) async fn ask_to_stop(child: &mut Child) -> Result<()> {
    Ok(child.start_kill()?)
}

/// Three loopback addresses whose ports are free now; all are held until the last was found, so that they differ.
///
/// # Errors
/// When the system has none.
pub(crate) fn free_ports() -> Result<[SocketAddr; 3]> {
    let listeners =
        [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
    let [admin, public, health] = &listeners;
    Ok([admin.local_addr()?, public.local_addr()?, health.local_addr()?])
}

fn text_of(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn succeeded(what: &str, output: Output) -> Result<String> {
    let text = text_of(&output);
    if !output.status.success() {
        bail!("{what} failed ({}):\n{text}", output.status);
    }
    Ok(text)
}

/// Finds the enrolment code among what tekportd prints.
fn code_in(text: &str) -> Option<String> {
    let words = text.split_whitespace().filter(|word| word.starts_with(CODE_PREFIX));
    words.map(str::to_owned).find(|word| EnrolmentCode::parse(word).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_found_among_words() {
        let code = EnrolmentCode {
            address: "127.0.0.1:8443".to_owned(),
            ca_sha256: "ab".repeat(32),
            secret: "c2VjcmV0".to_owned(),
            expires_at: UtcTime::from_unix_seconds(1_800_000_000).unwrap(),
        };
        let text = format!("The enrolment code ({CODE_PREFIX}…):\n\n  {}\n\nIt works once.", code.to_text());
        assert_eq!(code_in(&text), Some(code.to_text()));
        assert_eq!(code_in("no code"), None);
    }

    #[test]
    fn the_three_ports_differ() {
        let [a, b, c] = free_ports().unwrap();
        assert!(a != b && b != c && a != c);
    }
}
