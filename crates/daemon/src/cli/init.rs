//! `tekportd init`: makes a new daemon in a folder of its own.

use super::open::{DATABASE, Opened, create_root_key, open_store};
use super::{environment, print_json};
use crate::audit::{self, Actor, Change};
use crate::config::{Answers, Config, Location, RootKeySource, Span, default_file};
use crate::invitation::invite;
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::fs::{self, DirBuilder};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tekport_api::audit::AuditResult;
use tekport_api::enrolment::{Environment, Invitation};
use tekport_api::people::{PersonDraft, PersonSpec, Role};

/// The roles of the first person: everything but `ingest`, which is for key servers.
const FIRST_ROLES: [Role; 3] = [Role::Admin, Role::SecurityOfficer, Role::Operator];

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The daemon's name, shown in the console.
    #[arg(long, default_value = "Tekport")]
    name: String,
    /// Which kind of daemon this is; the console marks each with a colour.
    #[arg(long, value_enum, default_value = "production")]
    environment: EnvironmentName,
    /// host:port at which consoles reach the admin listener; written into enrolment codes.
    #[arg(long, value_name = "HOST:PORT")]
    admin_address: Option<String>,
    /// Where the admin listener listens; follows from --admin-address where absent, else 127.0.0.1:8443.
    #[arg(long, value_name = "IP:PORT")]
    admin_listen: Option<SocketAddr>,
    /// Where the public listener listens.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8080")]
    public_listen: SocketAddr,
    /// Where health and metrics listen: a loopback address.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:9464")]
    health_listen: SocketAddr,
    /// How long after its end a window is exported.
    #[arg(long, value_name = "TIME", default_value = "2h")]
    min_window_age: Span,
    /// Where the root key comes from: a file that is made now, a systemd credential that is there, a keychain.
    #[arg(long, value_enum, default_value = "file")]
    root_key: RootKeyName,
    /// The name of the first person to be let in.
    #[arg(long, value_name = "NAME", default_value = "First administrator")]
    person: String,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum EnvironmentName {
    Production,
    Staging,
    Test,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RootKeyName {
    File,
    Credential,
    Keychain,
}

/// What was made. Holds the enrolment code, so it has no `Debug`.
#[derive(Serialize)]
struct Made {
    state: PathBuf,
    config: PathBuf,
    database: PathBuf,
    /// The root key's file, where it is one.
    root_key: Option<PathBuf>,
    ca_sha256: String,
    admin_address: String,
    enrolment: Invitation,
}

impl Init {
    pub(super) async fn run(self, location: &Location) -> anyhow::Result<ExitCode> {
        let person = self.person()?;
        let file = default_file(&self.answers()?)?;
        let wrong = |problems: Vec<String>| anyhow::anyhow!(problems.join("\n"));
        // The file has to be right by itself, and with what the environment says now.
        Config::parse(&file, []).map_err(wrong)?;
        let config = Config::parse(&file, environment()).map_err(wrong)?;
        let state = std::path::absolute(location.new_state_folder())?;
        let config_path = std::path::absolute(&location.config)?;
        let folder = NewFolder::make(&state)?;
        if config_path.exists() {
            bail!("the configuration {} exists already and was not touched", config_path.display());
        }
        let made = make(config, &file, &state, &config_path, &person).await?;
        folder.keep();
        if self.json {
            print_json(&made)?
        } else {
            made.print()
        }
        Ok(ExitCode::SUCCESS)
    }

    fn person(&self) -> anyhow::Result<PersonSpec> {
        let roles = FIRST_ROLES.iter().map(ToString::to_string).collect();
        let draft = PersonDraft { name: self.person.clone(), roles };
        draft.validate().map_err(|problems| {
            let problems = problems.iter().map(|p| format!("--person: {}; allowed: {}", p.reason, p.allowed));
            anyhow::anyhow!(problems.collect::<Vec<_>>().join("\n"))
        })
    }

    fn answers(&self) -> anyhow::Result<Answers> {
        let admin_listen = match (self.admin_listen, &self.admin_address) {
            (Some(listen), _) => listen,
            (None, Some(address)) => listen_for(address)?,
            (None, None) => Config::default().admin.listen,
        };
        Ok(Answers {
            name: self.name.clone(),
            environment: match self.environment {
                EnvironmentName::Production => Environment::Production,
                EnvironmentName::Staging => Environment::Staging,
                EnvironmentName::Test => Environment::Test,
            },
            admin_listen,
            admin_address: self.admin_address.clone(),
            public_listen: self.public_listen,
            health_listen: self.health_listen,
            min_window_age: self.min_window_age,
            root_key_source: match self.root_key {
                RootKeyName::File => RootKeySource::File,
                RootKeyName::Credential => RootKeySource::Credential,
                RootKeyName::Keychain => RootKeySource::Keychain,
            },
        })
    }
}

/// Where to listen so that consoles reach the daemon at `address`: at that very address, on loopback for
/// `localhost`, and on every interface for any other host name.
fn listen_for(address: &str) -> anyhow::Result<SocketAddr> {
    if let Ok(listen) = address.parse() {
        return Ok(listen);
    }
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
    let port: u16 =
        port.parse().map_err(|_| anyhow::anyhow!("--admin-address: {address:?} has no port; allowed: host:port"))?;
    let ip = if host == "localhost" { [127, 0, 0, 1] } else { [0, 0, 0, 0] };
    Ok(SocketAddr::from((ip, port)))
}

async fn make(
    config: Config,
    file: &str,
    state: &Path,
    config_path: &Path,
    person: &PersonSpec,
) -> anyhow::Result<Made> {
    let root_key_file = (config.root_key.source == RootKeySource::File).then(|| state.join(&config.root_key.file));
    let root_key = create_root_key(&config, state).await?;
    let database = state.join(DATABASE);
    let store = open_store(&database).await?;
    let opened = Opened::assemble(config, state.to_owned(), store, root_key).await?;
    let origin = opened.code_origin()?;
    let now = opened.clock.now();
    let change = Change {
        action: "daemon.init",
        resource_kind: "daemon",
        resource_id: opened.pki.ca_pin(),
        before: None,
        after: Some(
            serde_json::json!({ "name": opened.config.daemon.name, "environment": opened.config.daemon.environment }),
        ),
    };
    let mut transaction = opened.store.begin().await?;
    audit::append(&mut transaction, now, &Actor::local(), AuditResult::Ok, change).await?;
    transaction.commit().await?;
    let enrolment = invite(&opened.store, &Actor::local(), person, &origin, now).await?;
    // Last of all: a folder without its configuration is one that was never finished.
    write_new(config_path, file).with_context(|| format!("{} can't be written", config_path.display()))?;
    Ok(Made {
        state: state.to_owned(),
        config: config_path.to_owned(),
        database,
        root_key: root_key_file,
        ca_sha256: opened.pki.ca_pin(),
        admin_address: origin.address,
        enrolment,
    })
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A state folder being made: gone again, with what is in it, unless it is kept.
struct NewFolder {
    path: PathBuf,
    was_there: bool,
    keep: bool,
}

impl NewFolder {
    /// Makes the folder with mode 0700, or takes one that is there and empty.
    fn make(path: &Path) -> anyhow::Result<Self> {
        let was_there = path.exists();
        if was_there {
            let mut entries = fs::read_dir(path).with_context(|| format!("{} can't be read", path.display()))?;
            if entries.next().is_some() {
                bail!(
                    "the state folder {} exists already and was not touched; name another with --state, or start \
                     the daemon that is there with tekportd serve",
                    path.display()
                );
            }
        }
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(path).with_context(|| format!("{} can't be made", path.display()))?;
        Ok(Self { path: path.to_owned(), was_there, keep: false })
    }

    fn keep(mut self) {
        self.keep = true;
    }
}

impl Drop for NewFolder {
    fn drop(&mut self) {
        if self.keep {
            return;
        }
        // It was empty before: everything in it was made just now. A folder that was there stays, with its owner.
        let removed = if self.was_there { empty(&self.path) } else { fs::remove_dir_all(&self.path) };
        if let Err(error) = removed {
            eprintln!("tekportd: {} is unfinished and can't be removed: {error}", self.path.display());
        }
    }
}

fn empty(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    Ok(())
}

impl Made {
    fn print(&self) {
        let state = self.state.display();
        println!("Tekport is set up in {state}\n");
        println!("  configuration  {}  (explains every option)", self.config.display());
        println!("  database       {}", self.database.display());
        if let Some(root_key) = &self.root_key {
            println!(
                "  root key       {}  (keep a copy elsewhere: without it the secrets in the database are lost)",
                root_key.display()
            );
        }
        println!("  CA SHA-256     {}", self.ca_sha256);
        println!("\nNext:\n\n  1. Start the daemon:\n\n     tekportd serve --state {state}\n");
        println!("  2. Paste this enrolment code into the console. It lets in {:?} as", self.enrolment.person.name);
        let roles: Vec<&str> = self.enrolment.person.roles.iter().map(|role| role.as_str()).collect();
        println!("     {}, once, until {}:\n", roles.join(", "), self.enrolment.expires_at);
        println!("{}\n", self.enrolment.code);
        println!("  3. Whenever something seems wrong:  tekportd doctor --state {state}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_listener_follows_from_where_consoles_reach_it() {
        let listen = |address| listen_for(address).map(|listen| listen.to_string()).ok();
        assert_eq!(listen("10.0.0.5:8443").as_deref(), Some("10.0.0.5:8443"));
        assert_eq!(listen("localhost:9000").as_deref(), Some("127.0.0.1:9000"));
        assert_eq!(listen("tekport.example.org:443").as_deref(), Some("0.0.0.0:443"));
        assert_eq!(listen("tekport.example.org"), None);
    }
}
