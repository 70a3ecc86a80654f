//! Reading files by path or address, never more of them than asked for.

use anyhow::Context;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;
use url::Url;

/// A download that stands still this long is given up.
const STALL_LIMIT: Duration = Duration::from_secs(20);
/// A download that takes this long is given up.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    File(PathBuf),
    Url(Url),
}

/// Why a file can't be had.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("it isn't there")]
    Missing,
    #[error("it is larger than {0} bytes, which no phone would take; it was not read further")]
    TooLarge(usize),
    #[error("it can't be read: {0}")]
    Unreadable(String),
}

impl Place {
    /// Reads what a person typed: an address where it begins with a scheme of the web, a path otherwise.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("http://") || text.starts_with("https://") {
            Url::parse(text).map(Self::Url).map_err(|error| format!("it is no address: {error}"))
        } else {
            Ok(Self::File(PathBuf::from(text)))
        }
    }

    /// Whether it names an index rather than an export file.
    pub(super) fn is_index(&self) -> bool {
        match self {
            Self::File(path) => path.extension().is_some_and(|extension| extension == "txt"),
            Self::Url(url) => url.path().ends_with(".txt"),
        }
    }

    /// The folder of an index without `prefix`, the folder that its lines begin with: the export base, which
    /// lines are relative to. `None` where the index doesn't lie in that folder.
    pub(super) fn base(&self, prefix: &str) -> Option<Self> {
        match self {
            Self::File(path) => {
                let path = std::path::absolute(path).ok()?;
                let folder = path.parent()?;
                let depth = Path::new(prefix).components().count();
                let base = folder.ends_with(prefix).then(|| folder.ancestors().nth(depth))??;
                Some(Self::File(base.to_owned()))
            }
            Self::Url(url) => {
                let (folder, _) = url.path().rsplit_once('/')?;
                let prefix = if prefix.is_empty() { String::new() } else { format!("/{prefix}") };
                let base = format!("{}/", folder.strip_suffix(&prefix)?);
                let mut url = url.clone();
                url.set_path(&base);
                url.set_query(None);
                Some(Self::Url(url))
            }
        }
    }

    /// The file that a line of an index names, below the base. `None` where the line could lead elsewhere.
    pub(super) fn below(&self, line: &str) -> Option<Self> {
        let plain = line.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b));
        let parts_ok = Path::new(line).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || !parts_ok || line.is_empty() {
            return None;
        }
        match self {
            Self::File(base) => Some(Self::File(base.join(line))),
            Self::Url(base) => base.join(line).ok().map(Self::Url),
        }
    }
}

/// Reads places.
pub(super) struct Fetcher(reqwest::Client);

impl Fetcher {
    pub(super) fn new() -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .read_timeout(STALL_LIMIT)
            .timeout(TIME_LIMIT)
            .user_agent(concat!("tekportd/", env!("CARGO_PKG_VERSION")))
            .build()
            .context("no downloads are possible")?;
        Ok(Self(client))
    }

    /// Reads a place of at most `limit` bytes.
    pub(super) async fn fetch(&self, place: &Place, limit: usize) -> Result<Vec<u8>, FetchError> {
        match place {
            Place::File(path) => read(path, limit),
            Place::Url(url) => self.download(url, limit).await,
        }
    }

    async fn download(&self, url: &Url, limit: usize) -> Result<Vec<u8>, FetchError> {
        let failed = |error: reqwest::Error| FetchError::Unreadable(format!("{:#}", anyhow::Error::from(error)));
        let mut response = self.0.get(url.clone()).send().await.map_err(failed)?;
        match response.status() {
            status if status.is_success() => {}
            reqwest::StatusCode::NOT_FOUND | reqwest::StatusCode::GONE => return Err(FetchError::Missing),
            status => return Err(FetchError::Unreadable(format!("the server answers {status}"))),
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if bytes.len() + chunk.len() > limit {
                return Err(FetchError::TooLarge(limit));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

fn read(path: &Path, limit: usize) -> Result<Vec<u8>, FetchError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => FetchError::Missing,
        _ => FetchError::Unreadable(error.to_string()),
    };
    let mut bytes = Vec::new();
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path).and_then(|file| file.take(one_more).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() > limit { Err(FetchError::TooLarge(limit)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(text: &str) -> Place {
        Place::parse(text).unwrap()
    }

    #[test]
    fn lines_are_relative_to_the_export_base_not_to_the_index() {
        for (index, prefix, line, expected) in [
            (
                "https://cdn.example.org/exports/v1/us/index.txt",
                "v1/us",
                "v1/us/1-2-3.zip",
                "https://cdn.example.org/exports/v1/us/1-2-3.zip",
            ),
            ("http://localhost:8080/mag/index.txt?x=1", "mag", "mag/1-2-3.zip", "http://localhost:8080/mag/1-2-3.zip"),
            ("http://localhost/exports/index.txt", "", "1-2-3.zip", "http://localhost/exports/1-2-3.zip"),
            ("http://localhost/mag/index.txt", "mag", "mag/1-2-3.zip", "http://localhost/mag/1-2-3.zip"),
            ("/srv/exports/index.txt", "", "1-2-3.zip", "/srv/exports/1-2-3.zip"),
            ("/srv/exports/mag/index.txt", "mag", "mag/1-2-3.zip", "/srv/exports/mag/1-2-3.zip"),
        ] {
            let found = place(index).base(prefix).and_then(|base| base.below(line));
            assert_eq!(found, Some(place(expected)), "{index}");
        }
        for (index, prefix) in [
            ("https://cdn.example.org/us/index.txt", "mag"),
            ("https://cdn.example.org/xmag/index.txt", "mag"),
            ("/srv/us/index.txt", "mag"),
        ] {
            assert_eq!(place(index).base(prefix), None, "{index}");
        }
    }

    #[test]
    fn no_line_leads_out_of_the_base() {
        for line in [
            "../x.zip",
            "/etc/passwd",
            "mag/../../x.zip",
            "http://example.org/x.zip",
            "//example.org/x.zip",
            "",
            "a b",
            "a\\b",
            "%2e%2e/x",
            "mag/./x.zip?",
        ] {
            assert_eq!(place("/srv/exports").below(line), None, "{line}");
            assert_eq!(place("http://localhost/").below(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_line_says_it_stays_below_the_base(line in "[a-z0-9./:_%\\\\-]{0,30}") {
            if let Some(Place::Url(url)) = place("http://localhost/exports/").below(&line) {
                prop_assert!(url.as_str().starts_with("http://localhost/exports/"), "{}", url);
            }
        }
    }
}
