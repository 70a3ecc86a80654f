//! Finding, reading and checking the configuration.

use super::{Config, FILE_NAME, Secret, StorageConfig};
use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider, error::Kind};
use std::path::{Path, PathBuf};

/// The state folder when neither the command line nor the environment names one.
const DEFAULT_STATE: &str = "/var/lib/tekportd";
/// What the environment variables of the configuration begin with.
const ENV_PREFIX: &str = "TEKPORT_";
const DAY: u32 = 86_400;

/// Why there is no usable configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no file.
    #[error("there is no configuration at {}; make one with tekportd init, or name it with --state or --config", .0.display())]
    Missing(PathBuf),
    /// The file is there and can't be read.
    #[error("the configuration {} can't be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Some options are wrong: each with its name, what was wrong and what is allowed.
    #[error("the configuration {} is not right:\n  {}", path.display(), problems.join("\n  "))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// One line an option.
        problems: Vec<String>,
    },
    /// A secret can't be had.
    #[error("{key}: the secret's file {} can't be read", path.display())]
    SecretFile {
        /// The option that names the file.
        key: String,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Where the configuration file and the state folder are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The configuration file.
    pub config: PathBuf,
    /// The state folder that the command line asked for; wins over `daemon.state`.
    pub state: Option<PathBuf>,
}

impl Location {
    /// Finds the file: `config` where given, else `tekportd.toml` in `state`, else in `/var/lib/tekportd`.
    #[must_use]
    pub fn new(config: Option<PathBuf>, state: Option<PathBuf>) -> Self {
        let folder = || state.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_STATE));
        Self { config: config.unwrap_or_else(|| folder().join(FILE_NAME)), state }
    }

    /// The state folder of a configuration that was read from here.
    #[must_use]
    pub fn state_folder(&self, config: &Config) -> PathBuf {
        let own = self.config.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match (&self.state, &config.daemon.state) {
            (Some(state), _) => state.clone(),
            (None, Some(state)) => own.join(state),
            (None, None) => own.to_owned(),
        }
    }

    /// The folder to make when nothing names one: that of `--state`, else of the file.
    #[must_use]
    pub fn new_state_folder(&self) -> PathBuf {
        self.state_folder(&Config::default())
    }
}

impl Config {
    /// Reads the configuration file, lets `environment` (name, value) win over it, and checks every option.
    /// Variables that don't begin with `TEKPORT_` or have no `__` name no option and are passed over.
    ///
    /// # Errors
    /// When the file isn't there or can't be read, or with every option that is wrong.
    pub fn load(
        location: &Location,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let path = location.config.clone();
        let text = std::fs::read_to_string(&path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => ConfigError::Missing(path.clone()),
            _ => ConfigError::Unreadable { path: path.clone(), source },
        })?;
        Self::parse(&text, environment).map_err(|problems| ConfigError::Invalid { path, problems })
    }

    /// Reads a configuration from the text of its file.
    ///
    /// # Errors
    /// Every option that is wrong, one line each.
    pub fn parse(text: &str, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, Vec<String>> {
        let figment = Figment::from(Toml::string(text));
        let figment = environment.into_iter().filter_map(Variable::new).fold(figment, Figment::merge);
        let config: Self = figment.extract().map_err(|errors| errors.into_iter().map(describe).collect::<Vec<_>>())?;
        let problems = config.problems();
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |right: bool, key: &str, wrong: &str, allowed: &str| {
            if !right {
                problems.push(format!("{key}: {wrong}; allowed: {allowed}"));
            }
        };
        let name = self.daemon.name.trim();
        let name_ok = !name.is_empty() && name.chars().count() <= 80 && !name.chars().any(char::is_control);
        check(name_ok, "daemon.name", "it is empty, too long or has control characters", "1 to 80 characters");
        for host in self.admin.certificate_names() {
            let host_ok = host.parse::<std::net::IpAddr>().is_ok() || is_host_name(&host);
            check(
                host_ok,
                "admin.names",
                &format!("{host:?} is no host name or address"),
                "tekport.example.org, 10.0.0.5",
            );
        }
        if let Some(address) = &self.admin.address {
            check(is_address(address), "admin.address", &format!("{address:?} has no host or no port"), "host:port");
        }
        let reachable = !self.admin.listen.ip().is_unspecified() || self.admin.address.is_some();
        let everywhere = "admin.listen is every interface, so enrolment codes need an address of their own";
        check(reachable, "admin.address", everywhere, "host:port as consoles reach it: tekport.example.org:8443");
        let loopback = self.health.listen.ip().is_loopback();
        check(
            loopback,
            "health.listen",
            "it would be reachable from other machines",
            "a loopback address: 127.0.0.1:9464",
        );
        let schedule = &self.schedule;
        check(schedule.min_window_age.seconds() <= DAY, "schedule.min_window_age", "it is over a day", "0s to 24h");
        let tick_ok = (1..=3_600).contains(&schedule.tick.seconds());
        check(tick_ok, "schedule.tick", &format!("it is {}", schedule.tick), "1s to 1h");
        let retention_ok = (1..=30).contains(&schedule.retention_days);
        check(retention_ok, "schedule.retention_days", "it is out of range", "1 to 30 days");
        let tek_ok = (schedule.retention_days..=30).contains(&schedule.tek_retention_days);
        check(
            tek_ok,
            "schedule.tek_retention_days",
            "it is out of range: a key is needed while its file is offered, and none may be kept for more than 30 days",
            "schedule.retention_days to 30 days",
        );
        if let Some(token) = &self.token {
            let absolute = token.module.is_absolute();
            check(absolute, "token.module", "it is no absolute path", "/usr/lib/softhsm/libsofthsm2.so");
            let label_ok = (1..=32).contains(&token.label.len()) && !token.label.chars().any(char::is_control);
            check(label_ok, "token.label", "it is empty, too long or has control characters", "1 to 32 bytes");
            let once = token.pin_file.is_some() != token.pin_credential.is_some();
            check(
                once,
                "token",
                "the place of the PIN is missing or given twice",
                "one of pin_file and pin_credential",
            );
            let name_ok = token.pin_credential.as_deref().is_none_or(is_credential_name);
            check(name_ok, "token.pin_credential", "it is no credential's name", "letters, digits, '.', '_' and '-'");
        }
        check(!self.storage.is_empty(), "storage", "there is no storage target", "at least one [storage.<name>]");
        for (name, target) in &self.storage {
            let key = format!("storage.{name}");
            check(
                is_target_name(name),
                &key,
                "the name isn't allowed",
                "1 to 40 lower-case letters, digits and hyphens",
            );
            let secrets = match target {
                StorageConfig::S3(s3) => Some((&s3.secret_access_key, &s3.secret_access_key_file, "secret_access_key")),
                StorageConfig::Azure(azure) => Some((&azure.access_key, &azure.access_key_file, "access_key")),
                StorageConfig::Folder(_) | StorageConfig::Gcs(_) => None,
            };
            if let Some((inline, file, option)) = secrets {
                let both = inline.is_some() && file.is_some();
                let allowed = format!("{option} or {option}_file, not both");
                check(!both, &format!("{key}.{option}"), "the secret is given twice", &allowed);
            }
        }
        let level_ok = tracing_subscriber::EnvFilter::try_new(&self.log.level).is_ok() && !self.log.level.is_empty();
        check(level_ok, "log.level", &format!("{:?} is no level", self.log.level), "error, warn, info, debug or trace");
        problems
    }
}

