//! Any export file, from any server: what is in it and whether phones would take it. Needs no daemon; where there is
//! one, its registered keys verify too.

use super::{Console, files, lists};
use crate::error::ConsoleFault;
use crate::{CommandError, DayOfKeys, ErrorCode, ExportView, ReportCount};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;
use tekport_api::UtcTime;
use tekport_api::client::ClientError;
use tekport_api::verification::{NamedKey, VerificationReport};
use tekport_export_file::{ExportFile, INTERVAL_SECONDS, KnownKey, MAX_READ_FILE_BYTES, ReportType, Tek};
use tekport_keys::PublicKey;

const DAY_SECONDS: i64 = 86_400;
/// A daemon that doesn't answer by then isn't waited for: the file can be looked at without it.
const KEYS_LIMIT: Duration = Duration::from_secs(5);

impl Console {
    /// Reads an export file and checks it against every device rule, the daemon's registered keys and `public_pem`.
    ///
    /// # Errors
    /// When the file can't be read from the disk, or `public_pem` is no public key. A file that phones would refuse
    /// is a report, not an error.
    pub async fn view_export(&self, path: &str, public_pem: Option<&str>) -> Result<ExportView, CommandError> {
        let mut keys = Vec::new();
        if let Some(pem) = public_pem.filter(|pem| !pem.trim().is_empty()) {
            let key = PublicKey::from_pem(pem).map_err(|error| {
                let fault = ConsoleFault::NotAPublicKey { cause: error.to_string() };
                CommandError::said(ErrorCode::PublicKey, "This is not a public key", &fault)
            })?;
            let known = KnownKey { name: None, key: *key.verifying_key() };
            keys.push(NamedKey { label: key.fingerprint().chars().take(16).collect(), known });
        }
        let keys_problem = match tokio::time::timeout(KEYS_LIMIT, self.registered_keys()).await {
            Ok(Ok(registered)) => {
                keys.extend(registered);
                None
            }
            Ok(Err(error)) if error.code == "not-enrolled" => None,
            Ok(Err(error)) => Some(error),
            Err(_) => {
                let (step, seconds) = ("waiting for the answer", KEYS_LIMIT.as_secs());
                Some(ClientError::TimedOut { step, seconds }.into())
            }
        };
        let (path, now) = (Path::new(path).to_owned(), self.clock.now().unix_seconds());
        let viewed = tokio::task::spawn_blocking(move || view(&path, &keys, keys_problem, now)).await;
        viewed.unwrap_or_else(|error| {
            let fault = ConsoleFault::BrokeOff { cause: error.to_string() };
            Err(CommandError::said(ErrorCode::Internal, "The file can't be looked at", &fault))
        })
    }

    async fn registered_keys(&self) -> Result<Vec<NamedKey>, CommandError> {
        let client = self.client().await?;
        Ok(lists::signing_keys(&client).await?.iter().filter_map(files::named).collect())
    }
}

fn view(
    path: &Path,
    keys: &[NamedKey],
    keys_problem: Option<CommandError>,
    now: i64,
) -> Result<ExportView, CommandError> {
    let zip = read(path)?;
    let inspected = ExportFile::inspect(&zip);
    Ok(ExportView {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        report: VerificationReport::of_inspected(&zip, &inspected, keys, Some(now)),
        days: inspected.as_ref().map(days).unwrap_or_default(),
        known_keys: keys.iter().map(|key| key.label.clone()).collect(),
        keys_problem,
    })
}

/// Reads a byte more than the reader takes at most, so that a file too large is reported as such without being read.
fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_READ_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(|error| {
        let fault = ConsoleFault::Unreadable { path: path.display().to_string(), cause: error.to_string() };
        CommandError::said(ErrorCode::FileUnreadable, "The file can't be read", &fault)
    })?;
    Ok(bytes)
}

/// Counts keys by the UTC day on which they began to be used, and by report type.
fn days(file: &ExportFile) -> Vec<DayOfKeys> {
    let mut counts: BTreeMap<i64, BTreeMap<u8, u32>> = BTreeMap::new();
    for tek in file.keys().iter().chain(file.revised_keys()) {
        let count = counts.entry(day_of(tek)).or_default().entry(tek.report_type().number()).or_default();
        *count = count.saturating_add(1);
    }
    let reports = |counts: BTreeMap<u8, u32>| {
        let name = |number| ReportType::ALL.into_iter().find(|kind| kind.number() == number).map(report_name);
        counts
            .into_iter()
            .map(|(number, keys)| ReportCount { report_type: name(number).unwrap_or_default().to_owned(), keys })
            .collect()
    };
    counts
        .into_iter()
        .map(|(day, counts)| DayOfKeys {
            day: UtcTime::saturating(day.saturating_mul(DAY_SECONDS)),
            reports: reports(counts),
        })
        .collect()
}

