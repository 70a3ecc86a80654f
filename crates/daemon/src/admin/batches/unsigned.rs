//! Files that await signatures: their contents for consoles to review, and the signatures that consoles make.

use super::shown;
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::ids::{self, Id, path_parameter};
use crate::exporter::signatures::{self, SignaturePlace};
use crate::problem::Refusal;
use crate::store::batches;
use crate::store::unsigned_files;
use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use tekport_api::Problem;
use tekport_api::batch::{Batch, BatchState, SignatureUpload};
use tekport_api::message::{BatchRefused, Refused};
use uuid::Uuid;

/// The `{number}` of the path.
pub(in crate::admin) struct FileNumber(u32);

impl<S: Send + Sync> FromRequestParts<S> for FileNumber {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text = path_parameter(parts, state, "number").await?;
        let number =
            text.parse().map_err(|_| Refusal::not_found(&BatchRefused::NoFileNumber { text: text.clone() }))?;
        Ok(Self(number))
    }
}

/// The `{signing_key_id}` of the path.
pub(in crate::admin) struct SigningKeyId(Uuid);

impl<S: Send + Sync> FromRequestParts<S> for SigningKeyId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        ids::id(&path_parameter(parts, state, "signing_key_id").await?).map(Self)
    }
}

/// The `export.bin` of a file that awaits signatures: what is reviewed, and whose SHA-256 is signed.
#[utoipa::path(get, path = "/batches/{id}/unsigned/{number}/content", tag = "batches",
    params(
        ("id" = String, Path, description = "The batch"),
        ("number" = u32, Path, description = "The number of the file"),
    ),
    responses(
        (status = 200, description = "The export.bin", content_type = "application/octet-stream"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn content(
    State(state): State<AdminState>,
    Id(id): Id,
    FileNumber(number): FileNumber,
) -> Result<Response, Refusal> {
    let mut snapshot = state.store.pool().begin().await?;
    let batch = batches::find(&mut *snapshot, id)
        .await?
        .ok_or_else(|| Refusal::not_found(&Refused::NoBatch { id: id.to_string() }))?;
    if batch.state != BatchState::AwaitingSignature {
        return Err(signatures::not_awaiting(batch.state).into());
    }
    let Some(bytes) = unsigned_files::content(&mut *snapshot, id, number).await? else {
        let files = unsigned_files::of_batch(&mut *snapshot, id).await?;
        return Err(signatures::no_file(number, &files).into());
    };
    Ok(([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

/// Adds a console's signature to a file that awaits it. Repeated, it gets the same answer.
#[utoipa::path(put, path = "/batches/{id}/unsigned/{number}/signatures/{signing_key_id}", tag = "batches",
    request_body = SignatureUpload,
    params(
        ("id" = String, Path, description = "The batch"),
        ("number" = u32, Path, description = "The number of the file"),
        ("signing_key_id" = String, Path, description = "The signing key"),
    ),
    responses(
        (status = 200, description = "The batch; it is published once every signature is there", body = Batch),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn sign(
    State(state): State<AdminState>,
    caller: Caller,
    Id(batch_id): Id,
    FileNumber(number): FileNumber,
    SigningKeyId(signing_key_id): SigningKeyId,
    Body(upload): Body<SignatureUpload>,
) -> Result<Answer, Refusal> {
    let place = SignaturePlace { batch_id, number, signing_key_id };
    let mut transaction = state.store.begin().await?;
    signatures::accept(&mut transaction, place, &upload, &caller.actor(), state.now()).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    shown::answer(&state, batch_id).await
}
