use super::*;
use proptest::prelude::*;

const DAY: i64 = 86_400;
/// A UTC midnight.
const START: i64 = 20_000 * DAY;

fn at(seconds: i64) -> UtcTime {
    UtcTime::saturating(seconds)
}

fn regions(codes: &[&str]) -> Arc<BTreeSet<Region>> {
    Arc::new(codes.iter().map(|code| Region::parse(code).unwrap()).collect())
}

fn tek(key: u8, report_type: ReportType, risk: i64, onset: Option<i64>) -> NewTek {
    let tek = Tek::new(TekFields {
        key_data: &[key; 16],
        rolling_start: (START - DAY) / 600,
        rolling_period: 144,
        transmission_risk: risk,
        report_type,
        days_since_onset: onset,
        variant_of_concern: 0,
    });
    NewTek { tek: tek.unwrap(), regions: regions(&["US"]), traveler: false }
}

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("tekport.db")).await.unwrap();
    (folder, store)
}

async fn known(store: &Store, key: u8) -> Vec<State> {
    let mut db = store.pool().acquire().await.unwrap();
    states(&mut db, &[key; 16]).await.unwrap()
}

#[tokio::test]
async fn a_key_waits_for_the_end_of_its_validity_and_two_hours() {
    let (_folder, store) = store().await;
    let new = tek(1, ReportType::ConfirmedTest, 2, None);
    let outcome = insert_all(&store, &[new], at(START - 100)).await.unwrap();
    assert_eq!(outcome, [Outcome::Accepted { embargoed: true }]);
    assert_eq!(known(&store, 1).await[0].release_at, at(START + 7_200));
}

#[tokio::test]
async fn a_slow_publish_never_lands_in_a_window_that_was_collected() {
    let (_folder, store) = store().await;
    watermarks::raise(store.pool(), watermarks::COLLECTED_THROUGH, at(START + 3 * DAY)).await.unwrap();
    watermarks::raise(store.pool(), watermarks::COLLECTED_THROUGH, at(START)).await.unwrap();
    insert_all(&store, &[tek(1, ReportType::ConfirmedTest, 2, None)], at(START + DAY)).await.unwrap();
    assert_eq!(known(&store, 1).await[0].release_at, at(START + 3 * DAY));
}

#[tokio::test]
async fn duplicates_change_nothing_and_revisions_are_new_rows() {
    use ReportType::{ConfirmedClinicalDiagnosis, ConfirmedTest, Revoked, SelfReport, Unknown};
    let (_folder, store) = store().await;
    let revised = Outcome::Revised { embargoed: false };
    let (us, mx) = (regions(&["US"]), regions(&["MX"]));
    let first = tek(1, ConfirmedClinicalDiagnosis, 2, None);
    let other_period = Tek::new(TekFields {
        key_data: &[1; 16],
        rolling_start: (START - DAY) / 600,
        rolling_period: 100,
        transmission_risk: 2,
        report_type: ConfirmedTest,
        days_since_onset: None,
        variant_of_concern: 0,
    });
    for (new, expected) in [
        (first.clone(), Outcome::Accepted { embargoed: false }),
        (first.clone(), Outcome::Duplicate),
        (tek(1, Unknown, 2, None), Outcome::Duplicate),
        (tek(1, SelfReport, 2, None), Outcome::Refused(RevisionRefusal::ReportTypeFalls)),
        (NewTek { tek: other_period.unwrap(), ..first.clone() }, Outcome::Refused(RevisionRefusal::OtherRollingPeriod)),
        (tek(1, ConfirmedTest, 2, None), revised),
        (tek(1, ConfirmedTest, 5, None), revised),
        (tek(1, ConfirmedTest, 5, Some(3)), revised),
        (tek(1, ConfirmedTest, 5, None), Outcome::Duplicate),
        (NewTek { regions: mx.clone(), ..tek(1, ConfirmedTest, 5, Some(3)) }, revised),
        (NewTek { regions: us.clone(), ..tek(1, ConfirmedTest, 5, Some(3)) }, Outcome::Duplicate),
        (NewTek { traveler: true, ..tek(1, ConfirmedTest, 5, Some(3)) }, revised),
        (tek(1, Revoked, 5, None), revised),
        (tek(1, Revoked, 1, None), Outcome::Duplicate),
        (first, Outcome::Duplicate),
        (tek(1, ConfirmedTest, 8, None), Outcome::Refused(RevisionRefusal::Revoked)),
    ] {
        let text = format!("{new:?}");
        assert_eq!(insert_all(&store, &[new], at(START + DAY)).await.unwrap(), [expected], "{text}");
    }
    let states = known(&store, 1).await;
    assert_eq!(states.len(), 7);
    let last = states.last().unwrap();
    assert_eq!(last.tek.days_since_onset(), Some(3), "what the revision doesn't say stays");
    assert!(last.traveler);
    let set = region_sets::find(store.pool(), last.region_set).await.unwrap();
    assert_eq!(set, regions(&["MX", "US"]).as_ref().clone());
    assert_eq!(states[0].tek.transmission_risk(), 2, "the first state stays as it was");
}

