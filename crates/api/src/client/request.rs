//! One request and its answer.

use super::error::classify;
use super::{Address, ClientError, REQUEST_LIMIT, TRANSFER_LIMIT};
use crate::Problem;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue, IF_MATCH};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use uuid::Uuid;

/// Longer answers are not read to their end: the largest export file is 16 MB.
const MAX_ANSWER_BYTES: usize = 32 * 1024 * 1024;
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What is asked of the daemon.
pub(super) struct Call {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<(HeaderValue, Vec<u8>)>,
    if_match: Option<u32>,
    idempotency_key: Option<Uuid>,
    limit: Duration,
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: None,
            if_match: None,
            idempotency_key: None,
            limit: REQUEST_LIMIT,
        }
    }

    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(super) fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    pub(super) fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    pub(super) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub(super) fn json(self, body: &impl Serialize) -> Result<Self, ClientError> {
        let json = serde_json::to_vec(body).map_err(|error| ClientError::SetUp(error.to_string()))?;
        Ok(self.body(HeaderValue::from_static("application/json"), json))
    }

    pub(super) fn body(mut self, content_type: HeaderValue, body: Vec<u8>) -> Self {
        self.body = Some((content_type, body));
        self
    }

    /// Adds a query parameter, where there is a value for it.
    pub(super) fn query(mut self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        self.query.extend(value.map(|value| (name, value.into())));
        self
    }

    /// The edit is refused when somebody else changed the resource since that revision.
    pub(super) fn if_match(mut self, revision: u32) -> Self {
        self.if_match = Some(revision);
        self
    }

    /// The daemon does it once however often it arrives.
    pub(super) fn idempotent(mut self) -> Self {
        self.idempotency_key = Some(Uuid::new_v4());
        self
    }

    /// A file travels: it may take longer.
    pub(super) fn transfer(mut self) -> Self {
        self.limit = TRANSFER_LIMIT;
        self
    }

    /// Whether sending it twice does no more than sending it once.
    fn repeatable(&self) -> bool {
        self.method == Method::GET || self.idempotency_key.is_some()
    }
}

/// Sends a call and reads the answer's JSON.
pub(super) async fn send<T: DeserializeOwned>(
    http: &reqwest::Client,
    address: &Address,
    call: Call,
) -> Result<T, ClientError> {
    let answer = send_for_bytes(http, address, call).await?;
    serde_json::from_slice(&answer)
        .map_err(|error| ClientError::NotTekport { address: address.to_string(), detail: error.to_string() })
}

/// Sends a call and reads the answer's bytes. Where the connection broke before an answer came, a call that can
/// be repeated is sent once more, with the same idempotency key.
pub(super) async fn send_for_bytes(
    http: &reqwest::Client,
    address: &Address,
    call: Call,
) -> Result<Vec<u8>, ClientError> {
    match attempt(http, address, &call).await {
        Err(ClientError::Broken { .. }) if call.repeatable() => attempt(http, address, &call).await,
        outcome => outcome,
    }
}

async fn attempt(http: &reqwest::Client, address: &Address, call: &Call) -> Result<Vec<u8>, ClientError> {
    let mut request = http.request(call.method.clone(), address.url(&call.path)).timeout(call.limit);
    if !call.query.is_empty() {
        request = request.query(&call.query);
    }
    if let Some((content_type, body)) = &call.body {
        request = request.header(CONTENT_TYPE, content_type).body(body.clone());
    }
    if let Some(revision) = call.if_match {
        request = request.header(IF_MATCH, format!("\"{revision}\""));
    }
    if let Some(key) = call.idempotency_key {
        request = request.header(IDEMPOTENCY_KEY, key.to_string());
    }
    let failed = |error: reqwest::Error| classify(&error, address, call.limit);
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status();
    let mut answer = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        if answer.len() + chunk.len() > MAX_ANSWER_BYTES {
            let detail = format!("its answer is longer than {MAX_ANSWER_BYTES} bytes");
            return Err(ClientError::NotTekport { address: address.to_string(), detail });
        }
        answer.extend_from_slice(&chunk);
    }
    if status.is_success() {
        return Ok(answer);
    }
    match serde_json::from_slice::<Problem>(&answer) {
        Ok(problem) => Err(problem.into()),
        Err(_) => Err(ClientError::NotTekport {
            address: address.to_string(),
            detail: format!("it answered with status {} and no problem document", status.as_u16()),
        }),
    }
}
