//! A passphrase on its way from a page.

use serde::{Deserialize, Deserializer};
use specta::Type;
use std::fmt;
use zeroize::Zeroizing;

/// What a person typed. Wiped when dropped; prints as `<redacted>`; never goes back to a page.
#[derive(Clone, Type)]
#[specta(transparent)]
pub struct PassphraseText(#[specta(type = String)] Zeroizing<String>);

impl PassphraseText {
    /// Takes the text out, still in memory that wipes itself.
    #[must_use]
    pub fn into_text(self) -> Zeroizing<String> {
        self.0
    }
}

impl From<&str> for PassphraseText {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for PassphraseText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Zeroizing::new(text)))
    }
}

impl fmt::Debug for PassphraseText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PassphraseText(<redacted>)")
    }
}
