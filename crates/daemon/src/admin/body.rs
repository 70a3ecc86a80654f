//! Reading a request's JSON, so that any mistake in it is answered with the field and what was wrong.

use crate::problem::Refusal;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::response::IntoResponse;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use tekport_api::problem::ProblemKind;

/// A body in JSON is at most this long: 256 KiB.
pub(super) const MAX_JSON_BYTES: usize = 256 * 1_024;

/// A body in JSON.
#[derive(Debug)]
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        expect_json(request.headers())?;
        let bytes = bytes(request, state).await?;
        from_json(&bytes).map(Self)
    }
}

/// Reads the whole body, up to the route's limit.
pub(super) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    Bytes::from_request(request, state).await.map_err(unread)
}

fn unread(rejection: BytesRejection) -> Refusal {
    match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Refusal::of_machine(ProblemKind::TooLarge, "the body is longer than this route reads")
        }
        _ => Refusal::of_machine(ProblemKind::Malformed, "the body broke off before its end"),
    }
}

/// Refuses any content type but JSON.
pub(super) fn expect_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let given = if given.is_empty() { "none".to_owned() } else { format!("{given:?}") };
    Err(Refusal::of_machine(
        ProblemKind::UnsupportedMediaType,
        format!("the content type is {given}; send application/json"),
    ))
}

/// Reads JSON into `T`.
pub(super) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    // serde would take a list for an object, member by member in the order of the declaration.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Refusal::field_of_machine("body", "it is a list", "an object"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        refused(&path, error.inner())
    })?;
    deserializer.end().map_err(|error| refused("", &error))?;
    Ok(value)
}

fn refused(path: &str, error: &serde_json::Error) -> Refusal {
    let text = error.to_string();
    // serde_json closes each message with the place, which a person reads from the field instead.
    let reason = text.split(" at line ").next().unwrap_or(&text);
    match error.classify() {
        Category::Data => {
            let (reason, allowed) = match reason.split_once(", expected ") {
                Some((reason, allowed)) => (reason, allowed.to_owned()),
                None => (reason, "what the API's description at /admin/v1/openapi.json says of this field".to_owned()),
            };
            Refusal::field_of_machine(field(path, reason), reason, allowed)
        }
        _ => Refusal::of_machine(
            ProblemKind::Malformed,
            format!("the body is not JSON: {reason} at line {}, column {}", error.line(), error.column()),
        ),
    }
}

/// The path of the field; a missing one is named by the message, not by the path.
fn field(path: &str, reason: &str) -> String {
    let path = if path == "." { "" } else { path };
    let missing = reason.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    match (path, missing) {
        ("", Some(name)) => name.to_owned(),
        (path, Some(name)) => format!("{path}.{name}"),
        ("", None) => "body".to_owned(),
        (path, None) => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::export_config::PreviewRequest;
    use tekport_api::people::PersonDraft;

    fn refusal<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> tekport_api::Problem {
        from_json::<T>(json.as_bytes()).unwrap_err().problem().clone()
    }

    #[test]
    fn a_mistake_names_its_field() {
        for (json, field) in [
            (r#"{"name": 5, "roles": []}"#, "name"),
            (r#"{"name": "a", "roles": ["admin", 7]}"#, "roles[1]"),
            (r#"{"name": "a"}"#, "roles"),
            (r#"{"name": "a", "roles": [], "rank": 1}"#, "rank"),
            ("[]", "body"),
            ("7", "body"),
        ] {
            let problem = refusal::<PersonDraft>(json);
            assert_eq!(problem.status, 422, "{json}");
            assert_eq!(problem.errors[0].field, field, "{json}: {problem}");
        }
        assert_eq!(
            refusal::<PreviewRequest>(r#"{"fields": {"output_region": 1}}"#).errors[0].field,
            "fields.output_region"
        );
    }

    #[test]
    fn text_that_is_not_json_is_malformed() {
        for json in ["", "{", "{]", r#"{"name": "a", "roles": []} x"#, "\u{feff}{}"] {
            assert_eq!(refusal::<PersonDraft>(json).status, 400, "{json}");
        }
    }
}
