//! A Temporary Exposure Key that can't be wrong.

use std::fmt;

/// Seconds in one interval of the Exposure Notification protocol: ten minutes.
pub const INTERVAL_SECONDS: i64 = 600;

/// How long after its end a key may first be released (EXPORT-FORMAT, "What devices do with it"): two hours.
pub const RELEASE_DELAY_SECONDS: i64 = 2 * 60 * 60;

/// What a key's owner reported, numbered as on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ReportType {
    /// Nothing is known.
    Unknown = 0,
    /// A test confirmed it.
    ConfirmedTest = 1,
    /// A clinician diagnosed it.
    ConfirmedClinicalDiagnosis = 2,
    /// The person reported it.
    SelfReport = 3,
    /// Reserved by the protocol for contacts of contacts.
    Recursive = 4,
    /// The report was taken back; only a revised key carries it.
    Revoked = 5,
}

impl ReportType {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 6] = [
        Self::Unknown,
        Self::ConfirmedTest,
        Self::ConfirmedClinicalDiagnosis,
        Self::SelfReport,
        Self::Recursive,
        Self::Revoked,
    ];

    /// The number on the wire, 0 to 5.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }
}

impl TryFrom<i64> for ReportType {
    type Error = TekError;

    fn try_from(number: i64) -> Result<Self, TekError> {
        Self::ALL.into_iter().find(|kind| i64::from(kind.number()) == number).ok_or(TekError::ReportType(number))
    }
}

/// Why a key is refused: which field, and what was in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum TekError {
    /// The key data has this many bytes.
    KeyData(#[cfg_attr(feature = "bindings", specta(type = u32))] usize),
    /// The rolling start has this value.
    RollingStart(#[cfg_attr(feature = "bindings", specta(type = i32))] i64),
    /// The rolling period has this value.
    RollingPeriod(#[cfg_attr(feature = "bindings", specta(type = i32))] i64),
    /// The transmission risk has this value.
    TransmissionRisk(#[cfg_attr(feature = "bindings", specta(type = i32))] i64),
    /// The report type has this number.
    ReportType(#[cfg_attr(feature = "bindings", specta(type = i32))] i64),
    /// The days since onset have this value.
    DaysSinceOnset(#[cfg_attr(feature = "bindings", specta(type = i32))] i64),
    /// The variant of concern has this number.
    VariantOfConcern(#[cfg_attr(feature = "bindings", specta(type = i32))] i64),
}

impl TekError {
    /// The refused field, named as in [`TekFields`].
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::KeyData(_) => "key_data",
            Self::RollingStart(_) => "rolling_start",
            Self::RollingPeriod(_) => "rolling_period",
            Self::TransmissionRisk(_) => "transmission_risk",
            Self::ReportType(_) => "report_type",
            Self::DaysSinceOnset(_) => "days_since_onset",
            Self::VariantOfConcern(_) => "variant_of_concern",
        }
    }

    /// What is allowed in that field.
    #[must_use]
    pub fn allowed(&self) -> &'static str {
        match self {
            Self::KeyData(_) => "exactly 16 bytes",
            Self::RollingStart(_) => "0 to 2147483647, in 10-minute intervals since 1970",
            Self::RollingPeriod(_) => "1 to 144, in 10-minute intervals",
            Self::TransmissionRisk(_) => "0 to 8",
            Self::ReportType(_) => "0 to 5",
            Self::DaysSinceOnset(_) => "-14 to 14, or none",
            Self::VariantOfConcern(_) => "0 to 4",
        }
    }
}

impl fmt::Display for TekError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyData(length) => write!(f, "{} has {length} bytes; allowed: {}", self.field(), self.allowed()),
            Self::RollingStart(value)
            | Self::RollingPeriod(value)
            | Self::TransmissionRisk(value)
            | Self::ReportType(value)
            | Self::DaysSinceOnset(value)
            | Self::VariantOfConcern(value) => {
                write!(f, "{} is {value}; allowed: {}", self.field(), self.allowed())
            }
        }
    }
}

impl std::error::Error for TekError {}

