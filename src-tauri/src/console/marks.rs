//! Short marks that tell daemons apart at a glance. Colours stand for environments, so that two daemons of one
//! environment look alike but for their marks.

use super::{Console, Facts};
use crate::error::ConsoleFault;
use crate::{CommandError, Connection, ErrorCode};
use std::collections::{BTreeMap, BTreeSet};

/// A mark has this many characters at most.
const LONGEST: usize = 3;

/// The mark of each daemon by its CA pin, no two alike: the chosen one, or one made of its name.
pub(super) fn marks(daemons: &[Facts]) -> BTreeMap<String, String> {
    let mut marks = BTreeMap::new();
    let mut taken: BTreeSet<String> = daemons.iter().filter_map(|facts| facts.mark.clone()).collect();
    for facts in daemons {
        let mark = facts.mark.clone().unwrap_or_else(|| {
            let initials = initials(&facts.daemon.name);
            let numbered = (2_usize..).map(|number| {
                let number = number.to_string();
                let room = LONGEST.saturating_sub(number.len());
                initials.chars().take(room).chain(number.chars()).collect::<String>()
            });
            let free = std::iter::once(initials.clone()).chain(numbered).find(|mark| !taken.contains(mark));
            free.unwrap_or(initials)
        });
        taken.insert(mark.clone());
        marks.insert(facts.ca_sha256.clone(), mark);
    }
    marks
}

/// The first letters of a name's first two words, or the first two of its only one.
fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters: String = match words.as_slice() {
        [] => "?".to_owned(),
        [only] => only.chars().take(2).collect(),
        [first, second, ..] => first.chars().take(1).chain(second.chars().take(1)).collect(),
    };
    upper(&letters)
}

fn upper(letters: &str) -> String {
    letters.to_uppercase().chars().take(LONGEST).collect()
}

impl Console {
    /// Marks the daemon that is shown; an empty text has it go by its name again. Returns it as the pages see it.
    ///
    /// # Errors
    /// When the text can't be a mark, another daemon has it, or the console's own data can't be written.
    pub async fn mark_daemon(&self, mark: &str) -> Result<Connection, CommandError> {
        // Switching holds it, too.
        let _session = self.session.lock().await;
        let mut facts = self.shown()?.ok_or_else(super::not_enrolled)?;
        let mark = upper(mark.trim());
        if mark.chars().any(|letter| !letter.is_alphanumeric()) {
            let fault = ConsoleFault::MarkLetters;
            return Err(CommandError::said(ErrorCode::MarkInvalid, "This can't be a mark", &fault));
        }
        let daemons = self.facts.all()?;
        let chosen = |other: &&Facts| other.ca_sha256 != facts.ca_sha256 && other.mark.as_ref() == Some(&mark);
        if let Some(other) = daemons.iter().find(chosen) {
            let fault = ConsoleFault::MarkTaken { daemon: other.daemon.name.clone(), mark };
            return Err(CommandError::said(ErrorCode::MarkTaken, "Another daemon has this mark", &fault));
        }
        facts.mark = (!mark.is_empty()).then_some(mark);
        self.facts.set_mark(&facts.ca_sha256, facts.mark.clone())?;
        self.look_again();
        self.as_shown(Some(facts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_made_of_the_first_letters() {
        let made = ["exports north", "Exports", "x", "åland-islands tek", "", "--"].map(initials);
        assert_eq!(made, ["EN", "EX", "X", "ÅI", "?", "?"]);
    }
}
