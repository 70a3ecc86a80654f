//! Requests that create something, with an `Idempotency-Key`: repeated, they get the answer they got before.

use super::AdminState;
use super::answer::Answer;
use super::body::{bytes, expect_json, from_json};
use super::caller::Caller;
use crate::problem::Refusal;
use crate::store::idempotency::{self, AnswerRow};
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use tekport_api::UtcTime;
use tekport_api::message::Refused;
use tekport_keys::at_rest::Binding;
use uuid::Uuid;

const HEADER: &str = "idempotency-key";
const ALLOWED: &str = "1 to 255 visible ASCII characters, best a random UUID";
/// Answers are kept for a day.
const KEPT_SECONDS: i64 = 86_400;

/// A request that creates something.
#[derive(Debug)]
pub(super) struct Creation<T> {
    /// What is to be created.
    pub(super) body: T,
    /// Whether it came before.
    pub(super) repeat: Repeat,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Creation<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        expect_json(request.headers())?;
        let (bytes, repeat) = read(request, state).await?;
        Ok(Self { body: from_json(&bytes)?, repeat })
    }
}

/// A creating request without a body.
#[derive(Debug)]
pub(super) struct BareCreation(pub(super) Repeat);

impl<S: Send + Sync> FromRequest<S> for BareCreation {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        Ok(Self(read(request, state).await?.1))
    }
}

/// A creating request whose body isn't JSON for this API to read.
#[derive(Debug)]
pub(super) struct Upload {
    /// The body.
    pub(super) bytes: Bytes,
    /// Whether it came before.
    pub(super) repeat: Repeat,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let (bytes, repeat) = read(request, state).await?;
        Ok(Self { bytes, repeat })
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<(Bytes, Repeat), Refusal> {
    let person_id = request.extensions().get::<Caller>().map(|caller| caller.person.id);
    let person_id = person_id.ok_or_else(|| Refusal::internal("a creating route without the gate"))?;
    let key = idempotency_key(request.headers())?;
    let mut hash = Sha256::new();
    let path_and_query = request.uri().path_and_query().map_or("", |path| path.as_str());
    for part in [request.method().as_str(), path_and_query] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let bytes = bytes(request, state).await?;
    hash.update(&bytes);
    Ok((bytes, Repeat { person_id, key, request_hash: hex::encode(hash.finalize()) }))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let mut values = headers.get_all(HEADER).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Refusal::field_of_machine("Idempotency-Key", "the header is given twice", ALLOWED));
    }
    match value.to_str() {
        Ok(key) if (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => {
            Ok(Some(key.to_owned()))
        }
        _ => Err(Refusal::field_of_machine(
            "Idempotency-Key",
            "the key is empty, too long or has other characters",
            ALLOWED,
        )),
    }
}

/// Recognises a request that came before.
#[derive(Debug, Clone)]
pub(super) struct Repeat {
    person_id: Uuid,
    key: Option<String>,
    request_hash: String,
}

impl Repeat {
    /// Returns the answer that this very request got before. Call it in the transaction that creates.
    pub(super) async fn earlier_answer(
        &self,
        state: &AdminState,
        db: &mut SqliteConnection,
    ) -> Result<Option<Answer>, Refusal> {
        let Some(key) = &self.key else { return Ok(None) };
        let oldest = UtcTime::saturating(state.now().unix_seconds() - KEPT_SECONDS);
        idempotency::forget_before(&mut *db, oldest).await?;
        let Some(row) = idempotency::find(db, self.person_id, key).await? else { return Ok(None) };
        if row.request_hash != self.request_hash {
            return Err(Refusal::conflict(&Refused::RepeatDiffers));
        }
        let body = state.root_key.decrypt(self.binding(key).as_binding(), &row.body).map_err(Refusal::internal)?;
        let status = StatusCode::from_u16(row.status).map_err(Refusal::internal)?;
        Ok(Some(Answer { status, headers: headers_from_json(&row.headers)?, body: body.to_vec() }))
    }

    /// Keeps the answer, in the transaction that created.
    pub(super) async fn keep(
        &self,
        state: &AdminState,
        db: &mut SqliteConnection,
        answer: &Answer,
    ) -> Result<(), Refusal> {
        let Some(key) = &self.key else { return Ok(()) };
        // Encrypted: an invitation's answer holds an enrolment code, which the store must not hold in the clear.
        let body = state.root_key.encrypt(self.binding(key).as_binding(), &answer.body).map_err(Refusal::internal)?;
        let row = AnswerRow {
            request_hash: self.request_hash.clone(),
            status: answer.status.as_u16(),
            headers: headers_to_json(&answer.headers)?,
            body,
        };
        Ok(idempotency::insert(db, self.person_id, key, &row, state.now()).await?)
    }

    fn binding(&self, key: &str) -> Row {
        Row(format!("{}/{key}", self.person_id))
    }
}

/// The primary key of a row, as the encryption binds it.
struct Row(String);

impl Row {
    fn as_binding(&self) -> Binding<'_> {
        Binding { table: idempotency::TABLE, row: &self.0, column: idempotency::BODY_COLUMN }
    }
}

fn headers_to_json(headers: &HeaderMap) -> Result<String, Refusal> {
    let pairs: Vec<(&str, &str)> =
        headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    serde_json::to_string(&pairs).map_err(Refusal::internal)
}

fn headers_from_json(json: &str) -> Result<HeaderMap, Refusal> {
    let pairs: Vec<(String, String)> = serde_json::from_str(json).map_err(Refusal::internal)?;
    pairs
        .into_iter()
        .map(|(name, value)| {
            let name: HeaderName = name.parse().map_err(Refusal::internal)?;
            Ok((name, HeaderValue::from_str(&value).map_err(Refusal::internal)?))
        })
        .collect()
}