impl Secret {
    /// Returns the secret of an option that may be given inline or as a file, without white space at its end;
    /// `None` where neither is given.
    ///
    /// # Errors
    /// When the file can't be read; `key` is the option that names it.
    pub fn inline_or_file(
        key: &str,
        inline: Option<&Self>,
        file: Option<&Path>,
    ) -> Result<Option<zeroize::Zeroizing<String>>, ConfigError> {
        match (inline, file) {
            (Some(secret), _) => Ok(Some(zeroize::Zeroizing::new(secret.expose().to_owned()))),
            (None, Some(path)) => match std::fs::read_to_string(path).map(zeroize::Zeroizing::new) {
                Ok(text) => Ok(Some(zeroize::Zeroizing::new(text.trim_end().to_owned()))),
                Err(source) => Err(ConfigError::SecretFile { key: key.to_owned(), path: path.to_owned(), source }),
            },
            (None, None) => Ok(None),
        }
    }
}

fn is_target_name(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// A file in `$CREDENTIALS_DIRECTORY`, and nothing that leads out of it.
fn is_credential_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn is_host_name(name: &str) -> bool {
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(label_ok)
}

fn is_address(address: &str) -> bool {
    address
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port != 0))
}

/// Says of an error of the reader which option it is about, what was wrong and what is known there.
fn describe(error: figment::Error) -> String {
    let key = |last: Option<&str>| {
        let parts = error.path.iter().map(String::as_str).chain(last);
        parts.collect::<Vec<_>>().join(".")
    };
    let origin = error.metadata.as_ref().filter(|m| m.name.starts_with("environment variable")).map(|m| &m.name);
    let what = match &error.kind {
        Kind::UnknownField(field, []) => {
            format!("{}: there is no such option", key(Some(field)))
        }
        Kind::UnknownField(field, known) => {
            let already = error.path.last() == Some(field);
            let key = key((!already).then_some(field));
            format!("{key}: there is no such option; known here: {}", known.join(", "))
        }
        Kind::UnknownVariant(found, known) => {
            format!("{}: {found:?} is not allowed; allowed: {}", key(None), known.join(", "))
        }
        Kind::MissingField(field) => format!("{}: it is missing", key(Some(field))),
        Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected) => {
            format!("{}: found {found}; allowed: {expected}", key(None))
        }
        Kind::Message(message) if error.path.is_empty() => message.clone(),
        other => format!("{}: {other}", key(None)),
    };
    origin.map_or_else(|| what.clone(), |origin| format!("{what} (in the {origin})"))
}

/// One environment variable that names an option.
struct Variable {
    name: String,
    path: Vec<String>,
    value: String,
}

impl Variable {
    fn new((name, value): (String, String)) -> Option<Self> {
        let path: Vec<String> =
            name.strip_prefix(ENV_PREFIX)?.split("__").map(|part| part.to_ascii_lowercase()).collect();
        (path.len() > 1).then_some(Self { name, path, value })
    }
}

impl Provider for Variable {
    fn metadata(&self) -> Metadata {
        Metadata::named(format!("environment variable {}", self.name))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let Ok(leaf) = self.value.parse::<Value>();
        let nested = self.path.iter().rev().fold(leaf, |value, part| Value::from(Dict::from([(part.clone(), value)])));
        Ok(nested.into_dict().map(|dict| Map::from([(Profile::Default, dict)])).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
