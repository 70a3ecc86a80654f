//! Publish requests and NDJSON. Fields that other servers add are passed over.

use super::element::{self, Element};
use super::{Checks, Defaults, IngestError, Reading, Refused, count};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::sync::Arc;

/// The longest text of one key in bytes; longer ones are refused unread.
const MAX_ELEMENT_BYTES: usize = 16 * 1024;

/// A publish request. The keys stay text here, so that one that is wrong doesn't cost the others.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "temporaryExposureKeys")]
    keys: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    regions: Option<&'a RawValue>,
    #[serde(borrow, default)]
    traveler: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "reportType")]
    report_type: Option<&'a RawValue>,
}

/// Whether the text begins with a JSON object that holds `temporaryExposureKeys`, however damaged it is after that.
pub(super) fn holds_publish_request(input: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Marker<'a> {
        #[serde(borrow, rename = "temporaryExposureKeys")]
        _keys: &'a RawValue,
    }
    let Ok(text) = str::from_utf8(input) else { return false };
    match serde_json::Deserializer::from_str(text).into_iter::<Marker<'_>>().next() {
        Some(Ok(_)) => true,
        // Text that isn't JSON to its end still says what it was meant to be.
        Some(Err(error)) if !error.is_data() => {
            text.lines().take(50).any(|line| line.contains("\"temporaryExposureKeys\""))
        }
        _ => false,
    }
}

pub(super) fn read_publish(text: &str, defaults: &Defaults, checks: Checks) -> Result<Reading, IngestError> {
    let envelope: Envelope<'_> = serde_json::from_str(text)
        .map_err(|error| IngestError::Json { line: error.line(), reason: without_place(&error) })?;
    let defaults = for_all(&envelope, defaults).map_err(|refused| IngestError::Envelope {
        field: refused.field,
        reason: refused.reason,
        allowed: refused.allowed,
    })?;
    let mut reading = Reading::default();
    let mut lines = Lines { text, at: 0, line: 1 };
    for raw in envelope.keys {
        let line = lines.line_of(raw.get());
        reading.add(line, read_element(raw.get(), &defaults, checks))?;
    }
    Ok(reading)
}

pub(super) fn read_lines(text: &str, defaults: &Defaults, checks: Checks) -> Result<Reading, IngestError> {
    let mut reading = Reading::default();
    for (line, element) in text.lines().enumerate() {
        let element = element.trim().trim_start_matches('\u{feff}');
        if !element.is_empty() {
            reading.add(count(line + 1), read_element(element, defaults, checks))?;
        }
    }
    Ok(reading)
}

fn read_element(text: &str, defaults: &Defaults, checks: Checks) -> Result<super::NewTek, Refused> {
    const ALLOWED: &str = "an object with key, rollingStartNumber, rollingPeriod and transmissionRisk";
    if text.len() > MAX_ELEMENT_BYTES {
        let reason = format!("the text of this key is {} bytes long", text.len());
        return Err(Refused::new("", reason, format!("at most {MAX_ELEMENT_BYTES} bytes")));
    }
    // serde would take a list for an object's fields in order.
    if !text.starts_with('{') {
        return Err(Refused::new("", "it is not an object", ALLOWED));
    }
    let element: Element<'_> =
        serde_json::from_str(text).map_err(|error| Refused::new("", without_place(&error), ALLOWED))?;
    element::check(&element, defaults, checks)
}

/// What the request says for every key in it.
fn for_all(envelope: &Envelope<'_>, defaults: &Defaults) -> Result<Defaults, Refused> {
    Ok(Defaults {
        regions: element::regions(envelope.regions)?.map_or_else(|| Arc::clone(&defaults.regions), Arc::new),
        traveler: element::traveler(envelope.traveler)?.unwrap_or(defaults.traveler),
        report_type: element::report_type(envelope.report_type)?.unwrap_or(defaults.report_type),
    })
}

/// serde_json's message without its own line and column: they count within the element.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Counts lines once, from one element to the next.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line, from 1, on which a part of the text begins; parts come in order.
    fn line_of(&mut self, part: &str) -> u32 {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let between = self.text.as_bytes().get(self.at..start).unwrap_or_default();
        self.line = self.line.saturating_add(count(between.iter().filter(|byte| **byte == b'\n').count()));
        self.at = start.max(self.at);
        self.line
    }
}
