//! The sections of the configuration, each with its defaults.

use super::BaseUrl;
use super::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tekport_api::enrolment::Environment;

const fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// Which daemon this is and where it keeps its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Daemon {
    /// Shown in the console and in certificates: 1 to 80 characters.
    pub name: String,
    /// `production`, `staging` or `test`; the console marks each with a colour.
    #[schemars(with = "EnvironmentName")]
    pub environment: Environment,
    /// The folder of the database and of relative paths; the configuration file's own folder where absent.
    pub state: Option<PathBuf>,
}

/// The environments, for the schema alone.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
#[expect(dead_code, reason = "describes a type of another crate to schemars, which only reads it")]
enum EnvironmentName {
    Production,
    Staging,
    Test,
}

impl Default for Daemon {
    fn default() -> Self {
        Self { name: "Tekport".to_owned(), environment: Environment::Production, state: None }
    }
}

/// The admin listener: TLS 1.3 with client certificates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Admin {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Host names and addresses the server's certificate is for, beside that of `address`.
    pub names: Vec<String>,
    /// `host:port` at which consoles reach this listener, written into enrolment codes; the address that it
    /// listens on where absent.
    pub address: Option<String>,
}

impl Default for Admin {
    fn default() -> Self {
        Self { listen: loopback(8443), names: vec!["localhost".to_owned(), "127.0.0.1".to_owned()], address: None }
    }
}

impl Admin {
    /// Every name and address the server's certificate is for: `names`, the host of `address` and the address
    /// that is listened on, each once.
    #[must_use]
    pub fn certificate_names(&self) -> Vec<String> {
        let mut names = self.names.clone();
        let host_of = |address: &str| {
            let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
            host.trim_start_matches('[').trim_end_matches(']').to_owned()
        };
        names.extend(self.address.as_deref().map(host_of));
        if !self.listen.ip().is_unspecified() {
            names.push(self.listen.ip().to_string());
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }
}

/// The public listener: downloads for phones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Public {
    /// Address and port to listen on, plain HTTP, behind a CDN or a proxy that adds TLS; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where phones reach this listener; folder targets are below `/exports/<target>`.
    pub url: Option<BaseUrl>,
}

impl Default for Public {
    fn default() -> Self {
        Self { listen: loopback(8080), url: None }
    }
}

/// Health and metrics, on loopback only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Health {
    /// Loopback address and port for `/healthz`, `/readyz` and `/metrics`; port 0 takes a free one.
    pub listen: SocketAddr,
}

impl Default for Health {
    fn default() -> Self {
        Self { listen: loopback(9464) }
    }
}

/// When windows are exported and how long things are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Schedule {
    /// A window is exported this long after its end: 0s to 24h.
    pub min_window_age: Span,
    /// How often the daemon looks for work: 1s to 1h.
    pub tick: Span,
    /// Days a published file stays in the index: 1 to 30.
    pub retention_days: u16,
    /// Days a TEK is kept: `retention_days` to 30, so that a file still offered can be made again.
    pub tek_retention_days: u16,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            min_window_age: Span::from_seconds(2 * 3_600),
            tick: Span::from_seconds(60),
            retention_days: 14,
            tek_retention_days: 15,
        }
    }
}

/// Whether people may ask where one key is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KeyLookup {
    /// `true` lets admins and operators ask whether a key was received and in which file it is. Each question is
    /// written into the audit log.
    pub enabled: bool,
}

/// Where the root key is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RootKeySource {
    /// A file with mode 0600.
    File,
    /// A systemd credential (`LoadCredential=`).
    Credential,
    /// The operating system's keychain, in builds with the feature `keychain`.
    Keychain,
}

/// Where the root key comes from, under which the daemon's secrets are encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RootKeyConfig {
    /// `file`, `credential` or `keychain`.
    pub source: RootKeySource,
    /// With `file`: its path, mode 0600; relative to the state folder.
    pub file: PathBuf,
    /// With `credential`: its name in `$CREDENTIALS_DIRECTORY`.
    pub credential: String,
    /// With `keychain`: the account name of the entry; its service is `tekportd`.
    pub keychain: String,
}

impl Default for RootKeyConfig {
    fn default() -> Self {
        Self {
            source: RootKeySource::File,
            file: PathBuf::from("root.key"),
            credential: "tekport-root-key".to_owned(),
            keychain: "root-key".to_owned(),
        }
    }
}

/// The PKCS#11 token that holds signing keys of custody `hsm`, and where its PIN is read from: never from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenConfig {
    /// The token's PKCS#11 module, a shared library: an absolute path.
    pub module: PathBuf,
    /// The token's label: 1 to 32 bytes.
    pub label: String,
    /// The file that holds the user PIN, mode 0600; relative to the state folder. This or `pin_credential`.
    pub pin_file: Option<PathBuf>,
    /// The name of the systemd credential that holds the user PIN. This or `pin_file`.
    pub pin_credential: Option<String>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    Human,
    /// One JSON object a line, for collectors.
    Json,
}

/// What is logged and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// `human` or `json`.
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug` or `trace`, or directives as in `info,tekportd::exporter=debug`.
    pub level: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Human, level: "info".to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_certificate_is_for_every_way_the_listener_is_reached_once() {
        let admin = Admin {
            listen: "10.1.2.3:8443".parse().unwrap(),
            names: vec!["localhost".into(), "10.1.2.3".into()],
            address: Some("tekport.example.org:443".into()),
        };
        assert_eq!(admin.certificate_names(), ["localhost", "10.1.2.3", "tekport.example.org"]);
        let any = Admin { listen: "0.0.0.0:1".parse().unwrap(), names: vec![], address: Some("[::1]:8443".into()) };
        assert_eq!(any.certificate_names(), ["::1"]);
    }
}
