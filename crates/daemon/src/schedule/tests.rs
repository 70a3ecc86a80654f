use super::*;
use proptest::prelude::*;

const HOUR: i64 = 3_600;

fn at(seconds: i64) -> UtcTime {
    UtcTime::from_unix_seconds(seconds).unwrap()
}

fn schedule(minutes: u32, from: i64, through: Option<i64>) -> Schedule {
    Schedule { period: Period::from_minutes(minutes).unwrap(), valid_from: at(from), valid_through: through.map(at) }
}

fn pairs(windows: &[Window]) -> Vec<(i64, i64)> {
    windows.iter().map(|w| (w.start().unix_seconds(), w.end().unix_seconds())).collect()
}

#[test]
fn the_first_window_begins_at_valid_from_and_ends_at_the_next_boundary() {
    let windows = schedule(240, 5 * HOUR, None).closed_windows(None, at(12 * HOUR), 0);
    assert_eq!(pairs(&windows), [(5 * HOUR, 8 * HOUR), (8 * HOUR, 12 * HOUR)]);
}

#[test]
fn the_last_window_before_valid_through_is_made_and_none_after_it() {
    let ending = schedule(240, 0, Some(9 * HOUR));
    let windows = ending.closed_windows(None, at(48 * HOUR), 0);
    assert_eq!(pairs(&windows), [(0, 4 * HOUR), (4 * HOUR, 8 * HOUR), (8 * HOUR, 9 * HOUR)]);
    assert_eq!(ending.closed_windows(Some(at(9 * HOUR)), at(48 * HOUR), 0), []);
}

#[test]
fn a_window_is_closed_once_its_minimum_age_has_passed() {
    let hourly = schedule(60, 0, None);
    assert_eq!(hourly.closed_windows(None, at(HOUR + 299), 300), []);
    assert_eq!(pairs(&hourly.closed_windows(None, at(HOUR + 300), 300)), [(0, HOUR)]);
}

#[test]
fn an_edit_of_the_period_goes_on_where_the_last_window_ended() {
    let shorter = schedule(60, 0, None).closed_windows(Some(at(4 * HOUR)), at(6 * HOUR), 0);
    assert_eq!(pairs(&shorter), [(4 * HOUR, 5 * HOUR), (5 * HOUR, 6 * HOUR)]);
    let longer = schedule(360, 0, None).closed_windows(Some(at(4 * HOUR)), at(12 * HOUR), 0);
    assert_eq!(pairs(&longer), [(4 * HOUR, 6 * HOUR), (6 * HOUR, 12 * HOUR)]);
}

#[test]
fn downtime_is_caught_up_in_order_and_in_portions() {
    let short = schedule(5, 0, None);
    let week = at(7 * 24 * HOUR);
    let (mut through, mut rounds) = (None, 0);
    loop {
        let windows = short.closed_windows(through, week, 0);
        assert!(windows.len() <= MAX_WINDOWS_AT_ONCE);
        let Some(last) = windows.last() else { break };
        assert_eq!(windows[0].start(), through.unwrap_or(at(0)));
        through = Some(last.end());
        rounds += 1;
    }
    assert_eq!((through, rounds), (Some(week), (7 * 288_u32).div_ceil(300)));
}

#[test]
fn a_preview_shows_what_comes_and_not_the_backlog() {
    let windows = schedule(240, 0, None).next_windows(Some(at(4 * HOUR)), at(101 * HOUR));
    assert_eq!(windows.len(), 6);
    assert_eq!(pairs(&windows)[0], (100 * HOUR, 104 * HOUR));
    let ahead = schedule(240, 500 * HOUR + 60, None).next_windows(None, at(HOUR));
    assert_eq!(pairs(&ahead)[0], (500 * HOUR + 60, 504 * HOUR));
    assert_eq!(schedule(5, 0, None).next_windows(None, at(HOUR)).len(), 288, "a whole day, whatever the period");
    assert_eq!(schedule(60, 0, Some(HOUR)).next_windows(Some(at(HOUR)), at(2 * HOUR)), []);
}

