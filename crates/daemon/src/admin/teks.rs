//! `teks`: key servers and admins post TEKs here.

use super::AdminState;
use super::answer::Answer;
use super::caller::Caller;
use super::creation::Upload;
use super::query::Query;
use crate::audit::{self, Change};
use crate::ingest::{self, ImportOptions, IngestError, Shape};
use crate::problem::Refusal;
use axum::extract::State;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::json;
use std::collections::BTreeSet;
use tekport_api::Problem;
use tekport_api::audit::AuditResult;
use tekport_api::problem::ProblemKind;
use tekport_api::teks::ImportReport;
use tekport_export_file::Region;

/// Takes TEKs in: a publish request, one key a line, or an export file. Each key that is refused is reported
/// with its place and the reason; none of the others is lost. What is reported as accepted is durable.
#[utoipa::path(post, path = "/teks", tag = "TEKs",
    params(
        ("regions" = Option<String>, Query, description = "For keys that name none, joined by commas: `US,MAG`"),
        ("traveler" = Option<bool>, Query, description = "Whether owners of keys that don't say traveled"),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeated, the request gets the same answer"),
    ),
    request_body(
        content((String = "application/json"), (String = "application/x-ndjson"), (Vec<u8> = "application/zip")),
        description = "A publish request, a key a line, or an export file"
    ),
    responses(
        (status = 200, description = "What became of the keys", body = ImportReport),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create(
    State(state): State<AdminState>,
    caller: Caller,
    query: Query,
    headers: HeaderMap,
    Upload { bytes, repeat }: Upload,
) -> Result<Answer, Refusal> {
    query.only(&["regions", "traveler"])?;
    let options = ImportOptions {
        shape: Some(shape(&headers)?),
        regions: regions(&query)?,
        traveler: query.parsed("traveler", "true or false")?.unwrap_or(false),
        ..ImportOptions::default()
    };
    if let Some(answer) = repeat.earlier_answer(&state, &mut *state.store.pool().acquire().await?).await? {
        return Ok(answer);
    }
    let report = ingest::import(&state.store, &state.clock, &bytes, &options).await.map_err(refusal)?;
    // Keys are stored in transactions of their own. A crash before the next one leaves no trace of who sent them,
    // and the request, sent again, reports them as duplicates.
    let answer = Answer::ok(&report)?;
    let now = state.now();
    let change = Change {
        action: "teks.import",
        resource_kind: "teks",
        resource_id: now.to_string(),
        before: None,
        after: Some(json!({
            "received": report.received, "accepted": report.accepted, "revised": report.revised,
            "duplicates": report.duplicates, "embargoed": report.embargoed, "refused": report.refused,
        })),
    };
    let mut transaction = state.store.begin().await?;
    audit::append(&mut transaction, now, &caller.actor(), AuditResult::Ok, change).await?;
    repeat.keep(&state, &mut transaction, &answer).await?;
    transaction.commit().await?;
    Ok(answer)
}

fn shape(headers: &HeaderMap) -> Result<Shape, Refusal> {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/json" => Ok(Shape::Publish),
        "application/x-ndjson" => Ok(Shape::Ndjson),
        "application/zip" => Ok(Shape::ExportFile),
        _ => Err(Refusal::of_machine(
            ProblemKind::UnsupportedMediaType,
            "send application/json (a publish request), application/x-ndjson (a key a line) or application/zip (an export file)",
        )),
    }
}

fn regions(query: &Query) -> Result<BTreeSet<Region>, Refusal> {
    let texts = query.text("regions").into_iter().flat_map(|text| text.split(','));
    texts
        .map(|text| {
            Region::parse(text).map_err(|error| {
                Refusal::field_of_machine(
                    "regions",
                    format!("{text:?}: {error}"),
                    format!("regions joined by commas, each {}", Region::ALLOWED),
                )
            })
        })
        .collect()
}

/// What an input as a whole was refused for.
fn refusal(error: IngestError) -> Refusal {
    match error {
        IngestError::Store(error) => error.into(),
        IngestError::TooLarge(_) | IngestError::TooManyKeys => {
            Refusal::of_machine(ProblemKind::TooLarge, error.to_string())
        }
        IngestError::NotText(_) | IngestError::Json { .. } | IngestError::ExportFile(_) => {
            Refusal::of_machine(ProblemKind::Malformed, error.to_string())
        }
        IngestError::Envelope { field, reason, allowed } => Refusal::field_of_machine(field, reason, allowed),
        IngestError::ExportRegion(_) => Refusal::field_of_machine(
            "regions",
            error.to_string(),
            format!("regions joined by commas, each {}", Region::ALLOWED),
        ),
        IngestError::ReceivedInFuture => {
            Refusal::field_of_machine("received_at", error.to_string(), "a time up to now")
        }
    }
}
