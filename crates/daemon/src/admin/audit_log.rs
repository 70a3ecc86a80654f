//! `audit`: who changed what, and whether the chain of entries holds.

use super::AdminState;
use super::answer::Answer;
use super::query::Query;
use crate::audit as chain;
use crate::problem::Refusal;
use crate::store::audit;
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::audit::{AuditChoices, AuditEntry, AuditFilter, AuditHead, AuditResult, AuditVerification};
use tekport_api::page::{Page, PageQuery};

const LIST: &str = "audit";
const TIME: &str = "an instant as RFC 3339 writes it: 2026-11-23T20:00:00Z";

/// Lists audit entries, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(PageQuery, AuditFilter), responses(
    (status = 200, description = "A page of entries", body = Page<AuditEntry>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&[
        "cursor",
        "limit",
        "actor_id",
        "action",
        "resource_kind",
        "resource_id",
        "result",
        "from",
        "until",
    ])?;
    let stretch = query.stretch::<u32>(LIST)?;
    let text = |name| query.text(name).map(str::to_owned);
    let result: Option<AuditResult> = query.parsed("result", AuditResult::ALLOWED)?;
    let filter = AuditFilter {
        actor_id: text("actor_id"),
        action: text("action"),
        resource_kind: text("resource_kind"),
        resource_id: text("resource_id"),
        result: result.map(|result| result.as_str().to_owned()),
        from: query.parsed("from", TIME)?,
        until: query.parsed("until", TIME)?,
    };
    let rows = audit::page(state.store.pool(), &filter, stretch.after, stretch.limit_and_one()).await?;
    Answer::ok(&stretch.page(LIST, rows, |entry| entry.sequence, |entry| entry))
}

/// What the log can be filtered by: everybody, every action and every kind of thing in it.
#[utoipa::path(get, path = "/audit/choices", tag = "audit", responses(
    (status = 200, description = "The choices", body = AuditChoices),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn choices(State(state): State<AdminState>) -> Result<Answer, Refusal> {
    let mut db = state.store.pool().acquire().await?;
    Answer::ok(&audit::choices(&mut db).await?)
}

/// Checks the whole chain, entry by entry.
#[utoipa::path(get, path = "/audit/verification", tag = "audit",
    params(("at" = Option<u32>, Query, description = "Also tell the hash of this entry, to compare it with one that was kept")),
    responses(
        (status = 200, description = "Whether the chain holds", body = AuditVerification),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn verify(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&["at"])?;
    let at = match query.parsed::<u32>("at", "the sequence of an entry, from 1")? {
        None => None,
        Some(sequence) => {
            let hash = audit::hash_at(state.store.pool(), sequence).await?;
            hash.map(|hash| AuditHead { sequence, hash })
        }
    };
    let checked = chain::check(&state.store).await?;
    Answer::ok(&AuditVerification { checked_at: state.now(), head: checked.head, broken: checked.broken, at })
}
