//! Batches as lists show them: newest first, page after page, of one config, in one state or of a stretch of time.

use super::{BatchRow, Raw, rows};
use crate::store::StoreError;
use sqlx::{QueryBuilder, Sqlite, SqliteExecutor};
use tekport_api::UtcTime;
use tekport_api::batch::BatchState;
use uuid::Uuid;

/// No window is longer than a day, so one that starts before an instant ends at most a day after it.
const LONGEST_WINDOW_SECONDS: i64 = 86_400;

/// Which batches a list should hold; all when empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only this config's.
    pub config_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<BatchState>,
    /// Only those whose window ends after this instant.
    pub from: Option<UtcTime>,
    /// Only those whose window starts before this instant.
    pub until: Option<UtcTime>,
}

/// Returns at most `limit` batches before `before` (window end and id of the last one seen), newest window
/// first; of one config, in one state or in a stretch of time only where asked for.
///
/// # Errors
/// When the database fails or a row is damaged.
pub async fn page(
    db: impl SqliteExecutor<'_>,
    wanted: Wanted,
    before: Option<(UtcTime, Uuid)>,
    limit: u32,
) -> Result<Vec<BatchRow>, StoreError> {
    let mut query = selecting("SELECT * FROM batches", wanted, before, limit);
    let raws: Vec<Raw> = query.build_query_as().fetch_all(db).await?;
    rows(raws)
}

/// Every condition bounds an index: a page in the middle of years costs what the first one costs.
fn selecting(select: &str, wanted: Wanted, before: Option<(UtcTime, Uuid)>, limit: u32) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(select);
    query.push(" WHERE window_end > ").push_bind(wanted.from.map_or(i64::MIN, UtcTime::unix_seconds));
    if let Some(config_id) = wanted.config_id {
        query.push(" AND config_id = ").push_bind(config_id.to_string());
    }
    if let Some(state) = wanted.state {
        query.push(" AND state = ").push_bind(state.as_str());
    }
    if let Some(until) = wanted.until {
        let until = until.unix_seconds();
        query.push(" AND window_start < ").push_bind(until);
        query.push(" AND window_end < ").push_bind(until.saturating_add(LONGEST_WINDOW_SECONDS));
    }
    if let Some((end, id)) = before {
        query.push(" AND (window_end, id) < (").push_bind(end.unix_seconds());
        query.push(", ").push_bind(id.to_string()).push(")");
    }
    query.push(" ORDER BY window_end DESC, id DESC LIMIT ").push_bind(limit);
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::batches::tests::{DAY, HOUR, MONDAY, at, batch, plan, store_with_a_config};

    #[tokio::test]
    async fn a_stretch_of_time_has_the_windows_that_lie_in_it() {
        let (_folder, store, config_id) = store_with_a_config().await;
        for four_hours in 0..18 {
            batch(&store, config_id, MONDAY + four_hours * 4 * HOUR).await;
        }
        let tuesday = Wanted { from: Some(at(MONDAY + DAY)), until: Some(at(MONDAY + 2 * DAY)), ..Wanted::default() };
        let starts = async |before, limit| -> Vec<i64> {
            let rows = page(store.pool(), tuesday, before, limit).await.unwrap();
            rows.iter().map(|row| (row.window.start().unix_seconds() - MONDAY - DAY) / HOUR).collect()
        };
        assert_eq!(starts(None, 100).await, [20, 16, 12, 8, 4, 0]);
        let second = page(store.pool(), tuesday, None, 2).await.unwrap().pop().unwrap();
        assert_eq!(starts(Some((second.window.end(), second.id)), 2).await, [12, 8]);
    }

    #[tokio::test]
    async fn every_list_is_read_along_an_index_that_bounds_it() {
        let (_folder, store, config_id) = store_with_a_config().await;
        let time = Wanted { from: Some(at(MONDAY)), until: Some(at(MONDAY + DAY)), ..Wanted::default() };
        let of_config = Wanted { config_id: Some(config_id), ..time };
        let in_state = Wanted { state: Some(BatchState::Failed), ..time };
        for (wanted, index) in [
            (time, "batches_by_window (window_end>? AND window_end<?)"),
            (of_config, "batches_by_config_and_state (config_id=? AND window_end>? AND window_end<?)"),
            (in_state, "batches_by_state (state=? AND window_end>? AND window_end<?)"),
        ] {
            let before = Some((at(MONDAY + DAY), Uuid::from_u128(1)));
            let query = selecting("EXPLAIN QUERY PLAN SELECT * FROM batches", wanted, before, 100);
            let plan = plan(&store, query).await;
            assert!(plan.starts_with(&format!("SEARCH batches USING INDEX {index}")), "{plan}");
        }
    }
}
