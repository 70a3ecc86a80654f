//! JSON as a person reads it: a field that stands there twice is refused, since a reviewer sees one of them and a
//! program takes the other.

use super::sentences::Found;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// So much of a text is quoted at most: it may be any file's.
const MOST_QUOTED: usize = 60;

/// A JSON value whose objects keep the order in which they were written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// A number without sign, fraction and exponent.
    Whole(u64),
    /// Any other number, as it was written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// What it is, for saying that something else is wanted.
    pub(super) fn kind(&self) -> Found {
        match self {
            Self::Null => Found::Null,
            Self::Bool(value) => Found::Bool { value: value.to_string() },
            Self::Whole(value) => Found::Number { value: value.to_string() },
            Self::Number(text) => Found::Number { value: text.clone() },
            Self::Text(text) => Found::Text { text: quoted(text) },
            Self::List(_) => Found::List,
            Self::Object(_) => Found::Object,
        }
    }
}

/// A text as far as it is quoted.
pub(super) fn cut(text: &str) -> &str {
    text.char_indices().nth(MOST_QUOTED).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// A text in quotation marks, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let shown = cut(text);
    if shown.len() < text.len() { format!("{shown:?} …") } else { format!("{shown:?}") }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Whole(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Json, A::Error> {
        let mut fields: Vec<(String, Json)> = Vec::new();
        let mut names = BTreeSet::new();
        while let Some(name) = object.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format!("the field {} is there twice", quoted(&name))));
            }
            fields.push((name, object.next_value()?));
        }
        Ok(Json::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_there_twice_is_refused_with_its_place() {
        let error = serde_json::from_str::<Json>("{\"a\": 1,\n\"b\": {\"c\": 1, \"c\": 2}}").unwrap_err().to_string();
        assert!(error.starts_with("the field \"c\" is there twice at line 2"), "{error}");
    }

    #[test]
    fn a_long_text_is_quoted_in_part() {
        assert_eq!(quoted("short"), "\"short\"");
        let long = quoted(&"ü".repeat(1_000));
        assert_eq!(long, format!("\"{}\" …", "ü".repeat(60)));
    }

    #[test]
    fn values_say_what_they_are() {
        let list: Json = serde_json::from_str(r#"[null, true, 7, -7, 1.5, "x", [], {}]"#).unwrap();
        let Json::List(items) = list else { unreachable!("it is a list") };
        let kinds: Vec<String> = items.iter().map(|item| item.kind().to_string()).collect();
        let expected =
            ["nothing (null)", "true", "the number 7", "the number -7", "the number 1.5", "the text \"x\"", "a list"];
        assert_eq!(kinds[..7], expected);
        assert_eq!(kinds[7], "an object");
    }
}
