//! How many batches each day has: what a list of years is scrolled by before any of it is read.

use crate::store::{StoreError, stored_id};
use sqlx::SqliteExecutor;
use tekport_api::UtcTime;
use tekport_api::batch::BatchState;
use uuid::Uuid;

const DAY_SECONDS: i64 = 86_400;

/// Windows never cross midnight, so a window lies in the day that its last second is in. The index
/// `batches_by_config_and_state` answers this without a look at the rows.
const PER_DAY: &str = "SELECT config_id, (window_end - 1) / 86400 AS day, state, COUNT(*) FROM batches
     GROUP BY config_id, day, state ORDER BY config_id, day DESC, state";

/// How many batches of a config one day has in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// The config.
    pub config_id: Uuid,
    /// 00:00 UTC of the day that their windows lie in.
    pub day: UtcTime,
    /// Their state.
    pub state: BatchState,
    /// How many there are, at least one.
    pub batches: u32,
}

/// Counts all batches by config, day and state; those of a config together, its newest day first.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn per_day(db: impl SqliteExecutor<'_>) -> Result<Vec<DayCount>, StoreError> {
    let rows: Vec<(String, i64, String, u32)> = sqlx::query_as(PER_DAY).fetch_all(db).await?;
    rows.into_iter()
        .map(|(config_id, day, state, batches)| {
            Ok(DayCount {
                config_id: stored_id("export config", &config_id)?,
                day: UtcTime::saturating(day.saturating_mul(DAY_SECONDS)),
                state: state.parse().map_err(|reason| StoreError::Damaged { what: "batch", reason })?,
                batches,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::batches::steps;
    use crate::store::batches::tests::{DAY, HOUR, MONDAY, at, batch, plan, store_with_a_config};
    use sqlx::QueryBuilder;

    #[tokio::test]
    async fn a_window_up_to_midnight_counts_for_the_day_it_lies_in() {
        let (_folder, store, config_id) = store_with_a_config().await;
        batch(&store, config_id, MONDAY).await;
        let last = batch(&store, config_id, MONDAY + 20 * HOUR).await;
        batch(&store, config_id, MONDAY + 24 * HOUR).await;
        let owner = steps::Lease { owner: "a", now: at(MONDAY), until: at(MONDAY + HOUR) };
        let mut transaction = store.begin().await.unwrap();
        assert!(steps::lease(&mut transaction, last, owner, at(MONDAY)).await.unwrap());
        transaction.commit().await.unwrap();
        let count = |day, state, batches| DayCount { config_id, day: at(day), state, batches };
        let expected = [
            count(MONDAY + DAY, BatchState::Open, 1),
            count(MONDAY, BatchState::Leased, 1),
            count(MONDAY, BatchState::Open, 1),
        ];
        assert_eq!(per_day(store.pool()).await.unwrap(), expected);
    }

    #[tokio::test]
    async fn counting_reads_the_index_alone() {
        let (_folder, store, _) = store_with_a_config().await;
        let plan = plan(&store, QueryBuilder::new(format!("EXPLAIN QUERY PLAN {PER_DAY}"))).await;
        assert!(plan.starts_with("SCAN batches USING COVERING INDEX batches_by_config_and_state"), "{plan}");
    }
}
