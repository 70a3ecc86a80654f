//! When a key may stop signing: facts in, [`EndCheck`] out. Pure, so that the end's own route, the editing of configs,
//! the confirmations and the tick all go by the same rules:
//!
//! 1. In every config that makes files and names the key, another key goes on signing.
//! 2. Among those is one that takes over from it: both Google and Apple have confirmed it, and it isn't an older one
//!    that Apple has replaced with this very key.
//! 3. Every file that an index offers and that the key signed carries the signature of another live key which takes
//!    over from it. The files of ended configs count: phones still download them.
//!
//! The first two are for people to meet; the third is met by waiting, since files leave the index.
//!
//! Google gives Android phones several keys of a key id, Apple gives iPhones one, the newest (EXPORT-FORMAT, devices).
//! So once Apple was sent a key, iPhones may hold it and no longer the one before, whose confirmation stays on record:
//! of two keys that both have confirmed only the newer one can take over from the other.

mod left_out;
pub mod words;

pub use left_out::LeftOut;

use std::collections::{BTreeMap, BTreeSet};
use tekport_api::UtcTime;
use tekport_api::signing_key::{AffectedConfig, EndBlocker, EndCheck, Recipient, RevocationImpact, ShareState};

/// A key as people name it, `310 v1`: unique.
pub type KeyName = String;

/// What the rules ask about a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Verification key id. Versions of one id follow each other on phones.
    pub key_id: String,
    /// Its place among all keys in the order in which they began to sign: a higher one is newer.
    pub rank: usize,
    /// New files of its configs carry its signature, and it is able to make it.
    pub live: bool,
    /// Its own end is set: nothing can rely on it for long.
    pub ends: bool,
    /// Where it stands with Google.
    pub google: ShareState,
    /// Where it stands with Apple.
    pub apple: ShareState,
}

impl Standing {
    /// Where it stands with a recipient.
    #[must_use]
    pub fn share(&self, recipient: Recipient) -> ShareState {
        match recipient {
            Recipient::Google => self.google,
            Recipient::Apple => self.apple,
        }
    }

    /// Who hasn't confirmed it.
    #[must_use]
    pub fn missing(&self) -> Vec<Recipient> {
        Recipient::ALL.into_iter().filter(|recipient| self.share(*recipient) != ShareState::Confirmed).collect()
    }

    /// To whom it was sent, confirmed or not.
    #[must_use]
    pub fn sent_to(&self) -> Vec<Recipient> {
        Recipient::ALL.into_iter().filter(|recipient| self.share(*recipient) != ShareState::NotSent).collect()
    }

    /// Whether it began to sign before `newer`, a version of the same key id.
    #[must_use]
    pub fn precedes(&self, newer: &Self) -> bool {
        self.key_id == newer.key_id && self.rank < newer.rank
    }

    /// Whether phones that hold `other` may accept nothing that this one signs: an older key that Apple may have
    /// replaced with it.
    fn is_replaced_by(&self, other: &Self) -> bool {
        self.precedes(other) && other.apple != ShareState::NotSent
    }

    /// Whether phones accept what it signs when `other` signs no more.
    fn takes_over_from(&self, other: &Self) -> bool {
        self.live && self.missing().is_empty() && !self.is_replaced_by(other)
    }

    /// Whether new files go on carrying its signature.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.live && !self.ends
    }
}

/// Files that an index offers, all signed by the same keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedFiles {
    /// Who signed them.
    pub signers: BTreeSet<KeyName>,
    /// How many they are.
    pub files: u32,
    /// When the last of them has left the index.
    pub until: UtcTime,
}

/// What the rules ask about a config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFacts {
    /// The config.
    pub config_id: String,
    /// Its output region.
    pub output_region: String,
    /// It has ended: it makes no new files.
    pub ended: bool,
    /// The keys that it names, in the order of a file.
    pub keys: Vec<KeyName>,
    /// What its index offers.
    pub offered: Vec<OfferedFiles>,
}

/// Everything that the rules look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Every key.
    pub keys: BTreeMap<KeyName, Standing>,
    /// Every config, ended ones included.
    pub configs: Vec<ConfigFacts>,
}

impl Facts {
    /// Says whether `key` may end, and from when on.
    #[must_use]
    pub fn end_of(&self, key: &str, now: UtcTime) -> EndCheck {
        if !self.standing(key).is_some_and(|standing| standing.live) {
            return EndCheck { earliest: None, blockers: vec![EndBlocker::NotSigning] };
        }
        check(self.configs.iter().flat_map(|config| self.blockers(config, key)).collect(), now)
    }

    /// Says whether the config of that id may drop `key`, and from when on. Its [`keys`](ConfigFacts::keys) are those
    /// that it would have then. A key that isn't live may always be dropped.
    #[must_use]
    pub fn drop_of(&self, key: &str, config_id: &str, now: UtcTime) -> EndCheck {
        let config = self.configs.iter().find(|config| config.config_id == config_id);
        let live = self.standing(key).is_some_and(|standing| standing.live);
        let Some(config) = config.filter(|_| live) else { return check(Vec::new(), now) };
        let named = ConfigFacts { keys: [vec![key.to_owned()], config.keys.clone()].concat(), ..config.clone() };
        check(self.blockers(&named, key), now)
    }

