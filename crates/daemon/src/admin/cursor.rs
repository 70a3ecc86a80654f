//! Cursors of lists: opaque to callers, bound to their list.

use crate::problem::Refusal;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tekport_api::page::Page;

/// Which stretch of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch<K> {
    /// The last item of the page before.
    pub(super) after: Option<K>,
    /// Items wanted.
    pub(super) limit: u32,
}

impl<K: DeserializeOwned + Serialize> Stretch<K> {
    /// Reads a cursor of the list `list`.
    pub(super) fn new(list: &str, cursor: Option<&str>, limit: u32) -> Result<Self, Refusal> {
        let after = cursor.map(|cursor| decode(list, cursor).ok_or_else(bad_cursor)).transpose()?;
        Ok(Self { after, limit })
    }

    /// One more than wanted: whether it comes tells whether there is a next page.
    pub(super) fn limit_and_one(&self) -> u32 {
        self.limit.saturating_add(1)
    }

    /// Makes a page of up to [`limit_and_one`](Self::limit_and_one) rows.
    pub(super) fn page<R, T>(
        &self,
        list: &str,
        mut rows: Vec<R>,
        key: impl Fn(&R) -> K,
        item: impl FnMut(R) -> T,
    ) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(|row| encode(list, &key(row)));
        Page { items: rows.into_iter().map(item).collect(), next_cursor }
    }
}

fn encode<K: Serialize>(list: &str, key: &K) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&(list, key)).unwrap_or_default())
}

fn decode<K: DeserializeOwned>(list: &str, cursor: &str) -> Option<K> {
    let json = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (of, key): (String, K) = serde_json::from_slice(&json).ok()?;
    (of == list).then_some(key)
}

fn bad_cursor() -> Refusal {
    Refusal::field_of_machine(
        "cursor",
        "it is not a cursor of this list",
        "the next_cursor of the page before, or none",
    )
}
