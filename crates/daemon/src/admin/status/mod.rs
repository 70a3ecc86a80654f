//! `status`: the daemon at a glance, and what needs a person.

mod attention;
mod keys;
pub(super) mod keys_per_batch;
mod regenerations;
mod rotations;
mod silence;
mod storage;
mod stuck;
mod token;

use super::AdminState;
use super::answer::Answer;
use crate::problem::Refusal;
use crate::schedule::{Schedule, Window};
use crate::store::configs::{self, ConfigRow};
use crate::store::overview::{self, CountedWindow};
use crate::store::{StoreError, batches};
use axum::extract::State;
use tekport_api::export_config::ConfigState;
use tekport_api::status::{ConfigStatus, DayCounts, Status};
use tekport_api::{Problem, UtcTime};

const DAY_SECONDS: i64 = 86_400;
/// How far back counts go, today included.
const DAYS: i64 = 14;

/// Whole days from `now` to `end`, rounded down; negative once it has passed.
fn days_to(end: UtcTime, now: UtcTime) -> i64 {
    (end.unix_seconds() - now.unix_seconds()).div_euclid(DAY_SECONDS)
}

/// The daemon's state at a glance.
#[utoipa::path(get, path = "/status", tag = "status", responses(
    (status = 200, description = "The status", body = Status),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn get(State(state): State<AdminState>) -> Result<Answer, Refusal> {
    let now = state.now();
    let mut configs = configs::all(state.store.pool()).await?;
    configs.retain(|config| config.state(now) != ConfigState::Ended);
    configs.sort_by(|a, b| a.spec.output_region.cmp(&b.spec.output_region).then(a.id.cmp(&b.id)));
    let mut statuses = Vec::with_capacity(configs.len());
    for config in &configs {
        statuses.push(config_status(&state, config, now).await?);
    }
    Answer::ok(&Status {
        daemon: state.identity(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: state.started_at,
        now,
        min_window_age_seconds: state.min_window_age,
        ca_not_after: state.pki.ca_not_after(),
        public_url: state.public_url.clone(),
        key_lookup: state.key_lookup,
        attention: attention::list(&state, &configs, now).await?,
        configs: statuses,
        days: days(&state, now).await?,
    })
}

async fn config_status(state: &AdminState, config: &ConfigRow, now: UtcTime) -> Result<ConfigStatus, StoreError> {
    let last = overview::last_window(state.store.pool(), config.id).await?;
    let next = next_window(state, config, now).await?;
    let a_day_ago = UtcTime::saturating(now.unix_seconds() - DAY_SECONDS);
    Ok(ConfigStatus {
        config_id: config.id.to_string(),
        output_region: config.spec.output_region.to_string(),
        period_minutes: config.spec.period.minutes(),
        state: config.state(now),
        last_window_end: last.map(|last| last.end),
        last_completed_at: last.and_then(|last| last.completed_at),
        next_window_end: next.map(Window::end),
        next_due_at: next.map(|window| window.due_at(state.min_window_age)),
        files_last_24_hours: overview::files_since(state.store.pool(), config.id, a_day_ago).await?,
    })
}

/// The window that comes next: the oldest that has a batch and isn't complete, or else the first without one.
async fn next_window(state: &AdminState, config: &ConfigRow, now: UtcTime) -> Result<Option<Window>, StoreError> {
    let unfinished = batches::unfinished(state.store.pool(), Some(config.id)).await?;
    // A window that is made anew was published before.
    if let Some(batch) = unfinished.iter().find(|batch| batch.generation == 0) {
        return Ok(Some(batch.window));
    }
    let schedule = Schedule::from(&config.spec);
    let through = config.windows_through;
    let closed = schedule.closed_windows(through, now, state.min_window_age).into_iter().next();
    Ok(closed.or_else(|| schedule.next_windows(through, now).into_iter().next()))
}

/// The last 14 UTC days, oldest first, today last.
async fn days(state: &AdminState, now: UtcTime) -> Result<Vec<DayCounts>, StoreError> {
    let today = now.unix_seconds().div_euclid(DAY_SECONDS);
    let first = today - (DAYS - 1);
    let mut days: Vec<DayCounts> = (first..=today)
        .map(|day| DayCounts {
            day: UtcTime::saturating(day * DAY_SECONDS),
            new_keys: 0,
            revised_keys: 0,
            generated: 0,
        })
        .collect();
    let from = UtcTime::saturating(first * DAY_SECONDS);
    for CountedWindow { end, counts, .. } in overview::counted_since(state.store.pool(), None, from).await? {
        let index = usize::try_from(end.unix_seconds().div_euclid(DAY_SECONDS) - first).ok();
        if let Some(day) = index.and_then(|index| days.get_mut(index)) {
            day.new_keys = day.new_keys.saturating_add(counts.new_keys);
            day.revised_keys = day.revised_keys.saturating_add(counts.revised_keys);
            day.generated = day.generated.saturating_add(counts.generated);
        }
    }
    Ok(days)
}
