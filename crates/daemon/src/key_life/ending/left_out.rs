//! Which keys a config may not do without, given those that it names. Pure, like the rules of ending.

use super::{Facts, KeyName, Standing};
use tekport_api::signing_key::Recipient;

/// A key that was sent to phones and that is left out beside an older one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The newest key of its id that is named.
    pub named: KeyName,
    /// The newer one that isn't.
    pub newer: KeyName,
    /// To whom that was sent.
    pub sent_to: Vec<Recipient>,
}

impl Facts {
    /// Lists, newest first, the keys that a config with the keys `named` would have to name as well: those that go on
    /// signing, that Google or Apple was sent, and that began to sign after a live key of the same id that is named. A
    /// phone that gets a new key early must already find its signature in every new file (EXPORT-FORMAT, rotation).
    #[must_use]
    pub fn left_out(&self, named: &[KeyName]) -> Vec<LeftOut> {
        let live = || {
            let named = named.iter().filter_map(|name| Some((name, self.keys.get(name)?)));
            named.filter(|(_, standing)| standing.live)
        };
        let mut left_out: Vec<(&KeyName, &Standing, &KeyName)> = Vec::new();
        for (newer, standing) in &self.keys {
            if named.contains(newer) || !standing.goes_on() || standing.sent_to().is_empty() {
                continue;
            }
            let older = live().filter(|(_, older)| older.precedes(standing)).max_by_key(|(_, older)| older.rank);
            left_out.extend(older.map(|(name, _)| (newer, standing, name)));
        }
        left_out.sort_by_key(|(_, standing, _)| std::cmp::Reverse(standing.rank));
        let say = |(newer, standing, named): (&KeyName, &Standing, &KeyName)| LeftOut {
            named: named.clone(),
            newer: newer.clone(),
            sent_to: standing.sent_to(),
        };
        left_out.into_iter().map(say).collect()
    }
}
