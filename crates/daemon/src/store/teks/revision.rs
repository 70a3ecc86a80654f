//! What a further report does to a key that is known.
//!
//! | field | a further report |
//! |---|---|
//! | rolling start, rolling period | must be the same |
//! | report type | may rise: unknown → recursive → self-report → clinical diagnosis → confirmed test → revoked; never fall. Unknown says nothing |
//! | transmission risk | the new one counts |
//! | days since onset, variant of concern | the new one counts where there is one |
//! | regions | are added, never taken away |
//! | traveler | may become true, never false again |
//! | anything of a revoked key | stays: a revoked key never comes back |
//!
//! A report that equals an earlier state changes nothing, so an import can be repeated after a revision.

use super::{NewTek, State};
use std::collections::BTreeSet;
use std::fmt;
use tekport_export_file::{Region, ReportType, Tek, TekFields};

/// Why a key that is known can't be changed as reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionRefusal {
    /// The same key data with another rolling start.
    OtherRollingStart,
    /// The same key data with another rolling period.
    OtherRollingPeriod,
    /// The report type would fall.
    ReportTypeFalls,
    /// The key was revoked.
    Revoked,
}

impl RevisionRefusal {
    /// The field that is refused, as the publish request names it.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::OtherRollingStart => "rollingStartNumber",
            Self::OtherRollingPeriod => "rollingPeriod",
            Self::ReportTypeFalls => "reportType",
            Self::Revoked => "key",
        }
    }

    /// What is allowed there.
    #[must_use]
    pub fn allowed(self) -> &'static str {
        match self {
            Self::OtherRollingStart | Self::OtherRollingPeriod => "the value that the key was first reported with",
            Self::ReportTypeFalls => {
                "the same report type or a surer one: self-report, then likely, then confirmed, then revoked"
            }
            Self::Revoked => "keys that were not revoked",
        }
    }
}

impl fmt::Display for RevisionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherRollingStart => "the key is known with another rolling start",
            Self::OtherRollingPeriod => "the key is known with another rolling period",
            Self::ReportTypeFalls => "the key is known with a surer report type",
            Self::Revoked => "the key was revoked, and a revoked key never comes back",
        })
    }
}

/// What a report does.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Nothing,
    Refused(RevisionRefusal),
    Revise { tek: Tek, regions: BTreeSet<Region>, traveler: bool },
}

/// Decides by the known states, oldest first, and the regions of the last.
pub(super) fn next_state(known: &[State], regions: &BTreeSet<Region>, new: &NewTek) -> Step {
    let Some(latest) = known.last() else { return Step::Nothing };
    let old = &latest.tek;
    let adds_nothing = new.regions.is_subset(regions) && (latest.traveler || !new.traveler);
    if adds_nothing && known.iter().any(|state| state.tek == new.tek) {
        return Step::Nothing;
    }
    let report_type = match new.tek.report_type() {
        ReportType::Unknown => old.report_type(),
        reported => reported,
    };
    let refusal = if new.tek.rolling_start() != old.rolling_start() {
        Some(RevisionRefusal::OtherRollingStart)
    } else if new.tek.rolling_period() != old.rolling_period() {
        Some(RevisionRefusal::OtherRollingPeriod)
    } else if old.report_type() == ReportType::Revoked {
        Some(RevisionRefusal::Revoked)
    } else if sureness(report_type) < sureness(old.report_type()) {
        Some(RevisionRefusal::ReportTypeFalls)
    } else {
        None
    };
    match refusal {
        // Revoking again says nothing new.
        Some(RevisionRefusal::Revoked) if new.tek.report_type() == ReportType::Revoked => return Step::Nothing,
        Some(refusal) => return Step::Refused(refusal),
        None => {}
    }
    let variant = Some(new.tek.variant_of_concern()).filter(|variant| *variant != 0);
    let merged = Tek::new(TekFields {
        key_data: old.key_data(),
        rolling_start: old.rolling_start().into(),
        rolling_period: old.rolling_period().into(),
        transmission_risk: new.tek.transmission_risk().into(),
        report_type,
        days_since_onset: new.tek.days_since_onset().or(old.days_since_onset()).map(i64::from),
        variant_of_concern: variant.unwrap_or(old.variant_of_concern()).into(),
    });
    match merged {
        Ok(tek) if tek == *old && adds_nothing => Step::Nothing,
        Ok(tek) => Step::Revise {
            tek,
            regions: regions.union(&new.regions).cloned().collect(),
            traveler: latest.traveler || new.traveler,
        },
        // Both keys were in range, and so is what is made of their fields.
        Err(_) => Step::Nothing,
    }
}

fn sureness(report_type: ReportType) -> u8 {
    match report_type {
        ReportType::Unknown => 0,
        ReportType::Recursive => 1,
        ReportType::SelfReport => 2,
        ReportType::ConfirmedClinicalDiagnosis => 3,
        ReportType::ConfirmedTest => 4,
        ReportType::Revoked => 5,
    }
}
