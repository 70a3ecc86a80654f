//! Reads what `protoc --decode` prints: a message as text, a field a line.

use anyhow::{Context, Result, bail};

/// A message as text: its fields in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Message(Vec<(String, Value)>);

#[derive(Debug, PartialEq, Eq)]
enum Value {
    /// As printed: a number, a name, or a quoted string with its escapes.
    Scalar(String),
    Message(Message),
}

impl Message {
    /// Reads a whole message.
    ///
    /// # Errors
    /// When the text is not what protoc prints.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let mut open = vec![(String::new(), Self::default())];
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(name) = line.strip_suffix(" {") {
                open.push((name.to_owned(), Self::default()));
            } else if line == "}" {
                let (name, message) = open.pop().context("a closing brace too many")?;
                open.last_mut().context("a closing brace too many")?.1.0.push((name, Value::Message(message)));
            } else {
                let (name, value) = line.split_once(": ").with_context(|| format!("{line:?} is no field"))?;
                let scalar = Value::Scalar(value.to_owned());
                open.last_mut().context("a closing brace too many")?.1.0.push((name.to_owned(), scalar));
            }
        }
        match (open.pop(), open.is_empty()) {
            (Some((_, message)), true) => Ok(message),
            _ => bail!("a closing brace is missing"),
        }
    }

    /// The messages of a repeated field, in order.
    pub(crate) fn messages<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Self> {
        self.0.iter().filter_map(move |(name, value)| match value {
            Value::Message(message) if name == field => Some(message),
            _ => None,
        })
    }

    /// A number or an enum's name, as printed.
    ///
    /// # Errors
    /// When the field is missing.
    pub(crate) fn scalar(&self, field: &str) -> Result<&str> {
        let found = self.0.iter().find_map(|(name, value)| match value {
            Value::Scalar(text) if name == field => Some(text.as_str()),
            _ => None,
        });
        found.with_context(|| format!("the field {field} is missing"))
    }

    /// A number.
    ///
    /// # Errors
    /// When the field is missing or no number.
    pub(crate) fn number(&self, field: &str) -> Result<i64> {
        let text = self.scalar(field)?;
        text.parse().with_context(|| format!("{field} is {text:?} and no number"))
    }

    /// The bytes of a string or bytes field.
    ///
    /// # Errors
    /// When the field is missing or not quoted as protoc quotes.
    pub(crate) fn bytes(&self, field: &str) -> Result<Vec<u8>> {
        let text = self.scalar(field)?;
        let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        unescape(inner.with_context(|| format!("{field} is not quoted: {text}"))?)
    }
}

/// Undoes C's escapes: protoc writes `\n`, `\r`, `\t`, `\"`, `\'`, `\\` and three octal digits.
fn unescape(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes().iter().copied();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next() {
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(same @ (b'"' | b'\'' | b'\\')) => same,
            Some(first @ b'0'..=b'3') => {
                let mut value = first - b'0';
                for _ in 0..2 {
                    match rest.next() {
                        Some(digit @ b'0'..=b'7') => value = value * 8 + (digit - b'0'),
                        _ => bail!("an octal escape is cut off in {text:?}"),
                    }
                }
                value
            }
            other => bail!("an escape is not known in {text:?}: {other:?}"),
        });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_messages_and_bytes_are_read() {
        let message =
            Message::parse("batch_num: 1\nkeys {\n  key_data: \"a\\000\\377\\n\\\"\"\n}\nkeys {\n}\n").unwrap();
        assert_eq!(message.number("batch_num").unwrap(), 1);
        let keys: Vec<_> = message.messages("keys").collect();
        assert_eq!(keys.len(), 2);
        assert_eq!(keys[0].bytes("key_data").unwrap(), [b'a', 0, 255, b'\n', b'"']);
        assert!(keys[1].bytes("key_data").is_err());
    }

    #[test]
    fn what_protoc_would_not_print_is_refused() {
        for text in ["}", "keys {", "nothing", "keys {\n}\n}"] {
            assert!(Message::parse(text).is_err(), "{text:?}");
        }
        for text in ["\\", "\\9", "\\01", "\\x41"] {
            assert!(unescape(text).is_err(), "{text:?}");
        }
    }
}
