//! `tek-lookup`: where a key is, or which rule keeps it out. Off unless the daemon's configuration turns it on, rate
//! limited by person, and audited: no answer leaves before its entry is durable. The entry holds who asked, when, and
//! what kind of answer they got; nothing of the key.

use super::AdminState;
use super::answer::Answer;
use super::body::Body;
use super::caller::Caller;
use crate::audit::{self, Change};
use crate::exporter::whereabouts::{OfReceipt, Whereabouts, WhereaboutsError};
use crate::problem::Refusal;
use axum::extract::State;
use http::header::{HeaderValue, RETRY_AFTER};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tekport_api::Problem;
use tekport_api::audit::AuditResult;
use tekport_api::message::Refused;
use tekport_api::problem::ProblemKind;
use tekport_api::tek_lookup::{TekLookup, TekLookupRequest, TekQuestion, TekState};

/// Answers where a key is, or how many keys of a region came in around a time, and where they went.
#[utoipa::path(post, path = "/tek-lookup", tag = "TEKs", request_body = TekLookupRequest, responses(
    (status = 200, description = "Where it is, or which rule keeps it out, config by config", body = TekLookup),
    (status = 409, description = "The daemon's configuration doesn't allow it", body = Problem, content_type = "application/problem+json"),
    (status = 429, description = "The caller asked too often", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn find(
    State(state): State<AdminState>,
    caller: Caller,
    Body(request): Body<TekLookupRequest>,
) -> Result<Answer, Refusal> {
    if !state.key_lookup {
        return Err(off());
    }
    let question = request.validate().map_err(Refusal::fields)?;
    state.lookups.take(caller.person.id, state.now()).map_err(too_many)?;
    let places = Whereabouts {
        store: &state.store,
        targets: &state.storage,
        now: state.now(),
        min_window_age: state.min_window_age,
    };
    let (id, asked, receipts, states) = match question {
        TekQuestion::Key(key) => {
            let states = places.of_key(&key).await?;
            ("by-key", json!({ "found": !states.is_empty() }), None, states)
        }
        TekQuestion::Receipt { at, region } => {
            let code = region.as_str().to_owned();
            let OfReceipt { receipts, states } = places.of_receipt(at, region).await?;
            let asked = json!({ "found": receipts.keys > 0, "received_at": at, "region": code });
            ("by-receipt", asked, Some(receipts), states)
        }
    };
    let change = Change {
        action: "tek.lookup",
        resource_kind: "tek",
        resource_id: id.to_owned(),
        before: None,
        after: Some(kind_of(&states, asked)),
    };
    let mut transaction = state.store.begin().await?;
    audit::append(&mut transaction, state.now(), &caller.actor(), AuditResult::Ok, change).await?;
    transaction.commit().await?;
    Answer::ok(&TekLookup { answered_at: places.now, kept_days: state.tek_retention_days, receipts, states })
}

/// What kind of answer was given: whether something was found, and the outcomes, each once.
fn kind_of(states: &[TekState], mut asked: Value) -> Value {
    // What would have become of a key that never came is no answer about one.
    let came = states.iter().filter(|state| state.group.is_none_or(|group| group.keys > 0));
    let outcomes: BTreeSet<_> = came.flat_map(|state| &state.configs).map(|found| found.outcome.as_str()).collect();
    if let Some(entry) = asked.as_object_mut() {
        entry.insert("outcomes".to_owned(), json!(outcomes));
    }
    asked
}

fn off() -> Refusal {
    Refusal::conflict(&Refused::LookupOff)
}

fn too_many(seconds: i64) -> Refusal {
    let said = Refused::TooManyLookups { seconds: seconds.to_string() };
    Refusal::new(ProblemKind::TooManyRequests, &said).with_header(RETRY_AFTER, HeaderValue::from(seconds))
}

impl From<WhereaboutsError> for Refusal {
    fn from(error: WhereaboutsError) -> Self {
        match error {
            WhereaboutsError::Store(error) => error.into(),
            WhereaboutsError::Cancelled => Self::unavailable(&Refused::Stopping, error),
            WhereaboutsError::Storage(_) | WhereaboutsError::Unreadable { .. } => {
                Self::unavailable(&Refused::LookupUnreadable, error)
            }
        }
    }
}
