//! Where a key's public half stands with Google and with Apple, as officers record it.

use super::{CLOCK_LEEWAY_SECONDS, custody};
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::body::Body;
use crate::admin::caller::Caller;
use crate::admin::ids::{Id, path_parameter};
use crate::key_life::sending::Signers;
use crate::key_life::{self, Step, facts};
use crate::problem::Refusal;
use crate::store::signing_keys::{self, SigningKeyRow};
use axum::extract::{FromRequestParts, State};
use http::request::Parts;
use serde_json::Value;
use sqlx::SqliteConnection;
use tekport_api::message::{KeyAllowed, KeyFault, KeyRefused, Refused};
use tekport_api::signing_key::{KeyEventKind, KeyState, Recipient, Share, ShareState, ShareUpdate, SigningKey};
use tekport_api::{Problem, UtcTime};

/// The `{recipient}` of the path.
pub(in crate::admin) struct RecipientName(Recipient);

impl<S: Send + Sync> FromRequestParts<S> for RecipientName {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text = path_parameter(parts, state, "recipient").await?;
        text.parse().map(Self).map_err(|_: String| Refusal::not_found(&Refused::NoRecipient { text }))
    }
}

/// Records what became of a public key at Google or Apple.
#[utoipa::path(put, path = "/signing-keys/{id}/shares/{recipient}", tag = "signing keys", request_body = ShareUpdate,
    params(
        ("id" = String, Path, description = "The key"),
        ("recipient" = String, Path, description = "`google` or `apple`"),
    ),
    responses(
        (status = 200, description = "The key", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn record(
    State(state): State<AdminState>,
    caller: Caller,
    Id(id): Id,
    RecipientName(recipient): RecipientName,
    Body(update): Body<ShareUpdate>,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    let now = state.now();
    let before = custody::not_revoked(&mut transaction, id).await?;
    let note = super::note(&update.note)?;
    let old = before.share(recipient);
    if old.state == update.state && old.note == note && update.at.is_none_or(|at| old.at == Some(at)) {
        return super::answer(&state, &before).await;
    }
    let at = when(update.at, &before, now)?;
    if update.state != ShareState::NotSent
        && let Some(why) = Signers::read(&mut transaction, now).await?.not_to_send(&before)
    {
        return Err(Refusal::conflict(&why));
    }
    if before.share(recipient).state == ShareState::Confirmed && update.state != ShareState::Confirmed {
        nobody_relies_on_it(&mut transaction, &state, &before, recipient, update.state).await?;
    }
    let share = Share { state: update.state, at: Some(at), by: Some(caller.actor().name), note: note.to_owned() };
    let after = signing_keys::set_share(&mut *transaction, id, recipient, &share).await?;
    let words = match update.state {
        ShareState::NotSent => "not sent",
        ShareState::Sent => "sent",
        ShareState::Confirmed => "confirmed",
    };
    let words = if note.is_empty() { words.to_owned() } else { format!("{words}: {note}") };
    let kind = match recipient {
        Recipient::Google => KeyEventKind::Google,
        Recipient::Apple => KeyEventKind::Apple,
    };
    let activated = !before.unconfirmed().is_empty() && after.unconfirmed().is_empty();
    let events = [(kind, words.as_str()), (KeyEventKind::Activated, "")];
    let step = Step {
        action: "signing-key.share",
        events: if activated { &events } else { &events[..1] },
        before: Some(&before),
        after: &after,
        more: &Value::Null,
    };
    key_life::write_down(&mut transaction, now, &caller.actor(), step).await?;
    transaction.commit().await?;
    // An end that is held for this confirmation comes at once.
    state.nudge.notify_one();
    super::answer(&state, &after).await
}

/// When it happened: not in the future, as far as two clocks agree, and not before the key was there.
fn when(at: Option<UtcTime>, key: &SigningKeyRow, now: UtcTime) -> Result<UtcTime, Refusal> {
    let Some(at) = at else { return Ok(now) };
    let reason = if at.unix_seconds() > now.unix_seconds() + CLOCK_LEEWAY_SECONDS {
        KeyFault::InFuture { time: at }
    } else if at < key.created_at {
        KeyFault::NotRegisteredYet { key: key.name(), time: at }
    } else {
        return Ok(at.min(now));
    };
    Err(Refusal::fault("at", reason, KeyAllowed::SinceRegistered))
}

/// A confirmation that another key's end was allowed by can't be taken back while that end is to come.
async fn nobody_relies_on_it(
    db: &mut SqliteConnection,
    state: &AdminState,
    key: &SigningKeyRow,
    recipient: Recipient,
    wanted: ShareState,
) -> Result<(), Refusal> {
    let now = state.now();
    let facts = facts::read(&mut *db, now, state.retention_days).await?;
    let without = facts.with_share(&key.name(), recipient, wanted);
    for ending in signing_keys::all(&mut *db).await? {
        let Some(end) = ending.ends_at.filter(|_| ending.state() == KeyState::Retiring) else { continue };
        let name = ending.name();
        let in_time = |earliest: Option<UtcTime>| earliest.is_some_and(|earliest| earliest <= end.max(now));
        if in_time(facts.end_of(&name, now).earliest) && !in_time(without.end_of(&name, now).earliest) {
            let recipient = recipient.to_string();
            return Err(Refusal::conflict(&KeyRefused::EndRelies { ending: name, recipient, key: key.name() }));
        }
    }
    Ok(())
}
