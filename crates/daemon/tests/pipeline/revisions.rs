//! Keys that change after they were reported.

use crate::world::{DAY, HOUR, World, data, draft, line};
use tekport_api::batch::BatchState;
use tekport_api::export_config::ExportConfigDraft;
use tekport_export_file::ReportType;

#[tokio::test]
async fn revisions_reach_the_file_with_what_they_changed() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    world.config(&draft("us", &[key])).await;
    let mexico = ExportConfigDraft { input_regions: vec!["mx".into()], ..draft("mx", &[key]) };
    world.config(&mexico).await;
    world.import(&[line(1, r#","reportType":"likely""#), line(2, ""), line(3, "")]).await;
    world.clock.advance(HOUR);
    world
        .import(&[
            line(1, r#","reportType":"confirmed","daysSinceOnsetOfSymptoms":4"#).replace(":2,", ":7,"),
            line(2, r#","reportType":"revoked""#),
            line(3, r#","regions":["MX"]"#),
        ])
        .await;
    world.tick_at(3 * HOUR).await;
    let lines = world.index("us");
    assert_eq!(lines.len(), 2);
    let first = world.open(&lines[0]);
    assert_eq!((first.keys().len(), first.revised_keys().len()), (3, 0));
    let second = world.open(&lines[1]);
    assert_eq!((second.keys().len(), second.revised_keys().len()), (0, 3));
    let by_number = |number| *second.revised_keys().iter().find(|tek| *tek.key_data() == data(number)).unwrap();
    let changed = by_number(1);
    assert_eq!(changed.report_type(), ReportType::ConfirmedTest);
    assert_eq!((changed.transmission_risk(), changed.days_since_onset()), (7, Some(4)));
    assert_eq!(by_number(2).report_type(), ReportType::Revoked);
    // The added region makes the key a first release elsewhere.
    let added = world.open(&world.index("mx")[0]);
    assert_eq!(added.keys().iter().map(|tek| *tek.key_data()).collect::<Vec<_>>(), [data(3)]);
    assert_eq!(added.revised_keys(), []);
}

#[tokio::test]
async fn a_region_excluded_later_takes_the_key_back_before_its_release() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let fields = ExportConfigDraft { excluded_regions: vec!["ca".into(), "br".into()], ..draft("us", &[key]) };
    let config = world.config(&fields).await;
    world.import(&[line(1, ""), line(2, "")]).await;
    world.import(&[line(1, r#","regions":["CA"]"#)]).await;
    world.tick_at(2 * HOUR).await;
    assert_eq!(world.published("us"), [data(2)]);
    assert_eq!(world.states(config).await, [BatchState::Complete]);
}

#[tokio::test]
async fn a_key_released_under_other_fields_is_a_first_release_under_new_ones() {
    let world = World::new().await;
    let key = world.signing_key("v1").await;
    let config = world.config(&draft("us", &[key])).await;
    world.import(&[line(1, r#","regions":["MX"]"#)]).await;
    world.tick_at(2 * HOUR).await;
    assert_eq!(world.published("us"), [[0; 16]; 0]);
    let both = ExportConfigDraft { input_regions: vec!["US".into(), "MX".into()], ..draft("us", &[key]) };
    world.edit(config, &both).await;
    world.import(&[line(1, r#","regions":["MX"]"#).replace(":2,", ":5,")]).await;
    world.tick_at(DAY).await;
    let file = world.open(&world.index("us")[0]);
    assert_eq!((file.keys().len(), file.revised_keys().len()), (1, 0));
}
