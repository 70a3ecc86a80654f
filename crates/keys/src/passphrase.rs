//! The passphrase of a backup, and how hard it is to guess.

use std::fmt;
use zeroize::Zeroizing;
use zxcvbn::zxcvbn;

/// The longest passphrase in bytes: what OpenSSL reads at its prompt and from a file (`PEM_BUFSIZE` 1024).
const MAX_BYTES: usize = 1000;
/// The fewest characters of a backup's passphrase.
const MIN_CHARACTERS: usize = 12;
/// How many guesses have to be expected for a backup's passphrase, as a power of ten. At two guesses a second, which
/// is what scrypt leaves to a core, a thousand cores take more than a thousand years.
const MIN_GUESSES_LOG10: f64 = 14.0;
/// Words that somebody who finds a backup tries first.
const OBVIOUS: [&str; 8] = ["tekport", "exposure", "notification", "signing", "key", "backup", "health", "authority"];

/// Why a text can't be a passphrase at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseError {
    /// Nothing was typed.
    #[error("the passphrase is empty")]
    Empty,
    /// Longer than OpenSSL reads.
    #[error("the passphrase has {0} bytes; allowed are at most {MAX_BYTES}, which is what OpenSSL reads")]
    TooLong(usize),
    /// A tab or line end, where OpenSSL would stop reading.
    #[error("the passphrase holds a tab, a line end or another control character; leave it out")]
    Control,
}

/// A passphrase: 1 to 1,000 bytes of text in one line. Wiped when dropped; prints as `<redacted>`.
///
/// Its UTF-8 bytes are what keys are derived from, as OpenSSL does in a UTF-8 terminal.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes what was typed.
    ///
    /// # Errors
    /// When it is empty, too long or not one line of text. Whether it is strong is another question: [`strength`].
    pub fn new(text: impl Into<Zeroizing<String>>) -> Result<Self, PassphraseError> {
        let text = text.into();
        match text.len() {
            0 => Err(PassphraseError::Empty),
            1..=MAX_BYTES if text.contains(char::is_control) => Err(PassphraseError::Control),
            1..=MAX_BYTES => Ok(Self(text)),
            bytes => Err(PassphraseError::TooLong(bytes)),
        }
    }

    /// The bytes that keys are derived from.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(<redacted>)")
    }
}

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// 0 (guessed at once) to 4 (more than 10^10 guesses), as zxcvbn counts.
    pub score: u8,
    /// Whether it is strong enough for a backup: 10^14 guesses and at least 12 characters.
    pub acceptable: bool,
    /// What to do better, a sentence each; empty where it is acceptable.
    pub advice: Vec<String>,
}

/// Says how hard a passphrase is to guess. Only its first 100 characters count, so the work is bounded.
///
/// A backup is a file that whoever has it guesses at for as long as they like, so more than zxcvbn's highest score is
/// asked for.
#[must_use]
pub fn strength(passphrase: &Passphrase) -> Strength {
    let estimate = zxcvbn(&passphrase.0, &OBVIOUS);
    let mut advice = Vec::new();
    if passphrase.0.chars().count() < MIN_CHARACTERS {
        advice.push(format!("Use at least {MIN_CHARACTERS} characters."));
    }
    if estimate.guesses_log10() < MIN_GUESSES_LOG10 {
        match estimate.feedback() {
            Some(feedback) => {
                advice.extend(feedback.warning().map(|warning| warning.to_string()));
                advice.extend(feedback.suggestions().iter().map(ToString::to_string));
            }
            // zxcvbn has nothing to say above score 2.
            None => advice.push("Add another word or two. Uncommon words are better.".to_owned()),
        }
    }
    Strength { score: estimate.score().into(), acceptable: advice.is_empty(), advice }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).unwrap()
    }

    #[test]
    fn only_one_line_of_text_is_a_passphrase() {
        let new = |text: &str| Passphrase::new(text.to_owned()).map(|_| ());
        assert_eq!(new(""), Err(PassphraseError::Empty));
        assert_eq!(new("two\nlines"), Err(PassphraseError::Control));
        assert_eq!(new(&"x".repeat(1001)), Err(PassphraseError::TooLong(1001)));
        assert_eq!(new(&"x".repeat(1000)), Ok(()));
        assert_eq!(new("süß und lang genug"), Ok(()));
    }

    #[test]
    fn weak_ones_get_advice_and_strong_ones_none() {
        for weak in ["password", "tekport backup key", "Winter2024!", "aaaaaaaaaaaaaaaaaaaa", "zX9#q", "qwertyuiopasdf"]
        {
            let strength = strength(&passphrase(weak));
            assert!(!strength.acceptable && !strength.advice.is_empty(), "{weak}: {strength:?}");
        }
        for strong in ["velvet otter ran past nine lighthouses", "k7#Vq!m2Zr9w&Ltx"] {
            let strength = strength(&passphrase(strong));
            assert_eq!((strength.score, strength.acceptable, strength.advice.len()), (4, true, 0), "{strong}");
        }
    }

    #[test]
    fn printing_one_shows_nothing_of_it() {
        assert_eq!(format!("{:?}", passphrase("secret")), "Passphrase(<redacted>)");
    }
}
