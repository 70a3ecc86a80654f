//! `audit`: who changed what.

use super::AdminState;
use super::answer::Answer;
use super::query::Query;
use crate::problem::Refusal;
use crate::store::audit::{self, AuditFilter};
use axum::extract::State;
use tekport_api::audit::AuditEntry;
use tekport_api::page::{Page, PageQuery};
use tekport_api::{Problem, UtcTime};

const LIST: &str = "audit";
const TIME: &str = "an instant as RFC 3339 writes it: 2026-11-23T20:00:00Z";

/// Lists audit entries, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit",
    params(
        PageQuery,
        ("actor_id" = Option<String>, Query, description = "Only this person's; `local` for the command line, `daemon` for the daemon"),
        ("action" = Option<String>, Query, description = "Only this action: `export-config.update`"),
        ("resource_kind" = Option<String>, Query, description = "Only about this kind of thing: `person`"),
        ("resource_id" = Option<String>, Query, description = "Only about the thing of this id"),
        ("from" = Option<UtcTime>, Query, description = "Not before"),
        ("until" = Option<UtcTime>, Query, description = "Before"),
    ),
    responses(
        (status = 200, description = "A page of entries", body = Page<AuditEntry>),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&["cursor", "limit", "actor_id", "action", "resource_kind", "resource_id", "from", "until"])?;
    let stretch = query.stretch::<u32>(LIST)?;
    let text = |name| query.text(name).map(str::to_owned);
    let filter = AuditFilter {
        actor_id: text("actor_id"),
        action: text("action"),
        resource_kind: text("resource_kind"),
        resource_id: text("resource_id"),
        from: query.parsed("from", TIME)?,
        until: query.parsed("until", TIME)?,
    };
    let rows = audit::page(state.store.pool(), &filter, stretch.after, stretch.limit_and_one()).await?;
    Answer::ok(&stretch.page(LIST, rows, |entry| entry.sequence, |entry| entry))
}
