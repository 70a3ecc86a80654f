//! Ten thousand batches: years of them are paged and counted whole, and a page deep down costs what the first one does.

use crate::harness::{Daemon, Member, fields, provision_key};
use reqwest::StatusCode;
use std::collections::BTreeSet;
use tekport_api::UtcTime;
use tekport_api::batch::{BatchFilter, BatchState};
use tekport_api::page::{Page, PageQuery};
use tekport_api::people::Role;

const BATCHES: u32 = 10_000;
const PERIOD: i64 = 14_400;
/// 00:00 UTC of the day of the first window.
const START: i64 = 19_000 * 86_400;

/// A daemon with a config that has so many complete batches with a file each, and another one with a tenth as many.
async fn seeded() -> (Daemon, Member, [String; 2]) {
    let daemon = Daemon::start().await;
    let ada = daemon.join("Ada", &[Role::Operator, Role::Admin, Role::SecurityOfficer]).await;
    let key = provision_key(&daemon, &ada, "v1").await;
    let mut ids = Vec::new();
    for (number, (prefix, batches)) in [("mag", BATCHES - BATCHES / 10), ("two", BATCHES / 10)].into_iter().enumerate()
    {
        let (status, config) = ada.post("export-configs", &fields(&daemon, prefix, &key)).await;
        assert_eq!(status, StatusCode::CREATED, "{config}");
        let id = config["id"].as_str().unwrap().to_owned();
        seed(&daemon, &id, number, batches).await;
        ids.push(id);
    }
    (daemon, ada, ids.try_into().unwrap())
}

async fn seed(daemon: &Daemon, config_id: &str, number: usize, batches: u32) {
    let counts =
        r#"{"received":1,"from_earlier":0,"new_keys":1,"revised_keys":0,"generated":0,"embargoed":0,"left_out":[]}"#;
    let numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $1)";
    let id = format!("'01931000-0000-7000-800{number}-' || printf('%012x', i)");
    let rows = format!(
        "{numbers} INSERT INTO batches (id, config_id, window_start, window_end, generation, fields, padded_at, state,
                                        attempts, counts, created_at, completed_at)
         SELECT {id}, $2, $3 + i * $4, $3 + (i + 1) * $4, 0, fields, $3, 'expired', 1, $5, $3, $3 + (i + 1) * $4
         FROM n JOIN export_configs c ON c.id = $2"
    );
    let files = format!(
        "{numbers} INSERT INTO export_files (id, batch_id, config_id, storage_target, path, number, start_timestamp,
                                             end_timestamp, keys, revised_keys, size_bytes, sha256, signed_by, created_at,
                                             position, published_at, withdrawn_at, deleted_at)
         SELECT {id}, {id}, $2, 'local', $2 || '/' || i || '.zip', 1, $3 + i * $4, $3 + (i + 1) * $4, 1, 0, 900,
                printf('%064x', i), '[]', $3, i, $3, $3, $3
         FROM n"
    );
    let mut transaction = daemon.store.begin().await.unwrap();
    let rows =
        sqlx::query(sqlx::AssertSqlSafe(rows)).bind(batches).bind(config_id).bind(START).bind(PERIOD).bind(counts);
    rows.execute(&mut *transaction).await.unwrap();
    let files = sqlx::query(sqlx::AssertSqlSafe(files)).bind(batches).bind(config_id).bind(START).bind(PERIOD);
    files.execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn every_batch_of_years_is_paged_once_and_counted() {
    let (_daemon, ada, [mag, _]) = seeded().await;
    let mut seen = BTreeSet::new();
    let mut before: Option<UtcTime> = None;
    let mut query = PageQuery { cursor: None, limit: Some(500) };
    let mut pages = 0;
    loop {
        let Page { items, next_cursor } = ada.client.list_batches(&BatchFilter::default(), &query).await.unwrap();
        pages += 1;
        for batch in items {
            assert!(before.is_none_or(|before| batch.window_end <= before), "newest window first");
            before = Some(batch.window_end);
            assert_eq!((batch.files.len(), batch.state), (1, BatchState::Expired));
            assert!(seen.insert(batch.id), "each once");
        }
        match next_cursor {
            Some(cursor) => query.cursor = Some(cursor),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (BATCHES as usize, 20));

    let days = ada.client.batch_days().await.unwrap();
    let of = |config: &str| {
        let days = &days.iter().find(|days| days.config_id == config).unwrap().days;
        let batches: u32 = days.iter().flat_map(|day| &day.states).map(|state| state.batches).sum();
        (days.len(), batches)
    };
    assert_eq!(of(&mag), (1_500, BATCHES - BATCHES / 10));
    assert_eq!(
        days.iter().flat_map(|config| &config.days).flat_map(|day| &day.states).map(|state| state.batches).sum::<u32>(),
        BATCHES
    );

    // A day in the middle of the years, as a timeline asks for it.
    let middle = START + 700 * 86_400;
    let day = BatchFilter {
        config_id: Some(mag),
        from: Some(UtcTime::saturating(middle)),
        until: Some(UtcTime::saturating(middle + 86_400)),
        ..BatchFilter::default()
    };
    let page = ada.client.list_batches(&day, &PageQuery::default()).await.unwrap();
    assert_eq!((page.items.len(), page.next_cursor), (6, None));
    assert!(ada.client.status().await.unwrap().attention.iter().all(|one| one.kind != "batch-late"));
}
