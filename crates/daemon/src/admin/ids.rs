//! What a request names: the thing by its id in the path, and its revision in `If-Match`.

use crate::problem::Refusal;
use axum::extract::{FromRequestParts, RawPathParams};
use http::header::IF_MATCH;
use http::request::Parts;
use tekport_api::message::Refused;
use tekport_api::problem::ProblemKind;
use uuid::Uuid;

/// Returns the path parameter `name`.
pub(super) async fn path_parameter<S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
    name: &str,
) -> Result<String, Refusal> {
    let parameters = RawPathParams::from_request_parts(parts, state)
        .await
        .map_err(|_| Refusal::of_machine(ProblemKind::NotFound, "the path isn't valid UTF-8"))?;
    let value = parameters.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    value.ok_or_else(|| Refusal::internal(format!("the route has no parameter {name:?}")))
}

/// Reads an id as paths name it.
pub(super) fn id(text: &str) -> Result<Uuid, Refusal> {
    Uuid::try_parse(text).map_err(|_| Refusal::not_found(&Refused::NotAnId { text: text.to_owned() }))
}

/// The `{id}` of the path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Id(pub(super) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        id(&path_parameter(parts, state, "id").await?).map(Self)
    }
}

/// Writes a revision as an `ETag`.
pub(super) fn etag_of(revision: u32) -> String {
    format!("\"{revision}\"")
}

/// The `If-Match` of an edit (RFC 9110, 13.1.1).
#[derive(Debug, Clone)]
pub(super) struct IfMatch(Vec<String>);

impl IfMatch {
    /// Refuses where none of the named revisions is the present one. A weak tag never matches.
    pub(super) fn check(&self, revision: u32, changed: impl FnOnce(String) -> Refused) -> Result<(), Refusal> {
        if self.0.contains(&etag_of(revision)) {
            return Ok(());
        }
        Err(Refusal::new(ProblemKind::ChangedMeanwhile, &changed(etag_of(revision))))
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let tags: Vec<String> = parts
            .headers
            .get_all(IF_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|tag| tag.trim().to_owned())
            .filter(|tag| !tag.is_empty() && tag != "*")
            .collect();
        if tags.is_empty() {
            return Err(Refusal::of_machine(
                ProblemKind::PreconditionRequired,
                "an edit names the revision it started from: send the ETag of the answer that was read as If-Match",
            ));
        }
        Ok(Self(tags))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn if_match(value: &str) -> Result<IfMatch, Refusal> {
        let (mut parts, ()) = http::Request::builder().header(IF_MATCH, value).body(()).unwrap().into_parts();
        IfMatch::from_request_parts(&mut parts, &()).await
    }

    #[tokio::test]
    async fn only_the_present_revision_matches() {
        assert!(if_match("\"7\"").await.unwrap().check(7, |etag| Refused::ConfigChanged { etag }).is_ok());
        assert!(if_match("\"6\", \"7\"").await.unwrap().check(7, |etag| Refused::ConfigChanged { etag }).is_ok());
        for stale in ["\"6\"", "W/\"7\"", "7", "\"77\""] {
            let refusal = if_match(stale).await.unwrap().check(7, |etag| Refused::ConfigChanged { etag }).unwrap_err();
            assert_eq!(refusal.problem().kind, ProblemKind::ChangedMeanwhile, "{stale}");
        }
    }

    #[tokio::test]
    async fn an_edit_of_whatever_is_there_is_refused() {
        for nothing in ["*", "", " , "] {
            assert_eq!(if_match(nothing).await.unwrap_err().problem().kind, ProblemKind::PreconditionRequired);
        }
    }
}