/// What a key is made from: wide, so that whatever a file, a request or a row of the store holds can be handed
/// to [`Tek::new`] and refused there by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TekFields<'a> {
    /// The secret that phones broadcast from: 16 bytes.
    pub key_data: &'a [u8],
    /// First interval in which the key is valid, in 10-minute intervals since 1970-01-01T00:00:00Z.
    pub rolling_start: i64,
    /// For how many intervals it is valid: 1 to 144.
    pub rolling_period: i64,
    /// Transmission risk, 0 to 8.
    pub transmission_risk: i64,
    /// What was reported.
    pub report_type: ReportType,
    /// Days from the onset of symptoms to the key's day: -14 to 14, or none.
    pub days_since_onset: Option<i64>,
    /// Variant of concern, 0 (unknown) to 4.
    pub variant_of_concern: i64,
}

/// A Temporary Exposure Key whose every field is in the range that devices take (EXPORT-FORMAT, "Archive").
///
/// 28 bytes, so that a file's worth of them fits in memory beside the file. `Debug` leaves the key data out:
/// keys of a file that isn't released yet don't belong in a log.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tek {
    key_data: [u8; 16],
    rolling_start: u32,
    rolling_period: u8,
    transmission_risk: u8,
    report_type: ReportType,
    /// [`NO_ONSET`] where the key carries none.
    days_since_onset: i8,
    variant_of_concern: u8,
}

const NO_ONSET: i8 = i8::MIN;

impl Tek {
    /// Makes a key.
    ///
    /// # Errors
    /// Names the first field that is out of range, and what is allowed there.
    pub fn new(fields: TekFields<'_>) -> Result<Self, TekError> {
        let TekFields { rolling_start, rolling_period, transmission_risk, variant_of_concern, .. } = fields;
        let start = i32::try_from(rolling_start).ok().and_then(|start| u32::try_from(start).ok());
        let onset = match fields.days_since_onset {
            None => NO_ONSET,
            Some(days) => small(days, -14..=14).ok_or(TekError::DaysSinceOnset(days))?,
        };
        Ok(Self {
            key_data: fields.key_data.try_into().map_err(|_| TekError::KeyData(fields.key_data.len()))?,
            rolling_start: start.ok_or(TekError::RollingStart(rolling_start))?,
            rolling_period: small(rolling_period, 1..=144).ok_or(TekError::RollingPeriod(rolling_period))?,
            transmission_risk: small(transmission_risk, 0..=8).ok_or(TekError::TransmissionRisk(transmission_risk))?,
            report_type: fields.report_type,
            days_since_onset: onset,
            variant_of_concern: small(variant_of_concern, 0..=4)
                .ok_or(TekError::VariantOfConcern(variant_of_concern))?,
        })
    }

    /// The 16 bytes that phones broadcast from.
    #[must_use]
    pub fn key_data(&self) -> &[u8; 16] {
        &self.key_data
    }

    /// First interval in which the key is valid, in 10-minute intervals since 1970; fits an `i32`.
    #[must_use]
    pub fn rolling_start(&self) -> u32 {
        self.rolling_start
    }

    /// For how many 10-minute intervals the key is valid: 1 to 144.
    #[must_use]
    pub fn rolling_period(&self) -> u8 {
        self.rolling_period
    }

    /// Transmission risk, 0 to 8.
    #[must_use]
    pub fn transmission_risk(&self) -> u8 {
        self.transmission_risk
    }

    /// What was reported.
    #[must_use]
    pub fn report_type(&self) -> ReportType {
        self.report_type
    }

    /// Days from the onset of symptoms to the key's day, -14 to 14; `None` where the key carries none.
    #[must_use]
    pub fn days_since_onset(&self) -> Option<i8> {
        (self.days_since_onset != NO_ONSET).then_some(self.days_since_onset)
    }

    /// Variant of concern, 0 (unknown) to 4.
    #[must_use]
    pub fn variant_of_concern(&self) -> u8 {
        self.variant_of_concern
    }

    /// When the key stops being valid, in UTC seconds; never overflows, not even past 2038.
    #[must_use]
    pub fn validity_end_seconds(&self) -> i64 {
        (i64::from(self.rolling_start) + i64::from(self.rolling_period)) * INTERVAL_SECONDS
    }

