//! Regions and the names of signing keys.

use std::fmt;

/// Why a text is not a name of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "code", content = "params", rename_all = "kebab-case")]
pub enum NameError {
    /// Nothing was given.
    #[error("it is empty")]
    Empty,
    /// More characters than allowed.
    #[error("it has {0} characters, more than allowed")]
    TooLong(#[cfg_attr(feature = "bindings", specta(type = u32))] usize),
    /// A character that isn't allowed.
    #[error("{0:?} is not allowed in it")]
    Character(char),
    /// A hyphen at an end, or two in a row.
    #[error("a hyphen stands at an end or beside another")]
    Hyphen,
}

/// A region code that a TEK is tagged with: `US`, `MAG`, `US-WA`.
///
/// 1 to 20 letters, digits and single hyphens between them. Lower case is taken and stored in capitals, so
/// that a code typed in lower case can't silently match nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

impl Region {
    /// What is allowed where a region is asked for.
    pub const ALLOWED: &'static str = "1 to 20 letters and digits, parts joined by single hyphens: US, MAG, US-WA";
    const MAX_CHARS: usize = 20;

    /// Reads a region code, ignoring white space around it, and puts it in capitals.
    ///
    /// # Errors
    /// Says what isn't allowed in the text.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        let region = bounded(text, Self::MAX_CHARS, |c| c.is_ascii_alphanumeric() || c == '-')?;
        if text.split('-').any(str::is_empty) {
            return Err(NameError::Hyphen);
        }
        Ok(Self(region.to_ascii_uppercase()))
    }

    /// The code, in capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! key_name {
    ($(#[$doc:meta])* $name:ident, $allowed:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// What is allowed where this name is asked for.
            pub const ALLOWED: &'static str = $allowed;

            /// Reads the name; case matters.
            ///
            /// # Errors
            /// Says what isn't allowed in the text.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                bounded(text, 64, |c| c.is_ascii_alphanumeric() || c == '_').map(|text| Self(text.to_owned()))
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key_name!(
    /// A verification key id, by convention the Mobile Country Code: `310`. `[a-zA-Z0-9_]+`, at most 64 characters.
    KeyId,
    "1 to 64 letters, digits and underscores; by convention the Mobile Country Code: 310"
);
key_name!(
    /// A verification key version: `v1`. `[a-zA-Z0-9_]+`, at most 64 characters.
    KeyVersion,
    "1 to 64 letters, digits and underscores: v1"
);

fn bounded(text: &str, max: usize, allowed: impl Fn(char) -> bool) -> Result<&str, NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if let Some(c) = text.chars().find(|c| !allowed(*c)) {
        return Err(NameError::Character(c));
    }
    match text.chars().count() {
        chars if chars > max => Err(NameError::TooLong(chars)),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_in_lower_case_becomes_capitals() {
        assert_eq!(Region::parse(" us-wa ").map(|r| r.to_string()), Ok("US-WA".to_owned()));
    }

    #[test]
    fn a_region_that_could_climb_out_or_hide_is_refused() {
        for (text, error) in [
            ("", NameError::Empty),
            ("..", NameError::Character('.')),
            ("US,CA", NameError::Character(',')),
            ("US-", NameError::Hyphen),
            ("U--S", NameError::Hyphen),
            ("ABCDEFGHIJKLMNOPQRSTU", NameError::TooLong(21)),
            ("МAG", NameError::Character('М')),
        ] {
            assert_eq!(Region::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn key_names_keep_their_case_and_take_no_hyphen() {
        assert_eq!(KeyVersion::parse("V1").map(|v| v.to_string()), Ok("V1".to_owned()));
        assert_eq!(KeyId::parse("310-v1"), Err(NameError::Character('-')));
    }
}
