use super::*;
use proptest::prelude::*;

fn draft() -> ExportConfigDraft {
    ExportConfigDraft {
        output_region: "mag".to_owned(),
        input_regions: vec!["mag".to_owned(), "MAG-N".to_owned()],
        excluded_regions: vec!["US".to_owned()],
        travelers: Travelers::Ignore,
        storage_target: "local".to_owned(),
        path_prefix: "mag".to_owned(),
        period_minutes: 240,
        valid_from: UtcTime::saturating(1_700_000_000),
        valid_through: None,
        signing_key_ids: vec![Uuid::nil().to_string()],
        max_records_per_file: 750_000,
        small_batch: SmallBatchPolicy::Pad { minimum: 1_000, jitter: 100 },
    }
}

fn refused(change: impl FnOnce(&mut ExportConfigDraft)) -> Vec<String> {
    let mut draft = draft();
    change(&mut draft);
    draft.validate().expect_err("refused").into_iter().map(|problem| problem.field).collect()
}

#[test]
fn a_right_draft_becomes_a_spec_in_capitals_and_back() {
    let spec = draft().validate().expect("valid");
    assert_eq!(spec.output_region.as_str(), "MAG");
    assert_eq!(spec.to_draft().input_regions, ["MAG", "MAG-N"]);
    assert_eq!(spec.to_draft().validate().expect("still valid"), spec);
}

#[test]
fn no_input_region_means_the_output_region() {
    let mut draft = draft();
    draft.input_regions.clear();
    let spec = draft.validate().expect("valid");
    assert_eq!(spec.effective_input_regions().into_iter().map(|r| r.to_string()).collect::<Vec<_>>(), ["MAG"]);
}

#[test]
fn each_wrong_field_is_named() {
    assert_eq!(refused(|d| d.output_region = "M A".to_owned()), ["output_region"]);
    assert_eq!(refused(|d| d.input_regions.push("..".to_owned())), ["input_regions[2]"]);
    assert_eq!(refused(|d| d.excluded_regions = vec!["mag-n".to_owned()]), ["excluded_regions"]);
    assert_eq!(refused(|d| d.storage_target.clear()), ["storage_target"]);
    assert_eq!(refused(|d| d.path_prefix = "../mag".to_owned()), ["path_prefix"]);
    assert_eq!(refused(|d| d.period_minutes = 7), ["period_minutes"]);
    assert_eq!(refused(|d| d.period_minutes = 0), ["period_minutes"]);
    assert_eq!(refused(|d| d.valid_through = Some(d.valid_from)), ["valid_through"]);
    assert_eq!(refused(|d| d.signing_key_ids.clear()), ["signing_key_ids"]);
    assert_eq!(refused(|d| d.signing_key_ids = vec!["key".to_owned()]), ["signing_key_ids[0]"]);
    assert_eq!(refused(|d| d.signing_key_ids = vec![Uuid::nil().to_string(); 2]), ["signing_key_ids[1]"]);
    assert_eq!(
        refused(|d| d.signing_key_ids = (0..11).map(|n| Uuid::from_u128(n).to_string()).collect()),
        ["signing_key_ids"]
    );
    assert_eq!(refused(|d| d.max_records_per_file = 750_001), ["max_records_per_file"]);
    assert_eq!(refused(|d| d.small_batch = SmallBatchPolicy::Hold { minimum: 0 }), ["small_batch.minimum"]);
    assert_eq!(
        refused(|d| d.small_batch = SmallBatchPolicy::Pad { minimum: 1, jitter: 100_001 }),
        ["small_batch.jitter"]
    );
}

#[test]
fn all_wrong_fields_are_named_at_once() {
    let fields = refused(|d| {
        d.output_region.clear();
        d.period_minutes = 1;
        d.path_prefix = "/".to_owned();
    });
    assert_eq!(fields, ["output_region", "path_prefix", "period_minutes"]);
}

#[test]
fn padding_can_never_split_a_window_by_itself() {
    let fields = refused(|d| {
        d.max_records_per_file = 1_000;
        d.small_batch = SmallBatchPolicy::Pad { minimum: 950, jitter: 51 };
    });
    assert_eq!(fields, ["small_batch.jitter"]);
}

proptest! {
    #[test]
    fn a_period_divides_a_day_into_whole_windows(minutes in 0_u32..3_000) {
        if let Some(period) = Period::from_minutes(minutes) {
            prop_assert_eq!(i64::from(period.windows_a_day()) * period.seconds(), 86_400);
        }
    }

    #[test]
    fn any_text_is_answered_and_never_panics(region in ".{0,40}", prefix in ".{0,120}", target in ".{0,10}", minutes: u32, n: u32) {
        let draft = ExportConfigDraft {
            output_region: region, path_prefix: prefix, storage_target: target, period_minutes: minutes,
            small_batch: SmallBatchPolicy::Pad { minimum: n, jitter: minutes }, max_records_per_file: n, ..draft()
        };
        if let Ok(spec) = draft.validate() {
            prop_assert!(!spec.path_prefix.as_str().contains(".."));
            prop_assert_eq!(spec.to_draft().validate(), Ok(spec));
        }
    }
}
