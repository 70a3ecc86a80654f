//! Sentences with a stable code and their values, so that whoever reads them can say them in another language.
//!
//! The English sentence always travels beside its [`Message`]: in `detail`, `reason` or `error`. A reader that knows the
//! code words it in its own language; one that doesn't, because the daemon is newer, shows the English.

mod batches;
mod fields;
mod file;
mod key_fields;
mod key_refusals;
mod keys;
mod refusals;
mod sentences;

pub use batches::{BatchFault, NotLive, SignFault, StorageFault, TokenFinding};
pub use fields::{Allowed, Fault};
pub use file::SignatureFinding;
pub use key_fields::{KeyAllowed, KeyFault};
pub use key_refusals::{EndReason, KeyRefused};
pub use keys::NotToSend;
pub use refusals::{BatchRefused, Refused};
pub use sentences::{Alternatives, List, Names, Nested};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// A sentence's stable code and its values.
///
/// Codes and the names of their values stay as they are; a sentence that says something else gets a code of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Area and name: `rule.keys`, `field.empty`. Empty where an older daemon gave none.
    #[serde(default)]
    pub code: String,
    /// The values in the sentence by their names: numbers, texts (times in RFC 3339), lists of texts, and messages.
    #[serde(default)]
    #[cfg_attr(feature = "bindings", specta(type = std::collections::HashMap<String, Param>))]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub params: Map<String, Value>,
}

/// A value of a [`Message`], as the bindings describe it.
#[cfg(feature = "bindings")]
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(untagged)]
pub enum Param {
    /// A count, a number in a row, a size.
    Number(i32),
    /// A text, or a time in RFC 3339.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// A sentence within the sentence.
    Message(Box<Message>),
    /// Several of them.
    Messages(Vec<Message>),
}

/// An enum of sentences: each variant one code, its fields the values. It is serialised as `code` and `params`.
pub trait Said: Serialize + fmt::Display {
    /// The part of the code before the dot, the same for all variants and for no other enum.
    const AREA: &'static str;

    /// The code with its values.
    fn message(&self) -> Message {
        Message::in_area(Self::AREA, self)
    }
}

impl Message {
    /// The message of a variant that is serialised as `{code, params}`. A value without a name is called `value`.
    pub fn in_area(area: &str, said: &(impl Serialize + ?Sized)) -> Self {
        let Ok(Value::Object(mut tagged)) = serde_json::to_value(said) else { return Self::default() };
        let Some(Value::String(name)) = tagged.remove("code") else { return Self::default() };
        let params = match tagged.remove("params") {
            Some(Value::Object(params)) => params,
            Some(value) => Map::from_iter([("value".to_owned(), value)]),
            None => Map::new(),
        };
        Self { code: format!("{area}.{name}"), params }
    }

    /// Gives a value another form: a time instead of seconds, a message instead of its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.params.insert(name.to_owned(), value);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tekport_export_file::{Flaw, NameError, RuleFinding};

    #[test]
    fn a_sentence_has_its_area_its_name_and_its_values() {
        let message = RuleFinding::Keys { count: 3, max: 750_000 }.message();
        assert_eq!(
            serde_json::to_value(message).unwrap(),
            json!({"code": "rule.keys", "params": {"count": 3, "max": 750_000}})
        );
        assert_eq!(RuleFinding::AllDer.message(), Message { code: "rule.all-der".to_owned(), params: Map::new() });
        assert_eq!(NameError::TooLong(65).message().params, *json!({"value": 65}).as_object().unwrap());
    }

    #[test]
    fn a_sentence_within_a_sentence_keeps_its_own_code() {
        let problem = tekport_export_file::DerError::Raw;
        let message = RuleFinding::Flaw(Flaw::SignatureForm { number: 2, problem }).message();
        let expected = json!({
            "code": "flaw.signature-form",
            "params": {"number": 2, "problem": {"code": "der.raw", "params": {}}}
        });
        assert_eq!(serde_json::to_value(message).unwrap(), expected);
    }

    /// A newer daemon may send values of a shape that nobody thought of.
    #[test]
    fn an_unknown_shape_of_values_is_read() {
        let json = r#"{"code": "new.thing", "params": {"a": {"b": [1, null]}}, "more": true}"#;
        assert_eq!(serde_json::from_str::<Message>(json).unwrap().code, "new.thing");
        assert_eq!(serde_json::from_str::<Message>("{}").unwrap(), Message::default());
    }
}
