//! How many batches each day has, for whoever scrolls through years of them.

use crate::UtcTime;
use crate::batch::BatchState;
use serde::{Deserialize, Serialize};

/// The days on which a config has batches. `GET /admin/v1/batches/days` answers with one for each config that ever
/// had one, by output region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfigDays {
    /// The export config.
    pub config_id: String,
    /// Its output region.
    pub output_region: String,
    /// Its days, newest first; days without a batch are left out.
    pub days: Vec<BatchDay>,
}

/// One day of a config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchDay {
    /// 00:00 UTC of the day. Windows don't cross midnight, so each lies in one day.
    pub day: UtcTime,
    /// How many batches it has in each state; states that none is in are left out.
    pub states: Vec<StateCount>,
}

/// How many batches are in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateCount {
    /// The state.
    pub state: BatchState,
    /// How many: at least one.
    pub batches: u32,
}
