//! Registering a key of the token, or having one made there.

use super::{custody, predecessor};
use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::admin::caller::Caller;
use crate::admin::creation::{Creation, Repeat};
use crate::audit::{self, Actor, Change};
use crate::key_life::sending::Signers;
use crate::key_life::{self, Step};
use crate::problem::Refusal;
use crate::store::{StoreError, new_id, signing_keys};
use crate::token::{Token, TokenError, TokenKeyId, TokenKeyPair};
use axum::extract::State;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use tekport_api::Problem;
use tekport_api::audit::AuditResult;
use tekport_api::message::{KeyAllowed, KeyRefused, Nested};
use tekport_api::problem::ProblemKind;
use tekport_api::signing_key::{Custody, KeyEventKind, SigningKey, SigningKeySpec, TokenKeyDraft, TokenKeySpec};

/// A new `CKA_ID` is this long: nobody else's is the same by chance.
const ID_BYTES: usize = 16;
/// What a key signs before it is registered: nothing that is ever published has this digest.
const TRIAL: &[u8] = b"tekport: does this key of the token sign?";

/// Registers a key pair of the token, or has the token make one. It signs a trial digest before.
#[utoipa::path(post, path = "/signing-keys/in-token", tag = "signing keys", request_body = TokenKeyDraft,
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeated, the request gets the same answer")),
    responses(
        (status = 201, description = "The key as registered", body = SigningKey),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn create(
    State(state): State<AdminState>,
    caller: Caller,
    Creation { body, repeat }: Creation<TokenKeyDraft>,
) -> Result<Answer, Refusal> {
    let spec = body.validate().map_err(Refusal::fields)?;
    let mut transaction = state.store.begin().await?;
    if let Some(answer) = repeat.earlier_answer(&state, &mut transaction).await? {
        return Ok(answer);
    }
    // Before the token makes a key for nothing.
    refuse_if_taken(&mut transaction, &spec).await?;
    drop(transaction);
    let Some(token) = state.signer.token().cloned() else {
        return Err(Refusal::conflict(&KeyRefused::NoToken));
    };
    let actor = caller.actor();
    // A task of its own: what was begun in the token comes to its end, and into the log, when the caller hangs up.
    let act = tokio::spawn(async move {
        match &spec.token_key {
            Some(id) => {
                let id = TokenKeyId::new(id.clone()).map_err(Refusal::internal)?;
                let pair = tried(&token, id).await.map_err(refused)?;
                register(&state, &actor, &spec, &pair, &repeat).await
            }
            None => generate(&state, &token, &actor, &spec, &repeat).await,
        }
    });
    act.await.map_err(Refusal::internal)?
}

/// Refuses a name that another key has, and a predecessor that can't be followed.
async fn refuse_if_taken(db: &mut SqliteConnection, spec: &TokenKeySpec) -> Result<(), Refusal> {
    let rows = signing_keys::all(&mut *db).await?;
    if let Some(taken) = rows.iter().find(|row| row.key_id == spec.key_id && row.key_version == spec.key_version) {
        return Err(custody::name_taken(taken));
    }
    predecessor::check(db, &spec.key_id, spec.predecessor_id).await
}

/// Returns a key pair of the token that has just signed.
async fn tried(token: &Token, id: TokenKeyId) -> Result<TokenKeyPair, TokenError> {
    let pair = token.find(id.clone()).await?;
    token.sign(id, Sha256::digest(TRIAL).into()).await?;
    Ok(pair)
}

fn refused(error: TokenError) -> Refusal {
    let finding = error.finding();
    match error {
        TokenError::NoKey { .. }
        | TokenError::SeveralKeys { .. }
        | TokenError::UnfitKey { .. }
        | TokenError::WrongSignature(_) => Refusal::fault("token_key", finding, KeyAllowed::InToken),
        _ => Refusal::new(ProblemKind::Unavailable, &finding),
    }
}

/// Has the token make a key pair and registers it. Where that fails, the pair is destroyed again, or said to be left.
async fn generate(
    state: &AdminState,
    token: &Token,
    actor: &Actor,
    spec: &TokenKeySpec,
    repeat: &Repeat,
) -> Result<Answer, Refusal> {
    let id = random_id()?;
    let label = format!("{} {}", spec.key_id, spec.key_version);
    let change = Change {
        action: "token-key.generate",
        resource_kind: "token-key",
        resource_id: id.to_string(),
        before: None,
        after: Some(json!({ "token": token.label(), "label": label })),
    };
    // Written down first: a pair whose making was cut off is found in the log, and by GET token.
    let begun = audit::begin(&state.store, state.now(), actor, change).await?;
    let made = match token.generate(id.clone(), label).await {
        Ok(_) => tried(token, id.clone()).await,
        Err(error) => Err(error),
    };
    let outcome = match made {
        Ok(pair) => register(state, actor, spec, &pair, repeat).await,
        Err(error) => Err(refused(error)),
    };
    // By what is stored, not by the outcome: a repeated request gets an earlier answer, about another pair, and a
    // transaction that was reported as failed may have come through.
    let unwanted = match is_registered(state, &id).await {
        Ok(true) => {
            close(begun, state, AuditResult::Ok, json!({ "registered": true })).await;
            return outcome;
        }
        Ok(false) => token.destroy(id.clone()).await.map_err(|error| Nested::from(&error.finding())),
        Err(error) => Err(Nested::from(&KeyRefused::MaybeRegistered { cause: error.to_string() })),
    };
    match unwanted {
        Ok(()) => {
            close(begun, state, AuditResult::Failed, json!({ "destroyed": true })).await;
            outcome
        }
        Err(problem) => {
            let error = problem.to_string();
            tracing::error!(token_key = %id, %error, "a key pair that isn't registered may be left in the token");
            close(begun, state, AuditResult::Failed, json!({ "destroyed": false, "error": error })).await;
            let left = KeyRefused::PairLeft { id: id.to_string(), label: token.label().to_owned(), problem };
            outcome.map_err(|refusal| refusal.with_more(&left))
        }
    }
}

async fn is_registered(state: &AdminState, id: &TokenKeyId) -> Result<bool, StoreError> {
    let id = id.to_string();
    let rows = signing_keys::all(state.store.pool()).await?;
    Ok(rows.iter().any(|row| row.token_key.as_ref() == Some(&id)))
}

async fn close(begun: audit::Begun, state: &AdminState, result: AuditResult, outcome: serde_json::Value) {
    if let Err(error) = begun.close(&state.store, state.now(), result, outcome).await {
        tracing::error!(
            error = format!("{:#}", anyhow::Error::from(error)),
            "the end of an act isn't in the audit log"
        );
    }
}

fn random_id() -> Result<TokenKeyId, Refusal> {
    let mut bytes = vec![0; ID_BYTES];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Refusal::internal(tekport_keys::NoRandomness))?;
    TokenKeyId::new(bytes).map_err(Refusal::internal)
}

