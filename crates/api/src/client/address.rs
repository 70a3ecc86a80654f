//! Where a daemon's admin listener is.

use super::ClientError;
use std::fmt;

/// `host:port` of a daemon's admin listener. The host is a name, an IPv4 address or an IPv6 address in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    host: String,
    port: u16,
}

impl Address {
    /// Reads `host:port`; the port can't be left out.
    ///
    /// # Errors
    /// When the text is anything else: a scheme, a path or a user name in it included.
    pub fn parse(text: &str) -> Result<Self, ClientError> {
        let refused = || ClientError::Address(text.to_owned());
        let (host, port) = text.trim().rsplit_once(':').ok_or_else(refused)?;
        let port: u16 = port.parse().map_err(|_| refused())?;
        let url = url::Url::parse(&format!("https://{host}:{port}/")).map_err(|_| refused())?;
        let plain = url.path() == "/" && url.username().is_empty() && url.password().is_none();
        match url.host_str() {
            Some(parsed) if plain && port != 0 && parsed.eq_ignore_ascii_case(host) => {
                Ok(Self { host: parsed.to_owned(), port })
            }
            _ => Err(refused()),
        }
    }

    /// The host; an IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("https://{self}/admin/v1/{path}")
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_ports_are_read() {
        for text in ["127.0.0.1:8443", "tek.example.org:443", "[::1]:8443", "localhost:1"] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "host",
            "host:",
            ":8443",
            "host:0",
            "host:65536",
            "https://host:8443",
            "host:8443/path",
            "user@host:8443",
            "ho st:8443",
            "host/../x:8443",
            "::1:8443",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
