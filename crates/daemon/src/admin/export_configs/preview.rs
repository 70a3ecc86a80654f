//! What a draft would do: its problems, what deserves a second look, and the windows to come.

use super::{check, load};
use crate::admin::AdminState;
use crate::problem::Refusal;
use crate::schedule::Schedule;
use crate::store::configs::ConfigRow;
use crate::store::{configs, signing_keys};
use sqlx::SqliteConnection;
use tekport_api::export_config::{
    ANDROID_FILES_A_DAY, ConfigPreview, ExportConfigDraft, ExportConfigSpec, IOS_FILES_A_DAY, LoadEstimate, Period,
    PreviewRequest, PreviewWindow, SmallBatchPolicy,
};
use tekport_api::message::{Allowed, Fault};
use tekport_api::{FieldProblem, UtcTime};
use uuid::Uuid;

/// Under four hours, a phone that was off for days finds more files than it imports.
const SHORT_PERIOD_MINUTES: u32 = 240;

/// Says what the draft would do.
pub(super) async fn preview(state: &AdminState, request: &PreviewRequest) -> Result<ConfigPreview, Refusal> {
    // No transaction: a preview comes with every change in the form and must not hold writers up.
    let mut db = state.store.pool().acquire().await?;
    let before = match &request.config_id {
        None => None,
        Some(text) => Some(edited(&mut db, text).await?),
    };
    let mut preview = ConfigPreview {
        problems: Vec::new(),
        warnings: Vec::new(),
        windows: Vec::new(),
        files_a_day: 0,
        ios_limit: IOS_FILES_A_DAY,
        android_limit: ANDROID_FILES_A_DAY,
        load: None,
    };
    if let Ok(spec) = anywhere(&request.fields).validate() {
        preview.load = load::estimate(&mut db, state, &spec).await?;
    }
    match request.fields.validate() {
        Ok(spec) => {
            preview.problems = check::problems(&mut db, state, &spec, before.as_ref()).await?;
            if preview.problems.is_empty() {
                preview.warnings = warnings(&mut db, state, &spec, preview.load.as_ref()).await?;
            }
        }
        Err(problems) => preview.problems = problems,
    }
    if let Some(schedule) = schedule(&request.fields) {
        let through = before.as_ref().and_then(|config| config.windows_through);
        preview.windows = windows(state, &schedule, through);
        preview.files_a_day = schedule.period.windows_a_day();
    }
    Ok(preview)
}

/// What decides the windows of a draft, where that much of it is right.
fn schedule(fields: &ExportConfigDraft) -> Option<Schedule> {
    let (valid_from, valid_through) = (fields.valid_from, fields.valid_through);
    let period = Period::from_minutes(fields.period_minutes)?;
    valid_through.is_none_or(|through| valid_from < through).then_some(Schedule { period, valid_from, valid_through })
}

/// The draft with some place and some signer that are allowed: how many keys go in depends on neither, and a person
/// chooses them last.
fn anywhere(fields: &ExportConfigDraft) -> ExportConfigDraft {
    ExportConfigDraft {
        storage_target: "anywhere".to_owned(),
        path_prefix: "anywhere".to_owned(),
        signing_key_ids: vec![Uuid::nil().to_string()],
        ..fields.clone()
    }
}

async fn edited(db: &mut SqliteConnection, text: &str) -> Result<ConfigRow, Refusal> {
    let unknown = || Refusal::fault("config_id", Fault::UnknownConfig { text: text.to_owned() }, Allowed::ConfigOrNone);
    let id = Uuid::try_parse(text).map_err(|_| unknown())?;
    configs::find(db, id).await?.ok_or_else(unknown)
}

fn windows(state: &AdminState, schedule: &Schedule, through: Option<UtcTime>) -> Vec<PreviewWindow> {
    schedule
        .next_windows(through, state.now())
        .into_iter()
        .map(|window| PreviewWindow {
            start: window.start(),
            end: window.end(),
            due_at: window.due_at(state.min_window_age),
        })
        .collect()
}

async fn warnings(
    db: &mut SqliteConnection,
    state: &AdminState,
    spec: &ExportConfigSpec,
    load: Option<&LoadEstimate>,
) -> Result<Vec<FieldProblem>, Refusal> {
    let mut warnings = Vec::new();
    let windows = spec.period.windows_a_day();
    let files = load.map_or(windows, |load| load.files_a_day.max(windows));
    let (ios, android) = (IOS_FILES_A_DAY, ANDROID_FILES_A_DAY);
    if windows > ios {
        let fault =
            if files > android { Fault::OverBoth { files, ios, android } } else { Fault::OverIos { files, ios } };
        warnings.push(FieldProblem::new("period_minutes", fault, Allowed::Minutes120));
    } else if files > ios {
        let fault = if files > android {
            Fault::SplitOverBoth { files, ios, android }
        } else {
            Fault::SplitOverIos { files, ios }
        };
        warnings.push(FieldProblem::new("max_records_per_file", fault, Allowed::MoreRecords));
    } else if spec.period.minutes() < SHORT_PERIOD_MINUTES {
        let catch_up = Fault::CatchUp { ios: IOS_FILES_A_DAY };
        warnings.push(FieldProblem::new("period_minutes", catch_up, Allowed::Minutes240));
    }
    match spec.small_batch {
        SmallBatchPolicy::Release => {
            warnings.push(FieldProblem::new("small_batch", Fault::FewKeys, Allowed::PadOrHold));
        }
        SmallBatchPolicy::Pad { minimum, jitter } if nears_split(minimum.saturating_add(jitter), spec) => {
            warnings.push(FieldProblem::new("max_records_per_file", Fault::NearSplit, Allowed::OverBoth));
        }
        SmallBatchPolicy::Pad { .. } | SmallBatchPolicy::Hold { .. } => {}
    }
    let mut live = false;
    for id in &spec.signing_key_ids {
        let key = signing_keys::find(&mut *db, *id).await?;
        live |= key.is_some_and(|key| key.can_sign() && key.retired_at.is_none() && key.revoked_at.is_none());
    }
    if !live {
        warnings.push(FieldProblem::new("signing_key_ids", Fault::CannotSignYet, Allowed::HandedOver));
    }
    if spec.valid_through.is_some_and(|through| through <= state.now()) {
        warnings.push(FieldProblem::new("valid_through", Fault::EndPassed, Allowed::ToComeOrNone));
    }
    Ok(warnings)
}

/// Whether that many keys fill four fifths of a file.
fn nears_split(keys: u32, spec: &ExportConfigSpec) -> bool {
    u64::from(keys) * 5 >= u64::from(spec.max_records_per_file) * 4
}