    /// Says what revoking `key` now would do.
    #[must_use]
    pub fn revocation_of(&self, key: &str) -> RevocationImpact {
        let mut impact = RevocationImpact {
            stopped: Vec::new(),
            unconfirmed: Vec::new(),
            unaffected: Vec::new(),
            files_offered: 0,
            files_signed_alone: 0,
        };
        let own = self.standing(key).filter(|standing| standing.live);
        for config in &self.configs {
            let affected =
                || AffectedConfig { config_id: config.config_id.clone(), output_region: config.output_region.clone() };
            if let Some(own) = own.filter(|_| !config.ended && config.keys.iter().any(|name| name == key)) {
                let others = config.keys.iter().filter(|name| *name != key).filter_map(|name| self.standing(name));
                let live: Vec<&Standing> = others.filter(|standing| standing.live).collect();
                if live.is_empty() {
                    impact.stopped.push(affected());
                } else if live.iter().any(|standing| standing.takes_over_from(own)) {
                    impact.unaffected.push(affected());
                } else {
                    impact.unconfirmed.push(affected());
                }
            }
            for files in config.offered.iter().filter(|files| files.signers.contains(key)) {
                impact.files_offered = impact.files_offered.saturating_add(files.files);
                let others = files.signers.iter().filter(|name| *name != key);
                if !others.filter_map(|name| self.standing(name)).any(|standing| standing.live) {
                    impact.files_signed_alone = impact.files_signed_alone.saturating_add(files.files);
                }
            }
        }
        impact
    }

    /// Whether the index of the config of that id offers a file that `key` signed.
    #[must_use]
    pub fn offers(&self, config_id: &str, key: &str) -> bool {
        let config = self.configs.iter().find(|config| config.config_id == config_id);
        let offered = config.map_or(&[][..], |config| &config.offered);
        offered.iter().any(|files| files.files > 0 && files.signers.contains(key))
    }

    /// The ids of the configs whose index offers files that `key` signed, and that name no live key to make them anew.
    pub fn left_with_files_of(&self, key: &str) -> impl Iterator<Item = &str> {
        let signs = |name: &KeyName| self.standing(name).is_some_and(|standing| standing.live);
        let left = self.configs.iter().filter(move |config| !config.keys.iter().any(signs));
        left.map(|config| config.config_id.as_str()).filter(|id| self.offers(id, key))
    }

    /// The same facts, had `key` come as far as `state` with `recipient`.
    #[must_use]
    pub fn with_share(&self, key: &str, recipient: Recipient, state: ShareState) -> Self {
        let mut facts = self.clone();
        if let Some(standing) = facts.keys.get_mut(key) {
            match recipient {
                Recipient::Google => standing.google = state,
                Recipient::Apple => standing.apple = state,
            }
        }
        facts
    }

    fn standing(&self, key: &str) -> Option<&Standing> {
        self.keys.get(key)
    }

    /// What stands in the way of `key`'s end in one config, in the order of the rules.
    fn blockers(&self, config: &ConfigFacts, key: &str) -> Vec<EndBlocker> {
        let Some(own) = self.standing(key) else { return Vec::new() };
        let mut blockers = Vec::new();
        // Whose confirmation is waited for already: the files that it signed wait for nothing else.
        let mut awaited = None;
        if !config.ended && config.keys.iter().any(|name| name == key) {
            let others = config.keys.iter().filter(|name| *name != key);
            let others: Vec<(&KeyName, &Standing)> = others
                .filter_map(|name| Some((name, self.standing(name)?)))
                .filter(|(_, standing)| standing.goes_on())
                .collect();
            let successor = others.iter().find(|(_, other)| !other.is_replaced_by(own));
            let (config_id, output_region) = (config.config_id.clone(), config.output_region.clone());
            match (others.first(), successor) {
                (None, _) => blockers.push(EndBlocker::OnlyLiveSigner { config_id, output_region }),
                (Some((older, _)), None) => blockers.push(EndBlocker::OnlyOlderKeys {
                    config_id,
                    output_region,
                    key: key.to_owned(),
                    older: (*older).clone(),
                }),
                (_, Some((successor, standing))) if !others.iter().any(|(_, other)| other.takes_over_from(own)) => {
                    awaited = Some(*successor);
                    blockers.push(EndBlocker::SuccessorNotConfirmed {
                        config_id,
                        output_region,
                        successor: (*successor).clone(),
                        missing: standing.missing(),
                    });
                }
                _ => {}
            }
        }
        let taken_over = |name: &KeyName| {
            name != key
                && (awaited == Some(name) || self.standing(name).is_some_and(|other| other.takes_over_from(own)))
        };
        let alone: Vec<&OfferedFiles> = config
            .offered
            .iter()
            .filter(|files| files.files > 0 && files.signers.contains(key) && !files.signers.iter().any(taken_over))
            .collect();
        if let Some(until) = alone.iter().map(|files| files.until).max() {
            let files = alone.iter().fold(0, |sum: u32, files| sum.saturating_add(files.files));
            let (config_id, output_region) = (config.config_id.clone(), config.output_region.clone());
            blockers.push(EndBlocker::FilesSignedAlone { config_id, output_region, files, until });
        }
        blockers
    }
}

/// The earliest time is known once nothing but time stands in the way.
fn check(blockers: Vec<EndBlocker>, now: UtcTime) -> EndCheck {
    let earliest = blockers.iter().try_fold(now, |earliest, blocker| match blocker {
        EndBlocker::FilesSignedAlone { until, .. } => Some(earliest.max(*until)),
        EndBlocker::NotSigning
        | EndBlocker::OnlyLiveSigner { .. }
        | EndBlocker::OnlyOlderKeys { .. }
        | EndBlocker::SuccessorNotConfirmed { .. } => None,
    });
    EndCheck { earliest, blockers }
}

#[cfg(test)]
mod tests;