fn day_of(tek: &Tek) -> i64 {
    (i64::from(tek.rolling_start()) * INTERVAL_SECONDS).div_euclid(DAY_SECONDS)
}

fn report_name(kind: ReportType) -> &'static str {
    match kind {
        ReportType::Unknown => "unknown",
        ReportType::ConfirmedTest => "confirmed-test",
        ReportType::ConfirmedClinicalDiagnosis => "confirmed-clinical-diagnosis",
        ReportType::SelfReport => "self-report",
        ReportType::Recursive => "recursive",
        ReportType::Revoked => "revoked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::verification::FileVerdict;
    use tekport_export_file::{
        DerSignature, FileHeader, KeyId, KeyVersion, Region, SignatureInfo, TekFields, UnsignedExport, Window, order,
    };
    use tekport_keys::SigningKey;

    /// 2026-11-20 00:00 UTC.
    const DAY: i64 = 1_795_132_800;

    fn tek(data: u8, start: i64, kind: ReportType) -> Tek {
        let fields = TekFields {
            key_data: &[data; 16],
            rolling_start: start / INTERVAL_SECONDS,
            rolling_period: 144,
            transmission_risk: 4,
            report_type: kind,
            days_since_onset: None,
            variant_of_concern: 0,
        };
        Tek::new(fields).unwrap()
    }

    /// A file of three keys on two days, and the key that signed it.
    fn exported() -> (Vec<u8>, SigningKey) {
        let key = SigningKey::generate().unwrap();
        let info =
            SignatureInfo { key_id: KeyId::parse("310").unwrap(), key_version: KeyVersion::parse("v1").unwrap() };
        let window = Window::new(DAY + 5 * DAY_SECONDS, DAY + 6 * DAY_SECONDS).unwrap();
        let header = FileHeader::new(window, 0, Region::parse("MAG").unwrap(), vec![info.clone()]).unwrap();
        let mut keys = vec![
            tek(1, DAY, ReportType::ConfirmedTest),
            tek(2, DAY + 3_600, ReportType::ConfirmedTest),
            tek(3, DAY + DAY_SECONDS, ReportType::SelfReport),
        ];
        order(&mut keys);
        let export = UnsignedExport::new(&header, &keys, &[]).unwrap();
        let signature = DerSignature::from_der(&key.sign_digest(&export.digest()).unwrap()).unwrap();
        (export.finish(&[(info, signature)]).unwrap(), key)
    }

    fn count(report_type: &str, keys: u32) -> ReportCount {
        ReportCount { report_type: report_type.to_owned(), keys }
    }

    #[test]
    fn keys_are_counted_by_day_and_report_type() {
        let (zip, _) = exported();
        let counted = days(&ExportFile::inspect(&zip).unwrap());
        let expected = [
            DayOfKeys { day: UtcTime::saturating(DAY), reports: vec![count("confirmed-test", 2)] },
            DayOfKeys { day: UtcTime::saturating(DAY + DAY_SECONDS), reports: vec![count("self-report", 1)] },
        ];
        assert_eq!(counted, expected);
    }

    #[test]
    fn a_file_is_judged_by_the_keys_at_hand() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.zip");
        let (zip, key) = exported();
        std::fs::write(&path, zip).unwrap();
        let stranger = view(&path, &[], None, DAY + 9 * DAY_SECONDS).unwrap();
        assert_eq!(stranger.report.verdict, FileVerdict::Unverified, "nothing is wrong with it that could be told");
        let known = KnownKey { name: None, key: *key.public_key().verifying_key() };
        let keys = [NamedKey { label: "ours".to_owned(), known }];
        let known = view(&path, &keys, None, DAY + 9 * DAY_SECONDS).unwrap();
        assert!(known.report.accepted, "{:?}", known.report);
        let other = NamedKey {
            label: "another".to_owned(),
            known: KnownKey { name: None, key: *SigningKey::generate().unwrap().public_key().verifying_key() },
        };
        let forged = view(&path, &[other], None, DAY + 9 * DAY_SECONDS).unwrap();
        assert_eq!(forged.report.verdict, FileVerdict::Refused);
        assert_eq!((known.name.as_str(), known.known_keys), ("some.zip", vec!["ours".to_owned()]));
    }

    #[test]
    fn what_is_no_export_file_is_a_report_and_what_is_no_file_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.zip");
        std::fs::write(&path, "not a zip").unwrap();
        let viewed = view(&path, &[], None, DAY).unwrap();
        assert!(viewed.report.problem.is_some() && viewed.days.is_empty());
        assert_eq!(view(folder.path(), &[], None, DAY).unwrap_err().code, "file-unreadable");
    }
}
