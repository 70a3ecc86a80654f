//! Finding the PEM blocks of a file (RFC 7468, and RFC 1421's headers as OpenSSL still writes them).
//!
//! What a block holds may be a private key in the clear, so every copy of it wipes itself.

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

/// Why a file's PEM can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PemError {
    /// A block has no end line, or another one's.
    #[error("the block {0:?} has no line \"-----END {0}-----\"; the file was cut off")]
    NoEnd(String),
    /// The lines of a block aren't base64.
    #[error("the lines of the block {0:?} are not base64")]
    NotBase64(String),
}

/// One block: `-----BEGIN label-----` to `-----END label-----`.
pub(crate) struct Block {
    /// What the block says it is.
    pub(crate) label: String,
    headers: Vec<(String, String)>,
    /// What was base64.
    pub(crate) contents: Zeroizing<Vec<u8>>,
}

impl Block {
    /// A header's value, `DEK-Info` for instance.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Returns the file's blocks in their order; text around them is ignored, as OpenSSL does.
pub(crate) fn blocks(text: &str) -> Result<Vec<Block>, PemError> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(label) = label(line, "BEGIN") {
            found.push(block(label, &mut lines)?);
        }
    }
    Ok(found)
}

fn block<'a>(label_text: &str, lines: &mut impl Iterator<Item = &'a str>) -> Result<Block, PemError> {
    let mut headers = Vec::new();
    // Room for the longest key file from the start: a buffer that grows would leave a copy behind.
    let mut base64 = Zeroizing::new(String::with_capacity(crate::import::MAX_BYTES));
    for line in lines {
        if label(line, "END") == Some(label_text) {
            let contents = STANDARD.decode(base64.as_str()).map_err(|_| PemError::NotBase64(label_text.to_owned()))?;
            return Ok(Block { label: label_text.to_owned(), headers, contents: Zeroizing::new(contents) });
        }
        match line.split_once(':') {
            Some((name, value)) if base64.is_empty() => headers.push((name.to_owned(), value.trim().to_owned())),
            _ => base64.push_str(line.trim_start()),
        }
    }
    Err(PemError::NoEnd(label_text.to_owned()))
}

/// The label of a line `-----BEGIN label-----`: printable ASCII of a sane length.
fn label<'a>(line: &'a str, kind: &str) -> Option<&'a str> {
    let label = line.strip_prefix("-----")?.strip_prefix(kind)?.strip_prefix(' ')?.strip_suffix("-----")?;
    (label.len() <= 40 && label.bytes().all(|b| b.is_ascii_graphic() || b == b' ')).then_some(label)
}

/// Writes a block with `\n` line ends, 64 characters a line (RFC 7468).
pub(crate) fn write(label: &str, contents: &[u8]) -> String {
    let base64 = STANDARD.encode(contents);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in base64.as_bytes().chunks(64) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_between_other_text_and_read_as_they_are_written() {
        let contents: Vec<u8> = (0..200).collect();
        let text = format!("\u{feff}Bag Attributes\r\n{}and\n{}", write("A B", &contents), write("C", b""));
        let found = blocks(&text).unwrap();
        assert_eq!(found.iter().map(|block| block.label.as_str()).collect::<Vec<_>>(), ["A B", "C"]);
        assert_eq!(*found[0].contents, contents);
        assert!(text.lines().all(|line| line.len() <= 64));
        assert_eq!(blocks(&text.replace('\n', "\r\n")).unwrap().len(), 2, "line ends of another system");
    }

    #[test]
    fn headers_stand_apart() {
        let text = "-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAEC\n-----END X-----\n";
        let found = blocks(text).unwrap();
        assert_eq!(found[0].header("DEK-Info"), Some("AES-128-CBC,00"));
        assert_eq!(*found[0].contents, [0, 1, 2]);
    }

    #[test]
    fn damage_is_named() {
        let damaged = |text: &str| blocks(text).err();
        assert_eq!(damaged("-----BEGIN X-----\nAAEC\n"), Some(PemError::NoEnd("X".to_owned())));
        assert_eq!(damaged("-----BEGIN X-----\nA EC\n-----END X-----"), Some(PemError::NotBase64("X".to_owned())));
        assert_eq!(damaged("no block at all"), None);
    }
}
