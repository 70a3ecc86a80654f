//! `batches`: what was exported, window by window, and the files themselves.

pub(super) mod days;
pub(super) mod shown;
pub(super) mod unsigned;

use super::AdminState;
use super::answer::Answer;
use super::caller::Caller;
use super::ids::{self, Id, path_parameter};
use super::query::Query;
use crate::audit::{self, Actor, Change};
use crate::exporter::requests;
use crate::problem::Refusal;
use crate::storage::FILE_CONTENT_TYPE;
use crate::store::batches::list::{self, Wanted};
use crate::store::files::{self, FileRow};
use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, ETAG};
use http::request::Parts;
use serde_json::json;
use sqlx::SqliteConnection;
use tekport_api::audit::AuditResult;
use tekport_api::batch::{Batch, BatchFilter};
use tekport_api::message::{BatchRefused, Refused};
use tekport_api::page::{Page, PageQuery};
use tekport_api::{Problem, UtcTime};
use uuid::Uuid;

const LIST: &str = "batches";
const STATES: &str = "open, leased, awaiting-signature, complete, failed, expired or superseded";
const TIME: &str = "an instant as RFC 3339 writes it: 2026-11-23T20:00:00Z";

/// The `{file_id}` of the path.
pub(super) struct FileId(Uuid);

impl<S: Send + Sync> FromRequestParts<S> for FileId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        ids::id(&path_parameter(parts, state, "file_id").await?).map(Self)
    }
}

/// Lists batches, newest window first.
#[utoipa::path(get, path = "/batches", tag = "batches", params(PageQuery, BatchFilter), responses(
    (status = 200, description = "A page of batches", body = Page<Batch>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&["cursor", "limit", "config_id", "state", "from", "until"])?;
    let stretch = query.stretch::<(UtcTime, Uuid)>(LIST)?;
    let wanted = Wanted {
        config_id: query.parsed("config_id", "the id of an export config")?,
        state: query.parsed("state", STATES)?,
        from: query.parsed("from", TIME)?,
        until: query.parsed("until", TIME)?,
    };
    let rows = list::page(state.store.pool(), wanted, stretch.after, stretch.limit_and_one()).await?;
    let keys: Vec<_> = rows.iter().map(|row| (row.window.end(), row.id)).collect();
    let shown: Vec<_> = keys.into_iter().zip(shown::in_list(&state, &rows).await?).collect();
    Answer::ok(&stretch.page(LIST, shown, |(key, _)| *key, |(_, batch)| batch))
}

/// One batch with its files, what it awaits and what each attempt came to.
#[utoipa::path(get, path = "/batches/{id}", tag = "batches",
    params(("id" = String, Path, description = "The batch")),
    responses(
        (status = 200, description = "The batch", body = Batch),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    shown::answer(&state, id).await
}

/// Has a failed batch tried again now.
#[utoipa::path(post, path = "/batches/{id}/retry", tag = "batches",
    params(("id" = String, Path, description = "The batch")),
    responses(
        (status = 200, description = "The batch, due at once", body = Batch),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn retry(State(state): State<AdminState>, caller: Caller, Id(id): Id) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let before = requests::retry(&mut transaction, id, state.now()).await?;
    let before = json!({ "attempts": before.attempts, "error": before.error });
    write_down(&mut transaction, state.now(), &caller.actor(), "batch.retry", id, before).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    shown::answer(&state, id).await
}

/// Has a complete batch's window exported anew: the answer is the new batch, and its files take the place of the
/// old ones in the index.
#[utoipa::path(post, path = "/batches/{id}/regenerate", tag = "batches",
    params(("id" = String, Path, description = "The batch")),
    responses(
        (status = 200, description = "The new batch", body = Batch),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn regenerate(State(state): State<AdminState>, caller: Caller, Id(id): Id) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let new = requests::regenerate(&mut transaction, id, state.now()).await?;
    let before = json!({ "regenerated": id });
    write_down(&mut transaction, state.now(), &caller.actor(), "batch.regenerate", new, before).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    shown::answer(&state, new).await
}

async fn write_down(
    db: &mut SqliteConnection,
    now: UtcTime,
    actor: &Actor,
    action: &'static str,
    id: Uuid,
    before: serde_json::Value,
) -> Result<(), Refusal> {
    let change =
        Change { action, resource_kind: "batch", resource_id: id.to_string(), before: Some(before), after: None };
    audit::append(db, now, actor, AuditResult::Ok, change).await?;
    Ok(())
}

/// The zip itself, as phones download it.
#[utoipa::path(get, path = "/batches/{id}/files/{file_id}/content", tag = "batches",
    params(("id" = String, Path, description = "The batch"), ("file_id" = String, Path, description = "The file")),
    responses(
        (status = 200, description = "The zip", content_type = "application/zip"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn content(
    State(state): State<AdminState>,
    Id(batch_id): Id,
    FileId(file_id): FileId,
) -> Result<Response, Refusal> {
    let file = files::find(state.store.pool(), file_id).await?.filter(|file| file.batch_id == batch_id);
    let file = file.ok_or_else(|| Refusal::not_found(&Refused::NoFile { id: file_id.to_string() }))?;
    let bytes = stored(&state, &file).await?;
    let headers = [(CONTENT_TYPE, FILE_CONTENT_TYPE.to_owned()), (ETAG, format!("\"{}\"", file.sha256))];
    Ok((headers, bytes).into_response())
}

async fn stored(state: &AdminState, file: &FileRow) -> Result<bytes::Bytes, Refusal> {
    if file.deleted_at.is_some() {
        return Err(Refusal::not_found(&BatchRefused::FileDeleted));
    }
    let unavailable = |error| Refusal::unavailable(&BatchRefused::StorageUnreadable, error);
    let target = state.storage.get(&file.storage_target).map_err(unavailable)?;
    let bytes = target.get(&file.path).await.map_err(unavailable)?;
    bytes.ok_or_else(|| Refusal::not_found(&BatchRefused::FileMissing))
}
