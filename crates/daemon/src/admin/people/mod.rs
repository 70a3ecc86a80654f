//! `people`: who may come in, and what they may do.

mod membership;

use super::AdminState;
use super::answer::Answer;
use super::body::Body;
use super::caller::Caller;
use super::creation::{BareCreation, Creation};
use super::ids::{Id, IfMatch};
use super::query::Query;
use crate::invitation;
use crate::problem::Refusal;
use crate::store::people::{self, PersonRow};
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::enrolment::Invitation;
use tekport_api::page::{Page, PageQuery};
use tekport_api::people::{Person, PersonDraft};
use uuid::Uuid;

const LIST: &str = "people";

/// Lists people, oldest first, revoked ones included.
#[utoipa::path(get, path = "/people", tag = "people", params(PageQuery), responses(
    (status = 200, description = "A page of people", body = Page<Person>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(State(state): State<AdminState>, query: Query) -> Result<Answer, Refusal> {
    query.only(&["cursor", "limit"])?;
    let stretch = query.stretch::<Uuid>(LIST)?;
    let rows = people::page(state.store.pool(), stretch.after, stretch.limit_and_one()).await?;
    let mut db = state.store.pool().acquire().await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        shown.push((row.id, people::to_api(&mut db, &row, state.now()).await?));
    }
    let page = stretch.page(LIST, shown, |(id, _)| *id, |(_, person)| person);
    Answer::ok(&page)
}

/// Invites somebody. The answer holds the enrolment code, which the daemon doesn't keep.
#[utoipa::path(post, path = "/people", tag = "people", request_body = PersonDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeated, the request gets the same answer")),
    responses(
        (status = 201, description = "The person and their code", body = Invitation),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create(
    State(state): State<AdminState>,
    caller: Caller,
    Creation { body, repeat }: Creation<PersonDraft>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    if let Some(answer) = repeat.earlier_answer(&state, &mut transaction).await? {
        return Ok(answer);
    }
    let spec = body.validate().map_err(Refusal::fields)?;
    let invitation =
        invitation::invite_in(&mut transaction, &caller.actor(), &spec, &state.code_origin(), state.now()).await?;
    let answer = Answer::created(None, &invitation)?.with_revision(invitation.person.revision)?;
    repeat.keep(&state, &mut transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// Makes another enrolment code for somebody; earlier ones that were not used end.
#[utoipa::path(post, path = "/people/{id}/enrolment-codes", tag = "people",
    params(
        ("id" = String, Path, description = "The person"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeated, the request gets the same answer"),
    ),
    responses(
        (status = 201, description = "The person and their code", body = Invitation),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create_code(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    BareCreation(repeat): BareCreation,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    if let Some(answer) = repeat.earlier_answer(&state, &mut transaction).await? {
        return Ok(answer);
    }
    let person = membership::present(&mut transaction, id).await?;
    let invitation =
        invitation::invite_again_in(&mut transaction, &caller.actor(), &person, &state.code_origin(), state.now())
            .await?;
    let answer = Answer::created(None, &invitation)?;
    repeat.keep(&state, &mut transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

/// Replaces a person's name and roles.
#[utoipa::path(put, path = "/people/{id}", tag = "people", request_body = PersonDraft,
    params(
        ("id" = String, Path, description = "The person"),
        ("If-Match" = String, Header, description = "The ETag that was read: the revision in quotes"),
    ),
    responses(
        (status = 200, description = "The person as changed", body = Person),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn update(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    if_match: IfMatch,
    Body(draft): Body<PersonDraft>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let person = membership::change(&mut transaction, state.now(), &caller.actor(), id, &if_match, &draft).await?;
    transaction.commit().await?;
    answer(&state, &person).await
}

/// Shuts a person out, from the next request on.
#[utoipa::path(post, path = "/people/{id}/revoke", tag = "people",
    params(("id" = String, Path, description = "The person")),
    responses(
        (status = 200, description = "The person as revoked", body = Person),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn revoke(State(state): State<AdminState>, caller: Caller, Id(id): Id) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let person = membership::revoke(&mut transaction, state.now(), &caller.actor(), id).await?;
    transaction.commit().await?;
    answer(&state, &person).await
}

async fn answer(state: &AdminState, person: &PersonRow) -> Result<Answer, Refusal> {
    let mut db = state.store.pool().acquire().await?;
    Answer::ok(&people::to_api(&mut db, person, state.now()).await?)?.with_revision(person.revision)
}
