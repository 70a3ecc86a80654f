//! `storage-targets`: the places that the daemon's own configuration names.

use super::AdminState;
use super::answer::Answer;
use super::caller::Caller;
use super::ids::path_parameter;
use super::query::Query;
use crate::audit::{self, Change};
use crate::problem::Refusal;
use axum::extract::{FromRequestParts, State};
use http::request::Parts;
use serde_json::json;
use tekport_api::Problem;
use tekport_api::audit::AuditResult;
use tekport_api::message::Refused;
use tekport_api::page::{Page, PageQuery};
use tekport_api::storage_target::{StorageTarget, StorageTest};

const LIST: &str = "storage-targets";

/// The `{name}` of the path.
pub(super) struct Name(String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        path_parameter(parts, state, "name").await.map(Self)
    }
}

/// Lists the storage targets by name, each with its last test and what fails there.
#[utoipa::path(get, path = "/storage-targets", tag = "storage", params(PageQuery), responses(
    (status = 200, description = "A page of targets", body = Page<StorageTarget>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&["cursor", "limit"])?;
    let stretch = query.stretch::<String>(LIST)?;
    let after = stretch.after.clone().unwrap_or_default();
    let targets: Vec<_> = state.storage.to_api().into_iter().filter(|target| target.name > after).collect();
    Answer::ok(&stretch.page(LIST, targets, |target| target.name.clone(), |target| target))
}

/// Writes, reads, compares and deletes a test file.
#[utoipa::path(post, path = "/storage-targets/{name}/test", tag = "storage",
    params(("name" = String, Path, description = "The target")),
    responses(
        (status = 200, description = "What each step found", body = StorageTest),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn test(State(state): State<AdminState>, caller: Caller, Name(name): Name) -> Result<Answer, Refusal> {
    state.storage.get(&name).map_err(|_| Refusal::not_found(&Refused::NoStorageTarget { id: name.clone() }))?;
    let change = Change {
        action: "storage-target.test",
        resource_kind: "storage-target",
        resource_id: name.clone(),
        before: None,
        after: None,
    };
    let begun = audit::begin(&state.store, state.now(), &caller.actor(), change).await?;
    // A task of its own: the act goes on to its end, and into the log, when the caller hangs up.
    let act = tokio::spawn(async move {
        let test = state.storage.get(&name).map_err(Refusal::internal)?.test(&state.clock).await;
        let result = if test.passed { AuditResult::Ok } else { AuditResult::Failed };
        begun.close(&state.store, state.now(), result, json!({ "steps": test.steps })).await?;
        Ok::<_, Refusal>(test)
    });
    Answer::ok(&act.await.map_err(Refusal::internal)??)
}
