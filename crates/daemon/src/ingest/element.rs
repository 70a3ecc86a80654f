//! One key of a publish request or an NDJSON line, field by field.
//!
//! | field | allowed | absent |
//! |---|---|---|
//! | `key` | 16 bytes in base64, padded or not | refused |
//! | `rollingStartNumber` | 10-minute intervals since 1970 | refused |
//! | `rollingPeriod` | 1 to 144 | 144 |
//! | `transmissionRisk` | 0 to 8 | 0 |
//! | `reportType` | a name or 0 to 5, see [`report_type`] | the request's, or unknown |
//! | `daysSinceOnsetOfSymptoms` | -14 to 14 | none |
//! | `regions` | region codes | the request's, or the caller's |
//! | `traveler` | true or false | the request's, or the caller's |

use super::{Checks, Defaults, NewTek, Refused};
use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::sync::Arc;
use tekport_export_file::{Region, ReportType, Tek, TekError, TekFields};

/// The most regions of one key.
const MAX_REGIONS: usize = 50;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A key's fields as text, so that one of a wrong type is refused by its name.
#[derive(Deserialize)]
pub(super) struct Element<'a> {
    #[serde(borrow, default)]
    key: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "rollingStartNumber")]
    rolling_start: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "rollingPeriod")]
    rolling_period: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "transmissionRisk")]
    transmission_risk: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "reportType")]
    report_type: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "daysSinceOnsetOfSymptoms")]
    days_since_onset: Option<&'a RawValue>,
    #[serde(borrow, default)]
    regions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    traveler: Option<&'a RawValue>,
}

/// Checks every field, then the key against time.
pub(super) fn check(element: &Element<'_>, defaults: &Defaults, checks: Checks) -> Result<NewTek, Refused> {
    const KEY: &str = "exactly 16 bytes in base64";
    let key: String = parse("key", element.key, KEY)?.ok_or_else(|| missing("key", KEY))?;
    let key_data = BASE64
        .decode(key.as_bytes())
        .map_err(|error| Refused::new("key", format!("it is not base64: {error}"), KEY))?;
    let start = TekError::RollingStart(0).allowed();
    let number = |field, raw, error: TekError| parse::<i64>(field, raw, error.allowed());
    let fields = TekFields {
        key_data: &key_data,
        rolling_start: number("rollingStartNumber", element.rolling_start, TekError::RollingStart(0))?
            .ok_or_else(|| missing("rollingStartNumber", start))?,
        rolling_period: number("rollingPeriod", element.rolling_period, TekError::RollingPeriod(0))?.unwrap_or(144),
        transmission_risk: number("transmissionRisk", element.transmission_risk, TekError::TransmissionRisk(0))?
            .unwrap_or(0),
        report_type: report_type(element.report_type)?.unwrap_or(defaults.report_type),
        days_since_onset: number("daysSinceOnsetOfSymptoms", element.days_since_onset, TekError::DaysSinceOnset(0))?,
        variant_of_concern: 0,
    };
    let tek = Tek::new(fields).map_err(refused)?;
    checks.check(&tek)?;
    let regions = regions(element.regions)?.map_or_else(|| Arc::clone(&defaults.regions), Arc::new);
    if regions.is_empty() {
        return Err(missing("regions", Region::ALLOWED));
    }
    Ok(NewTek { tek, regions, traveler: traveler(element.traveler)?.unwrap_or(defaults.traveler) })
}

/// Names a refused field as the publish request does.
pub(super) fn refused(error: TekError) -> Refused {
    let field = match error {
        TekError::KeyData(_) => "key",
        TekError::RollingStart(_) => "rollingStartNumber",
        TekError::RollingPeriod(_) => "rollingPeriod",
        TekError::TransmissionRisk(_) => "transmissionRisk",
        TekError::ReportType(_) => "reportType",
        TekError::DaysSinceOnset(_) => "daysSinceOnsetOfSymptoms",
        TekError::VariantOfConcern(_) => "variantOfConcern",
    };
    let reason = match error {
        TekError::KeyData(length) => format!("it has {length} bytes"),
        TekError::RollingStart(value)
        | TekError::RollingPeriod(value)
        | TekError::TransmissionRisk(value)
        | TekError::ReportType(value)
        | TekError::DaysSinceOnset(value)
        | TekError::VariantOfConcern(value) => format!("it is {value}"),
    };
    Refused::new(field, reason, error.allowed())
}

/// Reads a report type: `unknown`, `confirmed`, `likely` (or `clinical`), `self-report` (or `user-report`),
/// `recursive`, `revoked` (or `negative`), an empty text for none, or the number on the wire.
pub(super) fn report_type(raw: Option<&RawValue>) -> Result<Option<ReportType>, Refused> {
    const ALLOWED: &str = "confirmed, likely, self-report, revoked, unknown, or 0 to 5";
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        Number(i64),
        Name(String),
    }
    let not = |text: &str| Refused::new("reportType", format!("{text:?} is no report type"), ALLOWED);
    match parse::<Given>("reportType", raw, ALLOWED)? {
        None => Ok(None),
        Some(Given::Number(number)) => ReportType::try_from(number).map(Some).map_err(refused),
        Some(Given::Name(name)) => match name.as_str() {
            "" => Ok(None),
            "unknown" => Ok(Some(ReportType::Unknown)),
            "confirmed" => Ok(Some(ReportType::ConfirmedTest)),
            "likely" | "clinical" => Ok(Some(ReportType::ConfirmedClinicalDiagnosis)),
            "self-report" | "user-report" => Ok(Some(ReportType::SelfReport)),
            "recursive" => Ok(Some(ReportType::Recursive)),
            "revoked" | "negative" => Ok(Some(ReportType::Revoked)),
            other => Err(not(&other.chars().take(40).collect::<String>())),
        },
    }
}

/// Reads a list of region codes; an empty list counts as absent.
pub(super) fn regions(raw: Option<&RawValue>) -> Result<Option<BTreeSet<Region>>, Refused> {
    let allowed = || format!("up to {MAX_REGIONS} region codes: {}", Region::ALLOWED);
    let Some(codes) = parse::<Vec<String>>("regions", raw, &allowed())? else { return Ok(None) };
    if codes.len() > MAX_REGIONS {
        return Err(Refused::new("regions", format!("{} regions are too many", codes.len()), allowed()));
    }
    let regions = codes.iter().enumerate().map(|(i, code)| {
        Region::parse(code).map_err(|error| Refused::new(format!("regions[{i}]"), error.to_string(), Region::ALLOWED))
    });
    let regions: BTreeSet<Region> = regions.collect::<Result<_, _>>()?;
    Ok(Some(regions).filter(|regions| !regions.is_empty()))
}

/// Reads whether the owner traveled.
pub(super) fn traveler(raw: Option<&RawValue>) -> Result<Option<bool>, Refused> {
    parse("traveler", raw, "true or false")
}

fn parse<T: DeserializeOwned>(field: &str, raw: Option<&RawValue>, allowed: &str) -> Result<Option<T>, Refused> {
    let Some(raw) = raw else { return Ok(None) };
    serde_json::from_str(raw.get()).map_err(|_| {
        let shown: String = raw.get().chars().take(40).collect();
        Refused::new(field, format!("{shown} can't stand here"), allowed)
    })
}

fn missing(field: &str, allowed: &str) -> Refused {
    Refused::new(field, "it is missing", allowed)
}
