//! `batches/days`: how many batches each day has, so that a console can scroll through years before it reads any.

use crate::admin::AdminState;
use crate::admin::answer::Answer;
use crate::problem::Refusal;
use crate::store::batches::days::{self, DayCount};
use crate::store::configs::{self, ConfigRow};
use axum::extract::State;
use tekport_api::Problem;
use tekport_api::batch_days::{BatchDay, ConfigDays, StateCount};

/// The days on which each config has batches, and how many in which state.
#[utoipa::path(get, path = "/batches/days", tag = "batches", responses(
    (status = 200, description = "Each config's days, newest first", body = Vec<ConfigDays>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::admin) async fn get(State(state): State<AdminState>) -> Result<Answer, Refusal> {
    let counts = days::per_day(state.store.pool()).await?;
    let configs = configs::all(state.store.pool()).await?;
    let mut answer: Vec<_> = configs.iter().map(|config| of_config(config, &counts)).collect();
    answer.retain(|config| !config.days.is_empty());
    answer.sort_by(|a, b| (&a.output_region, &a.config_id).cmp(&(&b.output_region, &b.config_id)));
    Answer::ok(&answer)
}

/// The days of one config, of counts in which those of a config stand together by day.
fn of_config(config: &ConfigRow, counts: &[DayCount]) -> ConfigDays {
    let start = counts.partition_point(|count| count.config_id < config.id);
    let mut days: Vec<BatchDay> = Vec::new();
    for count in counts.iter().skip(start).take_while(|count| count.config_id == config.id) {
        let in_state = StateCount { state: count.state, batches: count.batches };
        match days.last_mut().filter(|day| day.day == count.day) {
            Some(day) => day.states.push(in_state),
            None => days.push(BatchDay { day: count.day, states: vec![in_state] }),
        }
    }
    ConfigDays { config_id: config.id.to_string(), output_region: config.spec.output_region.to_string(), days }
}
