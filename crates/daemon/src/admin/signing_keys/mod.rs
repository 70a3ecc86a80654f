//! `signing-keys`: their whole lives, from the registration of the public half to retirement or revocation.

pub(super) mod attach;
mod custody;
pub(super) mod details;
pub(super) mod end;
pub(super) mod in_token;
pub(super) mod package;
mod predecessor;
pub(super) mod revocation;
pub(super) mod rotation;
pub(super) mod shares;
pub(super) mod unprovision;

use super::AdminState;
use super::answer::Answer;
use super::body::Body;
use super::caller::Caller;
use super::creation::Creation;
use super::ids::Id;
use super::query::Query;
use crate::key_life::sending::Signers;
use crate::problem::Refusal;
use crate::store::StoreError;
use crate::store::signing_keys::{self, SigningKeyRow};
use axum::extract::State;
use tekport_api::message::{KeyAllowed, KeyFault, Refused};
use tekport_api::page::{Page, PageQuery};
use tekport_api::signing_key::{SealedKeyUpload, SigningKey, SigningKeyDraft};
use tekport_api::{Problem, UtcTime};
use uuid::Uuid;

const LIST: &str = "signing-keys";
/// A console's clock may be ahead of the daemon's, and its request takes a while.
const CLOCK_LEEWAY_SECONDS: i64 = 300;

/// Lists signing keys, newest first.
#[utoipa::path(get, path = "/signing-keys", tag = "signing keys", params(PageQuery), responses(
    (status = 200, description = "A page of keys", body = Page<SigningKey>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&["cursor", "limit"])?;
    let stretch = query.stretch::<(UtcTime, Uuid)>(LIST)?;
    let rows = signing_keys::page(state.store.pool(), stretch.after, stretch.limit_and_one()).await?;
    let signers = signers(&state).await?;
    Answer::ok(&stretch.page(LIST, rows, |row| (row.created_at, row.id), |row| signers.shown(&row)))
}

/// One signing key.
#[utoipa::path(get, path = "/signing-keys/{id}", tag = "signing keys",
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    let row = signing_keys::find(state.store.pool(), id).await?;
    answer(&state, &row.ok_or_else(|| Refusal::not_found(&Refused::NoSigningKey { id: id.to_string() }))?).await
}

/// Registers the public half of a key.
#[utoipa::path(post, path = "/signing-keys", tag = "signing keys", request_body = SigningKeyDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeated, the request gets the same answer")),
    responses(
        (status = 201, description = "The key as registered", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create(
    State(state): State<AdminState>,
    caller: Caller,
    Creation { body, repeat }: Creation<SigningKeyDraft>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    if let Some(answer) = repeat.earlier_answer(&state, &mut transaction).await? {
        return Ok(answer);
    }
    let key = custody::register(&mut transaction, state.now(), &caller.actor(), &body).await?;
    let signers = Signers::read(&mut transaction, state.now()).await?;
    let location = format!("/admin/v1/signing-keys/{}", key.id);
    let answer = Answer::created(Some(location), &signers.shown(&key))?.with_revision(key.revision)?;
    repeat.keep(&state, &mut transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// Hands the private half to the daemon, sealed to its sealing key. Repeated, it replaces what was handed over.
#[utoipa::path(put, path = "/signing-keys/{id}/sealed", tag = "signing keys", request_body = SealedKeyUpload,
    params(("id" = String, Path, description = "The key")),
    responses(
        (status = 200, description = "The key, which the daemon can now sign with", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn provision(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    Body(upload): Body<SealedKeyUpload>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let key = custody::provision(&mut transaction, &state, &caller.actor(), id, &upload).await?;
    transaction.commit().await?;
    answer(&state, &key).await
}

async fn answer(state: &AdminState, key: &SigningKeyRow) -> Result<Answer, Refusal> {
    Answer::ok(&signers(state).await?.shown(key))?.with_revision(key.revision)
}

async fn signers(state: &AdminState) -> Result<Signers, StoreError> {
    let mut connection = state.store.pool().acquire().await?;
    Signers::read(&mut connection, state.now()).await
}

/// A note that is kept in a key's history.
fn note(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    if text.chars().count() > 500 || text.contains(|c: char| c.is_control() && c != '\n') {
        return Err(Refusal::fault("note", KeyFault::NoNote, KeyAllowed::Note));
    }
    Ok(text)
}
