//! Addresses that files are downloaded from.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use url::Url;

/// An `http` or `https` address that paths are appended to, kept without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BaseUrl(String);

impl BaseUrl {
    /// What is allowed where such an address is asked for.
    pub const ALLOWED: &'static str = "an http or https address without query: https://exports.example.org/tekport";

    /// The address, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let refused = |why: &str| format!("{text:?} {why}; allowed: {}", Self::ALLOWED);
        let url = Url::parse(&text).map_err(|_| refused("is no address"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused("is neither http nor https"));
        }
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(refused("has a query, a fragment or a password"));
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

impl From<BaseUrl> for String {
    fn from(url: BaseUrl) -> Self {
        url.0
    }
}

impl JsonSchema for BaseUrl {
    fn schema_name() -> Cow<'static, str> {
        "BaseUrl".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "uri", "description": Self::ALLOWED })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_without_its_last_slash() {
        let url = BaseUrl::try_from("https://exports.example.org/a/".to_owned()).unwrap();
        assert_eq!(url.as_str(), "https://exports.example.org/a");
    }

    #[test]
    fn what_paths_cannot_be_appended_to_is_refused() {
        for text in
            ["exports.example.org", "ftp://example.org", "https://example.org/?a", "https://u:p@example.org", ""]
        {
            assert!(BaseUrl::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