/// Any instant, edges of what a time can be among them.
fn any_time() -> impl Strategy<Value = UtcTime> {
    prop_oneof![any::<i64>().prop_map(UtcTime::saturating), (0i64..10_000_000).prop_map(UtcTime::saturating)]
}

fn any_period() -> impl Strategy<Value = u32> {
    prop::sample::select((5u32..=1_440).filter(|minutes| 1_440 % minutes == 0).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn windows_partition_the_time_whatever_edits_happen(
        from in 0i64..2_000_000_000,
        length in 1i64..20 * 86_400,
        edits in prop::collection::vec((any_period(), 1i64..3 * 86_400), 1..12),
        last in any_period(),
        age in 0u32..7_200,
    ) {
        let end = from + length;
        let (mut through, mut now, mut made) = (None, from, Vec::new());
        for (period, pause) in edits {
            now += pause;
            made.extend(schedule(period, from, Some(end)).closed_windows(through, at(now), age));
            through = made.last().map(|window| window.end());
        }
        let late = at(end + i64::from(age));
        loop {
            let windows = schedule(last, from, Some(end)).closed_windows(through, late, age);
            let Some(window) = windows.last() else { break };
            through = Some(window.end());
            made.extend(windows);
        }
        prop_assert_eq!(made[0].start(), at(from));
        prop_assert_eq!(made.last().unwrap().end(), at(end));
        for pair in made.windows(2) {
            prop_assert_eq!(pair[0].end(), pair[1].start());
        }
    }

    #[test]
    fn every_window_ends_on_a_boundary_or_with_the_config(
        minutes in any_period(), from in any_time(), through in prop::option::of(any_time()), now in any_time(), age: u32,
    ) {
        let schedule = Schedule { period: Period::from_minutes(minutes).unwrap(), valid_from: from, valid_through: through };
        for window in schedule.closed_windows(None, now, age) {
            prop_assert!(window.start() < window.end());
            prop_assert!(window.due_at(age) <= now);
            prop_assert!(window.end().unix_seconds() - window.start().unix_seconds() <= schedule.period.seconds());
            prop_assert!(
                window.end().unix_seconds() % schedule.period.seconds() == 0 || Some(window.end()) == through
            );
        }
    }

    #[test]
    fn a_preview_continues_the_partition(
        minutes in any_period(), from in any_time(), made in prop::option::of(any_time()), now in any_time(),
    ) {
        let schedule = Schedule { period: Period::from_minutes(minutes).unwrap(), valid_from: from, valid_through: None };
        let windows = schedule.next_windows(made, now);
        for pair in windows.windows(2) {
            prop_assert_eq!(pair[0].end(), pair[1].start());
        }
        if let Some(first) = windows.first() {
            prop_assert!(first.start() >= made.unwrap_or(from));
            prop_assert!(first.end() > now || first.start() > now);
        }
    }

    #[test]
    fn the_window_that_holds_a_time_is_the_one_that_is_made(
        minutes in any_period(), from in any_time(), through in prop::option::of(any_time()), now in any_time(),
        into in 0.0..1.0,
    ) {
        let schedule = Schedule { period: Period::from_minutes(minutes).unwrap(), valid_from: from, valid_through: through };
        let mut before = None;
        for window in schedule.closed_windows(None, now, 0) {
            let length = window.end().unix_seconds() - window.start().unix_seconds();
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "somewhere in the window")]
            let time = at(window.start().unix_seconds() + (length as f64 * into) as i64);
            prop_assert_eq!(schedule.window_holding(before, time), Some(window));
            prop_assert_eq!(schedule.window_holding(Some(window.end()), time), None, "it is made already");
            before = Some(window.end());
        }
        if let Some(before) = UtcTime::from_unix_seconds(from.unix_seconds() - 1) {
            prop_assert_eq!(schedule.window_holding(None, before), None);
        }
        if let Some(through) = through {
            prop_assert_eq!(schedule.window_holding(None, through), None);
        }
    }
}
