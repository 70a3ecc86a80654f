//! Configs for which no key has come in for days, though some used to: whoever sends them may have stopped.

use crate::admin::AdminState;
use crate::exporter::rules::Rules;
use crate::store::configs::ConfigRow;
use crate::store::receipt_days::{self, Day, Source};
use crate::store::{StoreError, region_sets};
use tekport_api::UtcTime;
use tekport_api::export_config::ConfigState;
use tekport_api::status::{Attention, AttentionFacts, AttentionKind, Severity};

/// So many whole UTC days without a key are noticed: a weekend alone isn't.
const SILENT_DAYS: i64 = 3;
/// Keys used to come where they came in this many days up to the last that had some,
const LOOKED_AT: i64 = 14;
/// on at least so many of them. A small region that sees a key a week is nothing to worry about.
const USUAL_DAYS: usize = 7;

/// Adds the active configs that get no keys any more. A paused or ended one is nobody's concern.
pub(super) async fn list(
    state: &AdminState,
    configs: &[ConfigRow],
    now: UtcTime,
    list: &mut Vec<Attention>,
) -> Result<(), StoreError> {
    let mut db = state.store.pool().acquire().await?;
    let last = receipt_days::last(&mut *db).await?;
    let sets = region_sets::all(&mut *db).await?;
    for config in configs.iter().filter(|config| config.state(now) == ConfigState::Active) {
        let rules = Rules::resolve(&config.spec, &sets);
        let taken: Vec<&(Source, Day)> =
            last.iter().filter(|((set, traveler), _)| rules.takes(*set, *traveler)).collect();
        let Some(newest) = taken.iter().map(|(_, day)| *day).max() else { continue };
        if Day::of(now).0 - newest.0 <= SILENT_DAYS {
            continue;
        }
        let sources: Vec<Source> = taken.into_iter().map(|(source, _)| *source).collect();
        let days = receipt_days::between(&mut db, &sources, Day(newest.0 - LOOKED_AT + 1), newest).await?;
        if days.len() >= USUAL_DAYS {
            list.push(silent(config, Day(newest.0 + 1).start(), days.len()));
        }
    }
    Ok(())
}

fn silent(config: &ConfigRow, since: UtcTime, days: usize) -> Attention {
    let region = &config.spec.output_region;
    Attention {
        severity: Severity::Warn,
        kind: AttentionKind::NoKeysComing.into(),
        title: format!("{region}: no keys come in"),
        detail: format!(
            "Since {since} no key has come in that the config takes; before that some came on {days} of {LOOKED_AT} days. Phones get no new warnings from it. Ask whoever sends keys whether they still do, and see the daemon's log for what it refused"
        ),
        resource_id: Some(config.id.to_string()),
        facts: AttentionFacts { region: Some(region.to_string()), at: Some(since), ..AttentionFacts::default() },
    }
}
