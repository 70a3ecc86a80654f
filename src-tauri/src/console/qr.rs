//! Enrolment codes as QR codes: drawn by the page from a path, since a picture would need a wider content security
//! policy.

use crate::error::ConsoleFault;
use crate::view::QrCode;
use crate::{CommandError, ErrorCode};
use qrcode::types::Color;
use std::fmt::Write;
use tekport_api::enrolment::EnrolmentCode;

/// Modules of light around the code (ISO/IEC 18004, 5.3.8).
const QUIET_ZONE: usize = 4;

/// Draws an enrolment code.
///
/// # Errors
/// When the text is no enrolment code.
pub(crate) fn code_qr(code: &str) -> Result<QrCode, CommandError> {
    EnrolmentCode::parse(code).map_err(|error| super::enrolment::no_code(&error, "This is no enrolment code"))?;
    draw(code.as_bytes()).map_err(|error| {
        let fault = ConsoleFault::NotDrawn { cause: error.to_string() };
        CommandError::said(ErrorCode::Internal, "No QR code can be made", &fault)
    })
}

fn draw(bytes: &[u8]) -> Result<QrCode, qrcode::types::QrError> {
    let code = qrcode::QrCode::with_error_correction_level(bytes, qrcode::EcLevel::M)?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        // One stroke for each run of dark modules: a tenth of the path that squares would take.
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string never fails.
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET_ZONE, y + QUIET_ZONE, run.len(), run.len());
            }
            x += run.len();
        }
    }
    Ok(QrCode { size: u32::try_from(width + 2 * QUIET_ZONE).unwrap_or(u32::MAX), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> String {
        EnrolmentCode {
            address: "export.example.org:8443".to_owned(),
            ca_sha256: "ab".repeat(32),
            secret: "s".repeat(43),
            expires_at: tekport_api::UtcTime::saturating(1_790_000_000),
        }
        .to_text()
    }

    #[test]
    fn the_path_has_exactly_the_dark_modules() {
        let text = code();
        let drawn = code_qr(&text).unwrap();
        let expected = qrcode::QrCode::with_error_correction_level(text.as_bytes(), qrcode::EcLevel::M).unwrap();
        let dark = expected.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let runs = drawn.path.split('M').skip(1).map(|run| run.split(['h', 'v']).nth(1).unwrap());
        assert_eq!(runs.map(|length| length.parse::<usize>().unwrap()).sum::<usize>(), dark);
        assert_eq!(usize::try_from(drawn.size).unwrap(), expected.width() + 8);
        assert!(drawn.path.starts_with("M4 4h7v1h-7z"), "the finder pattern stands inside the quiet zone");
    }

    #[test]
    fn only_an_enrolment_code_is_drawn() {
        assert_eq!(code_qr("https://example.org").unwrap_err().code, "code-invalid");
    }
}
