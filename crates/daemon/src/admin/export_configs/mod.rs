//! `export-configs`: what is exported, when, where and signed by whom.

mod change;
mod check;
pub(super) mod load;
mod preview;

pub(super) use change::set_signing_keys;

use super::AdminState;
use super::answer::Answer;
use super::body::Body;
use super::caller::Caller;
use super::creation::Creation;
use super::ids::{Id, IfMatch};
use super::query::Query;
use crate::problem::Refusal;
use crate::store::configs::{self, ConfigRow};
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::export_config::{ConfigPreview, ExportConfig, ExportConfigDraft, PreviewRequest};
use tekport_api::message::Refused;
use tekport_api::page::{Page, PageQuery};
use uuid::Uuid;

const LIST: &str = "export-configs";

/// Lists export configs, oldest first, ended ones included.
#[utoipa::path(get, path = "/export-configs", tag = "export configs", params(PageQuery), responses(
    (status = 200, description = "A page of configs", body = Page<ExportConfig>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&["cursor", "limit"])?;
    let stretch = query.stretch::<Uuid>(LIST)?;
    let rows = configs::page(state.store.pool(), stretch.after, stretch.limit_and_one()).await?;
    Answer::ok(&stretch.page(LIST, rows, |row| row.id, |row| row.to_api(state.now())))
}

/// One export config.
#[utoipa::path(get, path = "/export-configs/{id}", tag = "export configs",
    params(("id" = String, Path, description = "The config")),
    responses(
        (status = 200, description = "The config", body = ExportConfig),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(State(state): State<AdminState>, Id(id): Id) -> Result<Answer, Refusal> {
    let row = configs::find(state.store.pool(), id).await?;
    answer(&state, &row.ok_or_else(|| Refusal::not_found(&Refused::NoExportConfig { id: id.to_string() }))?)
}

/// Creates an export config.
#[utoipa::path(post, path = "/export-configs", tag = "export configs", request_body = ExportConfigDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeated, the request gets the same answer")),
    responses(
        (status = 201, description = "The config as created", body = ExportConfig),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create(
    State(state): State<AdminState>,
    caller: Caller,
    Creation { body, repeat }: Creation<ExportConfigDraft>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    if let Some(answer) = repeat.earlier_answer(&state, &mut transaction).await? {
        return Ok(answer);
    }
    let config = change::create(&mut transaction, &state, &caller.actor(), &body).await?;
    let location = format!("/admin/v1/export-configs/{}", config.id);
    let answer = Answer::created(Some(location), &config.to_api(state.now()))?.with_revision(config.revision)?;
    repeat.keep(&state, &mut transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// Replaces an export config's fields.
#[utoipa::path(put, path = "/export-configs/{id}", tag = "export configs", request_body = ExportConfigDraft,
    params(
        ("id" = String, Path, description = "The config"),
        ("If-Match" = String, Header, description = "The ETag that was read: the revision in quotes"),
    ),
    responses(
        (status = 200, description = "The config as changed", body = ExportConfig),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn update(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    if_match: IfMatch,
    Body(draft): Body<ExportConfigDraft>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let config = change::update(&mut transaction, &state, &caller.actor(), id, &if_match, &draft).await?;
    transaction.commit().await?;
    answer(&state, &config)
}

/// What a draft would do, without making it.
#[utoipa::path(post, path = "/export-configs/preview", tag = "export configs", request_body = PreviewRequest,
    responses(
        (status = 200, description = "Problems, warnings and the windows to come", body = ConfigPreview),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn preview(
    State(state): State<AdminState>,
    Body(request): Body<PreviewRequest>,
) -> Result<Answer, Refusal> {
    Answer::ok(&preview::preview(&state, &request).await?)
}

/// Stops a config from making batches; those that exist are finished.
#[utoipa::path(post, path = "/export-configs/{id}/pause", tag = "export configs",
    params(("id" = String, Path, description = "The config")),
    responses(
        (status = 200, description = "The config as paused", body = ExportConfig),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn pause(State(state): State<AdminState>, caller: Caller, Id(id): Id) -> Result<Answer, Refusal> {
    set_paused(&state, &caller, id, true).await
}

/// Lets a paused config go on; it catches up on the windows that passed meanwhile.
#[utoipa::path(post, path = "/export-configs/{id}/resume", tag = "export configs",
    params(("id" = String, Path, description = "The config")),
    responses(
        (status = 200, description = "The config as resumed", body = ExportConfig),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn resume(State(state): State<AdminState>, caller: Caller, Id(id): Id) -> Result<Answer, Refusal> {
    set_paused(&state, &caller, id, false).await
}

/// Has a config's due windows exported now, before the exporter's next tick.
#[utoipa::path(post, path = "/export-configs/{id}/run", tag = "export configs",
    params(("id" = String, Path, description = "The config")),
    responses(
        (status = 200, description = "The config; its batches follow", body = ExportConfig),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn run(State(state): State<AdminState>, caller: Caller, Id(id): Id) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let config = change::run(&mut transaction, state.now(), &caller.actor(), id).await?;
    transaction.commit().await?;
    state.nudge.notify_one();
    answer(&state, &config)
}

async fn set_paused(state: &AdminState, caller: &Caller, id: Uuid, paused: bool) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let config = change::set_paused(&mut transaction, state.now(), &caller.actor(), id, paused).await?;
    transaction.commit().await?;
    if !paused {
        state.nudge.notify_one();
    }
    answer(state, &config)
}

fn answer(state: &AdminState, config: &ConfigRow) -> Result<Answer, Refusal> {
    Answer::ok(&config.to_api(state.now()))?.with_revision(config.revision)
}
