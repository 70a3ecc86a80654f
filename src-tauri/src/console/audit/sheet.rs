//! Audit entries as CSV (RFC 4180), safe to open in a spreadsheet.

use serde_json::Value;
use tekport_api::audit::AuditEntry;

const COLUMNS: [&str; 13] = [
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "certificate",
    "action",
    "resource_kind",
    "resource_id",
    "result",
    "before",
    "after",
    "previous_hash",
    "hash",
];

/// Entries as lines of a sheet, the first ones below the names of the columns.
///
/// # Errors
/// Never in practice: the sheet is written to memory.
pub(super) fn rows(entries: &[AuditEntry], with_names: bool) -> Result<Vec<u8>, csv::Error> {
    let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    if with_names {
        sheet.write_record(COLUMNS)?;
    }
    for entry in entries {
        let json = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
        let cells = [
            entry.sequence.to_string(),
            entry.at.to_string(),
            entry.actor_id.clone(),
            entry.actor_name.clone(),
            entry.certificate.clone().unwrap_or_default(),
            entry.action.clone(),
            entry.resource_kind.clone(),
            entry.resource_id.clone(),
            entry.result.as_str().to_owned(),
            json(&entry.before),
            json(&entry.after),
            entry.previous_hash.clone(),
            entry.hash.clone(),
        ];
        sheet.write_record(cells.iter().map(|cell| harmless(cell)))?;
    }
    sheet.into_inner().map_err(|error| error.into_error().into())
}

/// A text that no spreadsheet takes for a formula: an apostrophe goes before a first character that begins one
/// (OWASP, "CSV Injection"). A name is typed by whoever was invited, and may begin with anything.
fn harmless(text: &str) -> String {
    let begins_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tekport_api::UtcTime;
    use tekport_api::audit::AuditResult;

    fn entry(name: &str) -> AuditEntry {
        AuditEntry {
            sequence: 7,
            at: UtcTime::saturating(1_800_000_000),
            actor_id: "local".to_owned(),
            actor_name: name.to_owned(),
            certificate: None,
            action: "person.invite".to_owned(),
            resource_kind: "person".to_owned(),
            resource_id: "p1".to_owned(),
            result: AuditResult::Ok,
            before: None,
            after: Some(serde_json::json!({ "name": "Ünal, \"the\" admin" })),
            previous_hash: "0".repeat(64),
            hash: "ab".repeat(32),
        }
    }

    fn read_back(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn what_was_written_reads_back() {
        let lines = read_back(&rows(&[entry("Ada\r\nLovelace, countess")], true).unwrap());
        assert_eq!(lines[0], COLUMNS);
        assert_eq!(lines[1][3], "Ada\r\nLovelace, countess");
        assert_eq!(lines[1][10], r#"{"name":"Ünal, \"the\" admin"}"#);
        assert_eq!(read_back(&rows(&[entry("a"), entry("b")], false).unwrap()).len(), 2);
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            let lines = read_back(&rows(&[entry(name)], false).unwrap());
            assert_eq!(lines[0][3], format!("'{name}"));
        }
        assert_eq!(read_back(&rows(&[entry("a=1")], false).unwrap())[0][3], "a=1");
    }
}