    /// When the key may first be released, in UTC seconds: two hours after it stops being valid.
    #[must_use]
    pub fn releasable_at_seconds(&self) -> i64 {
        self.validity_end_seconds() + RELEASE_DELAY_SECONDS
    }
}

impl fmt::Debug for Tek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tek")
            .field("rolling_start", &self.rolling_start)
            .field("rolling_period", &self.rolling_period)
            .field("transmission_risk", &self.transmission_risk)
            .field("report_type", &self.report_type)
            .field("days_since_onset", &self.days_since_onset())
            .field("variant_of_concern", &self.variant_of_concern)
            .finish_non_exhaustive()
    }
}

/// Returns `value` in the small type if it lies in `allowed`.
fn small<T: TryFrom<i64>>(value: i64, allowed: std::ops::RangeInclusive<i64>) -> Option<T> {
    allowed.contains(&value).then(|| T::try_from(value).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> TekFields<'static> {
        TekFields {
            key_data: &[7; 16],
            rolling_start: 2_649_980,
            rolling_period: 144,
            transmission_risk: 0,
            report_type: ReportType::ConfirmedTest,
            days_since_onset: None,
            variant_of_concern: 0,
        }
    }

    #[test]
    fn a_key_is_28_bytes() {
        assert_eq!(size_of::<Tek>(), 28);
    }

    #[test]
    fn the_edges_of_each_range_are_taken() {
        for changed in [
            TekFields { rolling_start: 0, ..fields() },
            TekFields { rolling_start: i64::from(i32::MAX), ..fields() },
            TekFields { rolling_period: 1, ..fields() },
            TekFields { transmission_risk: 8, ..fields() },
            TekFields { days_since_onset: Some(-14), ..fields() },
            TekFields { days_since_onset: Some(14), ..fields() },
            TekFields { variant_of_concern: 4, ..fields() },
        ] {
            assert!(Tek::new(changed).is_ok(), "{changed:?}");
        }
    }

    #[test]
    fn one_past_each_edge_is_refused_by_name() {
        for (changed, error) in [
            (TekFields { key_data: &[7; 15], ..fields() }, TekError::KeyData(15)),
            (TekFields { key_data: &[7; 17], ..fields() }, TekError::KeyData(17)),
            (TekFields { rolling_start: -1, ..fields() }, TekError::RollingStart(-1)),
            (TekFields { rolling_start: 1 << 31, ..fields() }, TekError::RollingStart(1 << 31)),
            (TekFields { rolling_period: 0, ..fields() }, TekError::RollingPeriod(0)),
            (TekFields { rolling_period: 145, ..fields() }, TekError::RollingPeriod(145)),
            (TekFields { transmission_risk: -1, ..fields() }, TekError::TransmissionRisk(-1)),
            (TekFields { transmission_risk: 9, ..fields() }, TekError::TransmissionRisk(9)),
            (TekFields { days_since_onset: Some(-15), ..fields() }, TekError::DaysSinceOnset(-15)),
            (TekFields { days_since_onset: Some(15), ..fields() }, TekError::DaysSinceOnset(15)),
            // The value that marks "none" inside can't be smuggled in.
            (TekFields { days_since_onset: Some(-128), ..fields() }, TekError::DaysSinceOnset(-128)),
            (TekFields { variant_of_concern: 5, ..fields() }, TekError::VariantOfConcern(5)),
        ] {
            assert_eq!(Tek::new(changed), Err(error));
            assert!(error.to_string().starts_with(error.field()), "{error}");
        }
        assert_eq!(ReportType::try_from(6), Err(TekError::ReportType(6)));
        assert_eq!(ReportType::try_from(5), Ok(ReportType::Revoked));
    }

    #[test]
    fn the_last_interval_of_2038_and_after_does_not_overflow() {
        let tek = Tek::new(TekFields { rolling_start: i64::from(i32::MAX), ..fields() }).unwrap();
        assert_eq!(tek.validity_end_seconds(), (2_147_483_647 + 144) * 600);
        assert_eq!(tek.releasable_at_seconds() - tek.validity_end_seconds(), 7_200);
    }

    #[test]
    fn debug_shows_no_key_data() {
        assert!(!format!("{:?}", Tek::new(fields()).unwrap()).contains("key_data"));
    }
}