#[tokio::test]
async fn a_key_is_deleted_only_with_all_its_states() {
    let (_folder, store) = store().await;
    let first = tek(1, ReportType::SelfReport, 2, None);
    insert_all(&store, &[first, tek(2, ReportType::SelfReport, 2, None)], at(START + DAY)).await.unwrap();
    insert_all(&store, &[tek(1, ReportType::ConfirmedTest, 2, None)], at(START + 5 * DAY)).await.unwrap();
    let mut transaction = store.begin().await.unwrap();
    assert_eq!(delete_released_before(&mut transaction, at(START + 5 * DAY)).await.unwrap(), 1);
    assert_eq!(delete_released_before(&mut transaction, at(START + 5 * DAY + 1)).await.unwrap(), 2);
}

fn any_report() -> impl Strategy<Value = NewTek> {
    (prop::sample::select(ReportType::ALL.to_vec()), 0i64..4, prop::option::of(-2i64..2), any::<bool>(), any::<bool>())
        .prop_map(|(kind, risk, onset, mexico, traveler)| NewTek {
            regions: regions(if mexico { &["MX"] } else { &["US"] }),
            traveler,
            ..tek(1, kind, risk, onset)
        })
}

proptest! {
    #[test]
    fn whatever_is_reported_states_only_grow(reports in prop::collection::vec(any_report(), 1..12)) {
        let mut known: Vec<State> = Vec::new();
        let mut tags = BTreeSet::new();
        for new in reports {
            let state = |tek, traveler| State {
                revision: 0, tek, region_set: RegionSetId(1), traveler, release_at: at(0), generated: false,
            };
            match next_state(&known, &tags, &new) {
                _ if known.is_empty() => {
                    tags = new.regions.as_ref().clone();
                    known.push(state(new.tek, new.traveler));
                }
                Step::Revise { tek, regions, traveler } => {
                    let before = known.last().unwrap();
                    prop_assert_ne!(before.tek.report_type(), ReportType::Revoked);
                    prop_assert!(regions.is_superset(&tags) && (traveler || !before.traveler));
                    prop_assert!(tek != before.tek || regions != tags || traveler != before.traveler);
                    tags = regions;
                    known.push(state(tek, traveler));
                }
                Step::Nothing | Step::Refused(_) => {}
            }
        }
    }
}

/// Every day that is kept: region set, traveler, day, keys.
async fn receipt_days(store: &Store) -> Vec<(i64, i64, i64, i64)> {
    let all = "SELECT region_set_id, traveler, day, keys FROM receipt_days ORDER BY region_set_id, traveler, day";
    sqlx::query_as(all).fetch_all(store.pool()).await.unwrap()
}

#[tokio::test]
async fn days_count_what_came_in_and_a_database_of_before_is_told_the_same() {
    use ReportType::{ConfirmedTest, SelfReport};
    let (_folder, store) = store().await;
    let first = [tek(1, SelfReport, 2, None), tek(2, ConfirmedTest, 2, None)];
    insert_all(&store, &first, at(START)).await.unwrap();
    insert_all(&store, &first, at(START + DAY)).await.unwrap();
    insert_all(&store, &[tek(1, ConfirmedTest, 2, None)], at(START + 2 * DAY)).await.unwrap();
    let traveler = NewTek { traveler: true, ..tek(3, ConfirmedTest, 2, None) };
    insert_all(&store, &[traveler], at(START + 2 * DAY)).await.unwrap();
    let set = known(&store, 1).await[0].region_set;
    let generated = GeneratedTek {
        tek: tek(4, ConfirmedTest, 2, None).tek,
        region_set: set,
        traveler: false,
        release_at: at(START + 2 * DAY),
    };
    let mut transaction = store.begin().await.unwrap();
    insert_generated(&mut transaction, &[generated]).await.unwrap();
    transaction.commit().await.unwrap();

    let day = START / DAY;
    let expected = [(set.0, 0, day, 2), (set.0, 0, day + 2, 1), (set.0, 1, day + 2, 1)];
    assert_eq!(receipt_days(&store).await, expected, "a day of nothing but duplicates had no keys");

    sqlx::query("DELETE FROM receipt_days").execute(store.pool()).await.unwrap();
    let migration = include_str!("../../../migrations/sqlite/0005_receipt_days.sql");
    let backfill = &migration[migration.find("INSERT INTO").unwrap()..];
    sqlx::query(backfill).execute(store.pool()).await.unwrap();
    assert_eq!(receipt_days(&store).await, expected);
}
