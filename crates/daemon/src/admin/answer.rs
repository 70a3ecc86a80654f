//! What a handler answers when all went well.

use super::ids::etag_of;
use crate::problem::Refusal;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LOCATION};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

/// A status, a few headers and a body in JSON: also what is kept for a repeated request.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// 200 with a body.
    pub(super) fn ok(body: &impl Serialize) -> Result<Self, Refusal> {
        Self::with_status(StatusCode::OK, body)
    }

    /// 201 with where the new thing is, where it has an address, and a body.
    pub(super) fn created(location: Option<String>, body: &impl Serialize) -> Result<Self, Refusal> {
        let answer = Self::with_status(StatusCode::CREATED, body)?;
        match location {
            Some(location) => answer.with_header(LOCATION, &location),
            None => Ok(answer),
        }
    }

    fn with_status(status: StatusCode, body: &impl Serialize) -> Result<Self, Refusal> {
        let body = serde_json::to_vec(body).map_err(Refusal::internal)?;
        Ok(Self { status, headers: HeaderMap::new(), body })
    }

    /// Adds the revision as the `ETag` that an edit sends back.
    pub(super) fn with_revision(self, revision: u32) -> Result<Self, Refusal> {
        self.with_header(ETAG, &etag_of(revision))
    }

    fn with_header(mut self, name: HeaderName, value: &str) -> Result<Self, Refusal> {
        self.headers.insert(name, HeaderValue::from_str(value).map_err(Refusal::internal)?);
        Ok(self)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.headers, self.body).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}
