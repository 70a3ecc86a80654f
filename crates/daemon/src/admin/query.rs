//! The query of a request: every parameter known, given once and right, or a problem that names it.

use super::cursor::Stretch;
use crate::problem::Refusal;
use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;
use tekport_api::page::{DEFAULT_PAGE, MAX_PAGE};

/// The parameters of a query as they came.
#[derive(Debug, Clone)]
pub(super) struct Query(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}

impl Query {
    /// Refuses parameters with other names, and any given twice.
    pub(super) fn only(&self, names: &[&str]) -> Result<(), Refusal> {
        for (i, (name, _)) in self.0.iter().enumerate() {
            let allowed = || if names.is_empty() { "no parameter".to_owned() } else { names.join(", ") };
            if !names.contains(&name.as_str()) {
                return Err(Refusal::field_of_machine(name, "there is no such parameter here", allowed()));
            }
            if self.0.iter().take(i).any(|(earlier, _)| earlier == name) {
                return Err(Refusal::field_of_machine(name, "the parameter is given twice", "each parameter once"));
            }
        }
        Ok(())
    }

    /// The value of a parameter; an empty one counts as absent.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The value of a parameter, parsed.
    pub(super) fn parsed<T: FromStr>(&self, name: &str, allowed: &str) -> Result<Option<T>, Refusal> {
        self.text(name)
            .map(|text| {
                text.parse().map_err(|_| Refusal::field_of_machine(name, format!("{text:?} is not allowed"), allowed))
            })
            .transpose()
    }

    /// The stretch of the list `list` that is asked for.
    pub(super) fn stretch<K: DeserializeOwned + Serialize>(&self, list: &str) -> Result<Stretch<K>, Refusal> {
        const ALLOWED: &str = "1 to 500";
        let limit = self.parsed("limit", ALLOWED)?.unwrap_or(DEFAULT_PAGE);
        if !(1..=MAX_PAGE).contains(&limit) {
            return Err(Refusal::field_of_machine(
                "limit",
                format!("{limit} items on a page are not allowed"),
                ALLOWED,
            ));
        }
        Stretch::new(list, self.text("cursor"), limit)
    }
}