/// Registers a key pair of the token that can sign, in one transaction with its first step in the log.
async fn register(
    state: &AdminState,
    actor: &Actor,
    spec: &TokenKeySpec,
    pair: &TokenKeyPair,
    repeat: &Repeat,
) -> Result<Answer, Refusal> {
    let mut transaction = state.store.begin().await?;
    if let Some(answer) = repeat.earlier_answer(state, &mut transaction).await? {
        return Ok(answer);
    }
    refuse_if_taken(&mut transaction, spec).await?;
    let key = SigningKeySpec {
        key_id: spec.key_id.clone(),
        key_version: spec.key_version.clone(),
        public_key: pair.public_key.clone(),
        custody: Custody::Hsm,
        predecessor_id: spec.predecessor_id,
    };
    if let Some(taken) = signing_keys::conflicting(&mut *transaction, &key).await? {
        return Err(Refusal::fault("token_key", custody::key_taken(&taken), KeyAllowed::OtherPair));
    }
    let (id, now) = (new_id(state.now()), state.now());
    signing_keys::insert(&mut *transaction, id, &key, &actor.name, now).await?;
    let after = signing_keys::set_token_key(&mut *transaction, id, &pair.id.to_string()).await?;
    let step = Step {
        action: "signing-key.register",
        events: &[(KeyEventKind::Generated, "")],
        before: None,
        after: &after,
        more: &json!({ "token_key": pair.id.to_string(), "extractable": pair.extractable }),
    };
    key_life::write_down(&mut transaction, now, actor, step).await?;
    let signers = Signers::read(&mut transaction, now).await?;
    let location = format!("/admin/v1/signing-keys/{id}");
    let answer = Answer::created(Some(location), &signers.shown(&after))?.with_revision(after.revision)?;
    repeat.keep(state, &mut transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}
